/** What PostgreSQL needs to be told, and SQLite, with its one writer, does not. */
import { createHash } from 'node:crypto';
import { PostgresAdapter, sql, type SelectQueryBuilder } from 'kysely';
import type { Handle, Tx } from './tables.ts';

const EVENT_LOG_LOCK = 7_160_001;

function isPostgres(handle: Handle): boolean {
  return handle.getExecutor().adapter instanceof PostgresAdapter;
}

/** Makes ids of the event log commit in order: held until the transaction ends. Nothing to do on SQLite. */
export async function lockEventLog(tx: Tx): Promise<void> {
  if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${EVENT_LOG_LOCK})`.execute(tx);
}

/**
 * Holds names until the transaction ends, so that two who mean the same thing do it one after the other. `shared`: with
 * others who only need it to stay as it is. Nothing to do on SQLite, where whoever writes is alone.
 */
export async function lockNames(tx: Tx, names: readonly string[], how: 'alone' | 'shared' = 'alone'): Promise<void> {
  if (!isPostgres(tx)) return;
  for (const name of names.toSorted()) {
    const key = createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
    if (how === 'shared') await sql`select pg_advisory_xact_lock_shared(${key}::bigint)`.execute(tx);
    else await sql`select pg_advisory_xact_lock(${key}::bigint)`.execute(tx);
  }
}

/** The same rows, held against others until the transaction ends. */
export function held<DB, TB extends keyof DB, O>(
  tx: Tx,
  query: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return isPostgres(tx) ? query.forUpdate() : query;
}

/** @returns the id of one job that is due and that no other worker is taking, locked until the transaction ends. */
export async function dueJobId(tx: Tx, now: number): Promise<number | null> {
  let query = tx
    .selectFrom('jobs')
    .select('id')
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'ready'), where('run_at', '<=', now)]),
        where.and([where('state', '=', 'running'), where('locked_until', '<', now)]),
      ]),
    )
    .orderBy('run_at')
    .orderBy('id')
    .limit(1);
  if (isPostgres(tx)) query = query.forUpdate().skipLocked();
  return (await query.executeTakeFirst())?.id ?? null;
}
