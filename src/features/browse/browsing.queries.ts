/** What the ways in to browsing share: where lists are looked for, and one page of them with what a person is shown. */
import { untilCommitted } from '../../platform/db/committed.ts';
import type { Asker } from '../../platform/threads/fair-queue.ts';
import { turn } from '../../platform/threads/turns.ts';
import type { Handle, Reads } from '../../platform/db/tables.ts';
import type { SiteView } from '../../ui/site-view.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Where } from './browse-query.ts';
import type { FandomsInUse } from './fandoms.queries.ts';
import { leavesIn } from './conditions.ts';
import { filteredList, unreadList, type FilteredList, type ListSources } from './filtered-list.queries.ts';
import type { FilterMistake, WorkFilter } from './filter/work-filter.ts';
import { foundInStories } from './found.queries.ts';
import type { ListRequest } from './list-request.ts';
import { listView, unreadView } from './list-view.ts';
import type { ListedBlurbs } from './listed-blurbs.queries.ts';
import type { FilteredListView, SearchedView } from './pages/filtered-list-view.ts';
import { archiveWords, type Words } from './queries.ts';
import { searchedView } from './searched-view.ts';
import { understand } from './search-box.queries.ts';
import { TextSearchSlow } from './text/text-search.ts';
import { worksWithoutOne } from './without-one.queries.ts';

export interface Browsing {
  /** Asked by nobody in particular: for what the archive asks for itself, and keeps. */
  sources: ListSources;
  /** The same with sources that take turns by asker: for what a request asks. */
  askedBy(asker: Asker): Browsing;
  blurbs: ListedBlurbs;
  /** How many words stand in the viewer's lists. */
  countWords(handle: Handle, viewer: Viewer): Promise<number>;
  /** The fandoms of the works in the viewer's lists. */
  fandoms: FandomsInUse;
}

/** A list as it is asked for: where it stands, and what it is a list of. */
export interface ListPlace {
  path: string;
  within: readonly Where[];
}

const DAY_MS = 86_400_000;
/** Nobody has mutes yet. */
const NO_MUTES = null;

export interface ListPageView {
  view: FilteredListView;
  status: 200 | 400 | 404;
  /** The place in the event log that the page is true of; null when it depends on more than the truth. */
  version: number | null;
}

const wordsOf = new WeakMap<Reads, () => Promise<Words>>();

/** The archive's vocabularies and languages, read again only after something was written. */
export function rememberedArchiveWords(reads: Reads): Promise<Words> {
  const words = wordsOf.get(reads) ?? untilCommitted(reads, archiveWords);
  wordsOf.set(reads, words);
  return words();
}

/** What a page shows for a request that is no form. */
export async function listPageView(
  { sources, blurbs }: Browsing,
  viewer: Viewer,
  site: SiteView,
  place: ListPlace,
  request: Exclude<ListRequest, { form: WorkFilter }>,
): Promise<ListPageView> {
  const words = await rememberedArchiveWords(sources.handle);
  const look = { path: place.path, locale: site.locale, today: Math.floor(site.now / DAY_MS) };
  const ask = { within: place.within, hide: NO_MUTES, words, facets: true };
  const unread = async (
    rest: WorkFilter,
    mistakes: readonly FilterMistake[],
    typed: URLSearchParams,
    search: SearchedView | null,
  ) => {
    const list = await unreadList(sources, viewer, { ...ask, filter: rest });
    return { view: unreadView(list, { mistakes, typed, search }, look), status: 400 as const, version: null };
  };
  if ('mistakes' in request) return unread(request.rest, request.mistakes, request.typed, null);
  try {
    const { filter, asked } = request;
    const list = await filteredList(sources, viewer, { ...ask, filter });
    const [listed, found, search, withoutOne] = await Promise.all([
      blurbs.of(viewer, site, list.answer.ids),
      foundIn(sources, viewer, list, words),
      asked === null ? null : searched(sources, viewer, asked, filter),
      worksWithoutOne(sources, viewer, list),
    ]);
    await turn();
    const works = listed.map(({ id, html }) => ({ html, found: found.get(id) ?? [] }));
    const noindex = listed.some((blurb) => blurb.noindex);
    const view = listView(list, { works, noindex, search, withoutOne }, look);
    return { view, status: filter.page > list.pages ? 404 : 200, version: versionOf(list) };
  } catch (error) {
    if (!(error instanceof TextSearchSlow)) throw error;
    return unread(request.filter, [TOO_SLOW], new URLSearchParams(), null);
  }
}

/** Full text is read in its own time, and an index that is being made cannot count: neither leaves a trace in the truth. */
function versionOf({ filter, answer, values }: FilteredList): number | null {
  const leaves = [...filter.include, ...filter.exclude, ...leavesIn(filter.q)];
  return values === null || leaves.some((leaf) => leaf.field === 'text') ? null : answer.version;
}

/** Why a search was given up. */
export const TOO_SLOW: FilterMistake = {
  parameter: 'q',
  value: '',
  sentence: 'q asks for words that take too long to look for. Try fewer, or more particular ones.',
  plain: 'These words take too long to look for. Try fewer, or more particular ones.',
};

/** Snippets of the works of a list's page, where the stories were searched. */
export function foundIn(sources: ListSources, viewer: Viewer, list: FilteredList, words: Words) {
  const { filter, meaning, answer } = list;
  return foundInStories(sources, viewer, { filter, leaves: meaning.text, works: answer.ids, words });
}

async function searched(sources: ListSources, viewer: Viewer, text: string, filter: WorkFilter): Promise<SearchedView> {
  const understood = await understand(sources, viewer, text);
  return searchedView(text, filter, 'mistakes' in understood ? [] : understood.named);
}
