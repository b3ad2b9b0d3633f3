import { expect, test } from 'vitest';
import { limit, networkOf } from './limit.ts';

test('so many are free, then the wait is said in seconds', async () => {
  const changes = limit(3, 60);
  for (let count = 0; count < 3; count++) expect(await changes.take('192.0.2.1')).toBeNull();
  const wait = await changes.take('192.0.2.1');
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(Number.isInteger(wait)).toBe(true);
});

test('one network does not use up what another may', async () => {
  const changes = limit(1, 60);
  await changes.take('192.0.2.1');
  expect(await changes.take('192.0.2.2')).toBeNull();
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1'],
  ['2001:db8:0:1::5', '2001:db8:0:1'],
  ['2001:db8::5', '2001:db8:0:0'],
  ['2001:db8:1::', '2001:db8:1:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
