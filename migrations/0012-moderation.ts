/**
 * What keeps people safe: reports and their answers, works hidden and why, measures against accounts, the log of every
 * use of a moderator's right, legal notices; and the archive's own pages. The log takes new rows and loses none.
 */
import type { Columns } from '../src/platform/db/columns.ts';
import type { Migration } from '../src/platform/db/migrate.ts';

export const moderation: Migration = {
  name: '0012-moderation',
  owns: {
    site: ['site_pages'],
    moderation: [
      'reports',
      'report_notes',
      'work_hidings',
      'account_measures',
      'moderator_looks',
      'audit_log',
      'legal_notices',
    ],
  },
  statements: (c) => [
    `create table site_pages (
      name ${c.key} primary key not null,
      source ${c.text} not null,
      html ${c.text} not null,
      rules ${c.integer} not null,
      updated_at ${c.time} not null
    ) ${c.end}`,
    // Null for a suspension without an end, and for who is not suspended.
    `alter table accounts add column suspended_until ${c.time}`,
    // subject_id: in the table that subject_kind says; 0 for a page, and once the subject is gone.
    `create table reports (
      id ${c.id},
      public_id ${c.key} not null unique,
      subject_kind ${c.key} not null,
      subject_id ${c.integer} not null,
      path ${c.text} not null,
      reason ${c.key} not null,
      words ${c.text} not null,
      reporter_id ${c.ref} references accounts (id) on delete set null,
      secret_hash ${c.key} unique,
      email ${c.text},
      state ${c.key} not null check (state in ('open', 'in-hand', 'closed')),
      outcome ${c.key},
      answer ${c.text} not null,
      claimed_by ${c.ref} references accounts (id) on delete set null,
      created_at ${c.time} not null,
      closed_at ${c.time},
      check ((state = 'closed') = (closed_at is not null)),
      check (state <> 'closed' or email is null)
    ) ${c.end}`,
    `create index reports_state on reports (state, created_at)`,
    `create index reports_subject on reports (subject_kind, subject_id)`,
    `create index reports_reporter on reports (reporter_id)`,
    `create table report_notes (
      id ${c.id},
      report_id ${c.ref} not null references reports (id) on delete cascade,
      account_id ${c.ref} references accounts (id) on delete set null,
      words ${c.text} not null,
      at ${c.time} not null
    ) ${c.end}`,
    `create index report_notes_report on report_notes (report_id)`,
    `create table work_hidings (
      work_id ${c.ref} primary key not null references works (id) on delete cascade,
      reason ${c.text} not null,
      at ${c.time} not null
    ) ${c.end}`,
    // pseud_id: by which pseud the measure was taken; it holds for the whole account.
    `create table account_measures (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      pseud_id ${c.ref} references pseuds (id) on delete set null,
      kind ${c.key} not null check (kind in ('warning', 'suspension', 'ban')),
      reason ${c.text} not null,
      at ${c.time} not null,
      ends_at ${c.time},
      lifted_at ${c.time},
      acknowledged_at ${c.time}
    ) ${c.end}`,
    `create index account_measures_account on account_measures (account_id)`,
    `create index account_measures_ends on account_measures (ends_at)`,
    // A look is bound to the session that gave its reason, and goes with it.
    `create table moderator_looks (
      session_hash ${c.key} not null references sessions (token_hash) on update cascade on delete cascade,
      kind ${c.key} not null check (kind in ('hidden-work', 'work-creators', 'other-pseuds')),
      subject_id ${c.integer} not null,
      ends_at ${c.time} not null,
      primary key (session_hash, kind, subject_id)
    ) ${c.end}`,
    `create index moderator_looks_ends on moderator_looks (ends_at)`,
    `create table audit_log (
      id ${c.id},
      account_id ${c.ref} references accounts (id) on delete set null,
      used_right ${c.key} not null,
      action ${c.key} not null,
      subject_kind ${c.key} not null,
      subject_id ${c.integer} not null,
      reason ${c.text} not null check (reason <> ''),
      at ${c.time} not null
    ) ${c.end}`,
    `create index audit_log_subject on audit_log (subject_kind, subject_id)`,
    `create index audit_log_account on audit_log (account_id)`,
    ...guardsOfTheLog(c),
    `create table legal_notices (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} references accounts (id) on delete set null,
      kind ${c.key} not null,
      name ${c.text} not null,
      email ${c.text} not null,
      on_behalf_of ${c.text} not null,
      places ${c.text} not null,
      what ${c.text} not null,
      why ${c.text} not null,
      signature ${c.text} not null,
      state ${c.key} not null check (state in ('open', 'closed')),
      decision ${c.text} not null,
      created_at ${c.time} not null,
      closed_at ${c.time}
    ) ${c.end}`,
    `create index legal_notices_account on legal_notices (account_id)`,
  ],
};

const STAYS = 'A row of the audit log stays as it is.';
const OTHER_COLUMNS = ['id', 'used_right', 'action', 'subject_kind', 'subject_id', 'reason', 'at'];

/** No row is removed, and nothing of it changes but that its account may be forgotten. */
function guardsOfTheLog(c: Columns): string[] {
  const differs = c.kind === 'sqlite' ? 'is not' : 'is distinct from';
  const changed = [
    'new.account_id is not null',
    ...OTHER_COLUMNS.map((name) => `new.${name} ${differs} old.${name}`),
  ].join(' or ');
  if (c.kind === 'sqlite') {
    return [
      `create trigger audit_log_is_kept before delete on audit_log begin select raise(abort, '${STAYS}'); end`,
      `create trigger audit_log_is_not_changed before update on audit_log when ${changed}
        begin select raise(abort, '${STAYS}'); end`,
    ];
  }
  return [
    `create or replace function audit_log_stays() returns trigger language plpgsql as
      $$ begin raise exception '${STAYS}'; end $$`,
    `create trigger audit_log_is_kept before delete on audit_log
      for each row execute function audit_log_stays()`,
    `create trigger audit_log_is_not_emptied before truncate on audit_log
      for each statement execute function audit_log_stays()`,
    `create trigger audit_log_is_not_changed before update on audit_log
      for each row when (${changed}) execute function audit_log_stays()`,
  ];
}
