/**
 * The browse index, held against what has happened since the moment that its answers are true of. A work that was hidden,
 * restricted, deleted or made anonymous meanwhile counts nowhere in an answer: not in the page, not in the total, not in
 * the counts, and not by its absence from "not by this creator". An index that lags loses places; it tells nothing.
 */
import type { Handle } from '../../platform/db/tables.ts';
import { concealedSince } from '../works/index.ts';
import { EVERYTHING, type BrowseAnswer, type BrowseIndex, type BrowseQuery, type Where } from './browse-query.ts';

export interface CurrentIndex extends BrowseIndex {
  /** `since`: an earlier place in the event log that a part of the question is true of, such as what words were found in. */
  search(query: BrowseQuery, since?: number): Promise<BrowseAnswer>;
}

export function currentIndex(handle: Handle, index: BrowseIndex): CurrentIndex {
  return {
    async search(query, since = Infinity) {
      const answer = await index.search(query);
      const concealed = await concealedSince(handle, query.audience, Math.min(since, answer.version));
      if (concealed === null) return answer;
      const works: Where = { works: Uint32Array.from(concealed.works.toSorted((a, b) => a - b)) };
      return index.search(within(query, concealed.all ? works : { not: works }));
    },
    async suggest(query) {
      const { version } = await index.search(nothing(query.audience));
      const suggestions = await index.suggest(query);
      const concealed = suggestions.length > 0 && (await concealedSince(handle, query.audience, version));
      if (!concealed) return suggestions;
      // Counted anew: a number, or a name with nothing left, would tell of what has gone.
      const terms = query.kinds.flatMap((kind) => suggestions.map(({ concept }) => ({ kind, id: concept })));
      const { facets } = await this.search({
        ...nothing(query.audience),
        where: EVERYTHING,
        facets: { kinds: query.kinds, top: 0, also: terms, without: [] },
      });
      // An index that cannot count names nothing while there is something to keep back.
      if (facets === null) return [];
      const works = new Map<number, number>();
      for (const kind of query.kinds)
        for (const value of facets[kind] ?? []) if (value.works > 0) works.set(value.id, value.works);
      return suggestions.flatMap((suggestion) => {
        const left = works.get(suggestion.concept) ?? 0;
        return left > 0 ? [{ ...suggestion, works: left }] : [];
      });
    },
  };
}

/** A question that asks for no work: its answer names the place in the event log alone. */
function nothing(audience: BrowseQuery['audience']): BrowseQuery {
  const sort = { by: 'updated', reversed: false } as const;
  return { audience, where: { any: [] }, hide: null, sort, offset: 0, limit: 0, facets: null };
}

function within(query: BrowseQuery, condition: Where): BrowseQuery {
  const both = (where: Where): Where => ({ all: [where, condition] });
  const { facets } = query;
  return {
    ...query,
    where: both(query.where),
    facets: facets && {
      ...facets,
      without: facets.without.map(({ kind, where }) => ({ kind, where: both(where) })),
    },
  };
}
