/** What differs between two versions of a chapter, or of what is said about a work, part by part. */
import { difference } from '../../platform/html/difference.ts';
import { plainText } from '../../platform/html/text.ts';
import type { ComparedPart } from './pages/Compared.tsx';
import type { EditWorkValues } from './pages/WorkFields.tsx';
import type { CleanText } from './work.ts';

/** A chapter's words at one time. */
export interface ChapterTexts {
  title: string;
  warnings?: string;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  text: CleanText;
}

const NO_CLEAN = { source: '', html: '' };
export const NO_CHAPTER: ChapterTexts = {
  title: '',
  summary: NO_CLEAN,
  notes: NO_CLEAN,
  endNotes: NO_CLEAN,
  text: NO_CLEAN,
};

type Part = readonly [label: string, before: readonly string[], after: readonly string[]];

/** Parts that both lack are left out. */
export function comparedChapter(old: ChapterTexts, now: ChapterTexts): ComparedPart[] {
  return compared([
    ['Title', [old.title], [now.title]],
    ['Warnings', [old.warnings ?? ''], [now.warnings ?? old.warnings ?? '']],
    ['Summary', paragraphs(old.summary.html), paragraphs(now.summary.html)],
    ['Notes', paragraphs(old.notes.html), paragraphs(now.notes.html)],
    ['Text', paragraphs(old.text.html), paragraphs(now.text.html)],
    ['End notes', paragraphs(old.endNotes.html), paragraphs(now.endNotes.html)],
  ]);
}

/** What the form for a work lets one choose: what stands in each field, in words, by its label. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** What is said about a work at one time: its fields as the form has them, and its texts clean. */
export interface WorkTexts {
  chosen: Chosen;
  values: Pick<EditWorkValues, 'title' | 'fandoms' | 'relationships' | 'characters' | 'freeforms'>;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
}

/** Parts that both lack are left out. Both sides name the same fields that are chosen. */
export function comparedWork(old: WorkTexts, now: WorkTexts): ComparedPart[] {
  const field = (label: string, name: keyof WorkTexts['values']): Part => [
    label,
    [old.values[name]],
    [now.values[name]],
  ];
  return compared([
    field('Title', 'title'),
    ...Object.keys(old.chosen).map((label): Part => [label, old.chosen[label] ?? [], now.chosen[label] ?? []]),
    field('Fandoms', 'fandoms'),
    field('Relationships', 'relationships'),
    field('Characters', 'characters'),
    field('Additional tags', 'freeforms'),
    ['Summary', paragraphs(old.summary.html), paragraphs(now.summary.html)],
    ['Notes', paragraphs(old.notes.html), paragraphs(now.notes.html)],
    ['End notes', paragraphs(old.endNotes.html), paragraphs(now.endNotes.html)],
  ]);
}

function compared(parts: readonly Part[]): ComparedPart[] {
  return parts
    .filter(([, before, after]) => [...before, ...after].some((text) => text !== ''))
    .map(([label, before, after]) => ({ label, rows: difference(before, after) }));
}

function paragraphs(html: string): string[] {
  return html === '' ? [] : plainText(html).split('\n\n');
}
