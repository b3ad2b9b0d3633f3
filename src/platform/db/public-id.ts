/** Public ids: opaque and random, so that an archive cannot be walked by counting. */
import { randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id read aloud is not misheard. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const PUBLIC_ID_LENGTH = 10;

/** Ten random characters of base 32: 50 bits. */
export function newPublicId(): string {
  let id = '';
  for (const byte of randomBytes(PUBLIC_ID_LENGTH)) id += ALPHABET[byte & 31];
  return id;
}

/** Whether a text has the form of a public id; anything else needs no look into the database. */
export function isPublicId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}
