import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';
import type { Outcome } from './import-options.ts';
import type { ImportOrigin, ImportState } from './import-run.ts';

export interface ImportsTable {
  id: Generated<number>;
  public_id: string;
  account_id: number;
  origin: ImportOrigin;
  /** JSON: the paths that were named, or the names of what was handed over. */
  named: string;
  /** JSON: ImportOptions. */
  options: string;
  state: ImportState;
  files: Generated<number>;
  weight: Generated<number>;
  weight_done: Generated<number>;
  began_at: Time;
  seen_at: Time;
  ended_at: Time | null;
}

export interface ImportFilesTable {
  import_id: number;
  path_key: string;
  path: string;
  stamp: string;
  outcome: Outcome | 'undone';
  work_id: number | null;
  reason: string | null;
  format: string | null;
  /** JSON: sentences. */
  repairs: string;
  unmapped: string;
  at: Time;
}

export interface ImportSourcesTable {
  work_id: number;
  address_key: string | null;
  text_hash: string;
  content_hash: string;
  near_hash: string | null;
  opening_hash: string | null;
  format: string;
  stated_words: number | null;
  guesses: Generated<number>;
  title_derived: Generated<Flag>;
  language_guessed: Generated<Flag>;
  reviewed_at: Time | null;
  imported_at: Time;
}

export interface ImportOriginalsTable {
  work_id: number;
  position: number;
  blob: string;
  file_name: string;
  bytes: number;
}

export interface ImportChaptersTable {
  chapter_id: number;
  work_id: number;
  part: number;
  revision: number;
}

export interface ImportRescuesTable {
  work_id: number;
  position: number;
  /** JSON: Rescue. */
  rescue: string;
  version: Generated<number>;
}

export interface ImportUpdatesTable {
  id: Generated<number>;
  work_id: number;
  number: number;
  import_id: number | null;
  state: 'open' | 'applied' | 'dismissed';
  content_hash: string;
  /** JSON: the new originals, as `Original`. */
  blobs: string;
  format: string;
  found_at: Time;
  settled_at: Time | null;
}

export interface ImportRemovalsTable {
  id: Generated<number>;
  address_hash: string | null;
  text_hash: string;
  near_hash: string | null;
  opening_hash: string | null;
  note: string;
  removed_at: Time;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    imports: ImportsTable;
    import_files: ImportFilesTable;
    import_sources: ImportSourcesTable;
    import_originals: ImportOriginalsTable;
    import_chapters: ImportChaptersTable;
    import_rescues: ImportRescuesTable;
    import_updates: ImportUpdatesTable;
    import_removals: ImportRemovalsTable;
  }
}
