/**
 * From the blocks of a story to a work: its title and byline where they stand at the head, its chapters where headings
 * announce them. What is taken as a field leaves the text; everything else stays, in its order.
 */
import type { ImportedWork } from '../imported-work.ts';
import { parseChapterHeading } from './chapter-heading.ts';
import { creatorFrom } from './creator-name.ts';
import { cutIntoChapters } from './sections.ts';
import type { ChapterMark } from './sections.ts';
import { tidyBlocks } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';

/** Takes the leading blocks that are fields (a header block of old fandom) into the work; answers those after them. */
export type TakeHead = (blocks: readonly StoryBlock[], work: ImportedWork) => StoryBlock[];

/**
 * Lays blocks into `work.chapters`. A title the work has already is only looked for at the head, to leave it there once;
 * without one the heading there is taken. `takeHead` sees what follows title and byline.
 */
export function layStory(work: ImportedWork, source: readonly StoryBlock[], takeHead?: TakeHead): void {
  const blocks = tidyBlocks(source, work.repairs);
  let at = 0;
  const taken = titleAt(work, blocks);
  // A title alone is all there is of the story.
  if (taken !== null && blocks.some((block) => block !== taken && block.text !== '')) {
    work.title ??= oneLine(taken.text);
    at = blocks.indexOf(taken) + 1;
    const byline = bylineIn(blocks[at]);
    if (byline !== null) {
      if (work.creators.length === 0) work.creators.push(...byline);
      if (sameNames(work, byline)) at++;
    }
  }
  const body = takeHead?.(blocks.slice(at), work) ?? blocks.slice(at);
  const marks = chapterMarks(body);
  const html = withoutOuterBreaks(body, marks);
  // Notes on the title belong to the first chapter.
  placeNotes(html, [...blocks.slice(0, at), ...body], at, marks);
  work.chapters = cutIntoChapters(html, marks, 'html');
}

/** Puts the footnotes of each chapter at its end. `html` are the blocks from `skipped` on. */
function placeNotes(
  html: string[],
  blocks: readonly StoryBlock[],
  skipped: number,
  marks: readonly ChapterMark[],
): void {
  const starts = new Set(marks.map((mark) => mark.from + skipped));
  let notes: string[] = [];
  const put = (at: number): void => {
    if (notes.length > 0) html[at - skipped] = `${html[at - skipped] ?? ''}\n<hr>\n${notes.join('\n')}`;
    notes = [];
  };
  for (const [i, block] of blocks.entries()) {
    if (starts.has(i) && i > skipped) put(i - 1);
    for (const note of block.notes ?? []) notes.push(note);
  }
  if (blocks.length > skipped) put(blocks.length - 1);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The block at the very head that is the work's title: what the word processor calls so, a paragraph or heading equal to
 * the title known already, or the first heading if it announces no chapter and is no chapter's among its equals.
 */
function titleAt(work: ImportedWork, blocks: readonly StoryBlock[]): StoryBlock | null {
  const first = blocks[0];
  if (!first || first.text.length > 300) return null;
  if (first.kind === 'title') return work.title === undefined || same(work.title, first.text) ? first : null;
  if (work.title !== undefined) {
    return same(work.title, first.text) && first.kind !== 'other' && !parseChapterHeading(first.text) ? first : null;
  }
  if (parseChapterHeading(oneLine(first.text))) return null;
  if (looksLikeTitle(first) || (first.text.length <= 120 && bylineIn(blocks[1]) !== null)) return first;
  if (first.kind !== 'heading') return null;
  const equals = blocks.filter((block) => block.kind === 'heading' && block.level === first.level && block !== first);
  if (equals.every((block) => parseChapterHeading(block.text))) return first;
  return blocks[1]?.kind === 'heading' || bylineIn(blocks[1]) !== null ? first : null;
}

/** A short line, centred and bold: how titles are set by those who do not know what a style is. */
function looksLikeTitle(block: StoryBlock): boolean {
  if (block.kind !== 'paragraph' || block.text.length > 100 || block.text.includes('\n')) return false;
  return /^<p align="center"><(?:b|strong|u)>/.test(block.html) && /<\/(?:b|strong|u)><\/p>$/.test(block.html);
}

const BYLINE = /^(?:(?:written |posted )?by|von|par|por|de|автор:?)\s*:?\s+(.{1,80})$/iu;

/** "by Wren and Tam Ellory": a short line of names under the title; null for anything that reads like a sentence. */
function bylineIn(block: StoryBlock | undefined): ImportedWork['creators'] | null {
  if (block?.kind !== 'paragraph' && block?.kind !== 'heading' && block?.kind !== 'title') return null;
  const names = BYLINE.exec(block.text)?.[1];
  if (!names || block.text.includes('\n') || /[.!?…:;]$/.test(names) || names.split(/\s+/).length > 8) return null;
  const creators = names.split(/,\s*|\s+(?:and|&|und|et|y)\s+/iu).map((name) => creatorFrom(name));
  return creators.every((creator) => creator !== null) ? creators : null;
}

function sameNames(work: ImportedWork, byline: ImportedWork['creators']): boolean {
  return byline.every(({ name }) => work.creators.some((creator) => same(creator.name, name)));
}

/** Case, punctuation and width do not part two spellings of one title. */
export function same(a: string, b: string): boolean {
  const folded = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return folded(a) === folded(b) && folded(a) !== '';
}

/**
 * Where chapters begin: blocks that say "Chapter N" and their like, when there are two or more whose numbers only rise,
 * or one at the very start; with headings of the same rank beside them where at least half of that rank say so. Without
 * any, headings of the first rank (of the second only where there is none of the first), when there are two or more.
 */
function chapterMarks(blocks: readonly StoryBlock[]): ChapterMark[] {
  const announcing = blocks.flatMap((block, i) => {
    const able = block.kind === 'heading' || block.kind === 'title' || block.kind === 'paragraph';
    const heading = able && block.text.length <= 120 ? parseChapterHeading(oneLine(block.text)) : null;
    return heading ? [{ i, heading }] : [];
  });
  // A list of contents above the chapters names them in paragraphs: then the headings alone are asked.
  const headings = announcing.filter(({ i }) => blocks[i]?.kind === 'heading');
  const chosen = [announcing, headings].find((some) => {
    const numbers = some.flatMap(({ heading }) => heading.number ?? []);
    const rising = numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0));
    return rising && (some.length > 1 || some[0]?.i === 0);
  });
  if (chosen) {
    const places = new Set(chosen.map(({ i }) => i));
    for (const i of equalsOf(blocks, places)) places.add(i);
    return marksAt(
      blocks,
      [...places].sort((a, b) => a - b),
    );
  }
  const rank = [1, 2].find((level) => blocks.some((block) => block.kind === 'heading' && block.level === level));
  const headed = blocks.flatMap((block, i) => (block.kind === 'heading' && block.level === rank ? [i] : []));
  return headed.length > 1 ? marksAt(blocks, headed) : [];
}

/** The headings of the rank that announces chapters, where most of that rank do: "Interlude: Tea" among the chapters. */
function equalsOf(blocks: readonly StoryBlock[], places: ReadonlySet<number>): number[] {
  const levels = new Set([...places].map((i) => (blocks[i]?.kind === 'heading' ? blocks[i].level : 0)));
  const [level] = levels;
  if (levels.size !== 1 || !level) return [];
  const equals = blocks.flatMap((block, i) => (block.kind === 'heading' && block.level === level ? [i] : []));
  return equals.length <= places.size * 2 ? equals : [];
}

/** A bare "Chapter 3" directly above another heading has its title from that. */
function marksAt(blocks: readonly StoryBlock[], places: readonly number[]): ChapterMark[] {
  const taken = new Set(places);
  return places.map((i) => {
    const text = oneLine(blocks[i]?.text ?? '');
    const heading = parseChapterHeading(text);
    const next = blocks[i + 1];
    const titled = heading?.title === null && next?.kind === 'heading' && !taken.has(i + 1);
    if (!titled || next.text.length > 150) return { text, from: i, to: i + 1 };
    return { text: `${text}: ${oneLine(next.text)}`, from: i, to: i + 2 };
  });
}

/** The blocks as HTML, without the breaks and gaps that only part one chapter from the next. */
function withoutOuterBreaks(blocks: readonly StoryBlock[], marks: readonly ChapterMark[]): string[] {
  const html = blocks.map((block) => block.html);
  const parts = (i: number): boolean => blocks[i]?.kind === 'break' || blocks[i]?.kind === 'empty';
  const edges = [0, ...marks.flatMap((mark) => [mark.from, mark.to]), blocks.length];
  for (const edge of edges) {
    for (let i = edge; i < blocks.length && parts(i); i++) html[i] = '';
    for (let i = edge - 1; i >= 0 && parts(i); i--) html[i] = '';
  }
  return html;
}
