/** Blurbs that are kept: never shown to who may not see them, never older than what they show. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeWork, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { GUEST } from '../accounts/index.ts';
import { placeInSeries } from '../series/index.ts';
import type { SiteView } from '../../ui/site-view.ts';
import { keptBlurbs } from './kept-blurbs.ts';
import { listedBlurbs } from './listed-blurbs.queries.ts';

const blurb = (html: string) => ({ html, noindex: false });
const NOW = Date.UTC(2026, 0, 5, 12);
const look = (locale = 'en', now = NOW) => ({ locale, now }) as SiteView;

describe('what is kept', () => {
  test('is found under its key until it is forgotten, and never takes more room than it has', () => {
    const step = fc.oneof(
      fc.record({ keep: fc.nat(9), key: fc.constantFrom('a', 'b', 'c'), length: fc.nat(400) }),
      fc.record({ forget: fc.nat(9) }),
      fc.record({ find: fc.nat(9), key: fc.constantFrom('a', 'b', 'c') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const limit = { blurbs: 6, bytes: 3_000 };
        const kept = keptBlurbs(limit);
        const said = new Map<string, string>();
        /** What a step found, and what it may have found. */
        const take = (one: (typeof steps)[number]): [found: string | undefined, allowed: (string | undefined)[]] => {
          if ('keep' in one) {
            const html = 'x'.repeat(one.length) + said.size;
            kept.keep(one.keep, one.key, blurb(html));
            said.set(`${one.keep} ${one.key}`, html);
            return [kept.find(one.keep, one.key)?.html, [html]];
          }
          if ('find' in one)
            return [kept.find(one.find, one.key)?.html, [undefined, said.get(`${one.find} ${one.key}`)]];
          kept.forget(one.forget);
          return [kept.find(one.forget, 'a')?.html, [undefined]];
        };
        for (const one of steps) {
          const [found, allowed] = take(one);
          expect(allowed).toContain(found);
          expect(kept.size().blurbs).toBeLessThanOrEqual(limit.blurbs);
          expect(kept.size().bytes).toBeLessThanOrEqual(limit.bytes + 700);
        }
        kept.clear();
        expect(kept.size()).toEqual({ blurbs: 0, bytes: 0 });
      }),
      { numRuns: 200 },
    );
  });
});

/** An archive with the blurbs of its works, and how many queries for whole works they took. */
async function counted() {
  const site = await testSite({ now: () => NOW });
  let cards = 0;
  const handle = site.ground.db.reads.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (result.rows.some((row) => 'summary_html' in row)) cards += 1;
      return result;
    },
  });
  const kept = keptBlurbs();
  const blurbs = listedBlurbs(handle, kept);
  const rendered = async (work: () => Promise<unknown>) => {
    const before = cards;
    await work();
    return cards - before;
  };
  return { site, blurbs, kept, rendered };
}
const htmlOf = async (blurbs: ReturnType<typeof listedBlurbs>, as: Person | null, ids: number[], at = look()) =>
  (await blurbs.of(as?.viewer ?? GUEST, at, ids)).map((one) => one.html).join('\n');

test('a page is rendered once, and again by locale and by day', async () => {
  const { site, blurbs, rendered } = await counted();
  const works = [
    await makeWork(site, { title: 'One' }, { state: 'posted' }),
    await makeWork(site, { title: 'Two' }, { state: 'posted' }),
  ];
  const ids = works.map((work) => work.id).toReversed();
  const first = await htmlOf(blurbs, null, ids);
  expect(first.indexOf('Two')).toBeLessThan(first.indexOf('One'));
  expect(await rendered(async () => expect(await htmlOf(blurbs, null, ids)).toBe(first))).toBe(0);
  expect(await rendered(() => htmlOf(blurbs, null, ids, look('de')))).toBe(1);
  expect(await rendered(() => htmlOf(blurbs, null, ids, look('en', NOW + 86_400_000)))).toBe(1);
  expect(await rendered(() => htmlOf(blurbs, null, ids))).toBe(0);
});

test('what changes is rendered again at once: the work, its counters, its series, a name, a tag', async () => {
  const { site, blurbs, rendered } = await counted();
  const ada = await site.person('ada');
  const { id, publicId } = await makeWork(site, { title: 'Before', by: [ada] }, { state: 'posted' });
  const other = await makeWork(site, { title: 'Other' }, { state: 'posted' });
  const ids = [id, other.id];
  await htmlOf(blurbs, null, ids);
  const edit = {
    title: 'After',
    fandoms: 'Emma',
    rating: 'general',
    warnings: 'none',
    language: 'en',
    status: 'in-progress',
    plannedChapters: '?',
  };
  expect((await site.post(`/works/${publicId}/edit`, edit, ada)).status).toBe(303);
  expect(await htmlOf(blurbs, null, ids)).toContain('After');
  await site.ground.db.write((tx) => tx.updateTable('works').set({ kudos: 17 }).where('id', '=', id).execute());
  expect(await htmlOf(blurbs, null, ids)).toContain('<b>17</b> kudos');
  await site.ground.db.write((tx) =>
    placeInSeries(tx, 1, id, { title: 'The Hive', key: 'hive', url: null, position: 2 }),
  );
  expect(await htmlOf(blurbs, null, ids)).toContain('The Hive');
  expect(await rendered(() => htmlOf(blurbs, null, ids))).toBe(0);
  await site.ground.db.write(async (tx) => {
    await tx.updateTable('pseuds').set({ name: 'ada l.' }).where('id', '=', ada.pseudId).execute();
    const event = {
      kind: 'pseud.renamed',
      subject: 'pseud',
      subject_id: ada.pseudId,
      work_id: null,
      version: 0,
      at: 1,
    };
    await tx.insertInto('events').values(event).execute();
  });
  expect(await htmlOf(blurbs, null, ids)).toContain('ada l.');
});

test('what is not in one’s lists is not shown, kept or not', async () => {
  const { site, blurbs } = await counted();
  const reader = await site.person('reader');
  const work = await makeWork(site, { title: 'Here' }, { state: 'posted' });
  expect(await htmlOf(blurbs, null, [work.id])).toContain('Here');
  const open = { hidden: 0, restricted: 0, unrevealed: 0, deleted_at: null } as const;
  for (const state of [{ hidden: 1 }, { restricted: 1 }, { deleted_at: 1 }, { unrevealed: 1 }] as const) {
    // Without an event: the truth itself is asked.
    const flags = { ...open, ...state };
    await site.ground.db.write((tx) => tx.updateTable('works').set(flags).where('id', '=', work.id).execute());
    expect(await htmlOf(blurbs, null, [work.id])).toBe('');
  }
  await setState(site, work.id, { state: 'posted', restricted: true });
  expect(await htmlOf(blurbs, reader, [work.id])).toContain('Here');
  expect(await htmlOf(blurbs, null, [work.id])).toBe('');
  // Not even those who may open a hidden work or their own draft find them in a list.
  await setState(site, work.id, { state: 'posted', hidden: true });
  expect(await htmlOf(blurbs, site.owner, [work.id])).toBe('');
});

test('an anonymous work names its creator to its creator alone, whoever looked before', async () => {
  const { site, blurbs, kept } = await counted();
  const [ada, ben] = [await site.person('adastra'), await site.person('benedict')];
  const work = await makeWork(site, { by: [ada] }, { state: 'posted', anonymous: true });
  expect(await htmlOf(blurbs, ada, [work.id])).toContain('adastra');
  for (const as of [ben, null, site.owner, null]) expect(await htmlOf(blurbs, as, [work.id])).not.toContain('adastra');
  expect(await htmlOf(blurbs, ada, [work.id])).toContain('adastra');
  expect(kept.size().blurbs).toBe(1);
});

test('what was read before a change that somebody else has heard of is not kept', async () => {
  const site = await testSite({ now: () => NOW });
  const work = await makeWork(site, { title: 'Before' }, { state: 'posted' });
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  let slow = true;
  const handle = site.ground.db.reads.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (slow && result.rows.some((row) => 'summary_html' in row)) {
        slow = false;
        await gate;
      }
      return result;
    },
  });
  const blurbs = listedBlurbs(handle);
  const early = htmlOf(blurbs, null, [work.id]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await renamed(site, work.id, 'After');
  expect(await htmlOf(blurbs, null, [work.id])).toContain('After');
  release();
  await early;
  expect(await htmlOf(blurbs, null, [work.id])).toContain('After');
});

async function renamed(site: TestSite, id: number, title: string): Promise<void> {
  await site.ground.db.write(async (tx) => {
    await tx.updateTable('works').set({ title }).where('id', '=', id).execute();
    const event = { kind: 'work.edited', subject: 'work', subject_id: id, work_id: id, version: 0, at: 1 };
    await tx.insertInto('events').values(event).execute();
  });
}
