/** Brings the rows of a backup into an empty database of either kind, in the schema that they were taken from. */
import { join } from 'node:path';
import type SQLite from 'better-sqlite3';
import type pg from 'pg';
import type { Migration } from '../db/migrate.ts';
import { migrate } from '../db/migrate.ts';
import { openPostgresPool } from '../db/postgres.ts';
import { SAY_UNFINISHED } from '../db/restored.ts';
import { openSqlite } from '../db/sqlite.ts';
import { bytesOf, type Cell } from './cell.ts';
import type { Manifest } from './manifest.ts';
import { shapeAfter, type TableShape } from './shape.ts';
import type { ArchivePlace } from './snapshot.ts';

/** Takes rows, some at a time. */
export type TakeRows = (table: string, columns: readonly string[], rows: readonly Cell[][]) => Promise<void>;

/**
 * Makes the schema of these steps, empties it of what its steps have put in, and has it filled. All rows are there
 * afterwards, or none, and a row that says that the restore is not done.
 */
export async function loadRows(
  place: ArchivePlace,
  steps: readonly Migration[],
  fill: (take: TakeRows) => Promise<Manifest>,
): Promise<void> {
  const path = join(place.dataFolder, 'fanfold.db');
  const kind = place.databaseUrl === null ? 'sqlite' : 'postgres';
  const shapes = shapeAfter(steps);
  await migrate({ kind, path, url: place.databaseUrl ?? '', copies: place.dataFolder }, steps, Date.now);
  if (place.databaseUrl === null) await intoSqlite(path, shapes, fill);
  else await intoPostgres(place.databaseUrl, shapes, fill);
}

async function intoSqlite(path: string, shapes: readonly TableShape[], fill: (take: TakeRows) => Promise<Manifest>) {
  const file = openSqlite(path, 'migrations');
  try {
    // Until it is whole nobody opens it, and a restore cut short begins anew: no log is needed.
    file.pragma('journal_mode = off');
    file.pragma('synchronous = off');
    file.exec('begin immediate');
    for (const { name } of shapes) file.exec(`delete from "${name}"`);
    const inserts = new Map<string, SQLite.Statement>();
    const manifest = await fill(async (table, columns, rows) => {
      const insert = inserts.get(table) ?? file.prepare(insertInto(table, columns, columns.map(() => '?').join(', ')));
      inserts.set(table, insert);
      for (const row of rows) insert.run(row.map(bytesOf));
    });
    file.exec(`delete from sqlite_sequence`);
    const last = file.prepare('insert into sqlite_sequence (name, seq) values (?, ?)');
    for (const { name, lastId } of manifest.tables) if (lastId > 0) last.run(name, lastId);
    file.exec(SAY_UNFINISHED);
    file.exec('commit');
    file.pragma('journal_mode = wal');
  } finally {
    file.close();
  }
}

async function intoPostgres(url: string, shapes: readonly TableShape[], fill: (take: TakeRows) => Promise<Manifest>) {
  const pool = openPostgresPool(url, 1);
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Rows come in the order of their tables' names. What points where is checked once, when all are there.
    const restoreLinks = await dropLinks(client);
    // Some tables refuse to be emptied. What lies in them here is of an empty archive, or of a restore that was cut short.
    const guards = (say: 'disable' | 'enable') =>
      client.query(shapes.map(({ name }) => `alter table "${name}" ${say} trigger user`).join('; '));
    await guards('disable');
    await client.query(`truncate ${shapes.map(({ name }) => `"${name}"`).join(', ')}`);
    await guards('enable');
    const byName = new Map(shapes.map((shape) => [shape.name, shape]));
    const manifest = await fill(async (table, columns, rows) => {
      const names = columns.map((column) => `"${column}"`).join(', ');
      await client.query(
        insertInto(table, columns, null, `select ${names} from json_populate_recordset(null::"${table}", $1::json)`),
        [JSON.stringify(rows.map((row) => recordOf(columns, row, byName.get(table)?.bytes ?? new Set())))],
      );
    });
    for (const { name, lastId } of manifest.tables)
      if (byName.get(name)?.countsIds && lastId > 0)
        await client.query(`select setval(pg_get_serial_sequence($1, 'id'), $2, true)`, [`"${name}"`, lastId]);
    await restoreLinks();
    await client.query(SAY_UNFINISHED);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  } finally {
    await pool.end();
  }
}

/** Takes the foreign keys away for this transaction. @returns what puts them back, and checks all rows by them. */
async function dropLinks(client: pg.PoolClient): Promise<() => Promise<void>> {
  const { rows: links } = await client.query<{ name: string; of: string; says: string }>(
    `select conname as name, conrelid::regclass::text as of, pg_get_constraintdef(oid) as says from pg_constraint
     where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  for (const { name, of } of links) await client.query(`alter table ${of} drop constraint "${name}"`);
  return async () => {
    for (const { name, of, says } of links) await client.query(`alter table ${of} add constraint "${name}" ${says}`);
  };
}

function recordOf(
  columns: readonly string[],
  row: readonly Cell[],
  bytes: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column, at) => {
      const value = bytesOf(row[at] ?? null);
      if (Buffer.isBuffer(value)) return [column, `\\x${value.toString('hex')}`];
      return [column, bytes.has(column) && typeof value === 'string' ? null : value];
    }),
  );
}

function insertInto(table: string, columns: readonly string[], values: string | null, select = ''): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into "${table}" (${names}) ${values === null ? select : `values (${values})`}`;
}
