/**
 * Type-ahead for a pair in another order than the archive writes it: `Kate/An` finds `Anne/Kate`. Who types one rarely knows
 * which name is to come first.
 */
import type { Handle } from '../../platform/db/tables.ts';
import { nameKey } from '../../platform/db/name-key.ts';
import { tagsById } from '../tags/index.ts';
import type { BrowseIndex, SuggestQuery, Suggestion } from './browse-query.ts';
import { pairIn, type Pair } from './filter/pair-names.ts';

/** Relationships with one of the names that are looked through for the beginning of the other, the most used first. */
const LOOKED_THROUGH = 200;

/**
 * @param query the text of a whole question; asked of relationships alone, and in every other order than the typed one.
 * @returns relationships of all the typed names, of which the last may be unfinished where there are two.
 */
export async function suggestedPairs(
  handle: Handle,
  index: BrowseIndex,
  query: SuggestQuery & { limit: number },
): Promise<Suggestion[]> {
  const pair = pairIn(query.text);
  if (pair === null) return [];
  const found = new Map<number, Suggestion>();
  const add = (suggestions: readonly Suggestion[]) => {
    for (const one of suggestions) if (!found.has(one.concept)) found.set(one.concept, one);
  };
  for (const text of pair.relationships) {
    if (text !== query.text) add(await index.suggest({ ...query, kinds: ['relationship'], text }));
  }
  add(await unfinished(handle, index, query, pair));
  return [...found.values()].slice(0, query.limit);
}

/** Relationships of two that end with the first name typed and begin with what there is of the second. */
async function unfinished(
  handle: Handle,
  index: BrowseIndex,
  query: SuggestQuery,
  { names, sign }: Pair,
): Promise<Suggestion[]> {
  const [first, second, third] = names;
  if (first === undefined || second === undefined || third !== undefined) return [];
  const end = sign + first;
  const holding = await index.suggest({ ...query, kinds: ['relationship'], text: end.trim(), limit: LOOKED_THROUGH });
  const tags = await tagsById(
    handle,
    holding.map(({ tag }) => tag),
  );
  return holding.filter(({ tag }) => {
    const key = nameKey(tags.get(tag)?.name ?? '');
    return key.startsWith(second) && key.endsWith(end) && key.length >= second.length + end.length;
  });
}
