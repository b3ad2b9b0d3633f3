/**
 * Going for good. What ties an account to a work: a random mark, which is gone when somebody gives the work up for good. The mark alone says nothing.
 * A copy of the archive that was made before still has it beside account and work: so a restored copy can cut again
 * what was cut, and nothing that is kept tells who it was. And how what was reported went, whose case stays;
 * what a warning took away; and how many invitations were used that are there no more.
 */
import type { Columns } from '../src/platform/db/columns.ts';
import type { Migration } from '../src/platform/db/migrate.ts';

export const leaving: Migration = {
  name: '0021-leaving',
  owns: { works: ['byline_ties', 'cut_ties'] },
  statements: (c) => [
    // `left_at`: since when its person has left the byline; should they be asked back soon, the tie is made good again.
    // Named to come before `work_creators` and `works`: rows are loaded in the order of their tables, and then a tie is there.
    `create table byline_ties (
      work_id ${c.ref} not null references works (id) on delete cascade,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      mark ${c.key} not null unique,
      left_at ${c.time},
      primary key (work_id, account_id)
    ) ${c.end}`,
    `create index byline_ties_account on byline_ties (account_id)`,
    `create index byline_ties_left on byline_ties (left_at) where left_at is not null`,
    // `keeps_name`: the byline goes on saying the name, by the account of orphaned works. `others`: somebody else kept the work.
    // `again`: the tie that was cut has been made good since; it is no longer cut.
    `create table cut_ties (
      mark ${c.key} primary key not null,
      keeps_name ${c.flag} not null check (keeps_name in (0, 1)),
      others ${c.flag} not null check (others in (0, 1)),
      again ${c.flag} not null default 0 check (again in (0, 1)),
      at ${c.time} not null
    ) ${c.end}`,
    `create index cut_ties_at on cut_ties (at)`,
    `insert into byline_ties (work_id, account_id, mark)
      select work_id, account_id, ${randomMark(c)} from (
        select work_id, account_id from work_creators inner join pseuds on pseuds.id = work_creators.pseud_id
        union
        select works.id, account_id from works inner join pseuds on pseuds.id = works.archived_by
      ) as signed`,
    ...tiesMadeBy(c),
    // Null while what is reported is there.
    `alter table reports add column gone ${c.key}`,
    // Of invitations that were used and are removed, their number is left: a host allows each so many.
    `alter table accounts add column invitations_used ${c.integer} not null default 0`,
    // What was taken from the pseud by a warning: its profile or its icon.
    `alter table account_measures add column removed ${c.key} check (removed in ('profile', 'icon'))`,
    `create index reports_gone on reports (closed_at) where gone is not null`,
  ],
};

function randomMark(c: Columns): string {
  return c.kind === 'sqlite' ? 'lower(hex(randomblob(16)))' : `replace(gen_random_uuid()::text, '-', '')`;
}

/** Whoever comes into a byline, or brings a work in, is tied to it, whichever way that is written down. */
function tiesMadeBy(c: Columns): string[] {
  const tie = (work: string, pseud: string) =>
    `insert into byline_ties (work_id, account_id, mark)
      select ${work}, account_id, ${randomMark(c)} from pseuds where id = ${pseud}`;
  const made = [
    { name: 'signed', when: 'insert', table: 'work_creators', work: 'new.work_id', pseud: 'new.pseud_id' },
    { name: 'brought_in', when: 'insert', table: 'works', work: 'new.id', pseud: 'new.archived_by' },
    { name: 'taken_over', when: 'update of archived_by', table: 'works', work: 'new.id', pseud: 'new.archived_by' },
  ];
  return made.flatMap(({ name, when, table, work, pseud }) => {
    const on = `after ${when} on ${table} for each row when (${pseud} is not null)`;
    // In SQLite what stands in the trigger must not refuse: `where not exists`, since a conflict is the statement's to solve.
    if (c.kind === 'sqlite')
      return [
        `create trigger ties_${name} ${on.replace('for each row when', 'when')} begin
          ${tie(work, pseud)} and not exists (
            select 1 from byline_ties where work_id = ${work} and account_id = pseuds.account_id
          ); end`,
      ];
    return [
      `create or replace function tie_${name}() returns trigger language plpgsql as
        $$ begin ${tie(work, pseud)} on conflict (work_id, account_id) do nothing; return null; end $$`,
      `create trigger ties_${name} ${on} execute function tie_${name}()`,
    ];
  });
}
