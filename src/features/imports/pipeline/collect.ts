/** Finds the files to import: those named, and all below the folders named, in the order of their names. */
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file to read, or a path at which there is none. */
export type Found = { path: string; bytes: number } | { path: string; problem: string };

/** @returns every file below the paths, each once. Hidden files and links inside folders are left out. */
export async function collectFiles(paths: readonly string[]): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const path of paths) {
    for await (const one of filesAt(path)) found.set(one.path, one);
  }
  return [...found.values()];
}

async function* filesAt(path: string): AsyncGenerator<Found> {
  const entry = await stat(path).catch(() => null);
  if (entry === null) yield { path, problem: 'There is no such file or folder.' };
  else if (entry.isDirectory()) yield* filesBelow(path);
  else if (entry.isFile()) yield { path, bytes: entry.size };
  else yield { path, problem: 'This is neither a file nor a folder.' };
}

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
    else if (entry.isFile()) yield { path, bytes: (await lstat(path)).size };
  }
}
