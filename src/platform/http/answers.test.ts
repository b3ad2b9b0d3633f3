/** What surrounds every answer of the archive: headers, limits, refusals, static files, the log. */
import { Writable } from 'node:stream';
import { zstdDecompressSync } from 'node:zlib';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { archiveWeb } from '../../app/web.tsx';
import { CONTENT_POLICY } from './headers.ts';

const CSS = '.page { color: black }\n'.repeat(200);
const assets = {
  files: new Map([['site-1a2b.css', { type: 'text/css; charset=utf-8', bytes: new TextEncoder().encode(CSS) }]]),
  address: (name: string) => `/assets/${name}`,
};

/** The same archive with one more route, which breaks. */
function withBrokenRoute(site: TestSite, log = site.ground.log) {
  const broken = {
    name: 'broken',
    routes: (web: TestSite['web']) => {
      for (const path of ['/broken', '/api/v1/broken']) {
        web.get(path, () => {
          throw new Error('no such table: diary_of_watson');
        });
      }
    },
  };
  return archiveWeb({
    ground: { ...site.ground, log },
    features: [...site.features, broken],
    assets,
    origin: () => 'http://localhost',
    ready: async () => false,
  });
}

test('every kind of answer carries the headers that protect readers', async () => {
  const site = await testSite({ assets });
  const work = await makeWork(site, {}, { state: 'posted' });
  const web = withBrokenRoute(site);
  const page = await site.get('/works');
  const answers: Record<string, Response> = {
    page,
    'not modified': await site.get('/works', null, { 'if-none-match': page.headers.get('etag') ?? '' }),
    'not found': await site.get('/nowhere'),
    'see other': await site.post('/preferences/theme', { theme: 'dark', return: '/' }),
    'from another site': await site.post('/preferences/theme', {}, null, { 'sec-fetch-site': 'cross-site' }),
    broken: await web.request('http://localhost/broken'),
    asset: await site.get('/assets/site-1a2b.css'),
    'no asset': await site.get('/assets/none.css'),
    JSON: await site.get('/api/v1/works'),
    problem: await site.get('/api/v1/works/none'),
    health: await site.get('/healthz'),
    'not ready': await web.request('http://localhost/readyz'),
    robots: await site.get('/robots.txt'),
    HEAD: await site.web.request(`http://localhost/works/${work.publicId}`, { method: 'HEAD' }),
  };
  const statuses = Object.values(answers).map((answer) => answer.status);
  expect(statuses).toEqual([200, 304, 404, 303, 403, 500, 200, 404, 200, 404, 200, 503, 200, 200]);
  for (const [name, { headers }] of Object.entries(answers)) {
    expect(headers.get('content-security-policy'), name).toBe(CONTENT_POLICY);
    expect(headers.get('x-content-type-options'), name).toBe('nosniff');
    expect(headers.get('referrer-policy'), name).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy'), name).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy'), name).toBe('same-origin');
    expect(headers.get('permissions-policy'), name).toContain('camera=()');
    expect(headers.get('x-request-id'), name).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('strict-transport-security'), name).toBeNull();
  }
});

test('the policy allows nothing inline and nothing from elsewhere', () => {
  expect(CONTENT_POLICY).not.toMatch(/unsafe|https?:|\*|data:/);
  expect(CONTENT_POLICY).toContain("default-src 'none'");
  expect(CONTENT_POLICY).toContain("require-trusted-types-for 'script'");
});

test('under https browsers are told to stay there', async () => {
  const site = await testSite({ url: 'https://archive.example' });
  expect((await site.get('/')).headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
});

test('a page is private to who looks, and HEAD is the page without its body', async () => {
  const site = await testSite();
  const page = await site.get('/works');
  expect(page.headers.get('cache-control')).toBe('private, no-cache');
  expect(page.headers.get('vary')).toMatch(/cookie/i);
  const head = await site.web.request('http://localhost/works', { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(head.headers.get('content-type')).toBe(page.headers.get('content-type'));
  expect(await head.text()).toBe('');
});

test('what is packed still has the tag of the page, and is not sent twice', async () => {
  const site = await testSite();
  const packed = await site.get('/works', null, { 'accept-encoding': 'zstd' });
  expect(packed.headers.get('content-encoding')).toBe('zstd');
  const text = zstdDecompressSync(Buffer.from(await packed.arrayBuffer())).toString();
  expect(text).toMatch(/^<!DOCTYPE html>/);
  const held = { 'if-none-match': packed.headers.get('etag') ?? '', 'accept-encoding': 'gzip' };
  expect((await site.get('/works', null, held)).status).toBe(304);
});

test('built files are kept for a year, whole or packed', async () => {
  const site = await testSite({ assets });
  const plain = await site.get('/assets/site-1a2b.css');
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(plain.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await plain.text()).toBe(CSS);
  for (let time = 0; time < 2; time++) {
    const packed = await site.get('/assets/site-1a2b.css', null, { 'accept-encoding': 'zstd' });
    expect(packed.headers.get('content-encoding')).toBe('zstd');
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(zstdDecompressSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(CSS);
  }
  for (const name of ['site-1a2b.js', '..%2f..%2fpackage.json', '%00']) {
    expect((await site.get(`/assets/${name}`)).status, name).toBe(404);
  }
});

test('a page that broke says under which number to ask, not why', async () => {
  const site = await testSite();
  const web = withBrokenRoute(site);
  const page = await web.request('http://localhost/broken');
  const text = await page.text();
  expect(text).toContain(page.headers.get('x-request-id'));
  expect(text).not.toContain('diary_of_watson');
  expect(page.headers.get('etag')).toBeNull();
  const json = await web.request('http://localhost/api/v1/broken');
  expect(json.status).toBe(500);
  expect(json.headers.get('content-type')).toContain('application/problem+json');
  expect(await json.text()).not.toContain('diary_of_watson');
});

test('a page that is not there shows the ways on, the API says it in its own form', async () => {
  const site = await testSite();
  const page = await site.get('/nowhere');
  expect(await page.text()).toContain('href="/works"');
  const json = await site.get('/api/v1/nowhere');
  expect(json.status).toBe(404);
  expect(await json.json()).toMatchObject({ type: '/problems/not-found', status: 404 });
});

test.each(['/tags/fandom/%00', '/tags/fandom/%E0%A4%A', '/works/%00', '/api/v1/works/%00', '/series/%ff'])(
  'nobody breaks it by asking for %s',
  async (path) => {
    const site = await testSite();
    expect((await site.get(path)).status).toBe(404);
  },
);

test('a name that no database can hold is a mistake, and never a wider list', async () => {
  const site = await testSite();
  const answer = await site.get('/api/v1/works?fandom=%00');
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ parameter: 'fandom' });
});

test('a form from another site changes nothing', async () => {
  const site = await testSite();
  const work = await makeWork(site, {}, { state: 'posted' });
  const path = `/works/${work.publicId}/deletion`;
  const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const refused = await site.post(path, {}, site.owner, evil);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('came from another site');
  const olderBrowser = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { cookie: site.owner.cookie, origin: 'https://evil.example', host: 'localhost' },
  });
  expect((await site.web.request(olderBrowser)).status).toBe(403);
  expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
});

test('who changes things very often without an account is asked to wait', async () => {
  const site = await testSite();
  const send = () => site.post('/preferences/theme', { theme: 'dark', return: '/' });
  for (let count = 0; count < 60; count++) expect((await send()).status).toBe(303);
  const refused = await send();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.text()).toContain('Try again in');
  expect((await site.get('/works')).status).toBe(200);
  expect((await site.post('/preferences/theme', { theme: 'dark', return: '/' }, site.owner)).status).toBe(303);
});

test('a form that is too large is refused, whether or not it says so beforehand', async () => {
  const site = await testSite();
  const body = `title=${'a'.repeat(9 * 1024 * 1024)}`;
  const headers = {
    cookie: site.owner.cookie,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  };
  for (const length of [{}, { 'content-length': String(body.length) }]) {
    const refused = await site.web.request('http://localhost/works/new', {
      method: 'POST',
      body,
      headers: { ...headers, ...length },
    });
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('larger than 8 MB');
  }
});

test('the log names routes and never who read what', async () => {
  const site = await testSite();
  const work = await makeWork(site, { title: 'A Secret Title' }, { state: 'posted' });
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const web = withBrokenRoute(site, pino({ level: 'debug', base: null }, stream));
  const cookie = site.owner.cookie;
  for (const path of [
    '/owner-links/TheSecretOfTheOwner',
    `/works/${work.publicId}/a-secret-title`,
    '/works?page=1&with=SecretQuery',
    '/tags/fandom/SecretFandom',
    '/broken?with=SecretQuery',
    '/SecretPath',
  ]) {
    await web.request(`http://localhost${path}`, { headers: { cookie, 'x-forwarded-for': '198.51.100.7' } });
  }
  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { route?: string; status?: number });
  expect(lines.map((line) => line.route)).toEqual(
    expect.arrayContaining([
      '/owner-links/:token',
      '/works/:id/:slug?',
      '/works',
      '/tags/:kind/:name',
      '/broken',
      'none',
    ]),
  );
  expect(lines.some((line) => line.status === 404)).toBe(true);
  expect(written).not.toMatch(/Secret|a-secret-title|198\.51/);
  for (const secret of [work.publicId, cookie.split('=')[1] ?? '']) expect(written).not.toContain(secret);
});
