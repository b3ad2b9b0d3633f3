/**
 * Who may see what of a work: one truth table as a value. The SQL expression (`visible.ts`), the predicate on a row and
 * the audiences of lists are made from it; an exhaustive test compares them. Pure.
 *
 * A work is in any number of *conditions* at once. Somebody may read it when each condition that holds admits one of
 * the relations they stand in to it.
 */

import { may, type Viewer } from '../accounts/index.ts';

/** What can be the matter with a work. */
export const CONDITIONS = ['draft', 'scheduled', 'restricted', 'unrevealed', 'hidden', 'deleted'] as const;
export type Condition = (typeof CONDITIONS)[number];

/**
 * How a viewer can stand to a work. `anyone` and `account` come with being here and being signed in. `archivist` is who
 * brought an imported work in and keeps it. `invited` is a co-creator who has not accepted: until then nothing more than
 * anybody. `maintainer` keeps a collection that holds the work. `moderator` has the right to see hidden works, and has
 * given a reason to look at this one, for a while.
 */
export const RELATIONS = ['anyone', 'account', 'creator', 'archivist', 'invited', 'maintainer', 'moderator'] as const;
export type Relation = (typeof RELATIONS)[number];

/** The truth table: for each condition, whom it admits. What is in no condition admits anyone. */
export const ADMITS = {
  draft: ['creator', 'archivist'],
  scheduled: ['creator', 'archivist'],
  restricted: ['account'],
  unrevealed: ['creator', 'archivist', 'maintainer'],
  hidden: ['creator', 'archivist', 'moderator'],
  deleted: [],
} as const satisfies Record<Condition, readonly Relation[]>;

/** Who knows the creator of an anonymous work. A moderator learns it elsewhere, for a reason that is logged. */
export const KNOW_ANONYMOUS = ['creator', 'archivist'] as const satisfies readonly Relation[];

/** Who may change, post, delete and restore a work. */
export const MANAGE = ['creator', 'archivist'] as const satisfies readonly Relation[];

/** Audiences of lists, counts and feeds: those who see the same works there. */
export const AUDIENCES = { guest: ['anyone'], account: ['anyone', 'account'] } as const satisfies Record<
  string,
  readonly Relation[]
>;
export type Audience = keyof typeof AUDIENCES;

/** What of a work's row decides who may see it. */
export interface WorkStanding {
  state: 'draft' | 'scheduled' | 'posted';
  restricted: boolean;
  unrevealed: boolean;
  anonymous: boolean;
  hidden: boolean;
  deleted: boolean;
}

/** What of a chapter's row decides who may see it, beside what decides about its work. */
export interface ChapterStanding {
  state: 'draft' | 'scheduled' | 'posted';
  deleted: boolean;
}

/** The conditions that hold for a work. */
export function conditionsOf(work: WorkStanding): Condition[] {
  const holds: Record<Condition, boolean> = {
    draft: work.state === 'draft',
    scheduled: work.state === 'scheduled',
    restricted: work.restricted,
    unrevealed: work.unrevealed,
    hidden: work.hidden,
    deleted: work.deleted,
  };
  return CONDITIONS.filter((condition) => holds[condition]);
}

function admits(conditions: readonly Condition[], relations: ReadonlySet<Relation>): boolean {
  return conditions.every((condition) =>
    (ADMITS[condition] as readonly Relation[]).some((relation) => relations.has(relation)),
  );
}

/** Whether somebody who stands in these relations to a work may read it. */
export function mayReadWork(work: WorkStanding, relations: ReadonlySet<Relation>): boolean {
  return admits(conditionsOf(work), relations);
}

/** Whether they may read one chapter of it: the work's conditions and the chapter's own. */
export function mayReadChapter(
  work: WorkStanding,
  chapter: ChapterStanding,
  relations: ReadonlySet<Relation>,
): boolean {
  const own: Condition[] = chapter.state === 'posted' ? [] : [chapter.state];
  if (chapter.deleted) own.push('deleted');
  return admits([...conditionsOf(work), ...own], relations);
}

/** Whether they know who wrote it. */
export function mayKnowCreators(work: WorkStanding, relations: ReadonlySet<Relation>): boolean {
  return !work.anonymous || KNOW_ANONYMOUS.some((relation) => relations.has(relation));
}

/** Whether they keep it: see its notices and its original, and, with the right to, change it. */
export function mayManageWork(relations: ReadonlySet<Relation>): boolean {
  return MANAGE.some((relation) => relations.has(relation));
}

/** Whether the viewer may change a work that they keep; somebody suspended may not. */
export function mayChangeWork(viewer: Viewer, work: { relations: ReadonlySet<Relation> }): boolean {
  return mayManageWork(work.relations) && may(viewer, 'change-own-works');
}

/** Whether a work stands in the lists of an audience. */
export function isListed(work: WorkStanding, audience: Audience): boolean {
  return mayReadWork(work, new Set(AUDIENCES[audience]));
}
