import type { Generated } from 'kysely';
import type { Time } from '../../platform/db/tables.ts';

/** The authenticator of an account. Without `confirmed_at` its key was shown, and it is not asked for. */
export interface AuthenticatorsTable {
  account_id: number;
  /** Sealed by the key in the data folder. */
  sealed_key: string;
  key_hash: string;
  created_at: Time;
  confirmed_at: Time | null;
  /** Of the session that its key was shown in, until it is confirmed. */
  begun_in: string | null;
  /** The step of time whose code was used last: none up to it is taken again. */
  last_step: Generated<number>;
}

/** Sign-ins whose password was right, and whose code is waited for. They stand for nothing else. */
export interface HalfSessionsTable {
  token_hash: string;
  account_id: number;
  /** A hash of what the password was kept as. */
  proof: string;
  ends_at: Time;
}

/** What passkeys call an account. */
export interface PasskeyUsersTable {
  account_id: number;
  handle: string;
}

export interface PasskeysTable {
  id: Generated<number>;
  public_id: string;
  account_id: number;
  credential_hash: string;
  credential_id: string;
  public_key: string;
  counter: number;
  /** JSON: a list of names. */
  transports: string;
  name: string;
  created_at: Time;
  /** The first moment of the day it was used last. */
  used_on: Time | null;
}

export interface PasskeyChallengesTable {
  challenge_hash: string;
  account_id: number | null;
  ends_at: Time;
}

export interface ApiTokensTable {
  id: Generated<number>;
  public_id: string;
  token_hash: string;
  account_id: number;
  name: string;
  /** Names with spaces between. */
  scopes: string;
  created_at: Time;
  ends_at: Time | null;
  /** The first moment of the day it was used last. */
  used_on: Time | null;
}

export interface ApiAnswersTable {
  token_id: number;
  key_hash: string;
  request_hash: string;
  /** JSON. */
  answer: string;
  created_at: Time;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    authenticators: AuthenticatorsTable;
    half_sessions: HalfSessionsTable;
    passkey_users: PasskeyUsersTable;
    passkeys: PasskeysTable;
    passkey_challenges: PasskeyChallengesTable;
    api_tokens: ApiTokensTable;
    api_answers: ApiAnswersTable;
  }
}
