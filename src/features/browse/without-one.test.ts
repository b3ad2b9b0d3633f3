/** A filter that finds nothing says which of its conditions to drop, and how many works there would be: exactly. */
import { expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { plainIndex } from './plain/plain-index.ts';
import { MOST_TRIED } from './without-one.queries.ts';

/** Three works: bees, bees and angst, angst; one more of both that only accounts see. */
async function fill(site: TestSite): Promise<void> {
  const wren = await site.person('wren');
  const tagged = (title: string, ...names: string[]) => ({
    title,
    by: [wren],
    fandoms: ['Sherlock'],
    tags: names.map((name) => ({ kind: 'freeform' as const, name })),
  });
  await makeWork(site, tagged('Hives', 'Bees'), { state: 'posted' });
  await makeWork(site, tagged('Moor', 'Bees', 'Angst'), { state: 'posted' });
  await makeWork(site, tagged('Fog', 'Angst'), { state: 'posted' });
  await makeWork(site, tagged('Locked', 'Bees', 'Rain'), { state: 'posted', restricted: true });
}

/** The part of a page that says which condition to drop: link and words for each. */
async function dropping(site: TestSite, query: string) {
  const answer = await site.get(`/works${query}`);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  const list = /<ul class="without-one"[^>]*>(.*?)<\/ul>/s.exec(html)?.[1] ?? '';
  const links = [...list.matchAll(/<li><a class="[^"]*" href="([^"]*)">(.*?)<\/a> <span>([^<]*)<\/span><\/li>/gs)];
  return { html, links: links.map(([, href = '', , works]) => [href.replaceAll('&amp;', '&'), works]) };
}

test('each condition that stands in the way is a link, with the works that are really there without it', async () => {
  const site = await testSite();
  await fill(site);
  for (const [query, expected] of [
    ['?tag=Bees&not-tag=Angst&words=999..', [['/works?tag=Bees&not-tag=Angst', '1 work']]],
    ['?tag=Bees&not-fandom=Sherlock&sort=title', [['/works?tag=Bees&sort=title', '2 works']]],
    ['?tag=Angst&tag=Rain', [['/works?tag=Angst', '2 works']]],
    ['?tag=Bees&q=title:fog+title:moor', [['/works?tag=Bees&q=title:moor', '1 work']]],
    [
      '?tag=Angst&q=hives',
      [
        ['/works?q=hives', '1 work'],
        ['/works?tag=Angst', '2 works'],
      ],
    ],
  ] as const) {
    const { html, links } = await dropping(site, query);
    expect(html, query).toContain('No work matches all of this');
    expect(links, query).toEqual(expected);
    for (const [href = '', works = ''] of links) {
      const { total } = (await (await site.get(`/api/v1${href}`)).json()) as { total: number };
      expect(works).toBe(total === 1 ? '1 work' : `${total} works`);
    }
  }
});

test('where no condition alone stands in the way, that is said; a single one is left to its chip', async () => {
  const site = await testSite();
  await fill(site);
  const both = await dropping(site, '?tag=Nowhere&tag=Neither');
  expect(both.links).toEqual([]);
  expect(both.html).toContain('No condition stands in the way alone: take two or more away.');
  expect((await dropping(site, '?tag=Nowhere')).html).toContain('Take a condition away above');
});

test('what only accounts see is counted for accounts alone', async () => {
  const site = await testSite();
  await fill(site);
  const guest = await dropping(site, '?tag=Rain&words=999..');
  expect(guest.html).toContain('No condition stands in the way alone');
  const reader = await site.person('finch');
  const html = await (await site.get('/works?tag=Rain&words=999..', reader)).text();
  expect(html).toContain('<span>1 work</span>');
});

test('a full list asks nothing more, an empty one at most eight short questions, and without counts none', async () => {
  let asked: { limit: number; facets: unknown }[] = [];
  let counts = true;
  const site = await testSite({
    finder: (ground) => {
      const finder = inlineFinder(ground.db);
      const plain = plainIndex(ground.db.reads, { facets: false });
      return {
        ...finder,
        index: {
          suggest: (query) => finder.index.suggest(query),
          search: (query) => {
            asked.push(query);
            return counts ? finder.index.search(query) : plain.search(query);
          },
        },
      };
    },
  });
  await fill(site);
  const questions = async (query: string) => {
    asked = [];
    expect((await site.get(`/works${query}`)).status).toBe(200);
    return asked.filter(({ limit }) => limit === 0);
  };
  expect(await questions('?tag=Bees')).toEqual([]);
  const many = Array.from({ length: 12 }, (_, at) => `tag=t${at}`).join('&');
  const short = await questions(`?${many}`);
  expect(short).toHaveLength(MOST_TRIED);
  expect(short.every(({ facets }) => facets === null)).toBe(true);
  counts = false;
  expect(await questions(`?${many}&words=1..`)).toEqual([]);
});
