/**
 * What an account has chosen for itself, and the account that keeps orphaned works. One account is that of the orphans: it
 * has no name to sign in with, no role and no session, and its pseuds are the names that orphaned works go by.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const preferences: Migration = {
  name: '0018-preferences',
  owns: { accounts: ['account_preferences'] },
  statements: (c) => [
    // chosen: JSON; what is not in it stands as it does for everybody.
    `create table account_preferences (
      account_id ${c.ref} primary key not null references accounts (id) on delete cascade,
      chosen ${c.text} not null
    ) ${c.end}`,
    `alter table accounts add column orphans ${c.flag} not null default 0 check (orphans in (0, 1))`,
    `create unique index accounts_orphans on accounts (orphans) where orphans = 1`,
  ],
};
