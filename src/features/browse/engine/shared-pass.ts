/**
 * A counting pass that two threads divide. What both must see lies in shared memory: the set, cut into pieces, who has
 * taken which, and the counts of the one that helps. Whoever leads takes pieces from the front, whoever helps from the
 * back, until all are taken; so neither waits for the other for longer than one piece, and where no help comes the leader
 * has counted everything.
 */
import { wordsFor } from './bits.ts';
import { countPlaces, type SetToCount } from './counting.ts';
import type { OpenSegment } from './segment.ts';

/** Pieces of a set. One has some four thousand documents of a million: half a millisecond at most. */
const PIECES = 64;
/** Places in `state`: the pass that is open, or 0; the pass that the helper works on, or 0. */
const OPEN = 0;
const INSIDE = 1;
/** Who has taken a piece. */
const NOBODY = 0;
const LEADER = 1;
const HELPER = 2;

export interface SharedPass {
  state: Int32Array;
  /** By piece: who has taken it. */
  taken: Int32Array;
  bits: Uint32Array;
  /** Room for the places of the words in which there is anything. */
  filled: Uint32Array;
  /** By facet term: what the helper has counted. All 0 between two passes. */
  helped: Uint32Array;
}

/** What the helper is told of one pass: everything else is in shared memory. */
export interface PassOrder {
  /** Above 0, and another one each time. */
  pass: number;
  /** How many words there are to count. */
  filled: number;
  apart: boolean;
}

/** @returns memory for passes over one segment, one at a time. */
export function makeSharedPass({ facetTerms, works }: Pick<OpenSegment, 'facetTerms' | 'works'>): SharedPass {
  const width = wordsFor(works);
  return {
    state: new Int32Array(new SharedArrayBuffer(2 * 4)),
    taken: new Int32Array(new SharedArrayBuffer(PIECES * 4)),
    bits: new Uint32Array(new SharedArrayBuffer(width * 4)),
    filled: new Uint32Array(new SharedArrayBuffer(width * 4)),
    helped: new Uint32Array(new SharedArrayBuffer(facetTerms * 4)),
  };
}

/** From now on whoever is told of this pass may help. The set lies in the shared memory. */
export function openPass({ state, taken }: SharedPass, pass: number): void {
  taken.fill(NOBODY);
  Atomics.store(state, OPEN, pass);
}

/** Counts, from the front, all pieces that nobody else takes. */
export function leadPass(segment: OpenSegment, shared: SharedPass, set: SetToCount, counts: Uint32Array): void {
  for (let piece = 0; piece < PIECES && takes(shared, piece, LEADER); piece += 1) {
    countPlaces(segment, set, startOf(piece, set.filled.length), startOf(piece + 1, set.filled.length), counts);
  }
}

/** Counts, from the back, all pieces that nobody else takes; nothing where the pass is not open any more. */
export function helpPass(segment: OpenSegment, shared: SharedPass, { pass, filled, apart }: PassOrder): void {
  const { state } = shared;
  // First told, then looked: whoever closes the pass does it the other way round, so that one of the two sees the other.
  Atomics.store(state, INSIDE, pass);
  if (Atomics.load(state, OPEN) === pass) {
    const set = { bits: shared.bits, filled: shared.filled.subarray(0, filled), apart };
    for (let piece = PIECES - 1; piece >= 0 && takes(shared, piece, HELPER); piece -= 1)
      countPlaces(segment, set, startOf(piece, filled), startOf(piece + 1, filled), shared.helped);
  }
  Atomics.store(state, INSIDE, 0);
  Atomics.notify(state, INSIDE);
}

/**
 * Ends a pass that was led to its end: waits for the helper's last piece, and adds what it has counted.
 * @returns `lost` where the helper did not come to its end within so many milliseconds: the pieces it had taken are counted
 * here, and the shared memory must not be used again. `alone` where it had taken none.
 */
export function closePass(
  segment: OpenSegment,
  shared: SharedPass,
  set: SetToCount,
  counts: Uint32Array,
  patienceMs: number,
): 'helped' | 'alone' | 'lost' {
  const { state, taken, helped } = shared;
  Atomics.store(state, OPEN, 0);
  const inside = Atomics.load(state, INSIDE);
  const isLost = inside !== 0 && Atomics.wait(state, INSIDE, inside, patienceMs) === 'timed-out';
  const pieces = [...taken.keys()].filter((piece) => Atomics.load(taken, piece) === HELPER);
  if (isLost) {
    const { length } = set.filled;
    for (const piece of pieces) countPlaces(segment, set, startOf(piece, length), startOf(piece + 1, length), counts);
    return 'lost';
  }
  if (pieces.length === 0) return 'alone';
  for (let term = 0; term < helped.length; term += 1) {
    counts[term] = (counts[term] as number) + (helped[term] as number);
    helped[term] = 0;
  }
  return 'helped';
}

function takes({ taken }: SharedPass, piece: number, who: typeof LEADER | typeof HELPER): boolean {
  return Atomics.compareExchange(taken, piece, NOBODY, who) === NOBODY;
}

/** Where a piece of so many places begins. */
function startOf(piece: number, places: number): number {
  return Math.floor((places * piece) / PIECES);
}
