/** The ids of one page: the hits of all parts, put together in the wanted order. */
import { SHUFFLE_PRIME, shuffleNumbers, type Sort } from '../browse-query.ts';
import { clearBit, countBits, hasBit } from './bits.ts';
import type { Found } from './facets.ts';
import { findWork } from './segment.ts';
import { bitsOf, comparison, streamsOf, type Direction, type Stream } from './page-streams.ts';
import type { Part } from './part.ts';

/** @returns the ids of the hits from `offset` on, at most `limit`. */
export function pageOf(found: Found, sort: Sort, offset: number, limit: number): number[] {
  const total = found.reduce((sum, { hits }) => sum + hits.count, 0);
  const count = Math.min(limit, total - offset);
  if (count <= 0) return [];
  if (sort.by === 'random') return shuffled(found, sort, offset, count);
  if (sort.by === 'relevance') return ranked(found, sort, offset, count);
  return inOrder(found, sort.by, sort.reversed, offset, count, total);
}

function inOrder(found: Found, by: Direction['by'], reversed: boolean, offset: number, count: number, total: number) {
  const backwards = offset > total - offset - count;
  const skip = backwards ? total - offset - count : offset;
  const ids = merged(found, { by, reversed, backwards }, skip, count);
  return backwards ? ids.reverse() : ids;
}

function merged(found: Found, direction: Direction, skip: number, count: number): number[] {
  const streams = found.flatMap(({ part, hits }) => streamsOf(part, hits, direction, skip + count));
  const compare = comparison(direction);
  const ids: number[] = [];
  let open = streams.filter((stream) => stream.document >= 0);
  for (let place = 0; place < skip + count && open.length > 0;) {
    const best = open.reduce((first, stream) => (isDue(stream, first, compare) ? stream : first));
    const others = open.filter((stream) => stream !== best);
    const rival =
      others.length === 0 ? null : others.reduce((first, one) => (isDue(one, first, compare) ? one : first));
    place += leap(best, rival, compare, skip - place);
    // One stream goes on until another is due: with one large part and small ones, most works come in long runs.
    const turns = skip + count - place;
    for (let turn = 0; turn < turns && best.document >= 0; turn += 1) {
      if (turn > 0 && rival !== null && isDue(rival, best, compare)) break;
      if (place >= skip) ids.push(best.part.segment.id[best.document] as number);
      place += 1;
      best.advance();
    }
    if (best.document === -1) open = others;
  }
  return ids;
}

/** Steps of a leap at first. */
const FIRST_LEAP = 8;

/**
 * Passes over works that no page shows, at most so many, for as long as they come before the rival: in leaps that double
 * while they do, and are halved and taken back when they do not. @returns over how many.
 */
function leap(stream: Stream, rival: Stream | null, compare: Compare, most: number): number {
  let passed = 0;
  for (let size = FIRST_LEAP; size > 0 && passed < most;) {
    const stand = stream.stand();
    const steps = Math.min(size, most - passed);
    let taken = 0;
    while (taken < steps && stream.document >= 0) {
      stream.advance();
      taken += 1;
    }
    // Those passed over come before what it stands at now.
    const tooFar = stream.document < 0 || (rival !== null && isDue(rival, stream, compare));
    if (tooFar) {
      stream.goBack(stand);
      size >>= 1;
    } else {
      passed += taken;
      size *= 2;
    }
  }
  return passed;
}

type Compare = ReturnType<typeof comparison>;

/** Whether a stream's document comes before that of another one. */
function isDue(stream: Stream, other: Stream, compare: Compare): boolean {
  return compare(stream.part, stream.document, other.part, other.document) < 0;
}

/** Buckets by the upper bits of the shuffled key; a page lies in one or two of them, and only those are sorted. */
const BUCKETS = 65_536;
const BUCKET_SIZE = 1_024;

function shuffled(found: Found, sort: Extract<Sort, { by: 'random' }>, offset: number, count: number): number[] {
  const numbers = shuffleNumbers(sort.seed);
  const drawn = found.map(({ part, hits }) => {
    const documents = part.listFor(hits);
    const { id } = part.segment;
    const keys = new Uint32Array(documents.length);
    for (let index = 0; index < keys.length; index += 1) {
      const first = rest(id[documents[index] as number] as number, numbers.times, numbers.plus);
      keys[index] = rest(first, first, numbers.last);
    }
    return { part, documents, keys };
  });
  const sizes = new Uint32Array(BUCKETS);
  for (const { keys } of drawn) {
    for (let index = 0; index < keys.length; index += 1) {
      const bucket = (keys[index] as number) >>> 10;
      sizes[bucket] = (sizes[bucket] as number) + 1;
    }
  }
  const { least, most, before } = bucketsAround(sizes, sort.reversed, offset, count);
  const near: { id: number; key: number }[] = [];
  for (const { part, documents, keys } of drawn) {
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] as number;
      if (key < least || key > most) continue;
      near.push({ id: part.segment.id[documents[index] as number] as number, key });
    }
  }
  const sign = sort.reversed ? -1 : 1;
  near.sort((one, other) => sign * (one.key - other.key) || other.id - one.id);
  return near.slice(offset - before, offset - before + count).map(({ id }) => id);
}

/** (factor * other + plus) % SHUFFLE_PRIME, for factors whose product with it stays exact; `%` itself is six times slower. */
function rest(factor: number, other: number, plus: number): number {
  const small = factor < SHUFFLE_PRIME ? factor : factor - Math.floor(factor / SHUFFLE_PRIME) * SHUFFLE_PRIME;
  const number = small * other + plus;
  const left = number - Math.floor(number / SHUFFLE_PRIME) * SHUFFLE_PRIME;
  return left < 0 ? left + SHUFFLE_PRIME : left;
}

/** Keys between which the page lies, and how many works come before the first of these buckets. */
function bucketsAround(sizes: Uint32Array, reversed: boolean, offset: number, count: number) {
  const bucketAt = (step: number) => (reversed ? BUCKETS - 1 - step : step);
  let step = 0;
  let before = 0;
  while (before + (sizes[bucketAt(step)] as number) <= offset) {
    before += sizes[bucketAt(step)] as number;
    step += 1;
  }
  const first = bucketAt(step);
  let reached = before;
  while (step < BUCKETS && reached < offset + count) {
    reached += sizes[bucketAt(step)] as number;
    step += 1;
  }
  const last = bucketAt(step - 1);
  return { least: Math.min(first, last) * BUCKET_SIZE, most: (Math.max(first, last) + 1) * BUCKET_SIZE - 1, before };
}

/** Best first, then the others, newest id first; reversed, the others come first and the best last. */
function ranked(found: Found, sort: Extract<Sort, { by: 'relevance' }>, offset: number, count: number): number[] {
  const rest = found.map(({ part, hits }) => ({ part, bits: bitsOf(part, hits).slice() }));
  const inRank = takeRanked(rest, sort.ranked);
  const others = rest.map(({ part, bits }) => ({ part, hits: { bits, own: true, count: countBits(bits) } }));
  const othersCount = others.reduce((sum, { hits }) => sum + hits.count, 0);
  const pageOfOthers = (from: number, to: number) =>
    to <= from ? [] : inOrder(others, 'id', false, from, to - from, othersCount);
  const end = offset + count;
  if (sort.reversed) {
    inRank.reverse();
    const tail = inRank.slice(Math.max(0, offset - othersCount), Math.max(0, end - othersCount));
    return [...pageOfOthers(Math.min(offset, othersCount), Math.min(end, othersCount)), ...tail];
  }
  const head = inRank.slice(offset, end);
  return [...head, ...pageOfOthers(Math.max(0, offset - inRank.length), Math.max(0, end - inRank.length))];
}

/** Takes the ranked works out of the sets. @returns their ids, best first, each once. */
function takeRanked(sets: readonly { part: Part; bits: Uint32Array }[], ids: Uint32Array): number[] {
  const taken: number[] = [];
  for (let index = 0; index < ids.length; index += 1) {
    const work = ids[index] as number;
    for (const { part, bits } of sets) {
      const document = findWork(part.segment, work);
      if (document < 0 || !hasBit(bits, document)) continue;
      clearBit(bits, document);
      taken.push(work);
      break;
    }
  }
  return taken;
}
