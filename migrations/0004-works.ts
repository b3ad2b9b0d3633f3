/**
 * Works: their creators, chapters, revisions and tags. What a list may show is a column made by the database from the
 * work's own state (`listed_…`), so that no write can forget it; a test compares it with the truth table.
 */
import type { Migration } from '../src/platform/db/migrate.ts';

export const works: Migration = {
  name: '0004-works',
  owns: {
    works: [
      'works',
      'chapters',
      'chapter_revisions',
      'imported_creators',
      'work_creators',
      'work_tags',
      'erased_works',
    ],
  },
  statements: (c) => [
    `create table works (
      id ${c.id},
      public_id ${c.key} not null unique,
      title ${c.text} not null,
      language ${c.key} references languages (code),
      state ${c.key} not null check (state in ('draft', 'scheduled', 'posted')),
      restricted ${c.flag} not null default 0 check (restricted in (0, 1)),
      unrevealed ${c.flag} not null default 0 check (unrevealed in (0, 1)),
      anonymous ${c.flag} not null default 0 check (anonymous in (0, 1)),
      hidden ${c.flag} not null default 0 check (hidden in (0, 1)),
      deleted_at ${c.time},
      listed_guest ${c.flag} not null generated always as
        (case when state = 'posted' and restricted = 0 and unrevealed = 0 and hidden = 0 and deleted_at is null
          then 1 else 0 end) stored,
      listed_account ${c.flag} not null generated always as
        (case when state = 'posted' and unrevealed = 0 and hidden = 0 and deleted_at is null
          then 1 else 0 end) stored,
      noindex ${c.flag} not null default 0 check (noindex in (0, 1)),
      adult ${c.flag} not null default 0 check (adult in (0, 1)),
      sample ${c.flag} not null default 0 check (sample in (0, 1)),
      status ${c.key} not null,
      planned_chapters ${c.integer},
      posted_chapters ${c.integer} not null default 0,
      words ${c.integer} not null default 0,
      kudos ${c.integer} not null default 0,
      comments ${c.integer} not null default 0,
      bookmarks ${c.integer} not null default 0,
      hits ${c.integer} not null default 0,
      format ${c.key} not null,
      summary_source ${c.text} not null,
      summary_html ${c.text} not null,
      notes_source ${c.text} not null,
      notes_html ${c.text} not null,
      end_notes_source ${c.text} not null,
      end_notes_html ${c.text} not null,
      rules ${c.integer} not null,
      source_url ${c.text},
      archived_by ${c.ref} references pseuds (id),
      notices ${c.text} not null,
      version ${c.integer} not null default 1,
      created_at ${c.time} not null,
      publish_at ${c.time},
      posted_at ${c.time},
      updated_at ${c.time} not null
    ) ${c.end}`,
    // The two lists that everybody opens, whole in their index: ids in order, whatever the page.
    `create index works_listed_guest on works (updated_at desc, id desc, words) where listed_guest = 1`,
    `create index works_listed_account on works (updated_at desc, id desc, words) where listed_account = 1`,
    `create index works_archived_by on works (archived_by, updated_at)`,
    `create index works_deleted on works (deleted_at) where deleted_at is not null`,
    `create index works_samples on works (id) where sample = 1`,
    `create table chapters (
      id ${c.id},
      public_id ${c.key} not null unique,
      work_id ${c.ref} not null references works (id) on delete cascade,
      position ${c.integer} not null,
      state ${c.key} not null check (state in ('draft', 'scheduled', 'posted')),
      revision ${c.integer} not null,
      words ${c.integer} not null,
      publish_at ${c.time},
      posted_at ${c.time},
      created_at ${c.time} not null,
      unique (work_id, position)
    ) ${c.end}`,
    // A chapter is its place and state; what it says stands in its revisions, none of which is ever changed.
    `create table chapter_revisions (
      id ${c.id},
      chapter_id ${c.ref} not null references chapters (id) on delete cascade,
      number ${c.integer} not null,
      title ${c.text} not null,
      format ${c.key} not null,
      summary_source ${c.text} not null,
      summary_html ${c.text} not null,
      notes_source ${c.text} not null,
      notes_html ${c.text} not null,
      end_notes_source ${c.text} not null,
      end_notes_html ${c.text} not null,
      source ${c.text} not null,
      html ${c.text} not null,
      rules ${c.integer} not null,
      words ${c.integer} not null,
      saved_by ${c.ref} references accounts (id) on delete set null,
      saved_at ${c.time} not null,
      unique (chapter_id, number)
    ) ${c.end}`,
    // A name from outside is never matched to a pseud: it lives in a table of its own, told apart by where it came from.
    `create table imported_creators (
      id ${c.id},
      public_id ${c.key} not null unique,
      name ${c.text} not null,
      name_key ${c.key} not null,
      site ${c.key} not null,
      url ${c.text},
      created_at ${c.time} not null,
      unique (name_key, site)
    ) ${c.end}`,
    `create table work_creators (
      work_id ${c.ref} not null references works (id) on delete cascade,
      position ${c.integer} not null,
      pseud_id ${c.ref} references pseuds (id),
      imported_creator_id ${c.ref} references imported_creators (id),
      state ${c.key} not null check (state in ('accepted', 'invited')),
      primary key (work_id, position),
      unique (work_id, pseud_id),
      unique (work_id, imported_creator_id),
      check ((pseud_id is null) <> (imported_creator_id is null))
    ) ${c.end}`,
    `create index work_creators_pseud on work_creators (pseud_id, work_id)`,
    `create index work_creators_imported on work_creators (imported_creator_id, work_id)`,
    `create table work_tags (
      work_id ${c.ref} not null references works (id) on delete cascade,
      tag_id ${c.ref} not null references tags (id),
      kind ${c.key} not null,
      position ${c.integer} not null,
      primary key (work_id, tag_id)
    ) ${c.kind === 'sqlite' ? 'strict, without rowid' : ''}`,
    `create index work_tags_tag on work_tags (tag_id, work_id)`,
    // What was erased for good, so that a restore of an older copy can erase it again. It holds no word of the work.
    `create table erased_works (
      public_id ${c.key} primary key not null,
      at ${c.time} not null
    ) ${c.end}`,
  ],
};
