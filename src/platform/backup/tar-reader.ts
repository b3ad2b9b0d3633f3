/**
 * Reads a tar from beginning to end, strictly: plain files, each whole, then two empty blocks and nothing after them.
 * What it says of sizes is held against the file's own length before a byte of memory is given to it.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { BackupRefused } from './refusal.ts';
import { BLOCK, paddingOf, readTarHeader } from './tar-header.ts';

export interface TarEntry {
  name: string;
  size: number;
  /** The content in one piece. @throws BackupRefused when it is larger than `limit`. */
  whole(limit: number): Promise<Buffer>;
  /** The content piece by piece; a piece is good until the next is asked for. */
  pieces(): AsyncGenerator<Buffer>;
}

export const DAMAGED = 'This backup is damaged or cut off. Nothing was restored from it; take another copy.';
const NO_BACKUP = 'This file is no backup that ./fanfold backup has made.';
const PIECE = 1 << 18;

/** @returns its entries in order; each is read before the next is asked for. @throws BackupRefused at the first thing amiss. */
export async function* tarEntries(
  path: string,
  progress: (read: number, of: number) => void,
): AsyncGenerator<TarEntry> {
  const file = await open(path, 'r');
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new BackupRefused(NO_BACKUP);
    const tape = new Tape(file, stat.size);
    for (let first = true; ; first = false) {
      const block = await tape.take(BLOCK, first ? NO_BACKUP : DAMAGED);
      if (isEmpty(block)) break;
      const head = readTarHeader(Buffer.from(block));
      if (head === null) throw new BackupRefused(first ? NO_BACKUP : DAMAGED);
      if (head.size > tape.left) throw new BackupRefused(DAMAGED);
      const from = tape.at;
      yield {
        name: head.name,
        size: head.size,
        whole: (limit) => {
          if (head.size > limit) throw new BackupRefused(DAMAGED);
          return tape.take(head.size, DAMAGED);
        },
        pieces: () => tape.pieces(head.size),
      };
      if (tape.at !== from + head.size) throw new Error(`${head.name} was not read whole.`);
      if (!isEmpty(await tape.take(paddingOf(head.size), DAMAGED))) throw new BackupRefused(DAMAGED);
      progress(tape.at, stat.size);
    }
    if (!isEmpty(await tape.take(BLOCK, DAMAGED)) || tape.left > 0) throw new BackupRefused(DAMAGED);
  } finally {
    await file.close();
  }
}

/** A file read forwards, a piece at a time. */
class Tape {
  at = 0;
  readonly #file: FileHandle;
  readonly #size: number;
  #ahead: Buffer = Buffer.alloc(0);

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get left(): number {
    return this.#size - this.at;
  }

  /** Exactly so many bytes. @throws BackupRefused with the sentence when there are fewer. */
  async take(length: number, otherwise: string): Promise<Buffer> {
    if (length > this.left) throw new BackupRefused(otherwise);
    if (length <= this.#ahead.length) return this.#next(length);
    const whole = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length;) {
      if (this.#ahead.length === 0) await this.#fill();
      const piece = this.#next(Math.min(length - filled, this.#ahead.length));
      filled += piece.copy(whole, filled);
    }
    return whole;
  }

  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#ahead.length === 0) await this.#fill();
      const piece = this.#next(Math.min(left, this.#ahead.length));
      left -= piece.length;
      yield piece;
    }
  }

  #next(length: number): Buffer {
    const piece = this.#ahead.subarray(0, length);
    this.#ahead = this.#ahead.subarray(length);
    this.at += length;
    return piece;
  }

  async #fill(): Promise<void> {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, this.left));
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.at);
    if (bytesRead === 0) throw new BackupRefused(DAMAGED);
    this.#ahead = buffer.subarray(0, bytesRead);
  }
}

function isEmpty(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
