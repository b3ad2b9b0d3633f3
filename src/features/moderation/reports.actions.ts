/** Making reports, and what those who answer them do. */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { hashOfSecret, may, newSecret, tellByMail, type Viewer } from '../accounts/index.ts';
import { keepInLog } from './audit.actions.ts';
import { refusedPower, type PowerRefusal } from './power.ts';
import type { SubjectKind } from './report.ts';
import './tables.ts';

/** What a report is about, as `readableSubject` answers it: a thing that the reporter can read. */
export interface Subject {
  kind: SubjectKind;
  id: number;
  path: string;
}

export interface NewReport {
  subject: Subject;
  reason: string;
  words: string;
  /** Where a guest would like to be answered. Not kept for an account, which is answered here. */
  email: string | null;
}

/** Keeps a report. @returns its public id, and for a guest the secret by which its answer can be read, which is kept nowhere. */
export async function makeReport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  report: NewReport,
): Promise<{ publicId: string; secret: string | null }> {
  const secret = viewer.accountId === null ? newSecret() : null;
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('reports')
    .values({
      public_id: publicId,
      subject_kind: report.subject.kind,
      subject_id: report.subject.id,
      path: report.subject.path,
      reason: report.reason,
      words: report.words,
      reporter_id: viewer.accountId,
      secret_hash: secret === null ? null : hashOfSecret(secret),
      email: viewer.accountId === null ? report.email : null,
      state: 'open',
      outcome: null,
      answer: '',
      claimed_by: null,
      created_at: now,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'report.made', subject: 'report', subjectId: id });
  return { publicId, secret };
}

async function findId(handle: Handle, publicId: string): Promise<{ id: number; state: string } | undefined> {
  return handle.selectFrom('reports').select(['id', 'state']).where('public_id', '=', publicId).executeTakeFirst();
}

/** Takes a report in hand, also out of somebody else’s, or gives it back. A closed one stays as it is. */
export async function claimReport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  then: 'take' | 'give-back',
): Promise<PowerRefusal | { id: number }> {
  const report = may(viewer, 'answer-reports') ? await findId(tx, publicId) : undefined;
  if (!report) return { refusal: 'not-found' };
  if (report.state === 'closed') return { id: report.id };
  const taken = then === 'take';
  await tx
    .updateTable('reports')
    .set({ state: taken ? 'in-hand' : 'open', claimed_by: taken ? viewer.accountId : null })
    .where('id', '=', report.id)
    .execute();
  await append(tx, now, { kind: 'report.claimed', subject: 'report', subjectId: report.id });
  return { id: report.id };
}

/** Adds a note that only those see who answer reports. Empty ones are refused. */
export async function addNote(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  words: string,
): Promise<PowerRefusal | { id: number }> {
  const report = may(viewer, 'answer-reports') ? await findId(tx, publicId) : undefined;
  if (!report) return { refusal: 'not-found' };
  if (words.trim() === '') return { refusal: 'no-reason' };
  await tx
    .insertInto('report_notes')
    .values({ report_id: report.id, account_id: viewer.accountId, words: words.trim(), at: now })
    .execute();
  await append(tx, now, { kind: 'report.noted', subject: 'report', subjectId: report.id });
  return { id: report.id };
}

/**
 * Closes a report with an answer to who made it; once more changes the answer. The address that a guest left is removed:
 * whoever answers by mail does so before.
 */
export async function closeReport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  closing: { outcome: string; answer: string },
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(viewer, 'close-report', closing.answer);
  if (refused) return refused;
  const report = await findId(tx, publicId);
  if (!report) return { refusal: 'not-found' };
  const { reporter_id: reporter } = await tx
    .updateTable('reports')
    .set({ state: 'closed', outcome: closing.outcome, answer: closing.answer.trim(), email: null, closed_at: now })
    .where('id', '=', report.id)
    .returning('reporter_id')
    .executeTakeFirstOrThrow();
  if (reporter !== null) await tellByMail(tx, now, reporter, 'report');
  await keepInLog(tx, now, viewer, {
    power: 'close-report',
    subject: { kind: 'report', id: report.id },
    reason: closing.answer,
  });
  await append(tx, now, { kind: 'report.closed', subject: 'report', subjectId: report.id });
  return { id: report.id };
}

/** Opens a closed report again. One that is open is fine, and leaves no row. */
export async function reopenReport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  reason: string,
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(viewer, 'reopen-report', reason);
  if (refused) return refused;
  const report = await findId(tx, publicId);
  if (!report) return { refusal: 'not-found' };
  if (report.state !== 'closed') return { id: report.id };
  await tx
    .updateTable('reports')
    .set({ state: 'open', outcome: null, claimed_by: null, closed_at: null })
    .where('id', '=', report.id)
    .execute();
  await keepInLog(tx, now, viewer, { power: 'reopen-report', subject: { kind: 'report', id: report.id }, reason });
  await append(tx, now, { kind: 'report.reopened', subject: 'report', subjectId: report.id });
  return { id: report.id };
}
