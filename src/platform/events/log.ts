/**
 * The event log: what happened, in the order in which it was committed. No text, name or address stands in it.
 * An action appends as the last statement of its transaction.
 */
import { lockEventLog } from '../db/locks.ts';
import type { Handle, Tx } from '../db/tables.ts';

export interface NewEvent {
  /** `work.posted`, `tag.merged`: a noun, a dot, what happened to it. */
  kind: string;
  /** The noun's table-like name: `work`, `tag`, `account`. */
  subject: string;
  subjectId: number;
  /** The work whose lists, pages or index are touched, when there is one. */
  workId?: number;
  /** The subject's version after the change; 0 where it has none. */
  version?: number;
}

export interface LoggedEvent extends Required<Omit<NewEvent, 'workId'>> {
  id: number;
  workId: number | null;
  at: number;
}

/** Days an event is kept. A consumer left behind further than that rebuilds. */
export const EVENT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Appends events to the log. To be called last in a transaction: on PostgreSQL it holds the log's lock until the commit. */
export async function append(tx: Tx, at: number, ...events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await lockEventLog(tx);
  await tx
    .insertInto('events')
    .values(
      events.map((event) => ({
        kind: event.kind,
        subject: event.subject,
        subject_id: event.subjectId,
        work_id: event.workId ?? null,
        version: event.version ?? 0,
        at,
      })),
    )
    .execute();
}

/** @returns up to `limit` events after `after`, oldest first, those of the kinds that are passed over left out. */
export async function eventsAfter(
  handle: Handle,
  after: number,
  limit: number,
  passedOver: readonly string[] = [],
): Promise<LoggedEvent[]> {
  const rows = await handle
    .selectFrom('events')
    .selectAll()
    .where('id', '>', after)
    .$if(passedOver.length > 0, (events) => events.where('kind', 'not in', passedOver))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    subjectId: row.subject_id,
    workId: row.work_id,
    version: row.version,
    at: row.at,
  }));
}

/** @returns the id of the newest event, 0 for an empty log. */
export async function logHead(handle: Handle): Promise<number> {
  const row = await handle.selectFrom('events').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

/** Removes events older than 30 days, but never the newest one, so that the log's head is known. */
export async function pruneEvents(tx: Tx, now: number): Promise<void> {
  const head = await logHead(tx);
  const gone = await tx
    .selectFrom('events')
    .select((newest) => newest.fn.max<number | null>('id').as('id'))
    .where('at', '<', now - EVENT_DAYS * DAY_MS)
    .where('id', '<', head)
    .executeTakeFirstOrThrow();
  if (gone.id === null) return;
  await tx.deleteFrom('events').where('id', '<=', gone.id).execute();
  await tx
    .insertInto('event_pruning')
    .values({ id: 1, pruned_to: gone.id })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ pruned_to: gone.id ?? 0 }))
    .execute();
}

/** @returns the newest event that has been pruned, 0 when none has. */
export async function prunedTo(handle: Handle): Promise<number> {
  const row = await handle.selectFrom('event_pruning').select('pruned_to').executeTakeFirst();
  return row?.pruned_to ?? 0;
}

/** The archive's epoch, for a restore to renew. A cursor of another epoch counts for nothing. */
export async function archiveEpoch(handle: Handle): Promise<string> {
  const row = await handle
    .selectFrom('archive_state')
    .select('value')
    .where('key', '=', 'epoch')
    .executeTakeFirstOrThrow();
  return row.value;
}
