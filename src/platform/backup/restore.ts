/** Brings a backup into an empty place: read whole before anything is written, and read again while it is. */
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Migration } from '../db/migrate.ts';
import { isPostgresRefusal } from '../db/postgres.ts';
import { isSqliteRefusal } from '../db/sqlite.ts';
import { loadRows } from './load.ts';
import type { Manifest } from './manifest.ts';
import { readBackup } from './read.ts';
import { BackupRefused } from './refusal.ts';
import { shapeAfter, stepsNamed } from './shape.ts';
import type { ArchivePlace } from './snapshot.ts';
import { storedPath, storedWrites, syncFolder } from './stored-file.ts';
import { restoringAlone } from './one-restore.ts';
import { abandonRestore, beginRestore, endRestore, refuseUnlessEmpty } from './unfinished.ts';
import { hasCode } from './error-code.ts';

export interface RestoreOrder {
  place: ArchivePlace;
  path: string;
  migrations: readonly Migration[];
  /** Files beside the database that may be there already. */
  stays: readonly string[];
  /** Takes a file that lay beside the database. */
  beside: (name: string, bytes: Buffer) => Promise<void>;
  /** What is to be done with the archive before anybody else may open it. */
  finish: (manifest: Manifest) => Promise<void>;
  progress: (doing: 'checking' | 'restoring', done: number, of: number) => void;
}

/**
 * @returns the manifest of what was restored, once all of it is safe on the disk. @throws BackupRefused for a damaged or newer
 * backup, or a place that is not empty, or into which another restores. When it fails, nothing is left; when it is killed, it
 * begins anew the next time.
 */
export async function restoreBackup(order: RestoreOrder): Promise<Manifest> {
  // A restore cut short may have brought the schema up to date before it ended.
  const tables = shapeAfter(order.migrations).map((shape) => shape.name);
  await refuseUnlessEmpty(order.place, tables, order.stays);
  return restoringAlone(order.place, () => restoreInto(order, tables));
}

async function restoreInto(order: RestoreOrder, tables: readonly string[]): Promise<Manifest> {
  const { place, path, migrations, progress } = order;
  const manifest = await readBackup(path, migrations, (done, of) => progress('checking', done, of));
  const steps = stepsNamed(manifest.steps, migrations);
  if (manifest.beside.some(({ name }) => !order.stays.includes(name)))
    throw new BackupRefused(
      'This backup holds files that this Fanfold does not know. Use the one that made it, or upgrade this one.',
    );
  await beginRestore(place, tables, order.stays);
  const files = storedWrites();
  try {
    await loadRows(place, steps, (rows) =>
      readBackup(path, migrations, (done, of) => progress('restoring', done, of), {
        rows,
        beside: order.beside,
        file: (hash, pieces) => files.write(storedPath(place.dataFolder, hash), pieces),
      }),
    );
    await files.done();
    await order.finish(manifest);
    // Of an older schema a copy was made on the way, and what has been erased is in it.
    await rm(join(place.dataFolder, 'copies'), { recursive: true, force: true });
    await syncAll(place);
    await endRestore(place.dataFolder);
  } catch (error) {
    await files.done().catch(() => undefined);
    // What cannot be cleared keeps its mark, and is cleared by the next restore.
    await abandonRestore(place, tables).catch(() => undefined);
    throw inWords(error, place);
  }
  return manifest;
}

async function syncAll(place: ArchivePlace): Promise<void> {
  const files = join(place.dataFolder, 'files');
  for (const folder of await readdir(files).catch(() => [])) await syncFolder(join(files, folder));
  if (place.databaseUrl === null) {
    const file = await open(join(place.dataFolder, 'fanfold.db'), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await syncFolder(files).catch(() => undefined);
  await syncFolder(place.dataFolder);
}

function inWords(error: unknown, { dataFolder }: ArchivePlace): unknown {
  if (hasCode(error, 'ENOSPC', 'EDQUOT', 'SQLITE_FULL'))
    return new BackupRefused(`The disk with ${dataFolder} is full. Nothing was restored.`);
  if (isSqliteRefusal(error) || isPostgresRefusal(error))
    return new BackupRefused(
      `The database does not take what is in this backup, so nothing was restored: ${error instanceof Error ? error.message : ''}`,
    );
  return error;
}
