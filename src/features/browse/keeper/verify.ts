/**
 * Compares the engine with the truth: each work's document, and what plain SQL answers to the same questions. Writes go
 * on meanwhile, so a comparison counts only where nothing was written while it was made; otherwise it is made again.
 */
import type { Reads } from '../../../platform/db/tables.ts';
import { logHead } from '../../../platform/events/log.ts';
import type { Audience } from '../../works/index.ts';
import {
  EVERYTHING,
  FACET_KINDS,
  NUMBERS,
  ORDERS,
  type BrowseAnswer,
  type BrowseQuery,
  type NumberField,
  type Sort,
  type Where,
} from '../browse-query.ts';
import { AUDIENCE_BITS, type IndexDocument } from '../engine/index-document.ts';
import { openFeed } from '../feed/feed.ts';
import { plainIndex } from '../plain/plain-index.ts';
import type { Progress } from './asks.ts';
import { randomQueries, seededRandom } from './random-queries.ts';

/** Differences that are told; there can be as many as works. */
export const MOST_DIFFERENCES = 20;
const RANDOM_FILTERS = 200;
/** Works from whose tags the random filters are made. */
const SAMPLE = 400;
/** How often a comparison is made again because something was written meanwhile. */
const TRIES = 8;
const PAGE = 25;
const AUDIENCES = Object.keys(AUDIENCE_BITS) as Audience[];
const DAY_MS = 86_400_000;

export interface Verified {
  /** Works whose documents were compared, and questions that were. */
  works: number;
  questions: number;
  /** Questions that could not be compared, because something was written every time. */
  unsure: number;
  /** Each in one sentence, at most MOST_DIFFERENCES. */
  differences: string[];
}

export interface VerifyNeeds {
  handle: Reads;
  /** Brings the engine up to the head of the log, counters too. */
  catchUp: () => Promise<void>;
  /** Asks the engine as it is now. */
  search: (query: BrowseQuery) => BrowseAnswer;
  progress?: (progress: Progress) => void;
  seed?: number;
}

export async function verifyIndex(needs: VerifyNeeds): Promise<Verified> {
  const { verified, sample } = await compareDocuments(needs);
  if (isFull(verified)) return verified;
  const questions = [...(await wholeQuestions(needs)), ...filterQuestions(needs.seed ?? 1, sample)];
  const plain = plainIndex(needs.handle, { facets: true });
  for (const [at, { name, query }] of questions.entries()) {
    if (isFull(verified)) break;
    await compareOne(needs, verified, name, query, (asked) => plain.search(asked));
    needs.progress?.({ done: at + 1, of: questions.length });
  }
  return verified;
}

function isFull(verified: Verified): boolean {
  return verified.differences.length >= MOST_DIFFERENCES;
}

interface Question {
  /** What is asked, for a person. */
  name: string;
  query: BrowseQuery;
}

/** For each audience: everything with all counts, and each order's first, middle and last page. */
async function wholeQuestions({ search, catchUp }: VerifyNeeds): Promise<Question[]> {
  await catchUp();
  return AUDIENCES.flatMap((audience) => {
    const all = questionFor(audience, EVERYTHING, { by: 'updated', reversed: false }, 0);
    const { total } = search({ ...all, facets: null, limit: 0 });
    const sorts: Sort[] = [
      ...ORDERS.flatMap((by) => [false, true].map((reversed): Sort => ({ by, reversed }))),
      { by: 'random', seed: 7, reversed: false },
    ];
    const offsets = [...new Set([0, Math.floor(total / 2), Math.max(0, total - PAGE)])];
    return [
      {
        name: `all works for ${audience}s`,
        query: { ...all, facets: { kinds: FACET_KINDS, top: 100, also: [], without: [] } },
      },
      ...sorts.flatMap((sort) =>
        offsets.map((offset) => ({
          name: `all works for ${audience}s by ${sort.by}${sort.reversed ? ', turned round' : ''}, from ${offset}`,
          query: questionFor(audience, EVERYTHING, sort, offset),
        })),
      ),
    ];
  });
}

function filterQuestions(seed: number, sample: readonly IndexDocument[]): Question[] {
  const random = seededRandom(seed);
  return randomQueries(random, sample, RANDOM_FILTERS).map((query) => ({
    name: `works for ${query.audience}s where ${JSON.stringify(query.where)}, by ${query.sort.by}`,
    query,
  }));
}

function questionFor(audience: Audience, where: Where, sort: Sort, offset: number): BrowseQuery {
  return { audience, where, hide: null, sort, offset, limit: PAGE, facets: null };
}

/** Asks both while nothing is written, and notes what differs. */
async function compareOne(
  needs: VerifyNeeds,
  verified: Verified,
  name: string,
  query: BrowseQuery,
  askTruth: (query: BrowseQuery) => Promise<BrowseAnswer>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await needs.catchUp();
    const before = await logHead(needs.handle);
    const found = needs.search(query);
    const truth = await askTruth(query);
    if (found.version !== before || (await logHead(needs.handle)) !== before) continue;
    verified.questions += 1;
    const differs = difference(found, truth);
    if (differs !== null) verified.differences.push(`${short(name)}: ${differs}`);
    return;
  }
  verified.unsure += 1;
}

function difference(found: BrowseAnswer, truth: BrowseAnswer): string | null {
  if (found.total !== truth.total) return `the index counts ${found.total} works, the database ${truth.total}.`;
  if (found.hidden !== truth.hidden) return `the index leaves out ${found.hidden} works, the database ${truth.hidden}.`;
  if (found.ids.join() !== truth.ids.join())
    return `the index lists the works ${short(found.ids.join(' '))}, the database ${short(truth.ids.join(' '))}.`;
  for (const kind of FACET_KINDS) {
    const [counts, true_] = [found, truth].map((answer) =>
      (answer.facets?.[kind] ?? []).map(({ id, works }) => `${id}: ${works}`),
    ) as [string[], string[]];
    const at = true_.findIndex((one, place) => one !== counts[place]);
    if (at >= 0 || counts.length !== true_.length) {
      const place = at < 0 ? true_.length : at;
      return `among counts of the kind ${kind} the index has ${counts[place] ?? 'nothing'}, the database ${true_[place] ?? 'nothing'}.`;
    }
  }
  return null;
}

function short(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)} …`;
}

/** Compares each work's document, and looks again at those that differ: a work can change between two looks. */
async function compareDocuments(needs: VerifyNeeds): Promise<{ verified: Verified; sample: IndexDocument[] }> {
  const verified: Verified = { works: 0, questions: 0, unsure: 0, differences: [] };
  const sample: IndexDocument[] = [];
  const random = seededRandom(needs.seed ?? 1);
  let wrong: Map<number, string> | null = null;
  for (let tries = 0; tries < 3 && (wrong === null || wrong.size > 0); tries += 1) {
    await needs.catchUp();
    const again: Map<number, string> = new Map();
    const feed = await openFeed(needs.handle);
    await feed.whole({
      tags: () => {},
      documents: (documents) => {
        for (const document of documents) {
          if (wrong !== null && !wrong.has(document.id)) continue;
          if (wrong === null) {
            verified.works += 1;
            if (sample.length < SAMPLE) sample.push(document);
            else if (random() < SAMPLE / verified.works) sample[Math.floor(random() * SAMPLE)] = document;
          }
          const differs = documentDifference(document, needs.search);
          if (differs !== null && again.size < 10 * MOST_DIFFERENCES) again.set(document.id, differs);
        }
        if (wrong === null) needs.progress?.({ done: verified.works, of: 0 });
      },
    });
    wrong = again;
  }
  for (const [id, differs] of [...(wrong ?? [])].slice(0, MOST_DIFFERENCES))
    verified.differences.push(`Work ${id}: ${differs}`);
  return { verified, sample };
}

/** @returns how the engine's idea of a work differs from its document, or null. */
function documentDifference(document: IndexDocument, search: VerifyNeeds['search']): string | null {
  const own: Where = { works: Uint32Array.of(document.id) };
  const ask = (audience: Audience, where: Where, facets: BrowseQuery['facets'] = null) =>
    search({ ...questionFor(audience, where, { by: 'updated', reversed: false }, 0), limit: 1, facets });
  for (const audience of AUDIENCES) {
    const listed = (document.audiences & AUDIENCE_BITS[audience]) !== 0;
    if ((ask(audience, own).total === 1) !== listed)
      return listed ? `it is missing for ${audience}s.` : `${audience}s are shown it, and may not be.`;
  }
  const audience = AUDIENCES.find((one) => (document.audiences & AUDIENCE_BITS[one]) !== 0);
  if (audience === undefined) return 'it stands in no lists, and yet has a document.';
  const terms: Where[] = document.terms.map((term) => ({ term }));
  const numbers = numbersOf(document);
  const values: Where[] = NUMBERS.map((number) => ({ number, from: numbers[number], to: numbers[number] }));
  if (ask(audience, { all: [own, ...terms, ...values] }).total !== 1) {
    const missing = [...terms, ...values].find((one) => ask(audience, { all: [own, one] }).total !== 1);
    return `the index does not know of it that ${JSON.stringify(missing)}.`;
  }
  const facets = ask(audience, own, { kinds: FACET_KINDS, top: 1_000, also: [], without: [] }).facets ?? {};
  const known = new Set(document.terms.map(({ kind, id }) => `${kind} ${id}`));
  for (const kind of FACET_KINDS) {
    const more = facets[kind]?.find(({ id, works }) => works > 0 && !known.has(`${kind} ${id}`));
    if (more !== undefined) return `the index has it under the ${kind} ${more.id}, where it does not belong.`;
  }
  return null;
}

function numbersOf(document: IndexDocument): Record<NumberField, number> {
  const { words, chapters, kudos, comments, bookmarks, hits, counts } = document;
  const posted = Math.floor(document.postedAt / DAY_MS);
  const updated = Math.floor(document.updatedAt / DAY_MS);
  return { words, chapters, kudos, comments, bookmarks, hits, posted, updated, ...counts };
}
