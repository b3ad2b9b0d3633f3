import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { freeBytes } from './answer-bytes.ts';
import { compression, pack, packingFor } from './compress.ts';

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['zstd;q=0, br', 'br'],
  ['br;q=0.1, gzip;q=0', 'br'],
  ['br; q=0 , gzip;q=0.5', 'gzip'],
  ['deflate', null],
  ['identity', null],
  ['gzip;q=0', null],
  ['', null],
  [undefined, null],
])('a client that accepts %s gets %s', (accepted, packing) => {
  expect(packingFor(accepted)).toBe(packing);
});

test('what is packed can be unpacked', async () => {
  const page = Buffer.from('<p>It rained in Sussex.</p>'.repeat(100));
  for (const hard of [false, true]) {
    expect(zstdDecompressSync(await pack(page, 'zstd', hard))).toEqual(page);
    expect(brotliDecompressSync(await pack(page, 'br', hard))).toEqual(page);
    expect(gunzipSync(await pack(page, 'gzip', hard))).toEqual(page);
  }
});

const LONG = '<p>It rained in Sussex.</p>'.repeat(100);
const web = new Hono();
web.use(compression());
web.get('/page', (c) => c.html(LONG));
web.get('/note', (c) => c.html('<p>Short.</p>'));
web.get('/picture', (c) => c.body(new Uint8Array(5_000), 200, { 'Content-Type': 'image/png' }));
const ask = (path: string, accepted: string, method = 'GET') =>
  web.request(path, { method, headers: { 'accept-encoding': accepted } });

test('a long page is packed, and says that it depends on who asks', async () => {
  const answer = await ask('/page', 'br');
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
  const body = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-length')).toBe(String(body.length));
  expect(brotliDecompressSync(body).toString()).toBe(LONG);
});

test('a short page, a picture and a client that cannot unpack get it plain', async () => {
  for (const [path, accepted] of [
    ['/note', 'br'],
    ['/picture', 'br'],
    ['/page', 'identity'],
  ] as const) {
    expect((await ask(path, accepted)).headers.get('content-encoding'), path).toBeNull();
  }
  expect(await (await ask('/note', 'br')).text()).toBe('<p>Short.</p>');
  expect((await ask('/note', 'br')).headers.get('vary')).toMatch(/accept-encoding/i);
});

test('bytes that were packed give their memory back at once; those that share theirs with others keep it', () => {
  const own = new Uint8Array(5_000).fill(1);
  freeBytes(own);
  expect(own.length).toBe(0);
  const shared = Buffer.from('Short.');
  freeBytes(shared);
  expect(shared.toString()).toBe('Short.');
});

test('HEAD has no body to pack', async () => {
  const answer = await ask('/page', 'br', 'HEAD');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
});
