/** The owner signs in by a link, stays signed in, and signs out; what guests may say of themselves. */
import { describe, expect, test } from 'vitest';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { OWNER_LINK_MS, SESSION_IDLE_MS, SESSION_LONGEST_MS } from './account.ts';
import { ensureOwner, makeOwnerLink } from './actions.ts';
import { ownerHasSignedIn, sessionOf } from './queries.ts';
import { localPath } from './web.ts';

const linkIn = (site: TestSite) => site.ground.db.write((tx) => makeOwnerLink(tx, site.ground.now()));
/** Somebody with the cookie that an answer set. */
const bearer = (site: TestSite, answer: Response): Person => ({
  ...site.owner,
  cookie: (answer.headers.getSetCookie().find((cookie) => cookie.startsWith('session=')) ?? '').split(';')[0] ?? '',
});
const isOwner = async (site: TestSite, person: Person) => (await site.get('/settings', person)).status === 200;

describe('the owner’s link', () => {
  test('shows a button; looking at it uses nothing up', async () => {
    const site = await testSite();
    const token = await linkIn(site);
    for (let time = 0; time < 3; time++) {
      const page = await site.get(`/owner-links/${token}`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`action="/owner-links/${token}"`);
      expect(page.headers.getSetCookie()).toEqual([]);
    }
    expect((await site.post(`/owner-links/${token}`)).status).toBe(303);
  });

  test('signs in once', async () => {
    const site = await testSite();
    const token = await linkIn(site);
    const answer = await site.post(`/owner-links/${token}`);
    expect(answer.headers.get('location')).toBe('/');
    const owner = bearer(site, answer);
    expect(await isOwner(site, owner)).toBe(true);
    for (const again of [await site.post(`/owner-links/${token}`), await site.get(`/owner-links/${token}`)]) {
      expect(again.status).toBe(404);
      expect(again.headers.getSetCookie()).toEqual([]);
      expect(await again.text()).toContain('./fanfold owner-link');
    }
  });

  test('pressed twice at once signs in once', async () => {
    const site = await testSite();
    const token = await linkIn(site);
    const answers = await Promise.all([1, 2, 3, 4].map(() => site.post(`/owner-links/${token}`)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([303, 404, 404, 404]);
  });

  test('works for 24 hours', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    const token = await linkIn(site);
    now += OWNER_LINK_MS - 1;
    expect((await site.get(`/owner-links/${token}`)).status).toBe(200);
    now += 1;
    expect((await site.post(`/owner-links/${token}`)).status).toBe(404);
  });

  test('is void when a newer one is made, and nonsense is as void', async () => {
    const site = await testSite();
    const older = await linkIn(site);
    const newer = await linkIn(site);
    for (const token of [older, 'nonsense', '%00', `${newer}x`]) {
      expect((await site.post(`/owner-links/${token}`)).status, token).toBe(404);
    }
    expect((await site.post(`/owner-links/${newer}`)).status).toBe(303);
  });

  test('and the session are kept as hashes only', async () => {
    const site = await testSite();
    const token = await linkIn(site);
    const session = bearer(site, await site.post(`/owner-links/${token}`)).cookie.split('=')[1] ?? '';
    const { reads } = site.ground.db;
    const kept = JSON.stringify([
      await reads.selectFrom('owner_links').selectAll().execute(),
      await reads.selectFrom('sessions').selectAll().execute(),
    ]);
    expect(session).toHaveLength(43);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(session);
  });

  test('tells that the owner has signed in once it was used, also after they signed out', async () => {
    const site = await testSite();
    const { db } = site.ground;
    expect(await ownerHasSignedIn(db.reads)).toBe(true);
    await db.write((tx) => tx.deleteFrom('sessions').execute());
    await site.person('reader');
    const token = await linkIn(site);
    expect(await ownerHasSignedIn(db.reads)).toBe(false);
    const owner = bearer(site, await site.post(`/owner-links/${token}`));
    await site.post('/sessions/end', {}, owner);
    expect(await ownerHasSignedIn(db.reads)).toBe(true);
  });

  test('many tries in a minute are too many', async () => {
    const site = await testSite();
    const statuses: number[] = [];
    for (let time = 0; time < 21; time++) statuses.push((await site.post('/owner-links/guess')).status);
    expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true);
    expect(statuses[20]).toBe(429);
  });
});

test('there is one owner, however often one is asked for', async () => {
  const site = await testSite();
  const again = await site.ground.db.write((tx) => ensureOwner(tx, 1));
  expect(again.accountId).toBe(site.owner.viewer.accountId);
  expect(await site.ground.db.reads.selectFrom('accounts').selectAll().execute()).toHaveLength(1);
});

describe('a session', () => {
  test('ends at once when its person signs out', async () => {
    const site = await testSite();
    const answer = await site.post('/sessions/end', {}, site.owner);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(answer.headers.getSetCookie().join()).toMatch(/session=;.*Max-Age=0/);
    expect(await isOwner(site, site.owner)).toBe(false);
    expect((await site.post('/sessions/end', {}, site.owner)).status).toBe(303);
  });

  test('that nobody uses ends after 30 days; one that is used goes on, for 90 at most', async () => {
    let now = Date.UTC(2026, 0, 1);
    const begin = now;
    const site = await testSite({ now: () => now });
    const idle = await site.person('idle', ['owner', 'member']);
    for (now += SESSION_IDLE_MS / 2; now < begin + SESSION_LONGEST_MS; now += SESSION_IDLE_MS / 2) {
      expect(await isOwner(site, site.owner)).toBe(true);
    }
    expect(await isOwner(site, idle)).toBe(false);
    now = begin + SESSION_LONGEST_MS;
    expect(await isOwner(site, site.owner)).toBe(false);
  });

  test('that is made up is nobody’s', async () => {
    const site = await testSite();
    expect(await isOwner(site, { ...site.owner, cookie: 'session=made-up' })).toBe(false);
    expect(await sessionOf(site.ground.db.reads, '', 1)).toBeNull();
  });

  test('of a suspended account goes on without its roles', async () => {
    const site = await testSite();
    await site.ground.db.write((tx) => tx.updateTable('accounts').set({ state: 'suspended' }).execute());
    expect(await isOwner(site, site.owner)).toBe(false);
    expect((await site.get('/drafts', site.owner)).status).toBe(200);
  });

  test('that has ended is forgotten by the clock', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    await linkIn(site);
    now += SESSION_LONGEST_MS + 1;
    const jobs = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
    await jobs.find((job) => job.kind === 'forget-ended-sessions')?.run(null);
    expect(await site.ground.db.reads.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await site.ground.db.reads.selectFrom('owner_links').selectAll().execute()).toEqual([]);
  });
});

describe('who goes back goes back to a page of this archive', () => {
  test.each([
    ['/works', '/works'],
    ['/works?page=2', '/works?page=2'],
    ['/works/abc#kudos', '/works/abc'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['\\/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['works', '/'],
    ['', '/'],
    [undefined, '/'],
    [7, '/'],
    ['/a/..//evil.example', '/'],
    ['/.//evil.example', '/'],
  ])('%j leads to %s', (said, path) => {
    expect(localPath(said)).toBe(path);
  });

  test('and a form cannot be told to lead elsewhere', async () => {
    const site = await testSite();
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
      const answer = await site.post('/adult-consent', { return: elsewhere });
      expect(answer.headers.get('location')).toBe('/');
    }
  });
});

test('how pages look is kept in the browser, not here', async () => {
  const site = await testSite();
  const answer = await site.post('/preferences/theme', { theme: 'dark', return: '/works?page=2' });
  expect(answer.headers.get('location')).toBe('/works?page=2');
  expect(answer.headers.getSetCookie().join()).toContain('dark');
});

test('a notice is shown once, and one that was tampered with not at all', async () => {
  const site = await testSite();
  const carry = (value: unknown) => ({ cookie: `notice=${Buffer.from(JSON.stringify(value)).toString('base64url')}` });
  const shown = await site.get('/works', null, carry({ kind: 'done', text: 'All <b>is</b> well.' }));
  expect(await shown.text()).toContain('All &lt;b>is&lt;/b> well.');
  expect(shown.headers.getSetCookie().join()).toMatch(/notice=;.*Max-Age=0/);
  for (const nonsense of [
    { kind: 'done', text: 7 },
    { kind: 'done', text: 'Undo me', undo: { action: 'https://evil.example', label: 'Undo' } },
    'x',
  ]) {
    const page = await site.get('/works', null, carry(nonsense));
    expect(page.status).toBe(200);
    expect(await page.text()).not.toMatch(/Undo me|evil/);
  }
});
