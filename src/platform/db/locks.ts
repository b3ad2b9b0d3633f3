/** What PostgreSQL needs to be told, and SQLite, with its one writer, does not. */
import { PostgresAdapter, sql } from 'kysely';
import type { Handle, Tx } from './tables.ts';

const EVENT_LOG_LOCK = 7_160_001;

function isPostgres(handle: Handle): boolean {
  return handle.getExecutor().adapter instanceof PostgresAdapter;
}

/** Makes ids of the event log commit in order: held until the transaction ends. Nothing to do on SQLite. */
export async function lockEventLog(tx: Tx): Promise<void> {
  if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${EVENT_LOG_LOCK})`.execute(tx);
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
