/** Pages of what matches, in every order. Ties end with the newest id first, also when the order is turned round. */
import { sql, type Expression } from 'kysely';
import { nameKey } from '../../../platform/db/name-key.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import type { Audience } from '../../works/index.ts';
import { SHUFFLE_PRIME, shuffleKey, shuffleNumbers, type Sort } from '../browse-query.ts';
import { titleKey } from '../title-key.ts';
import { figureSql, type Works } from './condition.queries.ts';
import type { Condition, Figure } from './condition.ts';
import { inPieces } from './in-pieces.ts';
import { matchingInSql } from './matching.queries.ts';

export interface Page {
  offset: number;
  limit: number;
}

/** Orders that SQL knows: by a figure, largest first, or shuffled, smallest first. */
export type SqlSort = Extract<Sort, { by: Figure | 'random' }>;
type FigureSort = { by: Figure; reversed: boolean };

export function isSqlSort(sort: Sort): sort is SqlSort {
  return sort.by !== 'title' && sort.by !== 'creator' && sort.by !== 'relevance';
}

function isByFigure(sort: Sort): sort is FigureSort & Sort {
  return isSqlSort(sort) && sort.by !== 'random';
}

/**
 * The ids of one page of `total` works that match. A page in the second half is reached from the end, so that no page
 * is further than half the list. The condition must fit one statement.
 */
export async function pageInSql(
  handle: Handle,
  audience: Audience,
  condition: Condition,
  sort: SqlSort,
  page: Page & { total: number },
): Promise<number[]> {
  const limit = Math.min(page.limit, page.total - page.offset);
  if (limit <= 0) return [];
  const fromEnd = page.offset > page.total / 2;
  const descends = isByFigure(sort) !== sort.reversed;
  const rows = await matchingInSql(handle, audience, condition)
    .select('works.id')
    .orderBy((works) => keySql(works, sort), descends !== fromEnd ? 'desc' : 'asc')
    .orderBy('works.id', fromEnd ? 'asc' : 'desc')
    .limit(limit)
    .offset(fromEnd ? page.total - page.offset - limit : page.offset)
    .execute();
  const ids = rows.map((row) => row.id);
  return fromEnd ? ids.reverse() : ids;
}

function keySql(works: Works, sort: SqlSort): Expression<number> {
  if (sort.by !== 'random') return figureSql(works, sort.by);
  // `shuffleKey` in SQL: whole numbers of 64 bits, where no step reaches 2^53.
  const { times, plus, last } = shuffleNumbers(sort.seed);
  const [p, t, s, l] = [SHUFFLE_PRIME, times, plus, last].map((number) => sql.lit(number));
  const first = sql<number>`(((works.id % ${p}) * ${t} + ${s}) % ${p})`;
  return sql<number>`((${first} * ${first} + ${l}) % ${p})`;
}

/** The ids of one page of these works. */
export async function pageOfIds(handle: Handle, ids: ReadonlySet<number>, sort: Sort, page: Page): Promise<number[]> {
  if (page.limit <= 0 || page.offset >= ids.size) return [];
  const keys = await keysOf(handle, [...ids], sort);
  const turn = isByFigure(sort) !== sort.reversed ? -1 : 1;
  const key = (id: number) => keys.get(id) ?? 0;
  return [...ids].sort((a, b) => turn * compared(key(a), key(b)) || b - a).slice(page.offset, page.offset + page.limit);
}

type Key = number | string;

/** Names are compared byte by byte, as both databases compare keys. */
function compared(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}

/** What each work is sorted by; the smallest first, but for figures. */
async function keysOf(handle: Handle, ids: readonly number[], sort: Sort): Promise<ReadonlyMap<number, Key>> {
  if (sort.by === 'title') return titleKeys(handle, ids);
  if (sort.by === 'creator') return creatorKeys(handle, ids);
  if (sort.by === 'random') {
    const numbers = shuffleNumbers(sort.seed);
    return new Map(ids.map((id) => [id, shuffleKey(id, numbers)]));
  }
  if (sort.by === 'relevance') {
    const places = new Map([...sort.ranked].map((id, place): [number, number] => [id, place]));
    return new Map(ids.map((id) => [id, places.get(id) ?? Infinity]));
  }
  return figures(handle, ids, sort.by);
}

async function figures(handle: Handle, ids: readonly number[], by: Figure): Promise<Map<number, Key>> {
  const keys = new Map<number, Key>();
  for await (const piece of inPieces(ids)) {
    const rows = await handle
      .selectFrom('works')
      .select((works) => ['works.id', sql<number>`${figureSql(works, by)}`.as('figure')])
      .where('works.id', 'in', piece)
      .execute();
    for (const row of rows) keys.set(row.id, row.figure);
  }
  return keys;
}

async function titleKeys(handle: Handle, ids: readonly number[]): Promise<Map<number, Key>> {
  const keys = new Map<number, Key>();
  for await (const piece of inPieces(ids)) {
    const rows = await handle.selectFrom('works').select(['id', 'title']).where('id', 'in', piece).execute();
    for (const row of rows) keys.set(row.id, titleKey(row.title));
  }
  return keys;
}

/** Stands behind every name: who has no public byline comes after all who have one. */
const NOBODY = '\u{10FFFF}'.repeat(2);

/** The first name of each public byline. */
async function creatorKeys(handle: Handle, ids: readonly number[]): Promise<Map<number, Key>> {
  const keys = new Map<number, Key>(ids.map((id) => [id, NOBODY]));
  for await (const piece of inPieces(ids)) {
    const rows = await handle
      .selectFrom('work_creators')
      .innerJoin('works', 'works.id', 'work_creators.work_id')
      .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
      .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
      .select(['work_creators.work_id', 'pseuds.name as pseud', 'imported_creators.name as imported'])
      .where('work_creators.work_id', 'in', piece)
      .where('work_creators.state', '=', 'accepted')
      .where('works.anonymous', '=', 0)
      .orderBy('work_creators.position', 'desc')
      .execute();
    // The first name comes last, and stays.
    for (const row of rows) keys.set(row.work_id, nameKey(row.pseud ?? row.imported ?? '') || NOBODY);
  }
  return keys;
}
