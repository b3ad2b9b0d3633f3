/** A new password puts out whoever else got in, and locks out nobody whose account it is. */
import { describe, expect, test } from 'vitest';
import { giveAuthenticator, givePasskey, giveToken } from '../../../test/keys.ts';
import { runJobs } from '../../../test/post.ts';
import type { Person, TestSite } from '../../../test/site.ts';
import { codeAt } from './authenticator/codes.ts';
import { FACTOR_FRESH_MS } from './authenticator/both-proofs.ts';
import { ADDRESS, give, HOUR_MS, linksTo, mailing, newest, reachable } from './mail.fixture.ts';
import { cookieOf, isSignedIn, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';
import { endWhatLetsIn } from './restored.actions.ts';
import { LATELY_MS } from './ways-in.ts';

const SET = { password: NEW, confirmation: NEW };
const THIRD = { password: 'a heron over the weir', confirmation: 'a heron over the weir' };
const codesIn = (html: string) => [...html.matchAll(/<code>([0-9a-z-]{23})<\/code>/g)].map((match) => match[1] ?? '');
const recover = (site: TestSite, code: string, set = SET) =>
  send(site, '/sign-in/recovery', { name: NAME, code, ...set });
const secondStep = (site: TestSite, half: string, code: string) =>
  send(site, '/sign-in/code', { code }, { cookie: half });
const halfOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('half-session='))
    ?.split(';')[0] ?? '';

/** Asks for a link, and sets a new password by it. */
async function setByLink(site: TestSite, post: Awaited<ReturnType<typeof mailing>>['post'], set = SET) {
  await send(site, '/forgotten', { who: ADDRESS });
  await runJobs(site);
  return send(site, linksTo(post, ADDRESS).findLast((path) => path.startsWith('/forgotten/')) ?? '', set);
}

/** What an intruder who knew the password leaves behind. @returns recovery codes of theirs. */
async function intrude(site: TestSite, person: Person): Promise<string[]> {
  const made = await send(site, '/account/recovery-codes', { presentForCodes: PASSWORD }, { cookie: person.cookie });
  const codes = codesIn(await made.text());
  expect(codes).toHaveLength(10);
  await givePasskey(site, person);
  await giveToken(site, person);
  await giveAuthenticator(site, person);
  return codes;
}

const left = async (site: TestSite) => {
  const { reads } = site.ground.db;
  const counts = [];
  for (const table of ['passkeys', 'api_tokens', 'authenticators', 'recovery_codes'] as const)
    counts.push((await reads.selectFrom(table).select('account_id').execute()).length);
  return counts;
};

describe('a password set by a link', () => {
  test('ends passkeys, tokens, codes and a new authenticator, and shows new codes', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    clock.now += 30 * LATELY_MS;
    const again = { cookie: cookieOf(await send(site, '/sign-in', { name: NAME, password: PASSWORD })) ?? '' };
    const theirs = await intrude(site, { ...person, ...again });
    clock.now += HOUR_MS;
    const set = await setByLink(site, post);
    expect(set.status).toBe(200);
    expect(set.headers.get('cache-control')).toBe('no-store');
    expect(cookieOf(set)).toBeUndefined();
    const own = codesIn(await set.text());
    expect(own).toHaveLength(10);
    expect(await left(site)).toEqual([0, 0, 0, 10]);
    for (const code of [theirs[0] ?? '', person.codes[0] ?? ''])
      expect((await recover(site, code, THIRD)).status).toBe(422);
    expect(await isSignedIn(site, cookieOf(await send(site, '/sign-in', { name: NAME, password: NEW })))).toBe(true);
    expect((await recover(site, own[0] ?? '', THIRD)).status).toBe(200);
  });

  test('is no way round an authenticator that has guarded the account for long, and leaves codes as old', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    const key = await giveAuthenticator(site, person);
    clock.now += LATELY_MS + 1;
    const set = await setByLink(site, post);
    expect([set.status, set.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(await left(site)).toEqual([0, 0, 1, 10]);
    const step = async () => halfOf(await send(site, '/sign-in', { name: NAME, password: NEW }));
    expect((await secondStep(site, await step(), codeAt(key, clock.now))).status).toBe(303);
    expect((await secondStep(site, await step(), person.codes[0] ?? '')).status).toBe(303);
  });

  test('makes codes void that were made lately beside such an authenticator', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    const key = await giveAuthenticator(site, person);
    clock.now += LATELY_MS + 1;
    const form = { presentForCodes: PASSWORD, code: codeAt(key, clock.now) };
    expect((await send(site, '/account/recovery-codes', form, { cookie: person.cookie })).status).toBe(200);
    clock.now += HOUR_MS;
    expect((await setByLink(site, post)).status).toBe(303);
    expect(await left(site)).toEqual([0, 0, 1, 0]);
  });

  test('forgets an address that waits: it could set the next one', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    await give(site, person, 'intruder@sea.example');
    await runJobs(site);
    const link = newest(post, 'intruder@sea.example');
    clock.now += HOUR_MS;
    expect((await setByLink(site, post)).status).toBe(200);
    expect((await send(site, link, {})).status).toBe(404);
  });
});

describe('a recovery code', () => {
  test('ends the same, and an address that is new, and what ended stays so after a restore', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    await givePasskey(site, person);
    await giveToken(site, person);
    await giveAuthenticator(site, person);
    const { db, now } = site.ground;
    const kept = [
      ...(await db.reads.selectFrom('passkeys').select('credential_hash as hash').execute()),
      ...(await db.reads.selectFrom('api_tokens').select('token_hash as hash').execute()),
      ...(await db.reads.selectFrom('authenticators').select('key_hash as hash').execute()),
      ...(await db.reads.selectFrom('recovery_codes').select('code_hash as hash').execute()),
      ...(await db.reads.selectFrom('email_addresses').select('link_hash as hash').execute()),
    ].map((row) => row.hash);
    expect(kept).toHaveLength(14);
    const answer = await recover(site, person.codes[0] ?? '');
    expect(answer.status).toBe(200);
    const html = await answer.text();
    const own = codesIn(html);
    expect(own).toHaveLength(10);
    expect(html).not.toContain('/reports/new');
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
    expect(await left(site)).toEqual([0, 0, 0, 10]);
    // The address may be that of the account's own person: it is told, and forgotten then.
    await runJobs(site);
    expect(post.letters.at(-1)).toMatchObject({ to: [ADDRESS], subject: 'This is not your e-mail address any more' });
    expect(await db.reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
    const spent = (await db.reads.selectFrom('spent_secrets').select('hash').execute()).map((row) => row.hash);
    expect(spent).toEqual(expect.arrayContaining(kept));
    await db.write((tx) => endWhatLetsIn(tx, now()));
    expect(await left(site)).toEqual([0, 0, 0, 10]);
  });

  test('leaves an address and an authenticator that are old', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    await giveAuthenticator(site, person);
    clock.now += LATELY_MS + 1;
    expect((await recover(site, person.codes[0] ?? '')).status).toBe(200);
    expect(await left(site)).toEqual([0, 0, 1, 10]);
    expect(await site.ground.db.reads.selectFrom('email_addresses').select('address').execute()).toHaveLength(1);
  });
});

describe('a password changed by its owner', () => {
  const change = (site: TestSite, cookie: string, more: Record<string, string> = {}) =>
    send(site, '/account/password', { presentForPassword: PASSWORD, ...SET, ...more }, { cookie });

  test('says what else lets in, and leaves it', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    await givePasskey(site, person);
    await giveToken(site, person);
    await give(site, person, 'waits@sea.example');
    const changed = await change(site, person.cookie);
    expect(changed.status).toBe(303);
    expect(await left(site)).toEqual([1, 1, 0, 10]);
    const notice = changed.headers.getSetCookie().find((cookie) => cookie.startsWith('notice=')) ?? '';
    const said = Buffer.from(notice.slice('notice='.length).split(';')[0] ?? '', 'base64url').toString();
    expect(said).toContain('These still let in: 1 passkey, 1 token and 10 recovery codes.');
    expect(said).toContain('The e-mail address that waited to be confirmed is forgotten.');
    expect(await site.ground.db.reads.selectFrom('email_addresses').select('address').execute()).toHaveLength(1);
  });

  test('ends all of it where somebody else may have known the old one, and keeps the app whose code was shown', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    const key = await giveAuthenticator(site, person);
    await givePasskey(site, person);
    await giveToken(site, person);
    const refused = await change(site, person.cookie, { endOthers: 'on', codeForPassword: '000000' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/name="endOthers" value="on" checked/);
    const code = { codeForPassword: codeAt(key, clock.now) };
    const changed = await change(site, person.cookie, { endOthers: 'on', ...code });
    expect(changed.status).toBe(200);
    expect(codesIn(await changed.text())).toHaveLength(10);
    expect(await left(site)).toEqual([0, 0, 1, 10]);
    expect((await recover(site, person.codes[0] ?? '', THIRD)).status).toBe(422);
    expect(await isSignedIn(site, cookieOf(changed))).toBe(true);
  });

  test('makes an old second factor no younger', async () => {
    const { site, clock } = await mailing();
    const person = await member(site);
    const key = await giveAuthenticator(site, person);
    const half = halfOf(await send(site, '/sign-in', { name: NAME, password: PASSWORD }));
    const first = cookieOf(await secondStep(site, half, codeAt(key, clock.now))) ?? '';
    clock.now += FACTOR_FRESH_MS - 1000;
    const changed = await change(site, first);
    expect(changed.status).toBe(303);
    clock.now += 1000;
    const form = { presentForPassword: NEW, ...THIRD };
    const again = await send(site, '/account/password', form, { cookie: cookieOf(changed) ?? '' });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Type the code that your app shows, or a recovery code.');
  });
});

test('a letter about a key leads to where it is undone', async () => {
  const { site, post } = await mailing();
  const person = await reachable(site, post);
  await send(
    site,
    '/account/tokens',
    { name: 'mine', scopes: 'read', term: '30', password: PASSWORD },
    { cookie: person.cookie },
  );
  await runJobs(site);
  expect(post.letters.at(-1)?.text).toContain('http://localhost/sign-in?return=/account/tokens');
});

describe('a browser that somebody else was signed in on', () => {
  const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const markOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('device='))
      ?.split(';')[0] ?? '';
  const signIn = (site: TestSite, password: string, cookie?: string) =>
    send(site, '/sign-in', { name: NAME, password }, { agent: FIREFOX, ...(cookie ? { cookie } : {}) });
  const known = async (site: TestSite) =>
    (await site.ground.db.reads.selectFrom('known_devices').selectAll().execute()).length;

  test.each([
    [
      'changed',
      (site: TestSite, here: string) =>
        send(site, '/account/password', { presentForPassword: PASSWORD, ...SET }, { cookie: here }),
      1,
    ],
    ['set by a code', (site: TestSite, _here: string, code: string) => recover(site, code), 1],
    [
      'the same and all others signed out',
      (site: TestSite, here: string) => send(site, '/sessions/others/end', {}, { cookie: here }),
      1,
    ],
  ])('is new again once the password is %s; the one here is not', async (_how, act, stays) => {
    const { site } = await mailing();
    const person = await member(site);
    const theirs = await signIn(site, PASSWORD);
    const own = await signIn(site, PASSWORD);
    expect(await known(site)).toBe(2);
    const here = `${cookieOf(own)}; ${markOf(own)}`;
    const done = await act(site, here, person.codes[0] ?? '');
    expect(done.status).toBeLessThan(400);
    expect(await known(site)).toBe(stays);
    const password = _how.startsWith('the same') ? PASSWORD : NEW;
    await signIn(site, password, markOf(theirs));
    expect(await known(site)).toBe(stays + 1);
  });

  test('is new again after a link', async () => {
    const { site, post } = await mailing();
    await reachable(site, post);
    await signIn(site, PASSWORD);
    expect(await known(site)).toBe(1);
    await setByLink(site, post);
    expect(await known(site)).toBe(0);
  });
});
