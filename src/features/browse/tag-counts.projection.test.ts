/** The counts, followed event by event, compared with a count from scratch after anything that can happen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeWork, setState, type CastWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { catchUp } from '../../platform/events/consumers.ts';
import { conceptsOf, ensureTag, linkTags, makeCanonical, makeSynonym, tagsById } from '../tags/index.ts';
import { restrictPostedWorks } from '../works/index.ts';
import { tagCounts } from './tag-counts.projection.ts';

type Counts = Record<string, { guest: number; account: number }>;

async function counted(site: TestSite): Promise<Counts> {
  const rows = await site.ground.db.reads.selectFrom('tag_counts').selectAll().execute();
  const used = rows.filter((row) => row.guest !== 0 || row.account !== 0);
  return Object.fromEntries(used.map((row) => [row.tag_id, { guest: row.guest, account: row.account }]));
}

/** One row a work and tag, and nothing remembered. */
async function fromScratch(site: TestSite): Promise<Counts> {
  const { reads } = site.ground.db;
  const works = await reads.selectFrom('works').select(['id', 'listed_guest', 'listed_account']).execute();
  const counts: Counts = {};
  for (const work of works) {
    const tags = await reads.selectFrom('work_tags').select('tag_id').where('work_id', '=', work.id).execute();
    for (const concept of await conceptsOf(
      reads,
      tags.map((tag) => tag.tag_id),
    )) {
      const count = (counts[concept] ??= { guest: 0, account: 0 });
      count.guest += work.listed_guest;
      count.account += work.listed_account;
    }
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count.account > 0));
}

const NAMES = ['Dracula', 'Dracula (1931)', 'Emma', 'Jane Austen'];
const state = fc.record({
  restricted: fc.boolean(),
  hidden: fc.boolean(),
  unrevealed: fc.boolean(),
  deleted: fc.boolean(),
});
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      fandoms: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), work: fc.nat(9), to: state }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'restore' as const), work: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('canonical' as const, 'merge' as const, 'link' as const),
      tag: fc.nat(3),
      with: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('follow' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close to guests' as const) }) },
);

test('following and counting from scratch agree, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const site = await testSite();
      const { db } = site.ground;
      const works: CastWork[] = [];
      await catchUp(db, tagCounts);
      for (const one of steps) {
        if (one.do === 'follow') await catchUp(db, tagCounts);
        else if (one.do === 'close to guests') await db.write((tx) => restrictPostedWorks(tx, 1));
        else if (one.do === 'post') works.push(await makeWork(site, { fandoms: one.fandoms }, { state: 'posted' }));
        else if ('work' in one) {
          const work = works[one.work % Math.max(1, works.length)];
          if (!work) continue;
          if (one.do === 'set') await setState(site, work.id, { state: 'posted', ...one.to });
          else
            await site.post(
              `/works/${work.publicId}/${one.do === 'delete' ? 'deletion' : 'restoration'}`,
              {},
              site.owner,
            );
        } else {
          await db.write(async (tx) => {
            const tag = await ensureTag(tx, 1, 'fandom', NAMES[one.tag] ?? '');
            const other = await ensureTag(tx, 1, 'fandom', NAMES[one.with] ?? '');
            if (one.do === 'canonical') await makeCanonical(tx, 1, tag.id);
            else if (one.do === 'merge') await makeSynonym(tx, 1, tag, other);
            else await linkTags(tx, 1, tag, 'sub-of', other);
          });
        }
      }
      await catchUp(db, tagCounts);
      const followed = await counted(site);
      expect(followed).toEqual(await fromScratch(site));
      await tagCounts.rebuild(db);
      expect(await counted(site)).toEqual(followed);
      const kinds = await tagsById(db.reads, Object.keys(followed).map(Number));
      const rows = await db.reads.selectFrom('tag_counts').select(['tag_id', 'kind']).execute();
      for (const row of rows) expect(kinds.get(row.tag_id)?.kind ?? row.kind).toBe(row.kind);
    }),
    { numRuns: 8 },
  );
}, 60_000);

test('events that come twice count once', async () => {
  const site = await testSite();
  const { db } = site.ground;
  await catchUp(db, tagCounts);
  await makeWork(site, {}, { state: 'posted' });
  await catchUp(db, tagCounts);
  const once = await counted(site);
  await db.write((tx) =>
    tx.updateTable('event_cursors').set({ event_id: 1 }).where('consumer', '=', 'tag-counts').execute(),
  );
  await catchUp(db, tagCounts);
  expect(await counted(site)).toEqual(once);
});
