/**
 * One restore at a time into one place. The folder is held by a locked file and a PostgreSQL database by a lock of one connection;
 * both end with the process that has them, so that one which was killed keeps nobody out.
 */
import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openPostgresPool } from '../db/postgres.ts';
import { lockFile, type FileLock } from '../files/file-lock.ts';
import { hasCode } from './error-code.ts';
import { BackupRefused } from './refusal.ts';
import type { ArchivePlace } from './snapshot.ts';

/** In the data folder, while a restore goes on. */
export const RESTORE_LOCK = 'restoring.lock';
/** Of PostgreSQL's advisory locks, which are of one database. */
const DATABASE_LOCK = 7_160_002;

/**
 * Does its work while nobody else restores into the place. What had to be made for that is gone where the work fails before it
 * put anything there. @throws BackupRefused while another restore is under way.
 */
export async function restoringAlone<T>(place: ArchivePlace, work: () => Promise<T>): Promise<T> {
  const folder = place.dataFolder;
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = lockPlace(join(folder, RESTORE_LOCK));
  if (!lock) throw new BackupRefused(`Another restore into ${folder} is under way. Wait until it has ended.`);
  try {
    return await (place.databaseUrl === null ? work() : holdingDatabase(place.databaseUrl, work));
  } finally {
    // While it is held: whoever opened the file before it went finds that another stands there, or none.
    await rm(join(folder, RESTORE_LOCK), { force: true });
    lock.release();
    await unmake(folder, made);
  }
}

/**
 * Takes the lock on a file that stands at the path before and after: the lock on one that was removed meanwhile keeps nobody out.
 * `take`: what locks a file. @returns null when another has it, or has just had it.
 */
export function lockPlace(path: string, take: (path: string) => FileLock | null = lockFile): FileLock | null {
  const before = inodeAt(path) ?? inodeMade(path);
  const lock = take(path);
  if (!lock) return null;
  if (inodeAt(path) === before) return lock;
  lock.release();
  return null;
}

function inodeAt(path: string): bigint | null {
  return statSync(path, { throwIfNoEntry: false, bigint: true })?.ino ?? null;
}

/** Makes the file, before anything locks it; null when another has just made it. */
function inodeMade(path: string): bigint | null {
  try {
    const file = openSync(path, 'wx', 0o600);
    const { ino } = fstatSync(file, { bigint: true });
    closeSync(file);
    return ino;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return null;
    throw error;
  }
}

/** Removes folders that were made and have stayed empty. */
async function unmake(folder: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  for (let at = folder; ; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
    if (at === made) return;
  }
}

async function holdingDatabase<T>(url: string, work: () => Promise<T>): Promise<T> {
  const pool = openPostgresPool(url, 1);
  const client = await pool.connect();
  // A connection that breaks takes the lock along; what the restore itself asks of the database says so.
  client.on('error', () => {});
  try {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [DATABASE_LOCK]);
    if (!rows[0]?.held)
      throw new BackupRefused(
        'Another restore into the database that DATABASE_URL names is under way. Wait until it has ended.',
      );
    return await work();
  } finally {
    // The lock goes with its connection.
    client.release(true);
    await pool.end();
  }
}
