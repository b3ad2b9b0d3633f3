/** The filter panel of a list: what can be chosen, with counts, and what is chosen. */
import { formatNumber } from '../../ui/numbers.ts';
import { LENGTHS, type FacetKind } from './browse-query.ts';
import { namesIn, stepRange } from './conditions.ts';
import type { CountedValue } from './facet-view.ts';
import type { FilteredList } from './filtered-list.queries.ts';
import { withRange } from './filter/changes.ts';
import { describeFilter, describeSort } from './filter/describe.ts';
import { printLeaf } from './filter/leaves.ts';
import { printQ } from './filter/print-q.ts';
import { printSort, SORT_NAMES } from './filter/sorts.ts';
import type { FilterMistake, FlagField, Leaf, NameField, ValueField, WorkFilter } from './filter/work-filter.ts';
import { listHref } from './list-address.ts';
import { fieldNameOf } from './pages/field-ids.ts';
import type { FacetGroupView, FacetRow, FilterPanelView, FlagView, RangeView } from './pages/filtered-list-view.ts';

/** For whom a list is shown, and where. */
export interface ListLook {
  /** Where the list stands. */
  path: string;
  locale: string;
  /** UTC days since 1970. */
  today: number;
}

interface Group {
  field: NameField | ValueField;
  kind: FacetKind;
  label: string;
  mode: 'all' | 'any';
  /** Any other value can be typed. */
  typed: boolean;
  /** The counts of the kind are not counts of this: rows hold what is chosen alone. */
  uncounted?: true;
  open: boolean;
}

const GROUPS: readonly Group[] = [
  { field: 'rating', kind: 'rating', label: 'Ratings', mode: 'any', typed: false, open: true },
  { field: 'warning', kind: 'warning', label: 'Archive warnings', mode: 'all', typed: false, open: true },
  { field: 'category', kind: 'category', label: 'Categories', mode: 'all', typed: false, open: true },
  { field: 'fandom', kind: 'fandom', label: 'Fandoms', mode: 'all', typed: true, open: true },
  { field: 'relationship', kind: 'relationship', label: 'Relationships', mode: 'all', typed: true, open: true },
  {
    field: 'main',
    kind: 'relationship',
    label: 'Main relationship',
    mode: 'any',
    typed: true,
    open: false,
    uncounted: true,
  },
  { field: 'character', kind: 'character', label: 'Characters', mode: 'all', typed: true, open: true },
  { field: 'tag', kind: 'freeform', label: 'Additional tags', mode: 'all', typed: true, open: true },
  { field: 'language', kind: 'language', label: 'Languages', mode: 'any', typed: false, open: false },
  { field: 'status', kind: 'status', label: 'Status', mode: 'any', typed: false, open: false },
];
const NUMBERS = [
  ['words', 'Words'],
  ['chapters', 'Chapters'],
  ['kudos', 'Kudos'],
  ['comments', 'Comments'],
  ['bookmarks', 'Bookmarks'],
  ['hits', 'Hits'],
] as const;
const DATES = [
  ['posted', 'Posted'],
  ['updated', 'Updated'],
] as const;
const FLAGS: readonly { field: FlagField; label: string; words: FlagView['words'] }[] = [
  { field: 'complete', label: 'Complete', words: { either: 'Either', yes: 'Complete', no: 'Unfinished' } },
  { field: 'oneshot', label: 'One-shots', words: { either: 'Either', yes: 'Only these', no: 'None' } },
  { field: 'crossover', label: 'Crossovers', words: { either: 'Either', yes: 'Only these', no: 'None' } },
];
/** Rows beside those that are chosen. */
const ROWS = 10;

/** A new shuffle stands ready each day. */
export function panelView(list: FilteredList, look: ListLook): FilterPanelView {
  const { filter, values } = list;
  const { path, today, locale } = look;
  const shown = new Set<Leaf>();
  const groups = GROUPS.map((group) => groupView(group, list, shown));
  const ranges = NUMBERS.map(([field, label]) =>
    rangeView({ field, label }, list, path, shown, field === 'words' ? lengthSteps(list, locale) : []),
  );
  const dates = DATES.map(([field, label]) =>
    rangeView({ field, label }, list, path, shown, field === 'posted' ? yearSteps(list) : []),
  );
  const flags = FLAGS.map((flag) => flagView(flag, list, shown));
  const carried = carriedFields(list, shown);
  return {
    action: path,
    carried: carried.map(({ name, value }) => ({ name, value })),
    counted: values !== null,
    total: list.answer.total,
    groups,
    ranges,
    dates,
    flags,
    sorts: sortsView(filter, today),
    q: filter.q === null ? '' : printQ(filter.q),
    inText: filter.inText,
    alsoAsked: carried.flatMap(({ said }) => said ?? []),
    mistakes: new Map(),
  };
}

function groupView(group: Group, list: FilteredList, shown: Set<Leaf>): FacetGroupView {
  const { filter, values, meaning } = list;
  const counted = (!group.uncounted && values?.[group.kind]) || [];
  const byId = new Map(counted.map((value) => [value.id, value]));
  // What the list is a list of is no choice.
  const taken = new Set(
    list.within.flatMap((one) => ('term' in one && one.term.kind === group.kind ? one.term.id : [])),
  );
  const rows: FacetRow[] = [];
  const anyOf: string[] = [];
  const add = (leaf: Leaf, chosen: 'include' | 'exclude') => {
    shown.add(leaf);
    for (const value of namesIn(leaf)) {
      const met = meaning.names(leaf.field, value);
      if (met) taken.add(met.term.id);
      const label = met?.label ?? value;
      const there = rows.findIndex((row) => row.label === label);
      const row = rows[there];
      // One value has one row, also where it is asked for and left out at once, or asked for by two of its names.
      if (row) {
        rows[there] = { ...row, chosen: row.chosen === chosen ? chosen : 'both' };
        continue;
      }
      const works = chosen === 'include' && met ? (byId.get(met.term.id)?.works ?? null) : null;
      rows.push({ value, label, works, share: 0, chosen });
    }
  };
  for (const leaf of filter.include.filter(({ field }) => field === group.field)) {
    const several = group.mode === 'all' && namesIn(leaf).length > 1;
    if (!several) add(leaf, 'include');
    else {
      shown.add(leaf);
      anyOf.push(namesIn(leaf).join(', '));
    }
  }
  for (const leaf of filter.exclude.filter(({ field }) => field === group.field)) add(leaf, 'exclude');
  const others = counted.filter(({ id, works }) => !taken.has(id) && works > 0);
  rows.push(...others.slice(0, ROWS).map((value) => rowOf(value)));
  const most = Math.max(1, ...rows.map((row) => row.works ?? 0));
  return {
    field: group.field,
    label: group.label,
    mode: group.mode,
    rows: rows.map((row) => ({ ...row, share: (row.works ?? 0) / most })),
    anyOf,
    suggestHref: group.typed ? `/api/v1/tags/suggestions?kind=${group.kind}` : null,
    open: group.open && rows.length > 0,
  };
}

function rowOf({ value, label, works }: CountedValue): FacetRow {
  return { value, label, works, share: 0, chosen: null };
}

interface Step {
  label: string;
  works: number;
  range: Leaf;
}

function rangeView(
  { field, label }: { field: (typeof NUMBERS)[number][0] | (typeof DATES)[number][0]; label: string },
  { filter }: FilteredList,
  path: string,
  shown: Set<Leaf>,
  steps: readonly Step[],
): RangeView {
  const leaf = filter.include.find((one) => one.field === field);
  if (leaf) shown.add(leaf);
  const [from = '', to = from] = leaf && leaf.field !== 'text' && 'from' in leaf ? printLeaf(leaf).split('..') : [];
  const most = Math.max(1, ...steps.map((step) => step.works));
  return {
    field,
    label,
    from,
    to,
    histogram: steps.map((step) => ({
      label: step.label,
      works: step.works,
      share: step.works / most,
      href: listHref(path, withRange(filter, step.range)),
    })),
  };
}

/** A row of bars of which at most one is there says nothing. */
function lengthSteps({ values }: FilteredList, locale: string): Step[] {
  const counts = new Map((values?.length ?? []).map(({ id, works }) => [id, works]));
  if (counts.size < 2) return [];
  return Array.from({ length: LENGTHS.length + 1 }, (_, index) => {
    const range = stepRange(index + 1);
    const { from, to } = range;
    const number = (value: number) => formatNumber(value, locale);
    const label =
      from === null
        ? `Under ${number((to ?? 0) + 1)} words`
        : to === null
          ? `${number(from)} words and more`
          : `${number(from)} to ${number(to)} words`;
    return { label, works: counts.get(index + 1) ?? 0, range: { field: 'words', ...range } };
  });
}

/** So many years at most stand side by side. */
const YEARS = 25;

function yearSteps({ values }: FilteredList): Step[] {
  const counts = new Map((values?.year ?? []).map(({ id, works }) => [id, works]));
  if (counts.size < 2) return [];
  const last = Math.max(...counts.keys());
  const first = Math.max(last - YEARS + 1, Math.min(...counts.keys()));
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const date = String(first + index);
    return {
      label: date,
      works: counts.get(first + index) ?? 0,
      range: { field: 'posted', from: { date }, to: { date } },
    };
  });
}

function flagView(
  { field, label, words }: (typeof FLAGS)[number],
  { filter, values }: FilteredList,
  shown: Set<Leaf>,
): FlagView {
  const leaf = filter.include.find((one) => one.field === field);
  if (leaf) shown.add(leaf);
  const chosen = leaf && 'is' in leaf ? (leaf.is ? 'yes' : 'no') : null;
  const works = values?.trait?.find((value) => value.value === field)?.works ?? 0;
  return { field, label, words, chosen, works: values === null || chosen === 'no' ? null : works };
}

/** What no field of the panel shows goes along unseen, and is told. */
function carriedFields({ filter, meaning }: FilteredList, shown: ReadonlySet<Leaf>) {
  const fields: { name: string; value: string; said: string | null }[] = [];
  const choice = (field: Leaf['field'], name: string) => meaning.names(field, name)?.label;
  for (const { leaf, side, label, text } of describeFilter(filter, { choice })) {
    if (side === 'q' || leaf === null || leaf.field === 'text' || shown.has(leaf)) continue;
    fields.push({
      name: side === 'include' ? leaf.field : `not-${leaf.field}`,
      value: printLeaf(leaf),
      said: `${label}${side === 'include' ? '' : ', without'}: ${text}`,
    });
  }
  if (filter.per !== null) fields.push({ name: 'per', value: String(filter.per), said: null });
  return fields;
}

/** The panel with what a form held that could not be read, each mistake beside its field. */
export function withTyped(
  panel: FilterPanelView,
  typed: URLSearchParams,
  mistakes: readonly FilterMistake[],
): FilterPanelView {
  const again = (range: RangeView): RangeView => {
    const own = [range.field, `${range.field}-from`, `${range.field}-to`];
    if (!mistakes.some(({ parameter }) => own.includes(parameter))) return range;
    const [from = '', to = ''] = (typed.get(range.field) ?? '').split('..');
    return {
      ...range,
      from: typed.get(`${range.field}-from`) ?? from,
      to: typed.get(`${range.field}-to`) ?? to,
    };
  };
  return {
    ...panel,
    total: 0,
    ranges: panel.ranges.map(again),
    dates: panel.dates.map(again),
    // Nothing was counted.
    flags: panel.flags.map((flag) => ({ ...flag, works: null })),
    q: typed.get('q') ?? panel.q,
    inText: panel.inText || typed.get('in') === 'text',
    // The first of several of a field: what is mended shows the next.
    mistakes: new Map(mistakes.map(({ parameter, plain }) => [fieldNameOf(parameter), plain] as const).toReversed()),
  };
}

/** Every order and its reverse. By relevance where there are words to look for. */
function sortsView({ sort, q }: WorkFilter, today: number): FilterPanelView['sorts'] {
  const seed = sort.by === 'random' ? sort.seed : (today * 7_919) % 2 ** 26;
  return SORT_NAMES.filter((by) => by !== 'relevance' || q !== null || sort.by === by).flatMap((by) =>
    [false, true]
      .map((reversed) => ({ by, reversed, seed: by === 'random' ? seed : null }))
      .filter((one) => (by !== 'random' && by !== 'relevance') || one.reversed === (sort.by === by && sort.reversed))
      .map((one) => ({
        value: printSort(one),
        label: describeSort(one),
        chosen: one.by === sort.by && one.reversed === sort.reversed,
      })),
  );
}
