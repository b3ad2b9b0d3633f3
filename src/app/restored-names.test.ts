/** Who has given a work up for good is not beside it again in a restored copy: not in its byline, and not in any table. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addCreator,
  askToCreate,
  keepOriginal,
  makeOwnSeries,
  makeWork,
  secureAccount,
  type CastWork,
} from '../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../test/site.ts';
import type { Reads } from '../platform/db/tables.ts';
import { backup, emptyPlace, everything, opened, scratch, silent } from './backup.fixture.ts';
import { ERASED_LIST } from './erased.ts';
import { restoreCommand } from './restore.ts';

const PASSWORD = 'correct horse battery';

/** By their titles, who signs works; those of the account of orphaned works in brackets. */
async function bylines(reads: Reads): Promise<Record<string, string[]>> {
  const rows = await reads
    .selectFrom('works')
    .leftJoin('work_creators', 'work_creators.work_id', 'works.id')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('accounts', 'accounts.id', 'pseuds.account_id')
    .select(['works.title', 'pseuds.name', 'accounts.orphans'])
    .orderBy('works.id')
    .orderBy('work_creators.position')
    .execute();
  const grouped = [...Map.groupBy(rows, (row) => row.title)];
  return Object.fromEntries(
    grouped.map(([title, of]) => [title, of.map((row) => (row.orphans === 1 ? `(${row.name})` : (row.name ?? '')))]),
  );
}

/** Works and people, all together, and a copy of it. */
async function archive() {
  const { path, said, say } = await scratch();
  const site = await testSite();
  const [wren, lark, goes] = [await site.person('wren'), await site.person('lark'), await site.person('gone away')];
  await secureAccount(site, goes, 'gone_away', PASSWORD);
  const by = (title: string, person: Person) => makeWork(site, { title, by: [person] }, { state: 'posted' });
  const works = {
    taken: await by('Taken', wren),
    kept: await by('Kept', wren),
    shared: await by('Shared', wren),
    mine: await by('Mine', wren),
    again: await by('Left and joined again', lark),
    brought: await makeWork(
      site,
      { title: 'Brought in', importedBy: ['Old Tom'], archivedBy: wren },
      { state: 'posted' },
    ),
    last: await by('Account gone, name kept', goes),
    none: await by('Account gone, name gone', goes),
  };
  await addCreator(site, works.shared.id, lark, 'accepted');
  await addCreator(site, works.again.id, wren, 'accepted');
  await leave(site, works.again, wren);
  await joinIn(site, works.again, lark, wren);
  await keepOriginal(site, works.taken.id, 'wren-story.txt', 'It rained on wren.');
  await makeOwnSeries(site, wren, 'The Marsh', [works.taken.id, works.mine.id]);
  await backup(site.ground.config, path('a.tar'));
  return { path, said, say, site, wren, lark, goes, works };
}

async function leave(site: TestSite, work: CastWork, person: Person): Promise<void> {
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', person.pseudId)
    .executeTakeFirstOrThrow();
  expect((await site.post(`/works/${work.publicId}/creators/${pseud}/leaving`, {}, person)).status).toBe(303);
}

/** Asks somebody to create a work, who does. */
async function joinIn(site: TestSite, work: CastWork, by: Person, whom: Person): Promise<void> {
  const invitation = await askToCreate(site, work, by, whom);
  expect((await site.post(`/account/co-creation/${invitation}/acceptance`, {}, whom)).status).toBe(303);
}

test('works that were given up since a backup are given up in what is restored from it', async () => {
  const { path, said, say, site, wren, goes, works } = await archive();
  const give = (work: CastWork, name: 'take' | 'keep') =>
    site.post(`/works/${work.publicId}/orphaning`, { name }, wren);
  await give(works.taken, 'take');
  await give(works.kept, 'keep');
  await give(works.brought, 'take');
  await leave(site, works.shared, wren);
  const deletion = {
    all: 'each',
    [`work-${works.last.publicId}`]: 'keep-name',
    [`work-${works.none.publicId}`]: 'orphan',
    password: PASSWORD,
  };
  expect((await site.post('/account/deletion', deletion, goes)).status).toBe(303);
  // All of it stands in the list by now, which says nothing of who or what.
  const list = await readFile(join(site.folder, ERASED_LIST), 'utf8');
  const ties = list.split('\n').filter((line) => line.includes('"tie"'));
  expect(ties).toHaveLength(7);
  const shape = /^\{"tie":"[0-9a-f]{32}","name":(?:true|false),"others":(?:true|false),"at":\d+\}$/;
  for (const line of ties) expect(line).toMatch(shape);
  const now = JSON.stringify(await everything(site.ground.db.reads));
  // But for who left a byline to others, and might be asked back: that is remembered for a while.
  const { mark: left } = await site.ground.db.reads
    .selectFrom('byline_ties')
    .select('mark')
    .where('left_at', 'is not', null)
    .executeTakeFirstOrThrow();
  const given = ties.slice(1).map((line) => line.slice(8, 40));
  expect(given).toContain(left);
  for (const mark of given) expect(now.split(mark)).toHaveLength(mark === left ? 3 : 2);

  const there = { before: await bylines(site.ground.db.reads), list: path('list.jsonl') };
  await writeFile(there.list, list);
  const config = await emptyPlace(path('new'));
  await restoreCommand(config, path('a.tar'), [there.list], say, silent);
  expect(said).toContain('6 names taken off works since then went off them again.');
  const { reads } = (await opened(config)).db;
  expect(await bylines(reads)).toEqual({
    Taken: ['(orphan_account)'],
    Kept: ['(wren)'],
    Shared: ['lark'],
    Mine: ['wren'],
    'Left and joined again': ['lark', 'wren'],
    'Brought in': [''],
    'Account gone, name kept': ['(gone away)'],
    'Account gone, name gone': ['(orphan_account)'],
  });
  expect(await bylines(reads)).toEqual(there.before);

  // Nothing in any table leads from wren to what she gave up, or says the name of who is gone but where it was kept.
  const tables = await everything(reads);
  const givenUp = new Set([works.taken.id, works.kept.id, works.shared.id, works.brought.id]);
  const tied = await reads
    .selectFrom('byline_ties')
    .selectAll()
    .where('account_id', '=', wren.viewer.accountId)
    .execute();
  expect(tied.filter((row) => givenUp.has(row.work_id))).toEqual([]);
  const saved = await reads
    .selectFrom('chapter_revisions')
    .innerJoin('chapters', 'chapters.id', 'chapter_revisions.chapter_id')
    .select(['chapters.work_id', 'saved_by'])
    .where('saved_by', 'is not', null)
    .execute();
  expect(saved.filter((row) => givenUp.has(row.work_id) && row.saved_by === wren.viewer.accountId)).toEqual([]);
  expect(
    Object.values(tables)
      .flat()
      .filter((row) => row.includes('wren-story')),
  ).toEqual([]);
  const naming = (name: string) =>
    Object.keys(tables).filter((table) => tables[table]?.some((row) => row.includes(name)));
  expect(naming('gone away')).toEqual(['pseuds']);
  expect(naming('gone_away')).toEqual([]);
  const goneNames = await reads.selectFrom('pseuds').select('account_id').where('name', '=', 'gone away').execute();
  expect(goneNames.map((row) => row.account_id)).not.toContain(goes.viewer.accountId);
  expect(await reads.selectFrom('series_works').select('work_id').execute()).toEqual([{ work_id: works.mine.id }]);
  // The list goes on, so that the next restore of the old copy does the same.
  expect(await readFile(path(`new/${ERASED_LIST}`), 'utf8')).toContain(ties.at(-1));
});

test('without a list everything is as it was in the copy', async () => {
  const { path, said, say, site, wren, works } = await archive();
  const before = await everything(site.ground.db.reads);
  await site.post(`/works/${works.taken.publicId}/orphaning`, { name: 'take' }, wren);
  const config = await emptyPlace(path('new'));
  await restoreCommand(config, path('a.tar'), [], say, silent);
  expect(said.join(' ')).not.toContain('taken off');
  expect(await everything((await opened(config)).db.reads)).toEqual(before);
});
