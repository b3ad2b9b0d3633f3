/** Hiding works and showing them again, each for a reason. The creators read why; the log keeps who it was. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { findModeratedWork, hideWork, unhideWork } from '../works/index.ts';
import { keepInLog } from './audit.actions.ts';
import { refusedPower, type PowerRefusal } from './power.ts';
import './tables.ts';

/**
 * Hides a work from all but those who keep it. `reason`: what they are told. A work that is hidden already keeps the
 * reason it was hidden for.
 */
export async function hideForReason(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  reason: string,
): Promise<PowerRefusal | { changed: boolean }> {
  const refused = refusedPower(viewer, 'hide-work', reason);
  if (refused) return refused;
  const work = await findModeratedWork(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  if (work.hidden) return { changed: false };
  const told = { reason: reason.trim(), at: now };
  await tx
    .insertInto('work_hidings')
    .values({ work_id: work.id, ...told })
    .onConflict((conflict) => conflict.column('work_id').doUpdateSet(told))
    .execute();
  await keepInLog(tx, now, viewer, { power: 'hide-work', subject: { kind: 'work', id: work.id }, reason });
  await hideWork(tx, now, viewer, publicId);
  return { changed: true };
}

/** Shows a hidden work again. One that is not hidden is fine. */
export async function unhideForReason(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  reason: string,
): Promise<PowerRefusal | { changed: boolean }> {
  const refused = refusedPower(viewer, 'unhide-work', reason);
  if (refused) return refused;
  const work = await findModeratedWork(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  if (!work.hidden) return { changed: false };
  await tx.deleteFrom('work_hidings').where('work_id', '=', work.id).execute();
  await keepInLog(tx, now, viewer, { power: 'unhide-work', subject: { kind: 'work', id: work.id }, reason });
  await unhideWork(tx, now, viewer, publicId);
  return { changed: true };
}
