/**
 * What people do together: invitations to co-create and what became of them, deletions that all creators have to agree to,
 * gifts, and works that go back to other works. Whom a pseud lets ask is kept by pseud, never by account: pseuds of one
 * account that open and shut together would be known to belong together.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const together: Migration = {
  name: '0015-together',
  owns: {
    accounts: ['pseud_openness'],
    works: ['creator_refusals', 'deletion_agreements'],
    gifts: ['gifts'],
    'related-works': ['related_works'],
  },
  statements: (c) => [
    // A pseud without a row is open for nothing.
    `create table pseud_openness (
      pseud_id ${c.ref} primary key not null references pseuds (id) on delete cascade,
      co_creation ${c.flag} not null check (co_creation in (0, 1)),
      gifts ${c.flag} not null check (gifts in (0, 1))
    ) ${c.end}`,
    // Of who is invited and has not answered: what the invitation is called by, who made it, and when.
    `alter table work_creators add column invitation ${c.key}`,
    `alter table work_creators add column invited_by ${c.ref} references pseuds (id) on delete set null`,
    `alter table work_creators add column invited_at ${c.time}`,
    `create unique index work_creators_invitation on work_creators (invitation)`,
    `create index work_creators_invited_by on work_creators (invited_by) where invited_by is not null`,
    // Who has refused is not asked again for the same work.
    `create table creator_refusals (
      work_id ${c.ref} not null references works (id) on delete cascade,
      pseud_id ${c.ref} not null references pseuds (id) on delete cascade,
      at ${c.time} not null,
      primary key (work_id, pseud_id)
    ) ${c.end}`,
    `create index creator_refusals_pseud on creator_refusals (pseud_id)`,
    `create table deletion_agreements (
      work_id ${c.ref} not null references works (id) on delete cascade,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      at ${c.time} not null,
      primary key (work_id, account_id)
    ) ${c.end}`,
    `create index deletion_agreements_account on deletion_agreements (account_id)`,
    // To a pseud, or to a name of somebody elsewhere: a name is shown at once, a pseud when its person has accepted.
    `create table gifts (
      id ${c.id},
      public_id ${c.key} not null unique,
      work_id ${c.ref} not null references works (id) on delete cascade,
      pseud_id ${c.ref} references pseuds (id) on delete cascade,
      name ${c.text} not null,
      name_key ${c.key},
      state ${c.key} not null check (state in ('waiting', 'accepted', 'refused')),
      given_at ${c.time} not null,
      unique (work_id, pseud_id),
      unique (work_id, name_key),
      check ((pseud_id is null) <> (name_key is null))
    ) ${c.end}`,
    `create index gifts_pseud on gifts (pseud_id, state)`,
    // parent_id: a work of this archive; without one, what is said of a work elsewhere. Nothing is ever fetched from there.
    `create table related_works (
      id ${c.id},
      public_id ${c.key} not null unique,
      work_id ${c.ref} not null references works (id) on delete cascade,
      kind ${c.key} not null check (kind in ('inspired-by', 'translation-of')),
      parent_id ${c.ref} references works (id) on delete cascade,
      url ${c.text},
      title ${c.text} not null,
      creator ${c.text} not null,
      language ${c.key} references languages (code),
      state ${c.key} not null check (state in ('waiting', 'approved', 'refused')),
      asked_at ${c.time} not null,
      unique (work_id, parent_id),
      check ((parent_id is null) <> (url is null))
    ) ${c.end}`,
    `create index related_works_parent on related_works (parent_id, state)`,
  ],
};
