/** Writes a tar to a file, one entry after the other, holding no more of it than the entry's own piece. */
import type { FileHandle } from 'node:fs/promises';
import { BLOCK, paddingOf, tarHeader } from './tar-header.ts';

export interface TarWriter {
  /** Adds a file. Its pieces together must be as long as said. */
  add(name: string, size: number, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** Ends the tar. @returns its length in bytes. */
  end(): Promise<number>;
}

export function tarWriter(file: FileHandle, at: number): TarWriter {
  const seconds = Math.floor(at / 1000);
  let length = 0;
  const write = async (pieces: Uint8Array[]) => {
    for (let left = pieces; left.length > 0;) {
      const { bytesWritten } = await file.writev(left);
      length += bytesWritten;
      left = afterBytes(left, bytesWritten);
    }
  };
  return {
    async add(name, size, content) {
      const header = tarHeader({ name, size, at: seconds });
      const padding = Buffer.alloc(paddingOf(size));
      if (content instanceof Uint8Array) {
        if (content.length !== size) throw new Error(`${name} has another size than said.`);
        return write([header, content, padding]);
      }
      await write([header]);
      let written = 0;
      for await (const piece of content) {
        written += piece.length;
        await write([piece]);
      }
      if (written !== size) throw new Error(`${name} has changed while it was copied.`);
      await write([padding]);
    },
    async end() {
      await write([Buffer.alloc(2 * BLOCK)]);
      return length;
    },
  };
}

/** A write may take less than it was given. */
function afterBytes(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  const left: Uint8Array[] = [];
  for (const piece of pieces) {
    if (skip >= piece.length) skip -= piece.length;
    else {
      left.push(piece.subarray(skip));
      skip = 0;
    }
  }
  return left;
}
