/** The lines of a piece of text and the white space between them. No side effects; linear. */

/** A line with something in it, white space at its ends left out. */
export interface Line {
  from: number;
  to: number;
  /** White space before it on its own line: spaces, tabs as four. */
  indent: number;
  /** Line ends between the line before it and this one; 0 for the first. */
  ends: number;
  /** A form feed stands before it. */
  page: boolean;
}

const LINE_END = /\r\n?|[\n\u000b\u000c\u0085\u2028\u2029]/g;
const SPACE = /[\s\u200b\ufeff]/;

/** The lines between two offsets that are not blank. */
export function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let ends = 0;
  let page = false;
  let start = from;
  const take = (end: number): void => {
    const first = firstSeen(text, start, end);
    if (first === end) return;
    const last = lastSeen(text, first, end);
    lines.push({ from: first, to: last, indent: width(text, start, first), ends, page });
    ends = 0;
    page = false;
  };
  LINE_END.lastIndex = from;
  for (let match = LINE_END.exec(text); match !== null && match.index < to; match = LINE_END.exec(text)) {
    take(match.index);
    ends += match[0] === '\u2029' ? 2 : 1;
    page ||= match[0] === '\f';
    start = match.index + match[0].length;
  }
  if (start < to) take(to);
  if (lines[0] !== undefined) lines[0].ends = 0;
  return lines;
}

/** White space of every kind, the zero-width ones too. */
export function isWhite(character: string | undefined): boolean {
  return character !== undefined && SPACE.test(character);
}

/** The first offset from `from` at which something is seen; `to` where nothing is. */
export function firstSeen(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isWhite(text[at])) at += 1;
  return at;
}

/** Behind the last offset before `to` at which something is seen; `from` where nothing is. */
export function lastSeen(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isWhite(text[at - 1])) at -= 1;
  return at;
}

function width(text: string, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += text[at] === '\t' ? 4 : 1;
  return sum;
}

/** How many words stand between two offsets, counted by the white space before them. */
export function wordsBetween(text: string, from: number, to: number): number {
  let words = 0;
  let white = true;
  for (let at = from; at < to; at += 1) {
    const now = isWhite(text[at]);
    if (white && !now) words += 1;
    white = now;
  }
  return words;
}

const CLOSERS = new Set('”’"\'»«)]*_“');
const ENDS = new Set('.!?…:;—–。！？」』～~');

/** Whether what ends before the offset may be the end of a sentence. */
export function endsSentence(text: string, to: number): boolean {
  let at = to - 1;
  while (at > to - 4 && CLOSERS.has(text[at] ?? '')) at -= 1;
  if (text[at] === '-') return !/\p{L}/u.test(text[at - 1] ?? '');
  return ENDS.has(text[at] ?? '') || (at < to - 1 && text[at] === ',');
}

/** The white space around a piece, as far as it goes between two offsets. */
export function withSpaceAround(
  text: string,
  piece: { from: number; to: number },
  low: number,
  high: number,
): {
  from: number;
  to: number;
} {
  return { from: lastSeen(text, low, piece.from), to: firstSeen(text, piece.to, high) };
}
