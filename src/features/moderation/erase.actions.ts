/** What is left of reports, measures and looks when a work or an account is erased for good. The log keeps its rows. */
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { chunks } from '../../platform/db/chunks.ts';
import type { ReportsTable } from './tables.ts';
import './tables.ts';

const GONE = 'What you reported has been erased.';

/** Removes what reports say of a work, closing those that waited: their reporters learn that it is gone. */
export async function forgetWork(tx: Tx, now: number, workId: number): Promise<void> {
  await emptyReports(tx, now, 'work', [workId]);
  await tx.deleteFrom('work_hidings').where('work_id', '=', workId).execute();
  await tx
    .deleteFrom('moderator_looks')
    .where('kind', 'in', ['hidden-work', 'work-creators'])
    .where('subject_id', '=', workId)
    .execute();
}

/** Removes what is kept of an account: as the one reported, the one who reported, and the one who answered. */
export async function forgetAccountHere(tx: Tx, now: number, accountId: number): Promise<void> {
  const pseuds = await tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute();
  const pseudIds = pseuds.map((row) => row.id);
  await emptyReports(tx, now, 'creator', pseudIds);
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

async function emptyReports(
  tx: Tx,
  now: number,
  kind: ReportsTable['subject_kind'],
  subjectIds: readonly number[],
): Promise<void> {
  for (const piece of chunks(subjectIds)) {
    const reports = await tx
      .selectFrom('reports')
      .select(['id', 'state'])
      .where('subject_kind', '=', kind)
      .where('subject_id', 'in', piece)
      .execute();
    for (const { id, state } of reports) {
      await tx.deleteFrom('report_notes').where('report_id', '=', id).execute();
      await tx
        .updateTable('reports')
        .set({
          subject_kind: 'gone',
          subject_id: 0,
          path: '',
          words: '',
          email: null,
          ...(state === 'closed' ? {} : { state: 'closed' as const, outcome: 'acted', answer: GONE, closed_at: now }),
        })
        .where('id', '=', id)
        .execute();
      await append(tx, now, { kind: 'report.emptied', subject: 'report', subjectId: id });
    }
  }
}
