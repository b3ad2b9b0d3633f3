import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';

export interface AccountsTable {
  id: Generated<number>;
  state: 'active' | 'suspended' | 'banned';
  /** When a suspension ends by itself; null for one without an end, and for who is not suspended. */
  suspended_until: Generated<Time | null>;
  /** Of invitations that were used and have been removed since. */
  invitations_used: Generated<number>;
  /** 1 for the one account that keeps orphaned works; nobody signs in to it. */
  orphans: Generated<Flag>;
  created_at: Time;
}

export interface AccountRolesTable {
  account_id: number;
  role: string;
}

/** What an account has chosen for itself; without a row, nothing. */
export interface AccountPreferencesTable {
  account_id: number;
  /** JSON: an `AccountPreferences`, or parts of one. */
  chosen: string;
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
  /** Since when its second factor is known: a code at the sign-in, or a passkey; null where neither was. */
  factor_at: Time | null;
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

/** Where an account gets its mail. Shown to that account and to nobody else. */
export interface EmailAddressesTable {
  id: Generated<number>;
  account_id: number;
  address: string;
  address_key: string;
  /** Of the link that confirms it; null until the letter is made. Names the row in a list of what is spent, too. */
  link_hash: string | null;
  created_at: Time;
  /** Until when it can be confirmed. */
  ends_at: Time;
  confirmed_at: Time | null;
  /** Since when it is the account's no more; it has not been told so yet. */
  left_at: Time | null;
}

/** Links that set a new password. Those that have ended count towards how many an account is sent. */
export interface PasswordLinksTable {
  link_hash: string;
  account_id: number;
  created_at: Time;
  ends_at: Time;
}

/** Invitations that are to go out by mail. */
export interface InvitationLettersTable {
  invitation_id: number;
  address: string;
  created_at: Time;
}

/** The queue for invitations. */
export interface InvitationRequestsTable {
  id: Generated<number>;
  /** Null once it is invited, like its key. */
  address: string | null;
  mailbox_key: string | null;
  link_hash: string | null;
  asked_at: Time;
  /** When its letter was last sent. */
  told_at: Time | null;
  /** Since when it has a place. */
  confirmed_at: Time | null;
  invited_at: Time | null;
}

/** Hashes of codes and links that were used or taken back, of nobody that could be told from them. */
export interface SpentSecretsTable {
  hash: string;
  spent_at: Time;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    accounts: AccountsTable;
    account_roles: AccountRolesTable;
    account_preferences: AccountPreferencesTable;
    pseuds: PseudsTable;
    pseud_profiles: PseudProfilesTable;
    pseud_icons: PseudIconsTable;
    sessions: SessionsTable;
    owner_links: OwnerLinksTable;
    pseud_openness: PseudOpennessTable;
    credentials: CredentialsTable;
    recovery_codes: RecoveryCodesTable;
    invitations: InvitationsTable;
    email_addresses: EmailAddressesTable;
    password_links: PasswordLinksTable;
    invitation_letters: InvitationLettersTable;
    invitation_requests: InvitationRequestsTable;
    spent_secrets: SpentSecretsTable;
  }
}
