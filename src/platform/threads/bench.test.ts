/** Orders done beside the server: answered in turn, ended when they take too much, and none at another's cost. */
import { expect, onTestFinished, test } from 'vitest';
import { startBench, type Bench, type BenchOptions } from './bench.ts';
import type { TestOrder } from './bench.fixture.ts';

/** Both ways in which an order is worked on: in a thread, and in a process, which has a limit of memory. */
const WAYS: readonly (readonly [string, Partial<BenchOptions>])[] = [
  ['in a thread', {}],
  ['in a process', { megabytes: 128 }],
];

function benchOf(options: Partial<BenchOptions> = {}): Bench<TestOrder, unknown> {
  const file = new URL('./bench.fixture.ts', import.meta.url);
  const bench = startBench<TestOrder, unknown>({ file, workers: 1, secondsEach: 10, ...options });
  onTestFinished(() => bench.close());
  return bench;
}
const answer = (value: unknown): TestOrder => ({ do: 'answer', with: value });

test.each(WAYS)(
  'every order gets its own answer, whatever there is to say, and a thread is used again: %s',
  async (_, way) => {
    const bench = benchOf({ ...way, workers: 2 });
    const values = [1, 'two', null, undefined, { three: [3] }, new Uint8Array([4])];
    const done = await Promise.all(values.map((value) => bench.do(answer(value))));
    expect(done).toEqual(values.map((value) => ({ answer: value })));
    const one = benchOf(way);
    const [, , third] = await Promise.all([one.do(answer(1)), one.do(answer(2)), one.do({ do: 'count' })]);
    expect(third).toEqual({ answer: 3 });
  },
);

test.each(WAYS)('what fails is told to whoever asked, and to nobody else: %s', async (_, way) => {
  const bench = benchOf(way);
  const orders: TestOrder[] = [
    answer(1),
    { do: 'throw' },
    answer(2),
    { do: 'throw later' },
    answer(3),
    { do: 'exit' },
    answer(4),
    { do: 'answer a function' },
    answer(5),
  ];
  const done = await Promise.allSettled(orders.map((order) => bench.do(order)));
  expect(done.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    { answer: 1 },
    'Error: It broke.',
    { answer: 2 },
    expect.stringMatching(/^Error: (?:It broke later|The process ended by itself)\.$/),
    { answer: 3 },
    expect.stringMatching(/^Error: The (?:thread|process) ended by itself\.$/),
    { answer: 4 },
    expect.stringMatching(/could not be cloned/),
    { answer: 5 },
  ]);
});

test.each(WAYS)('an order that cannot be handed over is refused at once, and the next is done: %s', async (_, way) => {
  const bench = benchOf(way);
  const wrong = { do: 'answer', with: () => undefined } as TestOrder;
  const done = await Promise.allSettled([bench.do(answer(1)), bench.do(wrong), bench.do(answer(2)), bench.do(wrong)]);
  expect(done.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
});

test.each(WAYS)(
  'a thread that takes too long is ended, in a loop or waiting, and the next order gets a new one: %s',
  async (_, way) => {
    const bench = benchOf({ ...way, secondsEach: 1.5 });
    const done = await Promise.all([
      bench.do({ do: 'spin' }),
      bench.do({ do: 'count' }),
      bench.do({ do: 'wait', milliseconds: 60_000 }),
    ]);
    expect(done).toEqual([{ overran: 'time' }, { answer: 1 }, { overran: 'time' }]);
  },
);

test('what takes too much memory is ended, in small steps or in one, and the next order is done', async () => {
  const bench = benchOf({ megabytes: 48, secondsEach: 20 });
  const orders: TestOrder[] = [{ do: 'fill' }, { do: 'count' }, { do: 'fill at once' }, { do: 'count' }];
  expect(await Promise.all(orders.map((order) => bench.do(order)))).toEqual([
    { overran: 'memory' },
    { answer: 1 },
    { overran: 'memory' },
    { answer: 1 },
  ]);
});

test.each(WAYS)('a worker file that is not there fails each order, and nothing hangs: %s', async (_, way) => {
  const bench = benchOf({ ...way, file: new URL('./no-such-worker.ts', import.meta.url) });
  const done = await Promise.allSettled([bench.do(answer(1)), bench.do(answer(2))]);
  expect(done.map((one) => one.status)).toEqual(['rejected', 'rejected']);
});

test.each(WAYS)('closed, it rejects what is under way, what waits and what comes later: %s', async (_, way) => {
  const bench = benchOf(way);
  const under = Promise.allSettled([bench.do({ do: 'wait', milliseconds: 60_000 }), bench.do(answer(1))]);
  await bench.close();
  expect((await under).map((one) => one.status)).toEqual(['rejected', 'rejected']);
  await expect(bench.do(answer(1))).rejects.toThrow('closed');
  await bench.close();
});
