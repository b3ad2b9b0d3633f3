/**
 * Work to be done later, as rows: put in the transaction that makes it needed, done at least once, tried again with
 * growing pauses, and kept as `dead` with its last error when it will not succeed.
 */
import { dueJobId } from '../db/locks.ts';
import type { Handle, Tx } from '../db/tables.ts';

/** Attempts before a job is dead. */
export const MAX_ATTEMPTS = 8;
/** A running job whose worker is gone is taken again after this long, in milliseconds. */
export const LEASE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

export interface NewJob {
  kind: string;
  /** Anything JSON can hold; ids rather than copies of what they name. */
  payload?: unknown;
  /** A second job with the same key is not put while one waits or runs. */
  uniqueKey?: string;
  /** UTC milliseconds; at once when absent. */
  runAt?: number;
}

export interface TakenJob {
  id: number;
  kind: string;
  payload: unknown;
  /** 1 for the first try. */
  attempt: number;
}

/** Puts a job into the queue. @returns false when one with its unique key is there already. */
export async function enqueue(tx: Tx, now: number, job: NewJob): Promise<boolean> {
  const result = await tx
    .insertInto('jobs')
    .values({
      kind: job.kind,
      payload: JSON.stringify(job.payload ?? null),
      unique_key: job.uniqueKey ?? null,
      state: 'ready',
      attempts: 0,
      run_at: job.runAt ?? now,
      locked_until: null,
      last_error: null,
      created_at: now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.column('unique_key').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Takes the next due job and leases it. @returns null when none is due. */
export async function takeJob(tx: Tx, now: number): Promise<TakenJob | null> {
  for (;;) {
    const id = await dueJobId(tx, now);
    if (id === null) return null;
    const row = await tx
      .updateTable('jobs')
      .set((set) => ({ state: 'running' as const, attempts: set('attempts', '+', 1), locked_until: now + LEASE_MS }))
      .where('id', '=', id)
      .returning(['id', 'kind', 'payload', 'attempts'])
      .executeTakeFirstOrThrow();
    const job = { id: row.id, kind: row.kind, payload: JSON.parse(row.payload) as unknown, attempt: row.attempts };
    if (job.attempt <= MAX_ATTEMPTS) return job;
    // Its worker never lived to say how the last try went.
    await failJob(tx, now, { ...job, attempt: MAX_ATTEMPTS }, 'The process ended every time while this was done.');
  }
}

/** Ends a job well; its unique key is free again. */
export async function finishJob(tx: Tx, now: number, id: number): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ state: 'done', finished_at: now, locked_until: null, unique_key: null, last_error: null })
    .where('id', '=', id)
    .execute();
}

/** Ends a try badly: the job waits for its next try, or is dead after the last one. `firstPause`: see `pauseAfter`. */
export async function failJob(tx: Tx, now: number, job: TakenJob, error: string, firstPause?: number): Promise<void> {
  const dead = job.attempt >= MAX_ATTEMPTS;
  await tx
    .updateTable('jobs')
    .set({
      state: dead ? 'dead' : 'ready',
      run_at: now + pauseAfter(job.attempt, firstPause),
      locked_until: null,
      last_error: error.slice(0, 2000),
      finished_at: dead ? now : null,
      ...(dead ? { unique_key: null } : {}),
    })
    .where('id', '=', job.id)
    .execute();
}

/** Pause before the next try, in milliseconds: the first one (2 s when not said) doubled each time, at most an hour. */
export function pauseAfter(attempt: number, firstPause = FIRST_PAUSE_MS): number {
  return Math.min(LONGEST_PAUSE_MS, firstPause * 2 ** (attempt - 1));
}

/** Removes jobs that ended well before `before`; dead ones stay until a person has looked at them. */
export async function forgetDoneJobs(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('jobs').where('state', '=', 'done').where('finished_at', '<', before).execute();
}

/** Removes jobs of some kinds that wait or run: in a restored copy, what they were for is long done or past. */
export async function forgetWaitingJobs(tx: Tx, kinds: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('jobs')
    .where('kind', 'in', [...kinds])
    .where('state', 'in', ['ready', 'running'])
    .execute();
}

/** How many jobs are in which state. */
export async function jobCounts(handle: Handle): Promise<Record<string, number>> {
  const rows = await handle
    .selectFrom('jobs')
    .select(['state', (count) => count.fn.countAll<number>().as('jobs')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.jobs)]));
}
