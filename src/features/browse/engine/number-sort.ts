/**
 * Sorting document numbers by a number each: stable, so that what comes in the wanted order of ties goes out in it. Large
 * sets go through a radix sort, 16 bits a pass, which sorts a million in some 30 ms.
 */

/** Below this, comparing is cheaper than counting 65,536 buckets. */
const SMALL = 3_000;

/** @returns the numbers from 0 up to, but not with, `count`: what there is to sort. */
export function upTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numbers[number] = number;
  return numbers;
}

/** Memory that sorting needs, kept for the next time: a segment has ten orders, each of which would leave its own behind. */
export class SortRoom {
  readonly ends = new Uint32Array(65_537);
  #entries = new Uint32Array(0);
  #packed = new Float64Array(0);

  /** Room for so many entries, with whatever is in it. */
  entries(count: number): Uint32Array {
    if (this.#entries.length < count) this.#entries = new Uint32Array(count);
    return this.#entries.subarray(0, count);
  }

  packed(count: number): Float64Array {
    if (this.#packed.length < count) this.#packed = new Float64Array(count);
    return this.#packed.subarray(0, count);
  }
}

/**
 * Sorts `order` in place by `keys[entry]`, smallest first, or largest first when `descending`; equal keys keep their
 * places. Keys are whole numbers, and lie less than 2^53 apart; others are sorted by comparing.
 */
export function sortBy(
  order: Uint32Array,
  keys: ArrayLike<number>,
  descending: boolean,
  room: SortRoom = new SortRoom(),
): void {
  if (order.length < 2) return;
  let least = Infinity;
  let most = -Infinity;
  for (let index = 0; index < order.length; index += 1) {
    const key = keys[order[index] as number] as number;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  if (order.length < SMALL || most - least >= 2 ** 53) sortByComparing(order, keys, { descending, least, most }, room);
  else sortByDigits(order, keys, { descending, least, most }, room);
}

/** How keys are sorted, and the smallest and largest of them. */
interface KeyRange {
  descending: boolean;
  least: number;
  most: number;
}

/** Key and place packed into one number where they fit: then the array of numbers sorts itself. */
function sortByComparing(
  order: Uint32Array,
  keys: ArrayLike<number>,
  { descending, least, most }: KeyRange,
  room: SortRoom,
): void {
  const { length } = order;
  if ((most - least + 1) * length < 2 ** 53) {
    const packed = room.packed(length);
    for (let place = 0; place < length; place += 1) {
      const key = keys[order[place] as number] as number;
      packed[place] = (descending ? most - key : key - least) * length + place;
    }
    packed.sort();
    const before = room.entries(length);
    before.set(order);
    for (let place = 0; place < length; place += 1) {
      const pair = packed[place] as number;
      order[place] = before[pair - Math.floor(pair / length) * length] as number;
    }
    return;
  }
  const sign = descending ? -1 : 1;
  const places = Array.from(order, (entry, place) => ({ entry, place, key: keys[entry] as number }));
  places.sort((one, other) => (one.key === other.key ? one.place - other.place : sign * (one.key - other.key)));
  for (let place = 0; place < length; place += 1) order[place] = places[place]?.entry ?? 0;
}

function sortByDigits(
  order: Uint32Array,
  keys: ArrayLike<number>,
  { descending, least, most }: KeyRange,
  room: SortRoom,
): void {
  let from = order;
  let into: Uint32Array = room.entries(order.length);
  const { ends } = room;
  for (let shift = 1; shift <= most - least; shift *= 65_536) {
    ends.fill(0);
    const digit = (entry: number) => {
      const distance = descending ? most - (keys[entry] as number) : (keys[entry] as number) - least;
      return (distance / shift) & 0xffff;
    };
    for (let index = 0; index < from.length; index += 1) {
      const bucket = digit(from[index] as number) + 1;
      ends[bucket] = (ends[bucket] as number) + 1;
    }
    for (let bucket = 1; bucket <= 65_536; bucket += 1)
      ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
    for (let index = 0; index < from.length; index += 1) {
      const entry = from[index] as number;
      const bucket = digit(entry);
      into[ends[bucket] as number] = entry;
      ends[bucket] = (ends[bucket] as number) + 1;
    }
    [from, into] = [into, from];
  }
  if (from !== order) order.set(from);
}
