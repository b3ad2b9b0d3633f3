/** The other side of a bench: what a worker file calls to answer orders one after another. */
import { parentPort, Worker } from 'node:worker_threads';
import type { Answered } from './bench.ts';

/**
 * Answers every order that is posted to this thread or process. What `answer` throws is told to whoever gave the order.
 * A process ends with the one that started it, and leaves it to that one to end for a signal.
 */
export function answerOrders<Order, Answer>(answer: (order: Order) => Answer | Promise<Answer>): void {
  const post = (message: Answered<Answer>): void => {
    if (parentPort) parentPort.postMessage(message);
    else process.send?.(message);
  };
  const take = (order: Order): void => void answerTo(order);
  const answerTo = async (order: Order): Promise<void> => {
    try {
      post({ answer: await answer(order) });
    } catch (error) {
      post({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
  if (parentPort) {
    parentPort.on('message', take);
    return;
  }
  process.on('message', take);
  process.on('disconnect', () => process.exit());
  endWithParent();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}

/** How often a process looks whether the one that started it is still there, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

/**
 * Ends this process when the one that started it is gone. A thread looks, because a process that works on an order without
 * end hears nothing, and nobody is left who would end it.
 */
function endWithParent(): void {
  const parent = process.ppid;
  const look = `setInterval(() => { if (process.ppid !== ${parent}) process.kill(process.pid, 'SIGKILL'); }, ${LOOK_EVERY_MS});`;
  new Worker(look, { eval: true, execArgv: [] }).unref();
}
