/**
 * Marks that part a text and were left inside its lines: `ii.`, `Part Two`, `+1`, `***`. A mark stands at a sentence's
 * boundary, outside quotes, and numbers count up from one; a number alone is none. No side effects; linear.
 */
import { withSpaceAround, wordsBetween } from './lines.ts';
import type { Proposal } from './proposal.ts';
import { candidatesIn } from './section-candidates.ts';
import type { Candidate, Surroundings } from './section-candidates.ts';

/** All marks of a piece of the view, as proposals that take the white space around them. */
export function sectionMarks(around: Surroundings): Proposal[] {
  const candidates = candidatesIn(around);
  const chosen = [...chosenRuns(around, candidates), ...unnumbered(around, candidates)].sort((a, b) => a.from - b.from);
  const proposals: Proposal[] = [];
  let low = around.from;
  for (const { from, to, kind, state, certainty } of chosen) {
    if (from < low) continue;
    const range = withSpaceAround(around.text, { from, to }, low, around.to);
    const said = around.text.slice(from, to).replace(/\s+/g, ' ');
    const after = kind === 'scene' ? '\n\n* * *\n\n' : `\n\n[${said}]\n\n`;
    proposals.push({ kind, ...range, after, certainty, state });
    low = state === 'applied' ? range.to : low;
  }
  return proposals;
}

type Chosen = Candidate & { state: 'applied' | 'suggested'; certainty: number };

/** Runs of numbers that count up from one; `+1` after one of them; chapters from any number. */
function chosenRuns(around: Surroundings, candidates: readonly Candidate[]): Chosen[] {
  const counting = new Counting();
  for (const candidate of candidates) if (candidate.number !== null) counting.take(candidate, candidate.number);
  return counting.runs().flatMap((run) => judged(around, run));
}

/** Sorts numbers into runs, style by style. */
class Counting {
  /** The run each style is at. */
  readonly #open = new Map<string, Candidate[]>();
  /** The run before it, which goes on when the new one turns out to be none: `He paused. I. Am. Late.` */
  readonly #before = new Map<string, Candidate[]>();
  readonly #done: Candidate[][] = [];

  take(candidate: Candidate, number: number): void {
    const { style } = candidate;
    if (style === '+') {
      this.#takeLast(candidate);
      return;
    }
    const run = this.#open.get(style);
    const before = this.#before.get(style);
    if (continues(run, number)) run?.push(candidate);
    else if (run?.length === 1 && continues(before, number)) {
      before?.push(candidate);
      this.#before.delete(style);
      this.#open.set(style, before ?? []);
    } else if (number === 1 || (style === 'chapter' && number > (run?.at(-1)?.number ?? 0))) this.#begin(candidate);
  }

  runs(): Candidate[][] {
    return [...this.#done, ...this.#before.values(), ...this.#open.values()];
  }

  #begin(candidate: Candidate): void {
    const { style } = candidate;
    const run = this.#open.get(style);
    this.#open.set(style, [candidate]);
    if (run === undefined || (run.length < 2 && style !== 'chapter')) return;
    const before = this.#before.get(style);
    if (before !== undefined) this.#done.push(before);
    this.#before.set(style, run);
  }

  /** `+1` ends the run of two or more that was counted last. */
  #takeLast(candidate: Candidate): void {
    const long = [...this.#open].filter(([, run]) => run.length > 1);
    const [style, run] = long.toSorted(([, a], [, b]) => (b.at(-1)?.from ?? 0) - (a.at(-1)?.from ?? 0))[0] ?? [];
    if (style === undefined || run === undefined) return;
    this.#done.push([...run, candidate]);
    this.#open.delete(style);
  }
}

/** The next number, or, in a run that stands, the one after it: a mark may have been lost. */
function continues(run: readonly Candidate[] | undefined, number: number): boolean {
  const last = run?.at(-1)?.number ?? 0;
  return run !== undefined && (number === last + 1 || (run.length > 1 && number === last + 2));
}

/** A list inside the text has few words to each number, and is only suggested. */
const WORDS_OF_AN_ITEM = 8;

function judged(around: Surroundings, run: readonly Candidate[]): Chosen[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const chapters = first.style === 'chapter';
  const heads = around.text.slice(around.from, first.from).trim() === '';
  if (run.length < 2 && !(chapters && (first.alone || heads))) return [];
  const words = wordsBetween(around.text, first.to, last.from) / Math.max(1, run.length - 1);
  const isList = !chapters && words < WORDS_OF_AN_ITEM && !run.every((one) => one.alone);
  return run.map((one) => ({
    ...one,
    state: isList ? 'suggested' : 'applied',
    certainty: isList ? 0.4 : one.alone ? 0.98 : run.length > 2 ? 0.95 : 0.9,
  }));
}

/** Stars, and a prologue or epilogue that begins the text, stands alone, or has chapters beside it. */
function unnumbered(around: Surroundings, candidates: readonly Candidate[]): Chosen[] {
  const chapters = candidates.some(({ kind, number }) => kind === 'chapter' && number !== null);
  return candidates.flatMap((candidate): Chosen[] => {
    if (candidate.number !== null) return [];
    if (candidate.kind === 'scene')
      return [{ ...candidate, state: 'applied', certainty: candidate.alone ? 0.99 : 0.96 }];
    const heads = around.text.slice(around.from, candidate.from).trim() === '';
    if (!candidate.alone && !heads && !chapters) return [];
    return [{ ...candidate, state: 'applied', certainty: candidate.alone ? 0.97 : 0.85 }];
  });
}
