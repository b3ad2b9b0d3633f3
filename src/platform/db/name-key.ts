/**
 * The key by which names are compared: the same for spellings that a person takes for the same name. Computed here,
 * never by the database, so that both databases agree.
 */
import { createHash } from 'node:crypto';

/** Marks are folded for Latin and Greek only: elsewhere they are letters (か and が, Hindi vowels, Thai tones). */
const LATIN_OR_GREEK_WITH_MARKS = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;

/** Most names. Nothing in them is changed by a normal form, so they are spared the longer way. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * @returns NFKC, case folded, marks folded for Latin and Greek, white space as single spaces, and control characters
 * too: PostgreSQL takes no NUL.
 */
export function nameKey(name: string): string {
  if (PRINTABLE_ASCII.test(name)) return name.toLowerCase().replace(/ +/g, ' ').trim();
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFD')
    .replace(LATIN_OR_GREEK_WITH_MARKS, '$1')
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Characters of a key that both databases can hold in an index, however many bytes each takes. */
const KEY_CHARACTERS = 500;

/** A key that an index can hold: a longer one is told by its beginning and its hash. */
export function boundedKey(key: string): string {
  if (key.length <= KEY_CHARACTERS) return key;
  return `${key.slice(0, 100).toWellFormed()}…${createHash('sha256').update(key).digest('hex')}`;
}
