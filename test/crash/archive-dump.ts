/**
 * Everything an archive keeps, in words that do not depend on when or in which order it was written: ids are replaced
 * by names, times of the run by "now". Two archives that hold the same have the same dump. Every table is in it, also
 * those that come later.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import { openDatabase, type Database } from '../../src/platform/db/database.ts';
import type { Place } from './program.ts';

type Row = Record<string, unknown>;
type Names = Map<string, Map<unknown, string>>;

export interface Dump {
  /** By table: its rows as JSON, sorted. */
  tables: Record<string, string[]>;
  publicIds: Set<string>;
  /** Names of the files of the blob store, unfinished ones apart. */
  blobs: string[];
  /** Blobs that a row refers to. */
  referredTo: string[];
}

const TABLES = migrations.flatMap((migration) => Object.values(migration.owns).flat());

/** Which table an id in a column is of. */
const REFERS_TO: Record<string, string> = {
  work_id: 'works',
  chapter_id: 'chapters',
  tag_id: 'tags',
  target_id: 'tags',
  synonym_of: 'tags',
  series_id: 'series',
  imported_creator_id: 'imported_creators',
  import_id: 'imports',
  pseud_id: 'pseuds',
  archived_by: 'pseuds',
  account_id: 'accounts',
  saved_by: 'accounts',
};
/** What differs from run to run and means nothing by itself. */
const RANDOM = new Set(['id', 'public_id', 'epoch', 'mark']);
const DAY_MS = 86_400_000;

export async function dumpOf(place: Place): Promise<Dump> {
  const db = await openDatabase({ dataFolder: place.folder, databaseUrl: place.databaseUrl, migrations });
  try {
    const rows = new Map<string, Row[]>();
    for (const table of TABLES) rows.set(table, await allRows(db, table));
    const names = namesIn(rows);
    const tables = Object.fromEntries(
      TABLES.map((table) => [
        table,
        (rows.get(table) ?? []).map((row) => JSON.stringify(plain(table, unread(table, row), names))).sort(),
      ]),
    );
    const blobs = readdirSync(join(place.folder, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
      .map((entry) => entry.name);
    return {
      tables,
      publicIds: new Set((rows.get('works') ?? []).map((row) => String(row['public_id']))),
      blobs: blobs.sort(),
      referredTo: [...new Set((rows.get('import_originals') ?? []).map((row) => String(row['blob'])))].sort(),
    };
  } finally {
    await db.close();
  }
}

async function allRows(db: Database, table: string): Promise<Row[]> {
  return (await sql<Row>`select * from ${sql.table(table)}`.execute(db.reads)).rows;
}

/** A name for every row that others refer to. A work is known by the file it came from. */
function namesIn(rows: ReadonlyMap<string, Row[]>): Names {
  const names: Names = new Map();
  const name = (table: string, nameOf: (row: Row) => string) =>
    names.set(table, new Map((rows.get(table) ?? []).map((row) => [row['id'], nameOf(row)])));
  const files = new Map(
    (rows.get('import_originals') ?? [])
      .toSorted((a, b) => Number(b['position']) - Number(a['position']))
      .map((row) => [row['work_id'], row['file_name']]),
  );
  name('works', (row) => `${String(row['title'])} from ${String(files.get(row['id']))}`);
  name('chapters', (row) => `${names.get('works')?.get(row['work_id'])}, chapter ${String(row['position'])}`);
  name('tags', (row) => `${String(row['kind'])} ${String(row['name_key'])}`);
  name('series', (row) => String(row['source_key']));
  name('imported_creators', (row) => `${String(row['name_key'])} of ${String(row['site'])}`);
  name('pseuds', (row) => String(row['name']));
  name('imports', (row) => `import of ${String(row['named'])}`);
  const pseudOf = new Map((rows.get('pseuds') ?? []).map((row) => [row['account_id'], row['name']]));
  name('accounts', (row) => `account of ${String(pseudOf.get(row['id']))}`);
  return names;
}

/** A copy of what is here is read or not, as it comes soon after it or late: of what reading it says nothing is compared. */
function unread(table: string, row: Row): Row {
  if (table !== 'import_files' || row['outcome'] !== 'unchanged') return row;
  return { ...row, format: 'any', repairs: 'any', unmapped: 'any' };
}

function plain(table: string, row: Row, names: Names): Row {
  const recent = Date.now() - DAY_MS;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (RANDOM.has(column) || (table === 'archive_state' && column === 'value')) return [column, 'random'];
      if ((column.endsWith('_at') || column === 'at') && typeof value === 'number' && value > recent)
        return [column, 'now'];
      const table_ = column === 'subject_id' ? subjectTable(row) : REFERS_TO[column];
      if (value === null || table_ === undefined) return [column, value];
      return [column, names.get(table_)?.get(value) ?? `nothing in ${table_}`];
    }),
  );
}

/** The table that the subject of an event is in. */
function subjectTable(row: Row): string | undefined {
  return { work: 'works', tag: 'tags', account: 'accounts' }[String(row['subject'])];
}
