/** What creators decide about one work, and about all that they will begin. */
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { workToChange } from './changing.actions.ts';
import { concealWork, releaseWork } from './concealments.actions.ts';
import {
  columnsOf,
  CONCEALMENTS,
  CREATORS_CAUSE,
  type ConcealmentKind,
  type Decisions,
  type NewWorkDefaults,
} from './deciding.ts';
import type { InsertedWork } from './drafts.actions.ts';
import type { WorkRefusal } from './work.ts';
import './tables.ts';

/** What a person says of one work: what it lets others do, and what they hold concealed of it. */
export interface SaidOfWork extends Decisions, Record<ConcealmentKind, boolean> {}

/** Does what somebody decided about a work that they keep. The same said again changes nothing. */
export async function decideAbout(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  said: SaidOfWork,
): Promise<InsertedWork | WorkRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const { decisions } = work;
  const changed = (Object.keys(decisions) as (keyof Decisions)[]).some((one) => decisions[one] !== said[one]);
  if (changed) {
    const { version } = await tx
      .updateTable('works')
      .set((set) => ({ ...columnsOf(said), version: set('version', '+', 1) }))
      .where('id', '=', work.id)
      .returning('version')
      .executeTakeFirstOrThrow();
    await append(tx, now, { kind: 'work.decided', subject: 'work', subjectId: work.id, workId: work.id, version });
  }
  for (const kind of CONCEALMENTS) {
    const by = { kind, cause: CREATORS_CAUSE };
    if (said[kind]) await concealWork(tx, now, work.id, by);
    else await releaseWork(tx, now, work.id, by);
  }
  return { id: work.id, publicId };
}

/** Keeps what the viewer's new works begin with. Works that are there already stay as they are. */
export async function setNewWorkDefaults(
  tx: Tx,
  now: number,
  viewer: Viewer,
  said: NewWorkDefaults,
): Promise<{ refusal: 'not-found' } | { done: true }> {
  const accountId = may(viewer, 'change-own-works') ? viewer.accountId : null;
  if (accountId === null) return { refusal: 'not-found' };
  const flag = (value: boolean) => (value ? (1 as const) : (0 as const));
  const values = {
    restricted: flag(said.restricted),
    noindex: flag(said.noindex),
    commenters: said.commenters,
    comments_moderated: flag(said.commentsModerated),
    downloads: flag(said.downloads),
    no_ai: flag(said.noAi),
  };
  await tx
    .insertInto('new_work_defaults')
    .values({ account_id: accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
  await append(tx, now, { kind: 'account.decided', subject: 'account', subjectId: accountId });
  return { done: true };
}

/** Forgets what an account's new works begin with. */
export async function eraseNewWorkDefaults(tx: Tx, accountId: number): Promise<void> {
  await tx.deleteFrom('new_work_defaults').where('account_id', '=', accountId).execute();
}
