/**
 * Emphasis that was lost left a space where its tag was: before punctuation, inside quotes (`“ Word ,”`). Where both
 * edges show it is put back; where only one does, the space is closed and words are suggested. No side effects; linear.
 */
import { habitsOf, tracesIn } from './emphasis-traces.ts';
import type { EmphasisOptions, Trace } from './emphasis-traces.ts';
import type { Proposal } from './proposal.ts';
import type { Speech } from './speech.ts';

/** Emphasis with both edges has hardly ever more words. */
const MOST_WORDS = 12;

/** So many words are suggested at most. */
const SUGGESTED_WORDS = 4;

/** Words that fill their quotes alone, with one edge seen. */
const ALONE_WORDS = 1;

/**
 * How probable each repair is, measured on the emphasis of the public domain corpus (each tag replaced by a space, as
 * scrapers do): both edges; words alone; the last one, two, three, four words before an end.
 */
const BOTH = 0.97;

/** Of many words, or between double spaces. */
const BOTH_UNSURE = 0.92;

const ALONE = 0.75;

const LAST_WORDS: readonly number[] = [0.46, 0.23, 0.1, 0.09];

const FIRST_WORDS: readonly number[] = [0.58, 0.1, 0.03, 0.02];

const CLOSED = 0.98;

/** The traces of emphasis in a piece of the view, as proposals. */
export function emphasisTraces(text: string, speech: Speech, options: EmphasisOptions): Proposal[] {
  const habits = habitsOf(text, options);
  if (habits.takenApart) return [];
  const traces = tracesIn(text, speech, options, habits.french);
  const proposals: Proposal[] = [];
  let open: Trace | null = null;
  const leave = (trace: Trace | null): void => {
    if (trace?.edge === 'begin') proposals.push(...beginOnly(text, speech, trace, options));
  };
  for (const trace of traces) {
    if (trace.edge !== 'begin' && open !== null) {
      const pair = paired(text, speech, open, trace);
      if (pair !== null) {
        if (options.known) proposals.push(closed(open), ...(trace.edge === 'end' ? [closed(trace)] : []));
        else proposals.push(pair);
        open = null;
        continue;
      }
    }
    if (trace.edge === 'end') {
      leave(open);
      open = null;
      proposals.push(...endOnly(text, speech, trace, options));
    } else {
      leave(open);
      open = trace;
    }
  }
  leave(open);
  return proposals;
}

function closed(trace: Trace): Proposal {
  const { from, to } = trace;
  return { kind: 'space', from, to, after: '', certainty: CLOSED, state: 'applied' };
}

/** Both edges show: the words between them, when they are few and no sentence ends or quote opens among them. */
function paired(text: string, speech: Speech, open: Trace, end: Trace): Proposal | null {
  const words = text.slice(open.to, end.from);
  if (words.length > MOST_WORDS * 16 || words.trim() === '') return null;
  const span = speech.at(open.from);
  const fills = span !== undefined && span.from + 1 === open.from && span.closed && span.to - 1 === end.to;
  if (words.split(/\s+/u).length > (fills ? MOST_WORDS * 2 : MOST_WORDS)) return null;
  if (/^[“"„«‘']/.test(words)) return null;
  if (!fills && (/[“”"„«»‘()]/.test(words) || /[.!?…]["’)]?\s/u.test(words))) return null;
  if (open.edge === 'either' && end.edge !== 'either' && words.split(/\s+/u).length > SUGGESTED_WORDS * 2) return null;
  if (/[\r\n\f\u0085\u2028\u2029]/.test(words)) return null;
  const isLong = words.split(/\s+/u).length > SUGGESTED_WORDS;
  const before = open.edge === 'either' ? ' ' : '';
  const after = end.edge === 'either' ? ' ' : '';
  return {
    kind: 'emphasis',
    from: open.from,
    to: end.to,
    after: `${before}*${words}*${after}`,
    certainty: open.edge === 'either' || end.edge === 'either' || isLong ? BOTH_UNSURE : BOTH,
    state: 'applied',
  };
}

/** Only the end shows: words alone in their quotes are put back, others suggested from the last on. */
function endOnly(text: string, speech: Speech, trace: Trace, options: EmphasisOptions): Proposal[] {
  if (options.known) return [closed(trace)];
  const low = Math.max(options.from, trace.from - 200);
  const starts: number[] = [];
  let at = trace.from;
  while (at > low && isWordCharacter(text, at - 1)) {
    while (at > low && isWordCharacter(text, at - 1)) at -= 1;
    starts.push(at);
    if (starts.length > MOST_WORDS || text[at - 1] !== ' ' || !isWordCharacter(text, at - 2)) break;
    at -= 1;
  }
  const [last] = starts;
  if (last === undefined) return [closed(trace)];
  const start = starts.at(-1) ?? last;
  if (starts.length <= ALONE_WORDS && fillsAlone(text, speech, start, trace.to)) {
    return [whole(text, start, trace.from, start, trace.to)];
  }
  const suggested = starts.slice(0, SUGGESTED_WORDS);
  return [
    closed(trace),
    ...alternatives(
      text,
      trace,
      suggested.map((from) => [from, trace.from] as const),
      LAST_WORDS,
    ),
  ];
}

/** Only the begin shows. */
function beginOnly(text: string, speech: Speech, trace: Trace, options: EmphasisOptions): Proposal[] {
  if (options.known) return [closed(trace)];
  const high = Math.min(options.to, trace.to + 200);
  const ends: number[] = [];
  let at = trace.to;
  while (at < high && isWordCharacter(text, at)) {
    while (at < high && isWordCharacter(text, at)) at += 1;
    ends.push(at);
    if (ends.length > MOST_WORDS || text[at] !== ' ' || !isWordCharacter(text, at + 1)) break;
    at += 1;
  }
  const [first] = ends;
  if (first === undefined) return [closed(trace)];
  const end = ends.at(-1) ?? first;
  const span = speech.at(trace.from);
  const alone =
    span?.closed === true && span.from + 1 === trace.from && /^[,.!?…—-]{0,3}.$/u.test(text.slice(end, span.to));
  if (alone && ends.length <= ALONE_WORDS) return [whole(text, trace.to, end, trace.from, end)];
  const suggested = ends.slice(0, SUGGESTED_WORDS);
  return [
    closed(trace),
    ...alternatives(
      text,
      trace,
      suggested.map((to) => [trace.to, to] as const),
      FIRST_WORDS,
    ),
  ];
}

function whole(text: string, wordsFrom: number, wordsTo: number, from: number, to: number): Proposal {
  const after = `*${text.slice(wordsFrom, wordsTo)}*`;
  return { kind: 'emphasis', from, to, after, certainty: ALONE, state: 'applied' };
}

function alternatives(
  text: string,
  trace: Trace,
  ranges: readonly (readonly [from: number, to: number])[],
  certainties: readonly number[],
): Proposal[] {
  return ranges.map(([from, to], i) => ({
    kind: 'emphasis',
    from,
    to,
    after: `*${text.slice(from, to)}*`,
    certainty: certainties[i] ?? 0.05,
    state: 'suggested',
    group: `emphasis-at-${trace.from}`,
  }));
}

/** Whether words up to a trace fill their quotes: only punctuation stands between them and the closing mark. */
function fillsAlone(text: string, speech: Speech, from: number, to: number): boolean {
  const span = speech.at(from);
  return span?.closed === true && span.from + 1 === from && /^[,.!?…—-]{0,3}.$/u.test(text.slice(to, span.to));
}

const WORD = /[\p{L}\p{N}\p{M}’'-]/u;

function isWordCharacter(text: string, at: number): boolean {
  const character = text[at];
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  if (code < 128)
    return (
      (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58) || code === 39 || code === 45
    );
  // Halves of a surrogate pair belong to the word beside them.
  return (code >= 0xd800 && code <= 0xdfff) || WORD.test(character);
}
