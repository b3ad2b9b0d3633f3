/** Lists of works as readers walk them, on pages and in the API. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeWork, setState, type WorkPlan } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { GUEST } from '../accounts/index.ts';
import { placeInSeries, seriesPlaces } from '../series/index.ts';
import { ensureTag, linkTags, makeCanonical, makeSynonym, tagPath } from '../tags/index.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { pageNumber } from './page-number.ts';
import { plainIndex } from './plain/plain-index.ts';
import { rememberedWords } from './queries.ts';

const DAY = 86_400_000;
const day = (number: number) => Date.UTC(2020, 0, 1) + number * DAY;

async function posted(site: TestSite, plan: WorkPlan, state: Parameters<typeof makeWork>[2] = {}) {
  return makeWork(site, plan, { state: 'posted', ...state });
}

interface ListJson {
  total: number;
  page: number;
  pages: number;
  works: { id: string; title: string; creators: { id: string; name: string }[] }[];
}
const listIn = async (site: TestSite, query: string, as: Person | null = null) => {
  const answer = await site.get(`/api/v1/works${query}`, as);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ListJson;
};
const titles = async (site: TestSite, query: string, as: Person | null = null) =>
  (await listIn(site, query, as)).works.map((work) => work.title);
/** The titles on a page, in order. */
const onPage = async (site: TestSite, path: string, as: Person | null = null) =>
  [
    ...(await (await site.get(path, as)).text()).matchAll(/<h[23][^>]*>\s*<a href="\/works\/[^"]*"[^>]*>([^<]*)<\/a>/g),
  ].map((found) => found[1]);

test('works stand newest first, those of one day by the order in which they came', async () => {
  const site = await testSite();
  for (const [title, at] of [
    ['old', 1],
    ['same day, first', 5],
    ['newest', 9],
    ['same day, second', 5],
  ] as const) {
    await posted(site, { title, postedAt: day(at) });
  }
  const order = ['newest', 'same day, second', 'same day, first', 'old'];
  expect(await titles(site, '')).toEqual(order);
  expect(await onPage(site, '/works')).toEqual(order);
});

describe('pages', () => {
  test('put end to end are the whole list, each work once, whatever their size', async () => {
    const site = await testSite();
    const reads = site.ground.db.reads;
    for (let number = 0; number < 23; number++) await posted(site, { postedAt: day(number % 7) });
    const all = await reads
      .selectFrom('works')
      .select('public_id')
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const walked: string[] = [];
        for (let page = 1; page <= Math.ceil(23 / limit) + 1; page += 1) {
          walked.push(...(await listIn(site, `?per=${limit}&page=${page}`)).works.map((work) => work.id));
        }
        expect(walked).toEqual(all.map((row) => row.public_id));
      }),
      { numRuns: 15 },
    );
  });

  test('have 25 works; one beyond the end is a 404 that shows the way back', async () => {
    const site = await testSite();
    for (let number = 0; number < 26; number++) await posted(site, { title: `Work ${number}`, postedAt: day(number) });
    expect(await onPage(site, '/works')).toHaveLength(25);
    expect(await onPage(site, '/works?page=2')).toEqual(['Work 0']);
    expect(await listIn(site, '?page=2')).toMatchObject({ total: 26, page: 2, pages: 2 });
    const beyond = await site.get('/works?page=3');
    expect(beyond.status).toBe(404);
    const text = await beyond.text();
    expect(text).toContain('href="/works?page=2"');
    expect(text).toContain('href="/works"');
    expect(await listIn(site, '?page=3')).toMatchObject({ total: 26, works: [] });
  });

  test.each(['0', '-1', '1.5', 'two', '01', '1e3', '99999999999999999999'])('page=%s is no page', async (page) => {
    const site = await testSite();
    const shown = await site.get(`/works?page=${page}`);
    expect(shown.status).toBe(400);
    expect(await shown.text()).toContain('pages are numbered from 1');
    const answer = await site.get(`/api/v1/works?page=${page}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: '/problems/unreadable-parameter', parameter: 'page' });
  });

  test('an empty archive has one page, which says so', async () => {
    const site = await testSite();
    const page = await site.get('/works');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('No works here yet');
    expect(await listIn(site, '')).toMatchObject({ total: 0, hidden: 0, page: 1, pages: 1, works: [] });
  });

  test('page numbers are whole numbers from 1', () => {
    expect(pageNumber(undefined)).toBe(1);
    fc.assert(
      fc.property(fc.string(), (said) => {
        const page = pageNumber(said);
        expect(page === null || (Number.isSafeInteger(page) && page >= 1 && String(page) === said)).toBe(true);
      }),
    );
  });
});

describe('by tag', () => {
  test('a list holds the works of the tag, of its synonyms and of what stands below it', async () => {
    const site = await testSite();
    const { db } = site.ground;
    await posted(site, { title: 'novel', fandoms: ['Dracula'], postedAt: day(1) });
    await posted(site, { title: 'other spelling', fandoms: ['Drakula (1897)'], postedAt: day(2) });
    await posted(site, { title: 'film', fandoms: ['Dracula (1931)'], postedAt: day(3) });
    await posted(site, { title: 'elsewhere', fandoms: ['Emma'], postedAt: day(4) });
    await posted(site, { title: 'both', fandoms: ['Dracula', 'Dracula (1931)'], postedAt: day(5) });
    await db.write(async (tx) => {
      const tag = (name: string) => ensureTag(tx, 1, 'fandom', name);
      const [novel, film] = [await tag('Dracula'), await tag('Dracula (1931)')];
      await makeCanonical(tx, 1, novel.id);
      await makeCanonical(tx, 1, film.id);
      await linkTags(tx, 1, { ...film, canonical: true }, 'sub-of', { ...novel, canonical: true });
      await makeSynonym(tx, 1, await tag('Drakula (1897)'), { ...novel, canonical: true });
    });
    const all = ['both', 'film', 'other spelling', 'novel'];
    expect(await onPage(site, tagPath({ kind: 'fandom', name: 'Dracula' }))).toEqual(all);
    expect(await titles(site, '?fandom=dracula')).toEqual(all);
    expect(await titles(site, `?fandom=${encodeURIComponent('Drakula (1897)')}`)).toEqual(all);
    expect(await titles(site, `?fandom=${encodeURIComponent('Dracula (1931)')}`)).toEqual(['both', 'film']);
    const page = await (await site.get('/tags/fandom/Dracula/about')).text();
    expect(page).toContain('Drakula (1897)');
  });

  test('a tag that stands only on works one may not see is not there', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    await posted(site, { fandoms: ['Secret Fandom'] }, { restricted: true });
    expect((await site.get('/tags/fandom/Secret%20Fandom')).status).toBe(404);
    expect(await listIn(site, '?fandom=Secret%20Fandom')).toMatchObject({
      total: 0,
      unknown: [{ parameter: 'fandom', name: 'Secret Fandom' }],
    });
    expect((await site.get('/tags/fandom/Secret%20Fandom', reader)).status).toBe(200);
    for (const path of ['/tags/fandom/Nothing', '/tags/colour/red', '/tags/fandom/Nothing/about']) {
      expect((await site.get(path)).status, path).toBe(404);
    }
  });

  test('any characters that a name can hold stand in its address', async () => {
    const site = await testSite();
    const name = 'Mr. & Mrs. #1? 100+ / 银河 "quoted"';
    await posted(site, { title: 'odd', fandoms: [name] });
    expect(await onPage(site, tagPath({ kind: 'fandom', name }))).toEqual(['odd']);
    expect(await titles(site, `?fandom=${encodeURIComponent(name)}`)).toEqual(['odd']);
  });

  test('the API says which parameter it cannot read', async () => {
    const site = await testSite();
    for (const [query, parameter] of [
      ['?colour=red', 'colour'],
      ['?words=many', 'words'],
      ['?not-complete=maybe', 'not-complete'],
      ['?sort=loudest', 'sort'],
      ['?q=words>few', 'q'],
      ['?per=101', 'per'],
      ['?in=dreams', 'in'],
    ] as const) {
      const answer = await site.get(`/api/v1/works${query}`);
      expect(answer.status, query).toBe(400);
      expect(await answer.json()).toMatchObject({ parameter });
    }
  });
});

describe('by creator', () => {
  const creatorIn = async (site: TestSite, name: string, as: Person | null = null) =>
    (await listIn(site, '', as)).works.flatMap((work) => work.creators).find((creator) => creator.name === name)?.id ??
    '';

  test('a list holds what they wrote, alone and together, and never what they wrote anonymously', async () => {
    const site = await testSite();
    const [ada, ben] = [await site.person('ada'), await site.person('ben')];
    await posted(site, { title: 'hers', by: [ada], postedAt: day(1) });
    await posted(site, { title: 'theirs', by: [ben, ada], postedAt: day(2) });
    await posted(site, { title: 'his', by: [ben], postedAt: day(3) });
    const secret = await posted(site, { title: 'nobody’s', by: [ada], postedAt: day(4) });
    await setState(site, secret.id, { state: 'posted', anonymous: true });
    const id = await creatorIn(site, 'ada');
    for (const as of [null, ben, ada, site.owner]) {
      expect(await titles(site, `?creator=${id}`, as)).toEqual(['theirs', 'hers']);
      expect(await onPage(site, `/creators/${id}`, as)).toEqual(['theirs', 'hers']);
    }
  });

  test('names from outside and pseuds of the same name stay apart', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    await posted(site, { title: 'from here', by: [wren], postedAt: day(1) });
    await posted(site, { title: 'from elsewhere', importedBy: ['wren'], postedAt: day(2) });
    const ids = (await listIn(site, '')).works.map((work) => work.creators[0]?.id ?? '');
    expect(await titles(site, `?creator=${ids[0]}`)).toEqual(['from elsewhere']);
    expect(await titles(site, `?creator=${ids[1]}`)).toEqual(['from here']);
  });

  test('somebody of whom nothing is to be seen is not there, but for themselves', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    await makeWork(site, { by: [ada] });
    const { public_id: id } = await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', ada.pseudId)
      .executeTakeFirstOrThrow();
    expect((await site.get(`/creators/${id}`)).status).toBe(404);
    expect((await site.get(`/creators/${id}`, site.owner)).status).toBe(404);
    expect((await site.get(`/creators/${id}`, ada)).status).toBe(200);
    expect(await listIn(site, `?creator=${id}`)).toMatchObject({ total: 0, unknown: [{ parameter: 'creator' }] });
  });
});

describe('totals', () => {
  test('follow every change at once', async () => {
    const site = await testSite();
    const total = async (as: Person | null = null) => (await listIn(site, '', as)).total;
    expect(await total()).toBe(0);
    const work = await posted(site, {});
    expect(await total()).toBe(1);
    await posted(site, {}, { restricted: true });
    expect([await total(), await total(site.owner)]).toEqual([1, 2]);
    await site.post(`/works/${work.publicId}/deletion`, {}, site.owner);
    expect([await total(), await total(site.owner)]).toEqual([0, 1]);
    await site.post(`/works/${work.publicId}/restoration`, {}, site.owner);
    expect(await total()).toBe(1);
  });

  test('that were counted before a change are not remembered after it', async () => {
    const site = await testSite();
    const { reads } = site.ground.db;
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    // A handle whose sums arrive late, as from a busy database.
    const slow = reads.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.rows.some((row) => 'words' in row)) await gate;
        return result;
      },
    });
    const words = rememberedWords();
    const early = words(slow, GUEST);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await posted(site, {});
    expect(await words(reads, GUEST)).toBe(4);
    release();
    expect(await early).toBe(0);
    expect(await words(reads, GUEST)).toBe(4);
  });

  test('of words are summed once while nothing happens', async () => {
    const site = await testSite();
    await posted(site, {});
    let sums = 0;
    const counted = site.ground.db.reads.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.rows.some((row) => 'words' in row)) sums += 1;
        return result;
      },
    });
    const words = rememberedWords();
    for (let time = 0; time < 3; time++) await words(counted, GUEST);
    expect(sums).toBe(1);
  });
});

test('the fandoms are named and not counted while there are no counts, and no two numbers differ', async () => {
  const site = await testSite({
    finder: (ground) => ({ ...inlineFinder(ground.db), index: plainIndex(ground.db.reads, { facets: false }) }),
  });
  await site.ground.db.write(async (tx) => {
    const [one, all] = [await ensureTag(tx, 1, 'fandom', 'Emma (1996)'), await ensureTag(tx, 1, 'fandom', 'Emma')];
    for (const tag of [one, all]) await makeCanonical(tx, 1, tag.id);
    await linkTags(tx, 1, { ...one, canonical: true }, 'sub-of', { ...all, canonical: true });
  });
  await posted(site, { fandoms: ['Emma (1996)'] });
  await posted(site, { fandoms: ['Dracula'] }, { restricted: true });
  const home = await (await site.get('/')).text();
  expect(home).toMatch(/<b>1<\/b> work in <b>2<\/b> fandoms/);
  expect(home).toContain('Counts are being prepared');
  expect(home).toContain('Emma (1996)</a></li>');
  const fandoms = await (await site.get('/fandoms')).text();
  expect(fandoms).toContain('Counts are being prepared');
  expect(fandoms).toContain('<b>2 fandoms</b>');
  expect(fandoms).toContain('Emma</a></li>');
  expect(fandoms).not.toContain('Dracula');
  expect(await (await site.get('/fandoms', site.owner)).text()).toContain('Dracula</a></li>');
});

test('the home page and the fandoms show what there is for whoever looks', async () => {
  const site = await testSite();
  await posted(site, { title: 'for all', fandoms: ['Emma'] });
  await posted(site, { title: 'for readers', fandoms: ['Dracula'] }, { restricted: true });
  await site.follow();
  const home = await (await site.get('/')).text();
  expect(home).toContain('for all');
  expect(home).not.toContain('for readers');
  const fandoms = await (await site.get('/fandoms')).text();
  expect(fandoms).toContain('/tags/fandom/Emma');
  expect(fandoms).not.toContain('Dracula');
  expect(await (await site.get('/fandoms', site.owner)).text()).toContain('/tags/fandom/Dracula');
});

test('a series lists its works in its own order, to those who may see them', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  const parts = [
    await posted(site, { title: 'third', postedAt: day(9) }),
    await posted(site, { title: 'first', postedAt: day(5) }),
    await posted(site, { title: 'second, restricted', postedAt: day(7) }, { restricted: true }),
    await makeWork(site, { title: 'a draft' }),
  ];
  await site.ground.db.write(async (tx) => {
    for (const [index, position] of [3, 1, 2, 4].entries()) {
      await placeInSeries(tx, 1, parts[index]?.id ?? 0, { title: 'The Hive', key: 'hive', url: null, position });
    }
  });
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('series')
    .select('public_id')
    .executeTakeFirstOrThrow();
  expect(await onPage(site, `/series/${id}`)).toEqual(['first', 'third']);
  expect(await onPage(site, `/series/${id}/whatever`, reader)).toEqual(['first', 'second, restricted', 'third']);
  expect((await site.get('/series/aaaaaaaaaa')).status).toBe(404);
});

describe('a series', () => {
  /** Works in one series at the given positions. @returns them and the series' path. */
  async function seriesOf(site: TestSite, positions: readonly number[]) {
    const works: Awaited<ReturnType<typeof posted>>[] = [];
    for (const [index, position] of positions.entries()) {
      const work = await posted(site, { title: `Part ${index + 1}`, postedAt: day(index) });
      works.push(work);
      const place = { title: 'The Hive', key: 'hive', url: null, position };
      await site.ground.db.write((tx) => placeInSeries(tx, 1, work.id, place));
    }
    const { public_id: id } = await site.ground.db.reads
      .selectFrom('series')
      .select('public_id')
      .executeTakeFirstOrThrow();
    return { works, path: `/series/${id}` };
  }

  test('has pages of 25 works, and figures over all of them; one beyond the end shows the way back', async () => {
    const site = await testSite();
    const { path } = await seriesOf(
      site,
      Array.from({ length: 26 }, (_, index) => index + 1),
    );
    expect(await onPage(site, path)).toHaveLength(25);
    expect(await onPage(site, `${path}?page=2`)).toEqual(['Part 26']);
    for (const page of [path, `${path}?page=2`]) {
      const text = await (await site.get(page)).text();
      expect(text).toContain('<li>26 works</li><li>104 words</li>');
      expect(text).toMatch(/The Hive(, page 2)? · /);
    }
    const beyond = await site.get(`${path}?page=3`);
    expect(beyond.status).toBe(404);
    expect(await beyond.text()).toContain(`href="${path}/the-hive?page=2"`);
    expect((await site.get(`${path}?page=0`)).status).toBe(404);
  });

  test('leads through all its parts, also those at the same position, one step at a time', async () => {
    const site = await testSite();
    const { works } = await seriesOf(site, [1, 2, 2, 5]);
    const ids = works.map((work) => work.id);
    for (const [index, id] of ids.entries()) {
      expect(await seriesPlaces(site.ground.db.reads, GUEST, id)).toMatchObject([
        { previousId: ids[index - 1] ?? null, nextId: ids[index + 1] ?? null },
      ]);
    }
  });

  test('leads past what the viewer does not see', async () => {
    const site = await testSite();
    const { works } = await seriesOf(site, [1, 2, 3]);
    const [first, second, third] = works.map((work) => work.id);
    await setState(site, second ?? 0, { state: 'posted', restricted: true });
    const { reads } = site.ground.db;
    expect(await seriesPlaces(reads, GUEST, first ?? 0)).toMatchObject([{ previousId: null, nextId: third }]);
    expect(await seriesPlaces(reads, site.owner.viewer, first ?? 0)).toMatchObject([{ nextId: second }]);
  });
});
