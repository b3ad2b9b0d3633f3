/** The one search box, and search inside the stories. */
import { describe, expect, test } from 'vitest';
import { makeWork, mergeTag, setChapterState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { GUEST } from '../accounts/index.ts';
import { ensureTag, makeCanonical, type TagKind } from '../tags/index.ts';
import type { BrowseAnswer, BrowseIndex, BrowseQuery, FacetAsk } from './browse-query.ts';
import { understand } from './search-box.queries.ts';

async function canonical(site: TestSite, kind: TagKind, name: string): Promise<void> {
  await site.ground.db.write(async (tx) => makeCanonical(tx, 1, (await ensureTag(tx, 1, kind, name)).id));
}
async function searchedFor(site: TestSite, text: string, as: Person | null = null): Promise<string> {
  const answer = await site.get(`/search?${new URLSearchParams({ q: text }).toString()}`, as);
  expect(answer.status, text).toBe(302);
  return answer.headers.get('location') ?? '';
}
const filterOf = (address: string) => {
  const params = new URL(address, 'http://localhost').searchParams;
  params.delete('asked');
  return decodeURIComponent(params.toString().replaceAll('+', ' '));
};
const titlesOn = (html: string) =>
  [...html.matchAll(/<h2[^>]*><a href="\/works\/[^"]*">([^<]*)/g)].map((match) => match[1]);

test('names that are tags become filters, the rest is looked for, and both can be corrected', async () => {
  const site = await testSite();
  const tags = [
    { kind: 'character' as const, name: 'Sherlock Holmes' },
    { kind: 'freeform' as const, name: 'Angst' },
  ];
  await makeWork(
    site,
    { title: 'The Bees of Sussex', tags: tags.slice(0, 1), fandoms: ['Sherlock'] },
    { state: 'posted' },
  );
  await makeWork(site, { title: 'The Bees in Tears', tags, fandoms: ['Sherlock'] }, { state: 'posted' });
  await canonical(site, 'character', 'Sherlock Holmes');
  await canonical(site, 'freeform', 'Angst');
  const text = '"Sherlock Holmes" -angst words<5000 "the bees"';
  const address = await searchedFor(site, text);
  expect(filterOf(address)).toBe('character=Sherlock Holmes&words=..4999&not-tag=Angst&q="the bees"&sort=relevance');
  const page = await (await site.get(address)).text();
  expect(titlesOn(page)).toEqual(['The Bees of Sussex']);
  expect(page).toContain('the character Sherlock Holmes');
  expect(page).toContain('without the additional tag Angst');
  expect(page).toContain('looked for in titles, bylines, tags, summaries and notes');
  const [instead] = [...page.matchAll(/class="instead" href="([^"]*)"/g)].map((match) =>
    match[1]?.replaceAll('&amp;', '&'),
  );
  expect(filterOf(instead ?? '')).toBe('words=..4999&not-tag=Angst&q="the bees" "Sherlock Holmes"&sort=relevance');
  const corrected = await (await site.get(instead ?? '')).text();
  expect(corrected).toContain('words to look for');
  expect(corrected).toContain('As the character Sherlock Holmes');
  expect(corrected).toMatch(/<input type="search" id="search" name="q" value="&quot;Sherlock Holmes/);
});

test('a synonym finds its canonical tag, and nothing typed shows all works', async () => {
  const site = await testSite();
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Sloow Burn' }] }, { state: 'posted' });
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Slow Burn' }] }, { state: 'posted' });
  await mergeTag(site, { kind: 'freeform', name: 'Sloow Burn' }, 'Slow Burn');
  expect(filterOf(await searchedFor(site, 'sloow burn'))).toBe('tag=Slow Burn');
  for (const empty of ['/search', '/search?q=', '/search?q=%20'])
    expect((await site.get(empty)).headers.get('location')).toBe('/works');
});

test('a name that only hidden works carry is a word like any other', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Hidden Thing' }] }, { state: 'posted', restricted: true });
  expect(filterOf(await searchedFor(site, '"hidden thing"'))).toBe('q="hidden thing"&sort=relevance');
  expect(filterOf(await searchedFor(site, '"never there"'))).toBe('q="never there"&sort=relevance');
  expect(filterOf(await searchedFor(site, '"hidden thing"', reader))).toBe('tag=Hidden Thing');
});

test('a mistake in the box is named, and what was typed stays', async () => {
  const site = await testSite();
  const answer = await site.get('/search?q=words%3Elots');
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(html).toContain('words> takes a whole number');
  expect(html).toContain('value="words>lots"');
});

test('words are found in the stories where they are asked for there, with snippets that lead to the paragraph', async () => {
  const site = await testSite();
  const work = await makeWork(
    site,
    {
      title: 'The Moor',
      chapters: [
        '<p>Nothing yet.</p>',
        { title: 'The lantern', html: '<p>It was dark.</p><p>She lit the <em>lantern</em> at last.</p>' },
        '<p>The lantern was put out before it was posted.</p>',
      ],
    },
    { state: 'posted' },
  );
  await setChapterState(site, work.id, 3, 'draft');
  const html = async (query: string, as: Person | null = null) => (await site.get(`/works?${query}`, as)).text();
  expect(titlesOn(await html('q=lantern'))).toEqual([]);
  const page = await html('q=lantern&in=text&sort=relevance');
  expect(titlesOn(page)).toEqual(['The Moor']);
  expect(page.match(/class="snippets"/g)).toHaveLength(1);
  expect(page).toContain('<mark>lantern</mark>');
  expect(page).not.toContain('put out');
  const href = /class="snippets"[^]*?<a href="([^"]*)"[^>]*>Chapter 2: The lantern</.exec(page)?.[1] ?? '';
  const [path = '', block = ''] = href.split('#');
  const chapter = await (await site.get(path)).text();
  expect(block).toMatch(/^b-/);
  expect(chapter).toMatch(new RegExp(`<p id="${block}">She lit the <em>lantern</em>`));
  const json = (await (await site.get('/api/v1/works?q=lantern&in=text')).json()) as {
    works: { found: { where: string; url: string; pieces: { text: string; marked: boolean }[] }[] }[];
  };
  expect(json.works[0]?.found).toMatchObject([{ where: 'Chapter 2: The lantern', url: `http://localhost${href}` }]);
  expect(json.works[0]?.found[0]?.pieces).toContainEqual({ text: 'lantern', marked: true });
});

test('nothing is quoted from behind the adult gate to who has not passed it', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  await makeWork(site, { rating: 'Explicit', chapters: ['<p>A lantern burned.</p>'] }, { state: 'posted' });
  await makeWork(site, { title: 'Gone', chapters: ['<p>A lantern.</p>'] }, { state: 'posted', hidden: true });
  const html = async (as: Person | null) => (await site.get('/works?q=lantern&in=text', as)).text();
  expect(await html(null)).toContain('<b>1 work</b>');
  expect(await html(null)).not.toContain('burned');
  expect(await html(reader)).toContain('burned');
});

test('an anonymous work is found by no name of its creator', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('adastra'), await site.person('benedict')];
  await makeWork(site, { title: 'Hers', by: [ada] }, { state: 'posted' });
  await makeWork(site, { title: 'Nobody’s', by: [ada] }, { state: 'posted', anonymous: true });
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', ada.pseudId)
    .executeTakeFirstOrThrow();
  for (const as of [null, ada, ben, site.owner]) {
    const found = async (query: string) => titlesOn(await (await site.get(`/works?${query}`, as)).text());
    expect(await found(`creator=${id}`)).toEqual(['Hers']);
    expect(await found('q=adastra')).toEqual(['Hers']);
    expect(await found('q=byline%3Aadastra')).toEqual(['Hers']);
    // It stands among those that are not hers, as the work of anybody else would.
    expect(await found(`not-creator=${id}`)).toEqual(['Nobody’s']);
    expect(await found('sort=creator')).toEqual(['Hers', 'Nobody’s']);
  }
});

test('a whole name is one tag, whatever its signs would mean between words', async () => {
  const site = await testSite();
  const named = [
    ['relationship', 'Wren/Finch'],
    ['fandom', 'The Harbour (Book 1) - A. Dane'],
    ['character', 'The “Heron”: 5\'4" OR taller'],
    ['fandom', 'Harbour'],
  ] as const;
  for (const [kind, name] of named) {
    await canonical(site, kind, name);
    await makeWork(site, { tags: [{ kind, name }] }, { state: 'posted' });
    expect(filterOf(await searchedFor(site, `  ${name.toLowerCase()} `))).toBe(`${kind}=${name}`);
  }
  const page = await (await site.get(await searchedFor(site, 'wren/finch'))).text();
  expect(page).toContain('the relationship Wren/Finch');
  expect(page).toContain('Look for the words instead');
  // A part of it is none, a minus before it leaves it out, and what nobody may see is no name.
  expect(filterOf(await searchedFor(site, 'harbour (book 1)'))).toContain('fandom=Harbour');
  expect(filterOf(await searchedFor(site, '-"wren/finch"'))).toBe('not-relationship=Wren/Finch');
  await makeWork(site, { fandoms: ['Secret/Harbour'] }, { state: 'posted', hidden: true });
  expect(filterOf(await searchedFor(site, 'secret/harbour'))).not.toContain('fandom=Secret');
});

test('a pair is found in whatever order it is typed; where none is known, works with both characters are', async () => {
  const site = await testSite();
  const named = [
    ['relationship', 'Anne Lister/Kate Ash'],
    ['character', 'Anne Lister'],
    ['character', 'Kate Ash'],
    ['character', 'Wren "Bird" Dale'],
    ['fandom', 'Kate Ash'],
  ] as const;
  for (const [kind, name] of named) await canonical(site, kind, name);
  const pair = [
    { kind: 'character' as const, name: 'Kate Ash' },
    { kind: 'character' as const, name: 'Wren "Bird" Dale' },
  ];
  await makeWork(site, { title: 'Both', tags: pair }, { state: 'posted' });
  await makeWork(site, { title: 'One', tags: pair.slice(0, 1) }, { state: 'posted' });
  for (const text of ['kate ash/anne lister', 'Kate Ash / Anne Lister', 'kate ash x anne lister'])
    expect(filterOf(await searchedFor(site, text)), text).toBe('relationship=Anne Lister/Kate Ash');
  const both = 'character=Kate Ash&character=Wren "Bird" Dale';
  for (const text of ['Kate Ash & Wren "Bird" Dale', 'wren “bird” dale and kate ash', 'Kate Ash/Wren "Bird" Dale'])
    expect(filterOf(await searchedFor(site, text)), text).toBe(both);
  expect(filterOf(await searchedFor(site, 'Wren "Bird" Dale sussex'))).toBe(
    'character=Wren "Bird" Dale&q=sussex&sort=relevance',
  );

  const page = await (await site.get(await searchedFor(site, 'kate ash & wren "bird" dale'))).text();
  expect(titlesOn(page)).toEqual(['Both']);
  expect(page).toContain('the characters Kate Ash and Wren &quot;Bird&quot; Dale');
  const instead = /class="instead" href="([^"]*)"[^>]*>Look for the words instead/.exec(page)?.[1] ?? '';
  const asWords = await (await site.get(instead.replaceAll('&amp;', '&'))).text();
  expect(asWords).toContain('As the characters Kate Ash and Wren');
  const back = /class="instead" href="([^"]*)"[^>]*>As the characters/.exec(asWords)?.[1] ?? '';
  expect(filterOf(back.replaceAll('&amp;', '&'))).toBe(both);

  // To leave out a pair is not to leave out all works with either of them.
  expect(filterOf(await searchedFor(site, '-"Kate Ash/Anne Lister"'))).toBe('not-relationship=Anne Lister/Kate Ash');
  expect(filterOf(await searchedFor(site, '-"Kate Ash & Anne Lister"'))).toBe('q=-"Kate Ash & Anne Lister"');
});

test('quotation marks and apostrophes of a phone name the same tags', async () => {
  const site = await testSite();
  const tags = [{ kind: 'freeform' as const, name: "Don't Look" }];
  await makeWork(site, { title: 'Shut', tags }, { state: 'posted' });
  expect(filterOf(await searchedFor(site, 'don’t look'))).toBe("tag=Don't Look");
  expect(titlesOn(await (await site.get('/works?tag=Don%E2%80%99t+Look')).text())).toEqual(['Shut']);
});

test('signs alone are told, and are no wish for every work', async () => {
  const site = await testSite();
  await makeWork(site, {}, { state: 'posted' });
  for (const path of ['/search', '/works', '/api/v1/works']) {
    const answer = await site.get(`${path}?q=%F0%9F%90%9D`);
    expect(answer.status, path).toBe(400);
    expect(await answer.text(), path).toContain(' needs a word to look for');
  }
});

test('what was typed twice is told once, and a beginning that is too short is said', async () => {
  const site = await testSite();
  await makeWork(site, { tags: [{ kind: 'freeform', name: 'Angst' }] }, { state: 'posted' });
  await canonical(site, 'freeform', 'Angst');
  const page = await (await site.get(await searchedFor(site, 'angst angst'))).text();
  expect(page.match(/class="instead"/g)).toHaveLength(1);
  expect(await (await site.get('/works?q=be*')).text()).toContain('is looked for as a whole word');
  expect(await (await site.get('/works?q=bees*')).text()).not.toContain('is looked for as a whole word');
});

test('a name known in several kinds is read as the one with most works for who looks, and one press switches', async () => {
  const site = await testSite();
  const reader = await site.person('reader');
  for (const kind of ['fandom', 'character', 'freeform'] as const) await canonical(site, kind, 'Wren');
  for (const kind of ['fandom', 'character'] as const) await canonical(site, kind, 'Heron');
  const tags = (...kinds: TagKind[]) => kinds.map((kind) => ({ kind, name: 'Wren' }));
  const fandoms = ['Birds'];
  // Nothing stands under any of them: the usual order.
  expect(filterOf(await searchedFor(site, 'wren'))).toBe('fandom=Wren');
  await makeWork(site, { fandoms, tags: tags('character', 'freeform') }, { state: 'posted' });
  expect(filterOf(await searchedFor(site, 'wren'))).toBe('character=Wren');
  for (let times = 0; times < 2; times += 1)
    await makeWork(site, { fandoms, tags: tags('freeform') }, { state: 'posted', restricted: true });
  expect(filterOf(await searchedFor(site, 'wren'))).toBe('character=Wren');
  expect(filterOf(await searchedFor(site, 'wren', reader))).toBe('tag=Wren');
  expect(filterOf(await searchedFor(site, '-wren heron', reader))).toBe('fandom=Heron&not-tag=Wren');
  // The whole text as one name is read the same way.
  for (const kind of ['fandom', 'character'] as const) await canonical(site, kind, 'Wren (Book 1)');
  await makeWork(site, { fandoms, tags: [{ kind: 'character', name: 'Wren (Book 1)' }] }, { state: 'posted' });
  expect(filterOf(await searchedFor(site, 'wren (book 1)'))).toBe('character=Wren (Book 1)');

  const page = await (await site.get(await searchedFor(site, 'wren'))).text();
  expect(page).toContain('the character Wren');
  const others = [...page.matchAll(/class="instead" href="([^"]*)"[^>]*>(As [^<]*)/g)];
  expect(others.map(([, href = '', label]) => [label, filterOf(href.replaceAll('&amp;', '&'))])).toEqual([
    ['As the additional tag Wren', 'tag=Wren'],
    ['As the fandom Wren', 'fandom=Wren'],
  ]);
});

describe('names in several kinds are one question to the index', () => {
  const asking = async (text: string, facetsOf: (ask: FacetAsk) => BrowseAnswer['facets']) => {
    const site = await testSite();
    for (const name of ['Wren', 'Heron', 'Coot']) await canonical(site, 'fandom', name);
    for (const name of ['Wren', 'Heron']) await canonical(site, 'character', name);
    const asked: BrowseQuery[] = [];
    const index: BrowseIndex = {
      search: async (query) => {
        asked.push(query);
        return { version: 1, total: 0, hidden: 0, ids: [], facets: query.facets && facetsOf(query.facets) };
      },
      suggest: async () => [],
    };
    const understood = await understand({ handle: site.ground.db.reads, index }, GUEST, text);
    if ('mistakes' in understood) throw new Error('There are mistakes.');
    return { asked, firsts: understood.named.map(({ names }) => names[0]?.field) };
  };
  const mostCharacters = ({ also }: FacetAsk) => ({
    fandom: also.filter(({ kind }) => kind === 'fandom').map(({ id }) => ({ id, works: 1 })),
    character: also.filter(({ kind }) => kind === 'character').map(({ id }) => ({ id, works: 2 })),
  });

  test('for all of them', async () => {
    const { asked, firsts } = await asking('"wren" "heron" "coot"', mostCharacters);
    expect(firsts).toEqual(['character', 'character', 'fandom']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ audience: 'guest', limit: 0, facets: { kinds: ['fandom', 'character'], top: 0 } });
    expect(asked[0]?.facets?.also).toHaveLength(4);
  });

  test('none where each is one thing alone, and the usual order where nothing can be counted', async () => {
    expect(await asking('coot', mostCharacters)).toEqual({ asked: [], firsts: ['fandom'] });
    expect((await asking('"wren" "coot"', () => null)).firsts).toEqual(['fandom', 'fandom']);
  });
});
