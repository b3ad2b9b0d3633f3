/** Public ids: opaque and random, so that an archive cannot be walked by counting. */
import { randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id read aloud is not misheard. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const PUBLIC_ID_LENGTH = 10;

/** Random bytes are fetched for this many ids at once: asking costs more than the bytes. */
const FETCHED = 200;
let bytes = randomBytes(0);
let used = 0;

/** Ten random characters of base 32: 50 bits. */
export function newPublicId(): string {
  if (used + PUBLIC_ID_LENGTH > bytes.length) {
    bytes = randomBytes(PUBLIC_ID_LENGTH * FETCHED);
    used = 0;
  }
  let id = '';
  for (const byte of bytes.subarray(used, used + PUBLIC_ID_LENGTH)) id += ALPHABET[byte & 31];
  used += PUBLIC_ID_LENGTH;
  return id;
}

/** Whether a text has the form of a public id; anything else needs no look into the database. */
export function isPublicId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}
