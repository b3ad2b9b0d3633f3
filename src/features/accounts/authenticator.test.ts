/** Authenticator codes: turned on by a code, asked for after the password, used once, and never in the way for good. */
import { Secret } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { giveAuthenticator, givePasskey } from '../../../test/keys.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { contents } from '../../../test/rights/contents.ts';
import { FACTOR_FRESH_MS } from './authenticator/both-proofs.ts';
import { codeAt, keyInWords } from './authenticator/codes.ts';
import { HALF_SESSION_MS } from './authenticator/half-sessions.actions.ts';
import { cookieOf, isSignedIn, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';

const START = Date.UTC(2026, 4, 1, 12);
const STEP_MS = 30_000;
const WRONG = 'This code is not right, or was used before.';

async function archive() {
  let now = START;
  const site = await testSite({ now: () => now });
  const person = await member(site);
  return { site, person, pass: (ms: number) => void (now += ms), clock: () => now };
}

const halfOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('half-session='))
    ?.split(';')[0];

/** The first step: name and password. @returns the cookie of the second. */
async function firstStep(site: TestSite, more: Record<string, string> = {}): Promise<string> {
  const answer = await send(site, '/sign-in', { name: NAME, password: PASSWORD, ...more });
  expect(cookieOf(answer)).toBeUndefined();
  const half = halfOf(answer);
  if (half === undefined) throw new Error('No second step was asked for.');
  return half;
}
const secondStep = (site: TestSite, half: string, code: string, more: Record<string, string> = {}) =>
  send(site, '/sign-in/code', { code, ...more }, { cookie: half });

describe('an authenticator', () => {
  test('is on when a code of its key was typed; the key is shown once, as picture and text, and kept by nobody', async () => {
    const { site, person, clock } = await archive();
    const as = { cookie: person.cookie };
    expect((await send(site, '/account/authenticator/key', { password: 'not the password' }, as)).status).toBe(422);
    const shown = await send(site, '/account/authenticator/key', { password: PASSWORD }, as);
    expect(shown.headers.get('cache-control')).toContain('no-store');
    const html = await shown.text();
    expect(html).toMatch(/<svg[^>]*aria-label="The key as a QR code/);
    const words = /<code class="authenticator-key">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '';
    // Not on yet: a sign-in asks for nothing.
    expect(cookieOf(await send(site, '/sign-in', { name: NAME, password: PASSWORD }))).toBeDefined();
    const key = Buffer.from(Secret.fromBase32(words.replaceAll(' ', '')).bytes);
    expect(keyInWords(key)).toBe(words);
    const wrong = await send(site, '/account/authenticator/confirmation', { code: '000000' }, as);
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain(words);
    const on = await send(site, '/account/authenticator/confirmation', { code: codeAt(key, clock()) }, as);
    expect(on.status).toBe(303);
    await firstStep(site);
    const page = await (await site.get('/account/authenticator', person)).text();
    expect(page).toContain('Asked for since');
    expect(page).not.toContain(words);
    const held = JSON.stringify(await contents(site));
    for (const form of [
      words.replaceAll(' ', ''),
      key.toString('hex'),
      key.toString('base64url'),
      key.toString('base64'),
    ])
      expect(held).not.toContain(form);
  });

  test('shows its key in no session but the one that typed the password, and counts tries at its first code', async () => {
    const { site, person, clock } = await archive();
    const other = cookieOf(await send(site, '/sign-in', { name: NAME, password: PASSWORD })) ?? '';
    const shown = await send(site, '/account/authenticator/key', { password: PASSWORD }, { cookie: person.cookie });
    const words = /<code class="authenticator-key">([A-Z2-7 ]+)</.exec(await shown.text())?.[1] ?? '';
    const confirm = (code: string, cookie: string) =>
      send(site, '/account/authenticator/confirmation', { code }, { cookie });
    const elsewhere = await confirm('000000', other);
    expect(elsewhere.status).toBe(303);
    expect(await elsewhere.text()).not.toContain(words);
    const key = Buffer.from(Secret.fromBase32(words.replaceAll(' ', '')).bytes);
    await confirm(codeAt(key, clock()), other);
    const isOn = async () =>
      (await site.ground.db.reads.selectFrom('authenticators').selectAll().executeTakeFirst())?.confirmed_at !== null;
    expect(await isOn()).toBe(false);
    let waited = '';
    for (let tries = 0; tries < 8; tries++) waited = await (await confirm('000000', person.cookie)).text();
    expect(waited).toContain('Those were many tries');
    await confirm(codeAt(key, clock()), person.cookie);
    expect(await isOn()).toBe(false);
  });

  test('asks for a code after the password, and what lies between the two is nobody', async () => {
    const { site, person, clock } = await archive();
    const key = await giveAuthenticator(site, person);
    const half = await firstStep(site, { return: '/drafts' });
    expect(await isSignedIn(site, half)).toBe(false);
    expect(await isSignedIn(site, half.replace('half-session', 'session'))).toBe(false);
    for (const path of ['/', '/drafts', '/account', '/api/v1/works', '/works/new']) {
      const [as, guest] = [await site.get(path, null, { cookie: half }), await site.get(path)];
      const said = async (one: Response) => (await one.text()).replaceAll(/[0-9a-f-]{36}/g, 'request');
      expect([as.status, await said(as)], path).toEqual([guest.status, await said(guest)]);
    }
    const answer = await secondStep(site, half, codeAt(key, clock()), { return: '/drafts' });
    expect(answer.headers.get('location')).toBe('/drafts');
    const session = cookieOf(answer);
    expect(session?.split('=')[1]).not.toBe(half.split('=')[1]);
    expect(await isSignedIn(site, session)).toBe(true);
    // It was good once.
    expect((await secondStep(site, half, codeAt(key, clock() + STEP_MS))).status).toBe(422);
  });

  test('takes each code once, also from two at the same moment, and none older than the last', async () => {
    const { site, person, clock, pass } = await archive();
    const key = await giveAuthenticator(site, person);
    const code = codeAt(key, clock());
    const halves = [await firstStep(site), await firstStep(site), await firstStep(site)];
    const both = await Promise.all(halves.slice(0, 2).map((half) => secondStep(site, half, code)));
    expect(both.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([303, 422]);
    const older = await secondStep(site, halves[2] ?? '', codeAt(key, clock() - STEP_MS));
    expect(await older.text()).toContain(WRONG);
    pass(STEP_MS);
    expect((await secondStep(site, halves[2] ?? '', codeAt(key, clock()))).status).toBe(303);
  });

  test('takes a recovery code in place of a code, and uses it up', async () => {
    const { site, person } = await archive();
    await giveAuthenticator(site, person);
    const [code = ''] = person.codes;
    expect((await secondStep(site, await firstStep(site), code.toUpperCase())).status).toBe(303);
    expect((await secondStep(site, await firstStep(site), code)).status).toBe(422);
    const left = await site.ground.db.reads.selectFrom('recovery_codes').select('code_hash').execute();
    expect(left).toHaveLength(9);
  });

  test('is no way round a password: its second step ends after ten minutes, and with a new password', async () => {
    const { site, person, clock, pass } = await archive();
    const key = await giveAuthenticator(site, person);
    const late = await firstStep(site);
    pass(HALF_SESSION_MS);
    expect(cookieOf(await secondStep(site, late, codeAt(key, clock())))).toBeUndefined();
    const changed = await firstStep(site);
    const change = {
      presentForPassword: PASSWORD,
      password: 'lanterns in the marsh',
      confirmation: 'lanterns in the marsh',
    };
    pass(STEP_MS);
    const as = { cookie: person.cookie };
    const refused = await send(site, '/account/password', change, as);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('name="codeForPassword"');
    const withCode = { ...change, codeForPassword: codeAt(key, clock()) };
    expect((await send(site, '/account/password', withCode, as)).status).toBe(303);
    pass(STEP_MS);
    expect(cookieOf(await secondStep(site, changed, codeAt(key, clock())))).toBeUndefined();
  });

  test('guards the password, the name, the address, passkeys and the account itself, and is asked once in a while', async () => {
    const { site, person, pass, clock } = await archive();
    const key = await giveAuthenticator(site, person);
    const passkey = await givePasskey(site, person);
    const forms: [string, Record<string, string>][] = [
      ['/account/name', { name: 'other_otter', presentForName: PASSWORD }],
      ['/account/password', { presentForPassword: PASSWORD, password: NEW, confirmation: NEW }],
      ['/account/recovery-codes', { presentForCodes: PASSWORD }],
      ['/account/authenticator/removal', { password: PASSWORD }],
      ['/account/tokens', { name: 'mine', scopes: 'read', term: '30', password: PASSWORD }],
      [`/account/passkeys/${passkey}/removal`, { password: PASSWORD }],
      ['/account/deletion', { password: PASSWORD }],
    ];
    for (const [path, fields] of forms) {
      const answer = await send(site, path, fields, { cookie: person.cookie });
      expect(answer.status, path).toBe(422);
      expect(await answer.text(), path).toContain('Type the code that your app shows, or a recovery code.');
    }
    // A session that began with a code is asked for none for a quarter of an hour, and for the password still.
    const fresh = cookieOf(await secondStep(site, await firstStep(site), codeAt(key, clock()))) ?? '';
    const wrong = await send(site, '/account/name', { name: 'other_otter', presentForName: 'no' }, { cookie: fresh });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).not.toContain('codeForName');
    const named = { name: 'other_otter', presentForName: PASSWORD };
    expect((await send(site, '/account/name', named, { cookie: fresh })).status).toBe(303);
    // Not the session beside it.
    expect((await send(site, '/account/name', named, { cookie: person.cookie })).status).toBe(422);
    pass(FACTOR_FRESH_MS);
    expect((await send(site, '/account/name', named, { cookie: fresh })).status).toBe(422);
    // A recovery code alone lets in without the password, and so it ends the account, too.
    const [code = ''] = person.codes;
    expect((await send(site, '/account/deletion', { code }, { cookie: fresh })).status).toBe(303);
  });

  test('is not told of to who does not know the password', async () => {
    const { site, person } = await archive();
    await giveAuthenticator(site, person);
    await member(site, 'plain_heron');
    const said = async (name: string) => {
      const answer = await send(site, '/sign-in', { name, password: 'not the password' });
      return [answer.status, answer.headers.getSetCookie(), (await answer.text()).replaceAll(name, '…')];
    };
    expect(await said(NAME)).toEqual(await said('plain_heron'));
    expect(await said(NAME)).toEqual(await said('nobody_here'));
  });

  test('makes who guesses wait, and lets a recovery code through meanwhile', async () => {
    const { site, person, clock, pass } = await archive();
    const key = await giveAuthenticator(site, person);
    let [tries, waited] = [0, false];
    while (!waited && tries < 20) {
      const answer = await secondStep(site, await firstStep(site), '000000');
      waited = (await answer.text()).includes('Those were many tries');
      tries += 1;
    }
    expect(waited).toBe(true);
    const right = await secondStep(site, await firstStep(site), codeAt(key, clock()));
    expect(await right.text()).toContain('Those were many tries');
    expect((await secondStep(site, await firstStep(site), person.codes[0] ?? '')).status).toBe(303);
    pass(15 * 60_000);
    expect((await secondStep(site, await firstStep(site), codeAt(key, clock()))).status).toBe(303);
  });

  test('is turned off by password and code together, and stays off in a copy that is restored', async () => {
    const { site, person, clock } = await archive();
    const key = await giveAuthenticator(site, person);
    const off = (password: string, code: string) =>
      send(site, '/account/authenticator/removal', { password, code }, { cookie: person.cookie });
    expect((await off('not the password', codeAt(key, clock()))).status).toBe(422);
    expect((await off(PASSWORD, '000000')).status).toBe(422);
    expect((await off(PASSWORD, codeAt(key, clock()))).status).toBe(303);
    expect(cookieOf(await send(site, '/sign-in', { name: NAME, password: PASSWORD }))).toBeDefined();
    const [spent] = await site.ground.db.reads.selectFrom('spent_secrets').select('hash').execute();
    expect(spent).toBeDefined();
  });

  test('is asked by nobody of who uses a recovery code to set a new password: it counts as both', async () => {
    const { site, person } = await archive();
    await giveAuthenticator(site, person);
    const set = { password: 'lanterns in the marsh', confirmation: 'lanterns in the marsh' };
    const answer = await send(site, '/sign-in/recovery', { name: NAME, code: person.codes[0] ?? '', ...set });
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
  });
});

test('a form that was carried through the sign-in comes back after the second step, too', async () => {
  const { site, person, clock } = await archive();
  const key = await giveAuthenticator(site, person);
  const [back, typed] = ['/works/new', JSON.stringify([['text', 'It had rained since noon.']])];
  const asked = await send(site, '/sign-in', { name: NAME, password: PASSWORD, return: back, typed });
  expect(asked.status).toBe(200);
  expect(await asked.text()).toContain('It had rained since noon.');
  const wrong = await secondStep(site, halfOf(asked) ?? '', '000000', { return: back, typed });
  expect(await wrong.text()).toContain('It had rained since noon.');
  const done = await secondStep(site, halfOf(asked) ?? '', codeAt(key, clock()), { return: back, typed });
  expect(done.status).toBe(303);
  const page = await site.get(done.headers.get('location') ?? '', null, { cookie: cookieOf(done) ?? '' });
  expect(await page.text()).toContain('It had rained since noon.');
});

test('a second step leads nowhere but to this archive', async () => {
  const { site, person, clock } = await archive();
  const key = await giveAuthenticator(site, person);
  const half = await firstStep(site);
  const answer = await secondStep(site, half, codeAt(key, clock()), { return: '//evil.example/' });
  expect(answer.headers.get('location')).toBe('/');
});
