/**
 * Writes a segment from documents and tags, wherever they come from: the one place that knows how a segment is made. Every
 * pass goes over flat arrays; what it needs beside the new segment is some 60 bytes a work, and is gone afterwards.
 */
import { freeMemory } from '../../../platform/threads/free-memory.ts';
import { AUDIENCE_BITS } from './index-document.ts';
import { setBit, wordsFor } from './bits.ts';
import { COPIED_COLUMNS, type DocumentSource, type SegmentSource } from './segment-source.ts';
import { makeSegment, NO_CREATOR, type OpenSegment, type Segment } from './segment.ts';
import { kindOfKey } from './term-key.ts';
import { uniteTerms } from './unite-terms.ts';
import { commonAmong, denseAmong, MappedFacets, numberTerms, type NumberedTerms } from './number-terms.ts';
import { placeDocuments, type Placement } from './place-documents.ts';
import { gatherOthers, numberOthers } from './other-postings.ts';
import { uniteNames, type UnitedNames } from './unite-names.ts';
import { fillForward, fillPostings } from './fill-postings.ts';
import { sortBy, upTo } from './number-sort.ts';
import { gapsLength } from './gap-lists.ts';
import { fillOrders } from './fill-orders.ts';
import { fillTags, tagTable } from './fill-tags.ts';

export function writeSegment(source: SegmentSource): Segment {
  const segment = writtenUnordered(source);
  freeBetween(segment.works);
  fillOrders(segment);
  return { buffer: segment.buffer, version: source.version };
}

/** All but the orders. */
function writtenUnordered({ version, sources, tags }: SegmentSource): OpenSegment {
  const facets = numberFacets(sources);
  const placement = placeDocuments(sources, facets);
  const gathered = gatherOthers(sources, placement);
  const others = numberOthers(gathered);
  const names = uniteNames(
    sources.map((source) => source.names),
    sources.map(usedNames),
  );
  const table = tagTable(tags);
  const { works } = placement;
  const facetTerms = facets.keys.length;
  const terms = facetTerms + others.terms.keys.length;
  const denseFacets = denseAmong(facets, works);
  const denseOthers = denseAmong(others.terms, works);
  const width = wordsFor(works);
  const segment = makeSegment(
    {
      version,
      works,
      terms,
      facetTerms,
      denseFacets,
      denseOthers,
      commonTerms: commonAmong(facets, works),
      tagCount: table.tags.length,
    },
    {
      id: works,
      words: works,
      chapters: works,
      kudos: works,
      comments: works,
      bookmarks: works,
      hits: works,
      posted: works,
      updated: works,
      fandoms: works,
      relationships: works,
      characters: works,
      tags: works,
      creators: works,
      creatorNames: works,
      nameStarts: names.names.starts.length,
      nameBytes: names.names.bytes.length,
      titleStarts: works + 1,
      titleBytes: sources.reduce((sum, source) => sum + titleBytes(source), 0),
      guest: width,
      account: width,
      forwardStarts: works + 1,
      forward: placement.forwardLength,
      termKeys: terms,
      termWorks: terms,
      termOrder: terms,
      termKinds: facetTerms,
      termCanonical: facetTerms,
      guestWorks: facetTerms,
      accountWorks: facetTerms,
      dense: (denseFacets + denseOthers) * width,
      postingStarts: terms + 1,
      postings: rareLength(facets, denseFacets, works) + rareLength(others.terms, denseOthers, works),
      tagIds: table.tags.length,
      tagKinds: table.tags.length,
      tagCanonical: table.tags.length,
      tagSynonymOf: table.tags.length,
      tagConcepts: table.tags.length,
      tagsById: table.tags.length,
      tagsByKey: table.tags.length,
      tagStarts: table.tags.length + 1,
      tagBytes: table.keys.bytes.length,
      byUpdated: works,
      byPosted: works,
      byWords: works,
      byKudos: works,
      byComments: works,
      byBookmarks: works,
      byHits: works,
      byTitle: works,
      byCreator: works,
      byId: works,
    },
  );
  freeBetween(works);
  fillTerms(segment, facets, others.terms);
  fillColumns(segment, sources, placement, names, others.terms);
  fillTitles(segment, sources, placement);
  fillForward(segment, sources, placement, facets);
  fillPostings(segment, gathered, others.order);
  fillTags(segment, table);
  return segment;
}

/** A segment of so many works needs so much beside it that the next step must not come on top of what the last one has left. */
const LARGE = 100_000;

function freeBetween(works: number): void {
  if (works >= LARGE) freeMemory();
}

function numberFacets(sources: readonly DocumentSource[]): NumberedTerms {
  const united = uniteTerms(sources.map(({ facetKeys }) => facetKeys));
  const works = new Uint32Array(united.keys.length);
  for (const [index, source] of sources.entries()) {
    const reader = new MappedFacets(source, united.places[index] ?? new Uint32Array(0));
    const { terms } = reader;
    for (let entry = 0; entry < source.documents.length; entry += 1) {
      const count = reader.read(source.documents[entry] as number);
      for (let place = 0; place < count; place += 1) {
        const term = terms[place] as number;
        works[term] = (works[term] as number) + 1;
      }
    }
  }
  return numberTerms(united, works);
}

/** Entries for the lists of all terms from `dense` on. */
function rareLength({ works: counts }: NumberedTerms, dense: number, works: number): number {
  let sum = 0;
  for (let term = dense; term < counts.length; term += 1) sum += gapsLength(counts[term] as number, works);
  return sum;
}

function usedNames(source: DocumentSource): Uint8Array {
  const used = new Uint8Array(source.names.starts.length - 1);
  for (let entry = 0; entry < source.documents.length; entry += 1) {
    used[source.nameOf(source.documents[entry] as number)] = 1;
  }
  return used;
}

function titleBytes({ documents, titles: { starts } }: DocumentSource): number {
  let sum = 0;
  for (let entry = 0; entry < documents.length; entry += 1) {
    const document = documents[entry] as number;
    sum += (starts[document + 1] as number) - (starts[document] as number);
  }
  return sum;
}

function fillTerms(segment: OpenSegment, facets: NumberedTerms, others: NumberedTerms): void {
  segment.termKeys.set(facets.keys);
  segment.termKeys.set(others.keys, segment.facetTerms);
  segment.termWorks.set(facets.works);
  segment.termWorks.set(others.works, segment.facetTerms);
  for (let term = 0; term < segment.facetTerms; term += 1)
    segment.termKinds[term] = kindOfKey(facets.keys[term] as number);
  segment.termOrder.set(upTo(segment.terms));
  sortBy(segment.termOrder, segment.termKeys, false);
}

function fillColumns(
  segment: OpenSegment,
  sources: readonly DocumentSource[],
  placement: Placement,
  { names, numbers: nameNumbers }: UnitedNames,
  others: NumberedTerms,
): void {
  segment.nameStarts.set(names.starts);
  segment.nameBytes.set(names.bytes);
  for (const [index, source] of sources.entries()) {
    const { documents } = source;
    const numbers = placement.numbers[index] ?? documents;
    const newNames = nameNumbers[index] ?? documents;
    const newOthers = others.numbers[index] ?? documents;
    for (const name of COPIED_COLUMNS) {
      const from = source.columns[name];
      const into = segment[name];
      for (let entry = 0; entry < documents.length; entry += 1) {
        into[numbers[entry] as number] = from[documents[entry] as number] as number;
      }
    }
    for (let entry = 0; entry < documents.length; entry += 1) {
      const document = documents[entry] as number;
      const number = numbers[entry] as number;
      const creator = source.creatorOf(document);
      segment.creators[number] =
        creator === NO_CREATOR ? NO_CREATOR : (newOthers[creator >>> 1] as number) * 2 + (creator & 1);
      segment.creatorNames[number] = newNames[source.nameOf(document)] as number;
      const audiences = source.audiencesOf(document);
      if ((audiences & AUDIENCE_BITS.guest) !== 0) setBit(segment.guest, number);
      if ((audiences & AUDIENCE_BITS.account) !== 0) setBit(segment.account, number);
    }
    fillChangedCounters(segment, source, placement.numberOf[index] ?? documents);
  }
}

function fillChangedCounters(segment: OpenSegment, source: DocumentSource, numberOf: Uint32Array): void {
  for (const [document, [kudos, comments, bookmarks, hits]] of source.counters) {
    const number = numberOf[document] as number;
    // A document that is not taken has the number NOT_TAKEN: writing there is writing nowhere.
    segment.kudos[number] = kudos;
    segment.comments[number] = comments;
    segment.bookmarks[number] = bookmarks;
    segment.hits[number] = hits;
  }
}

function fillTitles(segment: OpenSegment, sources: readonly DocumentSource[], placement: Placement): void {
  const { titleStarts, titleBytes: into } = segment;
  eachDocument(sources, placement, ({ titles: { starts } }, document, number) => {
    titleStarts[number + 1] = (starts[document + 1] as number) - (starts[document] as number);
  });
  for (let number = 0; number < segment.works; number += 1) {
    titleStarts[number + 1] = (titleStarts[number] as number) + (titleStarts[number + 1] as number);
  }
  eachDocument(sources, placement, ({ titles: { bytes, starts } }, document, number) => {
    let place = titleStarts[number] as number;
    const end = starts[document + 1] as number;
    for (let from = starts[document] as number; from < end; from += 1) into[place++] = bytes[from] as number;
  });
}

function eachDocument(
  sources: readonly DocumentSource[],
  placement: Placement,
  tell: (source: DocumentSource, document: number, number: number) => void,
): void {
  for (const [index, source] of sources.entries()) {
    const numbers = placement.numbers[index] ?? source.documents;
    for (let entry = 0; entry < numbers.length; entry += 1) {
      tell(source, source.documents[entry] as number, numbers[entry] as number);
    }
  }
}
