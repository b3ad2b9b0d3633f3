/**
 * What creators decide about their works: who may comment, whether they are downloaded, whether AI is asked to keep off; and
 * for each cause that holds a work anonymous or unrevealed a row, so that one of them ends without the others. A series made
 * by hand has an account that made it and texts of its own. `ranked`: its works are counted for who looks; the numbers of
 * imported series are those of their source, with what did not come in left out.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const deciding: Migration = {
  name: '0019-deciding',
  owns: { works: ['work_concealments', 'new_work_defaults'] },
  statements: (c) => [
    `alter table works add column commenters ${c.key} not null default 'registered'
      check (commenters in ('all', 'registered', 'nobody'))`,
    `alter table works add column comments_moderated ${c.flag} not null default 0 check (comments_moderated in (0, 1))`,
    `alter table works add column downloads ${c.flag} not null default 1 check (downloads in (0, 1))`,
    `alter table works add column no_ai ${c.flag} not null default 1 check (no_ai in (0, 1))`,
    // cause: 'creator', or what another feature calls its own.
    `create table work_concealments (
      work_id ${c.ref} not null references works (id) on delete cascade,
      kind ${c.key} not null check (kind in ('anonymous', 'unrevealed')),
      cause ${c.key} not null,
      primary key (work_id, kind, cause)
    ) ${c.end}`,
    `insert into work_concealments (work_id, kind, cause)
      select id, 'anonymous', 'creator' from works where anonymous = 1`,
    `insert into work_concealments (work_id, kind, cause)
      select id, 'unrevealed', 'creator' from works where unrevealed = 1`,
    `create table new_work_defaults (
      account_id ${c.ref} not null primary key references accounts (id) on delete cascade,
      restricted ${c.flag} not null,
      noindex ${c.flag} not null,
      commenters ${c.key} not null check (commenters in ('all', 'registered', 'nobody')),
      comments_moderated ${c.flag} not null,
      downloads ${c.flag} not null,
      no_ai ${c.flag} not null
    ) ${c.end}`,
    `alter table series add column made_by ${c.ref} references accounts (id) on delete set null`,
    `alter table series add column summary_source ${c.text} not null default ''`,
    `alter table series add column summary_html ${c.text} not null default ''`,
    `alter table series add column notes_source ${c.text} not null default ''`,
    `alter table series add column notes_html ${c.text} not null default ''`,
    `alter table series add column rules ${c.integer} not null default 0`,
    `alter table series add column complete ${c.flag} not null default 0 check (complete in (0, 1))`,
    `alter table series add column ranked ${c.flag} not null default 0 check (ranked in (0, 1))`,
    `alter table series add column version ${c.integer} not null default 1`,
    `alter table series add column deleted_at ${c.time}`,
    `create index series_made_by on series (made_by)`,
    `create index series_deleted on series (deleted_at) where deleted_at is not null`,
  ],
};
