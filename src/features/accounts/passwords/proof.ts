/** Whoever changes what an account is reached by shows first that they know its password, signed in or not. */
import type { Handle } from '../../../platform/db/tables.ts';
import { credentialsOf, hasRecoveryCode, type Credentials } from '../credentials.queries.ts';
import { typedCode } from '../recovery-code.ts';
import type { Door } from './door.ts';

/**
 * Compares the present password of who is signed in. Their tries are counted apart from those at the name.
 * @returns what was compared, or a sentence that says why not.
 */
export async function provePassword(
  handle: Handle,
  door: Door,
  accountId: number,
  password: string,
): Promise<Credentials | string> {
  if (password === '') return 'Type your present password.';
  const tried = `account ${accountId}`;
  const wait = await door.tries.take(tried);
  if (wait !== null) return `Those were many tries. Try again in ${wait} seconds.`;
  const kept = await credentialsOf(handle, accountId);
  if (!(await door.passwords.fits(password, kept?.passwordHash ?? null)) || kept === null)
    return 'This is not your present password.';
  await door.tries.forget(tried);
  return kept;
}

/** Compares a recovery code that is shown in place of the password; it is not used up. @returns null, or a sentence that says why not. */
export async function proveRecoveryCode(
  handle: Handle,
  door: Door,
  accountId: number,
  code: string,
): Promise<string | null> {
  const tried = `account ${accountId}`;
  const wait = await door.tries.take(tried);
  if (wait !== null) return `Those were many tries. Try again in ${wait} seconds.`;
  if (!(await hasRecoveryCode(handle, accountId, typedCode(code)))) return 'This is none of your recovery codes.';
  await door.tries.forget(tried);
  return null;
}
