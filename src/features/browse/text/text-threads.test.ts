/** Full text search beside the server: it keeps up by itself, mends itself, and ends when it is told to. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeWork, setState } from '../../../../test/cast.ts';
import { testSite, type TestSite } from '../../../../test/site.ts';
import {
  startTextSearch,
  textPath,
  TextSearchSlow,
  type RunningTextSearch,
  type TextSearchOptions,
} from './text-search.ts';
import { leaf } from './text.fixture.ts';

function startOver(site: TestSite, options: TextSearchOptions = {}): RunningTextSearch {
  const search = startTextSearch(site.ground.config, options);
  onTestFinished(() => search.close());
  return search;
}

async function foundBy(search: RunningTextSearch, words: string): Promise<number[]> {
  return [...((await search.match([leaf(words)], true)).works[0] ?? [])];
}

/** Waits until a word is found in those works. */
const expectFound = (search: RunningTextSearch, words: string, ids: readonly number[], timeout = 10_000) =>
  vi.waitFor(async () => expect(await foundBy(search, words)).toEqual(ids), { timeout, interval: 20 });

test('a work is found soon after it is posted and no more soon after it is hidden, also when nobody says so', async () => {
  const site = await testSite();
  const search = startOver(site);
  // Questions are answered before there is anything to ask.
  expect(await foundBy(search, 'bees')).toEqual([]);
  const work = await makeWork(site, {}, { state: 'posted' });
  await expectFound(search, 'bees', [work.id]);
  await vi.waitFor(async () => expect(await search.status()).toMatchObject({ state: 'ready', works: 1, of: 1 }));
  await setState(site, work.id, { state: 'posted', hidden: true });
  await expectFound(search, 'bees', [], 5_000);
  await setState(site, work.id, { state: 'posted' });
  search.wake();
  await expectFound(search, 'bees', [work.id], 5_000);
  // A work's chapters come a moment after its title.
  await expectFound(search, 'sussex', [work.id], 5_000);
  expect([...(await search.rank([leaf('bees')], true))]).toEqual([work.id]);
  const chapter = await site.ground.db.reads.selectFrom('chapters').select('id').executeTakeFirstOrThrow();
  expect(await search.places([leaf('sussex')], [work.id])).toEqual(new Map([[work.id, [chapter.id]]]));
  const [snippet] = await search.snippets([leaf('rain')], [{ key: 5, html: '<p id="b-aaaaaa">It rained.</p>' }]);
  expect(snippet).toEqual({
    key: 5,
    blockId: 'b-aaaaaa',
    pieces: [
      { text: 'It ', marked: false },
      { text: 'rained', marked: true },
      { text: '.', marked: false },
    ],
  });
  search.rebuild();
  await expectFound(search, 'sussex', [work.id]);
});

test('closed, it can be started again and goes on; a file that was spoiled meanwhile is made again', async () => {
  const site = await testSite();
  const work = await makeWork(site, {}, { state: 'posted' });
  const first = startTextSearch(site.ground.config);
  await expectFound(first, 'bees', [work.id]);
  await first.close();
  await first.close();
  await expect(first.match([leaf('bees')], true)).rejects.toThrow('just now');
  const path = textPath(site.folder);
  expect(existsSync(path)).toBe(true);
  const again = startOver(site);
  await expectFound(again, 'bees', [work.id]);
  await spoil(path);
  const other = await makeWork(site, { title: 'Otters' }, { state: 'posted' });
  await expectFound(again, 'otters', [other.id]);
  await expectFound(again, 'bees', [work.id]);
});

/** Overwrites all pages but the first two, as a disk that fails would. */
async function spoil(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  const junk = Buffer.alloc(Math.max(0, size - 8_192), 0x5a);
  await file.write(junk, 0, junk.length, 8_192);
  await file.close();
}

test('a question that takes too long is ended, and the next one is answered', async () => {
  const site = await testSite();
  const work = await makeWork(site, {}, { state: 'posted' });
  const search = startOver(site, { secondsEach: 1.5 });
  await expectFound(search, 'bees', [work.id]);
  const endless = { key: 1, html: `<p>${'bees and '.repeat(1_000_000)}</p>` };
  const texts = Array.from({ length: 30 }, () => endless);
  await expect(search.snippets([leaf('honey')], texts)).rejects.toThrow(TextSearchSlow);
  await expectFound(search, 'bees', [work.id]);
});

test('without a database it says so, and answers that nothing is found', async () => {
  const site = await testSite();
  const told: string[] = [];
  const search = startTextSearch(
    { dataFolder: `${site.folder}/none`, databaseUrl: null },
    { onTrouble: (one) => told.push(one) },
  );
  onTestFinished(() => search.close());
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), { timeout: 10_000 });
  expect(await foundBy(search, 'bees')).toEqual([]);
});
