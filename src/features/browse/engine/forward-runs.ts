/**
 * The facet terms of each document as one run of 16-bit entries. First a head: how many of its terms are common (the densest
 * terms, at most COMMON of them), and WIDE_FLAG where some are wide. Then the common ones, two to an entry, the lower byte
 * first. Then the numbers of the others below 65,536 as they are. Then wide ones, two entries each (high, low), and their
 * count as the last entry. Half of a work's terms are common: this is 12 bytes a work less than an entry for each.
 */
import type { OpenSegment } from './segment.ts';

/** Numbers of terms from here on do not fit one entry of the forward index. */
export const WIDE = 65_536;
/** In the head of a document's run: how many of its terms are common, and whether some are wide. */
export const COMMON_MASK = 0x1ff;
const WIDE_FLAG = 0x8000;
/** A head moved right by so many bits is 1 where some terms are wide, else 0. */
export const WIDE_SHIFT = 15;
/** Terms whose numbers fit one byte. */
export const COMMON = 256;
/** Numbers of the facet terms of a document, written into `into`; returns how many. */
export function readForward({ forward, forwardStarts }: OpenSegment, document: number, into: Uint32Array): number {
  let place = forwardStarts[document] as number;
  const end = forwardStarts[document + 1] as number;
  const head = forward[place++] as number;
  const short = head & COMMON_MASK;
  let count = 0;
  for (let index = 0; index < short; index += 2) {
    const pair = forward[place++] as number;
    into[count++] = pair & 0xff;
    if (index + 1 < short) into[count++] = pair >>> 8;
  }
  const wide = (head & WIDE_FLAG) === 0 ? 0 : (forward[end - 1] as number);
  const narrowEnd = wide === 0 ? end : end - 1 - wide * 2;
  while (place < narrowEnd) into[count++] = forward[place++] as number;
  for (; place < narrowEnd + wide * 2; place += 2) {
    into[count++] = (forward[place] as number) * WIDE + (forward[place + 1] as number);
  }
  return count;
}

/** Entries that a document with so many terms takes. */
export function runLength(count: number, short: number, wide: number): number {
  return 1 + ((short + 1) >>> 1) + (count - short - wide) + (wide > 0 ? wide * 2 + 1 : 0);
}

/** Writes the terms of one document, as `readForward` reads them. */
export function writeRun(forward: Uint16Array, start: number, terms: Uint32Array, commonTerms: number): void {
  const short = commonIn(terms, terms.length, commonTerms);
  const wide = wideAmong(terms, terms.length);
  forward[start] = short | (wide > 0 ? WIDE_FLAG : 0);
  let commonPlace = 0;
  let place = start + 1 + ((short + 1) >>> 1);
  for (const term of terms) {
    if (term < commonTerms) {
      const pair = start + 1 + (commonPlace >>> 1);
      forward[pair] = (forward[pair] as number) | (term << ((commonPlace & 1) * 8));
      commonPlace += 1;
    } else if (term < WIDE) forward[place++] = term;
  }
  if (wide === 0) return;
  for (const term of terms) {
    if (term < WIDE) continue;
    forward[place++] = term >>> 16;
    forward[place++] = term & 0xffff;
  }
  forward[place] = wide;
}

/** How many of the first `count` terms are common. */
export function commonIn(terms: Uint32Array, count: number, commonTerms: number): number {
  let short = 0;
  for (let index = 0; index < count; index += 1) if ((terms[index] as number) < commonTerms) short += 1;
  return short;
}

/** How many of the first `count` terms are wide. */
export function wideAmong(terms: Uint32Array, count: number): number {
  let wide = 0;
  for (let index = 0; index < count; index += 1) if ((terms[index] as number) >= WIDE) wide += 1;
  return wide;
}

/** At least how many terms the document with the most has. */
export function longestForward({ forwardStarts, works }: OpenSegment): number {
  let longest = 0;
  for (let document = 0; document < works; document += 1) {
    const length = (forwardStarts[document + 1] as number) - (forwardStarts[document] as number);
    if (length > longest) longest = length;
  }
  // An entry holds two terms at most.
  return longest * 2;
}
