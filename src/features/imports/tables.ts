import type { Time } from '../../platform/db/tables.ts';

export interface ImportSourcesTable {
  work_id: number;
  address_key: string | null;
  text_hash: string;
  content_hash: string;
  blob: string;
  file_name: string;
  format: string;
  bytes: number;
  imported_at: Time;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    import_sources: ImportSourcesTable;
  }
}
