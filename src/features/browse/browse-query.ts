/**
 * What is asked of the browse index, and what it answers. Two implementations keep this contract: the engine in memory
 * (`engine/`) and plain SQL (`plain/`), which is what lists fall back to and what the engine is compared with. A third,
 * on a search cluster, can be written without the pages noticing. Ids only, no names: what is shown is read from the
 * truth, where visibility is asked again. Pure.
 */
import type { Audience } from '../works/index.ts';

/**
 * What a work can be found under. The first seven are concepts: a canonical tag, or a tag nobody has wrangled; a work
 * carries each one once, with all metatags above it. `main`: the concept of the relationship listed first, and its
 * metatags. `pseud`, `imported`: public bylines only. `trait`: see TRAITS. `length`: a step of LENGTHS. `year`: the
 * year in which the work was posted, UTC. `language` and `status`: `codeTermId` of the code.
 */
export const TERM_KINDS = [
  'rating',
  'warning',
  'category',
  'fandom',
  'relationship',
  'character',
  'freeform',
  'language',
  'status',
  'trait',
  'length',
  'year',
  'main',
  'pseud',
  'imported',
  'series',
  'collection',
] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** Kinds of which an answer can count the values. They stand at the front of TERM_KINDS. */
export const FACET_KINDS = TERM_KINDS.slice(0, 12) as readonly TermKind[] as readonly FacetKind[];
export type FacetKind = Exclude<TermKind, 'main' | 'pseud' | 'imported' | 'series' | 'collection'>;

/** Kinds whose terms are tags: their ids are ids of tags. `main` has ids of tags too. */
export const CONCEPT_KINDS = [
  'rating',
  'warning',
  'category',
  'fandom',
  'relationship',
  'character',
  'freeform',
] as const;
export type ConceptKind = (typeof CONCEPT_KINDS)[number];

/** One value that works stand under. `id`: a positive integer below 2^47, that of the tag, pseud, series …. */
export interface Term {
  kind: TermKind;
  id: number;
}

/** Ids of the kind `trait`. Complete: as many chapters posted as planned. One-shot: complete, with one chapter. */
export const TRAITS = { complete: 1, oneshot: 2, crossover: 3 } as const;

/**
 * Upper ends of the steps of length, in words, the last one open: a work of n words has the term `length` with id 1 + the
 * number of ends that are <= n.
 */
export const LENGTHS = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000] as const;

/** Figures of a work that ranges ask for. `posted` and `updated` are UTC days since 1970; the last four count its tags. */
export const NUMBERS = [
  'words',
  'chapters',
  'kudos',
  'comments',
  'bookmarks',
  'hits',
  'posted',
  'updated',
  'fandoms',
  'relationships',
  'characters',
  'tags',
] as const;
export type NumberField = (typeof NUMBERS)[number];
/** Those that change without an edit of the work. They travel apart from it: ranges over them and orders by them may be 60 s old. */
export const COUNTERS = ['kudos', 'comments', 'bookmarks', 'hits'] as const;
export type Counter = (typeof COUNTERS)[number];

/** A condition on works. An empty `all` holds for every work, an empty `any` for none. */
export type Where =
  | { all: readonly Where[] }
  | { any: readonly Where[] }
  | { not: Where }
  | { term: Term }
  /** Both ends belong to the range; null: open. */
  | { number: NumberField; from: number | null; to: number | null }
  /** One of these works, by id, ascending. Unknown ids match nothing. */
  | { works: Uint32Array };

export const EVERYTHING: Where = { all: [] };

/** Orders, each as its own name says: newest, most or A first. Ties end with the newest id first, also when `reversed`. */
export const ORDERS = [
  'updated',
  'posted',
  'words',
  'kudos',
  'comments',
  'bookmarks',
  'hits',
  'title',
  'creator',
] as const;
export type Order = (typeof ORDERS)[number];

export type Sort =
  | { by: Order; reversed: boolean }
  /** Shuffled, the same for the same seed: by `shuffleKey`, smallest first. Seed: 0 to 2^26 - 1. */
  | { by: 'random'; seed: number; reversed: boolean }
  /** By place in this list of work ids, best first; works that are not in it come last, newest id first. */
  | { by: 'relevance'; ranked: Uint32Array; reversed: boolean };

export interface FacetAsk {
  kinds: readonly FacetKind[];
  /** Values of each kind that are wanted, most works first, then the smallest id. */
  top: number;
  /** Values whose counts are wanted whether or not they are among the top. */
  also: readonly Term[];
  /** For a kind in which any-of values were chosen: the condition without that choice. Its counts are made by it. */
  without: readonly { kind: FacetKind; where: Where }[];
}

export interface BrowseQuery {
  /** Whose lists are asked: nothing else counts anywhere in the answer. */
  audience: Audience;
  where: Where;
  /** Works that are left out for this person, by mutes and permanent filters; the answer says how many. */
  hide: Where | null;
  sort: Sort;
  /** From 0. Beyond the last work: no ids, all else as ever. */
  offset: number;
  /** 0 to 100. */
  limit: number;
  facets: FacetAsk | null;
}

export interface FacetValue {
  id: number;
  /** Works that would be left if this were chosen too. */
  works: number;
}

export interface BrowseAnswer {
  /** The place in the event log that the answer is true of. */
  version: number;
  total: number;
  /** Works that match and were left out by `hide`. */
  hidden: number;
  ids: number[];
  /**
   * For each kind asked for: the top values that may be offered to everyone (`offered` below), then those of `also` that
   * are not among them, in their order, zero included. Null where the index cannot count.
   */
  facets: Partial<Record<FacetKind, FacetValue[]>> | null;
}

/**
 * A concept is offered when its tag is canonical, or when it stands, with works of this audience, on works of two or
 * more creators; or of one, where that one signs all works of this audience that anybody signs (decision 0058). An anonymous
 * work and one without creators count for nobody here. Terms that are no concepts are always offered.
 */
export interface SuggestQuery {
  audience: Audience;
  kinds: readonly ConceptKind[];
  /** What was typed, as `nameKey` makes it; at least one character. */
  text: string;
  limit: number;
}

export interface Suggestion {
  /** The tag whose name matches. */
  tag: number;
  /** The concept it stands for: itself, or the canonical tag of a synonym. */
  concept: number;
  /** Works of the audience under the concept; never 0. */
  works: number;
  /** Whether the name begins with the text; otherwise it, or a word of it, holds the text inside. */
  begins: boolean;
}

export interface BrowseIndex {
  search(query: BrowseQuery): Promise<BrowseAnswer>;
  /**
   * Tags by a piece of their name: those that begin with it before those that hold it, each most works first, then the
   * smallest id of a tag. One suggestion a concept, its own name before a synonym's. A synonym's own use is not known here: whoever shows one asks the truth whether the viewer may know it.
   */
  suggest(query: SuggestQuery): Promise<Suggestion[]>;
}

/** The id of a term for a code (`en`, `on-hiatus`): the first 47 bits of two FNV-1a hashes, never 0. Case is ignored. */
export function codeTermId(code: string): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (const character of code.toLowerCase()) {
    const point = character.codePointAt(0) ?? 0;
    low = Math.imul(low ^ point, 0x01000193) >>> 0;
    high = Math.imul(high ^ point, 0x85ebca6b) >>> 0;
  }
  return (high & 0x7fff) * 2 ** 32 + low || 1;
}

/** Prime below 2^26: products of two rests stay below 2^53, so that TypeScript and both databases agree. */
export const SHUFFLE_PRIME = 67_108_859;

/** The multiplier, the shift and the last shift of `shuffleKey` for a seed: each 1 to SHUFFLE_PRIME - 1. */
export function shuffleNumbers(seed: number): { times: number; plus: number; last: number } {
  const rest = (factor: number, shift: number) =>
    1 + (((((seed + 1) * factor) % SHUFFLE_PRIME) + shift) % (SHUFFLE_PRIME - 1));
  return { times: rest(7_919, 31_415_927), plus: rest(104_729, 2_718_281), last: rest(15_485_863, 1_414_213) };
}

/** Where a work stands in a shuffled list: ((id * times + plus) % p) squared, + last, % p. Two works can share a key. */
export function shuffleKey(id: number, { times, plus, last }: ReturnType<typeof shuffleNumbers>): number {
  const first = ((id % SHUFFLE_PRIME) * times + plus) % SHUFFLE_PRIME;
  return (first * first + last) % SHUFFLE_PRIME;
}
