/**
 * A story as the list of its blocks, whatever it was written with (a web page, a word processor's file), and what is
 * tidied in such a list: empty paragraphs that only make room, and paragraphs of stars that are scene breaks.
 */
import { escapeHtml } from '../../../platform/html/text.ts';

/** `title`: a paragraph the word processor calls the title. `other`: a list, a table, a quotation, kept whole. */
export type BlockKind = 'paragraph' | 'heading' | 'title' | 'break' | 'empty' | 'other';

export interface StoryBlock {
  kind: BlockKind;
  /** Of a heading: 1 to 6. */
  level: number;
  /** The whole block as HTML, its own tags included. */
  html: string;
  /** What a person reads in it: one line for each line, single spaces. */
  text: string;
  /** Where its inner HTML stands in the source of a page, when it is one piece there. */
  span?: { from: number; to: number };
  /** Footnotes that hang on it, as HTML; they stand at the end of its chapter. */
  notes?: readonly string[];
}

/** A paragraph of text, or nothing that is seen, out of its inner HTML and the text in that. */
export function paragraphBlock(inner: string, text: string, align?: string): StoryBlock {
  const tag = align ? `<p align="${escapeHtml(align)}">` : '<p>';
  const said = lines(text);
  if (said === '' && !/<(?:img|iframe|embed|object|video|audio)\b/i.test(inner)) return emptyBlock();
  return { kind: 'paragraph', level: 0, html: `${tag}${inner.trim()}</p>`, text: said };
}

export function headingBlock(level: number, inner: string, text: string): StoryBlock {
  const said = lines(text);
  if (said === '') return emptyBlock();
  return { kind: 'heading', level, html: `<h${level}>${inner.trim()}</h${level}>`, text: said };
}

export function breakBlock(): StoryBlock {
  return { kind: 'break', level: 0, html: '<hr>', text: '' };
}

export function emptyBlock(): StoryBlock {
  return { kind: 'empty', level: 0, html: '', text: '' };
}

/** Single spaces, no blank lines, no white space around a line. */
export function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Lines of signs that mean a scene break everywhere: stars, hashes, dashes, tildes. Others are the author's ornament. */
const SCENE_BREAK = /^(?:(?:[*＊⁂]\s?){1,40}|(?:#\s?){1,40}|(?:[-–—_=]\s?){3,120}|(?:~\s?){2,40}|(?:•\s?){3,40})$/u;

/**
 * Blocks as a source has them in, blocks with a meaning out. Gaps of empty paragraphs as long as usual in the text mean
 * nothing and go; a longer one stays as one empty paragraph, since it is how many authors part scenes. Says what it did.
 */
export function tidyBlocks(blocks: readonly StoryBlock[], repairs: string[]): StoryBlock[] {
  const marked = blocks.map((block) =>
    block.kind === 'paragraph' && block.text.length <= 120 && SCENE_BREAK.test(block.text) ? breakBlock() : block,
  );
  const signs = marked.filter((block, i) => block.kind === 'break' && blocks[i]?.kind !== 'break').length;
  if (signs > 0)
    repairs.push(counted(signs, 'line of signs became a scene break', 'lines of signs became scene breaks'));
  const usual = usualGap(marked);
  const tidied: StoryBlock[] = [];
  let gap = 0;
  let left = 0;
  for (const block of marked) {
    if (block.kind === 'empty') {
      gap++;
      continue;
    }
    const last = tidied.at(-1);
    const beside = block.kind === 'paragraph' && last?.kind === 'paragraph';
    if (gap > usual && beside) tidied.push({ ...emptyBlock(), html: '<p>&nbsp;</p>' });
    left += gap;
    gap = 0;
    if (block.kind === 'break' && last?.kind === 'break') continue;
    tidied.push(block);
  }
  if (usual > 0 && left > 2) repairs.push('Empty paragraphs that only kept the others apart were left out.');
  return tidied;
}

/** From fewer paragraphs nothing usual can be told. */
const ENOUGH_GAPS = 3;

/** How many empty paragraphs usually stand between two full ones. */
function usualGap(blocks: readonly StoryBlock[]): number {
  const counts = [0, 0, 0, 0];
  let gap = 0;
  let started = false;
  for (const block of blocks) {
    if (block.kind === 'empty') gap++;
    else {
      const at = Math.min(gap, 3);
      if (started && block.kind === 'paragraph') counts[at] = (counts[at] ?? 0) + 1;
      started = true;
      gap = 0;
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total < ENOUGH_GAPS ? 0 : counts.indexOf(Math.max(...counts));
}

/** "1 picture was …" or "3 pictures were …". */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}.`;
}
