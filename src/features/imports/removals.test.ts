/** What was removed because its creator asked: known again by hashes alone, and not brought in until it is allowed. */
import { expect, test } from 'vitest';
import { testSite, type TestSite } from '../../../test/site.ts';
import { eraseWork } from '../../app/erase.ts';
import { findWork } from '../works/index.ts';
import {
  bringIn,
  chaptersText,
  chapterText,
  filesKept,
  folderOf,
  story,
  WHOLE,
  worksIn,
} from './bringing-in.fixture.ts';
import { allowAgain, cameByImport, rememberRemoval, removals } from './removals.actions.ts';
import { makeWork } from '../../../test/cast.ts';

const DAY = Date.UTC(2026, 10, 21, 12);
const source = (at: number) => ({ source: `https://www.elsewhere.example/works/${at}/` });
const TEXT = chapterText('Wren');

async function bring(site: TestSite, content: string) {
  const report = Object.values(await bringIn(site, await folderOf({ 'a.md': content })))[0];
  if (!report) throw new Error('Nothing was reported.');
  return report;
}

/** Removes a work as its creator asked: remembered and erased at once. */
async function remove(site: TestSite, publicId: string | null, note = 'by letter'): Promise<void> {
  const { db } = site.ground;
  const work = await findWork(db.reads, site.owner.viewer, publicId ?? '');
  if (!work) throw new Error('There is no such work.');
  await db.write((tx) => rememberRemoval(tx, DAY, work.id, note));
  await eraseWork(site.ground, site.features, work.id);
}

test('is refused by its address, its text, its text in other typography, and a longer version of it', async () => {
  const site = await testSite();
  const { work } = await bring(site, story({ ...WHOLE, ...source(7) }, TEXT));
  await remove(site, work);
  const removed = 'This was removed on request on 2026-11-21, and is not brought in again.';
  const others = {
    address: story(
      { ...WHOLE, title: 'Anew', source: 'http://elsewhere.example/works/7' },
      'Another text altogether. '.repeat(40),
    ),
    text: story({ ...WHOLE, title: 'Anew', creator: 'somebody' }, TEXT),
    typography: story({ ...WHOLE, title: 'Anew' }, TEXT.replaceAll(', ', ',  ').replaceAll('boats', '*boats*')),
    longer: story(WHOLE, chaptersText({ One: TEXT, Two: chapterText('Tam') })),
  };
  for (const [name, content] of Object.entries(others))
    expect(await bring(site, content), name).toMatchObject({ outcome: 'refused', work: null, reason: removed });
  expect(await bring(site, story({ ...WHOLE, ...source(8) }, chapterText('Tam')))).toMatchObject({ outcome: 'draft' });
  expect(await worksIn(site)).toHaveLength(1);
  expect(await filesKept(site)).toHaveLength(1);
});

test('is remembered without naming it: no title, creator, address or text', async () => {
  const site = await testSite();
  const { work } = await bring(site, story({ ...WHOLE, ...source(7) }, TEXT));
  await remove(site, work, 'asked by mail');
  const rows = await site.ground.db.reads.selectFrom('import_removals').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/Telling|wren|elsewhere|boats|works\/7/i);
  expect(await removals(site.ground.db.reads)).toEqual([{ id: rows[0]?.id, removedAt: DAY, note: 'asked by mail' }]);
});

test('comes in again once it is allowed', async () => {
  const site = await testSite();
  const content = story({ ...WHOLE, ...source(7) }, TEXT);
  const { work } = await bring(site, content);
  await remove(site, work);
  const [one] = await removals(site.ground.db.reads);
  await site.ground.db.write((tx) => allowAgain(tx, one?.id ?? 0));
  expect(await bring(site, content)).toMatchObject({ outcome: 'draft' });
  expect(await removals(site.ground.db.reads)).toEqual([]);
});

test('can be remembered only of what came by an import', async () => {
  const site = await testSite();
  const { work } = await bring(site, story(WHOLE, TEXT));
  const imported = await findWork(site.ground.db.reads, site.owner.viewer, work ?? '');
  const written = await makeWork(site);
  expect(await cameByImport(site.ground.db.reads, imported?.id ?? 0)).toBe(true);
  expect(await cameByImport(site.ground.db.reads, written.id)).toBe(false);
  expect(await site.ground.db.write((tx) => rememberRemoval(tx, DAY, written.id, ''))).toBe(false);
});
