/** What the keeper tells its readers, without threads: everything, in order, once, whatever happens beside it. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeWork, setState } from '../../../../test/cast.ts';
import { testSite, type TestSite } from '../../../../test/site.ts';
import { append, EVENT_DAYS, pruneEvents } from '../../../platform/events/log.ts';
import { EVERYTHING, type BrowseQuery } from '../browse-query.ts';
import { Engine } from '../engine/engine.ts';
import { mergeSegment, type MergeInput } from '../engine/merge.ts';
import type { Segment } from '../engine/segment.ts';
import { plainIndex } from '../plain/plain-index.ts';
import { fedEngine, type FedEngine } from './fed-engine.ts';
import { indexFolder } from './folder-lock.ts';
import { IndexBroken, Keeping } from './keeping.ts';
import type { KeeperNews } from './messages.ts';
import { seededRandom } from './random-queries.ts';

const ALL: BrowseQuery = {
  audience: 'account',
  where: EVERYTHING,
  hide: null,
  sort: { by: 'kudos', reversed: false },
  offset: 0,
  limit: 100,
  facets: { kinds: ['fandom', 'status', 'length'], top: 20, also: [], without: [] },
};
const HALF_A_MINUTE = 30_000;
const POSTED = { state: 'posted' } as const;

afterEach(() => void vi.restoreAllMocks());

interface Kept {
  keeping: Keeping;
  news: KeeperNews[];
  states: () => string[];
  reader: () => FedEngine;
  /** Merges that were begun, to be brought to their end. */
  merges: { input: MergeInput; finish: () => void; fail: () => void }[];
}

function keepingOf(site: TestSite, mergeAt: number | null = null): Kept {
  const news: KeeperNews[] = [];
  const merges: Kept['merges'] = [];
  const { config, db } = site.ground;
  const keeping = new Keeping({
    db,
    folder: indexFolder(config),
    settings: { ...config, mergeAt, countersEveryMs: HALF_A_MINUTE },
    news: (one) => news.push(one),
    wake: () => undefined,
    gather: null,
    merge: (input) =>
      new Promise<Segment>((resolve, reject) => {
        // As a thread would get it.
        const posted = structuredClone(input);
        merges.push({ input, finish: () => resolve(mergeSegment(posted)), fail: () => reject(new Error('no memory')) });
      }),
  });
  // The folder is there until nothing is written into it any more.
  onTestFinished(async () => {
    for (const { finish } of merges) finish();
    await keeping.settled();
  });
  return {
    keeping,
    news,
    merges,
    states: () => news.flatMap((one) => (one.kind === 'state' ? [one.state] : [])),
    reader: () => {
      const { port1, port2 } = new MessageChannel();
      const fed = fedEngine(port1, () => undefined);
      keeping.feed(port2);
      onTestFinished(() => fed.close());
      return fed;
    },
  };
}

const answerOf = (fed: FedEngine, query = ALL) => fed.now()?.engine.search(query);

async function count(site: TestSite, workId: number, kudos: number): Promise<void> {
  await site.ground.db.write(async (tx) => {
    await tx.updateTable('works').set({ kudos }).where('id', '=', workId).execute();
    await append(tx, 1, { kind: 'work.counted', subject: 'work', subjectId: workId, workId });
  });
}

/** Messages of a port arrive with one of the next turns of the loop. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Has readers ask for all that is in the log, and the keeper follow it until each has been told that it has it. */
async function caughtUp(keeping: Keeping, readers: readonly FedEngine[]): Promise<void> {
  const told = new Set<FedEngine>();
  for (const fed of readers) void fed.catchUp().then(() => told.add(fed));
  while (told.size < readers.length) {
    await aTurn();
    await keeping.follow();
    for (const fed of readers) fed.now();
  }
}

describe('the keeper', { timeout: 60_000 }, () => {
  test.each([1, 2])(
    'tells readers of every change, also while it merges and when they come late (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      const site = await testSite();
      const { keeping, reader, merges } = keepingOf(site, 3);
      const works = [(await makeWork(site, {}, POSTED)).id];
      const readers = [reader()];
      await keeping.follow();
      for (let step = 0, clock = Date.now(); step < 40; step += 1) {
        const work = works[Math.floor(random() * works.length)] ?? 1;
        const what = random();
        if (what < 0.35)
          works.push((await makeWork(site, { title: `Work ${step}`, fandoms: [`F${step % 3}`] }, POSTED)).id);
        else if (what < 0.55) await setState(site, work, { hidden: random() < 0.5 });
        else if (what < 0.75) await count(site, work, Math.floor(random() * 100));
        else if (what < 0.85) readers.push(reader());
        if (random() < 0.6) await keeping.follow();
        if (random() < 0.6) keeping.tick((clock += 20_000));
        if (random() < 0.3) {
          const merge = merges.shift();
          if (random() < 0.8) merge?.finish();
          else merge?.fail();
          await aTurn();
        }
      }
      readers.push(reader());
      const truth = plainIndex(site.ground.db.reads);
      await caughtUp(keeping, readers);
      const expected = await truth.search(ALL);
      expect(expected.total).toBeGreaterThan(3);
      for (const fed of readers) expect(answerOf(fed)).toEqual(expected);
      expect(keeping.engine?.search(ALL)).toEqual(expected);
      for (const { finish } of merges) finish();
      await keeping.settled();
      expect((await keeping.figures()).lastMerge).not.toBeNull();
      for (const fed of readers) expect(answerOf(fed)).toEqual(expected);
    },
  );

  test('holds counters back for half a minute, and gives them to who asks for all', async () => {
    const site = await testSite();
    const first = (await makeWork(site, {}, POSTED)).id;
    const second = (await makeWork(site, {}, POSTED)).id;
    const { keeping, reader } = keepingOf(site);
    await keeping.follow();
    const fed = reader();
    const ids = () => answerOf(fed)?.ids;
    await count(site, first, 5);
    await keeping.follow();
    expect(ids()).toEqual([first, second]);
    const before = fed.now()?.stamp;
    await count(site, second, 9);
    await keeping.follow();
    expect(ids()).toEqual([first, second]);
    expect(fed.now()?.stamp).toMatchObject({ content: before?.content, counters: before?.counters });
    keeping.tick(Date.now() + HALF_A_MINUTE / 2);
    expect(ids()).toEqual([first, second]);
    keeping.tick(Date.now() + HALF_A_MINUTE);
    expect(ids()).toEqual([second, first]);
    expect(fed.now()?.stamp).toMatchObject({ content: before?.content, counters: (before?.counters ?? 0) + 1 });

    await count(site, first, 50);
    await caughtUp(keeping, [fed]);
    expect(ids()).toEqual([first, second]);
  });

  test('says that it has nothing to answer from while it makes the index anew', async () => {
    const site = await testSite();
    const work = (await makeWork(site, {}, POSTED)).id;
    const { keeping, states, reader, news } = keepingOf(site);
    await keeping.follow();
    const fed = reader();
    expect(states()).toEqual(['loading', 'rebuilding', 'ready']);
    // What happened meanwhile is not in the log any more.
    await setState(site, work, { hidden: true });
    await setState(site, work, {});
    const later = (await makeWork(site, {}, POSTED)).id;
    await site.ground.db.write((tx) => pruneEvents(tx, site.ground.now() + (EVENT_DAYS + 1) * 86_400_000));
    await keeping.follow();
    expect(states().slice(3)).toEqual(['rebuilding', 'ready']);
    expect(answerOf(fed)?.ids.toSorted()).toEqual([work, later]);

    keeping.wantRebuild(7);
    await keeping.follow();
    expect(states().slice(5)).toEqual(['rebuilding', 'ready']);
    expect(news).toContainEqual({ kind: 'rebuilt', ask: 7 });
  });

  test('says so when its engine does not take a change', async () => {
    const site = await testSite();
    await makeWork(site, {}, POSTED);
    const { keeping } = keepingOf(site);
    await keeping.follow();
    vi.spyOn(Engine.prototype, 'apply').mockImplementation(() => {
      throw new RangeError('no room');
    });
    await makeWork(site, {}, POSTED);
    await expect(keeping.follow()).rejects.toThrow(IndexBroken);
  });

  test('goes on after the database was away', async () => {
    const site = await testSite();
    const { keeping, states } = keepingOf(site);
    const away = vi.spyOn(site.ground.db.reads, 'selectFrom').mockImplementation(() => {
      throw new Error('the database is away');
    });
    await expect(keeping.follow()).rejects.toThrow('away');
    away.mockRestore();
    await keeping.follow();
    expect(states().at(-1)).toBe('ready');
  });
});
