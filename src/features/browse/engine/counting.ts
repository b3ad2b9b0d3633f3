/**
 * The counting pass: for every document of a set, one more for each of its terms. This is where a large question spends
 * its time, so there is one plain loop for each form of a set, over a document's terms as they lie in memory. Common terms
 * are counted apart: half of all terms of a work are among the sixty commonest, and where a set is large they are counted
 * from their bits, 32 documents at a time.
 */
import { COMMON_MASK, WIDE, WIDE_FLAG } from './forward-runs.ts';
import { countBoth } from './bits.ts';
import { postingsOf, type OpenSegment } from './segment.ts';

/** What a common term of a document costs in the loop, against one word of bits. */
const COMMON_COST = 12;

/** Counts by number of term. */
export function countList({ forward, forwardStarts }: OpenSegment, list: Uint32Array, counts: Uint32Array): void {
  for (let index = 0; index < list.length; index += 1) {
    const document = list[index] as number;
    const start = forwardStarts[document] as number;
    const end = forwardStarts[document + 1] as number;
    const head = forward[start] as number;
    let place = start + 1;
    for (let left = head & COMMON_MASK; left > 0; left -= 2) {
      const pair = forward[place++] as number;
      const first = pair & 0xff;
      counts[first] = (counts[first] as number) + 1;
      if (left > 1) {
        const second = pair >>> 8;
        counts[second] = (counts[second] as number) + 1;
      }
    }
    if (head >= WIDE_FLAG) countWide(forward, place, end, counts);
    else {
      for (; place < end; place += 1) {
        const term = forward[place] as number;
        counts[term] = (counts[term] as number) + 1;
      }
    }
  }
}

/** @returns how many documents of a set stand under one term. */
export function countUnder(segment: OpenSegment, term: number, bits: Uint32Array): number {
  const postings = postingsOf(segment, term);
  if ('bits' in postings) return countBoth(postings.bits, bits);
  let count = 0;
  for (const document of postings.list) count += ((bits[document >>> 5] as number) >>> (document & 31)) & 1;
  return count;
}

/** As `countList`, for a set of bits. The loop stands here once more, so that no call is made for each document. `count`: how many documents the set has. */
export function countSet(segment: OpenSegment, bits: Uint32Array, count: number, counts: Uint32Array): void {
  const filled = placesFilled(bits);
  const cheaper = filled.length * segment.commonTerms < count * COMMON_COST;
  if (cheaper) {
    countCommonBits(segment, bits, filled, counts);
    countOthers(segment, bits, filled, counts);
  } else countAll(segment, bits, filled, counts);
}

/** Words in which there is anything. */
function placesFilled(bits: Uint32Array): Uint32Array {
  const places = new Uint32Array(bits.length);
  let end = 0;
  for (let index = 0; index < bits.length; index += 1) {
    places[end] = index;
    end += bits[index] === 0 ? 0 : 1;
  }
  return places.subarray(0, end);
}

function countCommonBits(segment: OpenSegment, bits: Uint32Array, filled: Uint32Array, counts: Uint32Array): void {
  const { commonTerms, dense, width } = segment;
  for (let term = 0; term < commonTerms; term += 1) {
    const start = term * width;
    let count = 0;
    for (let place = 0; place < filled.length; place += 1) {
      const index = filled[place] as number;
      const both = (bits[index] as number) & (dense[start + index] as number);
      const pairs = both - ((both >>> 1) & 0x55555555);
      const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
      count += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    counts[term] = (counts[term] as number) + count;
  }
}

function countAll(
  { forward, forwardStarts }: OpenSegment,
  bits: Uint32Array,
  filled: Uint32Array,
  counts: Uint32Array,
) {
  for (let filledPlace = 0; filledPlace < filled.length; filledPlace += 1) {
    const index = filled[filledPlace] as number;
    let word = bits[index] as number;
    while (word !== 0) {
      const document = (index << 5) + 31 - Math.clz32(word & -word);
      word &= word - 1;
      const start = forwardStarts[document] as number;
      const end = forwardStarts[document + 1] as number;
      const head = forward[start] as number;
      let place = start + 1;
      for (let left = head & COMMON_MASK; left > 0; left -= 2) {
        const pair = forward[place++] as number;
        const first = pair & 0xff;
        counts[first] = (counts[first] as number) + 1;
        if (left > 1) {
          const second = pair >>> 8;
          counts[second] = (counts[second] as number) + 1;
        }
      }
      if (head >= WIDE_FLAG) countWide(forward, place, end, counts);
      else {
        for (; place < end; place += 1) {
          const term = forward[place] as number;
          counts[term] = (counts[term] as number) + 1;
        }
      }
    }
  }
}

/** All but the common terms. */
function countOthers(
  { forward, forwardStarts }: OpenSegment,
  bits: Uint32Array,
  filled: Uint32Array,
  counts: Uint32Array,
) {
  for (let filledPlace = 0; filledPlace < filled.length; filledPlace += 1) {
    const index = filled[filledPlace] as number;
    let word = bits[index] as number;
    while (word !== 0) {
      const document = (index << 5) + 31 - Math.clz32(word & -word);
      word &= word - 1;
      const start = forwardStarts[document] as number;
      const end = forwardStarts[document + 1] as number;
      const head = forward[start] as number;
      let place = start + 1 + (((head & COMMON_MASK) + 1) >>> 1);
      if (head >= WIDE_FLAG) countWide(forward, place, end, counts);
      else {
        for (; place < end; place += 1) {
          const term = forward[place] as number;
          counts[term] = (counts[term] as number) + 1;
        }
      }
    }
  }
}

/** Adds the other terms of one document whose numbers do not all fit one entry. */
function countWide(forward: Uint16Array, start: number, end: number, counts: Uint32Array): void {
  const wide = forward[end - 1] as number;
  const narrowEnd = end - 1 - wide * 2;
  for (let place = start; place < narrowEnd; place += 1) {
    const term = forward[place] as number;
    counts[term] = (counts[term] as number) + 1;
  }
  for (let place = narrowEnd; place < end - 1; place += 2) {
    const term = (forward[place] as number) * WIDE + (forward[place + 1] as number);
    counts[term] = (counts[term] as number) + 1;
  }
}
