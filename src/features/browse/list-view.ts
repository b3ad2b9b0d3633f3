/** From a filtered list to what its page shows. */
import { formatNumber } from '../../ui/numbers.ts';
import type { PaginationView } from '../../ui/Pagination.tsx';
import { describeFilter, describeSort, type FilterPhrase } from './filter/describe.ts';
import { onlyFirstPage, withPage } from './filter/changes.ts';
import { isListLeaf } from './filter/fields.ts';
import { printFilter } from './filter/print-filter.ts';
import { NO_FILTER, type FilterMistake } from './filter/work-filter.ts';
import type { FilteredList } from './filtered-list.queries.ts';
import { listHref } from './list-address.ts';
import type { ChipView, FilteredListView, ListedBlurb, SearchedView } from './pages/filtered-list-view.ts';
import { panelView, withTyped, type ListLook } from './panel-view.ts';

export interface ListContents {
  works: readonly ListedBlurb[];
  noindex: boolean;
  search: SearchedView | null;
  /** As `worksWithoutOne` says it. */
  withoutOne: readonly (number | null)[];
}

/** Each chip is a link that holds all the others: more than these would make a page of megabytes. */
const MOST_CHIPS = 50;

export function listView(list: FilteredList, contents: ListContents, look: ListLook): FilteredListView {
  const { filter, answer, meaning } = list;
  const isFiltered = printFilter(onlyFirstPage(filter)) !== '';
  const phrases = describeFilter(filter, {
    number: (value) => formatNumber(value, look.locale),
    choice: (field, choice) => meaning.names(field, choice)?.label,
  });
  const chips = phrases.slice(0, MOST_CHIPS).map((phrase) => chipView(phrase, look.path));
  const untold = phrases.length - chips.length;
  return {
    total: answer.total,
    hidden: answer.hidden,
    order: describeSort(meaning.query.sort.by === filter.sort.by ? filter.sort : NO_FILTER.sort),
    noindex: contents.noindex || isFiltered,
    works: contents.works,
    pagination: paginationView(list, look.path),
    chips,
    clearHref: chips.length > 0 ? look.path : null,
    withoutOne: withoutOneView(chips, contents.withoutOne),
    mistakes: [],
    notices: [...meaning.notices, ...(untold > 0 ? [`The filter has ${untold} more conditions than stand here.`] : [])],
    search: contents.search,
    panel: panelView(list, look),
  };
}

/** The list when its address cannot be read: empty, with the form as it was filled in. */
export function unreadView(
  list: FilteredList,
  {
    mistakes,
    typed,
    search,
  }: { mistakes: readonly FilterMistake[]; typed: URLSearchParams; search: SearchedView | null },
  look: ListLook,
): FilteredListView {
  const view = listView(list, { works: [], noindex: true, search, withoutOne: [] }, look);
  return {
    ...view,
    notices: [],
    clearHref: look.path,
    mistakes,
    // What stands in the search box on top stands in no field of the panel.
    panel: withTyped(view.panel, typed, search === null ? mistakes : []),
  };
}

function withoutOneView(chips: readonly ChipView[], works: ListContents['withoutOne']): FilteredListView['withoutOne'] {
  if (works.length === 0) return null;
  const helps = chips.flatMap((chip, at) => (works[at] ? [{ chip, works: works[at] }] : []));
  // That none helps alone is known only where each was tried.
  const isKnown = works.length === chips.length && !works.includes(null);
  return helps.length > 0 || isKnown ? helps : null;
}

function paginationView({ filter, pages }: FilteredList, path: string): PaginationView {
  return { page: filter.page, pages, hrefOf: (page) => listHref(path, withPage(filter, page)) };
}

/** What `q` denies says so itself. Names stand bare; ranges, dates and questions are phrases: "at least 2,000 words". */
function chipView({ leaf, label, text, side, without }: FilterPhrase, path: string): ChipView {
  const saysKind = leaf !== null && leaf.field !== 'text' && !isListLeaf(leaf);
  return { kind: label, text, saysKind, excluded: side === 'exclude', removeHref: listHref(path, without) };
}
