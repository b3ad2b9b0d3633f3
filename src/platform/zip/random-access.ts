/** Where a zip's bytes come from: memory, or a file on disk of which only the pieces asked for are read. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { RandomAccessReader } from 'yauzl';

export interface Source {
  size: number;
  /** @returns exactly these bytes. @throws when the source has no such bytes, or can no longer be read. */
  piece(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @throws when the file cannot be opened. */
export async function sourceOf(from: { path: string } | { bytes: Uint8Array }): Promise<Source> {
  if ('bytes' in from) return memory(from.bytes);
  const file = await open(from.path, 'r');
  try {
    return disk(file, (await file.stat()).size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function memory(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    async piece(from, length) {
      checkRange(from, length, bytes.length);
      return bytes.subarray(from, from + length);
    },
    async close() {},
  };
}

/** A zip's list of files is read in pieces of some dozen bytes that follow each other: so more is read at once. */
const AHEAD = 64 * 1024;

function disk(file: FileHandle, size: number): Source {
  let ahead: { from: number; bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() };
  return {
    size,
    async piece(from, length) {
      checkRange(from, length, size);
      const start = from - ahead.from;
      if (start >= 0 && start + length <= ahead.bytes.length) return ahead.bytes.subarray(start, start + length);
      const bytes = await readAt(file, from, Math.min(Math.max(length, AHEAD), size - from));
      if (bytes.length < length) throw new Error('The file became shorter while it was read.');
      // A large entry is handed over and not kept.
      if (length < AHEAD) ahead = { from, bytes };
      return bytes.length === length ? bytes : bytes.subarray(0, length);
    },
    close: async () => file.close(),
  };
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/** What a header claims may be anything up to 2^64: it is judged before it reaches the file system. */
function checkRange(from: number, length: number, size: number): void {
  if (!Number.isSafeInteger(from) || from < 0 || length < 0 || from + length > size) {
    throw new Error('The zip has no such bytes.');
  }
}

/** A source in the shape that yauzl asks for. */
export class SourceReader extends RandomAccessReader {
  readonly #source: Source;

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    void this.#answer(buffer, offset, length, position, callback);
  }

  async #answer(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): Promise<void> {
    try {
      buffer.set(await this.#source.piece(position, length), offset);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    callback(null);
  }
}
