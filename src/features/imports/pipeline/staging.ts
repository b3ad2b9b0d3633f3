/**
 * Where files that were handed over in the browser wait to be read: a folder for each import, below the data folder. They
 * go when the import has ended; what it took in is kept as originals then.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { receiveFile } from '../../../platform/http/uploads.ts';

/** Bytes of one file handed over: a zip of ten years of downloads. A story in it is held to less. */
export const UPLOAD_BYTES = 512 * 1024 * 1024;
/** Files of one import handed over in the browser. */
export const UPLOAD_FILES = 20_000;
const NAME_BYTES = 200;
const DEPTH = 12;

/** The folder of an import's files; the id is one of the archive's own. */
export function stagingFolder(dataFolder: string, publicId: string): string {
  return join(dataFolder, 'uploads', publicId);
}

/**
 * The path below the folder for a name that a browser sends ("folder/story.txt"), or null where it leads outside, is too
 * deep or too long, or names nothing. Hidden files are not taken, as in any folder.
 */
export function stagedPath(name: string): string | null {
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isSafe = parts.every(
    (part) => !part.startsWith('.') && !/\p{Cc}|^[a-z]:$/iu.test(part) && Buffer.byteLength(part) <= NAME_BYTES,
  );
  return parts.length > 0 && parts.length <= DEPTH && isSafe ? parts.join('/') : null;
}

/** Makes the folder in which an import's files are to wait. */
export async function openStaging(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Whether files of an import wait here; those of one that was stopped are removed after a day. */
export async function hasStaging(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() ?? false;
}

/** Takes a file in. @returns null once it is whole on the disk, or one sentence why it was not taken. */
export async function stageFile(folder: string, name: string, from: Readable): Promise<string | null> {
  const path = stagedPath(name);
  if (path === null) return `The name "${name.slice(0, 100)}" cannot be kept. Rename the file and try again.`;
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  try {
    await openStaging(folder);
    const bytes = await receiveFile(from, temporary, UPLOAD_BYTES);
    if (bytes === null) return `This file is larger than ${UPLOAD_BYTES / 1_048_576} MB. Split it.`;
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    await moveBeside(temporary, join(folder, path));
    return null;
  } catch (error) {
    await rm(temporary, { force: true });
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT') return 'There is no room on the disk for this file.';
    if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'EEXIST')
      return `There is another file where "${path}" would be. Rename one of them.`;
    throw error;
  }
}

/** So many files of one name are taken. */
const MOST_NAMESAKES = 1_000;

/**
 * Gives a file its name, or, where one of that name was handed over before, the name with a number: "story (2).txt". The
 * name is taken before the file moves to it: files of one form arrive side by side. @throws EEXIST when none is free.
 */
async function moveBeside(temporary: string, path: string): Promise<void> {
  const { dir, name, ext } = parse(path);
  let free = path;
  for (let number = 2; !(await tookName(free)); number += 1) {
    if (number > MOST_NAMESAKES) throw Object.assign(new Error('Too many files of one name.'), { code: 'EEXIST' });
    free = join(dir, `${name} (${number})${ext}`);
  }
  await rename(temporary, free);
}

/** Takes a name that is free. @returns false when there is a file of that name. @throws when it is a folder's. */
async function tookName(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    if ((await stat(path)).isFile()) return false;
    throw error;
  }
}

/** Removes the files of an import that has ended. */
export async function clearStaging(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Removes folders of handed-over files that nobody has touched for `olderMs` and that no import of `keep` waits for. */
export async function sweepStaging(
  dataFolder: string,
  now: number,
  olderMs: number,
  keep: ReadonlySet<string>,
): Promise<void> {
  const root = join(dataFolder, 'uploads');
  for (const name of await readdir(root).catch(() => [])) {
    const folder = join(root, name);
    const age = now - (await stat(folder).catch(() => ({ mtimeMs: now }))).mtimeMs;
    if (!keep.has(name) && age > olderMs) await clearStaging(folder);
  }
}
