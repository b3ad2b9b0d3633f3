/** Filters as readers might make them, from tags and figures of works that are there; the same for the same seed. Pure. */
import {
  FACET_KINDS,
  ORDERS,
  type BrowseQuery,
  type FacetKind,
  type NumberField,
  type Sort,
  type Term,
  type Where,
} from '../browse-query.ts';
import type { IndexDocument } from '../engine/index-document.ts';

/** 0 to below 1. */
export type Random = () => number;

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns so many questions about works like these; none without works. */
export function randomQueries(random: Random, works: readonly IndexDocument[], count: number): BrowseQuery[] {
  if (works.length === 0) return [];
  return Array.from({ length: count }, () => randomQuery(random, works));
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

function randomQuery(random: Random, works: readonly IndexDocument[]): BrowseQuery {
  const term = (): Term => pick(random, pick(random, works).terms);
  // Two tags of one work stand together somewhere, so that most lists hold something.
  const one = pick(random, works);
  const parts: Where[] = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    term: pick(random, one.terms),
  }));
  if (random() < 0.4) parts.push({ not: { term: term() } });
  if (random() < 0.3) parts.push(rangeAround(random, one));
  const choice = random() < 0.3 ? anyOfOneKind(one, works) : null;
  const where: Where = { all: choice === null ? parts : [...parts, choice.where] };
  return {
    audience: random() < 0.6 ? 'guest' : 'account',
    where,
    hide: random() < 0.2 ? { term: term() } : null,
    sort: randomSort(random),
    offset: random() < 0.7 ? 0 : Math.floor(random() * 40),
    limit: 25,
    facets: {
      kinds: FACET_KINDS,
      top: 15,
      also: [],
      without: choice === null ? [] : [{ kind: choice.kind, where: { all: parts } }],
    },
  };
}

function anyOfOneKind(one: IndexDocument, works: readonly IndexDocument[]): { kind: FacetKind; where: Where } | null {
  const kinds: readonly string[] = FACET_KINDS;
  const first = one.terms.find(({ kind }) => kinds.includes(kind));
  if (first === undefined) return null;
  const others = works.flatMap(({ terms }) => terms.filter(({ kind, id }) => kind === first.kind && id !== first.id));
  const values = [first, ...others.slice(0, 2)];
  return { kind: first.kind as FacetKind, where: { any: values.map((term) => ({ term })) } };
}

function rangeAround(random: Random, { words, kudos, chapters }: IndexDocument): Where {
  const [number, value]: [NumberField, number] = pick(random, [
    ['words', words],
    ['kudos', kudos],
    ['chapters', chapters],
  ]);
  const from = Math.floor(value * random());
  return { number, from, to: random() < 0.5 ? null : value + Math.floor(value * random()) };
}

function randomSort(random: Random): Sort {
  const reversed = random() < 0.2;
  return random() < 0.1
    ? { by: 'random', seed: Math.floor(random() * 1_000), reversed }
    : { by: pick(random, ORDERS), reversed };
}
