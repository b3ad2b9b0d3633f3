/**
 * The truth as it was at one moment, read while others go on writing. It is the one read transaction that may last: SQLite
 * keeps what is written meanwhile in its log until this ends, PostgreSQL keeps the old rows. Nobody waits for it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type SQLite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import type { DatabaseKind } from '../db/columns.ts';
import { openPostgresPool, postgresDialect } from '../db/postgres.ts';
import { openSqlite, sqliteDialect } from '../db/sqlite.ts';
import type { Reads, Tables } from '../db/tables.ts';
import { BackupRefused } from './refusal.ts';
import type { TableShape } from './shape.ts';

export interface ArchivePlace {
  dataFolder: string;
  databaseUrl: string | null;
}

export interface Snapshot {
  kind: DatabaseKind;
  /** Queries of this moment. */
  handle: Reads;
  /** The steps of the schema that have been taken. */
  steps: string[];
  /** All rows of a table, in the order of its key, some at a time. */
  batches(table: TableShape): AsyncGenerator<unknown[][]>;
  /** The last id that a table has given, 0 for none. */
  lastId(table: TableShape): Promise<number>;
}

/** Rows asked for at once: fewer where they are long. */
const MOST_ROWS = 2_000;
const FIRST_ROWS = 50;
const BATCH_BYTES = 2 << 20;

/** Does its work within one moment of the archive. @throws BackupRefused where there is none, or what is there is damaged. */
export async function withSnapshot<T>(place: ArchivePlace, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return place.databaseUrl === null
    ? sqliteSnapshot(place.dataFolder, work)
    : postgresSnapshot(place.databaseUrl, work);
}

async function sqliteSnapshot<T>(folder: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const path = join(folder, 'fanfold.db');
  if (!existsSync(path)) throw new BackupRefused(`There is no archive in ${folder}.`);
  const file = openSqlite(path, 'reads');
  const handle = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  try {
    file.exec('begin');
    const steps = await stepsTaken(handle);
    refuseDamage(file);
    return await work({
      kind: 'sqlite',
      handle,
      steps,
      async *batches(table) {
        const rows = file.prepare(selectFrom(table)).raw(true).iterate() as IterableIterator<unknown[]>;
        let batch: unknown[][] = [];
        let bytes = 0;
        for (const row of rows) {
          batch.push(row);
          bytes += sizeOf(row);
          if (batch.length < MOST_ROWS && bytes < BATCH_BYTES) continue;
          yield batch;
          batch = [];
          bytes = 0;
        }
        if (batch.length > 0) yield batch;
      },
      async lastId({ name }) {
        const row = file.prepare('select seq from sqlite_sequence where name = ?').get(name) as
          | { seq: number }
          | undefined;
        return row?.seq ?? 0;
      },
    });
  } finally {
    if (file.inTransaction) file.exec('rollback');
    await handle.destroy();
    if (file.open) file.close();
  }
}

function refuseDamage(file: SQLite.Database): void {
  const said = file.pragma('integrity_check(1)', { simple: true });
  const broken = file.pragma('foreign_key_check') as unknown[];
  if (said === 'ok' && broken.length === 0) return;
  throw new BackupRefused(
    `The database is damaged, so no backup was made of it: ${said === 'ok' ? `${broken.length} rows point at nothing` : String(said)}.`,
  );
}

async function postgresSnapshot<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const pool = openPostgresPool(url, 1);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  try {
    return await db.connection().execute(async (handle) => {
      await sql`begin isolation level repeatable read read only`.execute(handle);
      try {
        // The server may be told to end transactions that take their time.
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(handle);
        return await work({
          kind: 'postgres',
          handle,
          steps: await stepsTaken(handle),
          batches: (table) => cursor(handle, table),
          lastId: ({ name }) => lastGiven(handle, name),
        });
      } finally {
        await sql`rollback`.execute(handle);
      }
    });
  } finally {
    await db.destroy();
    if (!pool.ending) await pool.end();
  }
}

async function* cursor(handle: Reads, table: TableShape): AsyncGenerator<unknown[][]> {
  await sql`declare backup_rows no scroll cursor for ${sql.raw(selectFrom(table))}`.execute(handle);
  for (let rows = FIRST_ROWS; ;) {
    const fetched = await sql<Record<string, unknown>>`fetch ${sql.raw(String(rows))} from backup_rows`.execute(handle);
    if (fetched.rows.length === 0) break;
    const batch = fetched.rows.map((row) => table.columns.map((column) => row[column]));
    const each = batch.reduce((total, row) => total + sizeOf(row), 0) / batch.length;
    // Never many more than before: the next rows may be longer.
    rows = Math.max(1, Math.min(MOST_ROWS, rows * 4, Math.floor(BATCH_BYTES / Math.max(1, each))));
    yield batch;
  }
  await sql`close backup_rows`.execute(handle);
}

/** Sequences keep no past: this may be later than the snapshot, which harms nothing. */
async function lastGiven(handle: Reads, table: string): Promise<number> {
  const named = await sql<{
    name: string | null;
  }>`select pg_get_serial_sequence(${`"${table}"`}, 'id') as name`.execute(handle);
  const name = named.rows[0]?.name;
  if (!name) return 0;
  const row = await sql<{
    last: number;
    used: boolean;
  }>`select last_value as last, is_called as used from ${sql.raw(name)}`.execute(handle);
  return row.rows[0]?.used ? row.rows[0].last : 0;
}

async function stepsTaken(handle: Reads): Promise<string[]> {
  try {
    const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(handle);
    if (rows.rows.length > 0) return rows.rows.map((row) => row.name);
  } catch (error) {
    // 42P01: PostgreSQL has no such table.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== '42P01' && code !== 'SQLITE_ERROR') throw error;
  }
  throw new BackupRefused('There is no archive in this database.');
}

function selectFrom({ name, columns, key }: TableShape): string {
  const quoted = (names: readonly string[]) => names.map((one) => `"${one}"`).join(', ');
  return `select ${quoted(columns)} from "${name}"${key.length > 0 ? ` order by ${quoted(key)}` : ''}`;
}

function sizeOf(row: readonly unknown[]): number {
  let size = 0;
  for (const value of row) size += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
  return size;
}
