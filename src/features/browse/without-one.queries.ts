/**
 * What stands in the way where a filter finds nothing: how many works there would be without each of its conditions. A few
 * short questions to the index, for the same viewer and with the same checks as the list itself.
 */
import type { Viewer } from '../accounts/index.ts';
import { audienceOf } from '../works/index.ts';
import { conditionOf, textGroups } from './conditions.ts';
import { describeFilter } from './filter/describe.ts';
import type { TextLeaf, WorkFilter } from './filter/work-filter.ts';
import type { FilteredList, ListSources } from './filtered-list.queries.ts';
import { MOST_LOOKED_FOR } from './list-request.ts';
import { TextSearchSlow } from './text/text-search.ts';

/** So many conditions are tried: each is a question of its own. */
export const MOST_TRIED = 8;
const DAY_MS = 86_400_000;

/**
 * Works that would be left without each condition, in the order of `describeFilter`; null for one that was not tried.
 * Empty where the list is not, where it has a single condition, and where the index cannot count.
 */
export async function worksWithoutOne(
  sources: ListSources,
  viewer: Viewer,
  list: FilteredList,
): Promise<(number | null)[]> {
  const conditions = describeFilter(list.filter);
  if (list.answer.total > 0 || list.values === null || conditions.length < 2) return [];
  const filters = conditions.slice(0, MOST_TRIED).map(({ without }) => without);
  try {
    const words = await worksWithWords(sources, list.filter, filters);
    return await Promise.all(filters.map((filter) => worksLeft(sources, viewer, list, filter, words)));
  } catch (error) {
    if (error instanceof TextSearchSlow) return [];
    throw error;
  }
}

interface Found {
  works: ReadonlyMap<string, Uint32Array>;
  version: number | undefined;
}

const keyOf = (group: readonly TextLeaf[]) => JSON.stringify(group);

/** All that the filters look for, in one question of at most as many words as a list may ask for; what is beyond is left out. */
async function worksWithWords(
  { text }: ListSources,
  { inText }: WorkFilter,
  filters: readonly WorkFilter[],
): Promise<Found> {
  const groups = new Map<string, TextLeaf[]>();
  let leaves = 0;
  for (const group of filters.flatMap(({ q }) => textGroups(q))) {
    if (groups.has(keyOf(group)) || leaves + group.length > MOST_LOOKED_FOR) continue;
    groups.set(keyOf(group), group);
    leaves += group.length;
  }
  if (groups.size === 0) return { works: new Map(), version: undefined };
  const { works, version } = await text.match([...groups.values()], inText);
  return {
    works: new Map([...groups.keys()].map((key, index) => [key, works[index] ?? new Uint32Array()])),
    version: version === 0 ? undefined : version,
  };
}

async function worksLeft(
  { index, now }: ListSources,
  viewer: Viewer,
  { meaning, within }: FilteredList,
  filter: WorkFilter,
  words: Found,
): Promise<number | null> {
  if (textGroups(filter.q).some((group) => !words.works.has(keyOf(group)))) return null;
  const condition = conditionOf(filter, {
    named: meaning.names,
    found: (group) => words.works.get(keyOf(group)) ?? new Uint32Array(),
    today: Math.floor(now() / DAY_MS),
    made: new Map(),
  });
  const { total } = await index.search(
    {
      audience: audienceOf(viewer),
      where: { all: [...within, condition] },
      hide: meaning.query.hide,
      sort: { by: 'updated', reversed: false },
      offset: 0,
      limit: 0,
      facets: null,
    },
    words.version,
  );
  return total;
}
