import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { isOwnRequest, originCheck } from './origin.ts';

const HOSTS = ['archive.example.org', 'localhost:3000'];

describe('whether a request comes from the archive’s own pages', () => {
  test.each([
    ['the browser says same origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['typed by the person', { 'sec-fetch-site': 'none' }, true],
    ['the browser says another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, false],
    [
      'the browser is believed over the origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://archive.example.org' },
      false,
    ],
    ['an older browser, own origin', { origin: 'https://archive.example.org' }, true],
    ['own origin with a port', { origin: 'http://localhost:3000' }, true],
    ['another port', { origin: 'http://localhost:4000' }, false],
    ['another host', { origin: 'https://evil.example' }, false],
    ['a host that only begins like ours', { origin: 'https://archive.example.org.evil.example' }, false],
    ['an origin that is kept secret', { origin: 'null' }, false],
    ['nonsense', { origin: 'archive.example.org' }, false],
    ['no browser at all', {}, true],
  ] as [string, Record<string, string>, boolean][])('%s', (_, headers, own) => {
    expect(isOwnRequest(new Headers(headers), HOSTS)).toBe(own);
  });

  test('an unknown own host admits nobody', () => {
    expect(isOwnRequest(new Headers({ origin: 'null' }), [null, undefined])).toBe(false);
  });
});

describe('the check', () => {
  const web = new Hono();
  web.use(originCheck('https://archive.example.org', async (c) => c.text('refused', 403)));
  web.all('/thing', (c) => c.text('done'));
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

  test('refuses what would change something', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await web.request('/thing', { method, headers: evil })).status, method).toBe(403);
    }
  });

  test('lets reading pass from everywhere', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect((await web.request('/thing', { method, headers: evil })).status, method).toBe(200);
    }
  });

  test('knows the host the request came to, and the public address behind a proxy', async () => {
    const own = { method: 'POST', headers: { origin: 'http://localhost:3000', host: 'localhost:3000' } };
    expect((await web.request('/thing', own)).status).toBe(200);
    const behind = { method: 'POST', headers: { origin: 'https://archive.example.org', host: '127.0.0.1:3000' } };
    expect((await web.request('/thing', behind)).status).toBe(200);
  });
});
