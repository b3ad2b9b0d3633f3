/** The names of a zip's entries: what was meant, and which of them would lead out of a folder. */
import { isUtf8 } from 'node:buffer';
import { getFileNameLowLevel } from 'yauzl';
import type { Entry } from 'yauzl';

export interface EntryName {
  /** With forward slashes between folders. What cannot be shown (control characters) stands as U+FFFD. */
  name: string;
  /** The bytes of the name were not UTF-8 and were read as CP437, the old page of DOS; the letters may be others. */
  guessed: boolean;
  /** Why nothing may be written or looked up under this name: one sentence, or null. */
  refusal: string | null;
}

/** Longer than any file system takes. */
const LONGEST = 2000;

/** UTF-8 where the bytes are, whatever the flag says (macOS does not set it); else Info-ZIP's own field, else CP437. */
export function entryName(entry: Entry): EntryName {
  const raw = entry.fileNameRaw;
  const utf8 = isUtf8(raw);
  const flag = utf8 ? 0x800 : 0;
  const written = getFileNameLowLevel(flag, raw, entry.extraFields, true);
  return { name: written.replace(/\p{Cc}/gu, '\ufffd'), guessed: !utf8, refusal: refusalOf(written) };
}

function refusalOf(name: string): string | null {
  if (name === '') return 'It has no name.';
  if (name.length > LONGEST) return 'Its name is too long.';
  if (/\p{Cc}/u.test(name)) return 'Its name has control characters in it.';
  if (name.includes('\\')) return 'Its name has a backslash in it.';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'Its name begins outside the zip.';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..')) return 'Its name leads out of the zip.';
  if (parts.includes('.') || parts.includes('')) return 'Its name is not a plain path.';
  return null;
}

/** What macOS puts beside the files of a zip for itself: resource forks and the settings of windows. */
export function isSystemLeftover(name: string): boolean {
  return /(?:^|\/)__MACOSX(?:\/|$)|(?:^|\/)\.DS_Store$/.test(name);
}
