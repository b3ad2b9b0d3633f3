/** Moves words of the search box that are names of tags out of `q`. */
import type { BoxPhrase } from './box-phrases.ts';
import { conjunction, conjuncts } from './expressions.ts';
import { normalFilter } from './normal-filter.ts';
import type { Leaf, NameField, WorkFilter } from './work-filter.ts';

/** A phrase that the archive knows as the name of a tag, or as those of a pair. */
export interface FoundName {
  phrase: BoxPhrase;
  field: NameField;
  /** Each is a condition of its own. */
  names: readonly string[];
}

/**
 * @param filter as `readSearchBox` gave it, with the phrases of the same reading.
 * @returns the filter with each found name as a condition of its own, excluded where a minus stood. Where phrases overlap
 * the one of most words wins, then the first in `found`; a phrase found under several kinds is the first of them.
 */
export function settleNames(filter: WorkFilter, found: readonly FoundName[]): WorkFilter {
  const parts = conjuncts(filter.q);
  const taken = new Set<number>();
  const include: Leaf[] = [...filter.include];
  const exclude: Leaf[] = [...filter.exclude];
  for (const { phrase, field, names } of found.toSorted(byLength)) {
    if (phrase.covers.some((place) => taken.has(place) || place >= parts.length)) continue;
    for (const place of phrase.covers) taken.add(place);
    (phrase.negated ? exclude : include).push(...names.map((name) => ({ field, names: [name] })));
  }
  const q = conjunction(parts.filter((_, place) => !taken.has(place)));
  return normalFilter({ ...filter, include, exclude, q });
}

function byLength(one: FoundName, other: FoundName): number {
  return other.phrase.covers.length - one.phrase.covers.length;
}
