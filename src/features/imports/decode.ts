/** Bytes to text, once, for every reader: byte order marks, UTF-16 without one, UTF-8, and the old code pages. */
import { isUtf8 } from 'node:buffer';
import { isNoise, signatureKind } from './file-kind.ts';

export interface Decoded {
  /** Without a byte order mark; every line ends in a single line feed. Empty for a file that is not text. */
  text: string;
  /** The encoding the bytes were read in, by its WHATWG name; one other than the first four only where HTML declares it. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | (string & {});
  /** True when the content is plainly not text: an archive, a PDF, a picture, anything with NULs in it. */
  binary: boolean;
}

/**
 * Decodes a file. UTF-8 is believed when every byte agrees with it; otherwise an HTML page's own declaration is
 * followed (pages of the old web in windows-1251 or shift_jis), and all the rest is Windows-1252, in which no byte is
 * invalid. Never throws.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (signatureKind(bytes)) return { text: '', encoding: 'utf-8', binary: true };
  const encoding = encodingOf(bytes);
  const text = decodeAs(bytes, encoding);
  if (isNoise(text.slice(0, 16_384)) || text.includes('\0')) return { text: '', encoding, binary: true };
  return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, encoding, binary: false };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const wide = utf16WithoutMark(bytes);
  if (wide) return wide;
  if (isUtf8(bytes)) return 'utf-8';
  return declaredEncoding(bytes) ?? 'windows-1252';
}

/** Text in an alphabet, written as UTF-16, has a NUL in every other byte: after the letter (LE) or before it (BE). */
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

function decodeAs(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // Longer than a string may be (512 MiB): the importer's own limit on size comes first, this is the floor under it.
    return '\0';
  }
}
