/**
 * Immutable files, found by their content: temporary name, fsync, rename, fsync of the folder. What `put` has answered
 * is on the disk. Public addresses never carry these names: the same content would join two who uploaded it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of the content, 64 hexadecimal digits. */
export type BlobHash = string;

export interface Blobs {
  /** Keeps the bytes. @returns their hash, once they are safe on the disk. */
  put(bytes: Uint8Array): Promise<BlobHash>;
  /** @returns the bytes, or null when there is no such blob. */
  get(hash: BlobHash): Promise<Uint8Array | null>;
  /** Removes a blob; none there is fine. */
  remove(hash: BlobHash): Promise<void>;
}

export function hashOf(bytes: Uint8Array): BlobHash {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Blobs in a folder, spread over 256 folders by the first byte of the hash. Leftovers of a crash are swept at the next start. */
export function folderBlobs(root: string): Blobs {
  const pathOf = (hash: BlobHash) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('That is not the name of a blob.');
    return join(root, hash.slice(0, 2), hash);
  };
  return {
    async put(bytes) {
      const hash = hashOf(bytes);
      const path = pathOf(hash);
      if (await exists(path)) return hash;
      const folder = join(root, hash.slice(0, 2));
      const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
      const begin = () => open(temporary, 'wx', 0o600);
      // The folder is there for all but the first of its blobs.
      const file = await begin().catch(async (error: unknown) => {
        if (!isMissing(error)) throw error;
        await makeFolder(root, folder);
        return begin();
      });
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolder(folder);
      return hash;
    },
    async get(hash) {
      try {
        return await readFile(pathOf(hash));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async remove(hash) {
      await rm(pathOf(hash), { force: true });
    },
  };
}

/** Removes what writes that never finished left behind, once it is older than an hour. */
export async function sweepUnfinished(root: string, now: number): Promise<number> {
  let swept = 0;
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      if (!name.endsWith('.part')) continue;
      const path = join(root, folder, name);
      const age = await ageOf(path, now);
      // A write of another process that has finished meanwhile left nothing behind.
      if (age === null || age < 3_600_000) continue;
      await rm(path, { force: true });
      swept += 1;
    }
  }
  return swept;
}

/** @returns milliseconds since the file was last written, or null when it is gone. */
async function ageOf(path: string, now: number): Promise<number | null> {
  try {
    return now - (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function makeFolder(root: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(root);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
