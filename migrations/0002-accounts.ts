/** People: accounts, the pen names they go by, what they may do, where they are signed in. */
import type { Migration } from '../src/platform/db/migrate.ts';

export const accounts: Migration = {
  name: '0002-accounts',
  owns: { accounts: ['accounts', 'account_roles', 'pseuds', 'sessions', 'owner_links'] },
  statements: (c) => [
    `create table accounts (
      id ${c.id},
      state ${c.key} not null check (state in ('active', 'suspended', 'banned')),
      created_at ${c.time} not null
    ) ${c.end}`,
    `create table account_roles (
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      role ${c.key} not null,
      primary key (account_id, role)
    ) ${c.end}`,
    `create table pseuds (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      name ${c.text} not null,
      name_key ${c.key} not null,
      is_default ${c.flag} not null check (is_default in (0, 1)),
      created_at ${c.time} not null,
      unique (account_id, name_key)
    ) ${c.end}`,
    `create table sessions (
      token_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      adult ${c.flag} not null check (adult in (0, 1)),
      created_at ${c.time} not null,
      seen_at ${c.time} not null,
      ends_at ${c.time} not null
    ) ${c.end}`,
    `create index sessions_account on sessions (account_id)`,
    `create index sessions_ends on sessions (ends_at)`,
    `create table owner_links (
      token_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      ends_at ${c.time} not null,
      used_at ${c.time}
    ) ${c.end}`,
  ],
};
