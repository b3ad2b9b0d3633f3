/**
 * Those who follow the log. A *projection* is derived from the truth and can be made again from it: it begins by
 * rebuilding and rebuilds whenever its cursor is lost, of another epoch, or older than the log. A *reaction* (a mail, a
 * notification) begins at the head and does each thing once for each recipient, also when events come twice.
 */
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/tables.ts';
import { archiveEpoch, eventsAfter, logHead, prunedTo, type LoggedEvent } from './log.ts';

interface Follower {
  name: string;
  /** Kinds of events that it does nothing for. What happens often is not worth a transaction of everybody who follows. */
  passesOver?: readonly string[];
}

export interface Projection extends Follower {
  type: 'projection';
  /** Makes everything again from the truth, in as many write transactions as it likes. */
  rebuild(db: Database): Promise<void>;
  /** Applies events, in order, in the transaction that moves the cursor. */
  apply(tx: Tx, events: LoggedEvent[]): Promise<void>;
}

export interface Reaction extends Follower {
  type: 'reaction';
  /** Queues what follows from the events, in the transaction that moves the cursor. Use `once` for each recipient. */
  react(tx: Tx, events: LoggedEvent[]): Promise<void>;
}

export type Consumer = Projection | Reaction;

/** Events taken in one transaction: few enough that the transaction stays under 50 ms. */
const BATCH = 40;
/** Events passed over after which the cursor moves all the same, so that they need not be looked at again. */
const PASSED_OVER = 1_000;

/** Brings one consumer up to the head of the log. @returns how many events it took. */
export async function catchUp(db: Database, consumer: Consumer): Promise<number> {
  let taken = 0;
  for (;;) {
    const after = await cursorOf(db, consumer);
    // The head first: nothing up to it comes into the log later.
    const head = await logHead(db.reads);
    const events = await eventsAfter(db.reads, after, BATCH, consumer.passesOver);
    if (events.length === 0 && head - after < PASSED_OVER) return taken;
    const moved = await db.write(async (tx) => {
      // The cursor first: where two processes follow at once, the second waits here and finds it moved.
      const cursor = await tx
        .updateTable('event_cursors')
        .set({ event_id: events.at(-1)?.id ?? head })
        .where('consumer', '=', consumer.name)
        .where('event_id', '=', after)
        .executeTakeFirst();
      if (Number(cursor.numUpdatedRows) === 0) return false;
      if (events.length === 0) return true;
      if (consumer.type === 'projection') await consumer.apply(tx, events);
      else await consumer.react(tx, events);
      return true;
    });
    if (moved) taken += events.length;
  }
}

/** Where the consumer stands; a projection without a place that can be continued from is rebuilt first. */
async function cursorOf(db: Database, consumer: Consumer): Promise<number> {
  const epoch = await archiveEpoch(db.reads);
  const row = await db.reads
    .selectFrom('event_cursors')
    .selectAll()
    .where('consumer', '=', consumer.name)
    .executeTakeFirst();
  if (row && row.epoch === epoch && !(await isBehindTheLog(db, row.event_id))) return row.event_id;
  // The head is read before the rebuild: what happens meanwhile is applied once more, which a projection bears.
  const head = await logHead(db.reads);
  if (consumer.type === 'projection') await consumer.rebuild(db);
  await db.write((tx) =>
    tx
      .insertInto('event_cursors')
      .values({ consumer: consumer.name, event_id: head, epoch })
      .onConflict((conflict) => conflict.column('consumer').doUpdateSet({ event_id: head, epoch }))
      .execute(),
  );
  return head;
}

/** Whether events after the cursor have been pruned, or the log is younger than the cursor (an older copy restored). */
async function isBehindTheLog(db: Database, cursor: number): Promise<boolean> {
  return cursor < (await prunedTo(db.reads)) || cursor > (await logHead(db.reads));
}

/** Records that a reaction did its thing for this recipient. @returns false when it had been done before. */
export async function once(tx: Tx, consumer: string, eventId: number, recipient: string, at: number): Promise<boolean> {
  const result = await tx
    .insertInto('event_deliveries')
    .values({ consumer, event_id: eventId, recipient, at })
    .onConflict((conflict) => conflict.columns(['consumer', 'event_id', 'recipient']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}
