/** Views for the tests of the pages of imports: with everything in them, and with nothing. */
import type { ChoiceView } from '../../../ui/Form.tsx';
import { defaultPreferences } from '../../../ui/preferences.ts';
import type { Language, SiteView } from '../../../ui/site-view.ts';
import { threeWayDifference } from '../../../platform/html/difference.ts';
import { isGuess, openGuesses } from '../guesses.ts';
import { NO_OPTIONS } from '../import-options.ts';
import type { Repair, RepairKind } from '../restore/repair.ts';
import { restore } from '../restore/restore.ts';
import { reviewBlocks } from '../restore/review.ts';
import type {
  ImportCardView,
  ImportedFileView,
  ImportsView,
  ImportView,
  RemovedView,
  ReviewTextView,
  ReviewView,
  UpdateView,
  UploadFormView,
} from './import-view.ts';
import { blockElementId, blockViews, guessViews } from './review-marks.ts';

const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 21, 12);

export const site: SiteView = {
  name: 'Wintergarden',
  description: '',
  locale: 'en-GB',
  now: NOW,
  path: '/imports',
  viewer: { name: 'wintergreen', owner: true },
  preferences: defaultPreferences,
  assets: (name) => `/assets/${name}`,
  indexable: true,
  origin: 'https://example.org',
};

const english: Language = { code: 'en', name: 'English', dir: 'ltr' };
const arabic: Language = { code: 'ar', name: 'العربية', dir: 'rtl' };
const choice = (value: string, label: string): ChoiceView => ({ value, label });

const choices: UploadFormView['choices'] = {
  ratings: [
    choice('not-rated', 'Not Rated'),
    choice('general', 'General Audiences'),
    choice('teen', 'Teen And Up Audiences'),
    choice('mature', 'Mature'),
    choice('explicit', 'Explicit'),
  ],
  warnings: [
    choice('unsaid', 'Creator Chose Not To Use Archive Warnings'),
    choice('violence', 'Graphic Depictions Of Violence'),
    choice('death', 'Major Character Death'),
    choice('none', 'No Archive Warnings Apply'),
    choice('rape', 'Rape/Non-Con'),
    choice('underage', 'Underage Sex'),
  ],
  categories: ['F/F', 'F/M', 'Gen', 'M/M', 'Multi', 'Other'].map((name) => choice(name.toLowerCase(), name)),
  languages: [english, arabic, { code: 'es', name: 'Español', dir: 'ltr' }],
};

const upload: UploadFormView = {
  action: '/imports',
  options: NO_OPTIONS,
  problem: null,
  choices,
  formats: [
    'AO3 downloads (HTML, EPUB)',
    'any other EPUB',
    'web pages',
    'Word (DOCX), RTF and ODT',
    'Markdown',
    'plain text',
    'eFiction and BBCode',
  ],
  limits: { size: '512 MB', files: '20,000 files' },
};

const noCounts = { posted: 0, draft: 0, unchanged: 0, update: 0, refused: 0, undone: 0 };
const onePage = { page: 1, pages: 1, hrefOf: (page: number) => `?page=${page}` };

const card: ImportCardView = {
  href: '/imports/aaaaaaaaaa',
  beganAt: NOW - 2 * DAY,
  origin: 'upload',
  named: ['old-fic.zip'],
  options: NO_OPTIONS,
  state: 'done',
  progress: null,
  counts: { ...noCounts, posted: 211, draft: 1_204, unchanged: 3, update: 2, refused: 6 },
  guesses: 842,
  reviewHref: '/works/aaaaaaaaaa/review',
};

export const imports: ImportsView = {
  total: 41,
  imports: [
    {
      ...card,
      state: 'running',
      origin: 'command',
      named: ['/srv/downloads/a very long folder name that goes on and on/2014/livejournal-export/stories'],
      beganAt: NOW,
      progress: { done: 412, total: 9_870, secondsLeft: 540 },
      counts: { ...noCounts, posted: 80, draft: 332 },
      options: { ...NO_OPTIONS, post: true, mine: true, fandoms: ['Sherlock Holmes', 'Raffles'], rating: 'teen' },
    },
    card,
    { ...card, named: ['قصة.txt', 'story-01.txt', 'story-02.txt', 'story-03.txt', 'x.epub'], state: 'cut-short' },
    { ...card, state: 'undone', counts: { ...noCounts, undone: 12 }, guesses: 0, reviewHref: null },
    { ...card, options: { ...NO_OPTIONS, dryRun: true }, state: 'stopped', counts: noCounts, guesses: 0 },
  ],
  pagination: { ...onePage, pages: 9 },
  upload,
  removedHref: '/imports/removed',
};

export const noImports: ImportsView = { ...imports, total: 0, imports: [], pagination: onePage };

export const refusedUpload: ImportsView = {
  ...imports,
  upload: {
    ...upload,
    problem: 'Choose at least one file.',
    options: { ...NO_OPTIONS, post: true, rating: 'teen', fandoms: ['Raffles'], warnings: ['none'], language: 'es' },
  },
};

const file: ImportedFileView = {
  path: 'stories/2009/kettle.txt',
  outcome: 'draft',
  format: 'Plain text',
  work: {
    href: '/works/aaaaaaaaaa',
    title: 'The kettle had been Marta’s idea',
    language: english,
    state: 'draft',
    guesses: 7,
    reviewHref: '/works/aaaaaaaaaa/review',
    updateHref: null,
  },
  reason: 'It needs a rating, a warning and a fandom before it can be posted.',
  repairs: ['6 paragraph breaks were put back, 5 of them guesses.', '2 stray spaces were closed.'],
  unmapped: ['“Beta: oriel” has no field here.'],
};

const files: ImportedFileView[] = [
  file,
  {
    ...file,
    path: 'stories/ao3/Telling the Bees.epub',
    outcome: 'posted',
    format: 'AO3 EPUB',
    reason: null,
    repairs: [],
    unmapped: [],
    work: file.work && { ...file.work, title: 'Telling the Bees', state: 'posted', guesses: 0, reviewHref: null },
  },
  {
    ...file,
    path: `stories/${'a-folder-with-a-long-name/'.repeat(5)}holiday-photo-that-is-no-story.docx`,
    outcome: 'refused',
    format: null,
    work: null,
    reason: 'The file ends in the middle: its last part is missing. Nothing of it was brought in.',
    repairs: [],
    unmapped: [],
  },
  {
    ...file,
    path: 'stories/ffnet/Lower Part ch1-9.html',
    outcome: 'update',
    format: 'Web page',
    reason: 'It has 2 chapters more than the work here.',
    repairs: [],
    unmapped: [],
    work: file.work && {
      ...file.work,
      title: 'The Lower Part',
      state: 'posted',
      guesses: 0,
      updateHref: '/works/a/updates/1',
    },
  },
  {
    ...file,
    path: 'قصص/شاي.txt',
    outcome: 'unchanged',
    reason: 'It is here already, word for word.',
    repairs: [],
    unmapped: [],
    work: file.work && {
      ...file.work,
      title: 'شاي بالنعناع',
      language: arabic,
      state: 'posted',
      guesses: 0,
      reviewHref: null,
    },
  },
  { ...file, path: 'stories/gone.txt', work: file.work && { ...file.work, state: 'deleted' } },
];

export const finishedImport: ImportView = {
  href: '/imports/aaaaaaaaaa',
  beganAt: NOW - 2 * DAY,
  endedAt: NOW - 2 * DAY,
  origin: 'upload',
  named: ['old-fic.zip'],
  options: { ...NO_OPTIONS, post: true },
  state: 'done',
  progress: null,
  progressHref: '/imports/aaaaaaaaaa/progress',
  counts: card.counts,
  guesses: 842,
  filters: [
    { outcome: null, count: 1_426, href: '?', current: true },
    { outcome: 'posted', count: 211, href: '?outcome=posted', current: false },
    { outcome: 'draft', count: 1_204, href: '?outcome=draft', current: false },
    { outcome: 'update', count: 2, href: '?outcome=update', current: false },
    { outcome: 'unchanged', count: 3, href: '?outcome=unchanged', current: false },
    { outcome: 'refused', count: 6, href: '?outcome=refused', current: false },
  ],
  files,
  pagination: { ...onePage, pages: 15 },
  stop: null,
  goOn: null,
  review: { href: '/works/aaaaaaaaaa/review', works: 118, guesses: 842 },
  publication: { target: { action: '/imports/aaaaaaaaaa/publication' }, ready: 37 },
  undo: { target: { action: '/imports/aaaaaaaaaa/undo' }, drafts: 1_204, posted: 211 },
  joinings: [
    {
      id: 'a',
      files: [1, 2, 3].map((number) => ({
        work: `work${number}`,
        path: `stories/lower-part-0${number}.txt`,
        title: number === 2 ? '' : `The Lower Part, ${number}`,
      })),
      target: { action: '/imports/aaaaaaaaaa/joining' },
    },
    {
      id: 'b',
      files: Array.from({ length: 24 }, (_, at) => ({
        work: `w${at}`,
        path: `hive-${at + 1}.txt`,
        title: `Hive ${at + 1}`,
      })),
      target: { action: '/imports/aaaaaaaaaa/joining' },
    },
  ],
};

export const runningImport: ImportView = {
  ...finishedImport,
  state: 'running',
  progress: { done: 412, total: 9_870, secondsLeft: 540 },
  stop: { action: '/imports/aaaaaaaaaa/stop' },
  review: null,
  publication: null,
  undo: null,
  joinings: [],
  endedAt: null,
};

export const emptyImport: ImportView = {
  ...runningImport,
  named: [],
  state: 'stopped',
  progress: null,
  counts: noCounts,
  guesses: 0,
  filters: [],
  files: [],
  pagination: onePage,
  stop: null,
  goOn: { action: '/imports/aaaaaaaaaa/start' },
};

export const FLAT =
  'The kettle had been Marta’s idea. “You never said it was haunted,” said Ivo. He put the lid back very gently. “I said it was old,” Marta said. “Old is not— ” “ Haunted ,” he said, “is a different shop.” The kettle hummed. Three days later it knew two songs, and Ivo, of course , had learned the lower part. “You’re flat,” Marta said. They practised in the evenings, when the street was quiet.  Nobody complained. It was, Ivo thought, the best thing that a kettle had ever done for him . “Again,” said Marta. “From the top.” At dusk the neighbours came to listen. Notes: Comments keep the kettle warm! tumblr / prompts';

/** A text as its review shows it. */
export function reviewTextOf(source: string, notation: 'text' | 'html' = 'text'): ReviewTextView {
  const rescue = restore(source, { notation });
  const blocks = reviewBlocks(source, rescue);
  const blockOf = (repair: Repair) => blocks.find((block) => repair.from < block.to) ?? blocks.at(-1);
  const guesses = guessViews(source, rescue, (repair) => {
    const block = blockOf(repair);
    return block ? `#${blockElementId(1, block)}` : '#text';
  });
  return {
    target: { action: '/works/aaaaaaaaaa/review', fields: { version: '3', part: '1' } },
    language: english,
    guessTotal: guesses.length,
    guesses,
    guessPages: onePage,
    kinds: counted(openGuesses(rescue)),
    others: 117,
    sure: counted(rescue.repairs.filter((repair) => repair.state === 'applied' && !isGuess(repair))),
    sections: [],
    blocks: blockViews(source, rescue, blocks, 1),
    pages: onePage,
  };
}

function counted(repairs: readonly Repair[]): { kind: RepairKind; count: number }[] {
  const counts = new Map<RepairKind, number>();
  for (const { kind } of repairs) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => b.count - a.count);
}

export const review: ReviewView = {
  work: {
    href: '/works/aaaaaaaaaa',
    title: 'The kettle had been Marta’s idea',
    language: english,
    creators: ['wintergreen'],
    state: 'draft',
    words: 118,
    chapters: 1,
    editHref: '/works/aaaaaaaaaa/edit',
    originals: [{ name: 'kettle.txt', href: '/works/aaaaaaaaaa/original' }],
  },
  missing: ['a rating', 'a warning', 'a fandom'],
  post: null,
  details: {
    target: { action: '/works/aaaaaaaaaa/review/details', fields: { version: '1' } },
    values: {
      title: 'The kettle had been Marta’s idea',
      fandoms: '',
      relationships: '',
      characters: 'Marta',
      freeforms: '',
      rating: '',
      warnings: [],
      categories: [],
      language: 'en',
    },
    errors: {},
    titleDerived: true,
    languageGuessed: true,
    suggested: {
      fandoms: ['Port Ellory (Radio)', 'شاي'],
      characters: ['Ivo', 'Wren Tamsin'],
      relationships: ['Ivo/Marta'],
    },
    choices,
    titleLimit: 255,
  },
  text: {
    ...reviewTextOf(FLAT),
    sections: [
      { label: 'Chapter 1', href: '?chapter=1', current: true, guesses: 9 },
      { label: 'The Lower Part', href: '?chapter=2', current: false, guesses: 0 },
    ],
    pages: { ...onePage, pages: 3 },
    guessPages: { ...onePage, pages: 2 },
  },
  repairs: file.repairs,
  unmapped: file.unmapped,
  updateHref: '/works/aaaaaaaaaa/updates/1',
  importHref: '/imports/aaaaaaaaaa',
  next: { href: '/works/bbbbbbbbbb/review', title: 'شاي بالنعناع', language: arabic },
  left: 117,
};

export const emptyReview: ReviewView = {
  ...review,
  work: { ...review.work, title: '', language: null, creators: [], state: 'posted', originals: [] },
  missing: [],
  details: {
    ...review.details,
    errors: { title: 'A posted work needs a title.', fandoms: 'A posted work needs at least one fandom.' },
    titleDerived: false,
    languageGuessed: false,
    suggested: {},
  },
  text: null,
  repairs: [],
  unmapped: [],
  updateHref: null,
  importHref: null,
  next: null,
  left: 0,
};

export const answeredReview: ReviewView = {
  ...emptyReview,
  work: review.work,
  post: { action: '/works/aaaaaaaaaa/post' },
  text: { ...reviewTextOf(''), blocks: [], guesses: [], guessTotal: 0, kinds: [], sure: [], others: 0 },
};

const paragraphs = [
  'The kettle hummed at the end of the counter.',
  'Nobody in the shop had slept.',
  'Ivo counted the cups twice.',
  'Marta counted them again.',
  'There were eleven.',
  'There had been twelve in the evening, and the door was locked.',
  'It hummed louder.',
];
const edited = paragraphs.map((one, at) =>
  at === 5 ? 'There had been twelve last night, and the door was bolted.' : one,
);
const there = [
  ...paragraphs.slice(0, 5),
  'There had been twelve in the evening, and both doors were locked.',
  'It hummed louder, and in a minor key.',
  '“Don’t look at me,” said Ivo.',
];

export const update: UpdateView = {
  work: { href: '/works/aaaaaaaaaa', title: 'The Lower Part', language: english, creators: ['wintergreen'] },
  foundAt: NOW - DAY,
  file: 'Lower Part ch1-9.html',
  state: 'open',
  details: [
    { value: 'title', label: 'Title', here: 'The Lower Part', there: 'The Lower Part (and the Upper)', edited: false },
    { value: 'summary', label: 'Summary', here: 'A kettle learns.', there: '', edited: true },
  ],
  chapters: [
    {
      value: '1',
      position: 1,
      title: 'Steam',
      state: 'same',
      wordsHere: 900,
      wordsThere: 900,
      rows: [],
      coarse: false,
    },
    {
      value: '2',
      position: 2,
      title: 'Cups',
      state: 'changed',
      wordsHere: 2_040,
      wordsThere: 2_118,
      rows: threeWayDifference(paragraphs, paragraphs, there),
      coarse: false,
    },
    {
      value: '3',
      position: 3,
      title: null,
      state: 'edited',
      wordsHere: 2_040,
      wordsThere: 2_118,
      rows: threeWayDifference(paragraphs, edited, there),
      coarse: true,
    },
    {
      value: '4',
      position: 4,
      title: 'A Minor Key',
      state: 'new',
      wordsHere: 0,
      wordsThere: 3_310,
      rows: threeWayDifference([], [], there),
      coarse: false,
    },
    {
      value: '5',
      position: 5,
      title: 'Interlude',
      state: 'gone',
      wordsHere: 310,
      wordsThere: 0,
      rows: threeWayDifference(paragraphs, paragraphs, []),
      coarse: false,
    },
  ],
  target: { action: '/works/aaaaaaaaaa/updates/1' },
};

export const settledUpdate: UpdateView = { ...update, state: 'dismissed', details: [], chapters: [], target: null };

export const removed: RemovedView = {
  removals: [
    {
      removedAt: NOW - 3 * DAY,
      note: 'Mail of 18 November, from the address in her profile.',
      allow: { action: '/a' },
    },
    { removedAt: NOW - 400 * DAY, note: '', allow: { action: '/b' } },
  ],
  importsHref: '/imports',
};

export const nothingRemoved: RemovedView = { ...removed, removals: [] };
