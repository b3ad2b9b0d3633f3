/** An index that several threads make: it is the one that a single thread makes, whatever happens meanwhile. */
import { expect, test } from 'vitest';
import { testSite, type TestSite } from '../../../../test/site.ts';
import type { Reads } from '../../../platform/db/tables.ts';
import { Engine } from '../engine/engine.ts';
import type { Gathered } from '../engine/gathered.ts';
import { ConceptMap } from '../feed/concepts.ts';
import { openFeed, type Feed, type FeedLimits } from '../feed/feed.ts';
import { sharedWalk } from '../feed/shared-walk.ts';
import { chanceOf, RandomArchive } from '../plain/random-archive.fixture.ts';
import { wholeSegment } from './beginnings.ts';
import { GatheringFailed, gatherBeside } from './gather-beside.ts';
import { verifyIndex, type Verified } from './verify.ts';

const SEED = 5;
const WORKS = 60;
const CHANGES = 30;
/** Pieces so small that every thread gets some, and an archive large enough to be shared. */
const SHARED: Partial<FeedLimits> = { walked: 2, alone: 0 };

async function filled(): Promise<{ site: TestSite; archive: RandomArchive }> {
  const site = await testSite();
  const archive = new RandomArchive(site, chanceOf(SEED));
  await archive.fill(WORKS);
  return { site, archive };
}

/** Compares an index with plain SQL, after it has caught up. */
async function verified(site: TestSite, feed: Feed, engine: Engine): Promise<Verified> {
  return verifyIndex({
    handle: site.ground.db.reads,
    search: (query) => engine.search(query),
    catchUp: async () => {
      for (;;) {
        const next = await feed.next(engine.version, { worksUnder: (term) => engine.worksUnder(term) });
        if (next === null) return;
        if (next === 'lost') throw new Error('Nothing here touches so many works.');
        engine.apply(next);
      }
    },
  });
}

/** Answers nothing for as long as somebody is at work. */
function waitingFor(reads: Reads, work: () => Promise<unknown>): Reads {
  return reads.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await work();
      return result;
    },
  });
}

test('threads share the works of an archive, and what they gather is one index, whatever is written meanwhile', async () => {
  const { site, archive } = await filled();
  const { db, config } = site.ground;
  let others: Promise<Gathered[]> = Promise.resolve([]);
  const feed = await openFeed(
    waitingFor(db.reads, () => others),
    SHARED,
  );
  const segment = await wholeSegment(feed, (walk) => {
    const gathering = async () => {
      // Works with new tags, wranglings and removals that nobody was told of when the walk began.
      for (let change = 0; change < CHANGES; change += 1) await archive.change();
      return gatherBeside(config, 2)(walk);
    };
    // This thread comes no further than its first piece until the others have taken all that is left.
    others = gathering();
    return others;
  });
  const gathered = (await others).map(({ works }) => works);
  expect(gathered).toHaveLength(2);
  expect(gathered.reduce((sum, works) => sum + works, 0)).toBeGreaterThan(WORKS / 2);
  const { differences, works } = await verified(site, feed, new Engine(segment));
  expect(differences).toEqual([]);
  expect(works).toBeGreaterThan(WORKS / 2);
}, 60_000);

test('what a thread had taken when it failed is not missed', async () => {
  const { site } = await filled();
  const { db } = site.ground;
  const feed = await openFeed(db.reads, SHARED);
  const segment = await wholeSegment(feed, async ({ taken }) => {
    Atomics.add(new Int32Array(taken), 0, 5);
    throw new GatheringFailed('no memory');
  });
  expect(new Engine(segment).figures().works).toBe(
    new Engine(await wholeSegment(await openFeed(db.reads), null)).figures().works,
  );
});

test('a thread that cannot begin is a failure that is told', async () => {
  const nowhere = gatherBeside({ dataFolder: '/nowhere/at/all', databaseUrl: null }, 1);
  const walk = sharedWalk(10, 1, new ConceptMap().packed());
  await expect(nowhere(walk)).rejects.toThrow(GatheringFailed);
});
