/** Finds names by their bytes: those that begin with some by halving, those that hold them by one scan. UTF-8 cuts nowhere wrong. */
import type { ByteStrings } from './byte-strings.ts';
import type { OpenSegment } from './segment.ts';

export interface Span {
  start: number;
  end: number;
}

/** @returns the places of the tags of a kind. */
export function placesOfKind({ tagKinds }: OpenSegment, kind: number): Span {
  const firstFrom = (wanted: number) => {
    let low = 0;
    let high = tagKinds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((tagKinds[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { start: firstFrom(kind), end: firstFrom(kind + 1) };
}

/** Tells of every place in the span whose name begins with the needle. `byKey`: places sorted by bytes, in each span. */
export function eachBeginning(
  names: ByteStrings,
  byKey: Uint32Array,
  span: Span,
  needle: Uint8Array,
  tell: (place: number) => void,
): void {
  const compared = (index: number) => compareStart(names, byKey[index] as number, needle);
  const first = firstWhere(span, (index) => compared(index) >= 0);
  const end = firstWhere({ start: first, end: span.end }, (index) => compared(index) > 0);
  for (let index = first; index < end; index += 1) tell(byKey[index] as number);
}

function firstWhere({ start, end }: Span, holds: (place: number) => boolean): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** 0 where the name begins with the needle; otherwise how it sorts against it. */
function compareStart({ bytes, starts }: ByteStrings, place: number, needle: Uint8Array): number {
  const from = starts[place] as number;
  const length = (starts[place + 1] as number) - from;
  for (let index = 0; index < needle.length; index += 1) {
    if (index >= length) return -1;
    const difference = (bytes[from + index] as number) - (needle[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Tells of places in the span whose name holds the needle, but does not begin with it, in their order; `tell` answers
 * whether to go on.
 */
export function eachHolding(
  names: ByteStrings,
  span: Span,
  needle: Uint8Array,
  tell: (place: number) => boolean,
): void {
  const { bytes, starts } = names;
  const rare = rarestOf(needle);
  const end = (starts[span.end] as number) - needle.length + rare + 1;
  let place = span.start;
  let from = (starts[place] as number) + rare;
  for (;;) {
    from = nextByte(bytes, needle[rare] as number, from, end);
    if (from >= end) return;
    const position = from - rare;
    from += 1;
    if (!matches(bytes, position, needle)) continue;
    place = holderOf(starts, position, place, span.end);
    const start = starts[place] as number;
    const next = starts[place + 1] as number;
    if (position < start || position + needle.length > next) continue;
    // One that begins with the needle was told of before, wherever else it holds it.
    if (!(start === position || matches(bytes, start, needle)) && !tell(place)) return;
    from = next + rare;
  }
}

function nextByte(bytes: Uint8Array, wanted: number, from: number, end: number): number {
  let position = from;
  while (position < end && bytes[position] !== wanted) position += 1;
  return position;
}

/** Letters that are frequent in names, the most frequent first: what is not among them is looked for first. */
const FREQUENT = new TextEncoder().encode(' eaitnorslhdcumgpybfwk');

/** Place of the byte of the needle that is least frequent. */
function rarestOf(needle: Uint8Array): number {
  let best = 0;
  let rarest = -1;
  for (let index = 0; index < needle.length; index += 1) {
    const rank = FREQUENT.indexOf(needle[index] as number);
    const rarity = rank < 0 ? FREQUENT.length : rank;
    if (rarity > rarest) {
      rarest = rarity;
      best = index;
    }
  }
  return best;
}

function matches(bytes: Uint8Array, position: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index += 1) if (bytes[position + index] !== needle[index]) return false;
  return true;
}

/** The name in which a position lies, at or after `from`: looked for in leaps, since it is mostly near. */
function holderOf(starts: Uint32Array, position: number, from: number, end: number): number {
  let low = from;
  let step = 1;
  while (low + step < end && (starts[low + step] as number) <= position) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, end);
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= position) low = middle;
    else high = middle;
  }
  return low;
}
