/** Lists with filters, on pages and in the API: what each parameter finds, and that every count keeps its word. */
import { describe, expect, test } from 'vitest';
import { makeWork, mergeTag, type WorkPlan } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { ensureTag, linkTags, makeCanonical } from '../tags/index.ts';
import { inlineFinder } from './keeper/inline-finder.ts';
import { listParameters } from './list-parameters.ts';
import { inlineTextSearch } from './text/text-search.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const day = (date: string) => Date.parse(`${date}T09:00:00Z`);

interface Listed {
  total: number;
  hidden: number;
  version: number;
  page: number;
  pages: number;
  works: { id: string; title: string; creators: { id: string; name: string }[]; series: { id: string }[] }[];
  facets: Record<string, { name: string; works: number }[]>;
  unknown: { parameter: string; name: string }[];
  notices: string[];
}

async function asked(site: TestSite, query: string, as: Person | null = null): Promise<Listed> {
  const answer = await site.get(`/api/v1/works${query}`, as);
  expect(answer.status, query).toBe(200);
  return (await answer.json()) as Listed;
}
const titles = async (site: TestSite, query: string, as: Person | null = null) =>
  (await asked(site, query, as)).works.map((work) => work.title).toSorted();

/** Five works that differ in everything a filter asks for. */
async function smallArchive(): Promise<{ site: TestSite; wren: Person; finch: Person }> {
  const site = await testSite({ now: () => NOW });
  const [wren, finch] = [await site.person('wren'), await site.person('finch')];
  const tags = (relationship: string, character: string, ...freeforms: string[]): NonNullable<WorkPlan['tags']> => [
    ...(relationship ? [{ kind: 'relationship' as const, name: relationship }] : []),
    { kind: 'character', name: character },
    ...freeforms.map((name) => ({ kind: 'freeform' as const, name })),
    { kind: 'category', name: 'Gen' },
  ];
  const plans: WorkPlan[] = [
    {
      title: 'Hives',
      by: [wren],
      fandoms: ['Sherlock'],
      tags: tags('Holmes & Watson', 'Holmes', 'Bees', 'Angst'),
      postedAt: day('2026-06-10'),
      chapters: ['<p>One.</p>'],
    },
    {
      title: 'Moor',
      by: [wren, finch],
      fandoms: ['Sherlock', 'Dracula'],
      tags: tags('Holmes & Watson', 'Watson', 'Angst'),
      rating: 'Teen And Up Audiences',
      postedAt: day('2026-03-01'),
      chapters: ['<p>One.</p>', '<p>Two.</p>'],
    },
    {
      title: 'Castle',
      by: [finch],
      fandoms: ['Dracula'],
      tags: tags('', 'Harker', 'Bees'),
      rating: 'Explicit',
      postedAt: day('2024-12-31'),
      language: 'de',
    },
    {
      title: 'Letters',
      importedBy: ['A. Nother'],
      archivedBy: site.owner,
      fandoms: ['Dracula'],
      tags: tags('Harker & Mina', 'Harker', 'Letters'),
      postedAt: day('2025-01-01'),
      chapters: ['<p>One.</p>', '<p>Two.</p>', '<p>Three.</p>'],
    },
    { title: 'Alone', by: [finch], fandoms: ['Emma'], tags: tags('', 'Emma'), postedAt: day('2026-06-14') },
  ];
  for (const plan of plans) await makeWork(site, plan, { state: 'posted' });
  await site.ground.db.write(async (tx) => {
    for (const name of ['Sherlock', 'Dracula', 'Emma', 'Victorian']) {
      const tag = await ensureTag(tx, 1, 'fandom', name);
      await makeCanonical(tx, 1, tag.id);
    }
    const find = async (name: string) => ({ ...(await ensureTag(tx, 1, 'fandom', name)), canonical: true });
    await linkTags(tx, 1, await find('Dracula'), 'sub-of', await find('Victorian'));
  });
  return { site, wren, finch };
}

test('each parameter finds the works it names, and its opposite all others', async () => {
  const { site } = await smallArchive();
  const every = ['Alone', 'Castle', 'Hives', 'Letters', 'Moor'];
  const cases: [parameter: string, value: string, found: string[]][] = [
    ['fandom', 'Sherlock', ['Hives', 'Moor']],
    ['fandom', 'sherlock,EMMA', ['Alone', 'Hives', 'Moor']],
    ['fandom', 'Victorian', ['Castle', 'Letters', 'Moor']],
    ['relationship', 'Holmes & Watson', ['Hives', 'Moor']],
    ['character', 'Harker', ['Castle', 'Letters']],
    ['tag', 'Bees', ['Castle', 'Hives']],
    ['category', 'Gen', every],
    ['warning', 'none', every],
    ['main', 'Harker & Mina', ['Letters']],
    ['rating', 'T', ['Moor']],
    ['rating', 'Teen And Up Audiences', ['Moor']],
    ['rating', 'explicit,teen', ['Castle', 'Moor']],
    ['language', 'de', ['Castle']],
    ['language', 'Deutsch', ['Castle']],
    ['status', 'complete', every],
    ['words', '4', ['Alone', 'Castle', 'Hives']],
    ['words', '5..', ['Letters', 'Moor']],
    ['chapters', '..2', ['Alone', 'Castle', 'Hives', 'Moor']],
    ['kudos', '1..', []],
    ['fandoms', '2', ['Moor']],
    ['posted', '2026', ['Alone', 'Hives', 'Moor']],
    ['posted', '..2024-12', ['Castle']],
    ['updated', '7d..', ['Alone', 'Hives']],
    ['complete', 'yes', every],
    ['oneshot', 'yes', ['Alone', 'Castle', 'Hives']],
    ['crossover', 'yes', ['Moor']],
  ];
  for (const [parameter, value, found] of cases) {
    const said = encodeURIComponent(value);
    expect(await titles(site, `?${parameter}=${said}`), `${parameter}=${value}`).toEqual(found);
    const rest = every.filter((title) => !found.includes(title));
    expect(await titles(site, `?not-${parameter}=${said}`), `not-${parameter}=${value}`).toEqual(rest);
  }
});

test('parameters narrow together, and an exclusion wins', async () => {
  const { site, wren, finch } = await smallArchive();
  expect(await titles(site, '?tag=Bees&tag=Angst')).toEqual(['Hives']);
  expect(await titles(site, '?tag=Bees,Angst&not-fandom=Dracula')).toEqual(['Hives']);
  expect(await titles(site, '?fandom=Sherlock&not-fandom=Sherlock')).toEqual([]);
  expect(await titles(site, `?q=${encodeURIComponent('fandom:Emma OR (tag:Bees -language:de)')}`)).toEqual([
    'Alone',
    'Hives',
  ]);
  const ids = new Map((await asked(site, '')).works.flatMap((work) => work.creators).map((one) => [one.name, one.id]));
  const [hers, his, theirs] = [ids.get(wren.pseud), ids.get(finch.pseud), ids.get('A. Nother')];
  expect(await titles(site, `?creator=${hers}`)).toEqual(['Hives', 'Moor']);
  expect(await titles(site, `?creator=${hers}&creator=${his}`)).toEqual(['Moor']);
  expect(await titles(site, `?creator=${hers},${theirs}`)).toEqual(['Hives', 'Letters', 'Moor']);
  expect(await titles(site, `?not-creator=${hers}`)).toEqual(['Alone', 'Castle', 'Letters']);
});

test('orders stand as they say, and turned round', async () => {
  const { site } = await smallArchive();
  const inOrder = async (sort: string) => (await asked(site, `?sort=${sort}`)).works.map((work) => work.title);
  expect(await inOrder('title')).toEqual(['Alone', 'Castle', 'Hives', 'Letters', 'Moor']);
  expect(await inOrder('-title')).toEqual(['Moor', 'Letters', 'Hives', 'Castle', 'Alone']);
  expect(await inOrder('posted')).toEqual(['Alone', 'Hives', 'Moor', 'Letters', 'Castle']);
  expect((await inOrder('words'))[0]).toBe('Letters');
  expect(await inOrder('random:7')).toEqual(await inOrder('random:7'));
  expect((await inOrder('random:7')).toSorted()).toEqual((await inOrder('title')).toSorted());
});

describe('every count beside a list', () => {
  test.each(['', '?fandom=Dracula', '?tag=Bees', '?not-character=Harker', '?posted=2026', '?rating=T,G', '?words=..7'])(
    'of %s is the total after choosing it',
    async (query) => {
      const { site } = await smallArchive();
      const { facets } = await asked(site, query);
      let followed = 0;
      for (const [parameter, values] of Object.entries(facets)) {
        for (const { name, works } of values) {
          const params = new URLSearchParams(query);
          // A work has one of each of these: another value takes the place of what was chosen.
          if (['rating', 'language', 'status', 'words', 'posted'].includes(parameter)) params.delete(parameter);
          params.append(parameter, name);
          expect((await asked(site, `?${params.toString()}`)).total, params.toString()).toBe(works);
          followed += 1;
        }
      }
      expect(followed).toBeGreaterThan(10);
    },
  );

  test('and beside each bar of the histogram', async () => {
    const { site } = await smallArchive();
    const html = await (await site.get('/works?fandom=Dracula')).text();
    const bars = [...html.matchAll(/<a href="([^"]*)" title="[^":]*: ([\d,]+) works?"/g)];
    expect(bars.length).toBeGreaterThan(2);
    for (const [, href = '', works] of bars) {
      const { total } = await asked(site, new URL(href.replaceAll('&amp;', '&'), 'http://localhost').search);
      expect(total, href).toBe(Number(works));
    }
  });

  test('names tags that only one person uses to nobody', async () => {
    const { site } = await smallArchive();
    const names = (await asked(site, '')).facets['tag']?.map((value) => value.name);
    expect(names).toEqual(['Angst', 'Bees']);
    // Whoever asks for one by its name is told how many works it has.
    expect((await asked(site, '?tag=letters')).facets['tag']).toEqual([{ name: 'Letters', works: 1 }]);
  });
});

describe('a page with a filter', () => {
  test('is the same list as the API gives, with a chip for each condition that takes it out', async () => {
    const { site } = await smallArchive();
    const html = await (await site.get('/works?fandom=Dracula&not-tag=Letters')).text();
    expect(html).toContain('<b>2 works</b>');
    const works = [...html.matchAll(/data-work="([^"]*)"/g)].map((match) => match[1]);
    expect(works).toEqual((await asked(site, '?fandom=Dracula&not-tag=Letters')).works.map((work) => work.id));
    const overTheList = html.slice(0, html.indexOf('id="found"'));
    const removals = [...overTheList.matchAll(/class="chip[^"]*" href="([^"]*)"/g)].map((match) => match[1]);
    expect(removals).toEqual(['/works?not-tag=Letters', '/works?fandom=Dracula']);
    expect(html).toContain('href="/works"');
    expect(html).toContain('content="noindex, nofollow"');
  });

  test('has one true address, whatever order its parameters come in', async () => {
    const { site } = await smallArchive();
    const canonical = async (path: string) =>
      /<link rel="canonical" href="([^"]*)"/.exec(await (await site.get(path)).text())?.[1];
    const one = await canonical('/works?tag=Bees&fandom=Dracula&page=1');
    expect(one).toBe('http://localhost/works?fandom=Dracula&amp;tag=Bees');
    expect(await canonical('/works?fandom=Dracula&tag=Bees')).toBe(one);
    expect(await canonical('/works?sort=updated')).toBe('http://localhost/works');
  });

  test('sends the form of its panel on to that address', async () => {
    const { site } = await smallArchive();
    const form =
      'form=1&q=&fandom=Dracula&fandom-more=Emma%2C+Sherlock&not-tag=Bees&words-from=1%2C000&words-to=&complete=&sort=kudos';
    const answer = await site.get(`/works?${form}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      '/works?fandom=Dracula&fandom=Emma&fandom=Sherlock&words=1000..&not-tag=Bees&sort=kudos',
    );
    const tag = await site.get('/tags/fandom/Dracula?form=1&tag=Bees');
    expect(tag.headers.get('location')).toBe('/tags/fandom/Dracula?tag=Bees');
  });

  test('gives the form back as it was typed, with each mistake beside its field', async () => {
    const { site } = await smallArchive();
    const answer = await site.get('/works?form=1&fandom=Dracula&words-from=lots&words-to=9000&q=bees');
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('Words take whole numbers like 5,000, not “lots”');
    expect(html).toMatch(/<input[^>]*name="words-from"[^>]*value="lots"/);
    expect(html).toMatch(/<input[^>]*name="words-to"[^>]*value="9000"/);
    expect(html).toMatch(/<input[^>]*name="fandom"[^>]*value="Dracula"[^>]*checked/);
    expect(html).toMatch(/<input[^>]*name="q"[^>]*value="bees"/);
    expect(html).not.toContain('data-work=');
  });

  test('keeps what its panel has no field for, and says so', async () => {
    const { site } = await smallArchive();
    const html = await (await site.get(`/works?fandoms=1..5&not-words=1..2&per=3`)).text();
    for (const [name, value] of [
      ['fandoms', '1..5'],
      ['not-words', '1..2'],
      ['per', '3'],
    ]) {
      expect(html).toMatch(new RegExp(`<input type="hidden" name="${name}" value="${value}"`));
    }
    expect(html).toContain('Also asked');
  });

  test('stands under a tag or a creator as well', async () => {
    const { site } = await smallArchive();
    const list = async (path: string) =>
      [...(await (await site.get(path)).text()).matchAll(/<h2[^>]*><a href="\/works\/[^"]*">([^<]*)/g)].map(
        (match) => match[1],
      );
    expect(await list('/tags/fandom/Dracula?tag=Bees')).toEqual(['Castle']);
    expect(await list('/tags/fandom/Victorian?not-crossover=yes&sort=title')).toEqual(['Castle', 'Letters']);
    const { creators } = (await asked(site, '?fandom=Emma')).works[0] ?? { creators: [] };
    expect(await list(`/creators/${creators[0]?.id}?not-fandom=Dracula`)).toEqual(['Alone']);
  });
});

test('a name that means nothing is told, and finds nothing', async () => {
  const { site } = await smallArchive();
  const list = await asked(site, '?fandom=Nowhere&not-tag=Never&creator=zzzzzzzzzz&language=xx');
  expect(list.total).toBe(0);
  expect(list.unknown.map((one) => one.parameter)).toEqual(['fandom', 'creator', 'language', 'tag']);
  const html = await (await site.get('/works?fandom=Nowhere,Emma')).text();
  expect(html).toContain('No work here has the fandom “Nowhere”.');
  expect(html).toContain('<b>1 work</b>');
});

test('a list says so while the words of works are still being read, also where words are left out', async () => {
  const site = await testSite({
    finder: (ground) => {
      const whole = inlineFinder(ground.db);
      const unread = inlineTextSearch(ground.db, ':memory:');
      return { ...whole, text: unread, stop: async () => (unread.close(), whole.stop()) };
    },
  });
  await makeWork(site, { title: 'Bees' }, { state: 'posted' });
  expect((await asked(site, '?q=bees')).notices).toEqual([expect.stringContaining('still being read')]);
  expect(await asked(site, '?q=-bees')).toMatchObject({
    total: 1,
    notices: [expect.stringContaining('words that were left out')],
  });
  expect((await asked(site, '?words=..1000')).notices).toEqual([]);
  expect(await (await site.get('/works?q=-bees')).text()).toContain('still being read');
});

test('a list without anything in its way has no notices, and names what it does not know', async () => {
  const site = await testSite();
  await makeWork(site, { title: 'Bees' }, { state: 'posted' });
  expect((await asked(site, '?q=bees')).notices).toEqual([]);
  expect((await asked(site, '?fandom=Nowhere')).notices).toEqual([expect.stringContaining('Nowhere')]);
});

test('a value that is asked for and left out at once has one row, with both of its boxes ticked', async () => {
  const site = await testSite();
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Bees' }] }, { state: 'posted' });
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Honeybees' }] }, { state: 'posted' });
  await mergeTag(site, { kind: 'freeform', name: 'Honeybees' }, 'Bees');
  for (const query of ['tag=Bees&not-tag=Bees', 'tag=Honeybees&not-tag=Bees']) {
    const html = await (await site.get(`/works?${query}`)).text();
    expect(html.match(/aria-label="Exclude Bees"/g), query).toHaveLength(1);
    expect(html, query).toMatch(/<input type="checkbox" name="tag" value="(?:Honeyb|B)ees" checked/);
    expect(html, query).toMatch(/<input type="checkbox" name="not-tag" value="(?:Honeyb|B)ees" checked/);
  }
  const both = await (await site.get('/works?tag=Honeybees&tag=Bees')).text();
  expect(both.match(/name="tag" value="[^"]*ees" checked/g)).toHaveLength(1);
});

test('each parameter that cannot be read is named with its sentence, and each one that can be has an example', async () => {
  const site = await testSite();
  const refused = await site.get('/api/v1/works?words=lots&fandon=A&not-tag=B');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    parameter: 'words',
    errors: {
      words: 'words takes a range like 1000..5000, 5000.. or ..5000, not "lots".',
      fandon: 'There is no parameter "fandon".',
    },
  });
  const page = await (await site.get('/works?words=lots&fandon=A&not-tag=B')).text();
  expect(page).toContain('Words take whole numbers like 5,000, not “lots”.');
  expect(page).toContain('The address asks for “fandon”, by which no list can be narrowed.');
  expect(page).not.toContain('1000..5000');
  for (const { name, example } of listParameters()) {
    for (const value of [example].flat()) {
      const answer = await site.get(`/api/v1/works?${new URLSearchParams({ [name]: String(value) }).toString()}`);
      expect(answer.status, `${name}=${String(value)}`).toBe(200);
    }
  }
});
