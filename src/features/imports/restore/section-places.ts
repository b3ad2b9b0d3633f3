/** Where a mark may stand: at the begin of a line or behind a sentence. No side effects. */
import { isWhite } from './lines.ts';

const BOUNDARY = new Set('.!?…”’"\'»«)]*~—–。！？」』');

/** Whether a sentence, or another mark, ends right before the white space at the offset. */
export function followsSentence(text: string, at: number, low: number): boolean {
  let place = at - 1;
  while (place >= low && isWhite(text[place])) place -= 1;
  return place < low || BOUNDARY.has(text[place] ?? '') || text[place] === '⁂';
}

export function startsLine(text: string, at: number, low: number): boolean {
  let place = at - 1;
  while (place >= low && (text[place] === ' ' || text[place] === '\t' || text[place] === '\u00a0')) place -= 1;
  return place < low || /[\r\n\f\v\u0085\u2028\u2029]/.test(text[place] ?? '');
}

export function endsLine(text: string, at: number, high: number): boolean {
  let place = at;
  while (place < high && (text[place] === ' ' || text[place] === '\t' || text[place] === '\u00a0')) place += 1;
  return place >= high || /[\r\n\f\v\u0085\u2028\u2029]/.test(text[place] ?? '');
}

const LONGEST_LINE = 120;

/** Where the line that begins here ends; null when it is too long to be a mark. */
export function lineAt(text: string, from: number, high: number): number | null {
  const piece = text.slice(from, Math.min(high, from + LONGEST_LINE + 1));
  const end = piece.search(/[\r\n\f\v\u0085\u2028\u2029]/);
  const length = (end === -1 ? piece : piece.slice(0, end)).trimEnd().length;
  if (end === -1 && from + piece.length < high) return null;
  return length === 0 ? null : from + length;
}
