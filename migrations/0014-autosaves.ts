/**
 * What is being written and not saved yet, kept for who writes it: one row for each opened form (a *sheet*), with its fields
 * as they were typed. And which sheets were saved, so that a form sent twice is saved once, and what arrives late is known.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const autosaves: Migration = {
  name: '0014-autosaves',
  owns: { works: ['autosaves', 'saved_sheets'] },
  statements: (c) => [
    // What was typed outlives the chapter that it was typed for; only the work erased for good takes it along.
    `create table autosaves (
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      sheet ${c.key} not null,
      place ${c.key} not null check (place in ('new-work', 'work', 'new-chapter', 'chapter')),
      work_id ${c.ref} references works (id) on delete cascade,
      chapter_id ${c.ref} references chapters (id) on delete set null,
      base ${c.integer} not null,
      sequence ${c.integer} not null,
      opening ${c.text} not null,
      fields ${c.text} not null,
      bytes ${c.integer} not null,
      saved_at ${c.time} not null,
      primary key (account_id, sheet)
    ) ${c.end}`,
    `create index autosaves_work on autosaves (work_id)`,
    `create index autosaves_chapter on autosaves (chapter_id)`,
    `create table saved_sheets (
      account_id ${c.ref} not null references accounts (id) on delete cascade,
      sheet ${c.key} not null,
      sequence ${c.integer} not null,
      digest ${c.key} not null,
      work_id ${c.ref} references works (id) on delete cascade,
      at ${c.time} not null,
      primary key (account_id, sheet)
    ) ${c.end}`,
    `create index saved_sheets_work on saved_sheets (work_id)`,
    `create index saved_sheets_at on saved_sheets (at)`,
  ],
};
