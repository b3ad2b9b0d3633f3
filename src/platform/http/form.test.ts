/** Forms: what comes in as fields, and what is refused before it costs anything. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { FORM_FIELDS, readForm } from './form.ts';

const web = new Hono().post('/', async (c) => {
  const form = await readForm(c);
  return c.json({ one: form.one('a') ?? null, all: form.all('a') });
});

function send(body: string, type = 'application/x-www-form-urlencoded') {
  return web.request('/', { method: 'POST', body, headers: { 'content-type': type } });
}

test('a field has its first value, and all of them in order', async () => {
  expect(await (await send('a=1&b=2&a=3+%E2%80%9C')).json()).toEqual({ one: '1', all: ['1', '3 “'] });
  expect(await (await send('b=2')).json()).toEqual({ one: null, all: [] });
  expect(await (await send('')).json()).toEqual({ one: null, all: [] });
});

test('a form of too many fields is refused without being read', async () => {
  expect((await send('a&'.repeat(FORM_FIELDS - 1))).status).toBe(200);
  expect((await send('a&'.repeat(4_000_000))).status).toBe(413);
});

test('what is no form is refused', async () => {
  expect((await send('{"a":1}', 'application/json')).status).toBe(400);
  expect((await send('--x\r\n', 'multipart/form-data; boundary=x')).status).toBe(400);
});
