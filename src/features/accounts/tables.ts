import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';

export interface AccountsTable {
  id: Generated<number>;
  state: 'active' | 'suspended' | 'banned';
  created_at: Time;
}

export interface AccountRolesTable {
  account_id: number;
  role: string;
}

export interface PseudsTable {
  id: Generated<number>;
  public_id: string;
  account_id: number;
  name: string;
  name_key: string;
  is_default: Flag;
  created_at: Time;
}

export interface SessionsTable {
  token_hash: string;
  account_id: number;
  adult: Flag;
  created_at: Time;
  seen_at: Time;
  ends_at: Time;
}

export interface OwnerLinksTable {
  token_hash: string;
  account_id: number;
  ends_at: Time;
  used_at: Time | null;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    accounts: AccountsTable;
    account_roles: AccountRolesTable;
    pseuds: PseudsTable;
    sessions: SessionsTable;
    owner_links: OwnerLinksTable;
  }
}
