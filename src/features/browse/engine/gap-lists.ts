/**
 * Ascending lists as the gaps between their numbers, 16 bits each: half the memory of the numbers themselves, and read as
 * fast as they are needed, since a list is read whole. A gap that does not fit is LONG, and then its upper and lower half.
 */

const LONG = 0xffff;

/**
 * Entries that a list of `count` of so many documents takes at most. Long gaps are few: together they are no longer than
 * all documents.
 */
export function gapsLength(count: number, documents: number): number {
  return count + 2 * Math.min(count, Math.floor(documents / LONG));
}

/** Writes one number behind `before` at a place; returns the next place. */
export function writeGap(into: Uint16Array, place: number, before: number, number: number): number {
  const gap = number - before;
  if (gap < LONG) {
    into[place] = gap;
    return place + 1;
  }
  into[place] = LONG;
  into[place + 1] = gap >>> 16;
  into[place + 2] = gap & 0xffff;
  return place + 3;
}

/** @returns how many numbers of the list that begins at a place are in a set of bits, without making the list. */
export function countGaps(from: Uint16Array, start: number, count: number, bits: Uint32Array): number {
  let number = 0;
  let place = start;
  let found = 0;
  for (let index = 0; index < count; index += 1) {
    const gap = from[place++] as number;
    if (gap < LONG) number = (number + gap) | 0;
    else {
      number = (number + (from[place] as number) * 65_536 + (from[place + 1] as number)) | 0;
      place += 2;
    }
    found += ((bits[number >>> 5] as number) >>> (number & 31)) & 1;
  }
  return found;
}

/** @returns the list of `count` numbers that begins at a place. */
export function readGaps(from: Uint16Array, start: number, count: number): Uint32Array {
  const list = new Uint32Array(count);
  let number = 0;
  let place = start;
  for (let index = 0; index < count; index += 1) {
    const gap = from[place++] as number;
    if (gap < LONG) number += gap;
    else {
      number += (from[place] as number) * 65_536 + (from[place + 1] as number);
      place += 2;
    }
    list[index] = number;
  }
  return list;
}
