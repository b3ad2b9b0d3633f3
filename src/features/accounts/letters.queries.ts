/** What letters need to know at the moment they are sent. */
import type { Handle } from '../../platform/db/tables.ts';
import './tables.ts';

/** An address that has left its account and has not been told yet; null otherwise. */
export async function leavingAddress(handle: Handle, id: number): Promise<string | null> {
  const row = await handle
    .selectFrom('email_addresses')
    .select('address')
    .where('id', '=', id)
    .where('left_at', 'is not', null)
    .executeTakeFirst();
  return row?.address ?? null;
}

/** What letters to an address are counted under, before the archive's own secret has made a mark of it; null for one that is gone. */
export async function countedAddress(handle: Handle, id: number): Promise<string | null> {
  const row = await handle.selectFrom('email_addresses').select('address_key').where('id', '=', id).executeTakeFirst();
  return row ? `letters to ${row.address_key}` : null;
}
