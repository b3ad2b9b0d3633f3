/**
 * Bytes to text, once, for every reader, and back again: byte order marks, UTF-16 and UTF-32, UTF-8, UTF-8 with stray
 * bytes in it, the code page an HTML page declares, and the old code pages of Windows, the Mac and Russian text.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessCodePage, macRomanIsClear } from './code-page.ts';
import { isNoise, signatureKind } from './file-kind.ts';
import { decodeAround, findStrays, isMixed } from './stray-bytes.ts';

export interface Decoded {
  /** Without a byte order mark; every line ends in a single line feed. Empty for a file that is not text. */
  text: string;
  /** The same with its line ends as they are. */
  raw: string;
  /**
   * The encoding the bytes were read in, by its WHATWG name, or `utf-32le` and `utf-32be`, which that list lacks. MacRoman
   * is `macintosh`. One other than the first eight only where HTML declares it.
   */
  encoding:
    | 'utf-8'
    | 'utf-16le'
    | 'utf-16be'
    | 'windows-1252'
    | 'macintosh'
    | 'windows-1251'
    | 'utf-32le'
    | 'utf-32be'
    | (string & {});
  /** The file began with a byte order mark, which `raw` is without. */
  mark: boolean;
  /** Offsets in `raw`, rising, of characters that were bytes outside UTF-8 in a file that is UTF-8 but for them. */
  strays: readonly number[];
  /** `encodeText(raw, encoding, mark, strays)` is the file, byte for byte. */
  lossless: boolean;
  /** What a person may want to know of the reading, a sentence each; empty for UTF-8. */
  said: string[];
  /** True when the content is plainly not text: an archive, a PDF, a picture, anything with NULs in it. */
  binary: boolean;
}

/**
 * Decodes a file. Marks are believed, then UTF-8 when every byte agrees with it, or when all but a few do; then an HTML
 * page's own declaration (pages of the old web in windows-1251 or shift_jis); the rest is the code page in which the
 * letters and quotes make most sense where they stand, Windows-1252 in doubt. Never throws.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (signatureKind(bytes)) return notText('utf-8', false);
  const { encoding, mark } = encodingOf(bytes);
  const content = mark ? bytes.subarray(markOf(encoding).length) : bytes;
  const { raw, strays } = decodeAs(content, encoding);
  if (isNoise(raw.slice(0, 16_384)) || raw.includes('\0')) return notText(encoding, mark);
  return {
    text: raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw,
    raw,
    encoding,
    mark,
    strays,
    lossless: isLossless(content, raw, encoding),
    said: sentences(encoding, strays.length),
    binary: false,
  };
}

/**
 * The way back: what `decodeText` answered in, the file's bytes out. The identity wherever it said `lossless`; characters
 * the encoding does not have become question marks.
 */
export function encodeText(
  raw: string,
  encoding: string,
  hadMark: boolean,
  strays: readonly number[] = [],
): Uint8Array {
  const content = strays.length > 0 ? encodeAround(raw, strays) : encodeAs(raw, encoding);
  return hadMark ? Buffer.concat([markOf(encoding), content]) : content;
}

function notText(encoding: string, mark: boolean): Decoded {
  return { text: '', raw: '', encoding, mark, strays: [], lossless: false, said: [], binary: true };
}

const MARKS: Record<string, readonly number[]> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  'utf-32le': [0xff, 0xfe, 0, 0],
  'utf-32be': [0, 0, 0xfe, 0xff],
};

function markOf(encoding: string): Uint8Array {
  return Uint8Array.from(MARKS[encoding] ?? []);
}

/** UTF-32 first: its little-endian mark begins with that of UTF-16. */
const MARKED = ['utf-32le', 'utf-32be', 'utf-16le', 'utf-16be', 'utf-8'] as const;

function encodingOf(bytes: Uint8Array): { encoding: string; mark: boolean } {
  for (const encoding of MARKED) {
    const wide = encoding.startsWith('utf-32');
    if (wide && bytes.length % 4 !== 0) continue;
    if (MARKS[encoding]?.every((byte, i) => bytes[i] === byte)) return { encoding, mark: true };
  }
  return { encoding: wideWithoutMark(bytes) ?? narrowEncoding(bytes), mark: false };
}

function narrowEncoding(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return 'utf-8';
  const declared = declaredEncoding(bytes);
  // What editors write into every page says little: only where the bytes plainly speak against it is it not followed.
  if (declared === 'windows-1252') return macRomanIsClear(bytes) ? 'macintosh' : declared;
  if (declared !== null) return declared;
  return isMixed(bytes) ? 'utf-8' : guessCodePage(bytes);
}

/** Text in an alphabet, written wide, has NULs beside every letter: after it (LE) or before it (BE), one or three. */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const looked = Math.min(bytes.length, 4096) & ~3;
  const nulls = [0, 0, 0, 0];
  if (looked >= 8 && bytes.length % 4 === 0) {
    for (let i = 0; i < looked; i++) if (bytes[i] === 0) nulls[i % 4] = (nulls[i % 4] ?? 0) + 1;
    const [a = 0, b = 0, c = 0, d = 0] = nulls;
    const most = (looked / 4) * 0.9;
    if (c >= most && d >= most && b >= most * 0.4 && a < most * 0.05) return 'utf-32le';
    if (a >= most && b >= most && c >= most * 0.4 && d < most * 0.05) return 'utf-32be';
  }
  return utf16WithoutMark(bytes);
}

function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const looked = Math.min(bytes.length, 4096) & ~1;
  if (looked < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < looked; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = looked / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be';
  return null;
}

/** `<meta charset>` or its http-equiv form in the first kilobytes of a page; null for anything that is not HTML. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  if (!/<(?:!doctype\s+html|html|head|meta|body)[\s>]/i.test(head)) return null;
  const label = /<meta\b[^<>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})/i.exec(head)?.[1];
  if (!label) return null;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith('utf-') ? null : encoding;
  } catch {
    return null; // a name no decoder knows
  }
}

function decodeAs(content: Uint8Array, encoding: string): { raw: string; strays: readonly number[] } {
  try {
    if (encoding === 'utf-8' && !isUtf8(content)) return decodeAround(content, findStrays(content));
    const raw = encoding.startsWith('utf-32')
      ? iconv.decode(Buffer.from(content), encoding, { stripBOM: false })
      : new TextDecoder(encoding, { ignoreBOM: true }).decode(content);
    return { raw, strays: [] };
  } catch {
    // Longer than a string may be (512 MiB): the importer's own limit on size comes first, this is the floor under it.
    return { raw: '\0', strays: [] };
  }
}

function encodeAs(raw: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(raw, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(raw, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(raw, 'utf16le').swap16();
  const table = singleByteTable(encoding);
  if (table) {
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = table.bytes[raw.charCodeAt(i)] ?? QUESTION_MARK;
    return bytes;
  }
  return iconv.encodingExists(encoding) ? iconv.encode(raw, encoding, { addBOM: false }) : Buffer.from(raw, 'utf8');
}

/** UTF-8, but for the strays, which are Windows-1252. */
function encodeAround(raw: string, strays: readonly number[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const at of strays) {
    pieces.push(Buffer.from(raw.slice(from, at), 'utf8'), encodeAs(raw.slice(at, at + 1), 'windows-1252'));
    from = at + 1;
  }
  pieces.push(Buffer.from(raw.slice(from), 'utf8'));
  return Buffer.concat(pieces);
}

/** An encoding of one byte a character. */
interface SingleByte {
  /** By code unit; a question mark for what the encoding does not have. */
  bytes: Uint8Array;
  /** Every byte is a character, and no two are the same one. */
  whole: boolean;
}

const QUESTION_MARK = 0x3f;
const tables = new Map<string, SingleByte | null>();

/** Null for an encoding of several bytes a character. */
function singleByteTable(encoding: string): SingleByte | null {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  let table: SingleByte | null = null;
  try {
    const signs = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    if (signs.length === 256) {
      const bytes = new Uint8Array(0x10000).fill(QUESTION_MARK);
      for (let byte = 0; byte < 256; byte++) bytes[signs.charCodeAt(byte)] = byte;
      table = { bytes, whole: new Set(signs).size === 256 && !signs.includes('\uFFFD') };
    }
  } catch {
    // Not an encoding of the list (UTF-32).
  }
  tables.set(encoding, table);
  return table;
}

/** Known without looking for UTF-8 and the code pages that use every byte; for the others it is tried. */
function isLossless(content: Uint8Array, raw: string, encoding: string): boolean {
  if (encoding === 'utf-8') return true;
  if (singleByteTable(encoding)?.whole) return true;
  const again = encodeAs(raw, encoding);
  return Buffer.compare(again, content) === 0;
}

const NAMES: Record<string, string> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'utf-32le': 'UTF-32',
  'utf-32be': 'UTF-32',
  'windows-1252': 'Windows-1252',
  macintosh: 'MacRoman',
  'windows-1251': 'Windows-1251',
  'koi8-r': 'KOI8-R',
};

function sentences(encoding: string, strays: number): string[] {
  if (strays > 0) {
    const bytes = strays === 1 ? 'one byte of it is not; it was' : `${strays} bytes of it are not; they were`;
    return [`The file is UTF-8, but ${bytes} read as Windows-1252.`];
  }
  return encoding === 'utf-8' ? [] : [`The file was read as ${NAMES[encoding] ?? encoding}.`];
}
