/**
 * The engine as one would write it without a thought for time: a map of works and arrays that are filtered and sorted. What
 * the engine answers is compared with it. Beside it, random archives, questions and changes.
 */
import fc from 'fast-check';
import {
  CONCEPT_KINDS,
  COUNTERS,
  FACET_KINDS,
  NUMBERS,
  ORDERS,
  shuffleKey,
  shuffleNumbers,
  TERM_KINDS,
  type BrowseAnswer,
  type BrowseQuery,
  type ConceptKind,
  type FacetKind,
  type FacetValue,
  type NumberField,
  type Suggestion,
  type SuggestQuery,
  type Term,
  type Where,
} from '../browse-query.ts';
import type { Audience } from '../../works/index.ts';
import { AUDIENCE_BITS, type IndexBatch, type IndexDocument, type IndexTag } from './index-document.ts';

const DAY = 86_400_000;

export class NaiveEngine {
  works = new Map<number, IndexDocument>();
  tags = new Map<number, IndexTag>();
  version: number;
  /** What has been found out about creators since the last change. */
  readonly #offered = new Map<Audience, (term: Term) => boolean>();

  constructor(documents: readonly IndexDocument[], tags: readonly IndexTag[], version: number) {
    for (const document of documents) this.works.set(document.id, document);
    for (const tag of tags) this.tags.set(tag.id, tag);
    this.version = version;
  }

  apply(batch: IndexBatch): void {
    this.#offered.clear();
    for (const rename of batch.renames)
      for (const work of this.works.values()) this.works.set(work.id, renamed(work, rename));
    for (const id of batch.removals) this.works.delete(id);
    for (const document of batch.documents) this.works.set(document.id, document);
    for (const counters of batch.counters) {
      const work = this.works.get(counters.id);
      if (work !== undefined) this.works.set(work.id, { ...work, ...counters });
    }
    for (const tag of batch.tags) this.tags.set(tag.id, tag);
    for (const id of batch.removedTags) this.tags.delete(id);
    this.version = Math.max(this.version, batch.version);
  }

  search(query: BrowseQuery): BrowseAnswer {
    const all = this.#visible(query.audience).filter((work) => holds(work, query.where));
    const { hide } = query;
    const hits = all.filter((work) => hide === null || !holds(work, hide));
    return {
      version: this.version,
      total: hits.length,
      hidden: all.length - hits.length,
      ids: sorted(hits, query.sort)
        .slice(query.offset, query.offset + query.limit)
        .map(({ id }) => id),
      facets: query.facets === null ? null : this.#facets(query, hits),
    };
  }

  suggest({ audience, kinds, text, limit }: SuggestQuery): Suggestion[] {
    const isOffered = this.#offers(audience);
    const found = [...this.tags.values()]
      .filter((tag) => kinds.includes(tag.kind) && tag.key.includes(text))
      .map((tag) => {
        const concept = tag.synonymOf ?? tag.id;
        const under = this.#visible(audience).filter((work) => has(work, { kind: tag.kind, id: concept }));
        const offered = isOffered({ kind: tag.kind, id: concept });
        return { tag: tag.id, concept, works: under.length, begins: tag.key.startsWith(text), offered };
      })
      .filter(({ works, offered }) => works > 0 && offered);
    const own = ({ tag, concept }: { tag: number; concept: number }) => Number(tag === concept);
    const one = new Map<number, Suggestion>();
    for (const { tag, concept, works, begins } of found.toSorted(
      (a, b) => Number(b.begins) - Number(a.begins) || own(b) - own(a) || a.tag - b.tag,
    )) {
      if (!one.has(concept)) one.set(concept, { tag, concept, works, begins });
    }
    return [...one.values()]
      .sort((a, b) => Number(b.begins) - Number(a.begins) || b.works - a.works || a.tag - b.tag)
      .slice(0, limit);
  }

  worksUnder(term: Term): number {
    return [...this.works.values()].filter((work) => has(work, term)).length;
  }

  #visible(audience: Audience): IndexDocument[] {
    return [...this.works.values()].filter(({ audiences }) => (audiences & AUDIENCE_BITS[audience]) !== 0);
  }

  /** Whether a concept may be shown to everyone, as a question to be asked of many. */
  #offers(audience: Audience): (term: Term) => boolean {
    const known = this.#offered.get(audience);
    if (known !== undefined) return known;
    const creators = new Map<string, Set<string>>();
    for (const { terms: all } of this.#visible(audience)) {
      const these = all.filter(({ kind }) => kind === 'pseud' || kind === 'imported').map(named);
      for (const term of all) {
        const some = creators.get(named(term)) ?? new Set();
        creators.set(named(term), some);
        for (const creator of these) some.add(creator);
      }
    }
    const everybody = new Set([...creators.values()].flatMap((some) => [...some]));
    // Two, or all that there are.
    const enough = everybody.size === 1 ? 1 : 2;
    const isOffered = (term: Term) =>
      !(CONCEPT_KINDS as readonly string[]).includes(term.kind) ||
      this.tags.get(term.id)?.canonical === true ||
      (creators.get(named(term))?.size ?? 0) >= enough;
    this.#offered.set(audience, isOffered);
    return isOffered;
  }

  #facets({ facets, audience, hide }: BrowseQuery, hits: readonly IndexDocument[]) {
    const answer: Partial<Record<FacetKind, FacetValue[]>> = {};
    const isOffered = this.#offers(audience);
    for (const kind of facets?.kinds ?? []) {
      const without = facets?.without.find((one) => one.kind === kind);
      const works =
        without === undefined
          ? hits
          : this.#visible(audience).filter(
              (work) => holds(work, without.where) && (hide === null || !holds(work, hide)),
            );
      const counts = new Map<number, number>();
      for (const work of works) {
        for (const term of work.terms) if (term.kind === kind) counts.set(term.id, (counts.get(term.id) ?? 0) + 1);
      }
      const top = [...counts]
        .map(([id, count]) => ({ id, works: count }))
        .sort((a, b) => b.works - a.works || a.id - b.id)
        .filter(({ id }) => isOffered({ kind, id }))
        .slice(0, facets?.top);
      const also = new Set(facets?.also.filter((term) => term.kind === kind).map(({ id }) => id));
      for (const { id } of top) also.delete(id);
      answer[kind] = [...top, ...[...also].map((id) => ({ id, works: counts.get(id) ?? 0 }))];
    }
    return answer;
  }
}

function renamed(work: IndexDocument, { kind, from, to }: IndexBatch['renames'][number]): IndexDocument {
  const kinds: string[] = kind === 'relationship' ? [kind, 'main'] : [kind];
  const terms = work.terms.map((term) => (kinds.includes(term.kind) && term.id === from ? { ...term, id: to } : term));
  return { ...work, terms: terms.filter((term, place) => terms.findIndex((one) => same(one, term)) === place) };
}

function named({ kind, id }: Term): string {
  return `${kind} ${id}`;
}

function same(one: Term, other: Term): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function has(work: IndexDocument, term: Term): boolean {
  return work.terms.some((one) => same(one, term));
}

function figure(work: IndexDocument, field: NumberField): number {
  if (field === 'posted') return Math.floor(work.postedAt / DAY);
  if (field === 'updated') return Math.floor(work.updatedAt / DAY);
  if (field === 'fandoms' || field === 'relationships' || field === 'characters' || field === 'tags')
    return work.counts[field];
  return work[field];
}

function holds(work: IndexDocument, where: Where): boolean {
  if ('all' in where) return where.all.every((one) => holds(work, one));
  if ('any' in where) return where.any.some((one) => holds(work, one));
  if ('not' in where) return !holds(work, where.not);
  if ('term' in where) return has(work, where.term);
  if ('works' in where) return where.works.includes(work.id);
  const value = figure(work, where.number);
  return (where.from === null || value >= where.from) && (where.to === null || value <= where.to);
}

/** Smaller comes first; as each order's name says. */
function standing(work: IndexDocument, sort: BrowseQuery['sort']): number | string {
  switch (sort.by) {
    case 'updated':
      return -work.updatedAt;
    case 'posted':
      return -work.postedAt;
    case 'title':
      return work.titleKey;
    case 'creator':
      return work.creatorKey;
    case 'random':
      return shuffleKey(work.id, shuffleNumbers(sort.seed));
    case 'relevance': {
      const place = sort.ranked.indexOf(work.id);
      return place < 0 ? Infinity : place;
    }
    default:
      return -work[sort.by];
  }
}

function sorted(works: readonly IndexDocument[], sort: BrowseQuery['sort']): IndexDocument[] {
  const sign = sort.reversed ? -1 : 1;
  const compare = (one: number | string, other: number | string) => {
    if (typeof one === 'number' && typeof other === 'number') return one === other ? 0 : one - other;
    if (sort.by === 'creator' && (one === '' || other === '')) return Number(one === '') - Number(other === '');
    return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
  };
  return works
    .map((work) => ({ work, place: standing(work, sort) }))
    .sort((a, b) => sign * compare(a.place, b.place) || b.work.id - a.work.id)
    .map(({ work }) => work);
}

// Random archives: few ids of each kind, so that everything meets, and some as large as ids can be.

const HUGE = 2 ** 47 - 1;
const termIds = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(HUGE, HUGE - 1, 2 ** 32) },
);
export const terms: fc.Arbitrary<Term> = fc.record({ kind: fc.constantFrom(...TERM_KINDS), id: termIds });
/** A tag has one kind: the rest of its id by seven, for the small ones. */
const conceptOf = (kind: ConceptKind, number: number): number => number * 7 + CONCEPT_KINDS.indexOf(kind);
const words = fc.constantFrom(
  '',
  'a',
  'ab',
  'the bees',
  'bee',
  'été',
  '海',
  '🐝',
  '\ufffd',
  'zz',
  'abcdefgh',
  'abcdefgi',
  'abcdef',
);
const workIds = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 32 - 1, 2 ** 31) },
);
const figures = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const times = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((day) => day * DAY),
  fc.integer({ min: -DAY, max: 5 * DAY }),
  fc.constant(1.7e12),
);

/** Most works are of one and the same writer, so that archives of one creator come about, and pass. */
const bylines: fc.Arbitrary<readonly Term[]> = fc.oneof(
  { weight: 14, arbitrary: fc.constant([{ kind: 'pseud' as const, id: 1 }]) },
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(
      fc.record({ kind: fc.constantFrom('pseud' as const, 'imported' as const), id: termIds }),
      {
        minLength: 1,
        maxLength: 3,
        comparator: same,
      },
    ),
  },
);

export const documents: fc.Arbitrary<IndexDocument> = fc
  .record({
    id: workIds,
    audiences: fc.constantFrom(1, 2, 3, 3, 3),
    terms: fc.uniqueArray(terms, { maxLength: 12, comparator: same }),
    concepts: fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...CONCEPT_KINDS), fc.integer({ min: 1, max: 4 }))
        .map(([kind, number]) => ({ kind, id: conceptOf(kind, number) })),
      { maxLength: 8, comparator: same },
    ),
    byline: bylines,
    postedAt: times,
    updatedAt: times,
    words: figures,
    chapters: fc.integer({ min: 0, max: 3 }),
    kudos: figures,
    comments: figures,
    bookmarks: figures,
    hits: figures,
    counts: fc.record({
      fandoms: fc.integer({ min: 0, max: 3 }),
      relationships: fc.integer({ min: 0, max: 3 }),
      characters: fc.integer({ min: 0, max: 3 }),
      tags: fc.integer({ min: 0, max: 3 }),
    }),
    titleKey: words,
    creatorKey: words,
  })
  .map(({ concepts, byline, ...document }) => {
    const others = document.terms.filter(({ kind }) => kind !== 'pseud' && kind !== 'imported');
    const all = [...concepts, ...others, ...byline];
    return { ...document, terms: all.filter((term, place) => all.findIndex((one) => same(one, term)) === place) };
  });

export const tags: fc.Arbitrary<IndexTag> = fc
  .record({
    kind: fc.constantFrom(...CONCEPT_KINDS),
    number: fc.integer({ min: 1, max: 6 }),
    key: words.filter((word) => word !== ''),
    more: words,
    canonical: fc.boolean(),
    synonym: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  })
  .map(({ kind, number, key, more, canonical, synonym }) => {
    const id = conceptOf(kind, number);
    const of = synonym === null || canonical ? null : conceptOf(kind, synonym);
    return { id, kind, key: key + more, canonical, synonymOf: of === id ? null : of };
  });

const someTerms = fc.oneof(
  terms,
  fc
    .tuple(fc.constantFrom(...CONCEPT_KINDS), fc.integer({ min: 1, max: 5 }))
    .map(([kind, number]) => ({ kind, id: conceptOf(kind, number) })),
);
const ends = fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 6 }), fc.integer({ min: 0, max: 2 ** 32 }));
const idLists = fc.uniqueArray(workIds, { maxLength: 30 });

/** Many choices, which an engine puts together once for a question: the same objects wherever they are asked for. */
const manyChoices: readonly Where[] = [1, 2, 3].map((first) => ({
  any: CONCEPT_KINDS.flatMap((kind) =>
    [first, first + 2].map((number) => ({ term: { kind, id: conceptOf(kind, number) } })),
  ),
}));

export const { where: wheres } = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    someTerms.map((term) => ({ term })),
    fc.constantFrom(...manyChoices),
    fc.record({ number: fc.constantFrom(...NUMBERS), from: ends, to: ends }),
    idLists.map((ids) => ({ works: Uint32Array.from(ids).sort() })),
    fc.record({ all: fc.array(tie('where'), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('where'), { maxLength: 4 }) }),
    fc.record({ not: tie('where') }),
  ),
}));

const sorts: fc.Arbitrary<BrowseQuery['sort']> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ by: fc.constantFrom(...ORDERS), reversed: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant('random' as const),
      seed: fc.integer({ min: 0, max: 2 ** 26 - 1 }),
      reversed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant('relevance' as const),
      ranked: idLists.map((ids) => Uint32Array.from(ids)),
      reversed: fc.boolean(),
    }),
  },
);

export const queries: fc.Arbitrary<BrowseQuery> = fc.record({
  audience: fc.constantFrom('guest', 'account'),
  where: wheres,
  hide: fc.option(wheres, { nil: null }),
  sort: sorts,
  offset: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 70 })),
  limit: fc.integer({ min: 0, max: 30 }),
  facets: fc.option(
    fc.record({
      kinds: fc.uniqueArray(fc.constantFrom(...FACET_KINDS), { maxLength: 12 }),
      top: fc.integer({ min: 0, max: 4 }),
      also: fc.array(someTerms, { maxLength: 4 }),
      without: fc.uniqueArray(fc.record({ kind: fc.constantFrom(...FACET_KINDS), where: wheres }), {
        maxLength: 2,
        selector: ({ kind }) => kind,
      }),
    }),
    { nil: null },
  ),
});

export const suggestQueries: fc.Arbitrary<SuggestQuery> = fc.record({
  audience: fc.constantFrom('guest', 'account'),
  kinds: fc.uniqueArray(fc.constantFrom(...CONCEPT_KINDS), { minLength: 1 }),
  text: fc.constantFrom('a', 'b', 'be', 'the', 'é', '海', '🐝', 'aa', 'ab', 'abcdef'),
  limit: fc.integer({ min: 0, max: 8 }),
});

export const batches: fc.Arbitrary<IndexBatch> = fc.record({
  version: fc.integer({ min: 1, max: 100 }),
  renames: fc.array(
    fc
      .tuple(
        fc.constantFrom(...CONCEPT_KINDS),
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
      )
      .map(([kind, isSmall, from, to]) =>
        isSmall ? { kind, from, to } : { kind, from: conceptOf(kind, from), to: conceptOf(kind, to) },
      ),
    { maxLength: 2 },
  ),
  removals: fc.array(workIds, { maxLength: 3 }),
  documents: fc.uniqueArray(documents, { maxLength: 8, selector: ({ id }) => id }),
  counters: fc.uniqueArray(
    fc.record({
      id: workIds,
      ...(Object.fromEntries(COUNTERS.map((name) => [name, figures])) as Record<
        (typeof COUNTERS)[number],
        typeof figures
      >),
    }),
    { maxLength: 4, selector: ({ id }) => id },
  ),
  tags: fc.array(tags, { maxLength: 3 }),
  removedTags: fc.array(fc.integer({ min: 7, max: 50 }), { maxLength: 1 }),
});
