/**
 * Works by slot: of everything an audience may see, kept up as documents come and die, and of the hits of one question.
 * Slots that joined another are counted by themselves and put together when they are read, less the documents under both.
 */
import { hasBit } from './bits.ts';
import { countList } from './counting.ts';
import type { Hits } from './evaluate.ts';
import type { Part } from './part.ts';
import { readForward } from './forward-runs.ts';
import type { Terms } from './terms.ts';

/** A column of counts that grows. Behind its end, all is 0. */
export function room(counts: Uint32Array, length: number): Uint32Array {
  if (counts.length >= length) return counts;
  const wider = new Uint32Array(Math.ceil(length * 1.25) + 1024);
  wider.set(counts);
  return wider;
}

/** Adds the terms of the documents of one part to counts by slot. */
export function tally(part: Part, hits: Hits, counts: Uint32Array): void {
  if (hits.count === 0) return;
  if (part.slots === null) {
    if ('list' in hits) countList(part.segment, hits.list, counts);
    else part.countSet(part.segment, hits.bits, hits.count, counts);
    return;
  }
  const { slots, segment } = part;
  const own = part.ownCounts();
  if ('list' in hits) countList(segment, hits.list, own);
  else part.countSet(segment, hits.bits, hits.count, own);
  for (let term = 0; term < own.length; term += 1) {
    const count = own[term] as number;
    if (count === 0) continue;
    const slot = slots[term] as number;
    counts[slot] = (counts[slot] as number) + count;
    own[term] = 0;
  }
}

/** Adds (or, with -1, takes away) one document's terms. */
export function tallyOne(part: Part, document: number, counts: Uint32Array, by: 1 | -1, terms: Uint32Array): void {
  const count = readForward(part.segment, document, terms);
  for (let index = 0; index < count; index += 1) {
    const term = terms[index] as number;
    const slot = part.slots === null ? term : (part.slots[term] as number);
    counts[slot] = (counts[slot] as number) + by;
  }
}

/** How many of the hits stand under a slot and under the one it joined. */
function countedTwice(part: Part, hits: Hits, slot: number): number {
  const twice = part.twice.get(slot);
  if (twice === undefined) return 0;
  let count = 0;
  const listed = 'list' in hits ? new Set(hits.list) : null;
  for (const document of twice) {
    if (listed === null ? 'bits' in hits && hasBit(hits.bits, document) : listed.has(document)) count += 1;
  }
  return count;
}

/** Puts the counts of joined slots together, for counts of these hits. */
export function putTogether(terms: Terms, found: readonly { part: Part; hits: Hits }[], counts: Uint32Array): void {
  for (const [slot, joined] of terms.joins) {
    if (slot >= counts.length) continue;
    for (const other of joined) {
      const twice = found.reduce((sum, { part, hits }) => sum + countedTwice(part, hits, other), 0);
      counts[slot] = (counts[slot] as number) + (counts[other] as number) - twice;
      counts[other] = 0;
    }
  }
}
