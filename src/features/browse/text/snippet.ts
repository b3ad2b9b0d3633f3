/**
 * Snippets: the block of a chapter in which most of what was looked for stands, and the words around it. Cut from text that
 * the caller has read with the viewer's eyes; the index keeps none. Pure.
 */
import type { TextLeaf } from '../filter/work-filter.ts';
import { cutWords, type Word } from './cut.ts';
import { leafMeaning, type LeafMeaning, type Sequence } from './leaf-query.ts';
import { textBlocks, type TextBlock } from './text-blocks.ts';

export interface SnippetPiece {
  text: string;
  marked: boolean;
}

export interface Snippet {
  /** The block it was cut from; null where that has no id. */
  blockId: string | null;
  pieces: SnippetPiece[];
}

/** A text to cut a snippet from. */
export interface TextToCut {
  key: number;
  /** Cleaned HTML. */
  html: string;
}

export interface CutSnippet extends Snippet {
  key: number;
}

/** Characters of a snippet at most, the signs for what was left out among them. */
export const SNIPPET_LENGTH = 240;
/** Characters shown before the first found word, where there are as many. */
const BEFORE = 60;
/** Found words that are compared to find where most of them stand together. */
const COMPARED = 500;
const LEFT_OUT = '…';

interface Span {
  start: number;
  end: number;
}

/** A snippet of each text in which something is found. */
export function cutSnippets(leaves: readonly TextLeaf[], texts: readonly TextToCut[]): CutSnippet[] {
  const cut = snippetCutter(leaves);
  return texts.flatMap(({ key, html }) => {
    const snippet = cut(html);
    return snippet ? { key, ...snippet } : [];
  });
}

/** Takes what is looked for; returns a function from cleaned HTML to its snippet, null where nothing is found. */
function snippetCutter(leaves: readonly TextLeaf[]): (html: string) => Snippet | null {
  const meanings = leaves.flatMap((leaf) => leafMeaning(leaf) ?? []);
  return (html) => {
    let best: { block: TextBlock; words: Word[]; found: Span[]; worth: number } | null = null;
    for (const block of textBlocks(html)) {
      const words = cutWords(block.text);
      const each = meanings.map((meaning) => foundIn(words, meaning)).filter((found) => found.length > 0);
      const found = joined(each.flat());
      // One more thing that was looked for counts more than the same one again.
      const worth = each.length * 1_000_000 + found.length;
      if (each.length > 0 && worth > (best?.worth ?? 0)) best = { block, words, found, worth };
    }
    return best && { blockId: best.block.id, pieces: piecesOf(best.block.text, best.words, best.found) };
  };
}

/** Where a leaf is found in a block. What must stand near each other is marked where the block has all of it. */
function foundIn(words: readonly Word[], { sequences, near }: LeafMeaning): Span[] {
  const each = sequences.map((sequence) => spansOf(words, sequence));
  return near !== null && each.some((spans) => spans.length === 0) ? [] : each.flat();
}

function spansOf(words: readonly Word[], sequence: Sequence): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at + sequence.keys.length <= words.length; at += 1) {
    const first = words[at];
    const last = words[at + sequence.keys.length - 1];
    if (first && last && standsAt(words, at, sequence)) spans.push({ start: first.start, end: last.end });
  }
  return spans;
}

function standsAt(words: readonly Word[], at: number, { keys, open, orLast }: Sequence): boolean {
  return keys.every((key, index) => {
    const here = words[at + index]?.key ?? '';
    if (index < keys.length - 1) return here === key;
    return (open ? here.startsWith(key) : here === key) || orLast.includes(here);
  });
}

/** In order, those that touch or overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else whole.push({ ...span });
  }
  return whole;
}

function piecesOf(text: string, words: readonly Word[], found: readonly Span[]): SnippetPiece[] {
  const { start, end } = windowOf(text, words, found);
  const pieces: SnippetPiece[] = [];
  const add = (from: number, to: number, marked: boolean): void => {
    const shown = text.slice(from, to).replace(/\s+/g, ' ');
    if (shown !== '') pieces.push({ text: shown, marked });
  };
  let at = start;
  for (const span of found) {
    if (span.end <= start || span.start >= end) continue;
    add(at, Math.max(span.start, start), false);
    add(Math.max(span.start, start), Math.min(span.end, end), true);
    at = Math.min(span.end, end);
  }
  add(at, end, false);
  if (start > 0) pieces.unshift({ text: LEFT_OUT, marked: false });
  if (end < text.length) pieces.push({ text: LEFT_OUT, marked: false });
  return pieces;
}

/** The part of the text that is shown: all of it, or from the place where most found words stand together. */
function windowOf(text: string, words: readonly Word[], found: readonly Span[]): Span {
  if (text.length <= SNIPPET_LENGTH) return { start: 0, end: text.length };
  const room = SNIPPET_LENGTH - 2 * LEFT_OUT.length;
  const compared = found.slice(0, COMPARED);
  let first = compared[0] ?? { start: 0, end: 0 };
  let most = 0;
  for (const [at, span] of compared.entries()) {
    let count = 0;
    while ((compared[at + count]?.end ?? Infinity) <= span.start + room - BEFORE) count += 1;
    if (count > most) {
      most = count;
      first = span;
    }
  }
  // Where the text ends soon, more is shown before.
  const earliest = Math.max(0, Math.min(first.start - BEFORE, text.length - room));
  const from = words.find((word) => word.start >= earliest && word.start <= first.start)?.start ?? first.start;
  const start = earliest === 0 ? 0 : from;
  const latest = start + room;
  if (latest >= text.length) return { start, end: text.length };
  const lastWhole = words.findLast((word) => word.end <= latest && word.end > first.start)?.end;
  return { start, end: lastWhole ?? wholeCharacter(text, latest) };
}

/** Not between the halves of a character beyond the first plane. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
