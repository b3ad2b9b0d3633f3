/**
 * Sets of documents as bits, 32 to a word, and as ascending lists. The loops everything else is made of; none of them
 * allocates unless it returns a list.
 */

export function wordsFor(documents: number): number {
  return (documents + 31) >>> 5;
}

export function hasBit(bits: Uint32Array, document: number): boolean {
  return (((bits[document >>> 5] as number) >>> (document & 31)) & 1) === 1;
}

export function setBit(bits: Uint32Array, document: number): void {
  bits[document >>> 5] = (bits[document >>> 5] as number) | (1 << (document & 31));
}

export function clearBit(bits: Uint32Array, document: number): void {
  bits[document >>> 5] = (bits[document >>> 5] as number) & ~(1 << (document & 31));
}

/** Bits set in one word. */
export function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let index = 0; index < bits.length; index += 1) count += ones(bits[index] as number);
  return count;
}

/** @returns how many documents are in both, without making their set. */
export function countBoth(left: Uint32Array, right: Uint32Array): number {
  let count = 0;
  for (let index = 0; index < left.length; index += 1)
    count += ones((left[index] as number) & (right[index] as number));
  return count;
}

/** Writes left & right into `into`, which may be one of them. */
export function andBits(into: Uint32Array, left: Uint32Array, right: Uint32Array): void {
  for (let index = 0; index < into.length; index += 1) into[index] = (left[index] as number) & (right[index] as number);
}

/** Writes left & ~right into `into`, which may be one of them. */
export function andNotBits(into: Uint32Array, left: Uint32Array, right: Uint32Array): void {
  for (let index = 0; index < into.length; index += 1)
    into[index] = (left[index] as number) & ~(right[index] as number);
}

/** The same for some words of a set; each returns all bits that are left in them, together. */
export function anyIn(bits: Uint32Array, from: number, to: number): number {
  let any = 0;
  for (let index = from; index < to; index += 1) any = any | (bits[index] as number);
  return any;
}

export function copyRun(into: Uint32Array, bits: Uint32Array, from: number, to: number): number {
  let any = 0;
  for (let index = from; index < to; index += 1) {
    const word = bits[index] as number;
    into[index] = word;
    any = any | word;
  }
  return any;
}

export function andRun(into: Uint32Array, other: Uint32Array, from: number, to: number): number {
  let any = 0;
  for (let index = from; index < to; index += 1) {
    const word = (into[index] as number) & (other[index] as number);
    into[index] = word;
    any = any | word;
  }
  return any;
}

export function andNotRun(into: Uint32Array, other: Uint32Array, from: number, to: number): number {
  let any = 0;
  for (let index = from; index < to; index += 1) {
    const word = (into[index] as number) & ~(other[index] as number);
    into[index] = word;
    any = any | word;
  }
  return any;
}

export function orBits(into: Uint32Array, other: Uint32Array): void {
  for (let index = 0; index < into.length; index += 1) into[index] = (into[index] as number) | (other[index] as number);
}

/** Turns every bit round; those behind the last document stay clear. */
export function flipBits(bits: Uint32Array, documents: number): void {
  for (let index = 0; index < bits.length; index += 1) bits[index] = ~(bits[index] as number);
  if ((documents & 31) !== 0) {
    const last = bits.length - 1;
    bits[last] = (bits[last] as number) & ((1 << (documents & 31)) - 1);
  }
}

export function setList(bits: Uint32Array, list: Uint32Array): void {
  for (let index = 0; index < list.length; index += 1) setBit(bits, list[index] as number);
}

export function clearList(bits: Uint32Array, list: Uint32Array): void {
  for (let index = 0; index < list.length; index += 1) clearBit(bits, list[index] as number);
}

/** @returns the documents of a set, ascending; `count` is how many there are. */
export function listOf(bits: Uint32Array, count: number): Uint32Array {
  const list = new Uint32Array(count);
  let place = 0;
  for (let index = 0; index < bits.length; index += 1) {
    let word = bits[index] as number;
    while (word !== 0) {
      list[place] = (index << 5) + 31 - Math.clz32(word & -word);
      place += 1;
      word &= word - 1;
    }
  }
  return list;
}

/** @returns the documents of the list that are in the set (`wanted` true), or that are not. */
export function filterList(list: Uint32Array, bits: Uint32Array, wanted: boolean): Uint32Array {
  const kept = new Uint32Array(list.length);
  const want = wanted ? 1 : 0;
  let place = 0;
  for (let index = 0; index < list.length; index += 1) {
    const document = list[index] as number;
    kept[place] = document;
    place += (((bits[document >>> 5] as number) >>> (document & 31)) & 1) === want ? 1 : 0;
  }
  return kept.subarray(0, place);
}

/** First place at or after `from` whose number is >= `wanted`, in leaps that double: cheap when it is near. */
function leapTo(list: Uint32Array, wanted: number, from: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < list.length && (list[high] as number) < wanted) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > list.length) high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns the documents that are in both ascending lists. */
export function intersectLists(left: Uint32Array, right: Uint32Array): Uint32Array {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  const both = new Uint32Array(short.length);
  let place = 0;
  let far = 0;
  for (let index = 0; index < short.length && far < long.length; index += 1) {
    const document = short[index] as number;
    far = leapTo(long, document, far);
    if (far < long.length && long[far] === document) {
      both[place] = document;
      place += 1;
    }
  }
  return both.subarray(0, place);
}

/** @returns the documents of the ascending list `left` that are not in the ascending list `right`. */
export function subtractLists(left: Uint32Array, right: Uint32Array): Uint32Array {
  const rest = new Uint32Array(left.length);
  let place = 0;
  let far = 0;
  for (let index = 0; index < left.length; index += 1) {
    const document = left[index] as number;
    far = leapTo(right, document, far);
    if (far === right.length || right[far] !== document) {
      rest[place] = document;
      place += 1;
    }
  }
  return rest.subarray(0, place);
}

/** @returns the documents that are in either of two ascending lists, each once. */
export function uniteLists(left: Uint32Array, right: Uint32Array): Uint32Array {
  const all = new Uint32Array(left.length + right.length);
  let place = 0;
  let one = 0;
  let other = 0;
  while (one < left.length || other < right.length) {
    const first = one < left.length ? (left[one] as number) : Infinity;
    const second = other < right.length ? (right[other] as number) : Infinity;
    all[place] = Math.min(first, second);
    place += 1;
    if (first <= second) one += 1;
    if (second <= first) other += 1;
  }
  return all.subarray(0, place);
}
