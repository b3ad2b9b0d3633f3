/** A worker for tests of the bench: it does what it is told, well or badly. */
import { answerOrders } from './answer-orders.ts';

export type TestOrder =
  | { do: 'answer'; with: unknown }
  | { do: 'wait'; milliseconds: number }
  | { do: 'throw' | 'throw later' | 'exit' | 'spin' | 'fill' | 'fill at once' | 'answer a function' | 'count' };

let count = 0;

answerOrders(async (order: TestOrder): Promise<unknown> => {
  count += 1;
  switch (order.do) {
    case 'answer':
      return order.with;
    case 'wait':
      return new Promise((resolve) => setTimeout(() => resolve('waited'), order.milliseconds));
    case 'throw':
      throw new Error('It broke.');
    case 'throw later':
      setTimeout(() => {
        throw new Error('It broke later.');
      });
      return new Promise(() => undefined);
    case 'exit':
      process.exit(3);
    case 'spin':
      for (;;) count += 0;
    case 'fill': {
      let full: unknown = null;
      for (;;) full = { full, more: [1, 2, 3] };
    }
    case 'fill at once':
      return [...'x'.repeat(80_000_000)].length;
    case 'answer a function':
      return () => undefined;
    case 'count':
      return count;
  }
});
