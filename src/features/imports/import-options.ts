/** What a person can say for the files that do not say it themselves, and what happens with what is read. Pure. */

export interface ImportOptions {
  /** Post what has all it needs; without it everything becomes a draft. */
  post: boolean;
  /** Post what others wrote for everybody instead of for registered readers only. */
  public: boolean;
  /** What the files hold was written by the importer: the byline is their own pseud. */
  mine: boolean;
  /** Do all but write. */
  dryRun: boolean;
  /** Files of one folder whose names differ by a number alone are chapters of one work. */
  join: boolean;
  /** The files are the sample library. */
  sample: boolean;
  fandoms: readonly string[];
  rating: string | null;
  warnings: readonly string[];
  categories: readonly string[];
  freeforms: readonly string[];
  language: string | null;
  creators: readonly string[];
}

export const NO_OPTIONS: ImportOptions = {
  post: false,
  public: false,
  mine: false,
  dryRun: false,
  join: false,
  sample: false,
  fandoms: [],
  rating: null,
  warnings: [],
  categories: [],
  freeforms: [],
  language: null,
  creators: [],
};

/** What became of a file. `update`: its source is here already and has changed; nothing was written. */
export type Outcome = 'posted' | 'draft' | 'unchanged' | 'update' | 'refused';

/** How much there is to import: files, and their weight, which is about proportional to the time they take. */
export interface Total {
  files: number;
  weight: number;
}

/** How the reason begins of a file that is not the first of its work; the first says what became of both. */
export const PART_OF = 'It belongs to the work that begins with';

/** What the report says of one file. */
export interface FileReport {
  file: string;
  outcome: Outcome;
  /** Public id of the work, null when there is none. */
  work: string | null;
  /** One sentence: why it was refused, or is a draft, or unchanged. */
  reason: string | null;
  format: string | null;
  /** What was mended while reading, a sentence each. */
  repairs: string[];
  /** What has no place in the archive, by name. */
  unmapped: string[];
  /** Questions that its rescue leaves for a person. */
  guesses: number;
}
