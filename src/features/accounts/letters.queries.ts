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
