import type { MessagePort } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import { EVERYTHING, type BrowseQuery, type Where } from '../browse-query.ts';
import { SegmentBuilder } from '../engine/segment-builder.ts';
import type { Feeding } from './messages.ts';
import { startQueryThreads, type QueryThreads } from './query-threads.ts';

const ALL: BrowseQuery = {
  audience: 'guest',
  where: EVERYTHING,
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 25,
  facets: null,
};

function threadsOf(patienceMs?: number): { threads: QueryThreads; losses: string[] } {
  const losses: string[] = [];
  const threads = startQueryThreads({
    threads: 1,
    onLoss: (why) => losses.push(why),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  onTestFinished(() => threads.close());
  return { threads, losses };
}

/** Feeds a thread as a keeper of an empty archive does. */
function feedNothing(port: MessagePort): void {
  const segment = new SegmentBuilder().build(5);
  port.postMessage({
    kind: 'segment',
    segment,
    later: [],
    stamp: { content: 1, counters: 1, version: 5 },
  } satisfies Feeding);
}

test('more questions than can wait are refused, and those that wait when it is closed as well', async () => {
  const { threads } = threadsOf();
  const waiting = Array.from({ length: 1_000 }, () => threads.search(ALL, null).catch((error: Error) => error.message));
  await expect(threads.search(ALL, null)).rejects.toMatchObject({ name: 'NotAnswered', reason: 'busy' });
  expect(threads.figures()).toEqual({ threads: 1, ready: 0, waiting: 1_000 });
  await threads.close();
  expect(new Set(await Promise.all(waiting))).toEqual(
    new Set(['The threads of the index were closed before this was answered.']),
  );
});

test('a list that several wait for goes to whose turn comes first', { timeout: 60_000 }, async () => {
  const { threads } = threadsOf();
  const [greedy, guest]: Asker[] = [
    { key: 'greedy', isOne: false },
    { key: 'guest', isOne: false },
  ];
  const answered: number[] = [];
  const asked = Array.from({ length: 20 }, (_, offset) => ({ ...ALL, offset }));
  const all = asked.map(async (query) => {
    await threads.search(query, greedy ?? null);
    answered.push(query.offset);
  });
  threads.alsoFor(asked[15] as BrowseQuery, guest ?? null);
  // Nobody waits for this one.
  threads.alsoFor({ ...ALL }, guest ?? null);
  expect(threads.figures().waiting).toBe(20);
  threads.feedBy(feedNothing);
  await Promise.all(all);
  expect(answered.slice(0, 3)).toEqual([0, 15, 1]);
});

test(
  'a question that takes too long is given up, and the next thread answers the next',
  { timeout: 60_000 },
  async () => {
    const { threads, losses } = threadsOf(400);
    threads.feedBy(feedNothing);
    const endless: Where = {
      any: Array.from({ length: 400_000 }, (_, id) => ({ term: { kind: 'fandom', id: id + 1 } })),
    };
    while (!threads.isReady()) await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(threads.search({ ...ALL, where: { all: [endless, { not: endless }] } }, null)).rejects.toMatchObject({
      reason: 'slow',
    });
    expect(losses).toEqual(['a question took too long']);
    const next = async () => threads.search(ALL, null).catch(() => null);
    let found = await next();
    // A busy machine starts threads slowly.
    for (let tries = 0; found === null && tries < 50; tries += 1) found = await next();
    expect(found?.answer).toMatchObject({ version: 5, total: 0 });
  },
);

test('what an engine refuses is told to whoever asked, and costs no thread', { timeout: 60_000 }, async () => {
  const { threads, losses } = threadsOf();
  threads.feedBy(feedNothing);
  const broken = { ...ALL, where: null } as unknown as BrowseQuery;
  await expect(threads.search(broken, null)).rejects.toThrow(/TypeError/);
  expect((await threads.search(ALL, null)).stamp).toEqual({ content: 1, counters: 1, version: 5 });
  expect(losses).toEqual([]);
});
