/**
 * A restore that has not come to its end is known by a file in the data folder, from before its first write until after its
 * last, and by a row in the database from its first row on. While there is either, the archive does not open.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { openPostgresPool, postgresDialect } from '../db/postgres.ts';
import { isUnfinished } from '../db/restored.ts';
import type { Reads, Tables } from '../db/tables.ts';
import { RESTORE_LOCK } from './one-restore.ts';
import { BackupRefused } from './refusal.ts';
import type { ArchivePlace } from './snapshot.ts';
import { syncFolder, writeWhole } from './stored-file.ts';

const MARK = 'restoring.json';
/** What an archive keeps in its folder, and a restore therefore begins anew. */
const OWN = [
  'fanfold.db',
  'fanfold.db-wal',
  'fanfold.db-shm',
  'fanfold.db-journal',
  'files',
  'index',
  'uploads',
  'copies',
];
/** What a disk of its own has in it when it is empty. */
const OF_THE_DISK = ['lost+found'];

/** @throws BackupRefused while a restore has not come to its end. */
export async function refuseUnfinished(dataFolder: string, handle: Reads | null): Promise<void> {
  if (!existsSync(join(dataFolder, MARK)) && !(handle && (await isUnfinished(handle)))) return;
  throw new BackupRefused(
    `A restore into ${dataFolder} was cut short. Give ./fanfold restore again: it begins anew, and then the archive starts.`,
  );
}

/**
 * Looks whether a place is empty, but for what a restore cut short has left. `stays`: files that may lie in the folder.
 * @returns what removes those from the database. @throws BackupRefused for a place that is not empty; nothing is touched.
 */
export async function refuseUnlessEmpty(
  place: ArchivePlace,
  tables: readonly string[],
  stays: readonly string[],
): Promise<(() => Promise<void>) | null> {
  const folder = place.dataFolder;
  const isAgain = existsSync(join(folder, MARK));
  const there = await readdir(folder).catch(() => []);
  const allowed = new Set([MARK, `${MARK}.part`, RESTORE_LOCK, ...OF_THE_DISK, ...stays, ...(isAgain ? OWN : [])]);
  const other = there.find((name) => !allowed.has(name));
  if (other !== undefined)
    throw new BackupRefused(
      `The data folder ${folder} is not empty (${other} is in it). Restore into a new one: FANFOLD_DATA names it.`,
    );
  return place.databaseUrl === null ? null : emptyDatabase(place.databaseUrl, tables, isAgain);
}

/**
 * Makes a place ready: nothing is in it but what a restore cut short has left, and that is removed. `stays`: files that may
 * lie in the folder and are left alone. @throws BackupRefused for a place that is not empty; then nothing was touched.
 */
export async function beginRestore(
  place: ArchivePlace,
  tables: readonly string[],
  stays: readonly string[],
): Promise<void> {
  const folder = place.dataFolder;
  const drop = await refuseUnlessEmpty(place, tables, stays);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(made));
  await writeWhole(join(folder, MARK), `${JSON.stringify({ restoring: true })}\n`);
  await clear(folder);
  await drop?.();
}

/** Leaves nothing of a restore that failed. */
export async function abandonRestore(place: ArchivePlace, tables: readonly string[]): Promise<void> {
  await clear(place.dataFolder);
  if (place.databaseUrl !== null) await (await emptyDatabase(place.databaseUrl, tables, true))();
  await endRestore(place.dataFolder);
}

/** Says that all of it is there. */
export async function endRestore(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, MARK), { force: true });
  await syncFolder(dataFolder);
}

async function clear(folder: string): Promise<void> {
  for (const name of OWN) await rm(join(folder, name), { recursive: true, force: true });
}

const MIGRATION_TABLES = ['kysely_migration', 'kysely_migration_lock'];

/**
 * Looks whether a database has nothing in it, or nothing but what a restore cut short has left: tables without people, or
 * its own mark. @returns what removes those.
 */
async function emptyDatabase(url: string, tables: readonly string[], isAgain: boolean): Promise<() => Promise<void>> {
  const there = await onDatabase(url, tablesThere);
  if (there.length === 0) return async () => {};
  const own = new Set([...tables, ...MIGRATION_TABLES]);
  const isLeft =
    there.every((name) => own.has(name)) &&
    (await onDatabase(url, async (db) => (await isUnfinished(db)) || (isAgain && (await hasNobody(db)))));
  if (!isLeft)
    throw new BackupRefused('The database that DATABASE_URL names is not empty. Make a new one for the restore.');
  return () =>
    onDatabase(url, async (db) => {
      const names = (await tablesThere(db)).filter((name) => own.has(name)).map((name) => sql.table(name));
      if (names.length > 0) await sql`drop table ${sql.join(names)} cascade`.execute(db);
    });
}

async function tablesThere(db: Reads): Promise<string[]> {
  const rows = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
  return rows.rows.map((row) => row.name);
}

/** Whether the archive is one that never was served. */
async function hasNobody(db: Reads): Promise<boolean> {
  const there = await tablesThere(db);
  return (
    !there.includes('accounts') ||
    (
      await db
        .selectFrom('accounts' as 'jobs')
        .select('id')
        .limit(1)
        .execute()
    ).length === 0
  );
}

async function onDatabase<T>(url: string, work: (db: Reads) => Promise<T>): Promise<T> {
  const pool = openPostgresPool(url, 1);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  try {
    return await work(db);
  } finally {
    await db.destroy();
    if (!pool.ending) await pool.end();
  }
}
