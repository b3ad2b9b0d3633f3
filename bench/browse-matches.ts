/**
 * The documents of a segment that hold a condition, found in the plainest way: every one is looked at. So that the bare
 * counting pass has the same matches as a question, and a second opinion says how many there are.
 */
import type { Audience } from '../src/features/works/index.ts';
import type { NumberField, Where } from '../src/features/browse/browse-query.ts';
import { documentsUnder } from '../src/features/browse/engine/floor.ts';
import { openSegment, type OpenSegment, type Segment } from '../src/features/browse/engine/segment.ts';

const DAY_MS = 86_400_000;

/** @returns the documents, ascending, that an audience may see. */
export function matchesOf(segment: Segment, where: Where, audience: Audience): Uint32Array {
  const open = openSegment(segment.buffer);
  const holds = testOf(segment, open, where);
  const allowed = open[audience];
  return documentsUnder(segment, null).filter(
    (document) => (((allowed[document >>> 5] as number) >>> (document & 31)) & 1) === 1 && holds(document),
  );
}

function testOf(segment: Segment, open: OpenSegment, where: Where): (document: number) => boolean {
  if ('all' in where) {
    const tests = where.all.map((one) => testOf(segment, open, one));
    return (document) => tests.every((test) => test(document));
  }
  if ('any' in where) {
    const tests = where.any.map((one) => testOf(segment, open, one));
    return (document) => tests.some((test) => test(document));
  }
  if ('not' in where) {
    const test = testOf(segment, open, where.not);
    return (document) => !test(document);
  }
  if ('term' in where) {
    const marked = new Uint8Array(open.works);
    for (const document of documentsUnder(segment, where.term)) marked[document] = 1;
    return (document) => marked[document] === 1;
  }
  if ('works' in where) {
    const ids = new Set(where.works);
    return (document) => ids.has(open.id[document] as number);
  }
  const valueOf = numberOf(open, where.number);
  const [from, to] = [where.from ?? -Infinity, where.to ?? Infinity];
  return (document) => {
    const value = valueOf(document);
    return value >= from && value <= to;
  };
}

function numberOf(open: OpenSegment, field: NumberField): (document: number) => number {
  const column = open[field];
  return field === 'posted' || field === 'updated'
    ? (document) => Math.floor((column[document] as number) / DAY_MS)
    : (document) => column[document] as number;
}
