/**
 * Plain text with optional front matter, or the header block of old fandom in its place: the floor, which takes anything
 * textual. Only lines that announce a chapter and stand alone part it; everything else stays in the text as it was
 * written, a title line too.
 */
import { emptyImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { parseChapterHeading } from './chapter-heading.ts';
import { applyFrontMatter, layChapters } from './front-matter-fields.ts';
import { readFrontMatter, splitFrontMatter } from './front-matter.ts';
import { takeHeader } from './header-block-fields.ts';
import type { PromptReader, SourceFile } from './reader.ts';
import { rescueInto } from './rescued-text.ts';
import { cutIntoChapters, isBlank, joined } from './sections.ts';
import type { ChapterMark } from './sections.ts';

export const plainTextReader: PromptReader = {
  format: 'text',

  sniff(file) {
    if (fileKind(file) !== 'text') return 0;
    return splitFrontMatter(file.text) ? 0.5 : 0.25;
  },

  read(file) {
    const work = emptyImportedWork();
    const { fields, body, repairs } = readFrontMatter(file.text);
    work.repairs.push(...repairs);
    const stated = fields ? applyFrontMatter(work, fields, 'text') : [];
    const from = fields ? startInRaw(file, body) : 0;
    if (rescueInto(work, file.raw, { from, to: file.raw.length, notation: 'text', onlyFlat: fields !== null })) {
      layChapters(work, stated);
      return { ok: true, work };
    }
    const lines = (fields ? body : takeHeader(work, body, 'text')).split('\n');
    work.chapters = cutIntoChapters(lines, chapterLines(lines), 'text');
    layChapters(work, stated);
    if (work.chapters.length === 0)
      return { ok: false, reason: 'There is no text in this file, only a description of a work.' };
    return { ok: true, work };
  },
};

/** Where the text after the front matter begins in the file as it is, whose line ends may be longer: so many lines in. */
function startInRaw(file: SourceFile, body: string): number {
  let lines = file.text.slice(0, file.text.length - body.length).split('\n').length - 1;
  let at = 0;
  for (; lines > 0 && at < file.raw.length; at += 1) {
    if (file.raw[at] === '\n' || (file.raw[at] === '\r' && file.raw[at + 1] !== '\n')) lines -= 1;
  }
  return at;
}

/**
 * The lines that part the text: "Chapter N", "Prologue" and their like between blank lines, when there are two or more
 * whose numbers only rise, or one at the very start. Numbers that fall or repeat (a table of contents, a second book)
 * leave the text whole.
 */
export function chapterLines(lines: readonly string[]): ChapterMark[] {
  const marks: ChapterMark[] = [];
  const numbers: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.length > 200 || !isBlank(lines[i - 1]) || !isBlank(lines[i + 1])) continue;
    const heading = parseChapterHeading(line);
    if (!heading) continue;
    marks.push({ text: line.trim(), from: i, to: i + 1 });
    if (heading.number !== null) numbers.push(heading.number);
  }
  const rising = numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0));
  const [first] = marks;
  if (!first || !rising) return [];
  return marks.length > 1 || joined(lines, 0, first.from) === '' ? marks : [];
}
