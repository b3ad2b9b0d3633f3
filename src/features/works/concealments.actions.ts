/**
 * Holding a work anonymous or unrevealed, and letting go of it. It is so while any cause holds it: its creators are one,
 * other features bring theirs. Whoever calls has checked that this may be done.
 */
import { held } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { ConcealmentKind } from './deciding.ts';
import './tables.ts';

export interface Concealment {
  kind: ConcealmentKind;
  /** What holds it, in words of the feature that does: `creator`. */
  cause: string;
}

/** Lets a cause hold a work. One that holds it already is fine. @returns whether the work was open before. */
export async function concealWork(tx: Tx, now: number, workId: number, by: Concealment): Promise<boolean> {
  await lockWork(tx, workId);
  await tx
    .insertInto('work_concealments')
    .values({ work_id: workId, ...by })
    .onConflict((conflict) => conflict.columns(['work_id', 'kind', 'cause']).doNothing())
    .execute();
  return setConcealed(tx, now, workId, by.kind, true);
}

/**
 * Ends one cause; the work is open again when no other holds it. A posted work that is revealed is new to readers on that
 * day, and stands in lists under it. A cause that does not hold it changes nothing. @returns whether the work is open now.
 */
export async function releaseWork(tx: Tx, now: number, workId: number, by: Concealment): Promise<boolean> {
  await lockWork(tx, workId);
  const ended = await tx
    .deleteFrom('work_concealments')
    .where('work_id', '=', workId)
    .where('kind', '=', by.kind)
    .where('cause', '=', by.cause)
    .returning('work_id')
    .execute();
  if (ended.length === 0) return false;
  const other = await tx
    .selectFrom('work_concealments')
    .select('cause')
    .where('work_id', '=', workId)
    .where('kind', '=', by.kind)
    .limit(1)
    .executeTakeFirst();
  return other ? false : setConcealed(tx, now, workId, by.kind, false);
}

/** Two causes that begin and end at once do so one after the other. */
async function lockWork(tx: Tx, workId: number): Promise<void> {
  await held(tx, tx.selectFrom('works').select('id').where('id', '=', workId)).execute();
}

async function setConcealed(
  tx: Tx,
  now: number,
  workId: number,
  kind: ConcealmentKind,
  concealed: boolean,
): Promise<boolean> {
  const row = await tx
    .updateTable('works')
    .set((set) => ({
      [kind]: concealed ? (1 as const) : (0 as const),
      version: set('version', '+', 1),
      ...(kind === 'unrevealed' && !concealed
        ? { updated_at: set.case().when('state', '=', 'posted').then(now).else(set.ref('updated_at')).end() }
        : {}),
    }))
    .where('id', '=', workId)
    .where(kind, '=', concealed ? 0 : 1)
    .returning('version')
    .executeTakeFirst();
  if (!row) return false;
  await append(tx, now, {
    kind: concealed ? 'work.concealed' : 'work.revealed',
    subject: 'work',
    subjectId: workId,
    workId,
    version: row.version,
  });
  return true;
}
