/**
 * Mail: the addresses of accounts, links that set a new password, invitations that go out by mail, the queue for
 * invitations, and the hashes of secrets that are spent. What is secret in a link is made when the letter is sent, and
 * stands here as a hash only.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const mail: Migration = {
  name: '0016-mail',
  owns: {
    accounts: ['email_addresses', 'password_links', 'invitation_letters', 'invitation_requests', 'spent_secrets'],
  },
  statements: (c) => [
    // One that was replaced or removed stays with `left_at` until it has been told so.
    `create table email_addresses (
      id ${c.id},
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      address ${c.text} not null,
      address_key ${c.key} not null,
      link_hash ${c.key} unique,
      created_at ${c.time} not null,
      ends_at ${c.time} not null,
      confirmed_at ${c.time},
      left_at ${c.time}
    ) ${c.end}`,
    `create index email_addresses_account on email_addresses (account_id)`,
    `create index email_addresses_key on email_addresses (address_key)`,
    // An address is that of one account; that somebody else waits to confirm it too is told to nobody.
    `create unique index email_addresses_confirmed on email_addresses (address_key)
      where confirmed_at is not null and left_at is null`,
    `create unique index email_addresses_of on email_addresses (account_id)
      where confirmed_at is not null and left_at is null`,
    `create table password_links (
      link_hash ${c.key} primary key not null,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      created_at ${c.time} not null,
      ends_at ${c.time} not null
    ) ${c.end}`,
    `create index password_links_account on password_links (account_id)`,
    // Gone as soon as the letter is sent: where an invitation went is not kept.
    `create table invitation_letters (
      invitation_id ${c.ref} primary key not null references invitations (id) on delete cascade,
      address ${c.text} not null,
      created_at ${c.time} not null
    ) ${c.end}`,
    // Of one that was invited, only that one was invited is left, to count the day's.
    `create table invitation_requests (
      id ${c.id},
      address ${c.text},
      mailbox_key ${c.key} unique,
      link_hash ${c.key} unique,
      asked_at ${c.time} not null,
      told_at ${c.time},
      confirmed_at ${c.time},
      invited_at ${c.time}
    ) ${c.end}`,
    `create index invitation_requests_confirmed on invitation_requests (confirmed_at)`,
    // What was used or taken back must not be good again in a restored copy.
    `create table spent_secrets (
      hash ${c.key} primary key not null,
      spent_at ${c.time} not null
    ) ${c.end}`,
    `create index spent_secrets_spent on spent_secrets (spent_at)`,
  ],
};
