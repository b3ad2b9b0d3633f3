/**
 * What the line ends of a source meant: nothing, a paragraph, a line of verse. Decided for the whole text by the
 * convention it keeps (blank lines, indents, a line a paragraph, lines broken by a mail program), then for each line
 * end by what stands beside it. No side effects; linear.
 */
import { endsSentence, linesOf, wordsBetween } from './lines.ts';
import type { Line } from './lines.ts';
import type { Proposal } from './proposal.ts';

/** `flat`: hardly any line ends at all. */
export type Convention = 'flat' | 'blank-lines' | 'indents' | 'lines' | 'wrapped' | 'verse';

export interface Layout {
  convention: Convention;
  proposals: Proposal[];
  /** What has lost its paragraphs: the pieces in which sentences decide. */
  flat: { from: number; to: number }[];
}

/** A paragraph of more words is hardly ever one. */
const LONG_BLOCK = 250;
/** A text with so many line ends for its words has been laid out by somebody. */
const LAID_OUT_LINE = 160;
const MAIL_FROM = 40;
const MAIL_TO = 100;
const VERSE_TO = 45;
const CRAMPED = 12;
/** Of lines that a machine broke this share is full; the others end paragraphs. */
const FULL_LINES = 0.6;
/** A text with so many speeches run together for its blocks lost its paragraphs: 99% of ” “ gaps begin one. */
const RUN_TOGETHER = 0.2;

/**
 * Reads the layout of a piece of the view. `runTogether` is how many speeches follow another on one line, which a text
 * that has its paragraphs hardly ever shows.
 */
export function layoutOf(text: string, from: number, to: number, runTogether = 0): Layout {
  const lines = linesOf(text, from, to);
  const proposals = edges(text, from, to, lines);
  const shape = shapeOf(text, lines);
  const convention = conventionOf(lines, shape);
  const blocks: LaidBlock[] = [];
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    const block = blocks.at(-1);
    if (before === undefined || block === undefined) {
      blocks.push({ from: line.from, to: line.to, verse: false });
      continue;
    }
    const proposal = gapBetween(text, before, line, convention, shape);
    if (proposal !== null) proposals.push(proposal);
    if (proposal?.kind === 'paragraph') blocks.push({ from: line.from, to: line.to, verse: false });
    else {
      block.to = line.to;
      block.verse ||= proposal === null;
    }
  }
  return { convention, proposals, flat: flatBlocks(text, blocks, convention, runTogether) };
}

interface LaidBlock {
  from: number;
  to: number;
  /** Its line ends are kept. */
  verse: boolean;
}

/** White space at the very ends. */
function edges(text: string, from: number, to: number, lines: readonly Line[]): Proposal[] {
  const first = lines[0]?.from ?? to;
  const last = lines.at(-1)?.to ?? to;
  const proposals: Proposal[] = [];
  if (first > from) proposals.push(space(from, first));
  if (last < to) proposals.push(space(last, to));
  return proposals;
}

function space(from: number, to: number): Proposal {
  return { kind: 'space', from, to, after: '', certainty: 1, state: 'applied' };
}

/** Figures of all gaps between lines, from which the convention is told. */
interface Shape {
  gaps: number;
  blank: number;
  indented: number;
  /** Line ends in mid-sentence, of those without a blank line. */
  within: number;
  /** Whether a machine broke the lines: the next word would not have fitted. */
  wrapped: boolean;
  /** The length of a full line. */
  width: number;
  length: number;
  /** Every line end is two: paragraphs have more. */
  doubled: boolean;
  /** The indent of lines that begin no paragraph. */
  base: number;
}

function shapeOf(text: string, lines: readonly Line[]): Shape {
  const lengths = lines.slice(0, -1).map((line) => line.to - line.from);
  const indents = lines.map((line) => line.indent);
  const shape: Shape = {
    gaps: lengths.length,
    blank: 0,
    indented: 0,
    within: 0,
    wrapped: false,
    width: quantile(lengths, 0.9),
    length: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length),
    doubled: false,
    base: quantile(indents, 0.2),
  };
  let [single, full] = [0, 0];
  let withinBlank = 0;
  let triple = 0;
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before === undefined) continue;
    const length = before.to - before.from;
    const within =
      !endsSentence(text, before.to) && /^[\p{Ll}\p{N}“"(]|^I\b|^\p{Lu}/u.test(text.slice(line.from, line.from + 2));
    if (line.ends > 1) {
      shape.blank += 1;
      if (within) withinBlank += 1;
      if (line.ends > 2) triple += 1;
    } else if (within) shape.within += 1;
    if (line.indent > shape.base) shape.indented += 1;
    if (line.ends > 1 || line.indent > shape.base) continue;
    single += 1;
    if (length + 1 + firstWord(text, line) > shape.width) full += 1;
  }
  const isWide = shape.width >= MAIL_FROM && shape.width <= MAIL_TO;
  shape.wrapped = isWide && single > 1 && full > single * FULL_LINES && shape.within > single * 0.3;
  shape.doubled = shape.blank > shape.gaps * 0.9 && withinBlank > shape.gaps * 0.4 && triple < shape.gaps * 0.5;
  return shape;
}

function firstWord(text: string, line: Line): number {
  return /^\S{0,30}/.exec(text.slice(line.from, Math.min(line.to, line.from + 30)))?.[0].length ?? 0;
}

function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? 0;
}

function conventionOf(lines: readonly Line[], shape: Shape): Convention {
  const { gaps, blank, indented, within, length } = shape;
  const last = lines.at(-1);
  if (gaps === 0 || last === undefined) return 'flat';
  if (shape.doubled) return 'wrapped';
  if (blank >= gaps * 0.15 || (blank > 0 && gaps < 6)) return length > LONG_BLOCK * 5 ? 'flat' : 'blank-lines';
  if (length > LAID_OUT_LINE * 8) return 'flat';
  if (indented > gaps * 0.02 && indented < gaps * 0.98 && within > gaps * 0.3) return 'indents';
  if (shape.wrapped && gaps > 2) return 'wrapped';
  if (length <= VERSE_TO && within > gaps * 0.4 && gaps > 2) return 'verse';
  return 'lines';
}

/** What stands between two lines; null where the line end is kept, as in verse. */
function gapBetween(text: string, before: Line, line: Line, convention: Convention, shape: Shape): Proposal | null {
  const paragraph = (certainty: number): Proposal => parted('paragraph', '\n\n', certainty);
  const parted = (kind: Proposal['kind'], after: string, certainty: number): Proposal => ({
    kind,
    from: before.to,
    to: line.from,
    after,
    certainty,
    state: 'applied',
  });
  const wrap = (certainty: number): Proposal => parted('wrap', hyphenated(text, before, line) ? '' : ' ', certainty);
  const ended = endsSentence(text, before.to);
  const small = /^\p{Ll}/u.test(text.slice(line.from, line.from + 2));
  const length = before.to - before.from;
  if (line.page && !ended && small) return wrap(0.9);
  if (shape.doubled) return line.ends > 2 ? paragraph(0.95) : wrap(0.95);
  if (line.ends > 1) return ended || !small || convention === 'blank-lines' ? paragraph(0.99) : wrap(0.7);
  const indented = line.indent > shape.base;
  switch (convention) {
    case 'verse':
      return null;
    case 'flat':
      return ended || !small ? paragraph(ended ? 0.96 : 0.8) : wrap(0.9);
    case 'indents':
      return indented ? paragraph(0.98) : wrap(0.96);
    case 'lines':
      if (!ended && small) return wrap(0.8);
      return paragraph(ended ? 0.97 : 0.85);
    case 'wrapped':
      return ended && length < shape.width * 0.8 ? paragraph(0.85) : wrap(0.96);
    case 'blank-lines': {
      if (indented && ended && shape.indented < shape.gaps * 0.5) return paragraph(0.85);
      if (shape.wrapped && (!ended || length > shape.width * 0.75)) return wrap(0.95);
      if (shape.wrapped && length > shape.width * 0.4) return paragraph(0.7);
      if (length > MAIL_TO) return ended || !small ? paragraph(0.85) : wrap(0.8);
      return null;
    }
  }
}

/** `well-` at the end of a line: the word goes on. */
function hyphenated(text: string, before: Line, line: Line): boolean {
  return /\p{L}-$/u.test(text.slice(before.to - 3, before.to)) && /^\p{Ll}/u.test(text.slice(line.from, line.from + 2));
}

/** The blocks in which sentences decide: all of a text that is one block, or most of which stands in blocks too long. */
function flatBlocks(
  text: string,
  blocks: readonly LaidBlock[],
  convention: Convention,
  runTogether: number,
): { from: number; to: number }[] {
  if (convention === 'verse') return [];
  const counted = blocks.map((block) => ({ block, words: wordsBetween(text, block.from, block.to) }));
  if (blocks.length === 1) return convention === 'flat' || (counted[0]?.words ?? 0) > LONG_BLOCK ? [...blocks] : [];
  const total = counted.reduce((sum, { words }) => sum + words, 0);
  const long = counted.reduce((sum, { words }) => sum + (words > LONG_BLOCK ? words : 0), 0);
  if (long * 2 < total && (runTogether === 0 || runTogether < blocks.length * RUN_TOGETHER)) return [];
  return counted.flatMap(({ block, words }) => (words > CRAMPED && !block.verse ? [block] : []));
}
