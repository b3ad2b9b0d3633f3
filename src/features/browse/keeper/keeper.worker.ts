/** The thread that keeps the index: reads the truth by a handle of its own, and feeds the threads that answer. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { openReads } from '../../../platform/db/database.ts';
import { wakeOnWrites } from '../../../platform/events/wakeup.ts';
import type { MergeInput } from '../engine/merge.ts';
import type { Segment } from '../engine/segment.ts';
import { indexFolder } from './folder-lock.ts';
import { gatherBeside } from './gather-beside.ts';
import { IndexBroken, Keeping } from './keeping.ts';
import type { KeeperNews, KeeperOrder, KeeperSettings } from './messages.ts';
import { removeSnapshot } from './snapshot.ts';

const MERGE_FILE = new URL('./merge.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')), import.meta.url);
const TICK_MS = 250;

const settings = workerData as KeeperSettings;
const folder = indexFolder(settings);
const db = openReads(settings);
const news = (words: KeeperNews) => parentPort?.postMessage(words);

const commits = new Set<() => void>();
const wake = () => {
  for (const listener of commits) listener();
};
const keeping = new Keeping({ db, folder, settings, news, gather: gatherBeside(settings), merge: mergeBeside, wake });

let lastSaid = '';
/** A database that stays away is told of once, not every second. */
function sayOnce(error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (detail !== lastSaid) news({ kind: 'said', level: 'error', about: 'the log could not be followed', detail });
  lastSaid = detail;
}

/** An index that does not take a change is thrown away with its snapshot; the next keeper makes it anew. */
async function giveUp(error: IndexBroken): Promise<never> {
  news({ kind: 'said', level: 'error', about: 'the index is made anew', detail: error.message });
  await removeSnapshot(folder);
  process.exit(1);
}

const stopFollowing = wakeOnWrites(
  {
    kind: db.kind,
    reads: db.reads,
    foreignVersion: db.foreignVersion,
    onCommit: (listener) => {
      commits.add(listener);
      return () => commits.delete(listener);
    },
  },
  async () => {
    try {
      await keeping.follow();
      lastSaid = '';
    } catch (error) {
      if (error instanceof IndexBroken) await giveUp(error);
      sayOnce(error);
      throw error;
    }
  },
);

const timer = setInterval(() => {
  try {
    keeping.tick(Date.now());
  } catch (error) {
    if (!(error instanceof IndexBroken)) throw error;
    clearInterval(timer);
    void giveUp(error);
  }
}, TICK_MS);

parentPort?.on('message', (order: KeeperOrder) => {
  if (order.kind === 'look') wake();
  else if (order.kind === 'feed') keeping.feed(order.port);
  else if (order.kind === 'rebuild') keeping.wantRebuild(order.ask);
  else if (order.kind === 'figures') void tellFigures(order.ask);
  else void stop();
});

async function tellFigures(ask: number): Promise<void> {
  try {
    news({ kind: 'figures', ask, figures: await keeping.figures() });
  } catch (error) {
    sayOnce(error);
  }
}

async function stop(): Promise<void> {
  clearInterval(timer);
  await stopFollowing();
  await keeping.finish();
  await db.close();
  process.exit(0);
}

/** Merges in a thread of its own, which ends with it. */
function mergeBeside(input: MergeInput): Promise<Segment> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(MERGE_FILE);
    thread.on('message', resolve);
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The thread that merges ended by itself.')));
    thread.postMessage(input);
  });
}
