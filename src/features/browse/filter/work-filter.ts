/**
 * The filter is a value, and the address is the filter: pages, JSON, feeds and saved filters take the same string.
 * Names and codes as a person writes them; what they mean here is looked up later. Pure.
 */
import type { NumberField, Order } from '../browse-query.ts';

/**
 * Parameters that take names of tags: repeated = all of them, a comma inside one value = any of them. Of `main` a work has
 * one, so repeated names of it are any of them, too.
 */
export const NAME_FIELDS = ['fandom', 'relationship', 'character', 'tag', 'category', 'warning', 'main'] as const;
export type NameField = (typeof NAME_FIELDS)[number];

/** Parameters that take public ids: a comma = any of them. */
export const ID_FIELDS = ['collection', 'series', 'creator'] as const;
export type IdField = (typeof ID_FIELDS)[number];

/** Parameters of which a work has one value: a comma, or repeating, = any of them. */
export const VALUE_FIELDS = ['rating', 'language', 'status'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

export const RANGE_FIELDS = [
  'words',
  'chapters',
  'kudos',
  'comments',
  'bookmarks',
  'hits',
  'fandoms',
  'relationships',
  'characters',
  'tags',
] as const satisfies readonly NumberField[];
export type RangeField = (typeof RANGE_FIELDS)[number];

export const DATE_FIELDS = ['posted', 'updated'] as const;
export type DateField = (typeof DATE_FIELDS)[number];

export const FLAG_FIELDS = ['complete', 'oneshot', 'crossover'] as const;
export type FlagField = (typeof FLAG_FIELDS)[number];

/** An end of a range of dates: a year, month or day (2026, 2026-01, 2026-01-31), or so many days before today. */
export type DateEnd = { date: string } | { daysAgo: number };

/** Where words are looked for. `about`: title, public byline, tags, summary and notes; `text`: the chapters. */
export const TEXT_PLACES = ['title', 'byline', 'tags', 'summary', 'notes', 'text'] as const;
export type TextPlace = (typeof TEXT_PLACES)[number];

/** A word, a beginning of a word, a phrase, or words near each other. */
export interface TextLeaf {
  field: 'text';
  /** null: wherever the filter looks (`about`, and the chapters with `in=text`). */
  place: TextPlace | null;
  /** As written, in lower or upper case, without quotation marks; one word, or several for a phrase or `near`. */
  words: string;
  /** Written in quotation marks. */
  phrase: boolean;
  /** The last word is a beginning: `lighth*`. */
  prefix: boolean;
  /** The words stand at most so many words apart, in any order: `NEAR(bees sussex, 10)`. */
  near: number | null;
}

/** One condition. */
export type Leaf =
  | { field: NameField; names: readonly string[] }
  | { field: IdField; ids: readonly string[] }
  | { field: ValueField; values: readonly string[] }
  | { field: RangeField; from: number | null; to: number | null }
  | { field: DateField; from: DateEnd | null; to: DateEnd | null }
  | { field: FlagField; is: boolean }
  | TextLeaf;

/** What `q` says. */
export type Expression = { all: readonly Expression[] } | { any: readonly Expression[] } | { not: Expression } | Leaf;

export type SortName = Order | 'relevance' | 'random';

export interface WorkFilter {
  /** All of these must hold. In the order in which they print; none is of the field `text`. */
  include: readonly Leaf[];
  /** None of these may. */
  exclude: readonly Leaf[];
  q: Expression | null;
  /** Whether `q` looks into the chapters too: `in=text`. */
  inText: boolean;
  sort: { by: SortName; reversed: boolean; /** For `random`: 0 to 2^26 - 1. */ seed: number | null };
  /** From 1. */
  page: number;
  /** Works a page, 1 to 100; null: the archive's own number. */
  per: number | null;
}

export const NO_FILTER: WorkFilter = {
  include: [],
  exclude: [],
  q: null,
  inText: false,
  sort: { by: 'updated', reversed: false, seed: null },
  page: 1,
  per: null,
};

/** What cannot be read, said in one sentence for the person who typed it. */
export interface FilterMistake {
  /** The parameter, as it was written: `words`, `not-fandom`, `q`. */
  parameter: string;
  /** What was given, shortened to 80 characters. */
  value: string;
  /** For whoever writes addresses: "words takes a range like 1000..5000, not "abc"." */
  sentence: string;
  /** For whoever sees fields and no parameters: "Words take whole numbers like 5,000, not “abc”." */
  plain: string;
}

export type FilterReading = { filter: WorkFilter } | { mistakes: readonly FilterMistake[] };
