/** Signing in by name and password, and by a recovery code: who gets in, who does not, and what neither is told. */
import { describe, expect, test } from 'vitest';
import { suspend } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { argonPasswords } from './passwords/hash.ts';
import { cookieOf, isSignedIn, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';
import { FREE_TRIES, LONGEST_WAIT_MS } from './passwords/tries.ts';

const WRONG = 'The name or the password is not right.';
const signIn = (site: TestSite, name = NAME, password = PASSWORD, more = {}) =>
  send(site, '/sign-in', { name, password }, more);
const recover = (site: TestSite, code: string, more: Record<string, string> = {}) =>
  send(site, '/sign-in/recovery', { name: NAME, code, password: NEW, confirmation: NEW, ...more });

/** What an answer says, but for what no two have in common. */
const saidBy = async (answer: Response, name: string) => ({
  status: answer.status,
  headers: [...answer.headers].filter(([header]) => !['x-request-id', 'etag', 'content-length'].includes(header)),
  body: (await answer.text()).replaceAll(name, '…'),
});

describe('a name and its password', () => {
  test('sign in, and lead back to where the form was opened', async () => {
    const site = await testSite();
    await member(site);
    const answer = await send(site, '/sign-in', { name: NAME, password: PASSWORD, return: '/works?page=2' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/works?page=2');
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
  });

  test.each([NAME.toUpperCase(), ` ${NAME} `, 'ＱＵＩＥＴ_otter'])('are the same, typed as %j', async (typed) => {
    const site = await testSite();
    await member(site);
    expect((await signIn(site, typed)).status).toBe(303);
  });

  test('are not told apart where they are wrong: a known name and an unknown one answer the same', async () => {
    const site = await testSite();
    await member(site);
    const known = await signIn(site, NAME, 'not the password');
    const unknown = await signIn(site, 'nobody_here', 'not the password');
    expect(known.status).toBe(422);
    const said = await saidBy(known, NAME);
    expect(said.body).toContain(WRONG);
    expect(said).toEqual(await saidBy(unknown, 'nobody_here'));
  });

  test('of an account without any do not exist: neither an empty one nor any other opens the owner’s', async () => {
    const site = await testSite();
    for (const [name, password] of [
      ['archivist', 'archivist'],
      ['', ''],
      ['archivist', ''],
    ] as const) {
      const answer = await signIn(site, name, password);
      expect(answer.status).toBe(422);
      expect(cookieOf(answer)).toBeUndefined();
    }
  });

  test.each(['suspended', 'banned'] as const)('of somebody who is %s sign in, to read', async (state) => {
    const site = await testSite();
    const person = await member(site);
    if (state === 'suspended') await suspend(site, person);
    else await site.ground.db.write((tx) => tx.updateTable('accounts').set({ state }).execute());
    expect(await isSignedIn(site, cookieOf(await signIn(site)))).toBe(true);
  });

  test('are never sent back: a refused form keeps the name alone', async () => {
    const site = await testSite();
    const html = await (await signIn(site, '"><b>x', 'hunter hunter')).text();
    expect(html).toContain('&quot;><b'.replace('<b', '&lt;b'));
    expect(html).not.toContain('hunter hunter');
  });

  test('that were hashed at another cost are hashed anew by a good sign-in', async () => {
    const site = await testSite();
    const person = await member(site);
    const old = await argonPasswords({ memory: 32, passes: 2 }).hash(PASSWORD);
    const keptOf = async () => {
      const query = site.ground.db.reads.selectFrom('credentials').select('password_hash');
      return (await query.where('account_id', '=', person.viewer.accountId).executeTakeFirstOrThrow()).password_hash;
    };
    await site.ground.db.write((tx) => tx.updateTable('credentials').set({ password_hash: old }).execute());
    await signIn(site, NAME, 'not the password');
    expect(await keptOf()).toBe(old);
    expect((await signIn(site)).status).toBe(303);
    expect(await keptOf()).toContain('m=64,t=1,p=1');
    expect((await signIn(site)).status).toBe(303);
  });
});

describe('a session', () => {
  test('is a new one at each sign-in; the one the browser had before is over', async () => {
    const site = await testSite();
    const person = await member(site);
    const planted = await signIn(site, NAME, PASSWORD, { cookie: 'session=planted' });
    expect(cookieOf(planted)).not.toBe('session=planted');
    const again = await signIn(site, NAME, PASSWORD, { cookie: person.cookie });
    expect(await isSignedIn(site, cookieOf(again))).toBe(true);
    expect(await isSignedIn(site, person.cookie)).toBe(false);
    expect(await isSignedIn(site, cookieOf(planted))).toBe(true);
  });

  test('carries the consent to adult content that was given before, and knows its device coarsely', async () => {
    const site = await testSite();
    await member(site);
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await signIn(site, NAME, PASSWORD, { cookie: 'adult=yes', agent });
    const row = await site.ground.db.reads
      .selectFrom('sessions')
      .select(['adult', 'device'])
      .where('device', '<>', '')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ adult: 1, device: 'Firefox on Linux' });
  });
});

test('nobody is led out of the archive', async () => {
  const site = await testSite();
  const person = await member(site);
  for (const elsewhere of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/.//evil.example',
    'data:x',
  ]) {
    const answer = await send(site, '/sign-in', { name: NAME, password: PASSWORD, return: elsewhere });
    expect(answer.headers.get('location')).toBe('/');
    const path = `/sign-in?return=${encodeURIComponent(elsewhere)}`;
    expect(await (await site.get(path)).text()).toContain('name="return" value="/"');
    expect((await site.get(path, person)).headers.get('location')).toBe('/');
  }
});

test('the form knows the page of this archive that it was opened from, and no other', async () => {
  const site = await testSite();
  const backFrom = async (referer: string) =>
    /name="return" value="([^"]*)"/.exec(await (await site.get('/sign-in', null, { referer })).text())?.[1];
  expect(await backFrom('http://localhost/works?page=2')).toBe('/works?page=2');
  expect(await backFrom('http://localhost/join')).toBe('/');
  expect(await backFrom('https://evil.example/works')).toBe('/');
  expect(await backFrom('nonsense')).toBe('/');
});

describe('guessing', () => {
  test('makes a name wait longer and longer, an unknown one alike; then the right password is taken', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    await member(site);
    const statusesFor = async (name: string) => {
      const statuses = [];
      for (let guess = 0; guess < FREE_TRIES + 1; guess += 1)
        statuses.push((await signIn(site, name, 'not the password')).status);
      return statuses;
    };
    const expected = [...Array<number>(FREE_TRIES).fill(422), 429];
    expect(await statusesFor(NAME)).toEqual(expected);
    expect(await statusesFor('nobody_here')).toEqual(expected);
    const waiting = await signIn(site);
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await waiting.text()).toContain('recovery code');
    now += LONGEST_WAIT_MS;
    expect((await signIn(site)).status).toBe(303);
    expect((await signIn(site, NAME, 'not the password')).status).toBe(422);
  });

  test('at once is no way around: of many tries at a name only the free ones are made', async () => {
    const site = await testSite();
    await member(site);
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(site, NAME, 'not the password')));
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(FREE_TRIES);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(12 - FREE_TRIES);
  });

  test('by others locks nobody out: a recovery code gets in, and a device that is signed in stays so', async () => {
    const site = await testSite();
    const person = await member(site);
    for (let guess = 0; guess < FREE_TRIES + 2; guess += 1) await signIn(site, NAME, 'not the password');
    expect((await signIn(site)).status).toBe(429);
    expect(await isSignedIn(site, person.cookie)).toBe(true);
    const changed = await send(
      site,
      '/account/password',
      { presentForPassword: PASSWORD, password: NEW, confirmation: NEW },
      { cookie: person.cookie },
    );
    expect(changed.status).toBe(303);
    expect((await recover(site, person.codes[0] ?? '', { password: PASSWORD, confirmation: PASSWORD })).status).toBe(
      200,
    );
    expect((await signIn(site)).status).toBe(303);
  });

  test('from one network ends after 20 tries a minute, at whatever names', async () => {
    const site = await testSite();
    const statuses = [];
    for (let guess = 0; guess < 22; guess += 1)
      statuses.push((await signIn(site, `guess_${guess}`, 'not the password', { from: '10.8.0.1' })).status);
    expect(statuses).toEqual([...Array<number>(20).fill(422), 429, 429]);
  });
});

describe('a recovery code', () => {
  test('sets a new password, ends all sessions and is used up', async () => {
    const site = await testSite();
    const person = await member(site);
    const [code = '', other = ''] = person.codes;
    const answer = await recover(site, ` ${code.toUpperCase().replaceAll('-', ' ')} `);
    expect(answer.status).toBe(200);
    expect(await isSignedIn(site, cookieOf(answer))).toBe(true);
    expect(await isSignedIn(site, person.cookie)).toBe(false);
    expect((await signIn(site)).status).toBe(422);
    expect((await signIn(site, NAME, NEW)).status).toBe(303);
    expect((await recover(site, code)).status).toBe(422);
    // The others ended with it: new ones were shown.
    expect((await recover(site, other)).status).toBe(422);
  });

  test('used twice at once gets one in', async () => {
    const site = await testSite();
    const { codes } = await member(site);
    const answers = await Promise.all([1, 2, 3].map(() => recover(site, codes[0] ?? '')));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422]);
  });

  test('that is wrong says the same of a known name and an unknown one, and another’s code is wrong', async () => {
    const site = await testSite();
    await member(site);
    const { codes } = await member(site, 'other_otter');
    const known = await recover(site, codes[0] ?? '');
    const unknown = await recover(site, codes[0] ?? '', { name: 'nobody_here' });
    expect(known.status).toBe(422);
    expect(cookieOf(known)).toBeUndefined();
    expect(await saidBy(known, NAME)).toEqual(await saidBy(unknown, 'nobody_here'));
  });

  test.each([
    ['too short', { password: 'short', confirmation: 'short' }, 'password'],
    ['not the same twice', { confirmation: 'another thing' }, 'confirmation'],
    ['the pseud', { password: 'Pseud of quiet otter', confirmation: 'Pseud of quiet otter' }, 'password'],
    ['without a code', { code: '' }, 'code'],
  ])('is not used up by a new password that is refused: %s', async (_what, wrong, field) => {
    const site = await testSite();
    const { codes } = await member(site);
    const refused = await recover(site, codes[0] ?? '', wrong);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(`id="${field}-error"`);
    expect((await recover(site, codes[0] ?? '')).status).toBe(200);
  });
});

test('passwords, codes and names stand in no event, and as hashes only in the tables', async () => {
  const site = await testSite();
  const { codes } = await member(site);
  await signIn(site);
  await recover(site, codes[0] ?? '');
  const { reads } = site.ground.db;
  const events = JSON.stringify(await reads.selectFrom('events').selectAll().execute());
  const tables = JSON.stringify([
    await reads.selectFrom('credentials').selectAll().execute(),
    await reads.selectFrom('recovery_codes').selectAll().execute(),
    await reads.selectFrom('sessions').selectAll().execute(),
  ]);
  for (const secret of [PASSWORD, NEW, ...codes]) {
    expect(events).not.toContain(secret);
    expect(tables).not.toContain(secret);
  }
  expect(events).not.toContain(NAME);
});

test('empty forms are counted for their network, too', async () => {
  const site = await testSite();
  const statuses = [];
  for (let time = 0; time < 21; time += 1)
    statuses.push((await send(site, '/sign-in', { name: '', password: '' }, { from: '10.60.0.1' })).status);
  expect(statuses).toEqual([...Array<number>(20).fill(422), 429]);
});
