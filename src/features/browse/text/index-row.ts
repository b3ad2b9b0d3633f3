/**
 * From what a work or a chapter says to a row of the index: keys joined by spaces, a column each. Between two texts of one
 * column (paragraphs, tags, names) stands a mark that nobody can type, so that no phrase runs over their ends. Pure.
 */
import { cutWords } from './cut.ts';
import { textBlocks } from './text-blocks.ts';
import type { TextChapter, TextWork } from '../../works/index.ts';

/** The first five hold what stands on a work, the others what stands in a chapter: its title, what is said about it, its text. */
export const COLUMNS = ['title', 'byline', 'tags', 'summary', 'notes', 'heading', 'aside', 'body'] as const;
export type Column = (typeof COLUMNS)[number];

/** A row: for each column its keys. */
export type IndexRowText = readonly string[];

const APART = ' ¶ ';

/** The row of a work, without its chapters. */
export function workRow(work: TextWork): IndexRowText {
  return rowOf({
    title: [work.title],
    byline: work.byline,
    tags: work.tags,
    summary: textsOf(work.summaryHtml),
    notes: [...textsOf(work.notesHtml), ...textsOf(work.endNotesHtml)],
  });
}

/** The row of one chapter. */
export function chapterRow(chapter: TextChapter): IndexRowText {
  return rowOf({
    heading: [chapter.title],
    aside: [chapter.summaryHtml, chapter.notesHtml, chapter.endNotesHtml].flatMap(textsOf),
    body: textsOf(chapter.html),
  });
}

function textsOf(html: string): string[] {
  return textBlocks(html).map((block) => block.text);
}

function rowOf(texts: Partial<Record<Column, readonly string[]>>): IndexRowText {
  return COLUMNS.map((column) => (texts[column] ?? []).map(keysOf).join(APART));
}

function keysOf(text: string): string {
  return cutWords(text)
    .map((word) => word.key)
    .join(' ');
}
