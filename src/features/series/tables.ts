import type { Generated } from 'kysely';
import type { Time } from '../../platform/db/tables.ts';

export interface SeriesTable {
  id: Generated<number>;
  public_id: string;
  title: string;
  source_url: string | null;
  source_key: string | null;
  created_at: Time;
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
