/** Jobs: done at least once, tried again with growing pauses, kept as dead when they will not succeed. */
import { expect, test } from 'vitest';
import { testSite } from '../../../test/site.ts';
import type { Database } from '../db/database.ts';
import {
  enqueue,
  failJob,
  finishJob,
  forgetDoneJobs,
  jobCounts,
  LEASE_MS,
  MAX_ATTEMPTS,
  pauseAfter,
  takeJob,
  type NewJob,
} from './queue.ts';
import { jobRunner } from './runner.ts';

const put = (db: Database, job: NewJob, now = 0) => db.write((tx) => enqueue(tx, now, job));
const take = (db: Database, now: number) => db.write((tx) => takeJob(tx, now));
const silent = () => {};

test('jobs are done in the order in which they are due', async () => {
  const { db } = (await testSite()).ground;
  const done: unknown[] = [];
  await put(db, { kind: 'say', payload: 'second', runAt: 20 });
  await put(db, { kind: 'say', payload: { first: true }, runAt: 10 });
  await put(db, { kind: 'say', payload: 'not yet', runAt: 1_000 });
  const runner = jobRunner(db, [{ kind: 'say', run: async (payload) => void done.push(payload) }], () => 100, silent);
  expect(await runner.runDue()).toBe(2);
  expect(done).toEqual([{ first: true }, 'second']);
  expect(await jobCounts(db.reads)).toEqual({ done: 2, ready: 1 });
});

test('a job that fails is tried again after growing pauses, and is dead in the end with its last error', async () => {
  const { db } = (await testSite()).ground;
  let now = 0;
  const tries: number[] = [];
  const failing = {
    kind: 'fail',
    run: async () => {
      tries.push(now);
      throw new Error(`failed at ${now}`);
    },
  };
  const reported: unknown[] = [];
  const runner = jobRunner(
    db,
    [failing],
    () => now,
    (job) => void reported.push(job.attempt),
  );
  await put(db, { kind: 'fail', uniqueKey: 'only-one' });
  while (tries.length < MAX_ATTEMPTS) {
    const before = tries.length;
    await runner.runDue();
    expect(tries).toHaveLength(before + 1);
    now += pauseAfter(tries.length) - 1;
    await runner.runDue();
    expect(tries).toHaveLength(before + 1);
    now += 1;
  }
  now += 100 * 86_400_000;
  expect(await runner.runDue()).toBe(0);
  expect(reported).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const row = await db.reads.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'dead', attempts: MAX_ATTEMPTS, last_error: `failed at ${tries.at(-1)}` });
  // Its key is free again, and tidying leaves it for a person to look at.
  expect(await put(db, { kind: 'fail', uniqueKey: 'only-one' })).toBe(true);
  await db.write((tx) => forgetDoneJobs(tx, now + 1));
  expect((await jobCounts(db.reads))['dead']).toBe(1);
});

test('pauses double from two seconds and never pass an hour', () => {
  expect([1, 2, 3, 4].map((attempt) => pauseAfter(attempt))).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(pauseAfter(30)).toBe(3_600_000);
});

test('a job that fails once does its work the second time', async () => {
  const { db } = (await testSite()).ground;
  let now = 0;
  let tries = 0;
  const kind = {
    kind: 'shy',
    run: async () => {
      tries += 1;
      if (tries === 1) throw new Error('not today');
    },
  };
  const runner = jobRunner(db, [kind], () => now, silent);
  await put(db, { kind: 'shy' });
  await runner.runDue();
  now += pauseAfter(1);
  await runner.runDue();
  const row = await db.reads.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'done', attempts: 2, last_error: null });
});

test('a key is taken while its job waits or runs, and free afterwards', async () => {
  const { db } = (await testSite()).ground;
  expect(await put(db, { kind: 'a', uniqueKey: 'k' })).toBe(true);
  expect(await put(db, { kind: 'a', uniqueKey: 'k' })).toBe(false);
  const job = await take(db, 0);
  expect(await put(db, { kind: 'a', uniqueKey: 'k' })).toBe(false);
  await db.write((tx) => finishJob(tx, 1, job?.id ?? 0));
  expect(await put(db, { kind: 'a', uniqueKey: 'k' })).toBe(true);
  expect(await put(db, { kind: 'b' })).toBe(true);
  expect(await put(db, { kind: 'b' })).toBe(true);
});

test('a job whose worker is gone is taken over when its lease has ended, not before', async () => {
  const { db } = (await testSite()).ground;
  await put(db, { kind: 'long' });
  expect(await take(db, 0)).toMatchObject({ kind: 'long', attempt: 1 });
  expect(await take(db, LEASE_MS)).toBeNull();
  expect(await take(db, LEASE_MS + 1)).toMatchObject({ kind: 'long', attempt: 2 });
});

test('a job that ends its worker every time is dead after as many tries', async () => {
  const { db } = (await testSite()).ground;
  await put(db, { kind: 'poison' });
  let now = 0;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    expect(await take(db, now)).toMatchObject({ attempt });
    now += LEASE_MS + 1;
  }
  await put(db, { kind: 'next in line' }, now);
  expect(await take(db, now)).toMatchObject({ kind: 'next in line' });
  const row = await db.reads.selectFrom('jobs').selectAll().where('kind', '=', 'poison').executeTakeFirstOrThrow();
  expect(row.state).toBe('dead');
  expect(row.last_error).toMatch(/ended/);
});

test('a kind nobody knows is a failure that says so', async () => {
  const { db } = (await testSite()).ground;
  await put(db, { kind: 'riddle' });
  await jobRunner(db, [], () => 0, silent).runDue();
  const row = await db.reads.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
  expect(row.state).toBe('ready');
  expect(row.last_error).toContain('"riddle"');
});

test('what comes round by the clock is put once each time', async () => {
  const { db } = (await testSite()).ground;
  let now = 1_000;
  let ran = 0;
  const kinds = [{ kind: 'sweep', every: 500, run: async () => void (ran += 1) }];
  const runners = [jobRunner(db, kinds, () => now, silent), jobRunner(db, kinds, () => now, silent)];
  for (const runner of runners) await runner.runDue();
  expect(ran).toBe(1);
  now += 499;
  for (const runner of runners) await runner.runDue();
  expect(ran).toBe(1);
  now += 1;
  for (const runner of runners) await runner.runDue();
  expect(ran).toBe(2);
});

test('what comes round by the clock does so again when the clock, once far ahead, is set right', async () => {
  const { db } = (await testSite()).ground;
  let now = Date.UTC(2099, 0, 1);
  let ran = 0;
  const kinds = [{ kind: 'sweep', every: 500, run: async () => void (ran += 1) }];
  const runner = jobRunner(db, kinds, () => now, silent);
  await runner.runDue();
  now = Date.UTC(2026, 0, 1);
  await runner.runDue();
  await runner.runDue();
  expect(ran).toBe(2);
  now += 500;
  await runner.runDue();
  expect(ran).toBe(3);
});

test('two runners at once do each job once', async () => {
  const { db } = (await testSite()).ground;
  const done: unknown[] = [];
  const kinds = [
    {
      kind: 'count',
      run: async (payload: unknown) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        done.push(payload);
      },
    },
  ];
  for (let number = 0; number < 20; number++) await put(db, { kind: 'count', payload: number });
  const ran = await Promise.all([1, 2, 3].map(() => jobRunner(db, kinds, () => 0, silent).runDue()));
  expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 20 }, (_, number) => number));
  expect(ran.reduce((sum, each) => sum + each)).toBe(20);
});

test('an error is kept at a length that a row can bear', async () => {
  const { db } = (await testSite()).ground;
  await put(db, { kind: 'loud' });
  const job = await take(db, 0);
  if (job) await db.write((tx) => failJob(tx, 0, job, 'x'.repeat(100_000)));
  const row = await db.reads.selectFrom('jobs').select('last_error').executeTakeFirstOrThrow();
  expect(row.last_error).toHaveLength(2_000);
});
