/**
 * Who may do what: every route of the running app has a row in the table that says what each of them is answered. A route
 * without a row fails by its name, and every row is exercised by everybody. What is refused changes nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { deviceKey, sessionOf, startSession, type ArchiveEnv } from '../../src/features/accounts/index.ts';
import { changeSettings } from '../../src/features/site/index.ts';
import { OPEN_TO_HELD } from '../../src/app/held.ts';
import { makeWork, openPseud } from '../cast.ts';
import { giveToken } from '../keys.ts';
import { MAIL_NOWHERE } from '../post.ts';
import { openSite, type TestSite } from '../site.ts';
import { contents } from './contents.ts';
import { WHO, type Answers, type Row, type Who } from './row.ts';
import { OF_ACCOUNTS } from './table-accounts.ts';
import { OF_THE_ARCHIVE } from './table-archive.ts';
import { OF_WORKS } from './table-works.ts';
import { THINGS, thingsOf, type People, type Thing, type Things, type ThingsPlan } from './things.ts';

const TABLES = [OF_ACCOUNTS, OF_WORKS, OF_THE_ARCHIVE];
const ROWS = TABLES.flatMap((table) => Object.entries(table));
const UNSAFE = ROWS.filter(([route]) => !route.startsWith('GET '));
const ACCOUNTS = WHO.filter((who) => who !== 'guest');

function routesOf(web: Hono<ArchiveEnv>): string[] {
  // What surrounds all routes stands at `/*` and answers nothing by itself.
  return [
    ...new Set(web.routes.filter((route) => route.path !== '/*').map((route) => `${route.method} ${route.path}`)),
  ].sort();
}

let site: TestSite;
let people: People;
let network = 0;

beforeAll(async () => {
  site = await openSite({ mail: MAIL_NOWHERE });
  await site.ground.db.write((tx) => changeSettings(tx, 0, { invitationQueue: true }));
  people = {
    stranger: await site.person('anemone'),
    creator: await site.person('wintergreen'),
    archivist: await site.person('meadowsweet', ['member', 'archivist']),
    moderator: await site.person('hellebore', ['member', 'moderator']),
    owner: site.owner,
  };
  await openPseud(site, await site.person('bulrush'));
  await makeWork(site, { title: 'Always Here' }, { state: 'posted' });
}, 60_000);
afterAll(() => site.close());

/** Only those who keep a work can change it, each one of their own. */
type Hands = ThingsPlan['keeper'];
const handsOf = (who: Who): Hands => (who === 'archivist' ? 'archivist' : 'creator');

/** The path of a row for each of them: what it names is there then, and whatever else the row needs. */
async function pathsOf(row: Row, its: (hands: Hands) => Things, needed: readonly Thing[] = []) {
  const paths: Record<Hands, string> = { creator: '', archivist: '' };
  for (const hands of ['creator', 'archivist'] as const) {
    const things = its(hands);
    for (const thing of needed) await things[thing]();
    paths[hands] = await pathOn(row, things);
  }
  return (who: Who) => paths[handsOf(who)];
}

/** The path of a row, with what each thing in braces is called. */
async function pathOn({ path }: Row, things: Things): Promise<string> {
  let filled = path;
  for (const [braced, name] of path.matchAll(/\{(\w+)\}/g)) {
    const thing = THINGS.find((one) => one === name);
    if (!thing) throw new Error(`${path}: there is no thing called ${name}`);
    filled = filled.replace(braced, await things[thing]());
  }
  return filled;
}

/** What is only looked at is there once, and all of it; what may be changed is made anew for each row. */
async function pathsToTry(route: string, row: Row) {
  if (route.startsWith('GET ')) return pathsOf(row, (hands) => onceFor(row, hands), THINGS);
  const anew = (hands: Hands) => thingsOf(site, people, { keeper: hands, before: row.before, run: row.run });
  return pathsOf(row, anew, row.with === 'everything' ? THINGS : row.with);
}

function onceFor({ before, run }: Row, keeper: Hands): Things {
  const key = [keeper, before, run].join();
  const its = looked.get(key) ?? thingsOf(site, people, { keeper, before, run });
  looked.set(key, its);
  return its;
}
const looked = new Map<string, Things>();

/** By what a page of theirs knows whose text it keeps. */
async function deviceOf(who: Who): Promise<string> {
  return who === 'guest' ? '' : deviceKey(site.ground.db.reads, people[who].viewer.accountId);
}

async function send(
  route: string,
  path: string,
  who: Who,
  headers: Record<string, string>,
  { fields = {}, body }: Pick<Row, 'fields' | 'body'> = {},
): Promise<Response> {
  const [method = 'GET'] = route.split(' ');
  const cookie = who === 'guest' ? {} : { cookie: people[who].cookie };
  const sent = (await body?.(() => deviceOf(who))) ?? new URLSearchParams(fields);
  network += 1;
  return site.web.request(
    `http://localhost${path}`,
    {
      method,
      headers: { host: 'localhost', ...headers, ...cookie },
      ...(method === 'GET' ? {} : { body: sent }),
    },
    // Each time from another network: limits are not what these rows are about.
    { incoming: { socket: { remoteAddress: `10.1.${network >> 8}.${network & 255}` } } },
  );
}

const OWN = { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' };

test('every route of the running app has its row, and every row its route', () => {
  expect(routesOf(site.web)).toEqual(ROWS.map(([route]) => route).sort());
});

test('a route that nobody has given a row is named', async () => {
  const other = await openSite();
  try {
    other.web.delete('/works/:id', (c) => c.text('gone'));
    other.web.all('/planted', (c) => c.text('anything'));
    const known = new Set(ROWS.map(([route]) => route));
    expect(routesOf(other.web).filter((route) => !known.has(route))).toEqual(['ALL /planted', 'DELETE /works/:id']);
  } finally {
    await other.close();
  }
});

test('what is compared sees every change', async () => {
  const before = await contents(site);
  expect(await contents(site)).toEqual(before);
  await makeWork(site, { title: 'New Here' });
  const after = await contents(site);
  expect(after['works']?.length).toBe((before['works']?.length ?? 0) + 1);
});

test.each(ROWS)(
  '%s answers everybody as its row says, and what is refused or only looked at changes nothing',
  async (route, row) => {
    const pathFor = await pathsToTry(route, row);
    const said: Partial<Answers> = {};
    const askAs = async (who: Who) => {
      said[who] = (await send(route, pathFor(who), who, OWN, row)).status;
    };
    const mayChange = (who: Who) => !route.startsWith('GET ') && row.answers[who] !== 404;
    const before = await contents(site);
    await Promise.all(WHO.filter((who) => !mayChange(who)).map(askAs));
    const after = await contents(site);
    for (const who of WHO.filter(mayChange)) await askAs(who);
    expect(said).toEqual(row.answers);
    expect(after).toEqual(before);
    // Signing out is the one thing that ends a session, and it ends it on the server.
    const signedIn = await Promise.all(ACCOUNTS.map(isSignedIn));
    for (const [index, who] of ACCOUNTS.entries()) if (!signedIn[index]) await signInAgain(who);
    expect(new Set(signedIn)).toEqual(new Set([route !== 'POST /sessions/end']));
  },
);

/** Whether their session is still good, as every request asks it. */
async function isSignedIn(who: Exclude<Who, 'guest'>): Promise<boolean> {
  const { db, now } = site.ground;
  return (await sessionOf(db.reads, people[who].cookie.split('=')[1] ?? '', now())) !== null;
}

async function signInAgain(who: Exclude<Who, 'guest'>): Promise<void> {
  const { viewer } = people[who];
  const token = await site.ground.db.write((tx) => startSession(tx, site.ground.now(), viewer.accountId, viewer.adult));
  people[who] = { ...people[who], cookie: `session=${token}` };
}

/** What a browser sends along when another site makes it. */
const FOREIGN: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
  'another site that hides its name': { 'sec-fetch-site': 'cross-site', origin: 'null' },
  'a neighbour on the same domain': { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
  'an older browser': { origin: 'https://elsewhere.example' },
  'an older browser, another port': { origin: 'http://localhost:8080' },
  'an older browser, from a file or a sandbox': { origin: 'null' },
};

test.each(UNSAFE)('%s from another site is refused to everybody, and changes nothing', async (route, row) => {
  const pathFor = await pathsOf(row, (hands) => onceFor(row, hands));
  const before = await contents(site);
  const answered: string[] = [];
  for (const [from, headers] of Object.entries(FOREIGN)) {
    const ask = async (who: Who) => {
      const answer = await send(route, pathFor(who), who, headers, row);
      if (answer.status !== 403 || answer.headers.has('set-cookie'))
        answered.push(`${who} from ${from}: ${answer.status}`);
    };
    await Promise.all(WHO.map(ask));
  }
  expect(answered).toEqual([]);
  expect(await contents(site)).toEqual(before);
});

/** All that is left to who is suspended or banned, besides reading. A route that is not here answers them the refusal. */
const HELD_MAY = [
  ...['', '/code', '/passkey', '/passkey/challenge', '/recovery'].map((rest) => `POST /sign-in${rest}`),
  ...['/forgotten', '/forgotten/:token', '/owner-links/:token'].map((path) => `POST ${path}`),
  ...['/:id/end', '/end', '/others/end'].map((rest) => `POST /sessions${rest}`),
  ...['credentials', 'name', 'password', 'recovery-codes'].map((rest) => `POST /account/${rest}`),
  ...['', '/confirmation/:token', '/removal'].map((rest) => `POST /account/email${rest}`),
  ...['confirmation', 'key', 'removal'].map((rest) => `POST /account/authenticator/${rest}`),
  ...['', '/:id/name', '/:id/removal', '/challenge'].map((rest) => `POST /account/passkeys${rest}`),
  'POST /account/tokens/:id/revocation',
  ...['confirmation', 'removal'].map((rest) => `POST /invitations/queue/:token/${rest}`),
  'POST /letters/:sealed',
  ...['/account/preferences', '/adult-consent', '/standing/acknowledgement'].map((path) => `POST ${path}`),
  ...['creator-style', 'reading', 'theme'].map((rest) => `POST /preferences/${rest}`),
  ...['/autosaves/:sheet', '/unsaved/:sheet/deletion'].map((path) => `POST ${path}`),
  ...['/legal-notice', '/reports/new', '/account/deletion', '/account/take-out'].map((path) => `POST ${path}`),
];

test('what is left to who is suspended or banned is a list, and each of it is a route', () => {
  expect([...OPEN_TO_HELD].toSorted()).toEqual(HELD_MAY.toSorted());
  const known = new Set(ROWS.map(([route]) => route));
  expect(HELD_MAY.filter((route) => !known.has(route))).toEqual([]);
});

test.each(UNSAFE.filter(([route]) => !HELD_MAY.includes(route)))(
  '%s is closed to who is suspended or banned, whatever their roles were, and changes nothing',
  async (route, row) => {
    const pathFor = await pathsOf(row, (hands) => onceFor(row, hands));
    const answered: string[] = [];
    for (const state of ['suspended', 'banned'] as const) {
      await setEverybody(state);
      const before = await contents(site);
      for (const who of ACCOUNTS) {
        const answer = await send(route, pathFor(who), who, OWN, row);
        if (answer.status !== 403) answered.push(`${state} ${who}: ${answer.status}`);
      }
      expect(await contents(site)).toEqual(before);
      await setEverybody('active');
    }
    expect(answered).toEqual([]);
  },
);

/** Suspends or bans all of them, or ends that. */
async function setEverybody(state: 'active' | 'suspended' | 'banned'): Promise<void> {
  const ids = Object.values(people).map((person) => person.viewer.accountId);
  await site.ground.db.write((tx) => tx.updateTable('accounts').set({ state }).where('id', 'in', ids).execute());
}

test('a token of who is suspended changes nothing, and that of who is banned is none', async () => {
  const { creator } = people;
  const token = await giveToken(site, creator);
  const ask = (method: 'GET' | 'POST') =>
    site.web.request('http://localhost/api/v1/works', {
      method,
      headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
  const statuses = async () => [(await ask('GET')).status, (await ask('POST')).status];
  const before = await statuses();
  expect(before[1]).toBe(422);
  await setEverybody('suspended');
  expect(await statuses()).toEqual([200, 403]);
  await setEverybody('banned');
  expect(await statuses()).toEqual([401, 401]);
  await setEverybody('active');
  expect(await statuses()).toEqual(before);
});

test('forms of the archive itself are taken, however the browser says where they come from', async () => {
  const own: Record<string, Record<string, string>> = {
    'a browser of today': { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' },
    'an address typed by hand': { 'sec-fetch-site': 'none' },
    'an older browser, or one on plain http': { origin: 'http://localhost' },
    'a program, which carries no cookie against its will': {},
  };
  for (const [from, headers] of Object.entries(own)) {
    expect((await send('POST /preferences/theme', '/preferences/theme', 'guest', headers)).status, from).toBe(303);
  }
});

test('behind a proxy, the public address is the archive itself', async () => {
  const proxied = await openSite({ url: 'https://archive.example' });
  try {
    const status = async (origin: string) => {
      const headers = { host: '127.0.0.1:3000', origin };
      return (await proxied.web.request('http://127.0.0.1:3000/preferences/theme', { method: 'POST', headers })).status;
    };
    expect(await status('https://archive.example')).toBe(303);
    expect(await status('https://archive.example.elsewhere.example')).toBe(403);
    expect(await status('https://elsewhere.example')).toBe(403);
  } finally {
    await proxied.close();
  }
});

test('methods that no route has are answered like an address that is not there, and change nothing', async () => {
  const its = thingsOf(site, people, { keeper: 'creator' });
  const paths: string[] = [];
  for (const [, row] of ROWS) paths.push(await pathOn(row, its));
  const before = await contents(site);
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    for (const path of paths) {
      const answer = await send(`${method} `, path, 'creator', OWN);
      expect(answer.status, `${method} ${path}`).toBe(404);
    }
  }
  expect(await contents(site)).toEqual(before);
});
