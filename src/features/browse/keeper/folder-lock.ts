/** One process at a time keeps the index of a data folder. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
  return lockFile(join(folder, 'owner.db'));
}
