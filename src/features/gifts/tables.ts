import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';
import type { GiftState } from './gift.ts';

export interface GiftsTable {
  id: Generated<number>;
  public_id: string;
  work_id: number;
  /** Null for somebody elsewhere. */
  pseud_id: number | null;
  /** What was typed for somebody elsewhere; '' for a pseud, which is named by its own row. */
  name: string;
  name_key: string | null;
  state: GiftState;
  given_at: Time;
  /** 1 once whoever is asked was told by mail. */
  told: Generated<Flag>;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    gifts: GiftsTable;
  }
}
