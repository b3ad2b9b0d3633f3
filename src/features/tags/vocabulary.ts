/** The archive's own words: ratings, warnings, categories, statuses. Rows that a host can change; here is their shape. Pure. */

export interface Term {
  /** Never changes: `teen`, `none`, `in-progress`. */
  code: string;
  /** What a page shows: "Creator Chose Not To Use Archive Warnings". */
  label: string;
  /** A letter or a mark for narrow places. */
  short: string;
  /** Works with it stand behind the adult gate. */
  adult: boolean;
  /** The tag that stands for it on works; null for words that are no tags. */
  tag: { id: number; name: string } | null;
  /** Keys of the names that other archives have for it: `pg-13` for Teen. */
  alsoKnown?: readonly string[];
}

export interface Language {
  /** BCP 47. */
  code: string;
  /** Its own name. */
  name: string;
  english: string;
  direction: 'ltr' | 'rtl';
}

export interface Vocabulary {
  ratings: Term[];
  warnings: Term[];
  categories: Term[];
  statuses: Term[];
}
