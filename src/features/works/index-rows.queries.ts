/**
 * Works as an index of lists needs them: few columns of many works, read fast. Only works that stand in some audience's
 * lists are answered, and the creators of anonymous ones never leave this file. No viewer: what is read here may be
 * counted and ordered for the audiences it names, and shown to nobody.
 */
import { sql } from 'kysely';
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import './tables.ts';

/** A name of the public byline. */
export interface IndexRowCreator {
  kind: 'pseud' | 'imported';
  id: number;
  /** `nameKey` of the name. */
  nameKey: string;
}

export interface IndexRow {
  id: number;
  listedGuest: boolean;
  listedAccount: boolean;
  anonymous: boolean;
  title: string;
  language: string | null;
  status: string;
  plannedChapters: number | null;
  postedChapters: number;
  words: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  hits: number;
  /** UTC milliseconds. */
  postedAt: number | null;
  updatedAt: number;
  /** In the creator's order. */
  tagIds: readonly number[];
  /** In the order of the byline, those alone who have accepted; none for an anonymous work. */
  creators: readonly IndexRowCreator[];
}

/** Which rows: these works, or those of a range of ids. */
export type WhichRows = { ids: readonly number[] } | { from: number; to: number };

/** The largest id of a work; 0 without one. */
export async function lastWorkId(handle: Handle): Promise<number> {
  const row = await handle
    .selectFrom('works')
    .select((work) => work.fn.max('id').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** Listed works in the order of their ids. Ids of works that are gone or stand in no lists are not answered. */
export async function indexRows(handle: Handle, which: WhichRows): Promise<IndexRow[]> {
  if (!('ids' in which)) return rowsOf(handle, await listedFrom(handle, which.from, which.to));
  const rows: IndexRow[] = [];
  for (const piece of chunks(ascending(which.ids))) rows.push(...(await rowsOf(handle, await listedOf(handle, piece))));
  return rows;
}

function ascending(ids: readonly number[]): number[] {
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

function listedWorks(handle: Handle) {
  return handle
    .selectFrom('works')
    .where((work) => work.or([work('works.listed_guest', '=', 1), work('works.listed_account', '=', 1)]))
    .orderBy('works.id');
}

function listedColumns(handle: Handle) {
  return listedWorks(handle).select([
    'works.id',
    'works.listed_guest',
    'works.listed_account',
    'works.anonymous',
    'works.title',
    'works.language',
    'works.status',
    'works.planned_chapters',
    'works.posted_chapters',
    'works.words',
    'works.kudos',
    'works.comments',
    'works.bookmarks',
    'works.hits',
    'works.posted_at',
    'works.updated_at',
  ]);
}

type ListedRow = Awaited<ReturnType<typeof listedFrom>>[number];

function listedFrom(handle: Handle, from: number, to: number) {
  return listedColumns(handle).where('works.id', '>=', from).where('works.id', '<=', to).execute();
}

function listedOf(handle: Handle, ids: readonly number[]) {
  return listedColumns(handle).where('works.id', 'in', ids).execute();
}

/** Works whose rows lie closer together than this many ids a row are asked for by their range, which is the faster way. */
const SPARSE = 4;

/** The works of a piece, as a condition on a column of other tables. */
type Piece = { from: number; to: number } | { ids: readonly number[] };

function piecesOf(rows: readonly ListedRow[]): Piece[] {
  const from = rows[0]?.id ?? 0;
  const to = rows.at(-1)?.id ?? 0;
  if (to - from < rows.length * SPARSE) return [{ from, to }];
  return chunks(rows.map((row) => row.id)).map((ids) => ({ ids }));
}

async function rowsOf(handle: Handle, rows: readonly ListedRow[]): Promise<IndexRow[]> {
  if (rows.length === 0) return [];
  const tags = new Map<number, string>();
  const creators = new Map<number, IndexRowCreator[]>();
  for (const piece of piecesOf(rows)) {
    const [tagRows, creatorRows] = await Promise.all([packedTags(handle, piece), creatorsIn(handle, piece)]);
    for (const row of tagRows) tags.set(row.work_id, row.packed);
    for (const row of creatorRows) {
      const list = creators.get(row.work_id) ?? [];
      if (list.length === 0) creators.set(row.work_id, list);
      if (row.pseud_id !== null) list.push({ kind: 'pseud', id: row.pseud_id, nameKey: row.pseud_key ?? '' });
      if (row.imported_id !== null)
        list.push({ kind: 'imported', id: row.imported_id, nameKey: row.imported_key ?? '' });
    }
  }
  return rows.map((row) => ({
    id: row.id,
    listedGuest: row.listed_guest === 1,
    listedAccount: row.listed_account === 1,
    anonymous: row.anonymous === 1,
    title: row.title,
    language: row.language,
    status: row.status,
    plannedChapters: row.planned_chapters,
    postedChapters: row.posted_chapters,
    words: row.words,
    kudos: row.kudos,
    comments: row.comments,
    bookmarks: row.bookmarks,
    hits: row.hits,
    postedAt: row.posted_at,
    updatedAt: row.updated_at,
    tagIds: unpackTags(tags.get(row.id) ?? ''),
    creators: row.anonymous === 1 ? [] : (creators.get(row.id) ?? []),
  }));
}

/** Places and ids of tags in one number: a place is below 2^21, an id below 2^32, so it stays below 2^53. */
const PLACE = 2 ** 32;

/**
 * The tags of each work as one text, `place * 2^32 + id`, in no order. One row a work instead of seventeen is twice as
 * fast, and an order made here costs a third of what the database takes for it.
 */
function packedTags(handle: Handle, piece: Piece) {
  const packed = sql<string>`string_agg(cast(position * ${sql.lit(PLACE)} + tag_id as text), ',')`;
  const links = handle
    .selectFrom('work_tags')
    .select(['work_id', packed.as('packed')])
    .groupBy('work_id');
  return 'ids' in piece
    ? links.where('work_id', 'in', piece.ids).execute()
    : links.where('work_id', '>=', piece.from).where('work_id', '<=', piece.to).execute();
}

const DIGIT_0 = 48;
const COMMA = 44;

/** Where tags are unpacked: grown when a work has more of them, never given away. */
let unpacking = new Float64Array(256);

/** The ids in `packedTags`, by their places. Written out: this runs for every tag of every work. */
function unpackTags(packed: string): number[] {
  if (packed === '') return [];
  // A tag takes two characters at least.
  if (unpacking.length < packed.length) unpacking = new Float64Array(packed.length);
  let count = 0;
  let value = 0;
  for (let at = 0; at < packed.length; at += 1) {
    const code = packed.charCodeAt(at);
    if (code === COMMA) {
      unpacking[count] = value;
      count += 1;
      value = 0;
    } else value = value * 10 + code - DIGIT_0;
  }
  unpacking[count] = value;
  const values = unpacking.subarray(0, count + 1);
  if (values.length > SHORT) values.sort();
  else insertionSort(values);
  const ids: number[] = [];
  for (const one of values) ids.push(one - Math.floor(one / PLACE) * PLACE);
  return ids;
}

/** Lists up to this length are sorted here; longer ones by the engine's own sort. */
const SHORT = 64;

function insertionSort(values: Float64Array): void {
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    let to = at;
    for (; to > 0; to -= 1) {
      const before = values[to - 1] ?? 0;
      if (before <= value) break;
      values[to] = before;
    }
    values[to] = value;
  }
}

function creatorsIn(handle: Handle, piece: Piece) {
  const creators = handle
    .selectFrom('work_creators')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select([
      'work_creators.work_id',
      'pseuds.id as pseud_id',
      'pseuds.name_key as pseud_key',
      'imported_creators.id as imported_id',
      'imported_creators.name_key as imported_key',
    ])
    .where('work_creators.state', '=', 'accepted')
    .orderBy('work_creators.work_id')
    .orderBy('work_creators.position');
  return 'ids' in piece
    ? creators.where('work_creators.work_id', 'in', piece.ids).execute()
    : creators
        .where('work_creators.work_id', '>=', piece.from)
        .where('work_creators.work_id', '<=', piece.to)
        .execute();
}

/** What listed works are looked for by: tags that stand on them, a pseud of their public byline, or nothing. */
export type ListedBy = { tagIds: readonly number[] } | { pseudId: number } | 'all';

/** Ids of listed works, ascending, at most `limit` of them: who gets as many as that has not got them all. */
export async function listedIds(handle: Handle, by: ListedBy, limit: number): Promise<number[]> {
  const works = listedWorks(handle).select('works.id').limit(limit);
  if (by === 'all') return (await works.execute()).map((row) => row.id);
  if ('pseudId' in by) {
    const rows = await works
      .where('works.anonymous', '=', 0)
      .where('works.id', 'in', (sub) =>
        sub
          .selectFrom('work_creators')
          .select('work_id')
          .where('pseud_id', '=', by.pseudId)
          .where('state', '=', 'accepted'),
      )
      .execute();
    return rows.map((row) => row.id);
  }
  const found = new Set<number>();
  for (const piece of chunks(by.tagIds)) {
    const rows = await works
      .where('works.id', 'in', (sub) => sub.selectFrom('work_tags').select('work_id').where('tag_id', 'in', piece))
      .execute();
    for (const row of rows) found.add(row.id);
    if (found.size >= limit) break;
  }
  return ascending([...found]).slice(0, limit);
}

/** What of a work changes without an edit of it. */
export interface WorkCounters {
  id: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  hits: number;
}

/** The counters of works that stand in lists. */
export async function listedCounters(handle: Handle, ids: readonly number[]): Promise<WorkCounters[]> {
  const pieces = chunks(ascending(ids)).map((piece) =>
    listedWorks(handle)
      .select(['works.id', 'works.kudos', 'works.comments', 'works.bookmarks', 'works.hits'])
      .where('works.id', 'in', piece)
      .execute(),
  );
  return (await Promise.all(pieces)).flat();
}
