/**
 * One process at a time keeps the index of a data folder. The lock is SQLite's own, on a file that holds nothing: it
 * ends with the process that has it, however that ends, so that none is ever left behind.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';

export interface FolderLock {
  release(): void;
}

/** Where the index of a data folder lies. Everything in it can be made again from the truth. */
export function indexFolder(config: { dataFolder: string }): string {
  return join(config.dataFolder, 'index');
}

/**
 * Takes the folder, making it when it is missing. Nothing else may open `owner.db` in this process: closing it would
 * give the lock away. @returns null when another has it.
 */
export function lockFolder(folder: string): FolderLock | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Words of restricted works lie in it, also where somebody else made the folder.
  chmodSync(folder, 0o700);
  const file = new SQLite(join(folder, 'owner.db'), { timeout: 0 });
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => file.close() };
}
