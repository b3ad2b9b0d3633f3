/**
 * The two handles on the truth. `reads` never waits for a write; `write` runs one transaction at a time on SQLite and
 * waits for other processes without stopping the event loop.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { DatabaseKind } from './columns.ts';
import { migrate, type Migration } from './migrate.ts';
import { isPostgresRefusal, isPostgresRetry, openPostgresPool, postgresDialect } from './postgres.ts';
import { isSqliteBusy, isSqliteRefusal, openSqlite, sqliteDialect } from './sqlite.ts';
import type { Reads, Tables, Tx } from './tables.ts';
import { unlessRefused } from './unless-refused.ts';

/** How long a write keeps trying while another process holds the lock, in milliseconds. */
const WRITE_PATIENCE_MS = 5_000;
const POOL_SIZE = 10;

export interface Database {
  kind: DatabaseKind;
  reads: Reads;
  /**
   * Runs `work` in one write transaction and answers what it answers. Tried again while another process holds the
   * lock, up to 5 s, so `work` must touch nothing but its transaction. Once this resolves, the write survives a crash.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `write`; an answer that has a `refusal` undoes whatever was written on the way to it. */
  writeUnlessRefused<Answer extends object>(work: (tx: Tx) => Promise<Answer>): Promise<Answer>;
  /** Listeners are called after each write of this process has been committed. @returns a function that stops it. */
  onCommit(listener: () => void): () => void;
  /** A number that changes when another process has written. PostgreSQL answers 0: there the reader polls the log. */
  foreignVersion(): number;
  /** Folds the write-ahead log back into the file. */
  checkpoint(): void;
  close(): Promise<void>;
}

/** The truth for those who only read it: a thread, a command that looks. */
export type ReadDatabase = Pick<Database, 'kind' | 'reads' | 'foreignVersion' | 'close'>;

export interface DatabaseOptions {
  dataFolder: string;
  databaseUrl: string | null;
  migrations: readonly Migration[];
  now?: () => number;
}

/** The database cannot be opened, said in a sentence for the person who named it. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';
}

/** Opens the database, bringing its schema up to date first. Makes the data folder and the SQLite file when missing. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const kind: DatabaseKind = options.databaseUrl === null ? 'sqlite' : 'postgres';
  const path = sqlitePath(options);
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const place = { kind, path, url: options.databaseUrl ?? '', copies: join(options.dataFolder, 'copies') };
  try {
    await migrate(place, options.migrations, options.now ?? Date.now);
  } catch (error) {
    throw kind === 'postgres' && isUnreachable(error) ? new DatabaseUnreachable(unreachable(error)) : error;
  }
  return kind === 'sqlite' ? sqliteDatabase(path) : postgresDatabase(place.url);
}

/** Connections of one who only reads, on PostgreSQL. */
const READ_POOL_SIZE = 2;

/**
 * Opens the truth for reading alone, for a thread beside the one that opened the database: on SQLite a connection that
 * cannot write, on PostgreSQL a small pool. The schema is taken as it is. @throws when there is no database yet.
 */
export function openReads(place: Pick<DatabaseOptions, 'dataFolder' | 'databaseUrl'>): ReadDatabase {
  return place.databaseUrl === null ? sqliteReads(sqlitePath(place)) : postgresReads(place.databaseUrl);
}

function sqlitePath(place: Pick<DatabaseOptions, 'dataFolder'>): string {
  return join(place.dataFolder, 'fanfold.db');
}

function sqliteReads(path: string): ReadDatabase {
  const file = openSqlite(path, 'reads');
  const reads = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  return {
    kind: 'sqlite',
    reads,
    foreignVersion: () => file.pragma('data_version', { simple: true }) as number,
    close: async () => {
      await reads.destroy();
      // Kysely closes a driver only after its first use.
      if (file.open) file.close();
    },
  };
}

function postgresReads(url: string): ReadDatabase {
  const pool = openPostgresPool(url, READ_POOL_SIZE);
  const reads = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  return {
    kind: 'postgres',
    reads,
    foreignVersion: () => 0,
    close: async () => {
      await reads.destroy();
      if (!pool.ending) await pool.end();
    },
  };
}

function isUnreachable(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // Refused, unknown or silent hosts; 28: who asks is not let in; 3D: there is no such database.
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|28\w{3}|3D\w{3})$/.test(String(error.code));
}

/** PostgreSQL's own words say what is wrong; the address is not repeated, it can hold a password. */
function unreachable(error: Error): string {
  const said = error.message === '' && 'code' in error ? String(error.code) : error.message;
  return `The database that DATABASE_URL names cannot be used: ${said}`;
}

function sqliteDatabase(path: string): Database {
  const writesFile = openSqlite(path, 'writes');
  const reading = sqliteReads(path);
  const writes = new Kysely<Tables>({ dialect: sqliteDialect(writesFile) });
  const commits = new Set<() => void>();
  const write: Database['write'] = (work) => transact(writes, work, isSqliteBusy, commits);
  return {
    kind: 'sqlite',
    reads: reading.reads,
    write,
    writeUnlessRefused: unlessRefused(write),
    onCommit: (listener) => listen(commits, listener),
    foreignVersion: reading.foreignVersion,
    checkpoint: () => {
      writesFile.pragma('wal_checkpoint(truncate)');
    },
    close: async () => {
      await reading.close();
      await writes.destroy();
      if (writesFile.open) writesFile.close();
    },
  };
}

function postgresDatabase(url: string): Database {
  const pool = openPostgresPool(url, POOL_SIZE);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  const commits = new Set<() => void>();
  const write: Database['write'] = (work) => transact(db, work, isPostgresRetry, commits);
  return {
    kind: 'postgres',
    reads: db,
    write,
    writeUnlessRefused: unlessRefused(write),
    onCommit: (listener) => listen(commits, listener),
    foreignVersion: () => 0,
    checkpoint: () => {},
    close: async () => {
      await db.destroy();
      if (!pool.ending) await pool.end();
    },
  };
}

async function transact<T>(
  writes: Kysely<Tables>,
  work: (tx: Tx) => Promise<T>,
  mayRetry: (error: unknown, tries: number) => boolean,
  commits: Set<() => void>,
): Promise<T> {
  const until = Date.now() + WRITE_PATIENCE_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await writes.transaction().execute(work);
      for (const listener of commits) listener();
      return answer;
    } catch (error) {
      if (!mayRetry(error, tries) || Date.now() > until) throw error;
      await sleep(5 + Math.random() * 20);
    }
  }
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the database refused the values themselves, so that others would have been taken. */
export function isRefusal(error: unknown): boolean {
  return isSqliteRefusal(error) || isPostgresRefusal(error);
}
