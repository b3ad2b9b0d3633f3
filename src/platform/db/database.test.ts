/** What both databases promise of the two handles. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { onPostgres, testSite, type TestSite } from '../../../test/site.ts';
import { migrations } from '../../../migrations/index.ts';
import { append, logHead } from '../events/log.ts';
import { isRefusal, openDatabase, type Database } from './database.ts';
import type { Tx } from './tables.ts';

/** The same database as another process would open it. */
async function secondProcess(site: TestSite): Promise<Database> {
  const { dataFolder, databaseUrl } = site.ground.config;
  const db = await openDatabase({ dataFolder, databaseUrl, migrations });
  onTestFinished(() => db.close());
  return db;
}

const put = (tx: Tx, key: string, value: string) =>
  tx
    .insertInto('archive_state')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
const valueOf = async (db: Database, key: string) =>
  (await db.reads.selectFrom('archive_state').select('value').where('key', '=', key).executeTakeFirst())?.value;

test('a write waits for another process, and everything else goes on meanwhile', async () => {
  const site = await testSite();
  const other = await secondProcess(site);
  await site.ground.db.write((tx) => put(tx, 'lamp', 'off'));
  let begun = () => {};
  const holding = new Promise<void>((resolve) => (begun = resolve));
  const others = other.write(async (tx) => {
    await put(tx, 'lamp', 'lit by the other');
    begun();
    await sleep(300);
  });
  await holding;
  let ticks = 0;
  const clock = setInterval(() => (ticks += 1), 10);
  await site.ground.db.write((tx) => put(tx, 'lamp', 'lit by us'));
  clearInterval(clock);
  await others;
  expect(await valueOf(site.ground.db, 'lamp')).toBe('lit by us');
  // About 30 when the machine is idle; 0 when the wait stops the event loop.
  expect(ticks).toBeGreaterThan(5);
});

test('writes of one process that come at once run one after another', async () => {
  const { db } = (await testSite()).ground;
  await db.write((tx) => put(tx, 'count', '0'));
  const addOne = async (tx: Tx) => {
    const row = await tx
      .selectFrom('archive_state')
      .select('value')
      .where('key', '=', 'count')
      .executeTakeFirstOrThrow();
    await sleep(1);
    await put(tx, 'count', String(Number(row.value) + 1));
  };
  if (onPostgres) {
    const locked = async (tx: Tx) => {
      await sql`lock table archive_state in exclusive mode`.execute(tx);
      await addOne(tx);
    };
    await Promise.all(Array.from({ length: 12 }, () => db.write(locked)));
  } else await Promise.all(Array.from({ length: 12 }, () => db.write(addOne)));
  expect(await valueOf(db, 'count')).toBe('12');
});

test('a write that throws leaves nothing behind, and the next one works', async () => {
  const { db } = (await testSite()).ground;
  const head = await logHead(db.reads);
  const failing = db.write(async (tx) => {
    await put(tx, 'half', 'written');
    await append(tx, 1, { kind: 'thing.made', subject: 'thing', subjectId: 1 });
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await valueOf(db, 'half')).toBeUndefined();
  expect(await logHead(db.reads)).toBe(head);
  await db.write((tx) => put(tx, 'half', 'whole'));
  expect(await valueOf(db, 'half')).toBe('whole');
});

test('reads neither see what is not committed nor wait for it', async () => {
  const { db } = (await testSite()).ground;
  await db.write((tx) => put(tx, 'page', 'old'));
  await db.write(async (tx) => {
    await put(tx, 'page', 'new');
    expect(await valueOf(db, 'page')).toBe('old');
  });
  expect(await valueOf(db, 'page')).toBe('new');
});

test('listeners hear of commits only, until they stop listening', async () => {
  const { db } = (await testSite()).ground;
  let heard = 0;
  const stop = db.onCommit(() => (heard += 1));
  await db.write((tx) => put(tx, 'a', '1'));
  await db.write(() => Promise.reject(new Error('no'))).catch(() => {});
  expect(heard).toBe(1);
  stop();
  await db.write((tx) => put(tx, 'a', '2'));
  expect(heard).toBe(1);
});

test('an id is never given twice, also after its row is gone', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const first = await makeWork(site);
  const head = await logHead(db.reads);
  await db.write(async (tx) => {
    await tx.deleteFrom('works').where('id', '=', first.id).execute();
    await tx.deleteFrom('events').where('id', '=', head).execute();
  });
  expect((await makeWork(site)).id).toBeGreaterThan(first.id);
  expect(await logHead(db.reads)).toBeGreaterThan(head);
});

test('whole numbers come back as they were kept, up to 2^53', async () => {
  const { db } = (await testSite()).ground;
  const largest = Number.MAX_SAFE_INTEGER;
  await db.write((tx) => append(tx, largest, { kind: 'end.reached', subject: 'end', subjectId: 1 }));
  const row = await db.reads.selectFrom('events').select(['at', 'id']).orderBy('id', 'desc').executeTakeFirstOrThrow();
  expect(row.at).toBe(largest);
  expect(typeof row.id).toBe('number');
  const { sum } = await db.reads
    .selectFrom('events')
    .select((total) => total.fn.sum<number>('version').as('sum'))
    .executeTakeFirstOrThrow();
  expect(sum).toBe(0);
  // SQLite's driver cannot tell; PostgreSQL's parser is ours.
  const beyond = await sql`select cast(9007199254740993 as bigint) as beyond`.execute(db.reads).then(
    () => 'an answer',
    (error: unknown) => String(error),
  );
  expect(beyond).toContain(onPostgres ? 'beyond 2^53' : 'an answer');
});

test('a value that is refused is told from a database in trouble', async () => {
  const { db } = (await testSite()).ground;
  const twice = db.write(async (tx) => {
    await tx.insertInto('archive_state').values({ key: 'one', value: 'a' }).execute();
    await tx.insertInto('archive_state').values({ key: 'one', value: 'b' }).execute();
  });
  const error: unknown = await twice.catch((thrown: unknown) => thrown);
  expect(isRefusal(error)).toBe(true);
  expect(isRefusal(new Error('something else'))).toBe(false);
});

test('a refusal undoes what was written on the way to it, an answer keeps it, and what is thrown is thrown', async () => {
  const { db } = (await testSite()).ground;
  const kept = await db.writeUnlessRefused(async (tx) => {
    await put(tx, 'door', 'open');
    return { door: 'open' };
  });
  expect(kept).toEqual({ door: 'open' });
  const refused = await db.writeUnlessRefused(async (tx) => {
    await put(tx, 'door', 'shut');
    return { refusal: 'not-now' };
  });
  expect(refused).toEqual({ refusal: 'not-now' });
  const thrown = db.writeUnlessRefused(async (tx) => {
    await put(tx, 'door', 'gone');
    throw new Error('the cable');
  });
  await expect(thrown).rejects.toThrow('the cable');
  expect(await valueOf(db, 'door')).toBe('open');
});
