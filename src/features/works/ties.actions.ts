/**
 * What ties accounts to works, and how a tie is cut for good. The mark of a tie that is cut is remembered without account and work:
 * only a copy of the archive that was made before knows whose it was, and is told by it to cut again. Who leaves a byline to
 * others may be asked back: so that tie stands for a while, as one that was left, and whoever comes back makes its mark good again.
 */
import { randomBytes } from 'node:crypto';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import './tables.ts';

/** The list beside the database has had a mark for long by then. */
const CUT_KEPT_MS = 90 * 86_400_000;

/** How a tie was cut: `keepsName`, the byline goes on saying the name; `others`, somebody else kept the work. */
export interface HowCut {
  keepsName: boolean;
  others: boolean;
}

/** The last that is known of a mark: how its tie was cut, or that it is good again. */
export type CutMark = { mark: string; at: number } & ({ how: HowCut } | { again: true });

/** Cuts what ties an account to one work, or to all; without a tie nothing is done. */
export async function cutTies(
  tx: Tx,
  now: number,
  whose: { accountId: number; workId?: number },
  how: HowCut,
): Promise<void> {
  const { accountId, workId } = whose;
  const cut = await tx
    .deleteFrom('byline_ties')
    .where('account_id', '=', accountId)
    .$if(workId !== undefined, (query) => query.where('work_id', '=', workId ?? 0))
    .returning(['mark', 'left_at'])
    .execute();
  // Of a tie that had been left it is known already, and how.
  for (const { mark, left_at: left } of cut) if (left === null) await noteMark(tx, { mark, at: now, how });
}

/** Cuts the tie of somebody who has just left a byline to others, unless another name of theirs stands there or they have brought the work in. */
export async function leaveTie(tx: Tx, now: number, accountId: number, workId: number): Promise<void> {
  const signing = await tx
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select('pseuds.id')
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
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
  if (signing || keeping) return;
  const left = await tx
    .updateTable('byline_ties')
    .set({ left_at: now })
    .where('work_id', '=', workId)
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .returning('mark')
    .executeTakeFirst();
  if (left) await noteMark(tx, { mark: left.mark, at: now, how: { keepsName: false, others: true } });
}

/** Makes good the tie of somebody who had left a byline and is in it again: no restored copy takes them off for that. */
export async function tieAgain(tx: Tx, now: number, accountId: number, workId: number): Promise<void> {
  const left = tx.selectFrom('byline_ties').select('mark').where('left_at', 'is not', null);
  const back = await left.where('work_id', '=', workId).where('account_id', '=', accountId).executeTakeFirst();
  if (!back) return;
  await tx.updateTable('byline_ties').set({ left_at: null }).where('mark', '=', back.mark).execute();
  await noteMark(tx, { mark: back.mark, at: now, again: true });
}

async function noteMark(tx: Tx, noted: CutMark): Promise<void> {
  const how = 'how' in noted ? noted.how : null;
  const said = {
    keeps_name: how?.keepsName ? (1 as const) : (0 as const),
    others: how?.others ? (1 as const) : (0 as const),
    again: how ? (0 as const) : (1 as const),
    at: noted.at,
  };
  await tx
    .insertInto('cut_ties')
    .values({ mark: noted.mark, ...said })
    .onConflict((conflict) => conflict.column('mark').doUpdateSet(said))
    .execute();
}

/** Marks of ties that were cut since, or made good again, oldest first; for the list that outlives the database. */
export async function tiesCutSince(handle: Handle, since: number): Promise<CutMark[]> {
  const rows = await handle
    .selectFrom('cut_ties')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('mark')
    .execute();
  return rows.map(({ mark, at, ...row }) =>
    row.again === 1
      ? { mark, at, again: true }
      : { mark, at, how: { keepsName: row.keeps_name === 1, others: row.others === 1 } },
  );
}

/** In a restored copy: whom a mark tied to which work; null where that is cut already, or came later. */
export async function tieOf(handle: Handle, mark: string): Promise<{ accountId: number; workId: number } | null> {
  const row = await handle
    .selectFrom('byline_ties')
    .select(['account_id as accountId', 'work_id as workId'])
    .where('mark', '=', mark)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** In a restored copy: gives a tie that stays a mark of its own, so that the list says nothing of it from now on. */
export async function markAnew(tx: Tx, mark: string): Promise<void> {
  await tx
    .updateTable('byline_ties')
    .set({ mark: randomBytes(16).toString('hex') })
    .where('mark', '=', mark)
    .execute();
}

/** Removes marks that the list has had for long, and who left a byline as long ago. */
export async function forgetOldCuts(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('cut_ties')
    .where('at', '<', now - CUT_KEPT_MS)
    .execute();
  await tx
    .deleteFrom('byline_ties')
    .where('left_at', '<', now - CUT_KEPT_MS)
    .execute();
}
