/** Stories of e-mail addresses and forgotten passwords, with a real mail server at the other end. */
import { CompiledQuery } from 'kysely';
import { describe, expect, test } from 'vitest';
import { runJobs } from '../../../test/post.ts';
import { onPostgres, testSite, type Person } from '../../../test/site.ts';
import { eraseAccountIn } from '../../app/erase.ts';
import { archiveFeatures } from '../../app/features.ts';
import { archiveWeb } from '../../app/web.tsx';
import { addressKey } from '../../platform/mail/address.ts';
import { sealOf } from '../../platform/files/seal.ts';
import { forgetOldAddressLetters } from './addresses.actions.ts';
import { hashOfSecret } from './secret.ts';
import { byTypedAddress, byTypedName } from './addresses.queries.ts';
import { ADDRESS_LETTERS } from './mail-limits.ts';
import { LATELY_MS } from './ways-in.ts';
import { changeSettings } from '../site/index.ts';
import {
  ADDRESS,
  DAY_MS,
  give,
  HOUR_MS,
  linksTo,
  mailing,
  newest,
  reachable,
  START,
  subjects,
} from './mail.fixture.ts';
import { cookieOf, isSignedIn, member, NAME, NEW, PASSWORD, send } from './people.fixture.ts';

describe('an e-mail address', () => {
  test('is given with the password, and confirmed by the link in the letter', async () => {
    const { site, post } = await mailing();
    const person = await member(site);
    expect((await give(site, person, ADDRESS, 'not this one')).status).toBe(422);
    const answer = await give(site, person, 'no address');
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('That is no e-mail address');
    expect((await give(site, person, ADDRESS)).status).toBe(303);
    expect(await runJobs(site)).toEqual([]);

    const [letter] = post.letters;
    expect(letter?.subject).toBe('Confirm your e-mail address');
    expect(letter?.html).toContain(`href="http://localhost${newest(post, ADDRESS)}"`);
    expect(`${letter?.subject} ${letter?.raw}`).not.toMatch(/quiet otter|quiet_otter/);
    const page = await site.get(newest(post, ADDRESS));
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('river.example');
    // Looking at it confirms nothing.
    expect(await (await site.get('/account/email', person)).text()).toContain('None is confirmed');
    expect((await send(site, newest(post, ADDRESS), {})).headers.get('location')).toBe('/sign-in');
    expect(await (await site.get('/account/email', person)).text()).toContain(ADDRESS);
    // Once.
    expect((await send(site, newest(post, ADDRESS), {})).status).toBe(404);
    expect((await site.get(newest(post, ADDRESS))).status).toBe(404);
    const events = await site.ground.db.reads.selectFrom('events').selectAll().execute();
    expect(JSON.stringify(events).toLowerCase()).not.toContain('river');
    expect(events.map((event) => event.kind)).toEqual(
      expect.arrayContaining(['account.address-given', 'account.address-confirmed']),
    );
  });

  test('must be confirmed within seven days, and is forgotten then', async () => {
    const { site, post, clock } = await mailing();
    await give(site, await member(site), ADDRESS);
    await runJobs(site);
    clock.now += 7 * DAY_MS;
    expect((await send(site, newest(post, ADDRESS), {})).status).toBe(404);
    await runJobs(site);
    expect(await site.ground.db.reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
  });

  test('that is changed tells the one before, which is good for nothing then and forgotten', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    await give(site, person, 'otter@sea.example');
    await runJobs(site);
    expect(await (await site.get('/account/email', person)).text()).toContain(ADDRESS);
    await send(site, newest(post, 'otter@sea.example'), {});
    await runJobs(site);
    expect(post.letters.at(-1)).toMatchObject({ to: [ADDRESS], subject: 'This is not your e-mail address any more' });
    expect(post.letters.at(-1)?.raw).not.toContain('sea.example');
    const rows = await site.ground.db.reads.selectFrom('email_addresses').select('address').execute();
    expect(rows).toEqual([{ address: 'otter@sea.example' }]);

    const removal = { presentForRemoval: PASSWORD };
    expect(
      (await send(site, '/account/email/removal', { presentForRemoval: 'no' }, { cookie: person.cookie })).status,
    ).toBe(422);
    expect((await send(site, '/account/email/removal', removal, { cookie: person.cookie })).status).toBe(303);
    await runJobs(site);
    expect(post.letters.at(-1)?.to).toEqual(['otter@sea.example']);
    expect(await site.ground.db.reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
  });

  test('of another account is never said to be one; a letter to it says so', async () => {
    const { site, post } = await mailing();
    const holder = await reachable(site, post);
    const other = await member(site, 'other_otter');
    const [taken, free] = [
      await give(site, other, ADDRESS.toUpperCase()),
      await give(site, await member(site, 'third_otter'), 'free@sea.example'),
    ];
    const essence = async (answer: Response) => [
      answer.status,
      answer.headers.get('location'),
      answer.headers.getSetCookie(),
    ];
    expect(await essence(taken)).toEqual(await essence(free));
    const pageOf = async (person: Person) => (await site.get('/account/email', person)).text();
    expect(await pageOf(other)).toContain('waits to be confirmed');
    await runJobs(site);
    const letter = post.letters.find((one) => one.to[0] === 'QUIET.OTTER@river.example');
    expect(letter?.subject).toBe('Your e-mail address was given once more');
    expect(letter?.text).not.toContain('/confirmation/');
    expect(await pageOf(holder)).toContain(ADDRESS);
  });

  test('that two wait for is that of who confirms it first', async () => {
    const { site, post } = await mailing();
    const [first, second] = [await member(site, 'otter_one'), await member(site, 'otter_two')];
    await give(site, first, ADDRESS);
    await give(site, second, ADDRESS);
    await runJobs(site);
    const [one = '', two = ''] = linksTo(post, ADDRESS);
    expect((await send(site, two, {})).status).toBe(303);
    expect((await send(site, one, {})).status).toBe(404);
    expect(await (await site.get('/account/email', second)).text()).not.toContain('None is confirmed');
  });

  test('is not filled with letters by many who give it', async () => {
    const { site, post } = await mailing();
    for (let number = 0; number < 13; number++) await give(site, await member(site, `otter_${number}`), ADDRESS);
    await runJobs(site);
    expect(post.letters).toHaveLength(ADDRESS_LETTERS.most);
    const one = await member(site, 'eager_otter');
    const answers: number[] = [];
    for (let tries = 0; tries < 7; tries++) answers.push((await give(site, one, `o${tries}@river.example`)).status);
    expect(answers).toEqual([303, 303, 303, 303, 303, 422, 422]);
  });

  test('is told to its owner however many strangers give it, and however often', async () => {
    const { site, post, clock } = await mailing();
    const strangers: Person[] = [];
    for (let number = 0; number < 5; number++) strangers.push(await member(site, `stranger_${number}`));
    for (let times = 0; times < 4; times++) {
      for (const stranger of strangers) await give(site, stranger, ADDRESS);
      expect(await runJobs(site)).toEqual([]);
    }
    // Theirs went once each; asking again is what the address has had enough of.
    expect(post.letters).toHaveLength(ADDRESS_LETTERS.again);
    const owner = await member(site);
    expect((await give(site, owner, ADDRESS)).status).toBe(303);
    await runJobs(site);
    expect(post.letters).toHaveLength(ADDRESS_LETTERS.again + 1);
    expect((await send(site, newest(post, ADDRESS), {})).status).toBe(303);
    expect(await (await site.get('/account/email', owner)).text()).not.toContain('None is confirmed');
    // What was too many waits, and goes when a day is over: to an address that is taken, so it lets nobody in.
    clock.now += DAY_MS;
    await runJobs(site);
    expect(subjects(post).slice(ADDRESS_LETTERS.again + 1)).toEqual(
      Array.from({ length: 5 }, () => 'Your e-mail address was given once more'),
    );
  });

  test('that no server took counts as none', async () => {
    const { site, post, clock } = await mailing();
    await give(site, await member(site), ADDRESS);
    post.refusal = { code: 450, words: 'later' };
    for (let times = 0; times < 6; times++) {
      await runJobs(site);
      clock.now += HOUR_MS;
    }
    post.refusal = null;
    await runJobs(site);
    expect(subjects(post)).toEqual(['Confirm your e-mail address']);
  });

  test('is counted under a mark that nobody can make without the archive, and for a day only once its account is gone', async () => {
    const { site, post, clock } = await mailing();
    const [gone, stays] = [await member(site, 'gone_otter'), await member(site)];
    await give(site, gone, ADDRESS);
    await give(site, stays, ADDRESS);
    await runJobs(site);
    expect(post.letters).toHaveLength(2);
    const { db, config } = site.ground;
    const counted = () => db.reads.selectFrom('address_letters').select(['address_mark', 'account_id']).execute();
    const key = addressKey(ADDRESS);
    for (const { address_mark: mark } of await counted()) {
      expect(mark).toBe(await sealOf(config.dataFolder).mark(`letters to ${key}`));
      expect(mark).not.toBe(hashOfSecret(`letters to ${key}`));
    }
    await db.write((tx) => eraseAccountIn(tx, clock.now, site.features, gone.viewer.accountId));
    await db.write((tx) => forgetOldAddressLetters(tx, clock.now + ADDRESS_LETTERS.within - 1));
    expect(await counted()).toHaveLength(2);
    await db.write((tx) => forgetOldAddressLetters(tx, clock.now + ADDRESS_LETTERS.within));
    expect((await counted()).map((row) => row.account_id)).toEqual([stays.viewer.accountId]);
  });

  test('is found by an index when a password is forgotten, and so is a name', async () => {
    const { ground } = await testSite();
    const { reads } = ground.db;
    // PostgreSQL reads small tables whole, whatever indexes there are.
    if (onPostgres) return;
    for (const question of [byTypedAddress(reads, ADDRESS), byTypedName(reads, NAME)]) {
      const { sql, parameters } = question.compile();
      const plan = await reads.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
      );
      expect(plan.rows.map((row) => row.detail).join('\n')).not.toContain('SCAN');
      expect(plan.rows.length).toBeGreaterThan(1);
    }
  });

  test('goes with the account', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    await send(site, '/forgotten', { who: ADDRESS });
    await runJobs(site);
    await site.ground.db.write((tx) => eraseAccountIn(tx, START, site.features, person.viewer.accountId));
    const { reads } = site.ground.db;
    expect(await reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
    expect(await reads.selectFrom('password_links').selectAll().execute()).toEqual([]);
  });

  test('can be given when joining, or not', async () => {
    const { site, post } = await mailing();
    await site.ground.db.write((tx) => changeSettings(tx, START, { joining: 'open' }));
    const fields = { name: NAME, password: PASSWORD, confirmation: PASSWORD, pseud: 'Heron', age: 'yes', rules: 'yes' };
    const refused = await send(site, '/join', { ...fields, address: 'not one' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('value="not one"');
    const joined = await send(site, '/join', { ...fields, address: ADDRESS });
    expect(joined.status).toBe(200);
    expect((await send(site, '/join', { ...fields, name: 'other', pseud: 'Teal', address: '' })).status).toBe(200);
    await runJobs(site);
    expect(post.letters.map((letter) => letter.to)).toEqual([[ADDRESS]]);
    expect((await send(site, newest(post, ADDRESS), {})).status).toBe(303);
  });
});

describe('a forgotten password', () => {
  test('is set anew by a link, once, which ends every session and tells of it', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    expect((await send(site, '/forgotten', { who: NAME.toUpperCase() })).status).toBe(303);
    await runJobs(site);
    const link = newest(post, ADDRESS);
    const page = await site.get(link);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).not.toContain(NAME);
    const wrong = await send(site, link, { password: `${NAME}1`, confirmation: `${NAME}1` });
    expect(wrong.status).toBe(422);
    const set = await send(site, link, { password: NEW, confirmation: NEW });
    expect(set.status).toBe(200);
    expect(cookieOf(set)).toBeUndefined();
    expect(await isSignedIn(site, person.cookie)).toBe(false);
    expect((await send(site, link, { password: PASSWORD, confirmation: PASSWORD })).status).toBe(404);
    expect((await send(site, '/sign-in', { name: NAME, password: NEW })).status).toBe(303);
    await runJobs(site);
    expect(post.letters.slice(-2)).toMatchObject([
      { to: [ADDRESS], subject: 'Your password was changed' },
      { to: [ADDRESS], subject: 'You signed in on a new device' },
    ]);
  });

  test('can be asked for by address, for an hour each', async () => {
    const { site, post, clock } = await mailing();
    await reachable(site, post);
    await send(site, '/forgotten', { who: ` ${ADDRESS.toLowerCase()} ` });
    await runJobs(site);
    clock.now += HOUR_MS;
    expect((await site.get(newest(post, ADDRESS))).status).toBe(404);
    expect((await send(site, newest(post, ADDRESS), { password: NEW, confirmation: NEW })).status).toBe(404);
  });

  test('is answered the same whether there is an account, an address, or neither, with the same rows written', async () => {
    const { site, post } = await mailing();
    await reachable(site, post);
    const waiting = await member(site, 'waiting_otter');
    await give(site, waiting, 'waiting@river.example');
    const before = post.letters.length;
    const said = new Set<string>();
    const rows = async () =>
      (await site.ground.db.reads.selectFrom('jobs').select('id').where('kind', '=', 'mail-new-password').execute())
        .length;
    for (const who of [
      NAME,
      ADDRESS,
      'nobody',
      'nobody@river.example',
      'waiting_otter',
      'waiting@river.example',
      '\u0000',
      'x'.repeat(5_000),
    ]) {
      const had = await rows();
      const answer = await send(site, '/forgotten', { who });
      said.add(
        JSON.stringify([
          answer.status,
          answer.headers.get('location'),
          answer.headers.getSetCookie(),
          await answer.text(),
        ]),
      );
      expect((await rows()) - had, who.slice(0, 30)).toBe(1);
    }
    expect(said.size).toBe(1);
    await runJobs(site);
    expect(
      subjects(post)
        .slice(before)
        .filter((subject) => subject === 'Set a new password'),
    ).toHaveLength(2);
  });

  test('brings three letters at once to one account, from however many networks, and another whenever none is good', async () => {
    const { site, post, clock } = await mailing();
    await reachable(site, post);
    const sent = () => subjects(post).filter((subject) => subject === 'Set a new password').length;
    for (let times = 0; times < 6; times++) await send(site, '/forgotten', { who: NAME });
    await runJobs(site);
    expect(sent()).toBe(3);
    // Whoever asked for them, and however often: once they end, the account's own person gets another, day and night.
    for (let hour = 1; hour <= 14; hour++) {
      clock.now += HOUR_MS;
      await send(site, '/forgotten', { who: NAME });
      await runJobs(site);
      expect((await site.get(newest(post, ADDRESS))).status, `after ${hour} hours`).toBe(200);
    }
    for (let times = 0; times < 2; times++) await send(site, '/forgotten', { who: NAME });
    await runJobs(site);
    expect(sent()).toBe(3 + 14);
    const one: number[] = [];
    for (let times = 0; times < 12; times++)
      one.push((await send(site, '/forgotten', { who: 'x' }, { from: '10.7.7.7' })).status);
    expect(one.filter((status) => status === 429)).toHaveLength(2);
  });

  test('changed by its owner is told, and so is one that a recovery code has set', async () => {
    const { site, post, clock } = await mailing();
    const person = await reachable(site, post);
    clock.now += LATELY_MS + 1;
    const changed = await send(
      site,
      '/account/password',
      { presentForPassword: PASSWORD, password: NEW, confirmation: NEW },
      { cookie: person.cookie },
    );
    expect(changed.status).toBe(303);
    const [code = ''] = person.codes;
    const recovered = await send(site, '/sign-in/recovery', {
      name: NAME,
      code,
      password: PASSWORD,
      confirmation: PASSWORD,
    });
    expect(recovered.status).toBe(200);
    await runJobs(site);
    expect(subjects(post).slice(-3).toSorted()).toEqual([
      'You signed in on a new device',
      'Your password was changed',
      'Your password was changed',
    ]);
  });

  test('has no link left in an address that is removed', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    await send(site, '/forgotten', { who: NAME });
    await runJobs(site);
    const link = newest(post, ADDRESS);
    await send(site, '/account/email/removal', { presentForRemoval: PASSWORD }, { cookie: person.cookie });
    expect((await site.get(link)).status).toBe(404);
  });
});

describe('a mail server', () => {
  test('that is down gets the letter when it is up again', async () => {
    const { site, post, clock } = await mailing();
    await give(site, await member(site), ADDRESS);
    await post.stop();
    const wrong = await runJobs(site);
    expect(wrong).toHaveLength(1);
    expect(wrong.join()).not.toMatch(/river\.example|quiet/i);
    await post.start();
    expect(await runJobs(site)).toEqual([]);
    expect(post.letters).toHaveLength(0);
    clock.now += 60_000;
    expect(await runJobs(site)).toEqual([]);
    expect(post.letters).toHaveLength(1);
    expect((await send(site, newest(post, ADDRESS), {})).status).toBe(303);
  });

  test.each([
    [550, 1],
    [451, 8],
  ])('that answers %d is asked %d times, and a dead job without a word of the letter is left', async (code, times) => {
    const { site, post, clock } = await mailing();
    post.refusal = { code, words: `${ADDRESS} is not wanted here` };
    await give(site, await member(site), ADDRESS);
    let tries = 0;
    for (let rounds = 0; rounds < 9; rounds++) {
      tries += (await runJobs(site)).length;
      clock.now += HOUR_MS;
    }
    expect(tries).toBe(times);
    const rows = await site.ground.db.reads.selectFrom('jobs').selectAll().where('kind', '=', 'mail-address').execute();
    expect(rows).toMatchObject([{ state: 'dead', attempts: times === 1 ? 1 : 8 }]);
    expect(JSON.stringify(rows)).not.toMatch(/river|otter/i);
    expect(rows[0]?.last_error).toContain(String(code));
  });

  test('that refused letters of a forgotten password has not used them up', async () => {
    const { site, post, clock } = await mailing();
    await reachable(site, post);
    post.refusal = { code: 451, words: 'later' };
    await send(site, '/forgotten', { who: NAME });
    for (let rounds = 0; rounds < 5; rounds++) {
      await runJobs(site);
      clock.now += HOUR_MS;
    }
    post.refusal = null;
    await runJobs(site);
    expect((await site.get(newest(post, ADDRESS))).status).toBe(200);
  });
});

describe('an archive without mail', () => {
  test('offers nothing that mail would do', async () => {
    const site = await testSite();
    const person = await member(site);
    for (const path of ['/account/email', '/invitations/queue'])
      for (const who of [null, person, site.owner]) expect((await site.get(path, who)).status, path).toBe(404);
    expect((await site.get('/forgotten')).headers.get('location')).toBe('/sign-in/recovery');
    for (const path of [
      '/account/email',
      '/account/email/removal',
      '/forgotten',
      '/invitations/queue',
      '/invitations/letters',
    ])
      expect(
        (await send(site, path, { who: NAME, address: ADDRESS }, { cookie: site.owner.cookie })).status,
        path,
      ).toBe(404);
    const pages = ['/sign-in', '/sign-in/recovery', '/join'].map(async (path) => (await site.get(path)).text());
    const own = ['/account', '/invitations', '/settings'].map(async (path) =>
      (await site.get(path, site.owner)).text(),
    );
    expect((await Promise.all([...pages, ...own])).join()).not.toMatch(/\bmail|e-mail|queue/i);
    await site.ground.db.write((tx) => changeSettings(tx, 0, { joining: 'open' }));
    const fields = {
      name: 'x_y',
      password: PASSWORD,
      confirmation: PASSWORD,
      pseud: 'Heron',
      age: 'yes',
      rules: 'yes',
    };
    await send(site, '/join', { ...fields, address: ADDRESS });
    expect(await site.ground.db.reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
  });

  test('that had it before lets an address be taken away', async () => {
    const { site, post } = await mailing();
    const person = await reachable(site, post);
    site.ground.post?.close();
    const without = { ...site.ground, post: null };
    const features = archiveFeatures(without, undefined, { memory: 64, passes: 1 });
    const assets = { files: new Map(), address: (name: string) => `/assets/${name}` };
    const web = archiveWeb({
      ground: without,
      features,
      assets,
      origin: () => 'http://localhost',
      ready: async () => true,
    });
    const bare = { ...site, web };
    const page = await (
      await web.request('http://localhost/account/email', { headers: { cookie: person.cookie } })
    ).text();
    expect(page).toContain(ADDRESS);
    expect(page).not.toContain('name="address"');
    const removal = { presentForRemoval: PASSWORD };
    expect((await send(bare, '/account/email/removal', removal, { cookie: person.cookie })).status).toBe(303);
    expect(await site.ground.db.reads.selectFrom('email_addresses').selectAll().execute()).toEqual([]);
  });
});
