/** One process at a time keeps the index of a data folder. */
import { chmodSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { lockFile, type FileLock } from '../../../platform/files/file-lock.ts';

export type FolderLock = FileLock;

/** Where the index of a data folder lies. Everything in it can be made again from the truth. */
export function indexFolder(config: { dataFolder: string }): string {
  return join(config.dataFolder, 'index');
}

/** Takes the folder, making it when it is missing. @returns null when another has it. */
export function lockFolder(folder: string): FolderLock | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Words of restricted works lie in it, also where somebody else made the folder.
  chmodSync(folder, 0o700);
  const path = join(folder, 'owner.db');
  try {
    return lockFile(path);
  } catch (error) {
    if (!(error instanceof SQLite.SqliteError && error.code === 'SQLITE_NOTADB')) throw error;
    // Nothing of ours is ever written into it. It is emptied and not removed: a lock that is taken meanwhile is on this file.
    truncateSync(path);
    return lockFile(path);
  }
}
