/** Naming what a work goes back to, taking that back, and the answer of those who keep the work that was named. */
import { lockNames } from '../../platform/db/locks.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { listedWorks, mayManageSql, workToChange } from '../works/index.ts';
import { findParent, type ExternalWork } from './queries.ts';
import { PARENTS_PER_WORK, type RelationKind, type RelationState } from './relation.ts';
import './tables.ts';

/** `nothing`: there is no such work, or the viewer may not open it; which, is not said. `related`: it is named already. */
export type RelationRefusal = { refusal: 'not-found' | 'nothing' | 'itself' | 'related' | 'too-many' };

/** What a work goes back to: a work here, by its public id, whose keepers are asked first; or one elsewhere. */
export type ParentNamed = { kind: RelationKind } & ({ here: string } | { external: ExternalWork });

/** Says that a work goes back to another. @returns whether that is shown at once, or waits for an answer. */
export async function relateWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  named: ParentNamed,
): Promise<{ id: number; state: RelationState } | RelationRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const parent = 'here' in named ? await findParent(tx, viewer, named.here) : null;
  if ('here' in named && parent === null) return { refusal: 'nothing' };
  if (parent?.id === work.id) return { refusal: 'itself' };
  const present = await tx
    .selectFrom('related_works')
    .select(['parent_id', 'url'])
    .where('work_id', '=', work.id)
    .execute();
  const external = 'external' in named ? named.external : null;
  if (present.some((row) => (parent ? row.parent_id === parent.id : row.url === external?.url)))
    return { refusal: 'related' };
  if (present.length >= PARENTS_PER_WORK) return { refusal: 'too-many' };
  const approved = parent === null || (!parent.anonymous && (await share(tx, viewer, work.id, parent.id)));
  const state: RelationState = approved ? 'approved' : 'waiting';
  await tx
    .insertInto('related_works')
    .values({
      public_id: newPublicId(),
      work_id: work.id,
      kind: named.kind,
      parent_id: parent?.id ?? null,
      url: external?.url ?? null,
      title: external?.title ?? '',
      creator: external?.creator ?? '',
      language: external?.language ?? null,
      state,
      asked_at: now,
    })
    .execute();
  await tellOf(tx, now, { work_id: work.id, parent_id: parent?.id ?? null });
  return { id: work.id, state };
}

/**
 * Whether one pseud of the viewer signs both works: then there is nobody to ask. By pseud and not by account, so that an
 * answer at once tells the other creators nothing about which pseuds are one person's.
 */
async function share(tx: Tx, viewer: Viewer, workId: number, parentId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('work_creators as one')
    .innerJoin('work_creators as other', 'other.pseud_id', 'one.pseud_id')
    .innerJoin('pseuds', 'pseuds.id', 'one.pseud_id')
    .select('pseuds.id')
    .where('one.work_id', '=', workId)
    .where('other.work_id', '=', parentId)
    .where('one.state', '=', 'accepted')
    .where('other.state', '=', 'accepted')
    .where('pseuds.account_id', '=', viewer.accountId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes it back that a work goes back to another. What was refused stays: it is how the no is remembered. */
export async function unrelateWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  relation: string,
): Promise<{ refusal: 'not-found' } | { id: number }> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const gone = await tx
    .deleteFrom('related_works')
    .where('work_id', '=', work.id)
    .where('public_id', '=', relation)
    .where('state', '<>', 'refused')
    .returning(['id', 'work_id', 'parent_id'])
    .executeTakeFirst();
  if (!gone) return { refusal: 'not-found' };
  await tellOf(tx, now, gone);
  return { id: gone.id };
}

/** The answer of one who keeps the named work, which they can change. There is none to give about a work they do not see. */
export async function answerRelation(
  tx: Tx,
  now: number,
  viewer: Viewer,
  relation: string,
  state: 'approved' | 'refused',
): Promise<{ refusal: 'not-found' } | { id: number }> {
  if (viewer.accountId === null || !may(viewer, 'change-own-works')) return { refusal: 'not-found' };
  await lockNames(tx, [`relation ${relation}`]);
  const asked = await listedWorks(tx, viewer)
    .innerJoin('related_works', 'related_works.work_id', 'works.id')
    .select(['related_works.id', 'related_works.work_id', 'related_works.parent_id'])
    .where('related_works.public_id', '=', relation)
    .where('related_works.parent_id', 'in', (own) =>
      own
        .selectFrom('works')
        .select('works.id')
        .where('works.deleted_at', 'is', null)
        .where((work) => mayManageSql(work, viewer)),
    )
    .executeTakeFirst();
  if (!asked) return { refusal: 'not-found' };
  await tx.updateTable('related_works').set({ state }).where('id', '=', asked.id).execute();
  await tellOf(tx, now, asked);
  return { id: asked.id };
}

/** Removes what a work that is erased goes back to, and what goes back to it. */
export async function forgetRelationsOf(tx: Tx, now: number, workId: number): Promise<void> {
  const gone = await tx
    .deleteFrom('related_works')
    .where((row) => row.or([row('work_id', '=', workId), row('parent_id', '=', workId)]))
    .returning(['work_id', 'parent_id'])
    .execute();
  await tellOf(tx, now, ...gone);
}

/** Both works say it on their pages. */
async function tellOf(tx: Tx, now: number, ...rows: { work_id: number; parent_id: number | null }[]): Promise<void> {
  const works = [...new Set(rows.flatMap((row) => [row.work_id, row.parent_id ?? []].flat()))];
  const events = works.map((workId) => ({ kind: 'work.related', subject: 'work', subjectId: workId, workId }));
  await append(tx, now, ...events);
}
