/** From what people typed to clean texts, before a transaction begins: cleaning takes long, and a transaction waits for nothing. */
import type { Cleaner } from '../../platform/html/cleaner.ts';
import { withoutBlockIds } from '../../platform/html/ids.ts';
import type { NewChapter } from './drafts.actions.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import { NO_TEXT, type CleanText, type Notation } from './work.ts';

/** What stands around a text: cleaned without the ids that only a chapter's text needs. */
export interface ShortTexts {
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  /** The version of the rules; 0 where there was nothing to clean. */
  rules: number;
}

/** Cleans a summary and notes. Null when one of them is no text. */
export async function cleanShortTexts(
  cleaner: Cleaner,
  format: Notation,
  typed: { summary: string; notes: string; endNotes: string },
): Promise<ShortTexts | null> {
  const cleaned: CleanText[] = [];
  let rules = 0;
  for (const source of [typed.summary, typed.notes, typed.endNotes]) {
    if (source.trim() === '') {
      cleaned.push(NO_TEXT);
      continue;
    }
    const result = await cleaner.clean(source, format);
    if (!result.ok) return null;
    rules = result.rules;
    cleaned.push({ source, html: withoutBlockIds(result.html) });
  }
  const [summary = NO_TEXT, notes = NO_TEXT, endNotes = NO_TEXT] = cleaned;
  return { summary, notes, endNotes, rules };
}

/**
 * Cleans a chapter. `previous`: its text as it stands, whose blocks keep their ids. Null when it is no text, too large, or
 * takes too long to read.
 */
export async function cleanChapter(
  cleaner: Cleaner,
  typed: ChapterValues,
  postedAt: number | null,
  previous = '',
): Promise<NewChapter | null> {
  const short = await cleanShortTexts(cleaner, typed.format, typed);
  const isEmpty = typed.text.trim() === '';
  const text = isEmpty ? null : await cleaner.clean(typed.text, typed.format, previous === '' ? {} : { previous });
  if (!short || text?.ok === false) return null;
  return {
    title: typed.chapterTitle,
    warnings: typed.chapterWarnings,
    format: typed.format,
    summary: short.summary,
    notes: short.notes,
    endNotes: short.endNotes,
    text: text ? { source: typed.text, html: text.html } : NO_TEXT,
    rules: text?.rules ?? short.rules,
    words: text?.words ?? 0,
    postedAt,
  };
}
