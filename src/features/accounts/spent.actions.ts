/**
 * What is spent stays spent. A copy of the archive that is restored holds codes, links, passkeys and tokens that were used or
 * taken back since; their hashes go to the list that lies beside the database, and are refused again from there.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { SPENT_KEPT_MS } from './mail-limits.ts';
import './keys.tables.ts';
import './tables.ts';

/** Remembers hashes of secrets that must not be good again. */
export async function rememberSpent(tx: Tx, now: number, hashes: readonly string[]): Promise<void> {
  for (const chunk of chunks([...new Set(hashes)])) {
    await tx
      .insertInto('spent_secrets')
      .values(chunk.map((hash) => ({ hash, spent_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What was spent since a moment, for the list beside the database. */
export async function spentSince(handle: Handle, since: number): Promise<{ hash: string; at: number }[]> {
  return handle
    .selectFrom('spent_secrets')
    .select(['hash', 'spent_at as at'])
    .where('spent_at', '>=', since)
    .orderBy('spent_at')
    .orderBy('hash')
    .execute();
}

/** In a restored copy: takes out what is on the list of spent secrets, which has been written into the table before. */
export async function refuseSpent(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('recovery_codes')
    .where('code_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
  await tx
    .deleteFrom('authenticators')
    .where('key_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
  await tx
    .deleteFrom('passkeys')
    .where('credential_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
  await tx
    .deleteFrom('api_tokens')
    .where('token_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
  await tx
    .deleteFrom('email_addresses')
    .where('link_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
  await tx
    .deleteFrom('invitation_requests')
    .where('link_hash', 'in', (select) => select.selectFrom('spent_secrets').select('hash'))
    .execute();
}

/** Removes hashes that the list has had for long. */
export async function forgetOldSpent(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('spent_secrets')
    .where('spent_at', '<', now - SPENT_KEPT_MS)
    .execute();
}
