/** What a filtered list of works shows: the contract between the routes, which fill it, and the pages. */
import type { PaginationView } from '../../../ui/Pagination.tsx';
import type { FilterMistake, NameField, ValueField } from '../filter/work-filter.ts';

/** A list of works with its filter. WorksPage, TagPage and CreatorPage show it. */
export interface FilteredListView {
  /** Exact number of works for this viewer with this filter. */
  total: number;
  /** Works that the viewer's own mutes and permanent filters left out. */
  hidden: number;
  /** "newest first", "most kudos first" */
  order: string;
  /** A work among these is not for search engines, or the list is filtered: then the page is not either. */
  noindex: boolean;
  works: readonly ListedBlurb[];
  pagination: PaginationView;
  /** Each condition of the filter, and how to take it out. Empty for an unfiltered list. */
  chips: readonly ChipView[];
  /** The list without any condition; null when there is none. */
  clearHref: string | null;
  /**
   * Of a filter that finds nothing: the conditions without which there would be works, and how many; empty where none
   * stands in the way alone, null where that was not counted.
   */
  withoutOne: readonly { chip: ChipView; works: number }[] | null;
  /** What could not be read. The list is empty then, and says so. */
  mistakes: readonly FilterMistake[];
  /** Plain sentences: "No work here has the fandom “X”.", "Counts are being prepared; totals are exact." */
  notices: readonly string[];
  /** Set when the list comes from the search box: what was typed, and what was understood. */
  search: SearchedView | null;
  panel: FilterPanelView;
}

export interface ListedBlurb {
  /** The blurb, rendered before and kept. */
  html: string;
  /** Where the words were found in the story, when the chapters were searched. */
  found: readonly FoundView[];
}

export interface FoundView {
  /** "Chapter 3: The hives" */
  where: string;
  /** Leads to the paragraph. */
  href: string;
  pieces: readonly { text: string; marked: boolean }[];
  language: { code: string; dir: 'ltr' | 'rtl' };
}

export interface ChipView {
  /** "Fandom", "Words", "Text"; said before the text to screen readers and shown small. */
  kind: string;
  /** "Sherlock Holmes", "more than 5,000" */
  text: string;
  /** "complete works" needs no "Complete" beside it. */
  saysKind: boolean;
  excluded: boolean;
  /** The same list without this condition. */
  removeHref: string;
}

export interface SearchedView {
  /** As it was typed. */
  text: string;
  understood: readonly {
    /** “Sherlock Holmes” */
    words: string;
    /** "the character Sherlock Holmes", "words in titles, summaries and tags" */
    as: string;
    /** Other readings of the same words: "Look for the words instead", "As the fandom Sherlock Holmes". */
    instead: readonly { label: string; href: string }[];
  }[];
}

export interface FilterPanelView {
  /** Path of the list: the form is sent there by GET. */
  action: string;
  /** Fields that the form carries along unseen. */
  carried: readonly { name: string; value: string }[];
  /** Whether counts are there; without them rows show no numbers and say so once. */
  counted: boolean;
  total: number;
  groups: readonly FacetGroupView[];
  ranges: readonly RangeView[];
  dates: readonly RangeView[];
  flags: readonly FlagView[];
  sorts: readonly { value: string; label: string; chosen: boolean }[];
  /** The search within the results. */
  q: string;
  inText: boolean;
  /** Conditions that no field of the panel shows, such as OR between kinds: kept in `carried`, told here. */
  alsoAsked: readonly string[];
  /** By field (`words`, `tag`, `complete`, `q`): what is wrong with what stands in it, in one sentence. */
  mistakes: ReadonlyMap<string, string>;
}

/** One kind of tag, or rating, language, status. */
export interface FacetGroupView {
  /** The parameter. */
  field: NameField | ValueField;
  /** "Fandoms", "Additional tags" */
  label: string;
  /** `all`: each chosen value must hold (`field=a&field=b`). `any`: one of them must (rating, language, status, main relationship; `field=a,b`). */
  mode: 'all' | 'any';
  /** What is chosen or excluded stands first, then the top values. */
  rows: readonly FacetRow[];
  /** Any-of lists chosen by name, each as one text: "A, B". Only with mode `all`. */
  anyOf: readonly string[];
  /** Whether a field for any other value belongs to it; its suggestions come from `suggestHref`. */
  suggestHref: string | null;
  open: boolean;
}

export interface FacetRow {
  /** What goes into the address. */
  value: string;
  label: string;
  /** Works that would be left; null where it was not counted. */
  works: number | null;
  /** Of the largest row of the group: 0 to 1, for the bar. */
  share: number;
  /** `both` finds nothing: the filter asks for it and leaves it out. */
  chosen: 'include' | 'exclude' | 'both' | null;
}

export interface RangeView {
  /** The parameter: `words`, `updated`. The form sends `words-from` and `words-to`. */
  field: string;
  label: string;
  from: string;
  to: string;
  /** Steps with their works, for a small histogram; each leads to the list narrowed to it. */
  histogram: readonly { label: string; works: number; share: number; href: string }[];
}

/** A question with three answers: either, yes, no. */
export interface FlagView {
  field: string;
  label: string;
  chosen: 'yes' | 'no' | null;
  words: { either: string; yes: string; no: string };
  /** Works that say yes. */
  works: number | null;
}

/** A tag looked at. */
export interface TagAboutView {
  name: string;
  /** "Fandom, canonical tag" */
  kindLine: string;
  /** One sentence on what a filter by it finds. */
  meaning: string;
  listHref: string;
  total: number;
  synonymOf: { name: string; href: string } | null;
  synonyms: readonly { name: string; href: string }[];
  /** The metatags above it and the subtags below, as trees; this tag is marked. */
  tree: readonly TagTreeNode[];
  belongsTo: readonly { name: string; href: string; kind: string }[];
  /** Works posted in each year, oldest first, years without works included; empty when not counted. */
  years: readonly { year: number; works: number; href: string }[];
  /** By kind: tags that stand with it most often. */
  related: readonly {
    label: string;
    tags: readonly { name: string; href: string; works: number; bothHref: string }[];
  }[];
  /** Counts are being prepared. */
  counted: boolean;
  noindex: boolean;
}

export interface TagTreeNode {
  name: string;
  href: string;
  works: number | null;
  here: boolean;
  below: readonly TagTreeNode[];
}
