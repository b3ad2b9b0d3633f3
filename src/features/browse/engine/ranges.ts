/** Documents whose figure lies between two ends: along the order of that figure when they are few, else by a scan. */
import { COUNTERS, type Counter, type NumberField } from '../browse-query.ts';
import { clearBit, flipBits, setBit } from './bits.ts';
import type { Part } from './part.ts';
import { ORDER_SECTIONS } from './segment.ts';

export interface Range {
  field: NumberField;
  least: number;
  most: number;
}

/** Along the order, documents are met at random places: a scan reads so many in the same time. */
const SCAN_GAIN = 8;

function isCounter(field: NumberField): field is Counter {
  return (COUNTERS as readonly string[]).includes(field);
}

function hasOrder(field: NumberField): field is Counter | 'words' | 'posted' | 'updated' {
  return field === 'words' || field === 'posted' || field === 'updated' || isCounter(field);
}

/** Places in the order of the field, which falls, between which the range lies; null for a field without an order. */
function sliceOf(part: Part, { field, least, most }: Range): { order: Uint32Array; start: number; end: number } | null {
  if (!hasOrder(field)) return null;
  const order = part.segment[ORDER_SECTIONS[field]];
  const column = part.segment[field];
  const firstBelow = (bound: number, orEqual: boolean) => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const value = column[order[middle] as number] as number;
      if (value > bound || (value === bound && !orEqual)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const start = firstBelow(most, true);
  return { order, start, end: Math.max(start, firstBelow(least, false)) };
}

/** @returns how many documents can be in the range at most. */
export function rangeSize(part: Part, range: Range): number {
  const slice = sliceOf(part, range);
  if (slice === null) return part.segment.works;
  return Math.min(part.segment.works, slice.end - slice.start + (isCounter(range.field) ? part.counters.size : 0));
}

/** @returns bits of the documents in the range; they are the caller's own. */
export function rangeBits(part: Part, range: Range): Uint32Array {
  const bits = part.lend();
  const slice = sliceOf(part, range);
  const { works } = part.segment;
  if (slice !== null && (slice.end - slice.start) * SCAN_GAIN < works) {
    bits.fill(0);
    setSlice(bits, slice.order, slice.start, slice.end);
  } else if (slice !== null && (works - slice.end + slice.start) * SCAN_GAIN < works) {
    bits.fill(0);
    setSlice(bits, slice.order, 0, slice.start);
    setSlice(bits, slice.order, slice.end, works);
    flipBits(bits, works);
  } else scanColumn(bits, part, slice, range);
  const { field } = range;
  if (isCounter(field)) {
    for (const document of part.counters.keys()) {
      const value = part.counterOf(document, field);
      if (value >= range.least && value <= range.most) setBit(bits, document);
      else clearBit(bits, document);
    }
  }
  return bits;
}

function scanColumn(bits: Uint32Array, part: Part, slice: { order: Uint32Array } | null, range: Range): void {
  const column = part.segment[range.field];
  if (!(column instanceof Float64Array) && isSmall(part, slice, range.field)) scanSmall(bits, column, range);
  else scan(bits, column, range);
}

function setSlice(bits: Uint32Array, order: Uint32Array, start: number, end: number): void {
  for (let place = start; place < end; place += 1) setBit(bits, order[place] as number);
}

/** Whether all values of a column that has an order fit 31 bits; the order begins with the largest. */
function isSmall(part: Part, slice: { order: Uint32Array } | null, field: NumberField): boolean {
  const column = part.segment[field];
  if (column instanceof Uint16Array) return true;
  return slice !== null && column instanceof Uint32Array && (column[slice.order[0] ?? 0] ?? 0) < 2 ** 31;
}

/** The same as `scan` without a branch: where half the works are in the range, guessing wrong costs most of the time. */
function scanSmall(bits: Uint32Array, column: Uint32Array | Uint16Array, range: Range): void {
  const least = Math.min(Math.max(Math.ceil(range.least), 0), 2 ** 31 - 1) | 0;
  const most = Math.max(Math.min(Math.floor(range.most), 2 ** 31 - 1), -1) | 0;
  const { length } = column;
  for (let word = 0; word < bits.length; word += 1) {
    const start = word * 32;
    const end = Math.min(start + 32, length);
    let found = 0;
    for (let document = start; document < end; document += 1) {
      const value = (column[document] as number) | 0;
      // The sign is set where the value lies outside.
      found |= ((~((value - least) | (most - value)) >>> 31) << (document & 31)) | 0;
    }
    bits[word] = found;
  }
}

function scan(bits: Uint32Array, column: Uint32Array | Uint16Array | Float64Array, { least, most }: Range): void {
  const { length } = column;
  for (let word = 0; word < bits.length; word += 1) {
    const start = word * 32;
    const end = Math.min(start + 32, length);
    let found = 0;
    for (let document = start; document < end; document += 1) {
      const value = column[document] as number;
      found |= (Number(value >= least) & Number(value <= most)) << (document & 31);
    }
    bits[word] = found;
  }
}

/** @returns those documents of the list that are in the range. */
export function rangeAmong(part: Part, list: Uint32Array, { field, least, most }: Range): Uint32Array {
  const kept = new Uint32Array(list.length);
  const column = part.segment[field];
  const counter = isCounter(field) && part.counters.size > 0 ? field : null;
  let place = 0;
  for (let index = 0; index < list.length; index += 1) {
    const document = list[index] as number;
    const value = counter === null ? (column[document] as number) : part.counterOf(document, counter);
    if (value >= least && value <= most) kept[place++] = document;
  }
  return kept.subarray(0, place);
}
