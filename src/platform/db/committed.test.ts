import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { testSite, type TestSite } from '../../../test/site.ts';
import { migrations } from '../../../migrations/index.ts';
import { committedState, untilCommitted } from './committed.ts';
import { openDatabase, type Database } from './database.ts';

const put = (db: Database, value: string) =>
  db.write((tx) =>
    tx
      .insertInto('archive_state')
      .values({ key: 'lamp', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute(),
  );
const lamp = async (reads: Database['reads']) =>
  (await reads.selectFrom('archive_state').select('value').where('key', '=', 'lamp').executeTakeFirst())?.value;

async function secondProcess(site: TestSite): Promise<Database> {
  const { dataFolder, databaseUrl } = site.ground.config;
  const db = await openDatabase({ dataFolder, databaseUrl, migrations });
  onTestFinished(() => db.close());
  return db;
}

/**
 * PostgreSQL's state is that of the whole server: a test beside this one that writes changes it, which is right and
 * costs a read alone. So a test that was disturbed begins anew.
 */
function undisturbed(body: () => Promise<void>): () => Promise<void> {
  return () => vi.waitFor(body, { timeout: 15_000, interval: 20 });
}

test(
  'the state stays the same while nothing is committed, and is another one after any commit',
  undisturbed(async () => {
    const site = await testSite();
    const { db } = site.ground;
    const other = await secondProcess(site);
    const before = await committedState(db.reads);
    expect(await lamp(db.reads)).toBeUndefined();
    expect(await committedState(db.reads)).toBe(before);
    await put(db, 'lit');
    const after = await committedState(db.reads);
    expect(after).not.toBe(before);
    await put(other, 'out');
    expect(await committedState(db.reads)).not.toBe(after);
  }),
);

test(
  'what is not committed yet changes nothing that is read',
  undisturbed(async () => {
    const site = await testSite();
    const { db } = site.ground;
    const states: string[] = [];
    await db.write(async (tx) => {
      await tx.insertInto('archive_state').values({ key: 'lamp', value: 'lit' }).execute();
      states.push(await committedState(db.reads));
      expect(await lamp(db.reads)).toBeUndefined();
    });
    expect(await committedState(db.reads)).not.toBe(states[0]);
    expect(await lamp(db.reads)).toBe('lit');
  }),
);

describe('a read until something is committed', () => {
  test(
    'is made once, and again after each commit, of whomever',
    undisturbed(async () => {
      const site = await testSite();
      const { db } = site.ground;
      const other = await secondProcess(site);
      let reads = 0;
      const read = untilCommitted(db.reads, (handle) => {
        reads += 1;
        return lamp(handle);
      });
      expect([await read(), await read(), reads]).toEqual([undefined, undefined, 1]);
      await put(db, 'lit');
      expect([await read(), await read(), reads]).toEqual(['lit', 'lit', 2]);
      await put(other, 'out');
      expect([await read(), await read(), reads]).toEqual(['out', 'out', 3]);
    }),
  );

  test(
    'is not kept when somebody writes meanwhile, or when it fails',
    undisturbed(async () => {
      const site = await testSite();
      const { db } = site.ground;
      let reads = 0;
      const read = untilCommitted(db.reads, async (handle) => {
        reads += 1;
        const value = await lamp(handle);
        if (reads === 1) await put(db, 'lit');
        if (reads === 2) throw new Error('The lamp is broken.');
        return value;
      });
      expect(await read()).toBeUndefined();
      await expect(read()).rejects.toThrow('broken');
      expect([await read(), await read(), reads]).toEqual(['lit', 'lit', 3]);
    }),
  );
});
