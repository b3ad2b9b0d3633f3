/**
 * Wakes the followers of the log: at once for a write of this process, within 200 ms for one of another process.
 * A hint only: the cursor decides what there is to do.
 */
import type { Database } from '../db/database.ts';
import { logHead } from './log.ts';

const POLL_MS = 200;

/** A call that failed is made again after this long, also when nothing is written meanwhile. */
const AGAIN_MS = 1_000;

/** What is listened to: the database, or a thread's own handle with word of this process's writes. */
export type WriteNews = Pick<Database, 'kind' | 'reads' | 'foreignVersion' | 'onCommit'>;

/** Calls `wake` after writes, one call at a time and never lost; a call that fails is repeated. @returns a function that stops and waits for the last call. */
export function wakeOnWrites(db: WriteNews, wake: () => Promise<void>): () => Promise<void> {
  let wanted = true;
  let stopped = false;
  let running: Promise<void> | null = null;
  let seenVersion = db.foreignVersion();
  let seenHead = -1;

  const run = () => {
    if (running || stopped || !wanted) return;
    wanted = false;
    running = wake()
      .catch(() => {
        setTimeout(ask, AGAIN_MS).unref();
      })
      .finally(() => {
        running = null;
        if (wanted) setImmediate(run);
      });
  };
  const ask = () => {
    wanted = true;
    setImmediate(run);
  };
  const look = async () => {
    if (db.kind === 'sqlite') {
      const version = db.foreignVersion();
      if (version !== seenVersion) ask();
      seenVersion = version;
    } else {
      const head = await logHead(db.reads);
      if (head !== seenHead) ask();
      seenHead = head;
    }
  };

  const unlisten = db.onCommit(ask);
  // A failed look is repeated at the next tick; a database that stays away shows in /readyz.
  const timer = setInterval(() => void look().catch(() => {}), POLL_MS);
  timer.unref();
  run();
  return async () => {
    stopped = true;
    clearInterval(timer);
    unlisten();
    await running;
  };
}
