/** What is left of reports, measures and looks when a work or an account is erased for good. Cases and the log stay. */
import type { Tx } from '../../platform/db/tables.ts';
import { chunks } from '../../platform/db/chunks.ts';
import { keepThatAccountLeft, subjectsGone } from './gone.actions.ts';
import './tables.ts';

/** Removes what is kept of a work, but for reports of it, which say that it is gone. */
export async function forgetWork(tx: Tx, now: number, workId: number): Promise<void> {
  await subjectsGone(tx, now, 'work', [workId], 'erased');
  await tx.deleteFrom('work_hidings').where('work_id', '=', workId).execute();
  await tx
    .deleteFrom('moderator_looks')
    .where('kind', 'in', ['hidden-work', 'work-creators'])
    .where('subject_id', '=', workId)
    .execute();
}

/**
 * Removes what is kept of an account: as the one who was warned, who reported, and who answered. A report of one of its pseuds stays,
 * and says that the account is gone.
 */
export async function forgetAccountHere(tx: Tx, now: number, accountId: number): Promise<void> {
  const pseuds = await tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute();
  const pseudIds = pseuds.map((row) => row.id);
  await subjectsGone(tx, now, 'creator', pseudIds, 'account-deleted');
  await keepThatAccountLeft(tx, now, accountId);
  for (const piece of chunks(pseudIds)) {
    await tx
      .deleteFrom('moderator_looks')
      .where('kind', '=', 'other-pseuds')
      .where('subject_id', 'in', piece)
      .execute();
  }
  await tx.deleteFrom('account_measures').where('account_id', '=', accountId).execute();
  await tx.updateTable('reports').set({ reporter_id: null }).where('reporter_id', '=', accountId).execute();
  await tx.updateTable('reports').set({ claimed_by: null }).where('claimed_by', '=', accountId).execute();
  await tx.updateTable('report_notes').set({ account_id: null }).where('account_id', '=', accountId).execute();
  await tx.updateTable('legal_notices').set({ account_id: null }).where('account_id', '=', accountId).execute();
  await tx.updateTable('audit_log').set({ account_id: null }).where('account_id', '=', accountId).execute();
}
