/**
 * What each import did with each file, so that it can be taken up, looked through and undone as a whole; several files
 * for one work; what was rescued and how; changes of a source that wait for a person; what is not brought in again. And
 * the names that older archives have for ratings.
 */
import type { Columns } from '../src/platform/db/columns.ts';
import type { Migration } from '../src/platform/db/migrate.ts';

export const importRuns: Migration = {
  name: '0008-import-runs',
  owns: {
    tags: ['vocabulary_names'],
    imports: [
      'imports',
      'import_files',
      'import_originals',
      'import_chapters',
      'import_rescues',
      'import_updates',
      'import_removals',
    ],
  },
  statements: (c) => [...ratingNames(c), ...runs(c), ...sources(c), ...rescues(c), ...removals(c)],
};

/** Other names of a term: what files of other archives call it. */
function ratingNames(c: Columns): string[] {
  const names: [code: string, keys: string][] = [
    ['general', 'g|pg|k|k+|k plus|rated g|rated pg|rated k|rated k+'],
    ['teen', 'pg-13|pg13|pg 13|pg-15|pg15|pg 15|t|rated pg-13|rated pg-15|rated t'],
    ['mature', 'r|m|rated r|rated m'],
    ['explicit', 'nc-17|nc17|nc 17|nc-18|nc18|nc 18|x|ma|rated nc-17|rated nc-18|rated x|rated ma'],
  ];
  return [
    `create table vocabulary_names (
      vocabulary ${c.key} not null,
      name_key ${c.key} not null,
      code ${c.key} not null,
      primary key (vocabulary, name_key),
      foreign key (vocabulary, code) references vocabulary_terms (vocabulary, code) on delete cascade
    ) ${c.end}`,
    ...names.flatMap(([code, keys]) =>
      keys
        .split('|')
        .map(
          (key) => `insert into vocabulary_names (vocabulary, name_key, code) values ('rating', '${key}', '${code}')`,
        ),
    ),
  ];
}

function runs(c: Columns): string[] {
  return [
    // named: what was named on the command line, or the files that were handed over. seen_at: when it last did
    // something; a run that says nothing for long was cut short. staged: uploaded files still wait to be read.
    `create table imports (
      id ${c.id},
      public_id ${c.key} not null unique,
      account_id ${c.ref} not null references accounts (id),
      origin ${c.key} not null check (origin in ('command', 'upload')),
      named ${c.text} not null,
      options ${c.text} not null,
      state ${c.key} not null check (state in ('gathering', 'running', 'stopped', 'done', 'undone')),
      files ${c.integer} not null default 0,
      weight ${c.integer} not null default 0,
      weight_done ${c.integer} not null default 0,
      began_at ${c.time} not null,
      seen_at ${c.time} not null,
      ended_at ${c.time}
    ) ${c.end}`,
    `create index imports_account on imports (account_id, began_at)`,
    `create index imports_state on imports (state)`,
    // One row a file, as its report says it. stamp: size and time of change, by which a file is known when an import is
    // taken up. lead: the file whose work this one is a part of.
    `create table import_files (
      import_id ${c.ref} not null references imports (id) on delete cascade,
      path_key ${c.key} not null,
      path ${c.text} not null,
      stamp ${c.text} not null,
      outcome ${c.key} not null check (outcome in ('posted', 'draft', 'unchanged', 'update', 'refused', 'undone')),
      work_id ${c.ref} references works (id) on delete set null,
      reason ${c.text},
      format ${c.key},
      repairs ${c.text} not null,
      unmapped ${c.text} not null,
      at ${c.time} not null,
      primary key (import_id, path_key)
    ) ${c.end}`,
    `create index import_files_work on import_files (work_id)`,
    `create index import_files_outcome on import_files (import_id, outcome)`,
  ];
}

function sources(c: Columns): string[] {
  return [
    `create table import_originals (
      work_id ${c.ref} not null references works (id) on delete cascade,
      position ${c.integer} not null,
      blob ${c.key} not null,
      file_name ${c.text} not null,
      bytes ${c.integer} not null,
      primary key (work_id, position)
    ) ${c.end}`,
    `create index import_originals_blob on import_originals (blob)`,
    `insert into import_originals (work_id, position, blob, file_name, bytes)
      select work_id, 1, blob, file_name, bytes from import_sources`,
    `drop index import_sources_blob`,
    `alter table import_sources drop column blob`,
    `alter table import_sources drop column file_name`,
    `alter table import_sources drop column bytes`,
    // near_hash: the story but for typography; opening_hash: how it begins, by which a longer version is known.
    `alter table import_sources add column near_hash ${c.key}`,
    `alter table import_sources add column opening_hash ${c.key}`,
    `alter table import_sources add column stated_words ${c.integer}`,
    // What a person has still to look at: guesses among the repairs, and a title or language that was guessed.
    `alter table import_sources add column guesses ${c.integer} not null default 0`,
    `alter table import_sources add column title_derived ${c.flag} not null default 0`,
    `alter table import_sources add column language_guessed ${c.flag} not null default 0`,
    `alter table import_sources add column reviewed_at ${c.time}`,
    `create index import_sources_near on import_sources (near_hash)`,
    `create index import_sources_opening on import_sources (opening_hash)`,
    // The revision of each chapter that the import or its review wrote: a later one is a person's edit. part: which of
    // the originals it was read from.
    `create table import_chapters (
      chapter_id ${c.ref} primary key not null references chapters (id) on delete cascade,
      work_id ${c.ref} not null references works (id) on delete cascade,
      part ${c.integer} not null,
      revision ${c.integer} not null
    ) ${c.end}`,
    `create index import_chapters_work on import_chapters (work_id)`,
  ];
}

function rescues(c: Columns): string[] {
  return [
    // The repairs of one original, as restore/ made them and a person changed them.
    `create table import_rescues (
      work_id ${c.ref} not null references works (id) on delete cascade,
      position ${c.integer} not null,
      rescue ${c.text} not null,
      version ${c.integer} not null default 1,
      primary key (work_id, position)
    ) ${c.end}`,
    // A source that has changed: the new original, until a person takes it over chapter by chapter, or leaves it.
    `create table import_updates (
      id ${c.id},
      work_id ${c.ref} not null references works (id) on delete cascade,
      number ${c.integer} not null,
      import_id ${c.ref} references imports (id) on delete set null,
      state ${c.key} not null check (state in ('open', 'applied', 'dismissed')),
      content_hash ${c.key} not null,
      blobs ${c.text} not null,
      format ${c.key} not null,
      found_at ${c.time} not null,
      settled_at ${c.time},
      unique (work_id, number)
    ) ${c.end}`,
    `create index import_updates_state on import_updates (state)`,
  ];
}

function removals(c: Columns): string[] {
  return [
    // Hashes only: what was removed is known again, and named nowhere.
    `create table import_removals (
      id ${c.id},
      address_hash ${c.key},
      text_hash ${c.key} not null,
      near_hash ${c.key},
      opening_hash ${c.key},
      note ${c.text} not null,
      removed_at ${c.time} not null
    ) ${c.end}`,
    `create index import_removals_address on import_removals (address_hash)`,
    `create index import_removals_text on import_removals (text_hash)`,
    `create index import_removals_near on import_removals (near_hash)`,
    `create index import_removals_opening on import_removals (opening_hash)`,
  ];
}
