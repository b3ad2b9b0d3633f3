/** Orders for one worker, handed to it one at a time, in turns by who gave them. */
import { FairQueue, type Asker, type QueueLimits } from './fair-queue.ts';

export interface TurnOptions extends QueueLimits {
  /** What is thrown for an order that is refused because too many wait. */
  busy: () => Error;
}

/** Gives an order for somebody, or for nobody in particular. @throws `busy`, and what the work throws. */
export type InTurns<Order, Answer> = (order: Order, asker: Asker | null) => Promise<Answer>;

interface Task<Order, Answer> {
  order: Order;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export function inTurns<Order, Answer>(
  work: (order: Order) => Promise<Answer>,
  { busy, ...limits }: TurnOptions,
): InTurns<Order, Answer> {
  const queue = new FairQueue<Task<Order, Answer>>(limits);
  let isWorking = false;
  const workOn = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    for (let task = queue.next(); task !== undefined; task = queue.next()) {
      try {
        task.resolve(await work(task.order));
      } catch (error) {
        task.reject(error);
      }
    }
    isWorking = false;
  };
  return (order, asker) =>
    new Promise((resolve, reject) => {
      queue.push({ order, resolve, reject }, asker)?.reject(busy());
      void workOn();
    });
}
