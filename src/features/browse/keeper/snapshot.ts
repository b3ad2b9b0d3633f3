/**
 * The segment on the disk: one file, written under another name and renamed once it is safe, so that a crash at any
 * moment leaves the old one or the new one whole. Whatever is wrong with it, it is not read.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Segment } from '../engine/segment.ts';

/** Changed whenever the bytes of a segment mean something else. */
export const SNAPSHOT_LAYOUT = 1;

const MAGIC = Buffer.from('FANFOLD\n', 'latin1');
/**
 * The header, in bytes: 8 magic, 4 layout, 4 checksum of all that follows, 8 version, 8 length of the segment, 2 length
 * of the archive's mark, and the mark; zeros to the end.
 */
const HEADER = 1_024;
const CHECKED_FROM = 16;
const MARK_AT = 34;
/** Bytes that are read, written and checked at a time. */
const PIECE = 8 * 1024 * 1024;
const NAME = 'browse.snapshot';
const UNFINISHED = /^browse\.snapshot\.[0-9a-f]+\.part$/;

export interface Snapshot {
  segment: Segment;
  /** Of which archive, and which history of it: see `archiveMark`. */
  mark: string;
}

export interface KeptSnapshot extends Snapshot {
  /** When it was written, UTC milliseconds. */
  at: number;
}

/** Why a snapshot is not read. */
export type Unusable = 'missing' | 'damaged' | 'other-layout';

export function snapshotPath(folder: string): string {
  return join(folder, NAME);
}

/** Keeps a segment in the folder, which is made when it is missing. What is resolved is on the disk. */
export async function writeSnapshot(folder: string, { segment, mark }: Snapshot): Promise<void> {
  const path = snapshotPath(folder);
  const bytes = new Uint8Array(segment.buffer);
  const header = headerOf(segment, mark);
  let sum = crc32(header.subarray(CHECKED_FROM));
  // Others of this thread have their turn between two pieces.
  for (const piece of piecesOf(bytes)) {
    sum = crc32(piece, sum);
    await new Promise(setImmediate);
  }
  header.writeUInt32LE(sum, 12);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await writeAll(file, header);
      for (const piece of piecesOf(bytes)) await writeAll(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Reads the snapshot of a folder into shared memory. @returns why not, when it cannot be used. */
export async function readSnapshot(folder: string): Promise<KeptSnapshot | { unusable: Unusable }> {
  const path = snapshotPath(folder);
  try {
    // Asked before it is opened: a pipe would be waited for.
    if (!(await stat(path)).isFile()) return { unusable: 'damaged' };
    const file = await open(path, 'r');
    try {
      return await readFrom(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    // Whatever stands there instead, or however its disk fails: the truth is read, and the archive goes on.
    return { unusable: error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'damaged' };
  }
}

async function readFrom(file: FileHandle): Promise<KeptSnapshot | { unusable: Unusable }> {
  const header = Buffer.alloc(HEADER);
  if (!(await readAll(file, header, 0)) || !header.subarray(0, 8).equals(MAGIC)) return { unusable: 'damaged' };
  if (header.readUInt32LE(8) !== SNAPSHOT_LAYOUT) return { unusable: 'other-layout' };
  const version = Number(header.readBigUInt64LE(16));
  const length = Number(header.readBigUInt64LE(24));
  const marked = header.readUInt16LE(32);
  // Asked before so much memory is taken.
  const { size, mtimeMs } = await file.stat();
  if (size !== HEADER + length || MARK_AT + marked > HEADER) return { unusable: 'damaged' };
  const buffer = new SharedArrayBuffer(length);
  const pieces = [...piecesOf(new Uint8Array(buffer))];
  // While one piece is checked, the next is read.
  const read = (place: number) => {
    const piece = pieces[place];
    return piece === undefined ? null : readAll(file, piece, HEADER + place * PIECE);
  };
  let sum = crc32(header.subarray(CHECKED_FROM));
  let reading = read(0);
  for (const [place, piece] of pieces.entries()) {
    if (!(await reading)) return { unusable: 'damaged' };
    reading = read(place + 1);
    sum = crc32(piece, sum);
  }
  if (sum !== header.readUInt32LE(12)) return { unusable: 'damaged' };
  return { segment: { buffer, version }, mark: header.toString('utf8', MARK_AT, MARK_AT + marked), at: mtimeMs };
}

/** Removes the snapshot and what unfinished writes have left of others. */
export async function removeSnapshot(folder: string): Promise<void> {
  await rm(snapshotPath(folder), { recursive: true, force: true });
  await sweepUnfinished(folder);
}

/** Removes what unfinished writes have left. Only whoever has the folder's lock may. */
export async function sweepUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (UNFINISHED.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** @returns the size of the snapshot in bytes, 0 without one. */
export async function snapshotBytes(folder: string): Promise<number> {
  return stat(snapshotPath(folder)).then(
    ({ size }) => size,
    () => 0,
  );
}

function headerOf(segment: Segment, mark: string): Buffer {
  const header = Buffer.alloc(HEADER);
  const marked = Buffer.from(mark, 'utf8');
  if (MARK_AT + marked.length > HEADER) throw new Error('The mark of the archive is longer than a header.');
  MAGIC.copy(header);
  header.writeUInt32LE(SNAPSHOT_LAYOUT, 8);
  header.writeBigUInt64LE(BigInt(segment.version), 16);
  header.writeBigUInt64LE(BigInt(segment.buffer.byteLength), 24);
  header.writeUInt16LE(marked.length, 32);
  marked.copy(header, MARK_AT);
  return header;
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

/** Fills `bytes` from a place in the file. @returns false when the file ends before. */
async function readAll(file: FileHandle, bytes: Uint8Array, from: number): Promise<boolean> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
