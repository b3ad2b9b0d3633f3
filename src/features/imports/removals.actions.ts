/** What was removed because its creator asked: remembered by hashes alone, and not brought in again until it is allowed. */
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { addressHash } from './queries.ts';
import './tables.ts';

/** Remembers a work that came in by import. @returns false for one that did not. */
export async function rememberRemoval(tx: Tx, now: number, workId: number, note: string): Promise<boolean> {
  const source = await tx
    .selectFrom('import_sources')
    .select(['address_key', 'text_hash', 'near_hash', 'opening_hash'])
    .where('work_id', '=', workId)
    .executeTakeFirst();
  if (!source) return false;
  await tx
    .insertInto('import_removals')
    .values({
      address_hash: source.address_key === null ? null : addressHash(source.address_key),
      text_hash: source.text_hash,
      near_hash: source.near_hash,
      opening_hash: source.opening_hash,
      note,
      removed_at: now,
    })
    .execute();
  return true;
}

/** Whether a work came in by import, and so can be remembered when it goes. */
export async function cameByImport(handle: Handle, workId: number): Promise<boolean> {
  const row = await handle
    .selectFrom('import_sources')
    .select('work_id')
    .where('work_id', '=', workId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets a removed source be imported again. */
export async function allowAgain(tx: Tx, removalId: number): Promise<void> {
  await tx.deleteFrom('import_removals').where('id', '=', removalId).execute();
}

export interface Removal {
  id: number;
  removedAt: number;
  note: string;
}

/** What is not brought in again, the newest first. */
export async function removals(handle: Handle): Promise<Removal[]> {
  const rows = await handle
    .selectFrom('import_removals')
    .select(['id', 'removed_at', 'note'])
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute();
  return rows.map((row) => ({ id: row.id, removedAt: row.removed_at, note: row.note }));
}
