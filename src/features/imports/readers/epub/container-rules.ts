/** What the EPUB Open Container Format asks of the zip around a book: the names in it, and the file that says what it is. */
import type { ZipEntry } from '../../../../platform/zip/zip.ts';

/** Characters that no name in a container may have (OCF 3.3, section 4.2.2), each with how people call it. */
const FORBIDDEN =
  /["*:<>?\\|\p{Cc}\u{e000}-\u{f8ff}\u{fdd0}-\u{fdef}\u{fff0}-\u{ffff}\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]/u;

/** The first fault of the names in a container, as one sentence; null when there is none. */
export function nameFault(entries: readonly ZipEntry[]): string | null {
  const seen = new Map<string, string>();
  for (const { name, nameGuessed } of entries) {
    if (nameGuessed) return `In this EPUB the name of a file is not UTF-8 (“${name}”). ${MAKE_AGAIN}`;
    const sign = FORBIDDEN.exec(name)?.[0];
    if (sign !== undefined) {
      return `In this EPUB a file’s name has a forbidden character (${called(sign)} in “${name}”). ${MAKE_AGAIN}`;
    }
    const part = name.split('/').find((segment) => segment.endsWith('.'));
    if (part !== undefined) return `In this EPUB a file’s name ends in a full stop (“${part}”). ${MAKE_AGAIN}`;
    const key = folded(name);
    const other = seen.get(key);
    if (other === name) return `This EPUB holds two files of the same name (“${name}”). ${MAKE_AGAIN}`;
    if (other !== undefined) {
      return `This EPUB holds two files whose names count as the same (“${other}” and “${name}”). ${MAKE_AGAIN}`;
    }
    seen.set(key, name);
  }
  return null;
}

/** What a person can do about a broken container. */
export const MAKE_AGAIN = 'Download it again, or save it anew with a program for e-books.';

/** Canonical normal form and full case folding, by which OCF compares names: ß is ss, Å as one sign is Å as two. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function called(sign: string): string {
  const visible = /^[\x21-\x7e]$/.test(sign);
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return visible ? sign : `U+${code}`;
}

export const EPUB_TYPE = 'application/epub+zip';

/**
 * What is wrong with the file `mimetype`, whose bytes are read from the zip itself: it must be there, hold the type of an
 * EPUB and nothing else, and its header must be bare. That it stands first and is not packed is asked too, but a book is
 * not refused for it.
 */
export function mimetypeFault(
  entries: readonly ZipEntry[],
  zip: Uint8Array,
  content: string | null,
): { fault: string } | { slip: string } | null {
  const entry = entries.find(({ name }) => name === 'mimetype');
  if (!entry) return { fault: `This EPUB lacks its file “mimetype”, which says that it is one. ${MAKE_AGAIN}` };
  const header = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const extraAt = entry.offset + 28;
  if (extraAt + 2 <= zip.length && header.getUint16(extraAt, true) > 0) {
    return { fault: `In this EPUB the file “mimetype” has an extra field in its header. ${MAKE_AGAIN}` };
  }
  if (content?.trim() !== EPUB_TYPE) {
    return { fault: `The file “mimetype” in this EPUB does not say that it is one. ${MAKE_AGAIN}` };
  }
  if (!entry.stored) return { slip: 'The EPUB’s file “mimetype” is packed, which it may not be.' };
  return entries[0] === entry ? null : { slip: 'The EPUB’s file “mimetype” is not the first, which it must be.' };
}
