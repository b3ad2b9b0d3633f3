/**
 * Keeps the file of full text search up to the truth, in a thread of its own: follows the event log, begins anew where it
 * cannot go on, and makes a damaged file again. Whatever fails is tried again; nothing is lost by ending it at any moment.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openReads } from '../../../platform/db/database.ts';
import { giveWay } from '../../../platform/threads/give-way.ts';
import { logHead } from '../../../platform/events/log.ts';
import { isDamage, openTextFile, removeTextFile } from './text-file.ts';
import { textFollower } from './text-follow.ts';

export interface FollowStart {
  dataFolder: string;
  databaseUrl: string | null;
  path: string;
}

export type FollowOrder = 'wake' | 'rebuild' | 'damaged' | 'close';

/** How long the log is left alone when nobody says that something was written. */
const LOOK_EVERY_MS = 200;
const AGAIN_MS = 1_000;
/** How often it is looked through whether there is something to do that nobody wrote. */
const LOOK_THROUGH_MS = 60_000;

const start = workerData as FollowStart;
const orders = new Set<FollowOrder>();
let wake = (): void => undefined;
/** What the truth's number of writes was when it was last looked at. */
let seen = -1;

parentPort?.on('message', (order: FollowOrder) => {
  orders.add(order);
  wake();
});

giveWay();
const truth = openReads(start);
let file = openTextFile(start.path);
let follower = textFollower(truth.reads, file);

function beginAnew(): void {
  file.close();
  removeTextFile(start.path);
  file = openTextFile(start.path);
  follower = textFollower(truth.reads, file);
}

while (!orders.has('close')) {
  orders.delete('wake');
  try {
    const isWanted = orders.delete('rebuild');
    if (orders.delete('damaged') || isWanted) beginAnew();
    const isMore = await follower.step();
    // Orders are heard between two steps.
    if (isMore) await new Promise(setImmediate);
    else await untilWritten();
  } catch (error) {
    if (isDamage(error)) orders.add('damaged');
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
    await pause(AGAIN_MS);
  }
}
file.close();
await truth.close();
parentPort?.close();

/** Waits for an order, or until somebody has written to the truth. */
async function untilWritten(): Promise<void> {
  const look = async () => (truth.kind === 'sqlite' ? truth.foreignVersion() : logHead(truth.reads));
  const until = Date.now() + LOOK_THROUGH_MS;
  while (orders.size === 0 && (await look()) === seen && Date.now() < until) await pause(LOOK_EVERY_MS);
  seen = await look();
}

/** Ends early for an order. */
async function pause(milliseconds: number): Promise<void> {
  if (orders.size > 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
