/** What was erased for good: ids and times, for the list that outlives the database. */
import type { Handle } from '../../platform/db/tables.ts';
import './tables.ts';

/** @returns works erased since, oldest first. */
export async function erasedWorks(handle: Handle, since: number): Promise<{ publicId: string; at: number }[]> {
  const rows = await handle
    .selectFrom('erased_works')
    .select(['public_id', 'at'])
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('public_id')
    .execute();
  return rows.map((row) => ({ publicId: row.public_id, at: row.at }));
}
