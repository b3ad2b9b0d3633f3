/** What happens to an account is told to it: on its page always, by mail where it has an address, and to nobody else. */
import { expect, test } from 'vitest';
import { giveAuthenticator, givePasskey } from '../../../test/keys.ts';
import { runJobs } from '../../../test/post.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { noteDevice, noteHappening } from './happenings.actions.ts';
import {
  DEVICES_KNOWN,
  HAPPENINGS_KEPT,
  HAPPENINGS_SHOWN,
  NEW_DEVICE_PAUSE_MS,
  NEW_DEVICES_KEPT,
  WRONG_CODE_PAUSE_MS,
} from './happening.ts';
import { happeningsOf } from './happenings.queries.ts';
import { ADDRESS, mailing, reachable, subjects } from './mail.fixture.ts';
import { cookieOf, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const signIn = (site: TestSite, cookie?: string) =>
  send(site, '/sign-in', { name: NAME, password: PASSWORD }, { agent: FIREFOX, ...(cookie ? { cookie } : {}) });
const markOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('device='))
    ?.split(';')[0] ?? '';
const whatHappened = async (site: TestSite, accountId: number) =>
  (await happeningsOf(site.ground.db.reads, accountId)).map((one) => one.what);

test('a sign-in on a device that is not known is told, once for each device', async () => {
  const { site, post, clock } = await mailing();
  const person = await reachable(site, post);
  const before = post.letters.length;
  const first = await signIn(site);
  expect(first.status).toBe(303);
  await runJobs(site);
  expect(subjects(post).slice(before)).toEqual(['You signed in on a new device']);
  expect(post.letters.at(-1)?.text).toContain('Firefox on Linux');
  expect(post.letters.at(-1)?.headers.has('list-unsubscribe')).toBe(false);
  // The mark stays when its person signs out, and says nothing to anybody else's account.
  expect(markOf(await signIn(site, markOf(first)))).toBe(markOf(first));
  await runJobs(site);
  expect(post.letters).toHaveLength(before + 1);
  clock.now += NEW_DEVICE_PAUSE_MS;
  expect((await signIn(site)).status).toBe(303);
  await runJobs(site);
  expect(post.letters).toHaveLength(before + 2);
  const other = await member(site, 'other_otter');
  const beside = await send(site, '/sign-in', { name: 'other_otter', password: PASSWORD }, { cookie: markOf(first) });
  expect(beside.status).toBe(303);
  expect(await whatHappened(site, other.viewer.accountId)).toContain('Signed in on a device that was not known');
  const page = await (await site.get('/account', person)).text();
  expect(page).toContain('Signed in on a device that was not known: Firefox on Linux');
  // Two accounts of one browser have nothing in common in the database, and the mark itself is not there.
  const marks = await site.ground.db.reads.selectFrom('known_devices').selectAll().execute();
  expect(new Set(marks.map((row) => row.mark_hash)).size).toBe(marks.length);
  expect(JSON.stringify(marks)).not.toContain(markOf(first).slice('device='.length));
});

test('a wrong password gives no browser a mark, and a mark that somebody made up is not taken', async () => {
  const site = await testSite();
  await member(site);
  expect(markOf(await send(site, '/sign-in', { name: NAME, password: 'not this one' }))).toBe('');
  expect(markOf(await signIn(site, 'device=short'))).toMatch(/^device=[\w-]{43}$/);
});

test('what changes is told by mail at once, and stands on the page without mail', async () => {
  const { site, post } = await mailing();
  const person = await reachable(site, post);
  const passkey = await givePasskey(site, person);
  const before = post.letters.length;
  const as = { cookie: person.cookie };
  await send(site, '/account/name', { name: 'renamed_otter', presentForName: PASSWORD }, as);
  await send(site, '/account/recovery-codes', { presentForCodes: PASSWORD }, as);
  await send(site, '/account/tokens', { name: 'mine', scopes: 'read', term: '30', password: PASSWORD }, as);
  await send(site, `/account/passkeys/${passkey}/removal`, { password: PASSWORD }, as);
  const changed = await send(
    site,
    '/account/password',
    { presentForPassword: PASSWORD, password: NEW, confirmation: NEW },
    as,
  );
  expect(changed.status).toBe(303);
  expect(await runJobs(site)).toEqual([]);
  expect(subjects(post).slice(before)).toEqual([
    'Your name to sign in with was changed',
    'You have new recovery codes',
    'A token was made',
    'A passkey was removed',
    // The browser that changes the password is signed in, and so no new device.
    'Your password was changed',
  ]);
  for (const letter of post.letters.slice(before)) {
    expect(letter.to).toEqual([ADDRESS]);
    expect(letter.raw).not.toMatch(/otter_|quiet_otter|renamed|pseud of|mine/);
  }
  const page = await (await site.get('/account', null, { cookie: cookieOf(changed) ?? '' })).text();
  for (const said of ['Password changed', 'Passkey removed', 'New recovery codes made', 'E-mail address confirmed'])
    expect(page).toContain(said);
});

test('only the latest are kept, and those of one account', async () => {
  const site = await testSite();
  const [one, other] = [await site.person('one'), await site.person('other')];
  const { db, now } = site.ground;
  await db.write((tx) => noteHappening(tx, now(), other.viewer.accountId, 'passkey-added'));
  for (let count = 0; count < HAPPENINGS_KEPT + 3; count++)
    await db.write((tx) => noteHappening(tx, now(), one.viewer.accountId, 'token-made'));
  const rows = await db.reads.selectFrom('account_happenings').select('account_id').execute();
  expect(rows.filter((row) => row.account_id === one.viewer.accountId)).toHaveLength(HAPPENINGS_KEPT);
  expect(await happeningsOf(db.reads, one.viewer.accountId)).toHaveLength(HAPPENINGS_SHOWN);
  expect(await whatHappened(site, other.viewer.accountId)).toEqual(['Passkey added']);
});

test('tries at a password outlive the process that counted them', async () => {
  const site = await testSite();
  await member(site);
  const guess = () => send(site, '/sign-in', { name: NAME, password: 'a guess' });
  const before: number[] = [];
  for (let tries = 0; tries < 6; tries++) before.push((await guess()).status);
  expect(before.at(-1)).toBe(429);
  const rows = await site.ground.db.reads.selectFrom('sign_in_tries').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.count).toBe(5);
});

test('many new devices make two letters an hour apart, of which the second counts them, and push nothing off the list', async () => {
  const { site, post, clock } = await mailing();
  const person = await reachable(site, post);
  const before = post.letters.length;
  const { db, now } = site.ground;
  const { accountId } = person.viewer;
  const isNew = (mark: string) =>
    db.write((tx) => noteDevice(tx, now(), accountId, { device: 'Firefox on Linux', mark, token: null }));
  for (let number = 0; number < 4; number++) await isNew(`mark ${number}`);
  await runJobs(site);
  clock.now += NEW_DEVICE_PAUSE_MS - 1;
  await runJobs(site);
  expect(subjects(post).slice(before)).toEqual(['You signed in on a new device']);
  clock.now += 1;
  await runJobs(site);
  expect(subjects(post).slice(before)).toEqual(['You signed in on a new device', 'You signed in on new devices']);
  expect(post.letters.at(-1)?.text).toContain('on 3 devices that it was not known on');
  for (let number = 4; number < DEVICES_KNOWN + 9; number++) {
    clock.now += 1;
    await isNew(`mark ${number}`);
  }
  clock.now += 2 * NEW_DEVICE_PAUSE_MS;
  await runJobs(site);
  expect(post.letters).toHaveLength(before + 3);
  expect(post.letters.at(-1)?.text).toContain(`on ${NEW_DEVICES_KEPT} or more devices`);
  expect(await db.reads.selectFrom('known_devices').selectAll().execute()).toHaveLength(DEVICES_KNOWN);
  const said = await whatHappened(site, accountId);
  expect(said).toContain('E-mail address confirmed');
  expect(said.filter((what) => what.startsWith('Signed in'))).toHaveLength(NEW_DEVICES_KEPT);
  // The latest are those that are known.
  await isNew(`mark ${DEVICES_KNOWN + 8}`);
  expect(await whatHappened(site, accountId)).toEqual(said);
});

test('a wrong code after the right password is told, once a day', async () => {
  const { site, post, clock } = await mailing();
  const person = await reachable(site, post);
  await giveAuthenticator(site, person);
  const before = post.letters.length;
  const guess = async (code: string) => {
    const half = (await signIn(site)).headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('half-session='))
      ?.split(';')[0];
    expect(half).toBeDefined();
    expect((await send(site, '/sign-in/code', { code }, { cookie: half ?? '', agent: FIREFOX })).status).toBe(422);
    await runJobs(site);
  };
  await guess('');
  expect(post.letters).toHaveLength(before);
  await guess('000000');
  await guess('no recovery code');
  await guess('111111');
  expect(subjects(post).slice(before)).toEqual(['Your password was typed, and a wrong code']);
  expect(
    (await whatHappened(site, person.viewer.accountId)).filter((what) => what.includes('wrong code')),
  ).toHaveLength(1);
  clock.now += WRONG_CODE_PAUSE_MS;
  await guess('000000');
  expect(post.letters).toHaveLength(before + 2);
});
