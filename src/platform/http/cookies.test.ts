import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { cookies } from './cookies.ts';

function shop(https: boolean) {
  const jar = cookies(https);
  const web = new Hono();
  web.get('/set', (c) => {
    jar.set(c, 'session', 'secret', 1_000_000_000);
    return c.text('set');
  });
  web.get('/brief', (c) => {
    jar.set(c, 'notice', 'hello');
    return c.text('set');
  });
  web.get('/clear', (c) => {
    jar.clear(c, 'session');
    return c.text('clear');
  });
  web.get('/get', (c) => c.text(jar.get(c, 'session') ?? 'nothing'));
  return web;
}
const cookieOf = async (https: boolean, path: string) =>
  (await shop(https).request(`https://archive.example${path}`)).headers.get('set-cookie') ?? '';

test('a cookie is out of reach for scripts and other sites, and lasts 400 days at most', async () => {
  const cookie = await cookieOf(false, '/set');
  expect(cookie).toMatch(/^session=secret;/);
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=34560000']) expect(cookie).toContain(part);
  expect(cookie).not.toContain('Secure');
  expect(cookie).not.toContain('Domain');
});

test('under https it is bound to this very host', async () => {
  const cookie = await cookieOf(true, '/set');
  expect(cookie).toMatch(/^__Host-session=secret;/);
  expect(cookie).toContain('Secure');
});

test('without a time it ends with the browser', async () => {
  expect(await cookieOf(false, '/brief')).not.toContain('Max-Age');
});

test('clearing removes it under the name it has', async () => {
  expect(await cookieOf(true, '/clear')).toMatch(/^__Host-session=;.*Max-Age=0/);
});

test('a cookie is read under the name it was set', async () => {
  const read = async (https: boolean, cookie: string) =>
    (await shop(https).request('https://archive.example/get', { headers: { cookie } })).text();
  expect(await read(true, '__Host-session=a')).toBe('a');
  expect(await read(true, 'session=a')).toBe('nothing');
  expect(await read(false, 'session=a')).toBe('a');
});
