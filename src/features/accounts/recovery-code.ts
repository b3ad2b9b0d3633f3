/** Codes that a person writes down: to get back in without the password, and to invite. Pure but for the dice. */
import { randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, which are misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 4;
const GROUP_CHARACTERS = 5;

/** A new code: 20 random characters of base 32, 100 bits, in groups of five: `k3m9x-2q4zt-…`. */
export function newCode(): string {
  const characters = [...randomBytes(GROUPS * GROUP_CHARACTERS)].map((byte) => ALPHABET[byte & 31]).join('');
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS),
  ).join('-');
}

/** A code as it was made, from how a person typed it: capitals, spaces and misread letters do not matter. */
export function typedCode(typed: string): string {
  const characters = typed
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return characters.match(/.{1,5}/g)?.join('-') ?? '';
}
