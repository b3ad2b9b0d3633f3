import type { Flag } from '../../platform/db/tables.ts';
import type { TagKind } from '../tags/index.ts';

export interface TagCountsTable {
  tag_id: number;
  kind: TagKind;
  guest: number;
  account: number;
}

export interface CountedWorksTable {
  work_id: number;
  guest: Flag;
  account: Flag;
  /** JSON: ids of the concepts the work is counted under. */
  concepts: string;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    tag_counts: TagCountsTable;
    counted_works: CountedWorksTable;
  }
}
