/**
 * Finds the files to import: those named, and all below the folders named, in the order of their names. A zip is a
 * folder. Nothing is unpacked to the disk.
 */
import { constants, type Dirent } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openZip } from '../../../platform/zip/zip.ts';
import { kindOfZip, signatureKind } from '../file-kind.ts';
import { tooLarge, type Found, type FoundFile } from './found-file.ts';
import { filesInZip } from './zip-folder.ts';

/** Files of one import. Zips of zips of nothing come to millions; ten years of downloads to a tenth of this. */
const MOST_FILES = 200_000;

/**
 * @returns every file below the paths, each once; of what is none, why. Hidden files are left out, links not followed.
 * Beyond `most` files nothing more is looked for, and the last entry says so.
 */
export async function collectFiles(paths: readonly string[], most = MOST_FILES): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const path of paths) {
    for await (const one of filesAt(path)) {
      if (found.size >= most) {
        const problem = `There are more than ${most.toLocaleString('en')} files here. Bring the others in by another import.`;
        return [...found.values(), { path, problem }];
      }
      found.set(one.path, one);
    }
  }
  return [...found.values()];
}

async function* filesAt(path: string): AsyncGenerator<Found> {
  const entry = await stat(path).catch(() => null);
  if (entry === null) yield { path, problem: 'There is no such file or folder.' };
  else if (entry.isDirectory()) yield* filesBelow(path);
  else if (entry.isFile()) yield* fileOrZip(path);
  else yield { path, problem: NO_FILE };
}

const NO_FILE = 'This is neither a file nor a folder.';

async function* filesBelow(folder: string): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    yield { path: folder, problem: 'This folder cannot be read. Check its permissions.' };
    return;
  }
  const byName = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of byName) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield* fileOrZip(path);
    else yield { path, problem: noFile(entry) };
  }
}

function noFile(entry: Dirent): string {
  return entry.isSymbolicLink() ? 'This is a link. Name the place that it leads to, if it is to be imported.' : NO_FILE;
}

async function* fileOrZip(path: string): AsyncGenerator<Found> {
  const looked = await lookAt(path);
  if ('problem' in looked) yield looked;
  else if (looked.zip && (await isFolder(path)))
    yield* filesInZip({ path, stamp: looked.file.stamp, open: () => openZip({ path }) });
  else yield looked.file;
}

/** Whether a zip is a folder of files: a book or a document without its mark at the head says what it is by its list. */
async function isFolder(path: string): Promise<boolean> {
  const opened = await openZip({ path });
  if (!opened.ok) return true;
  await opened.zip.close();
  return kindOfZip(new Set(opened.zip.entries.map((entry) => entry.name))) === 'zip';
}

/** So much of a file says whether it is a zip, and of which kind. */
const HEAD_BYTES = 4_096;

/** A pipe that has taken the place of a file is opened without waiting for somebody who writes to it. */
const TO_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function lookAt(path: string): Promise<{ path: string; problem: string } | { file: FoundFile; zip: boolean }> {
  const handle = await open(path, TO_READ).catch(() => null);
  if (handle === null) return { path, problem: 'This file cannot be read. Check its permissions.' };
  try {
    const { size, mtimeMs } = await handle.stat();
    const head = new Uint8Array(Math.min(HEAD_BYTES, size));
    await handle.read(head, 0, head.length, 0);
    const zip = head[0] === 0x50 && head[1] === 0x4b && signatureKind(head) === 'zip';
    const file: FoundFile = {
      path,
      name: basename(path),
      folder: dirname(path),
      bytes: size,
      stamp: `${size} ${mtimeMs}`,
      read: () => readWhole(path),
    };
    return { file, zip };
  } catch (error) {
    return { path, problem: `This file cannot be read: ${messageOf(error)}` };
  } finally {
    await handle.close();
  }
}

async function readWhole(path: string): Promise<Uint8Array | { problem: string }> {
  const handle = await open(path, TO_READ).catch(() => null);
  if (handle === null) return { problem: 'This file cannot be read. Check its permissions.' };
  try {
    return await readUnchanged(handle);
  } catch (error) {
    return { problem: `This file cannot be read: ${messageOf(error)}` };
  } finally {
    await handle.close();
  }
}

/** The bytes of a file that nobody wrote to meanwhile: half of an old and half of a new version are no story. */
async function readUnchanged(handle: FileHandle): Promise<Uint8Array | { problem: string }> {
  const before = await handle.stat();
  if (!before.isFile()) return { problem: NO_FILE };
  const refusal = tooLarge(before.size);
  if (refusal !== null) return { problem: refusal };
  const bytes = new Uint8Array(before.size);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  const after = await handle.stat();
  if (filled < bytes.length || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    return { problem: 'This file changed while it was read. Import it again.' };
  return bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
