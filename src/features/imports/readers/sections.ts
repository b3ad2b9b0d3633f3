/** From a body cut at its headings to chapters: what both text formats share. Every line ends up in exactly one place. */
import type { ImportedChapter, ImportedText } from '../imported-work.ts';
import { chapterTitle } from './chapter-heading.ts';

/** Where a chapter begins: its heading as people read it, and the lines the heading itself takes. */
export interface ChapterMark {
  text: string;
  from: number;
  to: number;
}

/**
 * Cuts lines at marks. Text before the first mark is a chapter without title. A heading with nothing under it ("Part
 * Two", directly followed by "Chapter 5") is kept as a line of the chapter that follows, or at the very end of the last.
 */
export function cutIntoChapters(
  lines: readonly string[],
  marks: readonly ChapterMark[],
  format: ImportedText['format'],
): ImportedChapter[] {
  const chapters: ImportedChapter[] = [];
  let waiting = joined(lines, 0, marks[0]?.from ?? lines.length);
  if (waiting !== '') chapters.push({ text: { format, source: waiting } });
  waiting = '';
  for (const [i, mark] of marks.entries()) {
    const text = joined(lines, mark.to, marks[i + 1]?.from ?? lines.length);
    if (text === '') {
      waiting = paragraphs(waiting, joined(lines, mark.from, mark.to));
      continue;
    }
    const title = chapterTitle(mark.text, chapters.length + 1);
    chapters.push({ ...(title === undefined ? {} : { title }), text: { format, source: paragraphs(waiting, text) } });
    waiting = '';
  }
  const last = chapters.at(-1);
  if (waiting !== '' && last) last.text = { format, source: paragraphs(last.text.source, waiting) };
  else if (waiting !== '') chapters.push({ text: { format, source: waiting } });
  return chapters;
}

/** Lines as one text, without the blank lines around it; indents and everything between stay as they are. */
export function joined(lines: readonly string[], from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(lines[start])) start++;
  while (end > start && isBlank(lines[end - 1])) end--;
  return lines.slice(start, end).join('\n');
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function paragraphs(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}\n\n${second}`;
}
