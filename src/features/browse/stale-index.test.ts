/** An index that is held back shows nothing that its readers may not see: it loses places, it tells nothing. */
import { expect, test } from 'vitest';
import { makeOwnSeries, makeWork, putInSeries, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { eraseAccountIn } from '../../app/erase.ts';
import type { Database } from '../../platform/db/database.ts';
import { append } from '../../platform/events/log.ts';
import { renameDefaultPseud } from '../accounts/index.ts';
import { takeAlong } from '../leaving/actions.ts';
import { leaveWork } from '../works/co-creators.actions.ts';
import { orphanWork } from '../works/index.ts';
import { plainIndex } from './plain/plain-index.ts';
import type { BrowseAnswer, BrowseQuery, SuggestQuery } from './browse-query.ts';
import { inlineIndex } from './feed/inline-index.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { inlineTextSearch } from './text/text-search.ts';

const BEHIND = 10_000;
const AT_ONCE = 1_000;

/** Has so much happen that whoever reads nothing of it is far behind. */
async function fallBehind(db: Database): Promise<void> {
  const event = { kind: 'site.looked-at', subject: 'site', subjectId: 0 };
  for (let told = 0; told < BEHIND; told += AT_ONCE)
    await db.write((tx) => append(tx, 1, ...Array.from({ length: AT_ONCE }, () => event)));
}

/** An archive whose index and full text stand still once `hold` was called, ten thousand events behind. */
async function heldBack() {
  let hold = async () => {};
  const site = await testSite({
    finder: (ground) => {
      const kept = inlineIndex(ground.db.reads);
      const words = inlineTextSearch(ground.db, ':memory:');
      let still = false;
      const current = async () => {
        if (!still) await kept.refresh();
        if (!still) await words.refresh();
      };
      hold = async () => {
        await current();
        still = true;
        await fallBehind(ground.db);
      };
      const idle = inlineFinder(ground.db);
      return {
        ...idle,
        index: {
          search: async (query: BrowseQuery): Promise<BrowseAnswer> => (await current(), kept.search(query)),
          suggest: async (query: SuggestQuery) => (await current(), kept.suggest(query)),
        },
        text: {
          match: async (leaves, inText) => (await current(), words.match(leaves, inText)),
          rank: async (leaves, inText) => (await current(), words.rank(leaves, inText)),
          places: async (leaves, works) => (await current(), words.places(leaves, works)),
          snippets: async (leaves, texts) => words.snippets(leaves, texts),
          status: () => words.status(),
        },
        stop: async () => {
          words.close();
          await idle.stop();
        },
      };
    },
  });
  return { site, hold: () => hold() };
}

const pageOf = async (site: TestSite, path: string, as: Person | null = null) => (await site.get(path, as)).text();
const creatorId = async (site: TestSite, { pseudId }: Person) =>
  (
    await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', pseudId)
      .executeTakeFirstOrThrow()
  ).public_id;
const totalOf = (html: string) => Number(/<b>([\d,]+) works?<\/b>/.exec(html)?.[1]);

test(
  'what was hidden, restricted, deleted or unrevealed since counts nowhere and is named nowhere',
  { timeout: 60_000 },
  async () => {
    const { site, hold } = await heldBack();
    const [ada, reader] = [await site.person('ada'), await site.person('reader')];
    const plan = (title: string, tag: string) => ({
      title,
      by: [ada],
      tags: [{ kind: 'freeform' as const, name: tag }],
      chapters: [`<p>A lantern in ${title}.</p>`],
    });
    await makeWork(site, { title: 'Open', by: [ada], chapters: ['<p>A lantern.</p>'] }, { state: 'posted' });
    for (const title of ['Hushed', 'Locked', 'Removed', 'Veiled', 'Redrafted']) {
      await makeWork(site, plan(title, `${title} tag`), { state: 'posted' });
      await makeWork(site, { ...plan(`${title} too`, `${title} tag`), by: [reader] }, { state: 'posted' });
    }
    const others = await site.ground.db.reads.selectFrom('works').select(['id', 'title']).execute();
    await hold();
    expect(totalOf(await pageOf(site, '/works'))).toBe(11);
    const states = {
      Hushed: { hidden: true },
      Locked: { restricted: true },
      Removed: { deleted: true },
      Veiled: { unrevealed: true },
      Redrafted: { state: 'draft' as const },
    };
    for (const { id, title } of others) {
      const state = states[title.split(' ')[0] as keyof typeof states];
      if (state) await setState(site, id, { state: 'posted', ...state });
    }
    for (const path of [
      '/works',
      '/works?q=lantern&in=text',
      '/works?sort=-title',
      '/works?not-tag=Nothing',
      '/works?words=1..',
      '/api/v1/works',
      '/api/v1/works?q=lantern&in=text&sort=relevance',
      '/api/v1/tags/suggestions?q=tag',
      '/tags/fandom/Sherlock%20Holmes',
      '/tags/fandom/Sherlock%20Holmes/about',
      '/',
    ]) {
      const html = await pageOf(site, path);
      for (const name of Object.keys(states)) expect(html, path).not.toContain(name);
    }
    expect(totalOf(await pageOf(site, '/works'))).toBe(1);
    expect(totalOf(await pageOf(site, '/works?q=lantern&in=text'))).toBe(1);
    expect(await pageOf(site, '/works?tag=Hushed+tag')).toContain('No work here has the additional tag “Hushed tag”.');
    // What is restricted is still there for who is signed in, though the page may be shorter than the truth.
    expect(totalOf(await pageOf(site, '/works', reader))).toBeLessThanOrEqual(3);
  },
);

test('type-ahead counts what is left, and offers no name with nothing left', async () => {
  const { site, hold } = await heldBack();
  const ada = await site.person('ada');
  const [first] = [
    await makeWork(site, { by: [ada], fandoms: ['Emma'] }, { state: 'posted' }),
    await makeWork(site, { by: [ada], fandoms: ['Emma'] }, { state: 'posted' }),
  ];
  const only = await makeWork(site, { by: [ada], fandoms: ['Emmeline'] }, { state: 'posted' });
  await site.ground.db.write((tx) =>
    tx.updateTable('tags').set({ canonical: 1 }).where('kind', '=', 'fandom').execute(),
  );
  const offered = async () => {
    const { suggestions } = (await (await site.get('/api/v1/tags/suggestions?q=emm')).json()) as {
      suggestions: { name: string; works: number }[];
    };
    return suggestions.map(({ name, works }) => [name, works]);
  };
  await hold();
  expect(await offered()).toEqual([
    ['Emma', 2],
    ['Emmeline', 1],
  ]);
  await setState(site, first.id, { state: 'posted', hidden: true });
  await setState(site, only.id, { state: 'posted', restricted: true });
  expect(await offered()).toEqual([['Emma', 1]]);
});

test('who wrote a work is not to be found once it is anonymous, by presence or by absence', async () => {
  const { site, hold } = await heldBack();
  const ada = await site.person('adastra');
  await makeWork(site, { title: 'Hers', by: [ada] }, { state: 'posted' });
  const secret = await makeWork(
    site,
    { title: 'Concealed', by: [ada], chapters: ['<p>Rain.</p>'] },
    { state: 'posted' },
  );
  await makeWork(site, { title: 'Unsigned', by: [ada] }, { state: 'posted', anonymous: true });
  const series = await putInSeries(site, secret.id, 'The Pair');
  await hold();
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', ada.pseudId)
    .executeTakeFirstOrThrow();
  expect(totalOf(await pageOf(site, `/works?creator=${id}`))).toBe(2);
  await setState(site, secret.id, { state: 'posted', anonymous: true });
  for (const query of [
    `creator=${id}`,
    'q=adastra',
    'q=byline:adastra',
    `series=${series}`,
    `not-creator=${id}`,
    'sort=creator',
  ]) {
    const html = await pageOf(site, `/works?${query}`);
    expect(html, query).not.toContain('Concealed');
    expect(totalOf(html), query).toBe(
      { [`not-creator=${id}`]: 1, 'sort=creator': 2, [`series=${series}`]: 0 }[query] ?? 1,
    );
  }
  expect(totalOf(await pageOf(site, `/creators/${id}`))).toBe(1);
});

test('who has gone from a byline, or from a series, or goes by another name, is not to be found by what was', async () => {
  const { site, hold } = await heldBack();
  const { features, ground } = site;
  const [ada, ben] = [await site.person('adastra'), await site.person('benbow')];
  const [eve, zoe] = [await site.person('evenfall'), await site.person('zoetrope')];
  const made = (title: string, ...by: Person[]) => makeWork(site, { title, by }, { state: 'posted' });
  await made('Hers', ada);
  const given = await made('Given up', ada);
  const shared = await made('Shared', ben, ada);
  await made('Left behind', ben, eve);
  await made('Renamed', zoe);
  const series = await makeOwnSeries(site, ada, 'The Pair', [given.id]);
  await hold();
  await ground.db.write(async (tx) => {
    await orphanWork(tx, 2, ada.viewer, given.publicId, false);
    await takeAlong(tx, 2, ada.viewer.accountId, { id: given.id, others: false }, false);
    await leaveWork(tx, 2, ada.viewer, shared.publicId, await creatorId(site, ada));
    await renameDefaultPseud(tx, 2, zoe.viewer.accountId, 'nobody yet');
    await eraseAccountIn(tx, 2, features, eve.viewer.accountId);
  });
  for (const [query, gone] of [
    [`creator=${await creatorId(site, ada)}`, ['Given up', 'Shared']],
    ['q=adastra', ['Given up', 'Shared']],
    ['q=byline:adastra', ['Given up', 'Shared']],
    [`series=${series}`, ['Given up']],
    ['q=evenfall', ['Left behind']],
    ['q=zoetrope', ['Renamed']],
    ['sort=creator', []],
  ] as const) {
    for (const as of [null, ben]) {
      const html = await pageOf(site, `/works?${query}`, as);
      for (const title of gone) expect(html, query).not.toContain(title);
      const { total } = (await (await site.get(`/api/v1/works?${query}`, as)).json()) as { total: number };
      expect(total, query).toBe(query.includes('series') || gone.length === 1 ? 0 : 1);
    }
  }
  const page = await pageOf(site, `/creators/${await creatorId(site, ada)}`);
  expect(page).toContain('Hers');
  for (const title of ['Given up', 'Shared']) expect(page).not.toContain(title);
});

test('a tag that has come to stand on hidden works only is offered to nobody', async () => {
  const { site, hold } = await heldBack();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const tags = [{ kind: 'character' as const, name: 'Secretive' }];
  const works = [
    await makeWork(site, { by: [ada], tags }, { state: 'posted' }),
    await makeWork(site, { by: [ben], tags }, { state: 'posted' }),
  ];
  await makeWork(site, { by: [ben] }, { state: 'posted' });
  await hold();
  expect(await pageOf(site, '/works')).toContain('Secretive');
  expect(await pageOf(site, '/api/v1/tags/suggestions?q=secr')).toContain('Secretive');
  // By no event at all: even an index that thinks it is up to date is not asked what may be shown.
  await site.ground.db.write((tx) =>
    tx
      .updateTable('works')
      .set({ hidden: 1 })
      .where(
        'id',
        'in',
        works.map((work) => work.id),
      )
      .execute(),
  );
  for (const path of [
    '/works',
    '/api/v1/works',
    '/api/v1/tags/suggestions?q=secr',
    '/tags/fandom/Sherlock%20Holmes/about',
  ])
    expect(await pageOf(site, path), path).not.toContain('Secretive');
});

test('after ten thousand events an answer still comes, and says nothing it should not', async () => {
  const { site, hold } = await heldBack();
  const work = await makeWork(site, { title: 'Hushed' }, { state: 'posted' });
  const open = await makeWork(site, { title: 'Open' }, { state: 'posted' });
  await hold();
  const event = { kind: 'work.edited', subject: 'work', subject_id: open.id, work_id: open.id, version: 0, at: 1 };
  for (let piece = 0; piece < 20; piece += 1)
    await site.ground.db.write((tx) =>
      tx
        .insertInto('events')
        .values(Array.from({ length: 500 }, () => event))
        .execute(),
    );
  await setState(site, work.id, { state: 'posted', hidden: true });
  const began = performance.now();
  const html = await pageOf(site, '/works');
  expect(performance.now() - began).toBeLessThan(1_500);
  expect(html).not.toContain('Hushed');
  expect(totalOf(html)).toBe(1);
});

test('a list answered in plain SQL, while there is no index, says what it cannot count', async () => {
  const site = await testSite({
    finder: (ground) => ({ ...inlineFinder(ground.db), index: plainIndex(ground.db.reads, { facets: false }) }),
  });
  await makeWork(site, { title: 'Open' }, { state: 'posted' });
  const html = await pageOf(site, '/works?fandom=sherlock+holmes');
  expect(totalOf(html)).toBe(1);
  expect(html).toContain('Counts are not ready yet');
  const json = (await (await site.get('/api/v1/works')).json()) as { facets: unknown };
  expect(json.facets).toBeNull();
  expect(await pageOf(site, '/tags/fandom/Sherlock%20Holmes/about')).toContain('Counts are being prepared');
});
