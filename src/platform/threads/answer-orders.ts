/** The other side of a bench: what a worker file calls to answer orders one after another. */
import { parentPort } from 'node:worker_threads';
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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
