/**
 * The hits of one part in a wanted order, one after another: along the segment's order where many hit, from a sorted
 * handful where few do. From either end, so that the last page costs what the first does.
 */
import { COUNTERS, type Counter, type Order } from '../browse-query.ts';
import { hasBit } from './bits.ts';
import type { Hits } from './evaluate.ts';
import type { Part } from './part.ts';
import { ORDER_SECTIONS, type OpenSegment } from './segment.ts';
import { compareStrings } from './byte-strings.ts';

/** How a page wants its works. `backwards`: the whole list from its end, ties too. */
export interface Direction {
  by: Order | 'id';
  reversed: boolean;
  backwards: boolean;
}

/** Hits of a part, the first wanted first. `document` is -1 at the end. */
export interface Stream {
  part: Part;
  document: number;
  advance(): void;
  /** Where it stands, to go back to. */
  stand(): Stand;
  goBack(stand: Stand): void;
}

/** Where a stream stood: its document and whatever else it needs. */
export type Stand = readonly [document: number, next: number, groupEnd: number, edge: number];

export function isCounterOrder(by: Order | 'id'): by is Counter {
  return (COUNTERS as readonly string[]).includes(by);
}

/**
 * The number by which documents of one part stand in an order: falling, but for names, which rise. For titles there is
 * none.
 */
export function keyOf(part: Part, by: Order | 'id', document: number): number {
  const { segment } = part;
  if (by === 'creator') return -(segment.creatorNames[document] as number);
  if (by === 'title') return 0;
  return isCounterOrder(by) && part.counters.size > 0
    ? part.counterOf(document, by)
    : (segment[by][document] as number);
}

/** @returns less than 0 when the first document comes before the other in the order as its name says, ties aside. */
function compareKeys(one: Part, document: number, other: Part, against: number, by: Order | 'id'): number {
  if (by === 'title') return compareStrings(one.segment.titles, document, other.segment.titles, against);
  if (by !== 'creator' || one === other) return keyOf(other, by, against) - keyOf(one, by, document);
  const name = one.segment.creatorNames[document] as number;
  const otherName = other.segment.creatorNames[against] as number;
  const empty = isEmptyName(one.segment, name);
  const otherEmpty = isEmptyName(other.segment, otherName);
  if (empty || otherEmpty) return Number(empty) - Number(otherEmpty);
  return compareStrings(one.segment.names, name, other.segment.names, otherName);
}

function isEmptyName({ nameStarts }: OpenSegment, name: number): boolean {
  return nameStarts[name] === nameStarts[name + 1];
}

/** @returns a comparison of documents of any parts in the wanted direction. */
export function comparison({ by, reversed, backwards }: Direction) {
  const keySign = reversed === backwards ? 1 : -1;
  const tieSign = backwards ? -1 : 1;
  return (one: Part, document: number, other: Part, against: number): number => {
    const keys = compareKeys(one, document, other, against, by);
    if (keys !== 0) return keySign * keys;
    return tieSign * ((other.segment.id[against] as number) - (one.segment.id[document] as number));
  };
}

/** @param wanted how many from the beginning of the stream will be asked for at most. */
export function streamsOf(part: Part, hits: Hits, direction: Direction, wanted: number): Stream[] {
  if (hits.count === 0) return [];
  const cost = direction.by === 'title' ? 10 : 1;
  if ('list' in hits && (hits.count < 64 || hits.count * hits.count * cost < wanted * part.segment.works)) {
    return [new SortedStream(part, firstOf(part, hits.list, direction, wanted))];
  }
  const bits = bitsOf(part, hits);
  if (!isCounterOrder(direction.by) || part.counters.size === 0) return [new OrderStream(part, bits, direction)];
  const changed = changedInOrder(part, direction).filter((document) => hasBit(bits, document));
  return [new OrderStream(part, bits, direction), new SortedStream(part, changed)];
}

/** Documents whose counters have changed, in the wanted order: sorted once for each until counters change again. */
function changedInOrder(part: Part, direction: Direction): Uint32Array {
  const { by, reversed, backwards } = direction;
  const name = `${by} ${reversed} ${backwards}`;
  const there = part.changedInOrder.get(name);
  if (there !== undefined) return there;
  const compare = comparison(direction);
  const documents = Uint32Array.from(part.counters.keys());
  documents.sort((one, other) => compare(part, one, part, other));
  part.changedInOrder.set(name, documents);
  return documents;
}

export function bitsOf(part: Part, hits: Hits): Uint32Array {
  if ('bits' in hits) return hits.bits;
  const bits = part.lend().fill(0);
  for (let index = 0; index < hits.list.length; index += 1) {
    const document = hits.list[index] as number;
    bits[document >>> 5] = (bits[document >>> 5] as number) | (1 << (document & 31));
  }
  return bits;
}

/** The first so many documents of a list in the wanted order: a heap of the best, its worst on top. */
function firstOf(part: Part, list: Uint32Array, direction: Direction, wanted: number): Uint32Array {
  const compare = comparison(direction);
  const order = (one: number, other: number) => compare(part, one, part, other);
  if (list.length <= wanted * 2 || list.length < 64) return list.slice().sort(order);
  const heap = list.slice(0, wanted);
  for (let place = (wanted >> 1) - 1; place >= 0; place -= 1) sink(heap, place, order);
  for (let index = wanted; index < list.length; index += 1) {
    const document = list[index] as number;
    if (order(document, heap[0] as number) >= 0) continue;
    heap[0] = document;
    sink(heap, 0, order);
  }
  return heap.sort(order);
}

function sink(heap: Uint32Array, from: number, order: (one: number, other: number) => number): void {
  let place = from;
  for (;;) {
    let child = place * 2 + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && order(heap[child + 1] as number, heap[child] as number) > 0) child += 1;
    if (order(heap[child] as number, heap[place] as number) <= 0) return;
    const lower = heap[place] as number;
    heap[place] = heap[child] as number;
    heap[child] = lower;
    place = child;
  }
}

class SortedStream implements Stream {
  readonly part: Part;
  document = -1;
  readonly #sorted: Uint32Array;
  #place = -1;

  constructor(part: Part, sorted: Uint32Array) {
    this.part = part;
    this.#sorted = sorted;
    this.advance();
  }

  advance(): void {
    this.#place += 1;
    this.document = this.#sorted[this.#place] ?? -1;
  }

  stand(): Stand {
    return [this.document, this.#place, 0, 0];
  }

  goBack([document, place]: Stand): void {
    this.document = document;
    this.#place = place;
  }
}

/**
 * Walks a segment's order. Reversed, it goes by groups of documents with equal keys: from the last group to the first,
 * each from its front. Backwards turns both round.
 */
class OrderStream implements Stream {
  readonly part: Part;
  document = -1;
  readonly #order: Uint32Array;
  readonly #bits: Uint32Array;
  readonly #skip: Uint32Array | null;
  readonly #by: Order | 'id';
  readonly #step: 1 | -1;
  readonly #reversed: boolean;
  /** Where the next document stands, and where its group ends: one past its last in the walking direction. */
  #next: number;
  #groupEnd: number;
  /** Where the groups not yet begun end. */
  #edge: number;

  constructor(part: Part, bits: Uint32Array, { by, reversed, backwards }: Direction) {
    this.part = part;
    this.#by = by;
    this.#order = part.segment[ORDER_SECTIONS[by]];
    this.#bits = bits;
    this.#skip = isCounterOrder(by) ? part.changed : null;
    this.#step = backwards ? -1 : 1;
    this.#reversed = reversed;
    const { length } = this.#order;
    // The order by id rises; as a wanted order it falls, and no two ids are the same.
    if (by === 'id') this.#step = reversed === backwards ? -1 : 1;
    if (by === 'id' || !reversed) {
      this.#reversed = false;
      this.#next = this.#step === 1 ? 0 : length - 1;
      this.#groupEnd = this.#step === 1 ? length : -1;
      this.#edge = 0;
    } else {
      this.#next = 0;
      this.#groupEnd = 0;
      this.#edge = backwards ? 0 : length;
    }
    this.advance();
  }

  advance(): void {
    const order = this.#order;
    const bits = this.#bits;
    const skip = this.#skip;
    const step = this.#step;
    for (;;) {
      const end = this.#groupEnd;
      for (let place = this.#next; place !== end; place += step) {
        const document = order[place] as number;
        if (((bits[document >>> 5] as number) >>> (document & 31)) & 1 && (skip === null || !hasBit(skip, document))) {
          this.#next = place + step;
          this.document = document;
          return;
        }
      }
      this.#next = end;
      if (!this.#reversed || !this.#nextGroup()) {
        this.document = -1;
        return;
      }
    }
  }

  stand(): Stand {
    return [this.document, this.#next, this.#groupEnd, this.#edge];
  }

  goBack([document, next, groupEnd, edge]: Stand): void {
    this.document = document;
    this.#next = next;
    this.#groupEnd = groupEnd;
    this.#edge = edge;
  }

  /** Goes to the next group; false at the end. */
  #nextGroup(): boolean {
    const order = this.#order;
    if (this.#step === 1) {
      if (this.#edge === 0) return false;
      const last = this.#edge - 1;
      const start = this.#groupStart(last);
      this.#next = start;
      this.#groupEnd = this.#edge;
      this.#edge = start;
      return true;
    }
    if (this.#edge === order.length) return false;
    const end = this.#groupLimit(this.#edge);
    this.#next = end - 1;
    this.#groupEnd = this.#edge - 1;
    this.#edge = end;
    return true;
  }

  #sameKey(place: number, other: number): boolean {
    const document = this.#order[place] as number;
    const against = this.#order[other] as number;
    if (this.#by !== 'title') return this.#keyAt(document) === this.#keyAt(against);
    const { titles } = this.part.segment;
    return compareStrings(titles, document, titles, against) === 0;
  }

  /** The key in the segment: what has changed since does not stand in this order. */
  #keyAt(document: number): number {
    const { segment } = this.part;
    if (this.#by === 'creator') return segment.creatorNames[document] as number;
    return this.#by === 'title' ? 0 : (segment[this.#by][document] as number);
  }

  /** First place of the group that holds `last`; nothing behind `last` is looked at. */
  #groupStart(last: number): number {
    let step = 1;
    let same = last;
    while (same - step >= 0 && this.#sameKey(same - step, last)) {
      same -= step;
      step *= 2;
    }
    let low = Math.max(0, same - step + 1);
    if (same - step < 0) low = 0;
    let high = same;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sameKey(middle, last)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** One past the last place of the group that begins at `first`. */
  #groupLimit(first: number): number {
    let step = 1;
    let same = first;
    const { length } = this.#order;
    while (same + step < length && this.#sameKey(same + step, first)) {
      same += step;
      step *= 2;
    }
    let low = same + 1;
    let high = Math.min(length, same + step);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sameKey(middle, first)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
