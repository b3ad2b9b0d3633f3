/** What a person can mend at the start, in a sentence for them: the data folder, its database file, the disk. Pure. */
import { sep } from 'node:path';

const ANOTHER = 'FANFOLD_DATA names another one, like FANFOLD_DATA=./data.';

const OF_THE_FOLDER: Record<string, (folder: string) => string> = {
  ENOENT: (folder) => `The data folder ${folder} cannot be made. ${ANOTHER}`,
  EEXIST: (folder) => `${folder} is a file, and the data needs a folder. ${ANOTHER}`,
  ENOTDIR: (folder) => `The data folder ${folder} would lie inside a file. ${ANOTHER}`,
  EACCES: (folder) => notWritable(folder),
  EPERM: (folder) => notWritable(folder),
  EROFS: (folder) => `The data folder ${folder} lies on a disk that is read-only. ${ANOTHER}`,
};

/** By how SQLite's codes begin; the longer ones say more than a person needs. */
const OF_THE_FILE: readonly (readonly [code: string, say: (folder: string) => string])[] = [
  ['SQLITE_READONLY', notWritable],
  ['SQLITE_CANTOPEN', (folder) => `The database in the data folder ${folder} cannot be opened: ${MAY_NOT} ${ANOTHER}`],
  ['SQLITE_FULL', full],
  ['SQLITE_NOTADB', (folder) => `The file fanfold.db in the data folder ${folder} is no database. ${ANOTHER}`],
  [
    'SQLITE_CORRUPT',
    (folder) =>
      `The database in the data folder ${folder} is damaged. Put a copy of the folder in its place; its subfolder copies has what was there before each upgrade.`,
  ],
];

const MAY_NOT = 'it is no file, or this user may not write there.';

function notWritable(folder: string): string {
  return `The data folder ${folder} cannot be written by this user. Give it to the user who runs Fanfold. ${ANOTHER}`;
}

function full(folder: string): string {
  return `The disk with the data folder ${folder} is full. Make room on it, or move the folder and name it in FANFOLD_DATA.`;
}

/**
 * What is wrong, and what to do, in sentences for the person who started the program.
 * @param folder the data folder; trouble with files elsewhere is not said to be its own.
 * @returns null for what a person cannot mend: there the trace says more.
 */
export function plainWords(error: unknown, folder: string): string | null {
  if (!(error instanceof Error)) return null;
  // The words of Kysely's Migrator for a step that has been taken and that this program does not know.
  if (/^corrupted migrations: previously executed migration .* is missing$/.test(error.message)) {
    return `This data folder was made by a newer Fanfold: ${folder}. Start that one, or name another folder in FANFOLD_DATA.`;
  }
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(folder);
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  if (path !== null && isOnTheWay(path, folder)) return OF_THE_FOLDER[code]?.(folder) ?? null;
  return OF_THE_FILE.find(([begin]) => code.startsWith(begin))?.[1](folder) ?? null;
}

/** Whether a path is the folder, inside it, or above it: the one that must be made first. */
function isOnTheWay(path: string, folder: string): boolean {
  const within = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  return within(path, folder) || within(folder, path);
}
