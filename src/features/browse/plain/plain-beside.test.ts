/** Plain SQL answers from a thread are those of the server's own, and cost it nothing. */
import { expect, onTestFinished, test } from 'vitest';
import { makeWork, setState } from '../../../../test/cast.ts';
import { onPostgres, testSite, type TestSite } from '../../../../test/site.ts';
import { EVERYTHING, type BrowseQuery, type SuggestQuery } from '../browse-query.ts';
import { plainBeside, type PlainBesideOptions } from './plain-beside.ts';
import { plainIndex } from './plain-index.ts';

const ALL: BrowseQuery = {
  audience: 'guest',
  where: EVERYTHING,
  hide: null,
  sort: { by: 'title', reversed: false },
  offset: 0,
  limit: 25,
  facets: null,
};
const BEES: SuggestQuery = { audience: 'guest', kinds: ['fandom'], text: 'the', limit: 5 };

async function archive(): Promise<TestSite> {
  const site = await testSite();
  const people = [await site.person('Ada'), await site.person('Ben')];
  for (const [at, title] of ['Hives', 'Combs', 'Wax'].entries())
    await makeWork(site, { title, by: [people[at % 2] ?? site.owner], fandoms: ['The Bees'] }, { state: 'posted' });
  return site;
}

function besideOf({ ground }: TestSite, options: PlainBesideOptions) {
  const beside = plainBeside(ground.db.reads, ground.config, options);
  onTestFinished(() => beside.close());
  return beside;
}

test('the same is answered beside the server as in it, and what was hidden since is not', async () => {
  const site = await archive();
  const here = plainIndex(site.ground.db.reads, { facets: false });
  for (const from of [0, 1_000]) {
    const beside = besideOf(site, { from });
    expect(await beside.search(ALL)).toEqual(await here.search(ALL));
    expect(await beside.suggest(BEES)).toEqual(await here.suggest(BEES));
  }
  const beside = besideOf(site, { from: 0 });
  const before = await beside.search(ALL);
  expect(before.total).toBe(3);
  await setState(site, before.ids[0] ?? 0, { state: 'posted', hidden: true });
  expect(await beside.search(ALL)).toMatchObject({ total: 2, ids: before.ids.slice(1) });
  const some: BrowseQuery = { ...ALL, where: { works: Uint32Array.from(before.ids.toSorted((a, b) => a - b)) } };
  expect((await beside.search(some)).total).toBe(2);
});

test('one answer may take so long and so many may wait, where the server would answer by itself', async () => {
  const site = await archive();
  const outcomes = async (options: PlainBesideOptions, times: number): Promise<string[]> => {
    const beside = besideOf(site, options);
    const all = await Promise.allSettled(Array.from({ length: times }, () => beside.search(ALL)));
    const why = (one: PromiseSettledResult<unknown>) =>
      one.status === 'rejected' ? (one.reason as { reason: string }).reason : 'answered';
    return all.map(why).toSorted();
  };
  const times = (word: string, count: number) => Array.from({ length: count }, () => word);
  // PostgreSQL is a process of its own, and is asked directly.
  expect(await outcomes({ from: 0, secondsEach: 0.001 }, 1)).toEqual([onPostgres ? 'answered' : 'slow']);
  expect(await outcomes({ from: 0 }, 30)).toEqual(
    onPostgres ? times('answered', 30) : [...times('answered', 21), ...times('busy', 9)],
  );
  expect(await outcomes({ from: 1_000 }, 30)).toEqual(times('answered', 30));
});
