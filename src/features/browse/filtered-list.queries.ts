/**
 * One page of a filtered list: the index says which works, the truth says what of them may be shown now. A work that the
 * index still names and that the viewer may no longer see is left out, and so is a tag that says too much.
 */
import { turn } from '../../platform/threads/turns.ts';
import type { Reads } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { tagsById, type Tag } from '../tags/index.ts';
import type { BrowseAnswer, Where } from './browse-query.ts';
import { leavesIn, namesIn } from './conditions.ts';
import type { CurrentIndex } from './current-index.queries.ts';
import { countedValues, tagIdsIn, type CountedValues } from './facet-view.ts';
import type { WorkFilter } from './filter/work-filter.ts';
import { meaningOf, type Meaning } from './meaning.queries.ts';
import { offeredTags } from './offered-tags.queries.ts';
import type { Words } from './queries.ts';
import type { TextSearch } from './text/text-search.ts';

/** Where lists are looked for. */
export interface ListSources {
  handle: Reads;
  index: CurrentIndex;
  text: TextSearch;
  /** UTC milliseconds. */
  now: () => number;
}

export interface ListAsk {
  filter: WorkFilter;
  /** What the list is a list of, before anything is chosen; empty for all works. */
  within: readonly Where[];
  hide: Where | null;
  words: Words;
  facets: boolean;
}

export interface FilteredList {
  filter: WorkFilter;
  within: readonly Where[];
  meaning: Meaning;
  answer: BrowseAnswer;
  /** Null while nothing can be counted. */
  values: CountedValues | null;
  perPage: number;
  /** At least 1. */
  pages: number;
}

export async function filteredList(sources: ListSources, viewer: Viewer, ask: ListAsk): Promise<FilteredList> {
  const meaning = await meaningOf(sources.handle, viewer, ask.filter, sources.text, { ...ask, now: sources.now() });
  const answer = await sources.index.search(meaning.query, meaning.textVersion);
  await turn();
  return listFrom(sources.handle, viewer, ask, meaning, answer);
}

/** The list of an address that cannot be read: nothing but what could be read of the filter. */
export async function unreadList(sources: ListSources, viewer: Viewer, ask: ListAsk): Promise<FilteredList> {
  const filter = { ...ask.filter, q: null, page: 1 };
  const extras = { ...ask, now: sources.now(), facets: false };
  const meaning = await meaningOf(sources.handle, viewer, filter, sources.text, extras);
  const answer = { version: 0, total: 0, hidden: 0, ids: [], facets: {} };
  return listFrom(sources.handle, viewer, { ...ask, filter }, meaning, answer);
}

async function listFrom(
  handle: Reads,
  viewer: Viewer,
  ask: ListAsk,
  meaning: Meaning,
  answer: BrowseAnswer,
): Promise<FilteredList> {
  const tags = await tagsToName(handle, viewer, ask.filter, meaning, answer);
  const perPage = meaning.query.limit;
  return {
    filter: ask.filter,
    within: ask.within,
    meaning,
    answer,
    values: countedValues(answer.facets, tags, ask.words),
    perPage,
    pages: Math.max(1, Math.ceil(answer.total / perPage)),
  };
}

/** Tags among the counted values that the viewer may be told of now: what is offered to all, and what they asked for by a name they know. */
async function tagsToName(
  handle: Reads,
  viewer: Viewer,
  filter: WorkFilter,
  meaning: Meaning,
  answer: BrowseAnswer,
): Promise<Map<number, Tag>> {
  const asked = [...filter.include, ...filter.exclude, ...leavesIn(filter.q)].flatMap((leaf) =>
    'names' in leaf || leaf.field === 'rating'
      ? namesIn(leaf).flatMap((name) => meaning.names(leaf.field, name)?.term.id ?? [])
      : [],
  );
  const [offered, own] = await Promise.all([
    offeredTags(handle, viewer, tagIdsIn(answer.facets)),
    tagsById(handle, asked),
  ]);
  return new Map([...offered, ...own]);
}
