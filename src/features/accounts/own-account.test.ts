/** One's own account: first name and password, changes of them, recovery codes, and the devices that are signed in. */
import { describe, expect, test } from 'vitest';
import { secureAccount, suspend } from '../../../test/cast.ts';
import { giveAuthenticator } from '../../../test/keys.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { startSession } from './actions.ts';
import { codeAt } from './authenticator/codes.ts';
import { FREE_TRIES } from './passwords/tries.ts';
import { cookieOf, isSignedIn, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';

const CODE = /<code>([0-9a-z-]{23})<\/code>/g;
const codesIn = (html: string) => [...html.matchAll(CODE)].map((match) => match[1] ?? '');
const anotherDevice = async (site: TestSite, person: Person, device: string) => {
  const { db, now } = site.ground;
  return `session=${await db.write((tx) => startSession(tx, now(), person.viewer.accountId, false, device))}`;
};
const signIn = (site: TestSite, name: string, password: string) => send(site, '/sign-in', { name, password });

test('a guest is led to sign in, and back', async () => {
  const site = await testSite();
  expect((await site.get('/account')).headers.get('location')).toBe('/sign-in?return=/account');
  for (const path of ['credentials', 'name', 'password', 'recovery-codes'])
    expect((await site.post(`/account/${path}`, { name: NAME })).status).toBe(404);
});

describe('the owner of a fresh archive', () => {
  const FORM = { name: 'keeper_of_bees', password: PASSWORD, confirmation: PASSWORD };

  test('sets a name and a password, is shown recovery codes, and signs in without a link from then on', async () => {
    const site = await testSite();
    const old = await anotherDevice(site, site.owner, 'Firefox on Linux');
    const answer = await site.post('/account/credentials', FORM, site.owner);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(codesIn(await answer.text())).toHaveLength(10);
    const session = cookieOf(answer) ?? '';
    expect((await site.get('/settings', null, { cookie: session })).status).toBe(200);
    expect(await isSignedIn(site, site.owner.cookie)).toBe(false);
    expect(await isSignedIn(site, old)).toBe(false);
    const signedIn = cookieOf(await signIn(site, FORM.name, PASSWORD)) ?? '';
    expect((await site.get('/settings', null, { cookie: signedIn })).status).toBe(200);
    // A second time it is the password that is asked.
    const again = { ...FORM, password: NEW, confirmation: NEW };
    expect((await send(site, '/account/credentials', again, { cookie: signedIn })).status).toBe(303);
    expect((await signIn(site, FORM.name, NEW)).status).toBe(422);
  });

  test('is told what is wrong beside the field, and that a name is somebody’s', async () => {
    const site = await testSite();
    await member(site, 'keeper_of_bees');
    for (const [wrong, field] of [
      [{ name: 'a b' }, 'name'],
      [{}, 'name'],
      [{ name: 'free_name', password: 'archivist', confirmation: 'archivist' }, 'password'],
      [{ name: 'free_name', confirmation: '' }, 'confirmation'],
    ] as const) {
      const answer = await site.post('/account/credentials', { ...FORM, ...wrong }, site.owner);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain(`id="${field}-error"`);
    }
  });
});

describe('a change', () => {
  test('of the password asks the present one, ends all other sessions and begins a new one', async () => {
    const site = await testSite();
    const person = await member(site);
    const other = await anotherDevice(site, person, 'Chrome on Android');
    const change = (present: string) =>
      site.post('/account/password', { presentForPassword: present, password: NEW, confirmation: NEW }, person);
    const refused = await change('not the password');
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('id="presentForPassword-error"');
    expect(await isSignedIn(site, other)).toBe(true);
    const changed = await change(PASSWORD);
    expect(changed.status).toBe(303);
    expect(await isSignedIn(site, person.cookie)).toBe(false);
    expect(await isSignedIn(site, other)).toBe(false);
    expect(await isSignedIn(site, cookieOf(changed))).toBe(true);
    expect((await signIn(site, NAME, PASSWORD)).status).toBe(422);
    expect((await signIn(site, NAME, NEW)).status).toBe(303);
  });

  test('of the password made twice at once is made once', async () => {
    const site = await testSite();
    const person = await member(site);
    const change = (password: string) =>
      site.post('/account/password', { presentForPassword: PASSWORD, password, confirmation: password }, person);
    const answers = await Promise.all([change(NEW), change('a third one in the reeds')]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).not.toEqual([303, 303]);
  });

  test('of the name asks the password, and takes no name that is somebody’s', async () => {
    const site = await testSite();
    const person = await member(site);
    await secureAccount(site, await site.person('other'), 'other_otter', PASSWORD);
    const change = (name: string, presentForName = PASSWORD) =>
      site.post('/account/name', { name, presentForName, account_id: '1' }, person);
    expect((await change('new_name', 'not the password')).status).toBe(422);
    const taken = await change('OTHER_otter');
    expect(taken.status).toBe(422);
    expect(await taken.text()).toContain('This name is taken');
    expect((await change('Quiet_Otter')).status).toBe(303);
    expect((await change('new_name')).status).toBe(303);
    expect((await signIn(site, NAME, PASSWORD)).status).toBe(422);
    expect((await signIn(site, 'new_name', PASSWORD)).status).toBe(303);
    expect(await isSignedIn(site, person.cookie)).toBe(true);
  });

  test('of the name cannot be used to ask for many names', async () => {
    const site = await testSite();
    const person = await member(site);
    const statuses = [];
    for (let place = 0; place < 11; place += 1)
      statuses.push(
        (await site.post('/account/name', { name: `name_${place}`, presentForName: PASSWORD }, person)).status,
      );
    expect(statuses).toEqual([...Array<number>(10).fill(303), 422]);
  });

  test('is not guessed at: tries at the present password are counted, apart from those at the name', async () => {
    const site = await testSite();
    const person = await member(site);
    for (let guess = 0; guess < FREE_TRIES; guess += 1)
      await site.post('/account/recovery-codes', { presentForCodes: 'not the password' }, person);
    const right = await site.post('/account/recovery-codes', { presentForCodes: PASSWORD }, person);
    expect(right.status).toBe(422);
    expect(await right.text()).toContain('many tries');
    expect((await signIn(site, NAME, PASSWORD)).status).toBe(303);
  });
});

test('new recovery codes are shown once and make the earlier ones void', async () => {
  const site = await testSite();
  const person = await member(site);
  const answer = await site.post('/account/recovery-codes', { presentForCodes: PASSWORD }, person);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const codes = codesIn(await answer.text());
  const page = await (await site.get('/account', person)).text();
  for (const code of codes) expect(page).not.toContain(code);
  expect(page).toContain('10 codes left');
  const recover = (code = '') =>
    send(site, '/sign-in/recovery', { name: NAME, code, password: NEW, confirmation: NEW });
  expect((await recover(person.codes[0])).status).toBe(422);
  expect((await recover(codes[0])).status).toBe(200);
});

describe('devices', () => {
  const endsIn = (html: string) =>
    [...html.matchAll(/action="(\/sessions\/[0-9a-z]{10}\/end)"/g)].map((one) => one[1] ?? '');

  test('are listed by what they are, and signed out one by one or all but this', async () => {
    const site = await testSite();
    const person = await member(site);
    const others = [
      await anotherDevice(site, person, 'Firefox on Linux'),
      await anotherDevice(site, person, 'Safari on iPhone'),
      await anotherDevice(site, person, 'Chrome on Android'),
    ];
    const page = await (await site.get('/account', person)).text();
    for (const name of ['Firefox on Linux', 'Safari on iPhone', 'Unknown device (this one)'])
      expect(page).toContain(name);
    expect(endsIn(page)).toHaveLength(4);
    const row = await site.ground.db.reads
      .selectFrom('sessions')
      .select('public_id')
      .where('device', '=', 'Safari on iPhone')
      .executeTakeFirstOrThrow();
    expect((await site.post(`/sessions/${row.public_id}/end`, {}, person)).status).toBe(303);
    expect(await Promise.all(others.map((cookie) => isSignedIn(site, cookie)))).toEqual([true, false, true]);
    await site.post('/sessions/others/end', {}, person);
    expect(await Promise.all(others.map((cookie) => isSignedIn(site, cookie)))).toEqual([false, false, false]);
    expect(await isSignedIn(site, person.cookie)).toBe(true);
  });

  test('of somebody else are neither listed nor signed out', async () => {
    const site = await testSite();
    const [one, other] = [await site.person('one'), await site.person('other')];
    const [end = ''] = endsIn(await (await site.get('/account', one)).text());
    expect((await site.post(end, {}, other)).status).toBe(404);
    expect((await site.post(end)).status).toBe(404);
    expect(await isSignedIn(site, one.cookie)).toBe(true);
    expect(endsIn(await (await site.get('/account', other)).text())).not.toContain(end);
  });
});

test('where codes are asked for, new recovery codes ask for one, too, and each is good once', async () => {
  const now = Date.UTC(2026, 4, 1, 12);
  const site = await testSite({ now: () => now });
  const person = await member(site);
  expect(await (await site.get('/account', person)).text()).not.toContain('name="code"');
  const key = await giveAuthenticator(site, person);
  const renew = (more: Record<string, string>) =>
    site.post('/account/recovery-codes', { presentForCodes: PASSWORD, ...more }, person);
  for (const code of ['', '000000', 'k3m9x-2q4zt-7hh0d-w5e8r']) {
    const refused = await renew({ code });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('name="code"');
    expect(codesIn(page)).toEqual([]);
  }
  const code = codeAt(key, now);
  const codes = codesIn(await (await renew({ code })).text());
  expect(codes).toHaveLength(10);
  expect((await renew({ code })).status).toBe(422);
  expect((await renew({ code: codes[0] ?? '' })).status).toBe(200);
});

test('a new password ends what could still become a session: half sign-ins and links that were sent', async () => {
  const site = await testSite();
  const { db, now } = site.ground;
  const person = await member(site);
  const other = await member(site, 'plain_heron');
  const put = ({ viewer: { accountId } }: Person) =>
    db.write(async (tx) => {
      const rest = { account_id: accountId, ends_at: now() + 60_000 };
      await tx
        .insertInto('password_links')
        .values({ ...rest, link_hash: `link ${accountId}`, created_at: now() })
        .execute();
      await tx
        .insertInto('half_sessions')
        .values({ ...rest, token_hash: `half ${accountId}`, proof: '' })
        .execute();
    });
  await put(person);
  await put(other);
  const fields = { presentForPassword: PASSWORD, password: NEW, confirmation: NEW };
  expect((await site.post('/account/password', fields, person)).status).toBe(303);
  for (const table of ['password_links', 'half_sessions'] as const)
    expect(await db.reads.selectFrom(table).select('account_id').execute(), table).toEqual([
      { account_id: other.viewer.accountId },
    ]);
});

test('who is suspended opens no pseud for others, and is offered no form for it', async () => {
  const site = await testSite();
  const person = await member(site);
  expect(await (await site.get('/account', person)).text()).toContain('/account/openness');
  expect((await site.post('/account/openness', {}, person)).status).toBe(303);
  await suspend(site, person);
  expect((await site.post('/account/openness', {}, person)).status).toBe(403);
  expect(await (await site.get('/account', person)).text()).not.toContain('action="/account/openness"');
});
