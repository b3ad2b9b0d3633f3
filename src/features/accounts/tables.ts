import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';

export interface AccountsTable {
  id: Generated<number>;
  state: 'active' | 'suspended' | 'banned';
  /** When a suspension ends by itself; null for one without an end, and for who is not suspended. */
  suspended_until: Generated<Time | null>;
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

/** What a pseud says of itself. */
export interface PseudProfilesTable {
  pseud_id: number;
  format: 'html' | 'markdown' | 'text';
  source: string;
  html: string;
  rules: number;
  /** JSON: a list of `ProfileLink`. */
  links: string;
}

export interface PseudIconsTable {
  pseud_id: number;
  public_id: string;
  blob: string;
  alt: string;
}

export interface SessionsTable {
  token_hash: string;
  account_id: number;
  adult: Flag;
  created_at: Time;
  seen_at: Time;
  ends_at: Time;
  /** What the account itself calls the session by; the hash is told to nobody. */
  public_id: string;
  /** "Firefox on Linux"; '' where the browser did not say. */
  device: string;
}

/** What an account signs in with. */
export interface CredentialsTable {
  account_id: number;
  /** Never shown to anybody else. */
  name: string;
  name_key: string;
  /** With the parameters it was made with. */
  password_hash: string;
  changed_at: Time;
}

export interface RecoveryCodesTable {
  code_hash: string;
  account_id: number;
  created_at: Time;
}

export interface InvitationsTable {
  id: Generated<number>;
  public_id: string;
  code_hash: string;
  /** Who made it; who used it is not kept. */
  account_id: number;
  created_at: Time;
  ends_at: Time;
  used_at: Time | null;
  withdrawn_at: Time | null;
}

/** For what a pseud lets others ask it; without a row, for nothing. */
export interface PseudOpennessTable {
  pseud_id: number;
  co_creation: Flag;
  gifts: Flag;
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
    pseud_profiles: PseudProfilesTable;
    pseud_icons: PseudIconsTable;
    sessions: SessionsTable;
    owner_links: OwnerLinksTable;
    pseud_openness: PseudOpennessTable;
    credentials: CredentialsTable;
    recovery_codes: RecoveryCodesTable;
    invitations: InvitationsTable;
  }
}
