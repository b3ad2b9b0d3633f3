/**
 * Gives the terms of a new segment their numbers: the most frequent first, then by key; those that no document carries
 * get none. Small numbers are what makes counting fast: the counters of frequent terms lie in the same few cache lines.
 */
import type { DocumentSource } from './segment-source.ts';
import { COMMON } from './forward-runs.ts';
import { DENSE_SHARE, NO_TERM } from './segment.ts';
import { sortBy } from './number-sort.ts';
import type { UnitedTerms } from './unite-terms.ts';

export interface NumberedTerms {
  /** By new number. */
  keys: Float64Array;
  works: Uint32Array;
  /** For each source: from its numbers to the new ones. */
  numbers: readonly Uint32Array[];
}

/** @param works how many documents each place of `united.keys` has. */
export function numberTerms(united: UnitedTerms, works: Uint32Array): NumberedTerms {
  const used = new Uint32Array(works.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0));
  let end = 0;
  for (let place = 0; place < works.length; place += 1) if ((works[place] as number) > 0) used[end++] = place;
  sortBy(used, works, true);
  const numberOf = new Uint32Array(works.length).fill(NO_TERM);
  for (let number = 0; number < used.length; number += 1) numberOf[used[number] as number] = number;
  return {
    keys: new Float64Array(used.length).map((_, number) => united.keys[used[number] as number] as number),
    works: used.map((place) => works[place] as number),
    numbers: united.places.map((places) => places.map((place) => numberOf[place] as number)),
  };
}

/** How many terms at the front have more than their share of so many works: those that get bits. */
export function denseAmong({ works: counts }: NumberedTerms, works: number): number {
  let end = 0;
  while (end < counts.length && (counts[end] as number) * DENSE_SHARE > works) end += 1;
  return end;
}

/** How many of the facet terms are common: dense ones with numbers that fit one byte. */
export function commonAmong(facets: NumberedTerms, works: number): number {
  return Math.min(COMMON, denseAmong(facets, works));
}

/** Reads the facet terms of one document after another in new numbers, each once. */
export class MappedFacets {
  readonly terms: Uint32Array;
  readonly #source: DocumentSource;
  readonly #numbers: Uint32Array;

  constructor(source: DocumentSource, numbers: Uint32Array) {
    this.terms = new Uint32Array(source.mostFacets);
    this.#source = source;
    this.#numbers = numbers;
  }

  /** Fills the front of `terms`; returns how many there are. */
  read(document: number): number {
    const { terms } = this;
    const numbers = this.#numbers;
    const count = this.#source.facetsOf(document, terms);
    for (let index = 0; index < count; index += 1) terms[index] = numbers[terms[index] as number] as number;
    if (!this.#source.repeats) return count;
    const distinct = new Set(terms.subarray(0, count));
    terms.set([...distinct]);
    return distinct.size;
  }
}
