/** The outer shell of an EPUB: a zip by the rules of the container format, its package file found, its locks looked at. */
import { openZip } from '../../../../platform/zip/zip.ts';
import type { Zip, ZipEntry } from '../../../../platform/zip/zip.ts';
import { decodeText } from '../../decode.ts';
import { fileKind } from '../../file-kind.ts';
import { MAKE_AGAIN, mimetypeFault, nameFault } from './container-rules.ts';
import { below, parseXml } from './xml.ts';

export interface Container {
  /** The package file's path. */
  packagePath: string;
  /** Slips in the container that did not keep the book from being read: a sentence each. */
  slips: string[];
  /** A file of the book as text; null when there is none of this name, or it cannot be read. Spelling and case may differ. */
  text(path: string): Promise<string | null>;
  /** Why a file could not be had, as the end of a sentence; undefined for one that could. */
  lost: ReadonlyMap<string, string>;
}

/** One page, style sheet or list; a novel in one page has a tenth of it. A parser needs sixty times as much memory. */
export const PART_BYTES = 12 * 2 ** 20;
/** All that is read of a book: its words, never its pictures. The longest works have two thirds of it. */
export const BOOK_BYTES = 48 * 2 ** 20;

type Opened = { ok: true; container: Container } | { ok: false; reason: string };

/** Bytes in; a container, or the sentence that says by which rule it is none. Never throws. */
export async function openContainer(bytes: Uint8Array): Promise<Opened> {
  const refusal = otherKind(bytes);
  if (refusal) return { ok: false, reason: refusal };
  const opened = await openZip({ bytes });
  if (!opened.ok) return { ok: false, reason: `${opened.reason.replace(/\bzip\b/, 'EPUB')} ${MAKE_AGAIN}` };
  const { zip } = opened;
  const { entries } = zip;
  const lost = new Map<string, string>();
  const text = textReader(zip, lost);
  const names = new Set(entries.map(({ name }) => name));
  if (names.has('[Content_Types].xml') && !names.has(CONTAINER)) {
    return { ok: false, reason: 'This is an Office file (DOCX or the like) that is called an EPUB.' };
  }
  const fault = nameFault(entries);
  if (fault) return { ok: false, reason: fault };
  const mimetype = mimetypeFault(entries, bytes, await text('mimetype'));
  if (mimetype && 'fault' in mimetype) return { ok: false, reason: mimetype.fault };
  const locked = await lockedSentence(text, entries);
  if (locked) return { ok: false, reason: locked };
  const found = await findPackage(text);
  if (!found.ok) return found;
  const slips = [...(mimetype ? [mimetype.slip] : [])];
  return { ok: true, container: { packagePath: found.path, slips, text, lost } };
}

const CONTAINER = 'META-INF/container.xml';

/** What a file called an EPUB is instead. */
function otherKind(bytes: Uint8Array): string | null {
  const kind = fileKind({ bytes, text: '' });
  if (kind === 'empty') return 'This file is empty.';
  if (kind === 'picture') return 'This is a picture that is called an EPUB.';
  if (kind === 'mobi') return 'This is a Kindle file that is called an EPUB.';
  return null;
}

function textReader(zip: Zip, lost: Map<string, string>): Container['text'] {
  const byName = new Map(zip.entries.map((entry) => [entry.name, entry]));
  const bySpelling = new Map(zip.entries.map((entry) => [spelling(entry.name), entry]));
  let budget = BOOK_BYTES;
  return async (path) => {
    const entry: ZipEntry | undefined = byName.get(path) ?? bySpelling.get(spelling(path));
    const why = (reason: string): null => {
      lost.set(path, reason);
      return null;
    };
    if (!entry) return why('is missing');
    if (entry.size > budget) return why(`makes the book longer than ${BOOK_BYTES / 2 ** 20} MB of text`);
    const read = await zip.read(entry, { entryBytes: PART_BYTES });
    if (!read.ok) return why(`cannot be unpacked (${read.reason.replace(/^It(s?) (.*)\.$/, 'it$1 $2')})`);
    budget -= read.bytes.length;
    return decodePart(read.bytes);
  };
}

function spelling(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** XML says its encoding in its first line; without that, it is told from the bytes. */
function decodePart(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  const label = /^<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([\w-]{2,30})["']/.exec(head)?.[1]?.toLowerCase();
  if (label !== undefined && !label.startsWith('utf')) {
    try {
      return new TextDecoder(label).decode(bytes);
    } catch {
      // a name no decoder knows
    }
  }
  return decodeText(bytes).text;
}

async function findPackage(
  text: Container['text'],
): Promise<{ ok: true; path: string } | { ok: false; reason: string }> {
  const written = await text(CONTAINER);
  if (written === null) {
    return { ok: false, reason: `This EPUB lacks META-INF/container.xml, which leads to the book. ${MAKE_AGAIN}` };
  }
  const parsed = parseXml(written);
  const roots = parsed ? below(parsed.root, 'rootfile') : [];
  const root = roots.find((one) => one.attributes.get('media-type') === 'application/oebps-package+xml') ?? roots.at(0);
  const path = root?.attributes.get('full-path')?.replace(/^\/+/, '');
  if (!path) return { ok: false, reason: `This EPUB’s META-INF/container.xml names no book. ${MAKE_AGAIN}` };
  return { ok: true, path };
}

/** Ways to scramble fonts so that they cannot be taken out of a book; they lock no text. */
const FONT_SCRAMBLERS = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']);

async function lockedSentence(text: Container['text'], entries: readonly ZipEntry[]): Promise<string | null> {
  const locked = 'This EPUB is locked by copy protection (DRM), so its text cannot be read. Import a copy without it.';
  if (!entries.some(({ name }) => name === 'META-INF/encryption.xml')) return null;
  const parsed = parseXml((await text('META-INF/encryption.xml')) ?? '');
  if (!parsed) return 'In this EPUB the list of what is encrypted cannot be read, so its text may be locked.';
  const encrypted = below(parsed.root, 'EncryptedData').map((data) =>
    below(data, 'EncryptionMethod').at(0)?.attributes.get('Algorithm'),
  );
  return encrypted.some((algorithm) => !FONT_SCRAMBLERS.has(algorithm ?? '')) ? locked : null;
}
