/**
 * SQLite as Kysely sees it: prepared statements are kept (88 → 14 µs a point read), a transaction begins `immediate`
 * (a deferred one gets SQLITE_BUSY_SNAPSHOT at its first write), and a wait for another process's lock stays short,
 * because SQLite's own wait stops the event loop.
 */
import SQLite from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';

/** Milliseconds SQLite itself may wait for a lock; the rest of the waiting is done without stopping the event loop. */
const BUSY_MS = 5;
/** Milliseconds SQLite may wait while a file is opened or its schema changed. */
const OPENING_MS = 10_000;
/** Prepared statements kept for one connection. */
const STATEMENTS = 400;

class SqliteConnection implements DatabaseConnection {
  readonly #file: SQLite.Database;
  readonly #statements = new Map<string, SQLite.Statement>();

  constructor(file: SQLite.Database) {
    this.#file = file;
  }

  #prepare(sql: string): SQLite.Statement {
    let statement = this.#statements.get(sql);
    if (statement) {
      // Those used least fall out first; while there is room, nobody needs to know which.
      if (this.#statements.size < STATEMENTS) return statement;
      this.#statements.delete(sql);
    } else {
      statement = this.#file.prepare(sql);
      if (this.#statements.size >= STATEMENTS) this.#statements.delete(this.#statements.keys().next().value ?? '');
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(query.sql);
    if (statement.reader) return { rows: statement.all(...query.parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...query.parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Page by key instead of streaming: an open statement would hold the connection.');
  }
}

class SqliteDriver implements Driver {
  readonly #file: SQLite.Database;
  readonly #connection: SqliteConnection;

  constructor(file: SQLite.Database) {
    this.#file = file;
    this.#connection = new SqliteConnection(file);
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    this.#file.exec('begin immediate');
  }
  async commitTransaction(): Promise<void> {
    this.#file.exec('commit');
  }
  async rollbackTransaction(): Promise<void> {
    if (this.#file.inTransaction) this.#file.exec('rollback');
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    this.#file.close();
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  /** SQLite rolls schema changes back like any other; saying so lets the Migrator use one transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A Kysely dialect over one open SQLite file. */
export function sqliteDialect(file: SQLite.Database): Dialect {
  return {
    createDriver: () => new SqliteDriver(file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

export type SqliteUse = 'writes' | 'reads' | 'migrations';

/** Opens the file for one use. `reads` cannot write; `migrations` has foreign keys off, as a rebuilt table needs. */
export function openSqlite(path: string, use: SqliteUse): SQLite.Database {
  // While a file is opened its wait may be long: another process may be mending the log that a crash left behind.
  const file = new SQLite(path, { readonly: use === 'reads', timeout: OPENING_MS });
  if (use !== 'reads') {
    file.pragma('journal_mode = wal');
    file.pragma('synchronous = full');
    file.pragma(`foreign_keys = ${use === 'writes' ? 'on' : 'off'}`);
  }
  file.pragma('cache_size = -16000');
  file.pragma('temp_store = memory');
  if (use !== 'migrations') file.pragma(`busy_timeout = ${BUSY_MS}`);
  return file;
}

/** Whether an error means that another connection holds the lock, so that trying again is right. */
export function isSqliteBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Whether the values themselves were refused: against a constraint, or beyond a limit. */
export function isSqliteRefusal(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)/.test(error.code);
}
