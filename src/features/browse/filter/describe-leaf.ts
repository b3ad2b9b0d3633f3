/** One condition in plain words: "more than 5,000 words", "posted in the last 30 days", "Sherlock Holmes or John Watson". */
import {
  choicesOf,
  type DateLeaf,
  isDateLeaf,
  isListLeaf,
  isRangeLeaf,
  type ListField,
  type RangeLeaf,
} from './fields.ts';
import type { DateEnd, FlagField, Leaf, RangeField, TextLeaf, TextPlace } from './work-filter.ts';

/** What the archive knows better than the address: its locale, and names that stand behind ids and codes. */
export interface FilterWords {
  /** 5000 → "5,000" */
  number: (value: number) => string;
  /** 2026-01-31 → "31 January 2026"; years and months too. */
  date: (date: string) => string;
  /** The title of a series, the English name of a language; undefined leaves what the address says. */
  choice: (field: ListField, choice: string) => string | undefined;
}

const ENGLISH_NUMBER = new Intl.NumberFormat('en');
const MONTHS = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });

export const PLAIN_WORDS: FilterWords = {
  number: (value) => ENGLISH_NUMBER.format(value),
  date: (date) => {
    const [year = '', month, day] = date.split('-');
    const named = month === undefined ? [] : [MONTHS.format(Date.UTC(2000, Number(month) - 1, 1))];
    return [...(day === undefined ? [] : [String(Number(day))]), ...named, year].join(' ');
  },
  choice: () => undefined,
};

/** What a condition is called, as a heading; in a sentence it begins small. */
export const FIELD_LABELS: Readonly<Record<Leaf['field'], string>> = {
  fandom: 'Fandom',
  relationship: 'Relationship',
  character: 'Character',
  tag: 'Additional tag',
  category: 'Category',
  warning: 'Archive warning',
  main: 'Main relationship',
  collection: 'Collection',
  series: 'Series',
  creator: 'Creator',
  rating: 'Rating',
  language: 'Language',
  status: 'Status',
  words: 'Words',
  chapters: 'Chapters',
  kudos: 'Kudos',
  comments: 'Comments',
  bookmarks: 'Bookmarks',
  hits: 'Hits',
  fandoms: 'Fandoms',
  relationships: 'Relationships',
  characters: 'Characters',
  tags: 'Additional tags',
  posted: 'Posted',
  updated: 'Updated',
  complete: 'Complete',
  oneshot: 'One-shots',
  crossover: 'Crossovers',
  text: 'Text',
};

const COUNTED: Readonly<Record<RangeField, readonly [one: string, many: string]>> = {
  words: ['word', 'words'],
  chapters: ['chapter', 'chapters'],
  kudos: ['kudos', 'kudos'],
  comments: ['comment', 'comments'],
  bookmarks: ['bookmark', 'bookmarks'],
  hits: ['hit', 'hits'],
  fandoms: ['fandom', 'fandoms'],
  relationships: ['relationship', 'relationships'],
  characters: ['character', 'characters'],
  tags: ['additional tag', 'additional tags'],
};

const FLAGS: Readonly<Record<FlagField, readonly [yes: string, no: string]>> = {
  complete: ['complete works', 'works that are not complete'],
  oneshot: ['one-shots', 'no one-shots'],
  crossover: ['crossovers', 'no crossovers'],
};

const PLACES: Readonly<Record<TextPlace, string>> = {
  title: 'in the title',
  byline: 'in the byline',
  tags: 'in the tags',
  summary: 'in the summary',
  notes: 'in the notes',
  text: 'in the story',
};

/** The condition itself, whichever side it stands on. Names stand bare, since whoever shows them says their kind. */
export function leafText(leaf: Leaf, words: FilterWords): string {
  if (leaf.field === 'text') return describeText(leaf, words);
  if (isListLeaf(leaf))
    return choicesOf(leaf)
      .map((one) => words.choice(leaf.field, one) ?? one)
      .join(' or ');
  if (isRangeLeaf(leaf)) return describeRange(leaf, words);
  if (isDateLeaf(leaf)) return describeDates(leaf, words);
  return FLAGS[leaf.field][leaf.is ? 0 : 1];
}

function describeRange({ field, from, to }: RangeLeaf, { number }: FilterWords): string {
  const many = COUNTED[field][1];
  const counted = (value: number) => `${number(value)} ${value === 1 ? COUNTED[field][0] : many}`;
  if (to === 0) return `no ${many}`;
  if (from === to && from !== null) return `exactly ${counted(from)}`;
  if (from !== null && to !== null) return `${number(from)} to ${counted(to)}`;
  // People ask for more than 5,000, which the address has as 5001; they do not ask for at least 5,001.
  if (from !== null)
    return from > 10 && from % 10 === 1 ? `more than ${counted(from - 1)}` : `at least ${counted(from)}`;
  if (to !== null) return to % 10 === 9 ? `fewer than ${counted(to + 1)}` : `at most ${counted(to)}`;
  return `any number of ${many}`;
}

function describeDates({ field, from, to }: DateLeaf, words: FilterWords): string {
  if (from !== null && to !== null && sameEnd(from, to)) return `${field} ${on(from, words)}`;
  if (to === null) return `${field} ${from === null ? 'at any time' : since(from, words)}`;
  if (from !== null) return `${field} from ${endWords(from, words)} to ${endWords(to, words)}`;
  return `${field} ${'date' in to ? `until ${words.date(to.date)}` : olderThan(to.daysAgo, words)}`;
}

function since(end: DateEnd, words: FilterWords): string {
  if ('date' in end) return `since ${words.date(end.date)}`;
  if (end.daysAgo === 0) return 'today';
  return end.daysAgo === 1 ? 'since yesterday' : `in the last ${words.number(end.daysAgo)} days`;
}

function olderThan(daysAgo: number, words: FilterWords): string {
  if (daysAgo === 0) return 'until today';
  return daysAgo === 1 ? 'until yesterday' : `${words.number(daysAgo)} days ago or earlier`;
}

function on(end: DateEnd, words: FilterWords): string {
  if (!('date' in end)) return endWords(end, words);
  return `${end.date.length === 'YYYY-MM-DD'.length ? 'on' : 'in'} ${words.date(end.date)}`;
}

function endWords(end: DateEnd, words: FilterWords): string {
  if ('date' in end) return words.date(end.date);
  if (end.daysAgo === 0) return 'today';
  return end.daysAgo === 1 ? 'yesterday' : `${words.number(end.daysAgo)} days ago`;
}

function sameEnd(one: DateEnd, other: DateEnd): boolean {
  if ('date' in one) return 'date' in other && one.date === other.date;
  return 'daysAgo' in other && one.daysAgo === other.daysAgo;
}

function describeText(leaf: TextLeaf, { number }: FilterWords): string {
  const where = leaf.place === null ? '' : ` ${PLACES[leaf.place]}`;
  if (leaf.near !== null) return `“${leaf.words}${leaf.prefix ? '…' : ''}” within ${number(leaf.near)} words${where}`;
  return `“${leaf.words}${leaf.prefix ? '…' : ''}”${where}`;
}
