/** Works as an index reads them: which are answered, and what of them is. */
import { expect, test } from 'vitest';
import { addCreator, makeWork, setState } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { indexRows, lastWorkId, listedCounters, listedIds, type IndexRow } from './index-rows.queries.ts';

const POSTED = { state: 'posted' } as const;

async function walked(site: TestSite, piece: number): Promise<IndexRow[]> {
  const { reads } = site.ground.db;
  const rows: IndexRow[] = [];
  const last = await lastWorkId(reads);
  for (let from = 1; from <= last; from += piece)
    rows.push(...(await indexRows(reads, { from, to: from + piece - 1 })));
  return rows;
}

async function namesOf(site: TestSite, row: IndexRow | undefined): Promise<string[]> {
  const tags = await site.ground.db.reads.selectFrom('tags').select(['id', 'name']).execute();
  const names = new Map(tags.map((tag) => [tag.id, tag.name]));
  return (row?.tagIds ?? []).map((id) => names.get(id) ?? '');
}

test('tags come in the creator’s order, few or many', async () => {
  const site = await testSite();
  const names = Array.from({ length: 100 }, (_, number) => `tag ${number}`);
  const plan = (some: readonly string[]) => ({ tags: some.map((name) => ({ kind: 'freeform' as const, name })) });
  // The same tags the other way round: neither order is that of their ids in both.
  const works = [
    await makeWork(site, plan(names), POSTED),
    await makeWork(site, plan(names.toReversed()), POSTED),
    await makeWork(site, plan(names.slice(0, 20).toReversed()), POSTED),
  ];
  const rows = await indexRows(site.ground.db.reads, { ids: works.map((work) => work.id) });
  expect((await namesOf(site, rows[0])).slice(3)).toEqual(names);
  expect((await namesOf(site, rows[1])).slice(3)).toEqual(names.toReversed());
  expect((await namesOf(site, rows[2])).slice(3)).toEqual(names.slice(0, 20).toReversed());
});

test('the byline has those who have accepted, in order; an anonymous work has none', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('Ada'), await site.person('Ben')];
  const plan = { by: [ben], importedBy: ['Étoile'] };
  const works = [await makeWork(site, plan, POSTED), await makeWork(site, plan, { ...POSTED, anonymous: true })];
  for (const work of works) {
    await addCreator(site, work.id, site.owner, 'invited');
    await addCreator(site, work.id, ada, 'accepted');
  }
  const [open, anonymous] = await indexRows(site.ground.db.reads, { ids: works.map((work) => work.id) });
  expect(open?.creators).toMatchObject([
    { kind: 'pseud', id: ben.pseudId, nameKey: 'ben' },
    { kind: 'imported', nameKey: 'etoile' },
    { kind: 'pseud', id: ada.pseudId, nameKey: 'ada' },
  ]);
  expect(anonymous).toMatchObject({ anonymous: true, creators: [] });
  expect(await listedIds(site.ground.db.reads, { pseudId: ben.pseudId }, 10)).toEqual([works[0]?.id]);
  expect(await listedIds(site.ground.db.reads, { pseudId: site.owner.pseudId }, 10)).toEqual([]);
});

test('works in no list are not answered, and walking in pieces meets the others, close together or far apart', async () => {
  const site = await testSite();
  const listed: number[] = [];
  for (let number = 0; number < 24; number += 1) {
    const work = await makeWork(site, {}, POSTED);
    // Now a stretch of listed works, now one among many that are not.
    if (number < 8 || number % 6 === 0) listed.push(work.id);
    else await setState(site, work.id, { ...POSTED, hidden: true });
  }
  const { reads } = site.ground.db;
  const whole = await indexRows(reads, { ids: [...listed.toReversed(), 999_999, ...listed] });
  expect(whole.map((row) => row.id)).toEqual(listed);
  expect(await indexRows(reads, { ids: [(listed[8] ?? 0) + 1] })).toEqual([]);
  for (const piece of [1, 2, 3, 100]) expect(await walked(site, piece)).toEqual(whole);
  expect(whole.every((row) => row.tagIds.length === 3)).toBe(true);
  expect(await listedIds(reads, 'all', 100)).toEqual(listed);
  expect(await listedIds(reads, 'all', 2)).toEqual(listed.slice(0, 2));
  expect(await listedIds(reads, { tagIds: [...(whole[0]?.tagIds ?? [])] }, 100)).toEqual(listed);
  const everything = await reads.selectFrom('works').select('id').execute();
  const counters = await listedCounters(
    reads,
    everything.map((row) => row.id),
  );
  expect(counters.map((row) => row.id)).toEqual(listed);
});
