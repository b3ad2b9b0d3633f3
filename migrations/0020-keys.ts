/**
 * Keys beside the password: passkeys, authenticator codes with the half of a sign-in that waits for one, and tokens by which
 * programs work as a person. What is secret stands here as a hash only, but for the key of an authenticator, which the archive
 * must be able to read: it is sealed with a key that lies in the data folder.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const keys: Migration = {
  name: '0020-keys',
  owns: {
    accounts: [
      'authenticators',
      'half_sessions',
      'passkey_users',
      'passkeys',
      'passkey_challenges',
      'api_tokens',
      'api_answers',
    ],
  },
  statements: (c) => [
    // `confirmed_at` null: its key was shown, and no code of it was typed yet. `last_step`: codes up to there are used.
    `create table authenticators (
      account_id ${c.ref} primary key not null references accounts (id) on delete cascade,
      sealed_key ${c.text} not null,
      key_hash ${c.key} not null unique,
      created_at ${c.time} not null,
      confirmed_at ${c.time},
      last_step ${c.integer} not null default 0
    ) ${c.end}`,
    // `proof`: a hash of what the password was kept as; another one since, and the sign-in begins anew.
    `create table half_sessions (
      token_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      proof ${c.key} not null,
      ends_at ${c.time} not null
    ) ${c.end}`,
    `create index half_sessions_account on half_sessions (account_id)`,
    // What an account is called by its passkeys: random, and nothing else is.
    `create table passkey_users (
      account_id ${c.ref} primary key not null references accounts (id) on delete cascade,
      handle ${c.key} not null unique
    ) ${c.end}`,
    `create table passkeys (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      credential_hash ${c.key} not null unique,
      credential_id ${c.text} not null,
      public_key ${c.text} not null,
      counter ${c.integer} not null,
      transports ${c.text} not null,
      name ${c.text} not null,
      created_at ${c.time} not null,
      used_on ${c.time}
    ) ${c.end}`,
    `create index passkeys_account on passkeys (account_id)`,
    // `account_id`: whose passkey is to be added; null where somebody signs in.
    `create table passkey_challenges (
      challenge_hash ${c.key} primary key not null,
      account_id ${c.ref} references accounts (id) on delete cascade,
      ends_at ${c.time} not null
    ) ${c.end}`,
    `create index passkey_challenges_account on passkey_challenges (account_id)`,
    `create index passkey_challenges_ends on passkey_challenges (ends_at)`,
    `create table api_tokens (
      id ${c.id},
      public_id ${c.key} not null unique,
      token_hash ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      name ${c.text} not null,
      scopes ${c.text} not null,
      created_at ${c.time} not null,
      ends_at ${c.time},
      used_on ${c.time}
    ) ${c.end}`,
    `create index api_tokens_account on api_tokens (account_id)`,
    // What a request made, by the key that its program gave it: sent again, it makes nothing twice.
    `create table api_answers (
      token_id ${c.ref} not null references api_tokens (id) on delete cascade,
      key_hash ${c.key} not null,
      request_hash ${c.key} not null,
      answer ${c.text} not null,
      created_at ${c.time} not null,
      primary key (token_id, key_hash)
    ) ${c.end}`,
    `create index api_answers_created on api_answers (created_at)`,
  ],
};
