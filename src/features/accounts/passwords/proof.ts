/** Whoever changes what an account is reached by shows first that they know its password, signed in or not. */
import type { Handle } from '../../../platform/db/tables.ts';
import { credentialsOf, type Credentials } from '../credentials.queries.ts';
import { typedCode } from '../recovery-code.ts';
import { hashOfSecret } from '../secret.ts';
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
  const wait = door.tries.take(tried);
  if (wait !== null) return `Those were many tries. Try again in ${wait} seconds.`;
  const kept = await credentialsOf(handle, accountId);
  if (!(await door.passwords.fits(password, kept?.passwordHash ?? null)) || kept === null)
    return 'This is not your present password.';
  door.tries.forget(tried);
  return kept;
}

/**
 * Asks who is signed in to show that the account is theirs, by their password or, where that is empty, by a recovery code, which
 * is not used up. @returns null, or a sentence beside the field of the password.
 */
export async function proveOwner(
  handle: Handle,
  door: Door,
  accountId: number,
  { password, code }: { password: string; code: string },
): Promise<string | null> {
  if (password !== '' || code === '') {
    const proven = await provePassword(handle, door, accountId, password);
    return typeof proven === 'string' ? proven : null;
  }
  const tried = `account ${accountId}`;
  const wait = door.tries.take(tried);
  if (wait !== null) return `Those were many tries. Try again in ${wait} seconds.`;
  const good = await handle
    .selectFrom('recovery_codes')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashOfSecret(typedCode(code)))
    .executeTakeFirst();
  if (!good) return 'This is none of your recovery codes.';
  door.tries.forget(tried);
  return null;
}
