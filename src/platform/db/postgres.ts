/** PostgreSQL as Kysely sees it: 64-bit numbers arrive as numbers, checked at 2^53, so that both databases give the same rows. */
import pg from 'pg';
import { PostgresDialect, type Dialect } from 'kysely';
import { preparingClient } from './prepared.ts';

const INT8 = 20;
const NUMERIC = 1700;
/** Milliseconds a statement waits for a lock before it fails. */
const LOCK_MS = 5_000;

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) && Number.isInteger(value))
    throw new Error(`A number beyond 2^53 came from the database: ${text}`);
  return value;
}

function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return exactNumber;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** A pool of connections to a PostgreSQL database. */
export function openPostgresPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    Client: preparingClient(),
    connectionString: url,
    max: size,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
    application_name: 'fanfold',
    // A row that somebody else holds is waited for as long as SQLite's lock is, and no longer.
    lock_timeout: LOCK_MS,
  });
  // An idle connection that breaks is replaced by the pool at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/** A Kysely dialect over a pool. */
export function postgresDialect(pool: pg.Pool): Dialect {
  return new PostgresDialect({ pool });
}

function code(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Serialization failure, deadlock, and a plan of before the table was changed: the database asks for another try. */
const TRY_AGAIN = new Set(['40001', '40P01', '0A000']);
/** Duplicate, missing parent, lock not had: often another's write a moment ago, which another try will see. */
const TRY_ONCE_MORE = new Set(['23505', '23503', '55P03']);
const ONCE_MORE = 2;

/** Whether a transaction that failed so, after that many tries, should be tried again. */
export function isPostgresRetry(error: unknown, tries: number): boolean {
  return TRY_AGAIN.has(code(error)) || (TRY_ONCE_MORE.has(code(error)) && tries <= ONCE_MORE);
}

/** Whether the values themselves were refused: out of range, against a constraint, beyond a limit. */
export function isPostgresRefusal(error: unknown): boolean {
  return /^(22|23|54)/.test(code(error));
}
