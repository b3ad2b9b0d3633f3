/** A tag looked at, and type-ahead: what is told of tags, and to whom. */
import { expect, test } from 'vitest';
import { makeWork, mergeTag, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { ensureTag, linkTags, makeCanonical, type TagKind } from '../tags/index.ts';

const day = (year: number) => Date.UTC(year, 5, 1);

async function canonical(site: TestSite, kind: TagKind, name: string) {
  return site.ground.db.write(async (tx) => {
    const tag = await ensureTag(tx, 1, kind, name);
    await makeCanonical(tx, 1, tag.id);
    return { ...tag, canonical: true };
  });
}
const about = async (site: TestSite, path: string, as: Person | null = null) => {
  const answer = await site.get(`${path}/about`, as);
  expect(answer.status).toBe(200);
  return answer.text();
};
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('a page about a tag shows its names, its place, its years and what stands with it', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const watson = { kind: 'character' as const, name: 'Watson' };
  await makeWork(
    site,
    { by: [ada], fandoms: ['Sherlock (TV)'], tags: [watson], postedAt: day(2012) },
    { state: 'posted' },
  );
  await makeWork(
    site,
    { by: [ben], fandoms: ['Sherlock (TV)'], tags: [watson], postedAt: day(2015) },
    { state: 'posted' },
  );
  await makeWork(site, { by: [ben], fandoms: ['BBC Sherlock'], postedAt: day(2015) }, { state: 'posted' });
  await makeWork(site, { by: [ben], fandoms: ['Only In A Draft'] });
  await makeWork(site, { by: [ben], fandoms: ['Elementary'], postedAt: day(2015) }, { state: 'posted' });
  const all = await canonical(site, 'fandom', 'Holmes – All');
  const tv = await canonical(site, 'fandom', 'Sherlock (TV)');
  const other = await canonical(site, 'fandom', 'Elementary');
  const media = await canonical(site, 'media', 'TV Shows');
  await site.ground.db.write(async (tx) => {
    await linkTags(tx, 1, tv, 'sub-of', all);
    await linkTags(tx, 1, other, 'sub-of', all);
    await linkTags(tx, 1, tv, 'child-of', media);
  });
  await mergeTag(site, { kind: 'fandom', name: 'BBC Sherlock' }, 'Sherlock (TV)');
  await mergeTag(site, { kind: 'fandom', name: 'Only In A Draft' }, 'Sherlock (TV)');
  const html = await about(site, '/tags/fandom/Sherlock%20(TV)');
  expect(html).toContain('Fandom, canonical tag');
  expect(html).toContain('all 3 works');
  expect(html).toContain('BBC Sherlock');
  expect(html).not.toContain('Only In A Draft');
  expect(html).toContain('TV Shows');
  const tree = /<ul class="tree"[^]*?<\/section>/.exec(html)?.[0] ?? '';
  expect(plain(tree)).toMatch(/Holmes – All 4 works Sherlock \(TV\) 3 works/);
  expect(tree).toMatch(/aria-current="true">Sherlock \(TV\)/);
  expect(html).toContain('href="/tags/fandom/Sherlock%20(TV)?posted=2015"');
  expect(plain(html)).toMatch(/2012.*2013.*2014.*2015/);
  const related = /aria-label="Characters"[^]*?<\/section>/.exec(html)?.[0] ?? '';
  expect(plain(related)).toMatch(/Watson 2 works/);
  expect(related).toContain('href="/tags/fandom/Sherlock%20(TV)?character=Watson"');
  // Its own metatag always stands with it and says nothing.
  expect(/aria-label="Fandoms"/.test(html)).toBe(false);
  const list = await (await site.get('/tags/fandom/Sherlock%20(TV)')).text();
  expect(list).toContain('href="/tags/fandom/Sherlock%20(TV)/about"');
});

test('all of it is for the audience that looks', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const tags = [{ kind: 'character' as const, name: 'Lestrade' }];
  await makeWork(site, { by: [ada], fandoms: ['Emma'], postedAt: day(2020) }, { state: 'posted' });
  for (const by of [ada, ben])
    await makeWork(
      site,
      { by: [by], fandoms: ['Emma'], tags, postedAt: day(2023) },
      { state: 'posted', restricted: true },
    );
  await makeWork(site, { by: [ben], fandoms: ['Emmma'] }, { state: 'posted', restricted: true });
  await canonical(site, 'fandom', 'Emma');
  await mergeTag(site, { kind: 'fandom', name: 'Emmma' }, 'Emma');
  const forGuests = await about(site, '/tags/fandom/Emma');
  expect(forGuests).toContain('See the work');
  for (const hidden of ['Lestrade', '2023', 'Emmma']) expect(forGuests).not.toContain(hidden);
  const forReaders = await about(site, '/tags/fandom/Emma', ben);
  for (const shown of ['Lestrade', '2023', 'Emmma', 'all 4 works']) expect(forReaders).toContain(shown);
  expect((await site.get('/tags/fandom/Emmma/about')).status).toBe(404);
  expect((await site.get('/tags/fandom/Emmma/about', ben)).status).toBe(200);
});

test('a circle of metatags, which nobody can make, is drawn once', async () => {
  const site = await testSite();
  await makeWork(site, { fandoms: ['One'] }, { state: 'posted' });
  const [one, two] = [await canonical(site, 'fandom', 'One'), await canonical(site, 'fandom', 'Two')];
  await site.ground.db.write((tx) =>
    tx
      .insertInto('tag_links')
      .values([
        { tag_id: one.id, target_id: two.id, relation: 'sub-of' },
        { tag_id: two.id, target_id: one.id, relation: 'sub-of' },
      ])
      .execute(),
  );
  const html = await about(site, '/tags/fandom/One');
  expect(html.length).toBeLessThan(20_000);
});

interface Suggestions {
  suggestions: { name: string; kind: string; as: string | null; works: number }[];
}
const offered = async (site: TestSite, query: string, as: Person | null = null) =>
  ((await (await site.get(`/api/v1/tags/suggestions?${query}`, as)).json()) as Suggestions).suggestions;

test('type-ahead offers names that begin with the text, then names that hold it, and synonyms with what they stand for', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const tag = (name: string) => [{ kind: 'freeform' as const, name }];
  for (const by of [ada, ben]) {
    await makeWork(site, { by: [by], tags: tag('Slow Burn') }, { state: 'posted' });
    await makeWork(site, { by: [by], tags: tag('Very Slow') }, { state: 'posted' });
    await makeWork(site, { by: [by], tags: tag('Slowest') }, { state: 'posted', restricted: true });
  }
  await makeWork(site, { by: [ada], tags: tag('Sloow Burn') }, { state: 'posted' });
  await makeWork(site, { by: [ada], tags: tag('Slow To Anger') }, { state: 'posted' });
  await makeWork(site, { by: [ada], tags: tag('Slooow Draft') });
  await mergeTag(site, { kind: 'freeform', name: 'Sloow Burn' }, 'Slow Burn');
  await mergeTag(site, { kind: 'freeform', name: 'Slooow Draft' }, 'Slow Burn');
  expect(await offered(site, 'q=slow')).toEqual([
    { name: 'Slow Burn', kind: 'freeform', as: null, works: 3 },
    { name: 'Very Slow', kind: 'freeform', as: null, works: 2 },
  ]);
  expect(await offered(site, 'q=sloow&kind=freeform')).toEqual([
    { name: 'Sloow Burn', kind: 'freeform', as: 'Slow Burn', works: 3 },
  ]);
  expect(await offered(site, 'q=slooow')).toEqual([]);
  expect(await offered(site, 'q=slooow', ada)).toEqual([]);
  expect((await offered(site, 'q=slowe', ben)).map((one) => one.name)).toEqual(['Slowest']);
  expect(await offered(site, 'q=slowe')).toEqual([]);
  expect(await offered(site, 'q=')).toEqual([]);
  expect(await offered(site, 'q=slow&kind=fandom')).toEqual([]);
});

test('type-ahead finds a pair in the order that the archive writes, whichever is typed', async () => {
  const site = await testSite();
  const pairs = ['Anne Lister/Kate Ash', 'Anne Lister & Kate Ash', 'Kate Ash/Wren', 'Annette/Kate Ash Wood', 'A/B/C'];
  for (const name of pairs) {
    await makeWork(site, { tags: [{ kind: 'relationship', name }] }, { state: 'posted' });
    await canonical(site, 'relationship', name);
  }
  await makeWork(site, { tags: [{ kind: 'relationship', name: 'Anne Grey/Kate Ash' }] });
  const named = async (typed: string, kind = 'relationship') =>
    (await offered(site, new URLSearchParams({ q: typed, kind }).toString())).map(({ name }) => name);
  for (const typed of ['Kate Ash/Anne Lister', 'kate ash / anne', 'KATE ASH x Anne L', 'anne lister/kate ash'])
    expect(await named(typed), typed).toEqual(['Anne Lister/Kate Ash']);
  expect(await named('kate ash and anne')).toEqual(['Anne Lister & Kate Ash']);
  // What begins as it is typed stands before what is turned round.
  expect(await named('kate ash/w')).toEqual(['Kate Ash/Wren']);
  expect(await named('wren/kate')).toEqual(['Kate Ash/Wren']);
  expect(await named('Kate Ash Wood/An')).toEqual(['Annette/Kate Ash Wood']);
  for (const typed of ['c/a/b', 'B/A/C', 'a/b/c']) expect(await named(typed), typed).toEqual(['A/B/C']);
  expect(await named('a/b/c/d')).toEqual([]);
  expect(await named('kate ash/anne', 'fandom')).toEqual([]);
  // An address is read as it is written.
  const list = await (await site.get('/works?relationship=Kate+Ash%2FAnne+Lister')).text();
  expect(list).toContain('No work here has the relationship “Kate Ash/Anne Lister”.');
});

test('the archive of one writer fills its panel and type-ahead with their tags, until another posts', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const tags = [
    { kind: 'relationship' as const, name: 'Wren/Finch' },
    { kind: 'character' as const, name: 'Wren' },
    { kind: 'freeform' as const, name: 'Slow Tide' },
  ];
  for (const title of ['One', 'Two'])
    await makeWork(site, { title, by: [ada], fandoms: ['The Harbour'], tags }, { state: 'posted' });
  const names = ['The Harbour', 'Wren/Finch', 'Wren', 'Slow Tide'];
  const panel = async (as: Person | null = null) => {
    const html = await (await site.get('/works', as)).text();
    return names.filter((name) => html.includes(`value="${name}"`));
  };
  const suggested = async (as: Person | null = null) => (await offered(site, 'q=slow', as)).map(({ name }) => name);
  const related = async () => (await about(site, '/tags/fandom/The%20Harbour')).includes('Slow Tide');
  expect([await panel(), await panel(ben)]).toEqual([names, names]);
  expect([await suggested(), await suggested(ben)]).toEqual([['Slow Tide'], ['Slow Tide']]);
  expect(await related()).toBe(true);

  // Works that guests do not see signed tell them nothing.
  const fandoms = ['The Harbour'];
  for (const state of [{ anonymous: true }, { unrevealed: true }, { hidden: true }])
    await makeWork(site, { by: [ben], fandoms }, { state: 'posted', ...state });
  const second = await makeWork(site, { by: [ben], fandoms }, { state: 'posted', restricted: true });
  expect([await panel(), await suggested(), await related()]).toEqual([names, ['Slow Tide'], true]);
  expect([await panel(ben), await suggested(ben)]).toEqual([['The Harbour'], []]);

  // The second writer whom everybody sees makes it an archive of several.
  await setState(site, second.id, { state: 'posted' });
  expect([await panel(), await suggested(), await related()]).toEqual([['The Harbour'], [], false]);
});
