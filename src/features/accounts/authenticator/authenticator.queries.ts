/** Reads of an account's authenticator. Each answers its own account, or whoever has shown its password. */
import type { Handle } from '../../../platform/db/tables.ts';
import '../keys.tables.ts';

/** A key that was shown and not confirmed is good for this long. */
export const KEY_SHOWN_MS = 3_600_000;

export interface KeptAuthenticator {
  sealedKey: string;
  keyHash: string;
  confirmedAt: number | null;
  createdAt: number;
  /** Hash of the session that its key was shown in, until it is confirmed. */
  begunIn: string | null;
  lastStep: number;
}

/** An account's authenticator, confirmed or not; null where there is none. */
export async function authenticatorOf(handle: Handle, accountId: number): Promise<KeptAuthenticator | null> {
  const row = await handle
    .selectFrom('authenticators')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    sealedKey: row.sealed_key,
    keyHash: row.key_hash,
    confirmedAt: row.confirmed_at,
    createdAt: row.created_at,
    begunIn: row.begun_in,
    lastStep: row.last_step,
  };
}

/** Whether an account is asked for a code after its password. */
export async function isAskedForCode(handle: Handle, accountId: number): Promise<boolean> {
  return ((await authenticatorOf(handle, accountId))?.confirmedAt ?? null) !== null;
}

/** What an authenticator's key is sealed for. */
export function sealedFor(accountId: number): string {
  return `the authenticator of account ${accountId}`;
}
