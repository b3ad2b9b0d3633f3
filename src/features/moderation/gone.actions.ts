/**
 * When what was reported goes for good, the case stays: its address, what the reporter wrote and the notes, until a while after it was
 * closed. Nobody ends a case about themself by going.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { ACCOUNT_LEFT, GONE_CASE_MS, NO_RIGHT, type Gone } from './gone.ts';
import { holds, MEASURE_WORDS } from './measure.ts';
import './tables.ts';

/** Marks what is reported as gone. Of cases that were closed long ago nothing is kept but the answer. */
export async function subjectsGone(
  tx: Tx,
  now: number,
  kind: 'work' | 'creator',
  subjectIds: readonly number[],
  how: Gone,
): Promise<void> {
  for (const piece of chunks(subjectIds)) {
    const reports = await tx
      .updateTable('reports')
      .set({ gone: how })
      .where('subject_kind', '=', kind)
      .where('subject_id', 'in', piece)
      .returning('id')
      .execute();
    for (const { id } of reports)
      await append(tx, now, { kind: 'report.subject-gone', subject: 'report', subjectId: id });
  }
  await emptyOldCases(tx, now);
}

/** Empties cases about what is gone, some time after they were closed: how they were answered stays for who made them. */
export async function emptyOldCases(tx: Tx, now: number): Promise<void> {
  const old = await tx
    .selectFrom('reports')
    .select('id')
    .where('gone', 'is not', null)
    .where('subject_kind', '<>', 'gone')
    .where('state', '=', 'closed')
    .where('closed_at', '<', now - GONE_CASE_MS)
    .execute();
  for (const piece of chunks(old.map((row) => row.id))) {
    await tx.deleteFrom('report_notes').where('report_id', 'in', piece).execute();
    await tx
      .updateTable('reports')
      .set({ subject_kind: 'gone', subject_id: 0, path: '', words: '', email: null })
      .where('id', 'in', piece)
      .execute();
    await append(tx, now, ...piece.map((id) => ({ kind: 'report.emptied', subject: 'report', subjectId: id })));
  }
}

/**
 * Keeps in the log that an account went while a suspension or a ban held: one row, under the pseud that was given the newest of what
 * holds. A row for each would say by their time whose pseuds they were. The rows by which it was given stay there too: a new
 * account of the same person changes nothing about them.
 */
export async function keepThatAccountLeft(tx: Tx, now: number, accountId: number): Promise<void> {
  const measures = await tx
    .selectFrom('account_measures')
    .select(['pseud_id', 'kind', 'ends_at', 'lifted_at'])
    .where('account_id', '=', accountId)
    .where('pseud_id', 'is not', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const holding = measures.filter((row) =>
    holds({ kind: row.kind, endsAt: row.ends_at, liftedAt: row.lifted_at }, now),
  );
  const newest = holding.at(-1);
  if (!newest) return;
  const kind = holding.some((row) => row.kind === 'ban') ? 'ban' : 'suspension';
  await tx
    .insertInto('audit_log')
    .values({
      account_id: null,
      used_right: NO_RIGHT,
      action: ACCOUNT_LEFT,
      subject_kind: 'pseud',
      subject_id: newest.pseud_id ?? 0,
      reason: `${MEASURE_WORDS[kind]} in force when the account was deleted by its owner.`,
      at: now,
    })
    .execute();
}
