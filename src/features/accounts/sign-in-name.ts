/** The name an account signs in with. It is never shown to anybody else: bylines show pseuds. Pure. */
import { boundedKey, nameKey } from '../../platform/db/name-key.ts';
import { USERNAME_CHARACTERS } from '../site/index.ts';

/** The key by which names to sign in with are the same. */
export function signInNameKey(name: string): string {
  return boundedKey(nameKey(name));
}

/** What is wrong with a name, in one sentence, or null. As on AO3: letters, digits and `_`, a letter or a digit at both ends. */
export function signInNameProblem(name: string): string | null {
  const { least, most } = USERNAME_CHARACTERS;
  const length = [...name].length;
  if (length < least || length > most) return `A name to sign in with has ${least} to ${most} characters.`;
  if (!/^[\p{L}\p{M}\p{N}_]+$/u.test(name)) return 'A name to sign in with is made of letters, digits and _.';
  return /^[\p{L}\p{N}].*[\p{L}\p{M}\p{N}]$/u.test(name)
    ? null
    : 'A name to sign in with begins and ends with a letter or a digit.';
}
