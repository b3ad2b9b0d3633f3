/** What no answer with counts can be faster than, for measurements: the counting pass alone, over given documents. */
import type { Term } from '../browse-query.ts';
import { countBits, listOf } from './bits.ts';
import { countList } from './counting.ts';
import { upTo } from './number-sort.ts';
import { findTerm, NO_TERM, openSegment, postingsOf, type Segment } from './segment.ts';
import { termKey } from './term-key.ts';

/** @returns the documents of the segment under a term, by its own numbers, ascending; all of them for null. */
export function documentsUnder(segment: Segment, term: Term | null): Uint32Array {
  const open = openSegment(segment.buffer);
  if (term === null) return upTo(open.works);
  const number = findTerm(open, termKey(term));
  if (number === NO_TERM) return new Uint32Array(0);
  const postings = postingsOf(open, number);
  return 'list' in postings ? postings.list.slice() : listOf(postings.bits, countBits(postings.bits));
}

/**
 * Counts every facet term of the documents, the way an answer does, without any condition, order or choice of values.
 * @returns a function to be timed; it returns the counts by number of term, the same array each time.
 */
export function barePass(segment: Segment, documents: Uint32Array): () => Uint32Array {
  const open = openSegment(segment.buffer);
  const counts = new Uint32Array(open.facetTerms);
  return () => {
    counts.fill(0);
    countList(open, documents, counts);
    return counts;
  };
}
