/**
 * What keeps an account safe beside its keys: a list of what happened to it lately, the devices it was signed in on, tries at
 * passwords that outlive a restart, since when a session has shown its second factor; and when which letters were sent, so that
 * none is sent too often. No address of a network is among it.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const safety: Migration = {
  name: '0022-safety',
  owns: { accounts: ['account_happenings', 'known_devices', 'sign_in_tries', 'told_letters', 'address_letters'] },
  statements: (c) => [
    `create table account_happenings (
      id ${c.id},
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      kind ${c.key} not null,
      device ${c.text} not null,
      at ${c.time} not null
    ) ${c.end}`,
    `create index account_happenings_account on account_happenings (account_id, id)`,
    `create index account_happenings_at on account_happenings (at)`,
    // A hash of the browser's mark together with the account: two accounts of one browser have nothing in common here.
    `create table known_devices (
      mark_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      seen_at ${c.time} not null
    ) ${c.end}`,
    `create index known_devices_account on known_devices (account_id)`,
    `create index known_devices_seen on known_devices (seen_at)`,
    // The key of what is tried, hashed with the archive's own secret: people type passwords into the field of the name.
    `create table sign_in_tries (
      tried_hash ${c.key} primary key not null,
      count ${c.integer} not null,
      last_at ${c.time} not null,
      until_at ${c.time} not null
    ) ${c.end}`,
    `create index sign_in_tries_last on sign_in_tries (last_at)`,
    `create table told_letters (
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      about ${c.key} not null,
      told_at ${c.time} not null,
      primary key (account_id, about)
    ) ${c.end}`,
    // Letters that ask to confirm an address. They count for the address also when the account that asked is gone.
    `create table address_letters (
      id ${c.id},
      address_hash ${c.key} not null,
      account_id ${c.ref} references accounts (id) on delete set null,
      sent_at ${c.time} not null
    ) ${c.end}`,
    `create index address_letters_address on address_letters (address_hash)`,
    `create index address_letters_account on address_letters (account_id)`,
    `create index address_letters_sent on address_letters (sent_at)`,
    // Since when a session's second factor is known: a code at the sign-in, or a passkey.
    `alter table sessions add column factor_at ${c.time}`,
    // Whether whoever is asked has been told by mail.
    `alter table gifts add column told ${c.flag} not null default 0 check (told in (0, 1))`,
    `alter table related_works add column told ${c.flag} not null default 0 check (told in (0, 1))`,
    `create index gifts_untold on gifts (work_id) where told = 0 and state = 'waiting'`,
    `create index related_works_untold on related_works (work_id) where told = 0 and state = 'waiting'`,
  ],
};
