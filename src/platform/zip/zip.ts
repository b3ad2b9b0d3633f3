/**
 * Zips that strangers made, opened for reading only: a list of what is inside, checked before anything is unpacked, and
 * the bytes of one entry at a time. Nothing is written anywhere. An entry that cannot be had says why and keeps no other
 * out. A zip inside a zip is an entry like any other: whoever opens it counts how deep they go.
 */
import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { entryName, isSystemLeftover } from './entry-name.ts';
import { SourceReader, sourceOf } from './random-access.ts';
import type { Source } from './random-access.ts';

export interface ZipLimits {
  /** Entries in a zip, folders and those that are refused among them. */
  entries: number;
  /** Bytes of one entry, unpacked. It is held in memory while it is read. */
  entryBytes: number;
  /** Bytes of all entries together, unpacked, as the zip states them; none can give more than it states. */
  totalBytes: number;
}

/** Ten years of downloads fit; what does not is split by its owner, or is no honest zip. */
export const ZIP_LIMITS: ZipLimits = { entries: 20_000, entryBytes: 256 * 2 ** 20, totalBytes: 8 * 2 ** 30 };

/** Prose packs to a third, the emptiest of markup to a fiftieth; deflate can reach a thousandth, with nothing inside. */
export const MAX_RATIO = 250;
/** Below this an entry is harmless, however well it packs. */
const RATIO_FROM = 2 ** 20;

export interface ZipEntry {
  /** Its path in the zip, with forward slashes; a folder's ends in one. Characters that cannot be shown are U+FFFD. */
  name: string;
  /** The bytes of the name were not UTF-8, so its letters are a guess (CP437). */
  nameGuessed: boolean;
  kind: 'file' | 'folder';
  /** Unpacked, as the zip states it. */
  size: number;
  packedSize: number;
  /** Where it stands in the zip's bytes (its local header). */
  offset: number;
  /** Stored as it is, not packed. */
  stored: boolean;
  /** Why this entry cannot be read: one sentence that speaks of "it", or null. */
  refusal: string | null;
}

export type ZipRead = { ok: true; bytes: Uint8Array } | { ok: false; reason: string };

export interface Zip {
  /** In the zip's own order, without what macOS adds for itself. */
  entries: readonly ZipEntry[];
  /** One entry unpacked, its size and checksum compared. Never throws. `entryBytes`: a narrower limit than the zip's. */
  read(entry: ZipEntry, limits?: Partial<Pick<ZipLimits, 'entryBytes'>>): Promise<ZipRead>;
  close(): Promise<void>;
}

export type ZipOpened = { ok: true; zip: Zip } | { ok: false; reason: string };

/**
 * Opens a zip, from a path without holding it in memory, or from bytes; reads its list of entries and nothing else.
 * Refused as a whole, with one sentence: what is no zip, empty, cut off, damaged in its list, in several parts, wholly
 * encrypted, over the limit of entries or of bytes. Never throws. Close it when done.
 */
export async function openZip(
  from: { path: string } | { bytes: Uint8Array },
  limits: Partial<ZipLimits> = {},
): Promise<ZipOpened> {
  const { entries: most, entryBytes, totalBytes } = { ...ZIP_LIMITS, ...limits };
  let source: Source;
  try {
    source = await sourceOf(from);
  } catch {
    return { ok: false, reason: 'This zip cannot be opened.' };
  }
  const refuse = async (reason: string): Promise<ZipOpened> => {
    await source.close().catch(() => undefined);
    return { ok: false, reason };
  };
  if (source.size === 0) return refuse('This file is empty.');
  try {
    const file = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      decodeStrings: false,
      lazyEntries: true,
      validateEntrySizes: false,
    });
    if (file.entryCount > most) return await refuse(tooMany(most));
    const listed = await list(file);
    if (listed.length === 0) return await refuse('This zip holds no files.');
    const entries = judge(listed, source.size, entryBytes);
    const total = entries.reduce((sum, { refusal, size }) => sum + (refusal === null ? size : 0), 0);
    if (total > totalBytes) return await refuse(`Unpacked, this zip is larger than ${inWords(totalBytes)}.`);
    const raw = new Map(entries.map((entry, i) => [entry, listed[i]]));
    return {
      ok: true,
      zip: {
        entries: entries.filter(({ name }) => !isSystemLeftover(name)),
        read: async (entry, narrower = {}) =>
          readEntry(file, source, entry, raw.get(entry), Math.min(narrower.entryBytes ?? entryBytes, entryBytes)),
        close: async () => source.close().catch(() => undefined),
      },
    };
  } catch (error) {
    return refuse(await sentenceFor(error, source));
  }
}

async function list(file: ZipFile): Promise<Entry[]> {
  const listed: Entry[] = [];
  for await (const entry of file.eachEntry()) listed.push(entry);
  return listed;
}

/** Every entry with what speaks against it, from the list alone. */
function judge(listed: readonly Entry[], zipSize: number, entryBytes: number): ZipEntry[] {
  const names = new Set<string>();
  const entries = listed.map((raw): ZipEntry => {
    const { name, guessed, refusal } = entryName(raw);
    const again = names.has(name);
    names.add(name);
    return {
      name,
      nameGuessed: guessed,
      kind: name.endsWith('/') ? 'folder' : 'file',
      size: raw.uncompressedSize,
      packedSize: raw.compressedSize,
      offset: raw.relativeOffsetOfLocalHeader,
      stored: raw.compressionMethod === 0,
      refusal:
        refusal ?? contentRefusal(raw, zipSize, entryBytes) ?? (again ? 'Another file has the same name.' : null),
    };
  });
  refuseOverlaps(entries, listed);
  return entries;
}

const LOCAL_HEADER = 30;
/** The kind of file in a Unix mode: a plain file, a folder, or not said. */
const PLAIN_KINDS = new Set([0x8000, 0x4000, 0]);

function contentRefusal(raw: Entry, zipSize: number, entryBytes: number): string | null {
  const kind = (raw.externalFileAttributes >>> 16) & 0xf000;
  if (kind === 0xa000) return 'It is a link to another place, not a file.';
  if (!PLAIN_KINDS.has(kind)) return 'It is a device or the like, not a file.';
  if (raw.isEncrypted() || raw.compressionMethod === 99) return 'It is protected by a password.';
  if (raw.compressionMethod !== 0 && raw.compressionMethod !== 8) {
    return 'It is packed in a way that cannot be read. Pack the zip again with an ordinary program.';
  }
  const end = raw.relativeOffsetOfLocalHeader + LOCAL_HEADER + raw.fileNameLength + raw.compressedSize;
  if (!(end <= zipSize)) return 'It is cut off.';
  if (raw.compressionMethod === 0 && raw.compressedSize !== raw.uncompressedSize) return DAMAGED;
  if (raw.uncompressedSize > RATIO_FROM && raw.uncompressedSize > raw.compressedSize * MAX_RATIO) return BOMB;
  if (raw.uncompressedSize > entryBytes) return tooLarge(entryBytes);
  return null;
}

const DAMAGED = 'It is damaged.';
const BOMB = 'It unpacks to far more than any text does.';

/** Entries that share bytes unpack the same bytes many times: that is how small bombs are made. Both are refused. */
function refuseOverlaps(entries: readonly ZipEntry[], listed: readonly Entry[]): void {
  const byPlace = entries
    .map((entry, i) => ({
      entry,
      end: entry.offset + LOCAL_HEADER + (listed[i]?.fileNameLength ?? 0) + entry.packedSize,
    }))
    .toSorted((a, b) => a.entry.offset - b.entry.offset);
  let furthest = byPlace[0];
  for (const place of byPlace.slice(1)) {
    if (furthest && place.entry.offset < furthest.end) {
      for (const { entry } of [furthest, place]) entry.refusal ??= 'It overlaps another file in the zip.';
    }
    if (!furthest || place.end > furthest.end) furthest = place;
  }
}

const inflate = promisify(inflateRaw);
/** Smaller ones are unpacked at once: handing them to another thread takes longer. */
const AT_ONCE = 2 ** 20;

async function readEntry(
  file: ZipFile,
  source: Source,
  entry: ZipEntry,
  raw: Entry | undefined,
  entryBytes: number,
): Promise<ZipRead> {
  if (!raw || entry.kind === 'folder') return { ok: false, reason: 'It is a folder.' };
  if (entry.refusal !== null) return { ok: false, reason: entry.refusal };
  if (entry.size > entryBytes) return { ok: false, reason: tooLarge(entryBytes) };
  let packed: Uint8Array;
  try {
    const { fileDataStart } = await file.readLocalFileHeaderPromise(raw, { minimal: true });
    packed = await source.piece(fileDataStart, raw.compressedSize);
  } catch {
    return { ok: false, reason: DAMAGED };
  }
  try {
    // A copy: what is given away may be changed or handed to a thread, which would take the zip's own bytes with it.
    const bytes = entry.stored ? packed.slice() : await unpacked(packed, entry.size);
    if (bytes.length !== entry.size || crc32(bytes) !== raw.crc32) return { ok: false, reason: DAMAGED };
    return { ok: true, bytes };
  } catch (error) {
    const more = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, reason: more ? 'It holds more than the zip says.' : DAMAGED };
  }
}

/** At most the stated bytes come out, whatever is inside. @throws for more, and for what is not deflate. */
async function unpacked(packed: Uint8Array, size: number): Promise<Uint8Array> {
  const maxOutputLength = Math.max(1, size);
  // In one piece, where that is small: pieces would be joined by copying.
  if (size <= AT_ONCE) return inflateRawSync(packed, { maxOutputLength, chunkSize: Math.max(64, size + 1) });
  return inflate(packed, { maxOutputLength });
}

/** What yauzl says of a zip whose list cannot be read, for people. */
async function sentenceFor(error: unknown, source: Source): Promise<string> {
  const said = error instanceof Error ? error.message : '';
  if (said.includes('strong encryption'))
    return 'This zip is protected by a password. Unpack it and import the folder.';
  if (said.includes('multi-disk')) return 'This is one part of a zip in several parts. Put them together first.';
  const begins = await source.piece(0, Math.min(4, source.size)).catch(() => new Uint8Array());
  const isZip = Buffer.from(begins).toString('latin1').startsWith('PK');
  if (said.startsWith('End of central directory')) {
    return isZip ? 'This zip is cut off: its list of files is missing.' : 'This is not a zip.';
  }
  return isZip ? 'This zip is damaged: its list of files cannot be read.' : 'This is not a zip.';
}

function tooMany(most: number): string {
  return `This zip holds more than ${most.toLocaleString('en')} files. Unpack it and import the folder.`;
}

function tooLarge(bytes: number): string {
  return `It is larger than ${inWords(bytes)}.`;
}

function inWords(bytes: number): string {
  if (bytes >= 2 ** 30) return `${Math.round(bytes / 2 ** 30)} GB`;
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MB` : `${bytes.toLocaleString('en')} bytes`;
}
