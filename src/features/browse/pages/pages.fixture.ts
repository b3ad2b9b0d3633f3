/** Views for the tests of the pages of browsing: with everything in them, and with nothing. */
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Blurb, type BlurbProps } from '../../../ui/Blurb.tsx';
import { defaultPreferences } from '../../../ui/preferences.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import type {
  ChipView,
  FacetGroupView,
  FacetRow,
  FilteredListView,
  FilterPanelView,
  ListedBlurb,
  RangeView,
  TagAboutView,
} from './filtered-list-view.ts';

export const site: SiteView = {
  name: 'Wintergarden',
  description: '',
  locale: 'en-GB',
  now: Date.UTC(2026, 10, 21, 12),
  path: '/works',
  viewer: null,
  preferences: defaultPreferences,
  assets: (name) => `/assets/${name}`,
  indexable: true,
  origin: 'https://example.org',
};

const tag = (kind: string) => (name: string) => ({ name, href: `/tags/${kind}/${encodeURIComponent(name)}` });

const bees: BlurbProps = {
  id: 'k3m9x2q4zt',
  href: '/works/k3m9x2q4zt/the-bees-of-sussex',
  title: 'The Bees of Sussex',
  language: { code: 'en', name: 'English', dir: 'ltr' },
  creators: [{ name: 'wintergreen', href: '/creators/w1', imported: false }],
  rating: { name: 'Explicit', short: 'E', href: '/tags/rating/Explicit' },
  categories: [tag('category')('M/M')],
  warnings: [tag('warning')('No Archive Warnings Apply')],
  fandoms: [tag('fandom')('Sherlock Holmes - Arthur Conan Doyle')],
  relationships: [tag('relationship')('Sherlock Holmes/John Watson')],
  characters: ['Mrs Hudson', 'Mycroft Holmes'].map(tag('character')),
  freeforms: ['Retirement', 'Bees', 'Slow Burn', '5+1 Things'].map(tag('freeform')),
  summary: '<p>Five times the good doctor was asked to stay, and the one time he did not wait to be asked.</p>',
  chapters: { posted: 12, planned: 12 },
  status: 'complete',
  words: 48_213,
  kudos: 2_104,
  comments: 318,
  bookmarks: 640,
  updatedAt: Date.UTC(2026, 10, 3),
  series: [],
  restricted: false,
  noindex: false,
  draft: false,
  hidden: false,
};

/** A blurb as it is rendered and kept. `number` makes works differ, as people's do. */
export function listed(number: number): ListedBlurb {
  const turn = ['a locked room', 'an unposted letter', 'the wrong train', 'a borrowed coat', 'bees'][number % 5] ?? '';
  const blurb: BlurbProps =
    number === 0
      ? bees
      : {
          ...bees,
          id: `work${number}`,
          href: `/works/work${number}/what-came-of-it`,
          title: `What Came of ${turn}, ${number}`,
          rating: { name: 'Teen And Up Audiences', short: 'T', href: '/tags/rating/Teen' },
          freeforms: ['Letters', 'Hurt/Comfort', `Set in ${1880 + number}`, `There is ${turn}`].map(tag('freeform')),
          summary: `<p>In the year ${1880 + number} nobody expected ${turn}. Watson least of all, who had ${number} other things to see to, and a train to catch before any of them could be begun.</p>`,
          chapters: { posted: (number % 7) + 1, planned: number % 2 === 0 ? null : (number % 7) + 1 },
          status: number % 2 === 0 ? 'in-progress' : 'complete',
          words: 1_207 * number,
          kudos: 41 * number,
          updatedAt: Date.UTC(2026, 9, 25 - number),
        };
  return { html: renderToString(h(Blurb, { site, blurb })), found: [] };
}

export const works = Array.from({ length: 25 }, (_, number) => listed(number));

const names = {
  fandom: [
    'Sherlock Holmes - Arthur Conan Doyle',
    'Sherlock Holmes & Related Fandoms',
    'Dracula - Bram Stoker',
    'Arsène Lupin - Maurice Leblanc',
    'Jeeves & Wooster',
    'Raffles - E. W. Hornung',
    'The Moonstone - Wilkie Collins',
    'Carmilla - J. Sheridan Le Fanu',
    'قصص ألف ليلة وليلة',
    'Frankenstein - Mary Shelley',
  ],
  relationship: [
    'Sherlock Holmes/John Watson',
    'Mycroft Holmes/Greg Lestrade',
    'Irene Adler & Sherlock Holmes',
    'Mina Harker/Lucy Westenra',
    'A. J. Raffles/Bunny Manders',
    'Mary Morstan/John Watson',
    'Mrs Hudson & Sherlock Holmes',
    'Jonathan Harker/Mina Harker',
    'Carmilla/Laura',
    'Reginald Jeeves/Bertram Wooster',
  ],
  character: [
    'Sherlock Holmes',
    'John Watson',
    'Mycroft Holmes',
    'Greg Lestrade',
    'Mrs Hudson',
    'Irene Adler',
    'Mary Morstan',
    'Mina Harker',
    'Stanley Hopkins',
    'Toby the Dog',
  ],
  tag: [
    'Angst',
    'Fluff',
    'Slow Burn',
    'Case Fic',
    'Hurt/Comfort',
    'Alternate Universe - Canon Divergence',
    'Established Relationship',
    'First Kiss',
    'Post-Reichenbach',
    'Retirement',
  ],
  warning: [
    'No Archive Warnings Apply',
    'Creator Chose Not To Use Archive Warnings',
    'Graphic Depictions Of Violence',
    'Major Character Death',
  ],
  category: ['M/M', 'Gen', 'F/M', 'F/F', 'Multi', 'Other'],
  rating: ['Explicit', 'Teen And Up Audiences', 'General Audiences', 'Mature', 'Not Rated'],
  language: ['en', 'zh', 'de', 'fr', 'ar'],
};

const languages: Record<string, string> = { en: 'English', zh: '中文', de: 'Deutsch', fr: 'Français', ar: 'العربية' };

/** Rows as they come: what is chosen first, then the most works first. */
export function rowsOf(values: readonly string[], chosen: Readonly<Record<string, 'include' | 'exclude'>>): FacetRow[] {
  return values
    .map((value, at) => ({
      value,
      label: languages[value] ?? value,
      works: Math.round(18_204 / (at + 1) ** 1.2),
      share: 1 / (at + 1) ** 1.2,
      chosen: chosen[value] ?? null,
    }))
    .sort((a, b) => Number(b.chosen !== null) - Number(a.chosen !== null));
}

/** One group of the panel. */
export function groupOf(
  field: keyof typeof names,
  label: string,
  more: Partial<FacetGroupView> & { chosen?: Readonly<Record<string, 'include' | 'exclude'>> } = {},
): FacetGroupView {
  const isValue = field === 'rating' || field === 'language';
  const { chosen = {}, ...group } = more;
  return {
    field,
    label,
    mode: isValue ? 'any' : 'all',
    rows: rowsOf(names[field], chosen),
    anyOf: [],
    suggestHref: isValue || field === 'warning' || field === 'category' ? null : `/works/suggestions?field=${field}`,
    open: true,
    ...group,
  };
}

export const groups: FacetGroupView[] = [
  groupOf('rating', 'Ratings'),
  groupOf('warning', 'Archive warnings', { chosen: { 'Major Character Death': 'exclude' } }),
  groupOf('category', 'Categories', { open: false }),
  groupOf('fandom', 'Fandoms'),
  groupOf('relationship', 'Relationships', { chosen: { 'Sherlock Holmes/John Watson': 'include' } }),
  groupOf('character', 'Characters', { open: false, anyOf: ['Mrs Hudson, Toby the Dog'] }),
  groupOf('tag', 'Additional tags', { chosen: { Angst: 'exclude' } }),
  groupOf('language', 'Languages', { open: false }),
];

const steps = ['under 500', '500–999', '1,000–1,999', '2,000–4,999', '5,000–9,999', '10,000–19,999', '20,000–49,999'];
const shares = [0.12, 0.3, 0.61, 1, 0.78, 0.4, 0.22, 0.07, 0, 0.01];

function range(field: string, label: string, more: Partial<RangeView> = {}): RangeView {
  return { field, label, from: '', to: '', histogram: [], ...more };
}

export const words = range('words', 'Words', {
  from: '5000',
  histogram: [...steps, '50,000–99,999', '100,000–199,999', '200,000 and more'].map((label, at) => ({
    label,
    works: Math.round((shares[at] ?? 0) * 4_000),
    share: shares[at] ?? 0,
    href: `/works?words=${at}`,
  })),
});

const years = Array.from({ length: 25 }, (_, at) => ({
  label: String(2002 + at),
  works: at * 12,
  share: at / 24,
  href: `/works?posted=${2002 + at}`,
}));

export const panel: FilterPanelView = {
  action: '/works',
  carried: [{ name: 'creator', value: 'abc' }],
  counted: true,
  total: 18_204,
  groups,
  ranges: [words, range('kudos', 'Kudos'), range('chapters', 'Chapters'), range('comments', 'Comments')],
  dates: [range('posted', 'Posted', { histogram: years }), range('updated', 'Updated', { from: '30d' })],
  flags: [
    {
      field: 'complete',
      label: 'Complete',
      chosen: 'yes',
      words: { either: 'Either', yes: 'Complete', no: 'Unfinished' },
      works: 12_003,
    },
    {
      field: 'crossover',
      label: 'Crossovers',
      chosen: null,
      words: { either: 'Either', yes: 'Only', no: 'None' },
      works: 1,
    },
  ],
  sorts: [
    { value: 'updated', label: 'Newest first', chosen: false },
    { value: 'kudos', label: 'Most kudos first', chosen: true },
    { value: '-words', label: 'Shortest first', chosen: false },
  ],
  q: '',
  inText: false,
  alsoAsked: [],
  mistakes: new Map(),
};

const chip = (kind: string, text: string, excluded = false): ChipView => ({
  kind,
  text,
  saysKind: kind === 'Words',
  excluded,
  removeHref: `/works?without=${encodeURIComponent(text)}`,
});

export const list: FilteredListView = {
  total: 18_204,
  hidden: 3,
  order: 'most kudos first',
  noindex: true,
  works,
  pagination: { page: 1, pages: 729, hrefOf: (page) => `/works?page=${page}` },
  chips: [
    chip('Relationship', 'Sherlock Holmes/John Watson'),
    chip('Additional tag', 'Angst', true),
    chip('Archive warning', 'Major Character Death', true),
    chip('Words', '5,000 and more'),
    chip('Complete', 'yes'),
  ],
  clearHref: '/works',
  withoutOne: null,
  mistakes: [],
  notices: [],
  search: null,
  panel,
};

/** All works, nothing chosen. */
export const unfiltered: FilteredListView = {
  ...list,
  hidden: 0,
  noindex: false,
  order: 'newest first',
  chips: [],
  clearHref: null,
  panel: {
    ...panel,
    carried: [],
    groups: [groupOf('rating', 'Ratings'), groupOf('fandom', 'Fandoms'), groupOf('tag', 'Additional tags')],
    ranges: [{ ...words, from: '' }],
    dates: [range('updated', 'Updated')],
    flags: [],
  },
};

export const searched: FilteredListView = {
  ...list,
  chips: [chip('Character', 'Sherlock Holmes'), chip('Text', '“the bees”')],
  notices: ['No work here has the fandom “شرلوك”.'],
  search: {
    text: '"Sherlock Holmes" "the bees"',
    understood: [
      {
        words: '“Sherlock Holmes”',
        as: 'the character Sherlock Holmes',
        instead: [
          { label: 'Look for the words instead', href: '/works?q=%22Sherlock+Holmes%22' },
          { label: 'As the fandom Sherlock Holmes', href: '/works?fandom=Sherlock+Holmes' },
        ],
      },
      { words: '“the bees”', as: 'words in titles, summaries and tags', instead: [] },
    ],
  },
  works: works.slice(0, 3).map((work, at) => ({
    ...work,
    found:
      at > 0
        ? []
        : [
            {
              where: 'Chapter 3: The hives',
              href: '/works/k3m9x2q4zt/chapters/3#b-12',
              language: { code: 'en', dir: 'ltr' },
              pieces: [
                { text: '… and it was then that ', marked: false },
                { text: 'the bees', marked: true },
                { text: ' came down over the garden wall, in no hurry at all …', marked: false },
              ],
            },
          ],
  })),
  pagination: { page: 1, pages: 1, hrefOf: (page) => `/search?page=${page}` },
  total: 3,
  panel: { ...panel, q: '"the bees"', inText: true, alsoAsked: ['fandom Dracula or character Mina Harker'] },
};

export const mistaken: FilteredListView = {
  ...list,
  total: 0,
  hidden: 0,
  works: [],
  pagination: { page: 1, pages: 1, hrefOf: (page) => `/works?page=${page}` },
  mistakes: [
    {
      parameter: 'words',
      value: 'abc',
      sentence: 'words takes a range like 1000..5000, not "abc".',
      plain: 'Words take whole numbers like 5,000, not “abc”.',
    },
    {
      parameter: 'colour',
      value: 'red',
      sentence: 'There is no parameter "colour".',
      plain: 'The address asks for “colour”, by which no list can be narrowed.',
    },
    {
      parameter: 'not-tag',
      value: 'a,b',
      sentence: 'not-tag takes at most 100 in one list.',
      plain: 'Additional tag: at most 100 in one list.',
    },
    { parameter: 'q', value: 'a OR', sentence: 'OR needs something on both sides.', plain: 'OR needs both sides.' },
    {
      parameter: 'complete',
      value: 'maybe',
      sentence: 'complete takes yes or no, not "maybe".',
      plain: 'Complete: choose one of the answers; “maybe” is none.',
    },
  ],
  panel: {
    ...panel,
    counted: false,
    total: 0,
    groups: [
      groupOf('tag', 'Additional tags', {
        rows: [{ value: 'Angst', label: 'Angst', works: null, share: 0, chosen: 'exclude' }],
      }),
    ],
    ranges: [range('words', 'Words', { from: 'abc' }), range('kudos', 'Kudos')],
    q: 'a OR',
    mistakes: new Map([
      ['words', 'Words take whole numbers like 5,000, not “abc”.'],
      ['tag', 'Additional tag: at most 100 in one list.'],
      ['q', 'OR needs both sides.'],
      ['complete', 'Complete: choose one of the answers; “maybe” is none.'],
    ]),
  },
};

export const emptied: FilteredListView = {
  ...list,
  total: 0,
  works: [],
  pagination: { page: 1, pages: 1, hrefOf: (page) => `/works?page=${page}` },
  withoutOne: [
    { chip: chip('Words', 'at least 5,000 words'), works: 1_204 },
    { chip: { ...chip('Additional tag', 'Angst'), excluded: true }, works: 1 },
  ],
};

export const beyondTheEnd: FilteredListView = {
  ...unfiltered,
  works: [],
  pagination: { page: 900, pages: 729, hrefOf: (page) => `/works?page=${page}` },
};

export const about: TagAboutView = {
  name: 'Sherlock Holmes - Arthur Conan Doyle',
  kindLine: 'Fandom, canonical tag',
  meaning: 'Finds works with this fandom, its synonyms and its 2 subtags.',
  listHref: '/tags/fandom/Sherlock%20Holmes',
  total: 18_204,
  synonymOf: null,
  synonyms: ['Sherlock Holmes (Books)', 'ACD Holmes', 'شرلوك هولمز'].map(tag('fandom')),
  tree: [
    {
      name: 'Sherlock Holmes & Related Fandoms',
      href: '/tags/fandom/related',
      works: 20_118,
      here: false,
      below: [
        {
          name: 'Sherlock Holmes - Arthur Conan Doyle',
          href: '/tags/fandom/acd',
          works: 18_204,
          here: true,
          below: [
            { name: 'The Hound of the Baskervilles', href: '/tags/fandom/hound', works: 312, here: false, below: [] },
            { name: 'A Study in Scarlet', href: '/tags/fandom/study', works: 1, here: false, below: [] },
          ],
        },
      ],
    },
  ],
  belongsTo: [{ name: 'Books & Literature', href: '/tags/media/books', kind: 'Media' }],
  years: Array.from({ length: 16 }, (_, at) => ({
    year: 2011 + at,
    works: at === 2 ? 0 : Math.round(2_600 * Math.abs(Math.sin((at + 1) / 6))),
    href: `/tags/fandom/acd?posted=${2011 + at}`,
  })),
  related: (['relationship', 'character', 'tag'] as const).map((field, place) => ({
    label: ['Relationships', 'Characters', 'Additional tags'][place] ?? '',
    tags: names[field].slice(0, 8).map((name, at) => ({
      ...tag(field)(name),
      works: Math.round(9_000 / (at + 1)) || 1,
      bothHref: `/tags/fandom/acd?${field}=${encodeURIComponent(name)}`,
    })),
  })),
  counted: true,
  noindex: false,
};

export const bareAbout: TagAboutView = {
  ...about,
  total: 1,
  synonymOf: { name: 'Sherlock Holmes', href: '/tags/fandom/Sherlock%20Holmes' },
  synonyms: [],
  tree: [],
  belongsTo: [],
  years: [],
  related: [],
  counted: false,
};
