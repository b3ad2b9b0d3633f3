/** Legal notices: kept with a number and a date, and decided on by the owner. */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import { keepInLog } from './audit.actions.ts';
import type { NoticeValues } from './legal-notice.ts';
import { refusedPower, type PowerRefusal } from './power.ts';
import './tables.ts';

/** Keeps a notice that has all it needs (`noticeErrors`). @returns the id on its receipt. */
export async function makeNotice(tx: Tx, now: number, viewer: Viewer, notice: NoticeValues): Promise<string> {
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('legal_notices')
    .values({
      public_id: publicId,
      account_id: viewer.accountId,
      kind: notice.kind,
      name: notice.name.trim(),
      email: notice.email.trim(),
      on_behalf_of: notice.onBehalfOf.trim(),
      places: notice.places.trim(),
      what: notice.what.trim(),
      why: notice.why.trim(),
      signature: notice.signature.trim(),
      state: 'open',
      decision: '',
      created_at: now,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'legal-notice.made', subject: 'legal-notice', subjectId: id });
  return publicId;
}

/** Writes down what was decided on a notice, and why; once more changes it. */
export async function closeNotice(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  decision: string,
): Promise<PowerRefusal | { id: number }> {
  const refused = refusedPower(viewer, 'close-legal-notice', decision);
  if (refused) return refused;
  const closed = await tx
    .updateTable('legal_notices')
    .set({ state: 'closed', decision: decision.trim(), closed_at: now })
    .where('public_id', '=', publicId)
    .returning('id')
    .executeTakeFirst();
  if (!closed) return { refusal: 'not-found' };
  await keepInLog(tx, now, viewer, {
    power: 'close-legal-notice',
    subject: { kind: 'legal-notice', id: closed.id },
    reason: decision,
  });
  await append(tx, now, { kind: 'legal-notice.closed', subject: 'legal-notice', subjectId: closed.id });
  return { id: closed.id };
}
