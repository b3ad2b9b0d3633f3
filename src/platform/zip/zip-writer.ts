/**
 * Writes a zip as a stream of pieces: one file at a time in memory, its size and sum known before it is written, so that any
 * program can read it from the beginning. Beyond 4 GB or 65,535 files it says so in the fields that zip has for that (zip64).
 */
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

export interface ZipFile {
  path: string;
  content: string | Uint8Array;
}

interface Written {
  name: Buffer;
  sum: number;
  packed: number;
  size: number;
  method: number;
  at: number;
}

const LARGEST_32 = 0xffffffff;
const LARGEST_16 = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** Below this many bytes packing saves nothing. */
const WORTH_BYTES = 64;
const VERSION = 20;
const VERSION_64 = 45;

/** @param at the time that all files bear. Each file has less than 4 GB. */
export async function* writeZip(files: AsyncIterable<ZipFile>, at: number): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  const when = dosTime(at);
  let offset = 0;
  for await (const { path, content } of files) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const small = bytes.length < WORTH_BYTES ? bytes : await deflate(bytes);
    const isSmaller = small.length < bytes.length;
    const body = isSmaller ? small : bytes;
    const file: Written = {
      name: Buffer.from(path),
      sum: crc32(bytes),
      packed: body.length,
      size: bytes.length,
      method: isSmaller ? DEFLATED : STORED,
      at: offset,
    };
    written.push(file);
    const head = localHead(file, when);
    offset += head.length + body.length;
    yield head;
    if (body.length > 0) yield body;
  }
  const began = offset;
  for (const file of written) {
    const entry = centralEntry(file, when);
    offset += entry.length;
    yield entry;
  }
  yield end(written.length, began, offset - began);
}

function localHead(file: Written, when: number): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  common(head, file, when, 6);
  return Buffer.concat([head, file.name]);
}

function centralEntry(file: Written, when: number): Buffer {
  const isFar = file.at >= LARGEST_32;
  const far = Buffer.alloc(isFar ? 12 : 0);
  if (isFar) {
    far.writeUInt16LE(1, 0);
    far.writeUInt16LE(8, 2);
    far.writeBigUInt64LE(BigInt(file.at), 4);
  }
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(isFar ? VERSION_64 : VERSION, 4);
  entry.writeUInt16LE(isFar ? VERSION_64 : VERSION, 6);
  common(entry, file, when, 8);
  entry.writeUInt16LE(far.length, 30);
  entry.writeUInt32LE(isFar ? LARGEST_32 : file.at, 42);
  return Buffer.concat([entry, file.name, far]);
}

/** The fields that a file's head and its entry in the list share. */
function common(into: Buffer, file: Written, when: number, from: number): void {
  into.writeUInt16LE(FLAGS, from);
  into.writeUInt16LE(file.method, from + 2);
  into.writeUInt32LE(when, from + 4);
  into.writeUInt32LE(file.sum, from + 8);
  into.writeUInt32LE(file.packed, from + 12);
  into.writeUInt32LE(file.size, from + 16);
  into.writeUInt16LE(file.name.length, from + 20);
}

function end(files: number, began: number, length: number): Buffer {
  const isLarge = files >= LARGEST_16 || began >= LARGEST_32 || length >= LARGEST_32;
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(Math.min(files, LARGEST_16), 8);
  last.writeUInt16LE(Math.min(files, LARGEST_16), 10);
  last.writeUInt32LE(Math.min(length, LARGEST_32), 12);
  last.writeUInt32LE(Math.min(began, LARGEST_32), 16);
  if (!isLarge) return last;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(VERSION_64, 12);
  large.writeUInt16LE(VERSION_64, 14);
  large.writeBigUInt64LE(BigInt(files), 24);
  large.writeBigUInt64LE(BigInt(files), 32);
  large.writeBigUInt64LE(BigInt(length), 40);
  large.writeBigUInt64LE(BigInt(began), 48);
  // Where the record above begins.
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(began + length), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, last]);
}

/** Date and time as zip writes them, in UTC, from 1980 on, to two seconds. */
function dosTime(at: number): number {
  const date = new Date(Math.max(at, Date.UTC(1980, 0, 1)));
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
