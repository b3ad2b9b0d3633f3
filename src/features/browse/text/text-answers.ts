/** What full text search answers, from its file alone: numbers of works and chapters, never a word of them. */
import type { TextLeaf } from '../filter/work-filter.ts';
import { COLUMNS, type Column } from './index-row.ts';
import { chapterQuery, leafQuery, LEAVES } from './leaf-query.ts';
import { PLACES, readState, sizeOf, workOfRow, type TextFile } from './text-file.ts';

/** How far the index is: `works` of `of` works are in it, true of the event `version`. */
export interface TextState {
  state: 'ready' | 'building';
  works: number;
  of: number;
  version: number;
  bytes: number;
}

export interface TextMatch {
  version: number;
  works: Uint32Array[];
  state: TextState;
}

/** Works that `rank` answers at most. */
export const RANKED = 100_000;
/** Works that `places` is asked for at most, and chapters that it answers for each. */
export const PLACED_WORKS = 100;
const CHAPTERS_EACH = 3;

/** How much a word counts by where it stands. */
const WEIGHTS: Readonly<Record<Column, number>> = {
  title: 10,
  byline: 5,
  tags: 5,
  summary: 3,
  notes: 1,
  heading: 3,
  aside: 1,
  body: 1,
};
const BM25 = `bm25(text_words, ${COLUMNS.map((column) => WEIGHTS[column]).join(', ')})`;
/** Rows that a leaf is ranked by at most: about a second's work. What stands in more of them says little about any. */
export const RANKED_ROWS = 100_000;
/** A work's best row counts; e times as many rows add a tenth of that. */
const MORE_ROWS = 0.1;

const NOT_YET: TextState = { state: 'building', works: 0, of: 0, version: 0, bytes: 0 };

export function textState(file: TextFile | null): TextState {
  if (file === null) return NOT_YET;
  const { version, walked, of } = readState(file);
  const works = worksIn(file, `${version} ${walked}`);
  const isReady = walked === null;
  return { state: isReady ? 'ready' : 'building', works, of: isReady ? works : of, version, bytes: sizeOf(file) };
}

const counted = new WeakMap<TextFile, { at: string; works: number }>();

/** Works of the file, counted again when it has moved on. */
function worksIn(file: TextFile, at: string): number {
  const before = counted.get(file);
  if (before?.at === at) return before.works;
  const works = file.prepare('select count(*) from text_rows where chapter = 0').pluck().get() as number;
  counted.set(file, { at, works });
  return works;
}

/** Works that one question may be answered with, over all of its leaves: 64 MB of numbers. */
export const MOST_FOUND = 16_000_000;

/** A question took longer, or more memory, than it may. */
export class TextSearchSlow extends Error {
  override name = 'TextSearchSlow';
}

/** Something that is looked for: one leaf, or several of which a work has all. */
export type Wanted = TextLeaf | readonly TextLeaf[];

/**
 * For each thing that is wanted the works in which it is found, all of one moment. @throws TextSearchSlow beyond `most` in
 * all.
 */
export function matchLeaves(
  file: TextFile | null,
  wanted: readonly Wanted[],
  inText: boolean,
  most: number = MOST_FOUND,
): TextMatch {
  assertFew(wanted.flat());
  if (file === null) return { version: 0, works: wanted.map(() => new Uint32Array()), state: NOT_YET };
  return file.transaction(() => {
    const state = textState(file);
    const rows = file.prepare('select rowid from text_words where text_words match ? order by rowid').pluck();
    let found = 0;
    const worksWith = ({ query }: Query) => (query === null ? new Uint32Array() : worksOf(rows.all(query) as number[]));
    const works = wanted.map((one) => {
      const its = queriesFor(one, inText)
        .map(worksWith)
        .sort((a, b) => a.length - b.length)
        .reduce(inBoth);
      found += its.length;
      if (found > most) throw new TextSearchSlow('The words are in too many works.');
      return its;
    });
    return { version: state.version, works, state };
  })();
}

/**
 * What FTS5 is asked for all leaves of a thing together. Of what stands on the work alone there is one row a work, so that
 * one question does; words of chapters may stand in several.
 */
function queriesFor(wanted: Wanted, inText: boolean): Query[] {
  const leaves = 'field' in wanted ? [wanted] : wanted;
  const queries = leaves.map((leaf) => leafQuery(leaf, inText));
  const inOneRow = leaves.every(({ place }) => (place === null ? !inText : place !== 'text'));
  const isFound = leaves.length > 0 && !queries.includes(null);
  if (inOneRow || !isFound)
    return [{ query: isFound ? queries.map((query) => `(${query})`).join(' AND ') : null, about: null }];
  return leaves.map((leaf, place) => ({
    query: queries[place] ?? null,
    about: inText ? leafQuery(leaf, false) : null,
  }));
}

/** What FTS5 is asked, null for what cannot be found; and the same of what stands on works, where chapters are looked at. */
interface Query {
  query: string | null;
  about: string | null;
}

function inBoth(some: Uint32Array, others: Uint32Array): Uint32Array {
  let place = 0;
  return some.filter((work) => {
    while (place < others.length && (others[place] as number) < work) place += 1;
    return others[place] === work;
  });
}

/** Takes ascending rows; returns their works, each once. */
function worksOf(rows: readonly number[]): Uint32Array {
  const works = new Uint32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const work = workOfRow(row);
    if (count === 0 || works[count - 1] !== work) {
      works[count] = work;
      count += 1;
    }
  }
  return works.slice(0, count);
}

/**
 * Works best first. The worth of a work is that of what is wanted together; equal ones end with the newest first. A leaf that is
 * found in too many rows (`rowsEach`) is ranked by what stands on works alone, and one that is found on too many works
 * not at all: works that have nothing else are not answered.
 */
export function rankWorks(
  file: TextFile | null,
  wanted: readonly Wanted[],
  inText: boolean,
  rowsEach: number = RANKED_ROWS,
): Uint32Array {
  assertFew(wanted.flat());
  if (file === null) return new Uint32Array();
  const worths = new Map<number, number>();
  file.transaction(() => {
    const rows = file.prepare(`select rowid, ${BM25} from text_words where text_words match ? order by rowid`).raw();
    const some = file
      .prepare('select count(*) from (select rowid from text_words where text_words match ? limit ?)')
      .pluck();
    const isRanked = (query: string | null): query is string =>
      query !== null && (some.get(query, rowsEach + 1) as number) <= rowsEach;
    for (const one of wanted) {
      for (const { query, about } of queriesFor(one, inText)) {
        const ranked = [query, about].find(isRanked);
        if (ranked) addWorths(worths, rows.iterate(ranked) as IterableIterator<[number, number]>);
      }
    }
  })();
  const ranked = [...worths].sort(([a, worthOfA], [b, worthOfB]) => worthOfB - worthOfA || b - a);
  return Uint32Array.from(ranked.slice(0, RANKED), ([work]) => work);
}

function addWorths(worths: Map<number, number>, rows: Iterable<[row: number, bm25: number]>): void {
  let work = -1;
  let best = 0;
  let count = 0;
  const add = (): void => {
    if (count > 0) worths.set(work, (worths.get(work) ?? 0) + best * (1 + MORE_ROWS * Math.log(count)));
  };
  for (const [row, bm25] of rows) {
    const its = workOfRow(row);
    if (its !== work) {
      add();
      work = its;
      best = 0;
      count = 0;
    }
    // The function answers smaller numbers for better rows.
    best = Math.max(best, -bm25);
    count += 1;
  }
  add();
}

/** For each work the chapters in which most leaves are found, at most three, in the order in which they came. */
export function placesIn(
  file: TextFile | null,
  leaves: readonly TextLeaf[],
  works: readonly number[],
): Map<number, number[]> {
  assertFew(leaves);
  if (works.length > PLACED_WORKS) throw new RangeError(`Places are found for at most ${PLACED_WORKS} works at once.`);
  const places = new Map<number, number[]>();
  if (file === null) return places;
  const queries = [...new Set(leaves.flatMap((leaf) => chapterQuery(leaf) ?? []))];
  // FTS5 looks at a range of rows alone only where its ends are integers.
  const range = 'rowid between cast(? as integer) and cast(? as integer)';
  const rows = file.prepare(`select rowid from text_words where text_words match ? and ${range}`).pluck();
  const chapterOf = file.prepare('select chapter from text_rows where id = ?').pluck();
  file.transaction(() => {
    for (const work of works) {
      const found = new Map<number, number>();
      for (const query of queries) {
        const own = rows.all(query, work * PLACES, (work + 1) * PLACES - 1) as number[];
        for (const row of own) found.set(row, (found.get(row) ?? 0) + 1);
      }
      const best = [...found].sort(([a, leavesInA], [b, leavesInB]) => leavesInB - leavesInA || a - b);
      const chapters = best.slice(0, CHAPTERS_EACH).map(([row]) => chapterOf.get(row) as number);
      if (chapters.length > 0) places.set(work, chapters);
    }
  })();
  return places;
}

function assertFew(leaves: readonly TextLeaf[]): void {
  if (leaves.length > LEAVES) throw new RangeError(`At most ${LEAVES} things are looked for at once.`);
}
