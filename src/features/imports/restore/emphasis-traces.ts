/**
 * Spaces that stand where none belongs, each a trace of an edge of emphasis, and the habits of a text in which such spaces
 * are no traces. No side effects; linear.
 */
import { isWhite } from './lines.ts';
import type { Speech } from './speech.ts';

/** A space that stands where none belongs. `quote`: at the inner side of a quotation mark. */
export interface Trace {
  /** `end`: right after the emphasised words; `begin`: right before; `either`: a double space in mid-sentence. */
  edge: 'end' | 'begin' | 'either';
  from: number;
  to: number;
}

/** A text that has this share of its commas and stops behind a space was taken apart by a program. */
const TAKEN_APART = 0.25;

/** A text that has this share of `; : ! ?` behind a space is typed as in French. */
const AS_IN_FRENCH = 0.4;

export interface EmphasisOptions {
  from: number;
  to: number;
  /** A language code; French types a space before `; : ! ? »`. */
  language?: string | undefined;
  /** The source has its emphasis: spaces are closed, nothing is suggested. */
  known: boolean;
}

/** What the text does throughout is no trace. */
export function habitsOf(
  text: string,
  { from, to, language }: EmphasisOptions,
): { french: boolean; takenApart: boolean } {
  const low = { spaced: 0, tight: 0 };
  const high = { spaced: 0, tight: 0 };
  for (let at = from + 1; at < to; at += 1) {
    const character = text[at] ?? '';
    if (!',.;:!?'.includes(character) || isMore(text, at)) continue;
    const counts = character === ',' || character === '.' ? low : high;
    counts[isWhite(text[at - 1]) ? 'spaced' : 'tight'] += 1;
  }
  const least = /«[ \u00a0\u202f]/.test(text) ? 0 : 2;
  const typed = high.spaced > least && high.spaced > (high.spaced + high.tight) * AS_IN_FRENCH;
  const french = /^fr\b/i.test(language ?? '') || typed;
  return { french, takenApart: low.spaced > 20 && low.spaced > (low.spaced + low.tight) * TAKEN_APART };
}

/** `. . .`, `...`, `.5`, `:)`: not the punctuation that ends words. */
function isMore(text: string, at: number): boolean {
  const character = text[at] ?? '';
  const next = text[at + 1] ?? ' ';
  if (/[\p{L}\p{N}.]/u.test(next)) return character !== ',' || /\p{N}/u.test(next);
  if (character === '.' && (text[at - 2] === '.' || text[at + 2] === '.')) return true;
  return (character === ':' || character === ';') && /[)(DPp'*\\/|3-]/.test(next);
}

export function tracesIn(text: string, speech: Speech, { from, to }: EmphasisOptions, french: boolean): Trace[] {
  const traces: Trace[] = [];
  const add = (edge: Trace['edge'], start: number, end: number): void => {
    if (start >= from && end <= to && start < end && !hasLineEnd(text, start, end))
      traces.push({ edge, from: start, to: end });
  };
  for (const { from: opened, to: closedAt, open, close, closed: isClosed } of speech.spans) {
    if (open === '«' || open === '‹' || (french && (open === '“' || open === '"'))) continue;
    add('begin', opened + 1, afterSpace(text, opened + 1));
    if (isClosed) add('end', beforeSpace(text, closedAt - close.length), closedAt - close.length);
  }
  const marks = french ? /[,.)\]]/g : /[,.;:!?)\]]/g;
  marks.lastIndex = from;
  for (let match = marks.exec(text); match !== null && match.index < to; match = marks.exec(text)) {
    const at = match.index;
    if (!isWhite(text[at - 1]) || isMore(text, at) || isTypedSpace(text, at)) continue;
    const start = beforeSpace(text, at);
    if (start > from && !/[.,;:!?…—–-]/.test(text[start - 1] ?? '')) add('end', start, at);
  }
  for (const match of text.slice(from, to).matchAll(/[([](?=[ \u00a0]\S)/g)) {
    const at = from + match.index + 1;
    add('begin', at, at + 1);
  }
  for (const match of text.slice(from, to).matchAll(/(?<=[\p{L},;] )(?: )(?=[\p{L}'’])/gu)) {
    const at = from + match.index;
    add('either', at - 1, at + 1);
  }
  traces.sort((a, b) => a.from - b.from || a.to - b.to);
  // `“ ”` is the begin and the end of nothing.
  return traces.filter((trace, i) => trace.from !== traces[i - 1]?.from && trace.from !== traces[i + 1]?.from);
}

/** `?` behind a space that does not break: somebody typed it so. */
function isTypedSpace(text: string, at: number): boolean {
  return ';:!?'.includes(text[at] ?? ' ') && /[\u00a0\u202f]/.test(text[at - 1] ?? '');
}

function hasLineEnd(text: string, from: number, to: number): boolean {
  return /[\r\n\f\v\u0085\u2028\u2029]/.test(text.slice(from, to));
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < from + 8 && isWhite(text[at])) at += 1;
  return at;
}

function beforeSpace(text: string, to: number): number {
  let at = to;
  while (at > to - 8 && isWhite(text[at - 1])) at -= 1;
  return at;
}
