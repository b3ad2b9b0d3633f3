/** Files on their way to and from a backup: hashed as they are read, safe on the disk once they are written. */
import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from './error-code.ts';

const PIECE = 1 << 20;

export type Stored = { size: number; sha256: string; whole: Buffer | null };

/** @returns a file's size and checksum, and its content where it is small; null when it is not there. */
export async function readStored(path: string): Promise<Stored | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size <= PIECE) {
      const whole = await file.readFile();
      return { size: whole.length, sha256: createHash('sha256').update(whole).digest('hex'), whole };
    }
    const hash = createHash('sha256');
    for await (const piece of file.createReadStream({ highWaterMark: PIECE, autoClose: false }))
      hash.update(piece as Buffer);
    return { size, sha256: hash.digest('hex'), whole: null };
  } finally {
    await file.close();
  }
}

/** A large file piece by piece. @throws when it is not what it was when it was hashed. */
export async function* storedPieces(path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for await (const piece of file.createReadStream({ highWaterMark: PIECE, autoClose: false })) {
      hash.update(piece as Buffer);
      yield piece as Buffer;
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${path} has changed while it was copied.`);
}

/** Writes a file that is safe on the disk afterwards, but for its folder. `mode` is for its owner alone. */
export async function writeStored(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'w', 0o600);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

export interface StoredWrites {
  /** Writes a file; a small one while the next is read already. Its pieces have been read when this resolves. */
  write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Resolves once all is safe on the disk. @throws when something is not. */
  done(): Promise<void>;
}

/** Small files under way at once: the disk makes many of them safe in the time of one. */
const AT_ONCE = 16;

export function storedWrites(): StoredWrites {
  const underWay = new Set<Promise<void>>();
  let failed: unknown = null;
  const check = () => {
    if (failed !== null) throw failed;
  };
  return {
    async write(path, pieces) {
      const taken: Uint8Array[] = [];
      let size = 0;
      const iterator = pieces[Symbol.asyncIterator]();
      for (let next = await iterator.next(); ; next = await iterator.next()) {
        if (next.done) break;
        taken.push(next.value);
        size += next.value.length;
        if (size > PIECE) return writeStored(path, rest(taken, iterator));
      }
      while (underWay.size >= AT_ONCE) await Promise.race(underWay);
      check();
      const writing = writeStored(path, taken)
        .catch((error: unknown) => {
          failed = error;
        })
        .finally(() => underWay.delete(writing));
      underWay.add(writing);
    },
    async done() {
      await Promise.all(underWay);
      check();
    },
  };
}

async function* rest(taken: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* taken;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

/** Writes a small file whole or not at all. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = `${path}.part`;
  await writeStored(temporary, [Buffer.from(content)]);
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Makes what was renamed into a folder, or removed from it, last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function storedPath(dataFolder: string, hash: string): string {
  return join(dataFolder, 'files', hash.slice(0, 2), hash);
}
