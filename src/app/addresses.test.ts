import { expect, test } from 'vitest';
import { addressOf, isLoopback, type OwnAddress } from './addresses.ts';

const OWN: OwnAddress[] = [
  { address: '127.0.0.1', family: 'IPv4', internal: true },
  { address: 'fd00::7', family: 'IPv6', internal: false },
  { address: '192.0.2.7', family: 'IPv4', internal: false },
  { address: '198.51.100.7', family: 'IPv4', internal: false },
];

test.each([
  ['127.0.0.1', 'http://localhost:3000'],
  ['::1', 'http://localhost:3000'],
  ['0.0.0.0', 'http://192.0.2.7:3000'],
  ['::', 'http://192.0.2.7:3000'],
  ['198.51.100.7', 'http://198.51.100.7:3000'],
  ['fd00::7', 'http://[fd00::7]:3000'],
  ['archive.example.org', 'http://archive.example.org:3000'],
])('what listens on %s is opened at %s', (host, address) => {
  expect(addressOf(host, 3000, OWN)).toBe(address);
});

test('a machine on no network has only itself', () => {
  expect(addressOf('0.0.0.0', 80, OWN.slice(0, 1))).toBe('http://localhost:80');
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.0.2.7', false],
  ['127.example.org', false],
])('%s is reached from this machine only: %s', (host, only) => {
  expect(isLoopback(host)).toBe(only);
});
