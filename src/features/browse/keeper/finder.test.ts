/** The index kept in real threads beside an archive, and what becomes of lists when parts of it end. */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../../../migrations/index.ts';
import { makeWork, setState } from '../../../../test/cast.ts';
import { testSite, type TestSite } from '../../../../test/site.ts';
import { openDatabase } from '../../../platform/db/database.ts';
import { EVERYTHING, type BrowseQuery } from '../browse-query.ts';
import { indexCommand } from '../commands.ts';
import { keptFinder, type Finder, type IndexState, type KeptFinderOptions } from './finder.ts';
import { indexFolder } from './folder-lock.ts';

const POSTED = { state: 'posted' } as const;
/** What waits for threads waits so long at most: a busy machine starts them slowly. */
const PATIENCE_MS = 15_000;
/** Some 100 ms where nothing else is going on. */
const FOUND_MS = 3_000;

const ALL: BrowseQuery = {
  audience: 'guest',
  where: EVERYTHING,
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 25,
  facets: { kinds: ['status'], top: 5, also: [], without: [] },
};

function finderOf(site: TestSite, options: KeptFinderOptions = {}): Finder {
  const finder = keptFinder(site.ground, { threads: 1, tryEveryMs: 100, ...options });
  onTestFinished(() => finder.stop());
  return finder;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('It did not come to that.');
    await sleep(20);
  }
  return performance.now() - began;
}

const isIn = (finder: Finder, state: IndexState['state'], from: IndexState['from'] = 'engine') =>
  until(async () => {
    const now = await finder.state();
    return now.state === state && now.from === from;
  });
const idsOf = async (finder: Finder) => (await finder.index.search(ALL)).ids;

describe('a finder', { timeout: 60_000 }, () => {
  test('answers from SQL until it is ready, finds what is posted and loses what is hidden, also by others', async () => {
    const site = await testSite();
    const work = await makeWork(site, {}, POSTED);
    const finder = finderOf(site);
    expect(await finder.index.search(ALL)).toMatchObject({ ids: [work.id], facets: null });
    await finder.start();
    await isIn(finder, 'ready');
    const found = await finder.index.search(ALL);
    expect(found).toMatchObject({ ids: [work.id], facets: { status: [{ works: 1 }] } });

    const second = await makeWork(site, { title: 'Wasps' }, POSTED);
    expect(await until(async () => (await idsOf(finder)).includes(second.id))).toBeLessThan(FOUND_MS);
    await setState(site, second.id, { hidden: true });
    expect(await until(async () => !(await idsOf(finder)).includes(second.id))).toBeLessThan(FOUND_MS);

    const { dataFolder, databaseUrl } = site.ground.config;
    const other = await openDatabase({ dataFolder, databaseUrl, migrations });
    onTestFinished(() => other.close());
    const elsewhere = { ...site, ground: { ...site.ground, db: other } };
    const third = await makeWork(elsewhere, { title: 'Ants' }, POSTED);
    expect(await until(async () => (await idsOf(finder)).includes(third.id))).toBeLessThan(FOUND_MS);
    expect(await finder.index.suggest({ audience: 'guest', kinds: ['rating'], text: 'gen', limit: 5 })).toHaveLength(1);
    // What came last may be nothing that a list shows.
    await until(async () => (await finder.state()).behind === 0);
    expect(await finder.state()).toMatchObject({ works: 2, threads: { threads: 1, ready: 1 } });

    const began = performance.now();
    await finder.stop();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await finder.index.search(ALL)).toMatchObject({ total: 2, facets: null });
  });

  test('gets over the end of any of its threads', async () => {
    const site = await testSite();
    const threads: { role: string; thread: Worker }[] = [];
    const finder = finderOf(site, { onThread: (role, thread) => threads.push({ role, thread }) });
    const last = (role: string) => threads.findLast((one) => one.role === role)?.thread;
    const first = await makeWork(site, {}, POSTED);
    await finder.start();
    await isIn(finder, 'ready');
    // A change that is not in the segment: the next thread must be told of it as well.
    const second = await makeWork(site, { title: 'Wasps' }, POSTED);
    await until(async () => (await idsOf(finder)).length === 2);

    const answering = last('query');
    await answering?.terminate();
    expect((await finder.index.search(ALL)).total).toBe(2);
    await until(async () => last('query') !== answering && (await finder.state()).threads.ready === 1);
    expect(await finder.index.search(ALL)).toMatchObject({
      ids: [second.id, first.id],
      facets: { status: [{ works: 2 }] },
    });

    const keeping = last('keeper');
    await keeping?.terminate();
    expect(await finder.state()).toMatchObject({ from: 'sql', state: 'failed' });
    const third = await makeWork(site, { title: 'Ants' }, POSTED);
    expect(await finder.index.search(ALL)).toMatchObject({ total: 3, facets: null });
    await isIn(finder, 'ready');
    expect(last('keeper')).not.toBe(keeping);
    expect(await finder.index.search(ALL)).toMatchObject({
      ids: [third.id, second.id, first.id],
      facets: { status: [{ works: 3 }] },
    });
  });

  test('begins from the snapshot, merges while it answers, and gives the folder to the next', async () => {
    const site = await testSite();
    await makeWork(site, {}, POSTED);
    const first = finderOf(site, { mergeAt: 2 });
    await first.start();
    await isIn(first, 'ready');
    expect((await first.state()).lastRebuild).not.toBeNull();
    const second = finderOf(site);
    await second.start();
    expect(await second.state()).toMatchObject({ from: 'sql', state: 'elsewhere' });
    expect((await second.index.search(ALL)).total).toBe(1);

    for (const title of ['Wasps', 'Ants', 'Hornets']) await makeWork(site, { title }, POSTED);
    await until(async () => (await first.state()).lastMerge !== null);
    await until(async () => (await first.index.search(ALL)).total === 4);
    await until(async () => ((await first.state()).snapshot?.version ?? 0) > 0);
    await first.stop();
    await isIn(second, 'ready');
    const state = await second.state();
    expect(state).toMatchObject({ works: 4, behind: 0, lastRebuild: null });

    // Another history of the database, and a folder that is gone: made anew.
    await second.stop();
    await site.ground.db.write((tx) =>
      tx.updateTable('archive_state').set({ value: 'other' }).where('key', '=', 'epoch').execute(),
    );
    const third = finderOf(site);
    await third.start();
    await isIn(third, 'ready');
    expect((await third.state()).lastRebuild).not.toBeNull();
    await third.stop();
    rmSync(indexFolder(site.ground.config), { recursive: true });
    const fourth = finderOf(site);
    await fourth.start();
    await isIn(fourth, 'ready');
    expect(await fourth.state()).toMatchObject({ works: 4, snapshot: { version: expect.any(Number) as number } });
  });

  test('answers the command, which does the same without it', async () => {
    const site = await testSite();
    await makeWork(site, { tags: [{ kind: 'freeform', name: 'Bees' }] }, POSTED);
    await makeWork(site, { title: 'Wasps' }, { state: 'posted', restricted: true });
    const said: string[] = [];
    const command = (ask: 'status' | 'rebuild' | 'verify', json = false) =>
      indexCommand(site.ground, ask, json, { out: (text) => said.push(text) });
    const words = () => said.splice(0).join('');

    expect(await command('status')).toBe(0);
    expect(words()).toMatch(/No server is running.*\n +works +0 and 0 tags\n/);
    expect(await command('verify')).toBe(0);
    expect(words()).toContain('Compared 2 works');
    expect(await command('rebuild')).toBe(0);
    expect(words()).toMatch(/works +2 and /);

    const finder = finderOf(site);
    await finder.start();
    await isIn(finder, 'ready');
    expect(await command('status', true)).toBe(0);
    expect(JSON.parse(words())).toMatchObject({ from: 'engine', state: 'ready', works: 2, behind: 0 });
    expect(await command('verify')).toBe(0);
    expect(words()).toMatch(/^Compared 2 works and the answers to \d+ questions with the database: no difference.\n$/);
    expect(await command('rebuild')).toBe(0);
    expect(words()).toContain('The index is ready');
  });
});
