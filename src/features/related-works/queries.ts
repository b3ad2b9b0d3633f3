/**
 * Reads of relations between works. Two works stand beside each other only when those who keep the named one have approved,
 * and each of them only for who may see it now, whatever it was when they were related.
 */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { listedWorks, mayManageSql, visibleWorks, workCards, type WorkCard } from '../works/index.ts';
import type { RelationKind, RelationState } from './relation.ts';
import './tables.ts';

/** A work elsewhere, as it was described by who named it. */
export interface ExternalWork {
  url: string;
  title: string;
  /** '' where nobody said. */
  creator: string;
  language: string | null;
}

export type Parent = { kind: RelationKind } & ({ card: WorkCard } | { external: ExternalWork });

/** What a work goes back to, as this viewer may see it. Takes a work that the viewer may open. */
export async function parentsOf(handle: Handle, viewer: Viewer, workId: number): Promise<Parent[]> {
  const rows = await relations(handle)
    .where('related_works.work_id', '=', workId)
    .where('related_works.state', '=', 'approved')
    .orderBy('related_works.id')
    .execute();
  const cards = await cardsById(handle, viewer, rows);
  return rows.flatMap((row): Parent[] => {
    const other = otherOf(row, cards);
    return other ? [{ kind: row.kind, ...other }] : [];
  });
}

/** Works that go back to one are shown up to this many, the newest of them. */
const MOST_DERIVED = 100;

/** The works that go back to a work, as they stand in the viewer's lists, the newest first. */
export async function derivedFrom(
  handle: Handle,
  viewer: Viewer,
  workId: number,
): Promise<{ kind: RelationKind; card: WorkCard }[]> {
  const rows = await listedWorks(handle, viewer)
    .innerJoin('related_works', 'related_works.work_id', 'works.id')
    .select(['works.id', 'related_works.kind'])
    .where('related_works.parent_id', '=', workId)
    .where('related_works.state', '=', 'approved')
    .orderBy('works.posted_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(MOST_DERIVED)
    .execute();
  if (rows.length === 0) return [];
  const cards = new Map(
    (
      await workCards(
        handle,
        viewer,
        rows.map((row) => row.id),
      )
    ).map((card) => [card.id, card]),
  );
  return rows.flatMap((row) => {
    const card = cards.get(row.id);
    return card ? [{ kind: row.kind, card }] : [];
  });
}

/** A relation as those see it who keep the work that goes back. */
export interface OwnRelation {
  /** What it is called by. */
  relation: string;
  kind: RelationKind;
  state: RelationState;
  /** Null for a work here that the viewer cannot see any more. */
  parent: { card: WorkCard } | { external: ExternalWork } | null;
}

/** All that a work goes back to, also what waits and what was refused. Takes a work that the viewer keeps. */
export async function relationsOfWork(handle: Handle, viewer: Viewer, workId: number): Promise<OwnRelation[]> {
  const rows = await relations(handle)
    .where('related_works.work_id', '=', workId)
    .orderBy('related_works.id')
    .execute();
  const cards = await cardsById(handle, viewer, rows);
  return rows.map((row) => ({
    relation: row.public_id,
    kind: row.kind,
    state: row.state,
    parent: otherOf(row, cards),
  }));
}

/** A question, or an answer given, about a work that the viewer keeps. */
export interface AskedRelation {
  relation: string;
  kind: RelationKind;
  state: RelationState;
  child: WorkCard;
  parent: WorkCard;
  at: number;
}

/** So many are shown at once, those that wait first. */
const MOST_ASKED = 200;

/** What others say goes back to the viewer's works. A work that does not stand in the viewer's lists is not told of. */
export async function relationsAsked(handle: Handle, viewer: Viewer): Promise<AskedRelation[]> {
  if (viewer.accountId === null) return [];
  return asked(
    handle,
    viewer,
    await askedOf(handle, viewer)
      .select([
        'related_works.public_id',
        'related_works.id',
        'work_id',
        'parent_id',
        'kind',
        'related_works.state',
        'asked_at',
      ])
      .orderBy((row) => row.case().when('related_works.state', '=', 'waiting').then(0).else(1).end())
      .orderBy('related_works.id', 'desc')
      .limit(MOST_ASKED)
      .execute(),
  );
}

/** How many works wait for the viewer's answer whether they go back to theirs. */
export async function countRelationsWaiting(handle: Handle, viewer: Viewer): Promise<number> {
  if (viewer.accountId === null) return 0;
  const { waiting } = await askedOf(handle, viewer)
    .where('related_works.state', '=', 'waiting')
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return Number(waiting);
}

/** What works in the viewer's lists say of works that the viewer keeps. */
function askedOf(handle: Handle, viewer: Viewer) {
  return listedWorks(handle, viewer)
    .innerJoin('related_works', 'related_works.work_id', 'works.id')
    .where('parent_id', 'in', (own) =>
      own
        .selectFrom('works')
        .select('works.id')
        .where('works.deleted_at', 'is', null)
        .where((work) => mayManageSql(work, viewer)),
    );
}

/** What the viewer's works ask of others, as far as the viewer sees both. */
export async function relationsAsking(handle: Handle, viewer: Viewer): Promise<AskedRelation[]> {
  if (viewer.accountId === null) return [];
  return asked(
    handle,
    viewer,
    await handle
      .selectFrom('works')
      .innerJoin('related_works', 'related_works.work_id', 'works.id')
      .select([
        'related_works.public_id',
        'related_works.id',
        'work_id',
        'parent_id',
        'kind',
        'related_works.state',
        'asked_at',
      ])
      .where('parent_id', 'is not', null)
      .where('works.deleted_at', 'is', null)
      .where((work) => mayManageSql(work, viewer))
      .orderBy((row) => row.case().when('related_works.state', '=', 'waiting').then(0).else(1).end())
      .orderBy('related_works.id', 'desc')
      .limit(MOST_ASKED)
      .execute(),
  );
}

interface AskedRow {
  public_id: string;
  work_id: number;
  parent_id: number | null;
  kind: RelationKind;
  state: RelationState;
  asked_at: number;
}

async function asked(handle: Handle, viewer: Viewer, rows: readonly AskedRow[]): Promise<AskedRelation[]> {
  const ids = rows.flatMap((row) => [row.work_id, row.parent_id ?? 0]);
  const cards = new Map((await workCards(handle, viewer, [...new Set(ids)])).map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const [child, parent] = [cards.get(row.work_id), cards.get(row.parent_id ?? 0)];
    if (!child || !parent) return [];
    return [{ relation: row.public_id, kind: row.kind, state: row.state, child, parent, at: row.asked_at }];
  });
}

/** Whether the viewer may open a work, by its public id. @returns what a relation to it has to know. */
export async function findParent(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
): Promise<{ id: number; anonymous: boolean } | null> {
  const row = await visibleWorks(handle, viewer)
    .where('works.public_id', '=', publicId)
    .select(['works.id', 'works.anonymous'])
    .executeTakeFirst();
  return row ? { id: row.id, anonymous: row.anonymous === 1 } : null;
}

function relations(handle: Handle) {
  return handle
    .selectFrom('related_works')
    .select(['public_id', 'kind', 'state', 'parent_id', 'url', 'title', 'creator', 'language']);
}

interface RelationRow {
  parent_id: number | null;
  url: string | null;
  title: string;
  creator: string;
  language: string | null;
}

async function cardsById(handle: Handle, viewer: Viewer, rows: readonly RelationRow[]): Promise<Map<number, WorkCard>> {
  const ids = rows.flatMap((row) => row.parent_id ?? []);
  const cards = ids.length === 0 ? [] : await workCards(handle, viewer, ids);
  return new Map(cards.map((card) => [card.id, card]));
}

function otherOf(
  row: RelationRow,
  cards: ReadonlyMap<number, WorkCard>,
): { card: WorkCard } | { external: ExternalWork } | null {
  if (row.parent_id === null || row.url !== null)
    return { external: { url: row.url ?? '', title: row.title, creator: row.creator, language: row.language } };
  const card = cards.get(row.parent_id);
  return card ? { card } : null;
}
