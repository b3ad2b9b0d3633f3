/** Counts of the values under which works stand, made by reading each work: exact, and slow for large archives. */
import { chunks } from '../../../platform/db/chunks.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import { isComplete, type Audience } from '../../works/index.ts';
import {
  codeTermId,
  CONCEPT_KINDS,
  LENGTHS,
  TRAITS,
  type FacetAsk,
  type FacetKind,
  type FacetValue,
  type Term,
} from '../browse-query.ts';
import { inPieces } from './in-pieces.ts';
import { isConceptKind } from './meaning.queries.ts';
import { offeredAmong } from './offered.queries.ts';
import { closures, isCrossover, tagsOnWorks, type Closures, type TagOnWork } from './tag-tree.queries.ts';

/** For each kind, how many works stand under each value. */
export type Counts = ReadonlyMap<FacetKind, ReadonlyMap<number, number>>;

/** What of a work's row its values are made of. */
interface CountedWork {
  id: number;
  language: string | null;
  status: string;
  words: number;
  postedAt: number;
  postedChapters: number;
  plannedChapters: number | null;
}

/** The values of these works and how many of them stand under each. */
export async function countTerms(handle: Handle, works: ReadonlySet<number>): Promise<Counts> {
  const counts = new Map<FacetKind, Map<number, number>>();
  const closed = await closures(handle);
  for await (const piece of inPieces(works)) {
    const tags = await tagsOnWorks(handle, piece, CONCEPT_KINDS);
    for (const work of await countedWorks(handle, piece)) {
      for (const [kind, ids] of valuesOf(work, tags.get(work.id) ?? [], closed)) {
        const count = counts.get(kind) ?? new Map<number, number>();
        for (const id of ids) count.set(id, (count.get(id) ?? 0) + 1);
        counts.set(kind, count);
      }
    }
  }
  return counts;
}

async function countedWorks(handle: Handle, ids: readonly number[]): Promise<CountedWork[]> {
  const rows = await handle
    .selectFrom('works')
    .select(['id', 'language', 'status', 'words', 'posted_at', 'updated_at', 'posted_chapters', 'planned_chapters'])
    .where('id', 'in', ids)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    language: row.language,
    status: row.status,
    words: row.words,
    postedAt: row.posted_at ?? row.updated_at,
    postedChapters: row.posted_chapters,
    plannedChapters: row.planned_chapters,
  }));
}

/** Every value of one work, each once. */
function valuesOf(work: CountedWork, tags: readonly TagOnWork[], closed: Closures): Map<FacetKind, Set<number>> {
  const values = new Map<FacetKind, Set<number>>();
  const add = (kind: FacetKind, id: number) => values.set(kind, (values.get(kind) ?? new Set()).add(id));
  for (const { kind, concept } of tags) {
    if (isConceptKind(kind)) for (const id of closed(concept)) add(kind, id);
  }
  const complete = isComplete(work);
  if (complete) add('trait', TRAITS.complete);
  if (complete && work.postedChapters === 1) add('trait', TRAITS.oneshot);
  if (isCrossover(tags, closed)) add('trait', TRAITS.crossover);
  if (work.language !== null) add('language', codeTermId(work.language));
  add('status', codeTermId(complete ? 'complete' : work.status));
  add('length', 1 + LENGTHS.filter((end) => end <= work.words).length);
  add('year', new Date(work.postedAt).getUTCFullYear());
  return values;
}

/** Values looked at in one go when it is asked which of them may be offered. */
const ASKED_AT_ONCE = 200;

/** The answer for one kind: the top values that are offered, then those also wanted that are not among them. */
export async function facetValues(
  handle: Handle,
  audience: Audience,
  kind: FacetKind,
  counts: Counts,
  ask: Pick<FacetAsk, 'top' | 'also'>,
): Promise<FacetValue[]> {
  const counted = counts.get(kind) ?? new Map<number, number>();
  const ranked = [...counted].map(([id, works]) => ({ id, works })).sort((a, b) => b.works - a.works || a.id - b.id);
  const answer: FacetValue[] = [];
  for (const piece of chunks(ranked, ASKED_AT_ONCE)) {
    if (answer.length >= ask.top) break;
    const ids = piece.map((value) => value.id);
    const offered = isConceptKind(kind) ? await offeredAmong(handle, audience, ids) : new Set(ids);
    answer.push(...piece.filter((value) => offered.has(value.id)));
  }
  answer.splice(Math.max(0, ask.top));
  for (const id of wanted(kind, ask.also)) {
    if (!answer.some((value) => value.id === id)) answer.push({ id, works: counted.get(id) ?? 0 });
  }
  return answer;
}

function wanted(kind: FacetKind, also: readonly Term[]): number[] {
  return also.filter((term) => term.kind === kind).map((term) => term.id);
}
