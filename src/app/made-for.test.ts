/** Forms and the account they were made for: what one person has typed is never taken as another's, and stays on the page. */
import { describe, expect, test } from 'vitest';
import { secureAccount } from '../../test/cast.ts';
import { formsAmiss } from '../../test/leaks/forms-amiss.ts';
import { testSite, type Person, type TestSite } from '../../test/site.ts';

const WORDS = 'The heron stood <still> in the rain & waited.';

async function two() {
  const site = await testSite();
  return { site, wren: await site.person('wren'), robin: await site.person('robin') };
}

/** The fields that a browser would send with a form of a page, and what is typed over them. */
async function opened(site: TestSite, path: string, who: Person, typed: Record<string, string> = {}) {
  const html = await (await site.get(path, who)).text();
  const form = html.split(/<form\b/).find((one) => one.includes(`action="${path}"`)) ?? '';
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const fields: Record<string, string> = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
  return { ...fields, ...typed, madeFor: fields['madeFor'] ?? '' };
}
const countWorks = async (site: TestSite) =>
  (await site.ground.db.reads.selectFrom('works').select('id').execute()).length;
const hiddenField = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];

describe('a form that another account has opened', () => {
  test('is not taken: nothing is saved, and the page keeps every word and the key', async () => {
    const { site, wren, robin } = await two();
    const form = await opened(site, '/works/new', wren, { title: 'Rain', text: WORDS, freeforms: 'Slow Burn' });
    const answer = await site.post('/works/new', form, robin);
    expect(answer.status).toBe(409);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const html = await answer.text();
    expect(html).toContain('opened by another account');
    expect(html).toContain('The heron stood &lt;still> in the rain &amp; waited.');
    // The script of a form for writing keeps it on the device, too.
    expect(html).not.toContain('nowhere else');
    const again = html.slice(html.indexOf('<form class="fields"'));
    expect(hiddenField(again, 'madeFor')).toBe(form.madeFor);
    expect(again).toMatch(/name="title"[^>]*>\s*Rain<\/textarea>/);
    expect(again).toContain('Slow Burn');
    expect(await countWorks(site)).toBe(0);
    expect(await site.ground.db.reads.selectFrom('autosaves').selectAll().execute()).toEqual([]);
    // Once its own account is signed in again, the same form is taken.
    expect((await site.post('/works/new', form, wren)).status).toBe(303);
    expect(await countWorks(site)).toBe(1);
  });

  test('is refused whatever it is, and to a program in JSON; signing out is not', async () => {
    const { site, wren, robin } = await two();
    const { madeFor } = await opened(site, '/account/preferences', wren);
    expect((await site.post('/account/preferences', { madeFor, theme: 'dark' }, robin)).status).toBe(409);
    const inJson = await site.post('/works/new', { madeFor }, robin, { accept: 'application/json' });
    expect(inJson.headers.get('content-type')).toContain('problem+json');
    expect((await site.post('/sessions/end', { madeFor }, robin)).status).toBe(303);
  });

  test('is offered again only where something was typed; else the page leads back', async () => {
    const { site, wren, robin } = await two();
    const { madeFor } = await opened(site, '/account/preferences', wren);
    const from = { referer: 'http://localhost/drafts?page=2' };
    const nothing = { madeFor, return: '/works?fandom=Dracula&rating=general&sort=title', seen: '3' };
    const html = await (await site.post('/unsaved/0123456789/deletion', nothing, robin, from)).text();
    expect(html).toContain('Nothing was changed.');
    expect(html).not.toContain('Send it again');
    expect(html).toContain('href="/drafts?page=2"');
    const elsewhere = { referer: 'https://evil.example/drafts' };
    expect(await (await site.post('/preferences/theme', { madeFor }, robin, elsewhere)).text()).not.toContain('evil');
    for (const summary of ['雨が降っていた。', 'ฝนตก']) {
      const typed = await (await site.post('/account/series/new', { madeFor, anything: summary }, robin)).text();
      expect(typed).toContain('nowhere else');
      expect(typed).toContain('Send it again');
      expect(typed).toMatch(new RegExp(`>\\s*${summary}</textarea>`));
    }
  });

  test('is not repeated where it holds a secret', async () => {
    const { site, wren, robin } = await two();
    const { madeFor } = await opened(site, '/account/preferences', wren);
    const answer = await site.post('/account/passkeys', { madeFor, password: 'four herons under ice' }, robin);
    expect(answer.status).toBe(409);
    expect(await answer.text()).not.toContain('four herons');
    const present = await site.post('/account/name', { madeFor, presentForName: 'four herons under ice' }, robin);
    expect(await present.text()).not.toContain('four herons');
  });

  test('is not kept as another’s through a sign-in either, and goes on as one’s own', async () => {
    const { site, wren, robin } = await two();
    await secureAccount(site, wren, 'wren', 'four herons under ice');
    await secureAccount(site, robin, 'robin', 'four herons over ice');
    const form = await opened(site, '/works/new', wren, { title: 'Rain', text: WORDS });
    const typed = JSON.stringify(Object.entries(form));
    const signIn = (name: string, password: string) =>
      site.post('/sign-in', { return: '/works/new', typed, name, password });
    const others = await signIn('robin', 'four herons over ice');
    expect(others.status).toBe(404);
    expect(await others.text()).toContain('did not open this form');
    expect(await site.ground.db.reads.selectFrom('autosaves').selectAll().execute()).toEqual([]);
    const own = await signIn('wren', 'four herons under ice');
    expect(own.headers.get('location')).toMatch(/^\/works\/new\?typed=/);
  });
});

describe('a form of somebody who was signed out meanwhile', () => {
  test('is shown again with its words, whatever its address, and is told nothing', async () => {
    const { site, wren } = await two();
    const { madeFor } = await opened(site, '/account/preferences', wren);
    for (const path of ['/account/series/new', '/nowhere']) {
      const answer = await site.post(path, { madeFor, description: WORDS });
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('The heron stood');
    }
    // Without a word in it, and without a key, it is answered as ever.
    expect((await site.post('/nowhere', { madeFor, kind: 'x' })).status).toBe(404);
    expect((await site.post('/nowhere', { description: WORDS })).status).toBe(404);
  });
});

test('every form of a page says whom it was made for, once; a guest’s says nothing', async () => {
  const { site, wren } = await two();
  for (const path of ['/', '/works/new', '/account', '/account/preferences', '/drafts', '/account/series/new']) {
    const html = await (await site.get(path, wren)).text();
    expect(formsAmiss(html, true)).toEqual([]);
    expect(html.match(/name="madeFor"/g)?.length).toBe(html.match(/<form\b[^>]*method="post"/g)?.length);
  }
  expect(formsAmiss(await (await site.get('/join')).text(), false)).toEqual([]);
  expect(formsAmiss('<form class="a" method="post" action="/b"></form>', true)).toHaveLength(1);
});
