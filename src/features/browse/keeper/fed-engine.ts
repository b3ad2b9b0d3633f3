/** An engine of a thread's own, fed by the keeper through a port: the shared segment first, then every change. */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { freeMemory } from '../../../platform/threads/free-memory.ts';
import type { DividedPass } from './divided-pass.ts';
import { unpackBatch, type Feeding, type Stamp } from './messages.ts';

export interface FedEngine {
  /** @returns the engine with all that the keeper has said so far, or null before its first word. */
  now(): { engine: Engine; stamp: Stamp } | null;
  /** Asks the keeper for all that is in the log by now, counters too. Resolves once it is in the engine. */
  catchUp(): Promise<void>;
  close(): void;
}

/**
 * Begins to eat. `onFed` is called for the first segment. What a batch throws is thrown: such a thread must end.
 * @param pass what divides large counting passes with another thread, where something does.
 */
export function fedEngine(port: MessagePort, onFed: () => void, pass: DividedPass | null = null): FedEngine {
  let engine: Engine | null = null;
  let stamp: Stamp = { content: 0, counters: 0, version: 0 };
  let asked = 0;
  const waiting = new Map<number, () => void>();

  const take = (food: Feeding): void => {
    if (food.kind === 'up-to-date') {
      waiting.get(food.ask)?.();
      waiting.delete(food.ask);
      return;
    }
    stamp = food.stamp;
    if (food.kind === 'batch') {
      engine?.apply(unpackBatch(food.batch));
      return;
    }
    const isFirst = engine === null;
    pass?.forget();
    engine = new Engine(food.segment, pass?.countSet);
    for (const batch of food.later) engine.apply(unpackBatch(batch));
    if (isFirst) onFed();
    else freeMemory();
  };
  port.on('message', take);

  return {
    now() {
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
        take(next.message as Feeding);
      return engine && { engine, stamp };
    },
    catchUp() {
      asked += 1;
      const ask = asked;
      port.postMessage({ kind: 'catch-up', ask });
      return new Promise((resolve) => waiting.set(ask, resolve));
    },
    close: () => port.close(),
  };
}
