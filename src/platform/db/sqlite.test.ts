/** What holds for SQLite alone. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { migrations } from '../../../migrations/index.ts';
import { openDatabase } from './database.ts';
import { isSqliteBusy } from './sqlite.ts';

async function archive() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-sqlite-'));
  const db = await openDatabase({ dataFolder, databaseUrl: null, migrations });
  onTestFinished(async () => {
    await db.close();
    await rm(dataFolder, { recursive: true });
  });
  return { db, path: join(dataFolder, 'fanfold.db') };
}

test('the handle for reading cannot write', async () => {
  const { db } = await archive();
  const write = db.reads.insertInto('archive_state').values({ key: 'a', value: 'b' }).execute();
  await expect(write).rejects.toThrow(/readonly/);
});

test('a write gives up, with the reason, when another process holds the lock past all patience', async () => {
  const { db, path } = await archive();
  const other = new SQLite(path);
  other.exec('begin immediate');
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
    other.close();
  });
  const writing = db.write((tx) => tx.insertInto('archive_state').values({ key: 'a', value: 'b' }).execute());
  vi.setSystemTime(Date.now() + 60_000);
  const error: unknown = await writing.catch((thrown: unknown) => thrown);
  expect(isSqliteBusy(error)).toBe(true);
  other.exec('rollback');
  await db.write((tx) => tx.insertInto('archive_state').values({ key: 'a', value: 'b' }).execute());
});

test('rows that point at nothing are refused', async () => {
  const { db } = await archive();
  const write = db.write((tx) => tx.insertInto('account_roles').values({ account_id: 99, role: 'member' }).execute());
  await expect(write).rejects.toThrow(/FOREIGN KEY/);
});

test('what is no whole number cannot be kept where a time belongs', async () => {
  const { db } = await archive();
  const write = db.write((tx) => tx.insertInto('cron').values({ name: 'a', next_at: 1.5 }).execute());
  await expect(write).rejects.toThrow(/REAL/);
});

test('a checkpoint folds the log back into the file', async () => {
  const { db, path } = await archive();
  await db.write((tx) =>
    tx
      .insertInto('archive_state')
      .values({ key: 'a', value: 'x'.repeat(50_000) })
      .execute(),
  );
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
  db.checkpoint();
  expect((await stat(`${path}-wal`)).size).toBe(0);
});

test('a write of another connection changes the number that followers watch', async () => {
  const { db, path } = await archive();
  const before = db.foreignVersion();
  expect(db.foreignVersion()).toBe(before);
  const other = new SQLite(path);
  other.exec("insert into archive_state (key, value) values ('a', 'b')");
  other.close();
  expect(db.foreignVersion()).not.toBe(before);
});

test('the data folder is closed to others', async () => {
  const { path } = await archive();
  expect((await stat(join(path, '..'))).mode & 0o077).toBe(0);
});
