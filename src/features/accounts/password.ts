/** What makes a password one that this archive takes. Pure. */
import { nameKey } from '../../platform/db/name-key.ts';
import { PASSWORD_BYTES } from '../site/index.ts';
import { isCommonPassword } from './common-passwords.ts';

/** What is wrong with a password, in one sentence, or null. `names`: what its person goes by, here and in public. */
export function passwordProblem(password: string, names: readonly string[]): string | null {
  const { least, most } = PASSWORD_BYTES;
  const bytes = Buffer.byteLength(password);
  if (bytes < least) return `A password has at least ${least} characters.`;
  if (bytes > most) return `A password has at most ${most} bytes; most characters are one, some are up to four.`;
  if (isCommonPassword(password)) return 'That is one of the first passwords that anybody tries. Choose another.';
  return names.some((name) => name !== '' && isMadeOf(password, name))
    ? 'A password must not be your name or your pseud.'
    : null;
}

/** Whether a password is nothing but a name, however it is written, with digits or signs around it. */
function isMadeOf(password: string, name: string): boolean {
  const bare = (text: string) => nameKey(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  const core = (text: string) => bare(text).replace(/^\p{N}+|\p{N}+$/gu, '');
  return bare(password) === bare(name) || (core(name) !== '' && core(password) === core(name));
}
