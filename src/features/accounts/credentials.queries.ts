/** Reads of what people sign in with. Each answers its own account, or whoever is about to prove that it is theirs. */
import type { Handle } from '../../platform/db/tables.ts';
import { hashOfSecret } from './secret.ts';
import { signInNameKey } from './sign-in-name.ts';
import './tables.ts';

export interface Credentials {
  accountId: number;
  name: string;
  passwordHash: string;
}

/** What is kept for a name, to compare a password with; null for one that nobody has. Told to nobody. */
export async function credentialsOfName(handle: Handle, name: string): Promise<Credentials | null> {
  return credentialsWhere(handle, 'name_key', signInNameKey(name));
}

/** An account's own; null for one that has not chosen a name and a password. */
export async function credentialsOf(handle: Handle, accountId: number): Promise<Credentials | null> {
  return credentialsWhere(handle, 'account_id', accountId);
}

async function credentialsWhere(
  handle: Handle,
  column: 'name_key' | 'account_id',
  value: string | number,
): Promise<Credentials | null> {
  const row = await handle
    .selectFrom('credentials')
    .select(['account_id', 'name', 'password_hash'])
    .where(column, '=', value)
    .executeTakeFirst();
  return row ? { accountId: row.account_id, name: row.name, passwordHash: row.password_hash } : null;
}

/** @returns the account that a name and one of its recovery codes belong to, or null: one question, whatever is wrong. */
export async function accountToRecover(handle: Handle, name: string, code: string): Promise<number | null> {
  const row = await handle
    .selectFrom('credentials')
    .innerJoin('recovery_codes', 'recovery_codes.account_id', 'credentials.account_id')
    .select('credentials.account_id')
    .where('credentials.name_key', '=', signInNameKey(name))
    .where('recovery_codes.code_hash', '=', hashOfSecret(code))
    .executeTakeFirst();
  return row?.account_id ?? null;
}

/** Whether a code is one of an account's recovery codes. */
export async function hasRecoveryCode(handle: Handle, accountId: number, code: string): Promise<boolean> {
  const row = await handle
    .selectFrom('recovery_codes')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashOfSecret(code))
    .executeTakeFirst();
  return row !== undefined;
}

/** How many recovery codes of an account are left. */
export async function recoveryCodesLeft(handle: Handle, accountId: number): Promise<number> {
  const { count } = await handle
    .selectFrom('recovery_codes')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The names of an account's pseuds, which its password must not be. */
export async function pseudNames(handle: Handle, accountId: number): Promise<string[]> {
  const rows = await handle.selectFrom('pseuds').select('name').where('account_id', '=', accountId).execute();
  return rows.map((row) => row.name);
}
