/**
 * Makes one segment of all that an engine holds: its segments without what has died in them, with changed counters,
 * concepts and tags written in. Runs in any thread, while the engine goes on answering and takes in later batches.
 */
import { AUDIENCE_BITS, type IndexTag } from './index-document.ts';
import { hasBit, listOf, countBits } from './bits.ts';
import { readString } from './byte-strings.ts';
import type { DocumentSource } from './segment-source.ts';
import { CONCEPT_KINDS } from '../browse-query.ts';
import { longestForward, readForward } from './forward-runs.ts';
import { openSegment, postingsOf, type OpenSegment, type Segment } from './segment.ts';
import { writeSegment } from './segment-writer.ts';

/** One segment of a merge. */
export interface MergePart {
  buffer: SharedArrayBuffer;
  /** Bits of the documents that live. */
  live: Uint32Array;
  /** Counters that changed, by document. */
  counters: ReadonlyMap<number, readonly [kudos: number, comments: number, bookmarks: number, hits: number]>;
  /** Terms whose key has changed. */
  keys: readonly { term: number; key: number }[];
}

/** All that a merge needs; can be posted to a thread, which then shares the segments. */
export interface MergeInput {
  /** What the merged segment will be true of. */
  version: number;
  parts: readonly MergePart[];
  /** Tags that have changed since the first part was written, and those that are gone. The tags are read from that part. */
  tags: readonly IndexTag[];
  removedTags: readonly number[];
}

/** @returns one segment with what lives in all parts. The parts are only read. */
export function mergeSegment(input: MergeInput): Segment {
  const parts = input.parts.map((part) => ({ ...part, segment: openSegment(part.buffer) }));
  const first = parts[0]?.segment;
  const tags = first === undefined ? new Map<number, IndexTag>() : tagsOf(first);
  for (const tag of input.tags) tags.set(tag.id, tag);
  for (const id of input.removedTags) tags.delete(id);
  return writeSegment({
    version: input.version,
    sources: parts.map(sourceOf),
    tags: [...tags.values()],
  });
}

function tagsOf(segment: OpenSegment): Map<number, IndexTag> {
  const tags = new Map<number, IndexTag>();
  for (let place = 0; place < segment.tagCount; place += 1) {
    const id = segment.tagIds[place] as number;
    tags.set(id, {
      id,
      kind: CONCEPT_KINDS[segment.tagKinds[place] as number] ?? 'freeform',
      key: readString(segment.tagNames, place),
      canonical: segment.tagCanonical[place] === 1,
      synonymOf: segment.tagSynonymOf[place] === 0 ? null : (segment.tagSynonymOf[place] as number),
    });
  }
  return tags;
}

function sourceOf({ segment, live, counters, keys }: MergePart & { segment: OpenSegment }): DocumentSource {
  const { facetTerms, terms } = segment;
  const termKeys = segment.termKeys.slice();
  for (const { term, key } of keys) termKeys[term] = key;
  return {
    documents: listOf(live, countBits(live)),
    columns: segment,
    counters,
    audiencesOf: (document) =>
      (hasBit(segment.guest, document) ? AUDIENCE_BITS.guest : 0) +
      (hasBit(segment.account, document) ? AUDIENCE_BITS.account : 0),
    creatorOf: (document) => segment.creators[document] as number,
    nameOf: (document) => segment.creatorNames[document] as number,
    names: segment.names,
    titles: segment.titles,
    facetKeys: termKeys.subarray(0, facetTerms),
    otherKeys: termKeys.subarray(facetTerms),
    repeats: keys.length > 0,
    facetsOf: (document, into) => readForward(segment, document, into),
    eachOther: (tell) => {
      for (let term = facetTerms; term < terms; term += 1) {
        const postings = postingsOf(segment, term);
        const list = 'list' in postings ? postings.list : listOf(postings.bits, segment.termWorks[term] as number);
        for (const document of list) tell(term - facetTerms, document);
      }
    },
    mostFacets: longestForward(segment),
  };
}
