/** What imports are called on their pages. Pure. */
import { countOf, formatNumber, listOf } from '../../../ui/numbers.ts';
import type { ImportOptions } from '../import-options.ts';
import type { RepairKind } from '../restore/repair.ts';
import type { FileOutcome, ImportProgress, ShownState } from './import-view.ts';

export const outcomeWords: Readonly<Record<FileOutcome, string>> = {
  posted: 'Posted',
  draft: 'Draft',
  unchanged: 'Unchanged',
  update: 'Changed at the source',
  refused: 'Refused',
  undone: 'Undone',
};

/** Outcomes in the order in which they matter, with what several of them are called. */
export const outcomeCounts: readonly (readonly [outcome: FileOutcome, one: string, many: string])[] = [
  ['posted', 'posted', 'posted'],
  ['draft', 'draft', 'drafts'],
  ['update', 'changed at the source', 'changed at the source'],
  ['unchanged', 'unchanged', 'unchanged'],
  ['refused', 'refused', 'refused'],
  ['undone', 'undone', 'undone'],
];

export const stateWords: Readonly<Record<ShownState, string>> = {
  gathering: 'Waiting for files',
  running: 'Running',
  stopped: 'Stopped',
  done: 'Done',
  undone: 'Undone',
  'cut-short': 'Cut short',
};

/** What was asked of an import, a short phrase each; nothing for what goes without saying. */
export function optionWords(options: ImportOptions): string[] {
  const named = (what: string, names: readonly string[]) => names.length > 0 && `${what} ${listOf([...names])}`;
  return [
    options.dryRun && 'only looked, wrote nothing',
    options.post ? 'post what has all it needs' : 'everything as a draft',
    options.mine && 'my own works',
    options.public && 'visible to everybody',
    options.join && 'numbered files joined',
    named('fandoms', options.fandoms),
    options.rating !== null && `rating ${options.rating}`,
    named('warnings', options.warnings),
    named('categories', options.categories),
    named('additional tags', options.freeforms),
    options.language !== null && `language ${options.language}`,
    named('creators', options.creators),
  ].filter((phrase) => phrase !== false);
}

/** "3 of 10 files, about 2 minutes left" */
export function progressWords({ done, total, secondsLeft }: ImportProgress, locale: string): string {
  if (total === 0) return 'Counting the files…';
  const files = `${formatNumber(done, locale)} of ${countOf(total, 'file', locale)}`;
  return secondsLeft === null ? files : `${files}, ${timeLeftWords(secondsLeft, locale)}`;
}

/** Rough on purpose: what is said changes seldom. client/import-progress.ts says the same. */
export function timeLeftWords(seconds: number, locale: string): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 90) return `about ${formatNumber(Math.ceil(seconds / 10) * 10, locale)} seconds left`;
  if (seconds < 5_400) return `about ${formatNumber(Math.round(seconds / 60), locale)} minutes left`;
  return `about ${formatNumber(Math.round(seconds / 3_600), locale)} hours left`;
}

/** How sure a repair is, in words that mean the same each time. */
export function certaintyWords(certainty: number): string {
  if (certainty >= 0.95) return 'sure';
  if (certainty >= 0.8) return 'very likely';
  if (certainty >= 0.6) return 'likely';
  if (certainty >= 0.4) return 'as likely as not';
  return certainty >= 0.15 ? 'unlikely' : 'very unlikely';
}

/** A repair as a question, and as something counted. */
export const repairWords: Readonly<Record<RepairKind, { asks: string; one: string; many: string }>> = {
  paragraph: { asks: 'A paragraph begins here', one: 'paragraph break', many: 'paragraph breaks' },
  scene: { asks: 'A new scene begins here', one: 'scene break', many: 'scene breaks' },
  section: { asks: 'A heading inside the chapter', one: 'heading', many: 'headings' },
  chapter: { asks: 'A chapter begins here', one: 'chapter heading', many: 'chapter headings' },
  emphasis: { asks: 'These words were emphasised', one: 'piece of emphasis', many: 'pieces of emphasis' },
  label: { asks: 'A label, and not story', one: 'label', many: 'labels' },
  leftover: { asks: 'Left behind by a page, and not text', one: 'leftover of a page', many: 'leftovers of a page' },
  characters: { asks: 'Garbled characters', one: 'garbled character', many: 'garbled characters' },
  markup: { asks: 'Markup', one: 'piece of markup', many: 'pieces of markup' },
  wrap: { asks: 'A line end that only wrapped a line', one: 'wrapped line', many: 'wrapped lines' },
  space: { asks: 'A stray space', one: 'stray space', many: 'stray spaces' },
};

/** "12 paragraph breaks" */
export function countOfRepairs(kind: RepairKind, count: number, locale: string): string {
  const { one, many } = repairWords[kind];
  return countOf(count, one, locale, many);
}
