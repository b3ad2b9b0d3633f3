/** Signing in and out: the owner's link is good once and for a day, a session ends when it should, and its cookie is safe. */
import { describe, expect, test } from 'vitest';
import {
  SESSION_LONGEST_MS,
  forgetEndedSessions,
  giveRole,
  makeOwnerLink,
  takeRole,
} from '../../src/features/accounts/index.ts';
import { grantLooks, makeWork, suspend } from '../cast.ts';
import { testSite, type TestSite } from '../site.ts';
import { contents } from './contents.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 1);

/** An archive whose clock is in the test's hands. */
async function siteWithClock(url?: string): Promise<{ site: TestSite; pass: (ms: number) => void }> {
  let now = START;
  const site = await testSite({ now: () => now, ...(url === undefined ? {} : { url }) });
  return {
    site,
    pass: (ms) => {
      now += ms;
    },
  };
}

const newLink = async (site: TestSite) =>
  `/owner-links/${await site.ground.db.write((tx) => makeOwnerLink(tx, site.ground.now()))}`;

/** The session's cookie of an answer: what the browser sends back, and all that was said of it. */
function sessionCookie(answer: Response): { sent: string; said: string } | null {
  const said = answer.headers.getSetCookie().find((cookie) => /^(?:__Host-)?session=/.test(cookie));
  return said === undefined ? null : { sent: said.split(';')[0] ?? '', said };
}

/** Whether a cookie signs somebody in: the settings are for the owner alone. */
const opensSettings = async (site: TestSite, cookie: string | undefined) =>
  (await site.get('/settings', null, cookie === undefined ? {} : { cookie })).status === 200;

describe("the owner's link", () => {
  test('signs in once', async () => {
    const { site } = await siteWithClock();
    const link = await newLink(site);
    const first = await site.post(link);
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/');
    expect(await opensSettings(site, sessionCookie(first)?.sent)).toBe(true);
    const second = await site.post(link);
    expect(second.status).toBe(404);
    expect(sessionCookie(second)).toBeNull();
    expect((await site.get(link)).status).toBe(404);
  });

  test('two who use it at the same moment do not both come in', async () => {
    const { site } = await siteWithClock();
    const link = await newLink(site);
    const both = await Promise.all([site.post(link), site.post(link)]);
    expect(new Set(both.map((answer) => answer.status))).toEqual(new Set([303, 404]));
  });

  test('is not used up by being looked at, looked up or fetched ahead', async () => {
    const { site } = await siteWithClock();
    const link = await newLink(site);
    const before = await contents(site);
    expect((await site.get(link)).status).toBe(200);
    expect((await site.get(link, null, { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' })).status).toBe(200);
    expect((await site.web.request(`http://localhost${link}`, { method: 'HEAD' })).status).toBe(200);
    for (const answer of [
      await site.get(link),
      await site.web.request(`http://localhost${link}`, { method: 'OPTIONS' }),
    ]) {
      expect(sessionCookie(answer)).toBeNull();
    }
    expect(await contents(site)).toEqual(before);
    expect((await site.post(link)).status).toBe(303);
  });

  test('is good for 24 hours and not a moment longer', async () => {
    const { site, pass } = await siteWithClock();
    const early = await newLink(site);
    pass(DAY_MS - 1);
    expect((await site.get(early)).status).toBe(200);
    expect((await site.post(early)).status).toBe(303);
    const late = await newLink(site);
    pass(DAY_MS);
    expect((await site.get(late)).status).toBe(404);
    expect((await site.post(late)).status).toBe(404);
  });

  test('is void once another is made', async () => {
    const { site } = await siteWithClock();
    const old = await newLink(site);
    const fresh = await newLink(site);
    expect((await site.post(old)).status).toBe(404);
    expect((await site.post(fresh)).status).toBe(303);
  });

  test('is kept nowhere as it is, and neither is a session', async () => {
    const { site } = await siteWithClock();
    const link = await newLink(site);
    const cookie = sessionCookie(await site.post(link))?.sent ?? '';
    const held = JSON.stringify(await contents(site));
    const secrets = [link.split('/').at(-1) ?? '', cookie.split('=')[1] ?? ''];
    for (const secret of secrets) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(held).not.toContain(secret);
    }
  });

  test('is told to no other site and to no search engine, and is not kept', async () => {
    const { site } = await siteWithClock();
    const { headers } = await site.get(await newLink(site));
    // Not `no-referrer`: with it, browsers on plain http send `Origin: null` with the page's own form, which is refused.
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-robots-tag')).toMatch(/^noindex\b/);
    expect(headers.get('cache-control')).toMatch(/no-cache|no-store/);
  });

  test('cannot be guessed at for long', async () => {
    const { site } = await siteWithClock();
    const statuses = [];
    for (let guess = 0; guess < 25; guess += 1) statuses.push((await site.post(`/owner-links/guess-${guess}`)).status);
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set([404]));
    expect(new Set(statuses.slice(20))).toEqual(new Set([429]));
  });
});

describe("the session's cookie", () => {
  test('is out of reach of scripts and other sites', async () => {
    const { site } = await siteWithClock();
    const said = sessionCookie(await site.post(await newLink(site)))?.said ?? '';
    expect(said).toMatch(/^session=[\w-]{43};/);
    expect(said).toContain('HttpOnly');
    expect(said).toContain('SameSite=Lax');
    expect(said).toMatch(/Path=\/(?:;|$)/);
    expect(said).not.toMatch(/Domain=|Secure/);
    expect(Number(/Max-Age=(\d+)/.exec(said)?.[1])).toBe(SESSION_LONGEST_MS / 1000);
  });

  test('is bound to this host alone where the address is https', async () => {
    const { site } = await siteWithClock('https://archive.example');
    const said = sessionCookie(await site.post(await newLink(site)))?.said ?? '';
    expect(said).toMatch(/^__Host-session=[\w-]{43};/);
    expect(said).toMatch(/; Secure/);
    expect(said).toContain('HttpOnly');
    expect(said).toContain('SameSite=Lax');
    expect(said).toMatch(/Path=\/(?:;|$)/);
    expect(said).not.toContain('Domain=');
    const { sent } = sessionCookie(await site.post(await newLink(site))) ?? { sent: '' };
    expect(await opensSettings(site, sent)).toBe(true);
    // A neighbour on the domain could set the plain name.
    expect(await opensSettings(site, sent.replace('__Host-', ''))).toBe(false);
  });

  test('is a new one at each sign-in, whatever the browser sent before', async () => {
    const { site } = await siteWithClock();
    const planted = 'session=planted-by-somebody-else';
    const answer = await site.post(await newLink(site), {}, null, { cookie: planted });
    expect(sessionCookie(answer)?.sent).not.toBe(planted);
    expect(await opensSettings(site, planted)).toBe(false);
  });
});

describe('a session', () => {
  test('ends on the server when its owner signs out; others go on', async () => {
    const { site } = await siteWithClock();
    const one = sessionCookie(await site.post(await newLink(site)))?.sent ?? '';
    const other = sessionCookie(await site.post(await newLink(site)))?.sent ?? '';
    const out = await site.post('/sessions/end', {}, null, { cookie: one });
    expect(out.status).toBe(303);
    expect(sessionCookie(out)?.said).toMatch(/^session=;.*Max-Age=0/);
    expect(await opensSettings(site, one)).toBe(false);
    expect(await opensSettings(site, other)).toBe(true);
  });

  test('that is idle for 30 days makes a guest; one in use goes on, for 90 days at most', async () => {
    const { site, pass } = await siteWithClock();
    const draft = await makeWork(site, { title: 'Unfinished' });
    const cookie = site.owner.cookie;
    const seesDraft = async () => (await site.get(`/works/${draft.publicId}`, null, { cookie })).status === 200;
    for (let day = 29; day < 90; day += 29) {
      pass(29 * DAY_MS);
      expect(await seesDraft(), `day ${day}`).toBe(true);
    }
    pass(3 * DAY_MS - 1);
    expect(await seesDraft()).toBe(true);
    pass(1);
    expect(await seesDraft()).toBe(false);

    const idle = sessionCookie(await site.post(await newLink(site)))?.sent ?? '';
    pass(30 * DAY_MS - 1);
    expect(await opensSettings(site, idle)).toBe(true);
    pass(30 * DAY_MS);
    expect(await opensSettings(site, idle)).toBe(false);
  });

  test('that has ended is forgotten, with the links that are over', async () => {
    const { site, pass } = await siteWithClock();
    await newLink(site);
    pass(31 * DAY_MS);
    await site.ground.db.write((tx) => forgetEndedSessions(tx, site.ground.now()));
    const held = await contents(site);
    expect(held['sessions']).toEqual([]);
    expect(held['owner_links']).toEqual([]);
  });

  test('of somebody who was suspended keeps reading, without the rights of a role', async () => {
    const { site } = await siteWithClock();
    const moderator = await site.person('hellebore', ['member', 'moderator']);
    const hidden = await makeWork(site, { title: 'Hidden' }, { state: 'posted', hidden: true });
    const restricted = await makeWork(site, { title: 'Restricted' }, { state: 'posted', restricted: true });
    await grantLooks(site, moderator, [hidden.id]);
    const sees = async () => [
      (await site.get(`/works/${hidden.publicId}`, moderator)).status,
      (await site.get(`/works/${restricted.publicId}`, moderator)).status,
    ];
    expect(await sees()).toEqual([200, 200]);
    await suspend(site, moderator);
    expect(await sees()).toEqual([404, 200]);
  });

  test('does not rise with its account: who is given a role signs in again, and who loses one stays', async () => {
    const { site } = await siteWithClock();
    const { db, now } = site.ground;
    const wren = await site.person('wren');
    const draft = await makeWork(site, { title: 'Unfinished', by: [wren] });
    const seesDraft = async () => (await site.get(`/works/${draft.publicId}`, wren)).status === 200;
    await db.write((tx) => giveRole(tx, now(), wren.viewer.accountId, 'member'));
    expect(await seesDraft()).toBe(true);
    await db.write((tx) => takeRole(tx, now(), wren.viewer.accountId, 'moderator'));
    expect(await seesDraft()).toBe(true);
    await db.write((tx) => giveRole(tx, now(), wren.viewer.accountId, 'moderator'));
    expect(await seesDraft()).toBe(false);
    // An owner has all rights already.
    await db.write((tx) => giveRole(tx, now(), site.owner.viewer.accountId, 'archivist'));
    expect(await opensSettings(site, site.owner.cookie)).toBe(true);
  });

  test('that is made up is none', async () => {
    const { site } = await siteWithClock();
    const hashes = await site.ground.db.reads.selectFrom('sessions').select('token_hash').execute();
    const made = [
      'session=',
      'session=x',
      `session=${'a'.repeat(43)}`,
      ...hashes.map((row) => `session=${row.token_hash}`),
    ];
    for (const cookie of made) expect(await opensSettings(site, cookie), cookie).toBe(false);
  });
});
