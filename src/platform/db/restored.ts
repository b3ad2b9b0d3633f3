/** What a restore changes of the archive's own state: its epoch, and the row that says it has not come to its end yet. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Reads, Tx } from './tables.ts';

const RESTORING = 'restoring';

/** Gives the archive another epoch, so that every place in the event log, and every index, counts for nothing. */
export async function renewEpoch(tx: Tx): Promise<void> {
  await tx
    .updateTable('archive_state')
    .set({ value: randomBytes(12).toString('hex') })
    .where('key', '=', 'epoch')
    .execute();
}

/** The statement that says a restore is under way, for the transaction that brings in its rows. */
export const SAY_UNFINISHED = `insert into archive_state (key, value) values ('${RESTORING}', '') on conflict (key) do nothing`;

/** Takes back that a restore is under way. */
export async function sayFinished(tx: Tx): Promise<void> {
  await tx.deleteFrom('archive_state').where('key', '=', RESTORING).execute();
}

/** Whether the rows are of a restore that has not come to its end. No table for it is an answer too: they are not. */
export async function isUnfinished(handle: Reads): Promise<boolean> {
  try {
    const row = await handle.selectFrom('archive_state').select('key').where('key', '=', RESTORING).executeTakeFirst();
    return row !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42P01') return false;
    throw error;
  }
}

/** @throws when a row of a SQLite file points at nothing, or the file is not sound. */
export async function checkSqlite(handle: Reads): Promise<void> {
  const broken = await sql`pragma foreign_key_check`.execute(handle);
  const said = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(handle);
  if (broken.rows.length > 0 || said.rows[0]?.integrity_check !== 'ok')
    throw new Error('The database that was restored is not sound.');
}
