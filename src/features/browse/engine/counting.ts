/**
 * The counting pass: for every document of a set, one more for each of its terms. This is where a large question spends
 * its time, so the loops are plain, over a document's terms as they lie in memory. Common terms are counted apart: half of
 * all terms of a work are among the sixty commonest, and where a set is large they are counted from their bits, 32
 * documents at a time.
 *
 * Documents go in blocks: first it is seen where each one's terms lie, which fetches them all at once, then they are
 * counted. One by one, the processor waits for the memory of each: that takes half as long again.
 */
import { ones } from './bits.ts';
import { countGaps } from './gap-lists.ts';
import { COMMON_MASK, WIDE, WIDE_SHIFT } from './forward-runs.ts';
import { denseNumber, type OpenSegment } from './segment.ts';

/** What a common term of a document costs in the loop, against one word of bits. */
const COMMON_COST = 20;
/** Documents of a block at least, and at most: a word of bits more. */
const BLOCK = 224;
const starts = new Uint32Array(BLOCK + 32);
const ends = new Uint32Array(BLOCK + 32);
/** Ends of the runs of a block that are wide, and room for one that is not. */
const wides = new Uint32Array(BLOCK + 33);

/** Counts by number of term. */
export function countList({ forward, forwardStarts }: OpenSegment, list: Uint32Array, counts: Uint32Array): void {
  for (let from = 0; from < list.length; from += BLOCK) {
    const size = Math.min(BLOCK, list.length - from);
    for (let place = 0; place < size; place += 1) {
      const document = list[from + place] as number;
      starts[place] = forwardStarts[document] as number;
      ends[place] = forwardStarts[document + 1] as number;
    }
    countCommon(forward, size, counts);
    countOthers(forward, size, counts);
  }
}

/** @returns how many documents of a set stand under one term. */
export function countUnder(segment: OpenSegment, term: number, bits: Uint32Array): number {
  const { dense, postings, postingStarts, termWorks, width } = segment;
  const number = denseNumber(segment, term);
  if (number >= 0) return countBothFrom(bits, dense, number * width, 0, bits.length);
  return countGaps(postings, postingStarts[term] as number, termWorks[term] as number, bits);
}

/** How a set of bits is counted. A pass can begin and end anywhere among `filled`: its parts add up. */
export interface SetToCount {
  bits: Uint32Array;
  /** Places of the words of `bits` in which there is anything, ascending. */
  filled: Uint32Array;
  /** Whether common terms are counted from their bits: worth it where the set is large. */
  apart: boolean;
}

/** Counts a set of the segment's documents. `count`: how many it has. */
export type CountSet = (segment: OpenSegment, bits: Uint32Array, count: number, counts: Uint32Array) => void;

/** As `countList`, for a set of bits. */
export const countSet: CountSet = (segment, bits, count, counts) => {
  const set = setToCount(segment, bits, count, new Uint32Array(bits.length));
  countPlaces(segment, set, 0, set.filled.length, counts);
};

/** @param into room for a number for each word of the bits: `filled` lies in it. */
export function setToCount(segment: OpenSegment, bits: Uint32Array, count: number, into: Uint32Array): SetToCount {
  const filled = placesFilled(bits, into);
  return { bits, filled, apart: filled.length * segment.commonTerms < count * COMMON_COST };
}

/** Counts what is in the filled words from one place to before another. */
export function countPlaces(
  segment: OpenSegment,
  { bits, filled, apart }: SetToCount,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  if (from >= to) return;
  if (apart) countCommonBits(segment, bits, filled.subarray(from, to), counts);
  const { forward, forwardStarts } = segment;
  let size = 0;
  for (let place = from; place < to; place += 1) {
    const index = filled[place] as number;
    const last = (index << 5) + 31;
    let word = bits[index] as number;
    while (word !== 0) {
      const document = last - Math.clz32(word & -word);
      word &= word - 1;
      starts[size] = forwardStarts[document] as number;
      ends[size] = forwardStarts[document + 1] as number;
      size += 1;
    }
    if (size < BLOCK) continue;
    if (!apart) countCommon(forward, size, counts);
    countOthers(forward, size, counts);
    size = 0;
  }
  if (!apart) countCommon(forward, size, counts);
  countOthers(forward, size, counts);
}

/** Words in which there is anything. */
function placesFilled(bits: Uint32Array, into: Uint32Array): Uint32Array {
  let end = 0;
  for (let index = 0; index < bits.length; index += 1) {
    into[end] = index;
    end += bits[index] === 0 ? 0 : 1;
  }
  return into.subarray(0, end);
}

/**
 * Counts the common terms from their bits. Where hardly a word in between is empty, sums of eight words are made bit by bit,
 * as on paper, with what is carried kept in words of its own, so that bits are counted once for eight words.
 * https://doi.org/10.1093/comjnl/bxx046 (Muła, Kurz, Lemire: Faster Population Counts Using AVX2 Instructions), section 3.
 */
function countCommonBits(segment: OpenSegment, bits: Uint32Array, filled: Uint32Array, counts: Uint32Array): void {
  const { commonTerms, dense, width } = segment;
  const from = filled[0] as number;
  const to = (filled[filled.length - 1] as number) + 1;
  const inOnePiece = filled.length * 3 > (to - from) * 2;
  for (let term = 0; term < commonTerms; term += 1) {
    const start = term * width;
    const count = inOnePiece ? countBothFrom(bits, dense, start, from, to) : countBothAt(bits, filled, dense, start);
    counts[term] = (counts[term] as number) + count;
  }
}

function countBothAt(bits: Uint32Array, filled: Uint32Array, dense: Uint32Array, start: number): number {
  let count = 0;
  for (let place = 0; place < filled.length; place += 1) {
    const index = filled[place] as number;
    count += ones((bits[index] as number) & (dense[start + index] as number));
  }
  return count;
}

/** Bits in both, from one word to before another; those of `dense` begin at `start`. */
function countBothFrom(bits: Uint32Array, dense: Uint32Array, start: number, from: number, to: number): number {
  let count = 0;
  let [one, two, four] = [0, 0, 0];
  const whole = from + ((to - from) & ~7);
  for (let index = from; index < whole; index += 8) {
    const there = start + index;
    let left = (bits[index] as number) & (dense[there] as number);
    let right = (bits[index + 1] as number) & (dense[there + 1] as number);
    let half = one ^ left;
    const two0 = (one & left) | (half & right);
    one = half ^ right;
    left = (bits[index + 2] as number) & (dense[there + 2] as number);
    right = (bits[index + 3] as number) & (dense[there + 3] as number);
    half = one ^ left;
    const two1 = (one & left) | (half & right);
    one = half ^ right;
    half = two ^ two0;
    const four0 = (two & two0) | (half & two1);
    two = half ^ two1;
    left = (bits[index + 4] as number) & (dense[there + 4] as number);
    right = (bits[index + 5] as number) & (dense[there + 5] as number);
    half = one ^ left;
    const two2 = (one & left) | (half & right);
    one = half ^ right;
    left = (bits[index + 6] as number) & (dense[there + 6] as number);
    right = (bits[index + 7] as number) & (dense[there + 7] as number);
    half = one ^ left;
    const two3 = (one & left) | (half & right);
    one = half ^ right;
    half = two ^ two2;
    const four1 = (two & two2) | (half & two3);
    two = half ^ two3;
    half = four ^ four0;
    count += ones((four & four0) | (half & four1));
    four = half ^ four1;
  }
  count = count * 8 + ones(four) * 4 + ones(two) * 2 + ones(one);
  for (let index = whole; index < to; index += 1)
    count += ones((bits[index] as number) & (dense[start + index] as number));
  return count;
}

/** Counts the common terms of the block whose runs begin at `starts`. */
function countCommon(forward: Uint16Array, size: number, counts: Uint32Array): void {
  for (let run = 0; run < size; run += 1) {
    let place = starts[run] as number;
    for (let left = (forward[place++] as number) & COMMON_MASK; left > 0; left -= 2) {
      const pair = forward[place++] as number;
      const first = pair & 0xff;
      counts[first] = (counts[first] as number) + 1;
      if (left > 1) {
        const second = pair >>> 8;
        counts[second] = (counts[second] as number) + 1;
      }
    }
  }
}

/**
 * Counts all other terms of the block whose runs lie between `starts` and `ends`. No branch depends on whether a run is
 * wide: a third of them are, in no order, and guessing wrong costs more than the few terms.
 */
function countOthers(forward: Uint16Array, size: number, counts: Uint32Array): void {
  let wideRuns = 0;
  for (let run = 0; run < size; run += 1) {
    const start = starts[run] as number;
    const end = ends[run] as number;
    const head = forward[start] as number;
    const isWide = head >>> WIDE_SHIFT;
    wides[wideRuns] = end;
    wideRuns += isWide;
    starts[run] = start + 1 + (((head & COMMON_MASK) + 1) >>> 1);
    ends[run] = end - isWide - ((forward[end - 1] as number) & (0 - isWide)) * 2;
  }
  for (let run = 0; run < size; run += 1) {
    const end = ends[run] as number;
    for (let place = starts[run] as number; place < end; place += 1) {
      const term = forward[place] as number;
      counts[term] = (counts[term] as number) + 1;
    }
  }
  for (let run = 0; run < wideRuns; run += 1) countWide(forward, wides[run] as number, counts);
}

/** Counts the terms of one run whose numbers do not fit one entry. */
function countWide(forward: Uint16Array, end: number, counts: Uint32Array): void {
  const start = end - 1 - (forward[end - 1] as number) * 2;
  for (let place = start; place < end - 1; place += 2) {
    const term = (forward[place] as number) * WIDE + (forward[place + 1] as number);
    counts[term] = (counts[term] as number) + 1;
  }
}
