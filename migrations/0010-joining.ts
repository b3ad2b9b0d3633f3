/**
 * Joining and signing in: the name and password of an account, codes that get a person back in, invitations, and what
 * tells the devices of one account apart. Secrets stand here as hashes only.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const joining: Migration = {
  name: '0010-joining',
  owns: { accounts: ['credentials', 'recovery_codes', 'invitations'] },
  statements: (c) => [
    // The owner of a fresh archive has no row here until they choose a name and a password.
    `create table credentials (
      account_id ${c.ref} primary key not null references accounts (id) on delete cascade,
      name ${c.text} not null,
      name_key ${c.key} not null unique,
      password_hash ${c.text} not null,
      changed_at ${c.time} not null
    ) ${c.end}`,
    // A code that is used up is gone.
    `create table recovery_codes (
      code_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      created_at ${c.time} not null
    ) ${c.end}`,
    `create index recovery_codes_account on recovery_codes (account_id)`,
    // Who used one is not kept.
    `create table invitations (
      id ${c.id},
      public_id ${c.key} not null unique,
      code_hash ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      created_at ${c.time} not null,
      ends_at ${c.time} not null,
      used_at ${c.time},
      withdrawn_at ${c.time}
    ) ${c.end}`,
    `create index invitations_account on invitations (account_id)`,
    // A session is named to its own account, and what is kept of its token is told to nobody. Those that run go on: a
    // piece of a hash of 32 random bytes says nothing of them.
    `alter table sessions add column public_id ${c.key} not null default ''`,
    `alter table sessions add column device ${c.text} not null default ''`,
    `update sessions set public_id = substr(token_hash, 1, 10)`,
    `create unique index sessions_public_id on sessions (public_id)`,
  ],
};
