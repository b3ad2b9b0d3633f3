import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { conditional } from './conditional.ts';

const web = new Hono();
web.use(conditional());
web.get('/page', (c) => c.html('<p>Page.</p>', 200, { 'Cache-Control': 'private, no-cache' }));
web.get('/other', (c) => c.html('<p>Other.</p>'));
web.get('/gone', (c) => c.html('<p>Gone.</p>', 404));
web.get('/greeting', (c) => c.html('<p>Hello.</p>', 200, { 'Set-Cookie': 'a=b' }));
web.post('/page', (c) => c.html('<p>Page.</p>'));

const tagOf = async (path: string) => (await web.request(path)).headers.get('etag') ?? '';
const ask = (path: string, held: string, method = 'GET') =>
  web.request(path, { method, headers: { 'if-none-match': held } });

test('the tag belongs to the content', async () => {
  expect(await tagOf('/page')).toMatch(/^W\/"[\w-]{22}"$/);
  expect(await tagOf('/page')).toBe(await tagOf('/page'));
  expect(await tagOf('/page')).not.toBe(await tagOf('/other'));
});

test('what the client holds is not sent again', async () => {
  const tag = await tagOf('/page');
  for (const held of [tag, `"something", ${tag}`, `${tag},W/"else"`, `  ${tag}  `, tag.replace('W/', '')]) {
    const answer = await ask('/page', held);
    expect(answer.status, held).toBe(304);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('etag')).toBe(tag);
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  }
});

test('what the client does not hold is sent', async () => {
  for (const held of ['W/"else"', '', await tagOf('/other')]) {
    const answer = await ask('/page', held);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<p>Page.</p>');
  }
});

test('only pages that stay as they are have a tag', async () => {
  for (const path of ['/gone', '/greeting']) expect(await tagOf(path), path).toBe('');
  expect((await ask('/page', await tagOf('/page'), 'POST')).status).toBe(200);
});
