/** One row of the audit log for each use of a power, in the transaction of what it did. Nothing changes a row. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { POWERS, type LogSubject, type Power } from './power.ts';
import './tables.ts';

/** Keeps that a power was used. Whether the viewer has it and gave a reason is checked before (`refusedPower`). */
export async function keepInLog(
  tx: Tx,
  now: number,
  viewer: Viewer,
  use: { power: Power; subject: LogSubject; reason: string },
): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      account_id: viewer.accountId,
      used_right: POWERS[use.power].right,
      action: use.power,
      subject_kind: use.subject.kind,
      subject_id: use.subject.id,
      reason: use.reason.trim(),
      at: now,
    })
    .execute();
}
