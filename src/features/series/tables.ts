import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';

export interface SeriesTable {
  id: Generated<number>;
  public_id: string;
  title: string;
  source_url: string | null;
  source_key: string | null;
  created_at: Time;
  /** The account that made it by hand; null for an imported one. */
  made_by: Generated<number | null>;
  summary_source: Generated<string>;
  summary_html: Generated<string>;
  notes_source: Generated<string>;
  notes_html: Generated<string>;
  /** The version of the rules its texts were cleaned by. */
  rules: Generated<number>;
  complete: Generated<Flag>;
  /** Its works are counted for who looks; else their positions are those of the source. */
  ranked: Generated<Flag>;
  version: Generated<number>;
  deleted_at: Generated<Time | null>;
}

export interface SeriesWorksTable {
  series_id: number;
  work_id: number;
  position: number;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    series: SeriesTable;
    series_works: SeriesWorksTable;
  }
}
