/** The parts of a word processor's file, which is a zip: opened with the archive's limits, read as XML text. */
import { SaxesParser } from 'saxes';
import { openZip } from '../../../platform/zip/zip.ts';

/** A novel's text with all its markup is a tenth of this. */
const MAX_PART = 96 * 2 ** 20;
const MAX_ALL = 2 * MAX_PART;
const MAX_ENTRIES = 20_000;

export type OfficeParts =
  | { ok: true; parts: ReadonlyMap<string, string>; names: readonly string[] }
  | { ok: false; reason: string };

/**
 * Bytes of a file in, the wanted parts out as text (those that are there), and the names of all. Refused with a sentence
 * when the zip is damaged, encrypted or larger than any document; a wanted part that cannot be read refuses the file.
 */
export async function readOfficeParts(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  mostOfPart = MAX_PART,
): Promise<OfficeParts> {
  const opened = await openZip({ bytes }, { entries: MAX_ENTRIES, entryBytes: mostOfPart });
  if (!opened.ok) return { ok: false, reason: `This document cannot be opened. ${opened.reason}` };
  const { zip } = opened;
  try {
    const parts = new Map<string, string>();
    let total = 0;
    for (const entry of zip.entries) {
      if (entry.kind === 'folder' || !wanted(entry.name)) continue;
      total += entry.size;
      if (total > MAX_ALL)
        return { ok: false, reason: 'This document is larger inside than any text. Split it into smaller ones.' };
      const read = entry.refusal === null ? await zip.read(entry) : { ok: false as const, reason: entry.refusal };
      if (!read.ok)
        return { ok: false, reason: `This document cannot be read: its part ${entry.name} is refused. ${read.reason}` };
      parts.set(entry.name, decodeXml(read.bytes));
    }
    return { ok: true, parts, names: zip.entries.map((entry) => entry.name) };
  } finally {
    await zip.close();
  }
}

/** XML is UTF-8 unless a mark says UTF-16; office programs write nothing else. */
function decodeXml(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  return new TextDecoder(wide ?? 'utf-8').decode(bytes);
}

export interface XmlListener {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads XML from left to right. Faults (an unclosed element, an unknown entity, which is never expanded) do not stop it;
 * it answers how many there were.
 */
export function readXml(xml: string, listener: XmlListener): number {
  const parser = new SaxesParser({});
  let faults = 0;
  parser.on('error', () => void faults++);
  parser.on('opentag', (tag) => listener.open(tag.name, tag.attributes));
  parser.on('closetag', (tag) => listener.close(tag.name));
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  try {
    parser.write(xml).close();
  } catch {
    faults++;
  }
  return faults;
}
