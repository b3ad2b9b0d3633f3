import type { Generated } from 'kysely';
import type { Time } from '../../platform/db/tables.ts';

export interface WorkSkinsTable {
  id: Generated<number>;
  public_id: string;
  account_id: number;
  title: string;
  source: string;
  /** Printed by the checker; '' where nothing of the source may stay. */
  css: string;
  css_hash: string;
  /** The version of the rules that `css` was printed by. */
  rules: number;
  /** The sheet that its owner looked at last without saving it. */
  tried: Generated<string>;
  version: Generated<number>;
  created_at: Time;
  updated_at: Time;
}

export interface WorkSkinChoicesTable {
  work_id: number;
  skin_id: number;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    work_skins: WorkSkinsTable;
    work_skin_choices: WorkSkinChoicesTable;
  }
}
