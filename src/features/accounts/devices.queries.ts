/** Where an account is signed in, for its own eyes. */
import type { Handle } from '../../platform/db/tables.ts';
import { SESSION_IDLE_MS } from './account.ts';
import { hashOfSecret } from './secret.ts';
import './tables.ts';

export interface SignedInDevice {
  publicId: string;
  /** "Firefox on Linux", or ''. */
  device: string;
  createdAt: number;
  seenAt: number;
  /** Whether it is the one that asks. */
  here: boolean;
}

/** The devices of an account whose session goes on, the one last used first. `token`: that of who asks. */
export async function devicesOf(
  handle: Handle,
  now: number,
  accountId: number,
  token: string | null,
): Promise<SignedInDevice[]> {
  const here = token === null ? null : hashOfSecret(token);
  const rows = await handle
    .selectFrom('sessions')
    .select(['token_hash', 'public_id', 'device', 'created_at', 'seen_at'])
    .where('account_id', '=', accountId)
    .where('ends_at', '>', now)
    .where('seen_at', '>', now - SESSION_IDLE_MS)
    .orderBy('seen_at', 'desc')
    .orderBy('public_id')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    device: row.device,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    here: row.token_hash === here,
  }));
}
