/**
 * What the engine is told of works and tags: documents, and batches of changes that carry the place in the event log up to
 * which they are true. Plain values that can be posted to a thread. Pure.
 */
import type { Audience } from '../../works/index.ts';
import type { ConceptKind, Counter, Term } from '../browse-query.ts';

/** Audiences as bits of a document's `audiences`, from the lowest. */
export const AUDIENCE_BITS: Readonly<Record<Audience, number>> = { guest: 1, account: 2 };

/** A work as the index knows it. One that stands in no audience's lists has no document. */
export interface IndexDocument {
  /** The work's id: below 2^32. */
  id: number;
  /** Whose lists it stands in: a sum of AUDIENCE_BITS, never 0. */
  audiences: number;
  /** Each once. Concepts are closed over metatags. The creators (`pseud`, `imported`) in the order of the byline, none for an anonymous work. */
  terms: readonly Term[];
  /** UTC milliseconds. */
  postedAt: number;
  updatedAt: number;
  words: number;
  /** Posted chapters. */
  chapters: number;
  kudos: number;
  comments: number;
  bookmarks: number;
  hits: number;
  /** Tags of each kind that stand on the work itself. */
  counts: { fandoms: number; relationships: number; characters: number; tags: number };
  /** `titleKey` of the title. */
  titleKey: string;
  /** `nameKey` of the first name of the public byline; '' for none, which stands behind all others. */
  creatorKey: string;
}

/** A tag as type-ahead and facets know it. */
export interface IndexTag {
  id: number;
  kind: ConceptKind;
  /** `nameKey` of its name. */
  key: string;
  canonical: boolean;
  synonymOf: number | null;
}

/** Changes, applied in the order of the fields. Applying a batch twice does no harm. */
export interface IndexBatch {
  /** The event up to which the index is true once this is applied. */
  version: number;
  /** Every document of the term `from` has the term `to` instead, as `main` too. Used where nothing else of them changes. */
  renames: readonly { kind: ConceptKind; from: number; to: number }[];
  /** Works that stand in no lists any more; unknown ones are passed over. */
  removals: readonly number[];
  /** New documents, or whole ones in place of those that are there. */
  documents: readonly IndexDocument[];
  /** New values of counters; unknown works are passed over. */
  counters: readonly ({ id: number } & Readonly<Record<Counter, number>>)[];
  /** Tags that are new or have changed. */
  tags: readonly IndexTag[];
  removedTags: readonly number[];
}
