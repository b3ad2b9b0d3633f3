/**
 * Markdown with optional front matter. Level-1 headings are chapters; one that names the work is its title. The text of
 * each chapter is passed on as Markdown, as it was written.
 */
import { emptyImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { parseChapterHeading } from './chapter-heading.ts';
import { applyFrontMatter, layChapters } from './front-matter-fields.ts';
import { takeHeader } from './header-block-fields.ts';
import { readFrontMatter, splitFrontMatter } from './front-matter.ts';
import { breaksAsMarkdown, headings, markdownEvidence } from './markdown-marks.ts';
import type { Heading } from './markdown-marks.ts';
import type { PromptReader } from './reader.ts';
import { cutIntoChapters, joined } from './sections.ts';
import type { ChapterMark } from './sections.ts';

/** Marks enough to believe in Markdown where front matter announces a written-for-import file, and where nothing does. */
const ENOUGH_WITH_FRONT_MATTER = 0.5;
const ENOUGH_ALONE = 1;
/** From here on even lines that would run together are taken for Markdown. */
const BEYOND_DOUBT = 4;

export const markdownReader: PromptReader = {
  format: 'markdown',

  sniff(file) {
    if (fileKind(file) !== 'text') return 0;
    const split = splitFrontMatter(file.text);
    const body = split?.body ?? file.text;
    const evidence = markdownEvidence(body);
    if (evidence < (split ? ENOUGH_WITH_FRONT_MATTER : ENOUGH_ALONE)) return 0;
    if (evidence < BEYOND_DOUBT && breaksAsMarkdown(body)) return 0;
    return split ? 0.9 : Math.min(0.8, 0.4 + evidence / 10);
  },

  read(file) {
    const work = emptyImportedWork();
    const { fields, body, repairs } = readFrontMatter(file.text);
    work.repairs.push(...repairs);
    const stated = fields ? applyFrontMatter(work, fields, 'markdown') : [];
    const lines = (fields ? body : takeHeader(work, body, 'markdown')).split('\n');
    const all = headings(lines);
    const title = workTitle(work.title, lines, all);
    if (title) {
      work.title ??= title.text;
      lines.fill('', title.from, title.to);
    }
    work.chapters = cutIntoChapters(lines, chapterMarks(all.filter((heading) => heading !== title)), 'markdown');
    layChapters(work, stated);
    if (work.chapters.length === 0)
      return { ok: false, reason: 'There is no text in this file, only a description of a work.' };
    return { ok: true, work };
  },
};

/**
 * The heading that is the work's title rather than a chapter's: the first, at the very start, not "Chapter 1" or the
 * like, not at odds with a title already known; and either the only one of its level, or equal to the known title, or
 * without text of its own, or followed by nothing but numbered chapters.
 */
function workTitle(known: string | undefined, lines: readonly string[], all: readonly Heading[]): Heading | null {
  const [first, ...others] = all.filter((heading) => heading.level === 1);
  if (!first || joined(lines, 0, first.from) !== '') return null;
  const same = known !== undefined && folded(known) === folded(first.text);
  if (known !== undefined && !same) return null;
  if (!same && parseChapterHeading(first.text)) return null;
  if (others.length === 0) return first;
  const bare = joined(lines, first.to, others[0]?.from ?? 0) === '';
  return bare || others.every((heading) => parseChapterHeading(heading.text)) ? first : null;
}

/** Level 1, or, where there is none, level 2 if there are several and all of them say "Chapter N" in some language. */
function chapterMarks(all: readonly Heading[]): ChapterMark[] {
  const first = all.filter((heading) => heading.level === 1);
  if (first.length > 0) return first;
  const second = all.filter((heading) => heading.level === 2);
  return second.length > 1 && second.every((heading) => parseChapterHeading(heading.text)) ? second : [];
}

function folded(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
