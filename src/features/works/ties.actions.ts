/**
 * What ties accounts to works, and how a tie is cut for good. The mark of a tie that is cut is remembered without account and work:
 * only a copy of the archive that was made before knows whose it was, and is told by it to cut again.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import './tables.ts';

/** The list beside the database has had a mark for long by then. */
const CUT_KEPT_MS = 90 * 86_400_000;

/** Cuts what ties an account to one work, or to all; without a tie nothing is done. `keepsName`: the byline goes on saying the name. */
export async function cutTies(
  tx: Tx,
  now: number,
  whose: { accountId: number; workId?: number },
  keepsName: boolean,
): Promise<void> {
  const { accountId, workId } = whose;
  const cut = await tx
    .deleteFrom('byline_ties')
    .where('account_id', '=', accountId)
    .$if(workId !== undefined, (query) => query.where('work_id', '=', workId ?? 0))
    .returning('mark')
    .execute();
  for (const piece of chunks(cut)) {
    await tx
      .insertInto('cut_ties')
      .values(piece.map(({ mark }) => ({ mark, keeps_name: keepsName ? 1 : 0, at: now })))
      .execute();
  }
}

/** Cuts the tie of somebody who has just left a byline, unless another name of theirs stands there or they have brought the work in. */
export async function cutTieOfWhoLeft(tx: Tx, now: number, accountId: number, workId: number): Promise<void> {
  const signing = await tx
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select('pseuds.id')
    .where('work_creators.work_id', '=', workId)
    .where('pseuds.account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  const keeping = await tx
    .selectFrom('works')
    .innerJoin('pseuds', 'pseuds.id', 'works.archived_by')
    .select('pseuds.id')
    .where('works.id', '=', workId)
    .where('pseuds.account_id', '=', accountId)
    .executeTakeFirst();
  if (!signing && !keeping) await cutTies(tx, now, { accountId, workId }, false);
}

/** Marks of ties that were cut since, oldest first; for the list that outlives the database. */
export async function tiesCutSince(
  handle: Handle,
  since: number,
): Promise<{ mark: string; keepsName: boolean; at: number }[]> {
  const rows = await handle
    .selectFrom('cut_ties')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('mark')
    .execute();
  return rows.map((row) => ({ mark: row.mark, keepsName: row.keeps_name === 1, at: row.at }));
}

/** In a restored copy: whom a mark tied to which work; null where that is cut already, or came later. */
export async function tieOf(handle: Handle, mark: string): Promise<{ accountId: number; workId: number } | null> {
  const row = await handle
    .selectFrom('byline_ties')
    .select(['account_id as accountId', 'work_id as workId'])
    .where('mark', '=', mark)
    .executeTakeFirst();
  return row ?? null;
}

/** Removes marks that the list has had for long. */
export async function forgetOldCuts(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('cut_ties')
    .where('at', '<', now - CUT_KEPT_MS)
    .execute();
}
