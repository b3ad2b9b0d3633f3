/** Hiding a work from everybody but who keeps it, and showing it again. Why is written down by who calls. */
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { findModeratedWork } from './hiding.queries.ts';
import type { InsertedWork } from './drafts.actions.ts';
import type { WorkRefusal } from './work.ts';
import './tables.ts';

/** Hides a work. One that is hidden already is fine. */
export function hideWork(tx: Tx, now: number, viewer: Viewer, publicId: string): Promise<InsertedWork | WorkRefusal> {
  return setHidden(tx, now, viewer, publicId, true);
}

/** Shows a hidden work again. One that is not hidden is fine. */
export function unhideWork(tx: Tx, now: number, viewer: Viewer, publicId: string): Promise<InsertedWork | WorkRefusal> {
  return setHidden(tx, now, viewer, publicId, false);
}

async function setHidden(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  hidden: boolean,
): Promise<InsertedWork | WorkRefusal> {
  const work = may(viewer, 'hide-works') ? await findModeratedWork(tx, viewer, publicId) : null;
  if (!work) return { refusal: 'not-found' };
  const done = { id: work.id, publicId };
  if (work.hidden === hidden) return done;
  await tx
    .updateTable('works')
    .set((set) => ({ hidden: hidden ? (1 as const) : (0 as const), version: set('version', '+', 1) }))
    .where('id', '=', work.id)
    .execute();
  await append(tx, now, {
    kind: hidden ? 'work.hidden' : 'work.unhidden',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return done;
}
