/**
 * A segment: works and the tags they stand under, written once and never changed, in one shared buffer of typed arrays.
 * The buffer describes itself: a head with its figures, a table of sections, the sections.
 *
 * Documents are numbered by (largest fandom, date), so that the works of a fandom lie side by side. Terms have numbers of
 * their own here: the kinds that can be counted first, then the others, each the most frequent first.
 */
import { NUMBERS, ORDERS } from '../browse-query.ts';
import { wordsFor } from './bits.ts';
import type { ByteStrings } from './byte-strings.ts';
import { readGaps } from './gap-lists.ts';

/** Self-describing: the bytes of `buffer` written to a file and read back into a SharedArrayBuffer are the segment again. */
export interface Segment {
  buffer: SharedArrayBuffer;
  version: number;
}

const MAGIC = 0x464f_4c44;
/** Raised whenever the sections or their meaning change. */
const FORMAT = 1;

/** Figures in the head, as Float64 behind magic and format. */
const FIGURES = [
  'version',
  'works',
  'terms',
  'facetTerms',
  'denseFacets',
  'denseOthers',
  'commonTerms',
  'tagCount',
  'sections',
] as const;
export type SegmentFigures = Record<Exclude<(typeof FIGURES)[number], 'sections'>, number>;

/** The order by id, ascending, beside those of ORDERS. */
export const SEGMENT_ORDERS = [...ORDERS, 'id'] as const;
export type SegmentOrder = (typeof SEGMENT_ORDERS)[number];

/** Every section with the type of its numbers, in the order in which they lie in the buffer. */
const SECTIONS = {
  id: Uint32Array,
  words: Uint32Array,
  chapters: Uint32Array,
  kudos: Uint32Array,
  comments: Uint32Array,
  bookmarks: Uint32Array,
  hits: Uint32Array,
  posted: Float64Array,
  updated: Float64Array,
  fandoms: Uint16Array,
  relationships: Uint16Array,
  characters: Uint16Array,
  tags: Uint16Array,
  /** Number of the first creator's term * 2, + 1 where there are several; NO_CREATOR. */
  creators: Uint32Array,
  /** Numbers in the sorted table of creators' names; '' stands behind all others. */
  creatorNames: Uint32Array,
  nameStarts: Uint32Array,
  nameBytes: Uint8Array,
  titleStarts: Uint32Array,
  titleBytes: Uint8Array,
  /** Bits of the documents of each audience when the segment was written. */
  guest: Uint32Array,
  account: Uint32Array,
  /** The facet terms of each document, one run of entries a document (forward-runs.ts). */
  forwardStarts: Uint32Array,
  forward: Uint16Array,
  /** By term: its key (term-key.ts), and how many documents it has. `termOrder`: terms sorted by key. */
  termKeys: Float64Array,
  termWorks: Uint32Array,
  termOrder: Uint32Array,
  /** By facet term: kind, whether its tag is canonical, works of each audience. */
  termKinds: Uint8Array,
  termCanonical: Uint8Array,
  guestWorks: Uint32Array,
  accountWorks: Uint32Array,
  /** Postings: bits for terms above 1 / DENSE_SHARE of the works; for the others gaps in a list (gap-lists.ts). */
  dense: Uint32Array,
  postingStarts: Uint32Array,
  postings: Uint16Array,
  /**
   * Tags by kind, those of the most used concepts first. `tagConcepts`: number of the concept's term, or NO_TERM.
   * `tagsByKey`: their places by kind, key and id.
   */
  tagIds: Float64Array,
  tagKinds: Uint8Array,
  tagCanonical: Uint8Array,
  tagSynonymOf: Float64Array,
  tagConcepts: Uint32Array,
  tagsById: Uint32Array,
  tagsByKey: Uint32Array,
  tagStarts: Uint32Array,
  tagBytes: Uint8Array,
  /** Documents in each order: largest, newest or A first; ties newest id first. */
  byUpdated: Uint32Array,
  byPosted: Uint32Array,
  byWords: Uint32Array,
  byKudos: Uint32Array,
  byComments: Uint32Array,
  byBookmarks: Uint32Array,
  byHits: Uint32Array,
  byTitle: Uint32Array,
  byCreator: Uint32Array,
  /** Documents by id, smallest first: how a work is found. */
  byId: Uint32Array,
} as const;
type SectionName = keyof typeof SECTIONS;
type NumbersIn = new (buffer: SharedArrayBuffer, offset: number, length: number) => Sections[SectionName];
export type Sections = { [name in SectionName]: InstanceType<(typeof SECTIONS)[name]> };

export const NO_CREATOR = 0xffff_ffff;
export const NO_TERM = 0xffff_ffff;
/** A term on more than one in so many works has bits instead of a list. */
export const DENSE_SHARE = 32;

export type NumberColumn = (typeof NUMBERS)[number];

/** A segment as typed arrays over its buffer. */
export interface OpenSegment extends Sections, SegmentFigures {
  buffer: SharedArrayBuffer;
  /** Words of a set of its documents. */
  width: number;
  titles: ByteStrings;
  names: ByteStrings;
  tagNames: ByteStrings;
}

const NAMES = Object.keys(SECTIONS) as SectionName[];
const HEAD_BYTES = 8 + FIGURES.length * 8 + NAMES.length * 8;

/** @returns an empty segment of that shape: `lengths` says how many numbers each section has. */
export function makeSegment(figures: SegmentFigures, lengths: Record<SectionName, number>): OpenSegment {
  let size = HEAD_BYTES;
  const sizes = NAMES.map((name) => {
    size = Math.ceil(size / 8) * 8 + lengths[name] * SECTIONS[name].BYTES_PER_ELEMENT;
    return lengths[name];
  });
  const buffer = new SharedArrayBuffer(size);
  new Uint32Array(buffer, 0, 2).set([MAGIC, FORMAT]);
  const head = new Float64Array(buffer, 8, FIGURES.length + NAMES.length);
  head.set([...FIGURES.map((name) => (name === 'sections' ? NAMES.length : figures[name])), ...sizes]);
  return openSegment(buffer);
}

/**
 * @returns the segment in the buffer.
 * @throws RangeError where the buffer does not hold a segment of this format. What its bytes say is not checked: a file
 * carries a checksum of its own.
 */
export function openSegment(buffer: SharedArrayBuffer): OpenSegment {
  const [magic, format] = buffer.byteLength < HEAD_BYTES ? [0, 0] : new Uint32Array(buffer, 0, 2);
  if (magic !== MAGIC || format !== FORMAT) throw new RangeError('This is not a segment of the present format.');
  const head = new Float64Array(buffer, 8, FIGURES.length + NAMES.length);
  const figures = Object.fromEntries(FIGURES.map((name, place) => [name, head[place]])) as SegmentFigures;
  let offset = HEAD_BYTES;
  const sections: Partial<Record<SectionName, Sections[SectionName]>> = {};
  for (const [place, name] of NAMES.entries()) {
    const length = head[FIGURES.length + place] as number;
    offset = Math.ceil(offset / 8) * 8;
    const Numbers: NumbersIn = SECTIONS[name];
    sections[name] = new Numbers(buffer, offset, length);
    offset += length * SECTIONS[name].BYTES_PER_ELEMENT;
  }
  const all = sections as Sections;
  return {
    ...figures,
    ...all,
    buffer,
    width: wordsFor(figures.works),
    titles: { bytes: all.titleBytes, starts: all.titleStarts },
    names: { bytes: all.nameBytes, starts: all.nameStarts },
    tagNames: { bytes: all.tagBytes, starts: all.tagStarts },
  };
}

/** Name of the section that holds an order. */
export const ORDER_SECTIONS = {
  updated: 'byUpdated',
  posted: 'byPosted',
  words: 'byWords',
  kudos: 'byKudos',
  comments: 'byComments',
  bookmarks: 'byBookmarks',
  hits: 'byHits',
  title: 'byTitle',
  creator: 'byCreator',
  id: 'byId',
} as const satisfies Record<SegmentOrder, SectionName>;

/** @returns the place of a key among the terms, or NO_TERM. */
export function findTerm({ termKeys, termOrder, terms }: OpenSegment, key: number): number {
  let low = 0;
  let high = terms - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const term = termOrder[middle] as number;
    const there = termKeys[term] as number;
    if (there === key) return term;
    if (there < key) low = middle + 1;
    else high = middle - 1;
  }
  return NO_TERM;
}

/** @returns the place of a dense term's bits among all of them, or -1 for a term with a list. */
export function denseNumber({ denseFacets, denseOthers, facetTerms }: OpenSegment, term: number): number {
  if (term < facetTerms) return term < denseFacets ? term : -1;
  return term - facetTerms < denseOthers ? denseFacets + term - facetTerms : -1;
}

/** Documents of a term: bits for a dense one, which are the segment's own and never to be written, else an ascending list. */
export function postingsOf(segment: OpenSegment, term: number): { bits: Uint32Array } | { list: Uint32Array } {
  const dense = denseNumber(segment, term);
  if (dense >= 0) return { bits: segment.dense.subarray(dense * segment.width, (dense + 1) * segment.width) };
  const start = segment.postingStarts[term] as number;
  return { list: readGaps(segment.postings, start, segment.termWorks[term] as number) };
}

/** @returns the document of a work, or -1. */
export function findWork({ byId, id }: OpenSegment, work: number): number {
  let low = 0;
  let high = byId.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const document = byId[middle] as number;
    const there = id[document] as number;
    if (there === work) return document;
    if (there < work) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
