import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';
import type { RelationKind, RelationState } from './relation.ts';

export interface RelatedWorksTable {
  id: Generated<number>;
  public_id: string;
  /** The work that goes back to another. */
  work_id: number;
  kind: RelationKind;
  /** A work of this archive; null for one elsewhere, of which the other columns say what its namer said. */
  parent_id: number | null;
  url: string | null;
  title: string;
  creator: string;
  language: string | null;
  state: RelationState;
  asked_at: Time;
  /** 1 once those who are asked were told by mail. */
  told: Generated<Flag>;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    related_works: RelatedWorksTable;
  }
}
