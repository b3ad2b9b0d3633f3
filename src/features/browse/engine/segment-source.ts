/** What a segment is written from: documents and tags gathered by a builder, or those that live in other segments. */
import { NUMBERS } from '../browse-query.ts';
import type { IndexTag } from './index-document.ts';
import type { ByteStrings } from './byte-strings.ts';

/** Columns that a segment takes over as they are. */
export const COPIED_COLUMNS = ['id', ...NUMBERS] as const;
export type CopiedColumn = (typeof COPIED_COLUMNS)[number];

/** Some documents. Terms have numbers of the source's own: facet terms and others, each from 0. */
export interface DocumentSource {
  /** Documents to take, by the source's own numbers. */
  documents: Uint32Array;
  columns: Record<CopiedColumn, ArrayLike<number>>;
  /** Counters that changed since; the columns hold the old values. */
  counters: ReadonlyMap<number, readonly [kudos: number, comments: number, bookmarks: number, hits: number]>;
  audiencesOf(document: number): number;
  /** Number of the first creator among the other terms * 2, + 1 where there are several; NO_CREATOR. */
  creatorOf(document: number): number;
  /** Number of the first creator's name in `names`. */
  nameOf(document: number): number;
  names: ByteStrings;
  titles: ByteStrings;
  facetKeys: ArrayLike<number>;
  otherKeys: ArrayLike<number>;
  /** Whether two terms can have the same key, after a change of a concept. */
  repeats: boolean;
  /** Writes the facet terms of a document into `into` and returns how many. */
  facetsOf(document: number, into: Uint32Array): number;
  /** Tells of every pair of an other term and a document, of any documents; grouped by term or not. */
  eachOther(tell: (term: number, document: number) => void): void;
  /** The longest that `facetsOf` writes. */
  mostFacets: number;
}

export interface SegmentSource {
  version: number;
  sources: readonly DocumentSource[];
  /** Each id once. */
  tags: readonly IndexTag[];
}
