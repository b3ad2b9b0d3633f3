/** A thread that compares the index with the truth and ends, so that nothing waits for its slow questions. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openReads } from '../../../platform/db/database.ts';
import { giveWay } from '../../../platform/threads/give-way.ts';
import type { Progress } from './asks.ts';
import { fedEngine } from './fed-engine.ts';
import { verifyIndex, type Verified } from './verify.ts';

export interface VerifyOrder {
  dataFolder: string;
  databaseUrl: string | null;
  /** The keeper's food. */
  port: MessagePort;
}

export type VerifyNews = { progress: Progress } | { verified: Verified };

giveWay();
const order = workerData as VerifyOrder;
const news = (words: VerifyNews) => parentPort?.postMessage(words);
const db = openReads(order);
const fed = await new Promise<ReturnType<typeof fedEngine>>((resolve) => {
  const begun = fedEngine(order.port, () => resolve(begun));
});
const verified = await verifyIndex({
  handle: db.reads,
  catchUp: () => fed.catchUp(),
  search: (query) => {
    const now = fed.now();
    if (now === null) throw new Error('There is no index in this thread yet.');
    return now.engine.search(query);
  },
  progress: (progress) => news({ progress }),
});
news({ verified });
fed.close();
await db.close();
