import type { Generated } from 'kysely';
import type { Time } from '../../platform/db/tables.ts';

/** What happened to an account lately, for its own eyes. */
export interface AccountHappeningsTable {
  id: Generated<number>;
  account_id: number;
  /** A `Happening`. */
  kind: string;
  /** "Firefox on Linux"; '' where it is not known, or says nothing. */
  device: string;
  at: Time;
}

/** Browsers that an account was signed in on. */
export interface KnownDevicesTable {
  /** Of the browser's mark together with the account. */
  mark_hash: string;
  account_id: number;
  seen_at: Time;
}

/** Tries at passwords and codes. */
export interface SignInTriesTable {
  /** Of what is tried at, with the archive's own secret. */
  tried_hash: string;
  count: number;
  last_at: Time;
  /** Until when no other try is made. */
  until_at: Time;
}

/** When an account was last told by mail of what others did. */
export interface ToldLettersTable {
  account_id: number;
  /** An `About`, or a `RareHappening`. */
  about: string;
  /** Of the one that waits, if any: when it is to go. */
  told_at: Time;
}

/** Letters that asked to confirm an address. */
export interface AddressLettersTable {
  id: Generated<number>;
  /** Of the address, with the archive's own secret. */
  address_mark: string;
  /** Null once the account is gone. */
  account_id: number | null;
  sent_at: Time;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    account_happenings: AccountHappeningsTable;
    known_devices: KnownDevicesTable;
    sign_in_tries: SignInTriesTable;
    told_letters: ToldLettersTable;
    address_letters: AddressLettersTable;
  }
}
