/** The schema on both databases, and what happens when a step of it fails. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { openDatabase, type Database } from '../src/platform/db/database.ts';
import { migrate, type Migration } from '../src/platform/db/migrate.ts';
import { onPostgres, ownDatabase } from './site.ts';

interface Place {
  dataFolder: string;
  databaseUrl: string | null;
}

/** A place without a database yet. */
async function emptyPlace(databaseUrl?: null): Promise<Place> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-migrations-'));
  const own = databaseUrl === null ? { url: null, drop: async () => {} } : await ownDatabase({ empty: true });
  onTestFinished(async () => {
    await own.drop();
    await rm(dataFolder, { recursive: true });
  });
  return { dataFolder, databaseUrl: own.url };
}

/** Opens, looks and closes again. */
async function withDatabase<T>(
  place: Place,
  steps: readonly Migration[],
  look: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({ ...place, migrations: steps, now: () => Date.UTC(2026, 0, 2) });
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

const step = (name: string, ...statements: string[]): Migration => ({ name, owns: {}, statements: () => statements });
/** Every column of every table, computed ones too. */
async function columnsOf(db: Database): Promise<Record<string, string[]>> {
  const rows = await (
    db.kind === 'sqlite'
      ? sql<ColumnRow>`select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_xinfo(t.name) c
        where t.type = 'table' and t.name not like 'sqlite%' and t.name not like 'kysely%'`
      : sql<ColumnRow>`select table_name as "table", column_name as "column" from information_schema.columns
        where table_schema = 'public' and table_name not like 'kysely%'`
  ).execute(db.reads);
  const columns: Record<string, string[]> = {};
  for (const row of rows.rows) columns[row.table] = [...(columns[row.table] ?? []), row.column].sort();
  return columns;
}
interface ColumnRow {
  table: string;
  column: string;
}

const keepNote = (db: Database) =>
  db.write((tx) => tx.insertInto('archive_state').values({ key: 'note', value: 'still here' }).execute());
const noteIn = async (db: Database) =>
  (await db.reads.selectFrom('archive_state').select('value').where('key', '=', 'note').executeTakeFirst())?.value;
const copiesIn = (place: Place) => readdir(join(place.dataFolder, 'copies')).catch(() => []);

test('every table has an owner, and both databases have the same tables and columns', async () => {
  const here = await withDatabase(await emptyPlace(), migrations, columnsOf);
  const owned = migrations.flatMap((migration) => Object.values(migration.owns).flat());
  expect(Object.keys(here).sort()).toEqual(owned.toSorted());
  expect(here).toEqual(await withDatabase(await emptyPlace(null), migrations, columnsOf));
});

test('every table is strict on SQLite', async () => {
  const place = await emptyPlace(null);
  await withDatabase(place, migrations, async () => {});
  const file = new SQLite(join(place.dataFolder, 'fanfold.db'));
  const tables = file.pragma('table_list') as { name: string; type: string; strict: number }[];
  file.close();
  const own = tables.filter((table) => table.type === 'table' && !/^(sqlite_|kysely_)/.test(table.name));
  expect(own.length).toBeGreaterThan(20);
  expect(own.filter((table) => table.strict !== 1)).toEqual([]);
});

test('steps run in the order of their names, each once', async () => {
  const place = await emptyPlace();
  const names = migrations.map((migration) => migration.name);
  expect(names).toEqual(names.toSorted());
  const at = {
    kind: onPostgres ? ('postgres' as const) : ('sqlite' as const),
    path: join(place.dataFolder, 'fanfold.db'),
    url: place.databaseUrl ?? '',
    copies: join(place.dataFolder, 'copies'),
  };
  expect(await migrate(at, migrations, Date.now)).toEqual(names);
  expect(await migrate(at, migrations, Date.now)).toEqual([]);
});

test('the archive keeps its epoch through later steps', async () => {
  const place = await emptyPlace();
  const epoch = (db: Database) =>
    db.reads.selectFrom('archive_state').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow();
  const first = await withDatabase(place, migrations, epoch);
  const later = [...migrations, step('9000-later', 'create table later (id integer)')];
  expect(await withDatabase(place, later, epoch)).toEqual(first);
});

test('a step that fails changes nothing, neither do those that went before it', async () => {
  const place = await emptyPlace();
  const before = await withDatabase(place, migrations, async (db) => {
    await keepNote(db);
    return columnsOf(db);
  });
  const broken = [
    ...migrations,
    step('9000-fine', 'create table fine (id integer)', "update archive_state set value = 'lost' where key = 'note'"),
    step('9001-broken', 'create table half (id integer)', 'create table half (id integer)'),
  ];
  await expect(withDatabase(place, broken, async () => {})).rejects.toThrow(/half/);
  expect(await withDatabase(place, migrations, async (db) => [await columnsOf(db), await noteIn(db)])).toEqual([
    before,
    'still here',
  ]);
});

test('a step that leaves rows that point at nothing is refused', async () => {
  const place = await emptyPlace();
  await withDatabase(place, migrations, keepNote);
  const orphan = step('9000-orphan', "insert into account_roles (account_id, role) values (999, 'member')");
  await expect(withDatabase(place, [...migrations, orphan], async () => {})).rejects.toThrow(
    onPostgres ? /foreign key/ : '9000-orphan leaves 1 rows that point at nothing',
  );
  expect(
    await withDatabase(place, migrations, (db) => db.reads.selectFrom('account_roles').selectAll().execute()),
  ).toEqual([]);
});

test('a copy is made before an archive in one file is changed, and only then', async () => {
  const place = await emptyPlace(null);
  await withDatabase(place, migrations, keepNote);
  await withDatabase(place, migrations, noteIn);
  expect(await copiesIn(place)).toEqual([]);
  const later = [...migrations, step('9000-later', "delete from archive_state where key = 'note'")];
  expect(await withDatabase(place, later, noteIn)).toBeUndefined();
  const copies = await copiesIn(place);
  expect(copies).toEqual(['before-migration-2026-01-02T00-00-00-000Z.db']);
  const copy = new SQLite(join(place.dataFolder, 'copies', copies[0] ?? ''), { readonly: true });
  expect(copy.prepare("select value from archive_state where key = 'note'").pluck().get()).toBe('still here');
  copy.close();
});

test('a table that a step builds anew keeps what hangs on it', async () => {
  const place = await emptyPlace(null);
  await withDatabase(place, migrations, (db) =>
    db.write(async (tx) => {
      await tx.insertInto('accounts').values({ id: 5, state: 'active', created_at: 1 }).execute();
      await tx.insertInto('account_roles').values({ account_id: 5, role: 'member' }).execute();
    }),
  );
  const rebuild = step(
    '9000-rebuild',
    `create table accounts_anew (id integer primary key autoincrement, state text not null, created_at integer not null) strict`,
    `insert into accounts_anew select id, state, created_at from accounts`,
    `drop table accounts`,
    `alter table accounts_anew rename to accounts`,
  );
  const roles = await withDatabase(place, [...migrations, rebuild], (db) =>
    db.reads.selectFrom('account_roles').selectAll().execute(),
  );
  expect(roles).toEqual([{ account_id: 5, role: 'member' }]);
});
