/** Fills the forward index of a new segment, and from it the postings and the works of each audience. */
import { hasBit, setBit } from './bits.ts';
import type { DocumentSource } from './segment-source.ts';
import { gapsLength, writeGap } from './gap-lists.ts';
import { commonIn, longestForward, readForward, runLength, wideAmong, writeRun } from './forward-runs.ts';
import { denseNumber, type OpenSegment } from './segment.ts';
import { MappedFacets, type NumberedTerms } from './number-terms.ts';
import type { Placement } from './place-documents.ts';
import type { GatheredOthers } from './other-postings.ts';

export function fillForward(
  segment: OpenSegment,
  sources: readonly DocumentSource[],
  placement: Placement,
  facets: NumberedTerms,
): void {
  const { commonTerms, forward, forwardStarts } = segment;
  eachForward(sources, placement, facets, (number, terms, count) => {
    forwardStarts[number + 1] = runLength(count, commonIn(terms, count, commonTerms), wideAmong(terms, count));
  });
  for (let number = 0; number < segment.works; number += 1) {
    forwardStarts[number + 1] = (forwardStarts[number + 1] as number) + (forwardStarts[number] as number);
  }
  eachForward(sources, placement, facets, (number, terms, count) => {
    writeRun(forward, forwardStarts[number] as number, terms.subarray(0, count), commonTerms);
  });
}

function eachForward(
  sources: readonly DocumentSource[],
  placement: Placement,
  facets: NumberedTerms,
  tell: (number: number, terms: Uint32Array, count: number) => void,
): void {
  for (const [index, source] of sources.entries()) {
    const numbers = placement.numbers[index] ?? source.documents;
    const reader = new MappedFacets(source, facets.numbers[index] ?? source.documents);
    for (let entry = 0; entry < numbers.length; entry += 1) {
      const count = reader.read(source.documents[entry] as number);
      tell(numbers[entry] as number, reader.terms, count);
    }
  }
}

/** @param order places of the gathered terms in the order of their new numbers. */
export function fillPostings(segment: OpenSegment, gathered: GatheredOthers, order: Uint32Array): void {
  startPostings(segment);
  fillFacetPostings(segment);
  const { dense, facetTerms, postings, postingStarts, width } = segment;
  for (let number = 0; number < order.length; number += 1) {
    const place = order[number] as number;
    const start = gathered.starts[place] as number;
    const list = gathered.documents.subarray(start, start + (gathered.works[place] as number));
    const bits = denseNumber(segment, facetTerms + number);
    if (bits < 0) {
      let cursor = postingStarts[facetTerms + number] as number;
      for (let index = 0; index < list.length; index += 1) {
        cursor = writeGap(postings, cursor, index === 0 ? 0 : (list[index - 1] as number), list[index] as number);
      }
    } else for (const document of list) setBit(dense.subarray(bits * width, (bits + 1) * width), document);
  }
}

function startPostings(segment: OpenSegment): void {
  const { postingStarts, termWorks, terms, works } = segment;
  for (let term = 0; term < terms; term += 1) {
    const length = denseNumber(segment, term) >= 0 ? 0 : gapsLength(termWorks[term] as number, works);
    postingStarts[term + 1] = (postingStarts[term] as number) + length;
  }
}

function fillFacetPostings(segment: OpenSegment): void {
  const { dense, denseFacets, postings, width, works, guest, account, guestWorks, accountWorks } = segment;
  const cursors = segment.postingStarts.slice(0, segment.facetTerms);
  const latest = new Uint32Array(segment.facetTerms);
  const terms = new Uint32Array(longestForward(segment));
  for (let document = 0; document < works; document += 1) {
    const count = readForward(segment, document, terms);
    const forGuests = hasBit(guest, document) ? 1 : 0;
    const forAccounts = hasBit(account, document) ? 1 : 0;
    const bit = 1 << (document & 31);
    for (let index = 0; index < count; index += 1) {
      const term = terms[index] as number;
      guestWorks[term] = (guestWorks[term] as number) + forGuests;
      accountWorks[term] = (accountWorks[term] as number) + forAccounts;
      if (term < denseFacets) {
        const word = term * width + (document >>> 5);
        dense[word] = (dense[word] as number) | bit;
      } else {
        cursors[term] = writeGap(postings, cursors[term] as number, latest[term] as number, document);
        latest[term] = document;
      }
    }
  }
}
