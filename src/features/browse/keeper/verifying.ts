/** Has a thread compare the index that a keeper keeps with the truth. */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Progress } from './asks.ts';
import type { Verified } from './verify.ts';
import type { VerifyNews, VerifyOrder } from './verify.worker.ts';

const THREAD_FILE = new URL(
  './verify.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

export interface Verifying {
  verified: Promise<Verified>;
  stop(): Promise<void>;
}

/** Begins. `feed` hands a port to the keeper. What ends the thread before its time is thrown. */
export function startVerifying(
  place: Omit<VerifyOrder, 'port'>,
  feed: (port: MessagePort) => void,
  progress: (progress: Progress) => void,
): Verifying {
  const { port1, port2 } = new MessageChannel();
  const order: VerifyOrder = { ...place, port: port1 };
  const thread = new Worker(THREAD_FILE, { workerData: order, transferList: [port1] });
  feed(port2);
  const verified = new Promise<Verified>((resolve, reject) => {
    thread.on('message', (news: VerifyNews) => ('progress' in news ? progress(news.progress) : resolve(news.verified)));
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The comparison was ended before it was done.')));
  });
  // Whoever stops it before its time does not always wait for what it finds.
  verified.catch(() => undefined);
  return { verified, stop: async () => void (await thread.terminate()) };
}
