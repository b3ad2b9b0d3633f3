/** What passwords are kept as, how many are hashed at once, how tries are counted, and which passwords are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Unavailable } from '../../../platform/http/unavailable.ts';
import { testSite } from '../../../../test/site.ts';
import { sealOf } from '../../../platform/files/seal.ts';
import { deviceName } from '../device.ts';
import { passwordProblem } from '../password.ts';
import { newCode, typedCode } from '../recovery-code.ts';
import { hashOfSecret } from '../secret.ts';
import { signInNameProblem } from '../sign-in-name.ts';
import { fewAtOnce } from './few-at-once.ts';
import { argonPasswords, PASSWORD_COST } from './hash.ts';
import { forgetOldTries, keptTries } from './tries.actions.ts';
import { FORGOTTEN_AFTER_MS, FREE_TRIES, LONGEST_WAIT_MS, oneMoreTry, type Tried } from './tries.ts';

const CHEAP = { memory: 64, passes: 1 };

describe('a password', () => {
  test('is kept as argon2id of 64 MiB in three passes, with a salt of its own', async () => {
    const passwords = argonPasswords();
    const kept = await passwords.hash('four herons under ice');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(PASSWORD_COST).toEqual({ memory: 65_536, passes: 3 });
    expect(await passwords.fits('four herons under ice', kept)).toBe(true);
    expect(await passwords.fits('four herons under icE', kept)).toBe(false);
  });

  test('fits its own hash alone, also one made at another cost, and never where there is none', async () => {
    const cheap = argonPasswords(CHEAP);
    const dearer = argonPasswords({ memory: 128, passes: 2 });
    const [one, two] = [await cheap.hash('the same words'), await cheap.hash('the same words')];
    expect(one).not.toBe(two);
    expect(await dearer.fits('the same words', one)).toBe(true);
    expect(dearer.isOutdated(one)).toBe(true);
    expect(cheap.isOutdated(one)).toBe(false);
    expect(await cheap.fits('the same words', null)).toBe(false);
    // The same letters, composed and decomposed by different keyboards.
    expect(await cheap.fits('caf\u0065\u0301 au lait', await cheap.hash('caf\u00e9 au lait'))).toBe(true);
  });

  test('of nobody takes the same work as that of somebody', async () => {
    const work: unknown[] = [];
    const passwords = argonPasswords(CHEAP, async (_algorithm, { memory, passes, parallelism, tagLength }) => {
      work.push({ memory, passes, parallelism, tagLength });
      return Buffer.alloc(tagLength);
    });
    const kept = await passwords.hash('the same words');
    expect(await passwords.fits('other words', kept)).toBe(true);
    expect(await passwords.fits('other words', null)).toBe(false);
    expect(work).toHaveLength(3);
    expect(work[2]).toEqual(work[1]);
  });
});

describe('a flood of passwords', () => {
  test('is hashed two at a time; some wait, and whoever comes after them is told to come again', async () => {
    const passwords = argonPasswords(CHEAP);
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.hash('the same words')));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(100 - 26);
    for (const one of refused) expect(one.reason).toBeInstanceOf(Unavailable);
    await expect(passwords.hash('when it is over')).resolves.toContain('$argon2id$');
  });

  test('never has more at work than there are slots, and gives each slot back, also after a failure', async () => {
    let [busy, most] = [0, 0];
    const turn = fewAtOnce(2, 50, () => new Error('full'));
    const work = (fails: boolean) =>
      turn(async () => {
        busy += 1;
        most = Math.max(most, busy);
        await new Promise((resolve) => setTimeout(resolve, 1));
        busy -= 1;
        if (fails) throw new Error('planned');
      });
    await Promise.allSettled(Array.from({ length: 40 }, (_, at) => work(at % 3 === 0)));
    expect(most).toBe(2);
    await Promise.all([work(false), work(false), work(false)]);
    expect(busy).toBe(0);
  });
});

describe('tries at a name', () => {
  test('wait longer after each, never beyond a quarter of an hour, and are forgotten', () => {
    let now = 0;
    let before: Tried | null = null;
    const waits: number[] = [];
    for (let count = 0; count < FREE_TRIES + 14; count += 1) {
      const next = oneMoreTry(before, now);
      if ('wait' in next) throw new Error('The wait was over.');
      before = next.tried;
      const then = oneMoreTry(before, now);
      if ('wait' in then) waits.push(then.wait);
      now = before.until;
    }
    expect(waits).toHaveLength(15);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBe(1);
    expect(waits.at(-1)).toBe(LONGEST_WAIT_MS / 1000);
    now += FORGOTTEN_AFTER_MS;
    expect(oneMoreTry(before, now)).toEqual({ tried: { count: 1, last: now, until: now } });
  });

  test('of one name are none of another, and outlive the process; what was tried at does not stand there', async () => {
    const { ground } = await testSite();
    const seal = sealOf(ground.config.dataFolder);
    const tries = keptTries(ground.db, () => 0, seal);
    for (let count = 0; count < 10; count += 1) await tries.take('otter');
    expect(await tries.take('otter')).toBe(1);
    expect(await tries.take('heron')).toBeNull();
    // A process that begins anew reads what the one before has written.
    const anew = keptTries(ground.db, () => 0, sealOf(ground.config.dataFolder));
    expect(await anew.take('otter')).toBe(1);
    const rows = await ground.db.reads.selectFrom('sign_in_tries').selectAll().execute();
    expect(rows.map((row) => row.count).toSorted((a, b) => a - b)).toEqual([1, FREE_TRIES]);
    expect(rows.map((row) => row.tried_hash)).not.toContain(hashOfSecret('tries at otter'));
    await ground.db.write((tx) => forgetOldTries(tx, FORGOTTEN_AFTER_MS - 1));
    expect(await anew.take('otter')).toBe(1);
    await anew.forget('otter');
    expect(await anew.take('otter')).toBeNull();
    await ground.db.write((tx) => forgetOldTries(tx, FORGOTTEN_AFTER_MS));
    expect(await ground.db.reads.selectFrom('sign_in_tries').selectAll().execute()).toEqual([]);
  });
});

describe('passwords that are refused', () => {
  test.each([
    'password',
    'Password123',
    'P4ssw0rd!',
    'passwordpassword',
    'qwertyuiop',
    '1234567890',
    '12345678',
    'abcdefgh',
    'asdfghjkl1',
    '1qaz2wsx',
    'aaaaaaaaaa',
    'abcabcabc',
    '19871224',
    '24.12.1987',
    'iloveyou2',
    'dragon1999',
    'Sherlock_221',
    'letmein!!!',
    'harrypotter7',
    'fanfiction',
    '!@#$%^&*',
  ])('%s is tried first by everybody', (password) => {
    expect(passwordProblem(password, [])).toContain('first passwords');
  });

  test.each([
    'four herons under ice',
    'correct horse battery staples',
    'Xk29-ffwq',
    'monkeys paint barns',
    'Ein Otter im Schilf',
    '紙の灯籠が三つ',
    'zq7!Lm_2',
  ])('%s is taken', (password) => {
    expect(passwordProblem(password, ['quiet_otter', 'Reed Warbler'])).toBeNull();
  });

  test('are those that are a name, however written; a name among other words is taken', () => {
    for (const password of ['quiet_otter', 'QuietOtter99', 'reedwarbler', '1 Réed-Warbler 1'])
      expect(passwordProblem(password, ['quiet_otter', 'Reed Warbler']), password).toContain('your name');
    expect(passwordProblem('a quiet otter sleeps', ['quiet_otter'])).toBeNull();
  });

  test('are those beyond 8 to 128 bytes', () => {
    expect(passwordProblem('zq7!Lm_', [])).toContain('at least 8');
    expect(passwordProblem('zq7!Lm_2'.repeat(16), [])).toBeNull();
    expect(passwordProblem(`${'zq7!Lm_2'.repeat(16)}x`, [])).toContain('at most 128');
  });

  test('take no time to find, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 128, unit: 'binary' }), (password) => {
        const said = passwordProblem(password, [password.slice(0, 10)]);
        return said === null || said.length > 10;
      }),
    );
    expect(passwordProblem('ab'.repeat(64), [])).not.toBeNull();
  });
});

test.each([
  ['abc', true],
  ['a_b', true],
  ['Наташа', true],
  ['木漏れ日', true],
  ['x'.repeat(40), true],
  ['x'.repeat(41), false],
  ['ab', false],
  ['_ab', false],
  ['ab_', false],
  ['a b', false],
  ['a-b', false],
  ['a@b.example', false],
  ['a\0b', false],
])('the name %j can be signed in with: %s', (name, good) => {
  expect(signInNameProblem(name) === null).toBe(good);
});

test('a code is read as it was made, in capitals, with spaces or misread letters', () => {
  for (let time = 0; time < 50; time += 1) {
    const code = newCode();
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$/);
    const typed = code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l');
    expect(typedCode(` ${typed} `)).toBe(code);
  }
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/138.0 Safari/537.36 Edg/138.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1', 'Safari on iPhone'],
  ['curl/8.5.0', ''],
  [undefined, ''],
  ['<script>alert(1)</script>', ''],
])('%j is called %j', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
