/** A settled work's texts through the one place where people's text becomes HTML. */
import type { Cleaner } from '../../../platform/html/cleaner.ts';
import type { CleanResult } from '../../../platform/html/clean.ts';
import { withoutBlockIds } from '../../../platform/html/ids.ts';
import type { CleanText, NewChapter } from '../../works/index.ts';
import type { ImportedChapter, ImportedText } from '../imported-work.ts';
import type { SettledWork } from './settle.ts';

/** A settled work's texts, clean. */
export interface CleanedWork {
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  chapters: NewChapter[];
  rules: number;
  /** What cleaning changed that a person may want to know. */
  said: string[];
}

const REFUSALS: Record<Extract<CleanResult, { ok: false }>['refusal'], string> = {
  'too-large': 'A text in this file is longer than one chapter can be. Split it into chapters.',
  'too-slow': 'A text in this file is so tangled that cleaning it took too long. Save it again as plain text.',
  'not-text': 'This file holds no text that can be read.',
};

class Refused extends Error {}

/** @returns the texts, or one sentence why one of them cannot be cleaned. */
export async function cleanTexts(work: SettledWork, cleaner: Cleaner): Promise<CleanedWork | { refusal: string }> {
  const said = new Set<string>();
  try {
    const chapters: NewChapter[] = [];
    for (const chapter of work.chapters) chapters.push(await cleanChapter(chapter, cleaner, said));
    const short = (source: string) => cleanShort({ format: work.format, source }, cleaner, said);
    return {
      summary: await short(work.summary),
      notes: await short(work.notes),
      endNotes: await short(work.endNotes),
      chapters,
      rules: chapters.reduce((rules, chapter) => Math.max(rules, chapter.rules), 0),
      said: [...said],
    };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.message };
    throw error;
  }
}

async function cleanChapter(chapter: ImportedChapter, cleaner: Cleaner, said: Set<string>): Promise<NewChapter> {
  const text = await cleanText(chapter.text, cleaner, said);
  return {
    title: chapter.title ?? '',
    format: chapter.text.format,
    summary: await cleanShort(chapter.summary, cleaner, said),
    notes: await cleanShort(chapter.notes, cleaner, said),
    endNotes: await cleanShort(chapter.endNotes, cleaner, said),
    text,
    rules: text.rules,
    words: text.words,
    postedAt: null,
  };
}

async function cleanShort(text: ImportedText | undefined, cleaner: Cleaner, said: Set<string>): Promise<CleanText> {
  const { source, html } = await cleanText(text ?? { format: 'text', source: '' }, cleaner, said);
  return { source, html: withoutBlockIds(html) };
}

/** One text cleaned. @throws Refused, inside this file, when it cannot be. */
async function cleanText(
  { source, format }: ImportedText,
  cleaner: Cleaner,
  said: Set<string>,
): Promise<CleanText & { words: number; rules: number }> {
  if (source === '') return { source, html: '', words: 0, rules: 0 };
  const result = await cleaner.clean(source, format);
  if (!result.ok) throw new Refused(REFUSALS[result.refusal]);
  for (const note of result.notes) said.add(note);
  return { source, html: result.html, words: result.words, rules: result.rules };
}
