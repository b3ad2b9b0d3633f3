import { expect, test } from 'vitest';
import { makeWork } from '../../../../test/cast.ts';
import { testSite } from '../../../../test/site.ts';
import { ensureTag, ensureTags, makeCanonical, makeSynonym } from '../../tags/index.ts';
import { EVERYTHING, type Where } from '../browse-query.ts';
import { browseIndexContract } from './contract.fixture.ts';
import { plainIndex } from './plain-index.ts';

browseIndexContract('in plain SQL', async (site) => ({
  ...plainIndex(site.ground.db.reads),
  // It reads the truth: there is nothing to bring up to date.
  refresh: async () => {},
}));

test('while it stands in for an index, it counts works and no values, and suggests what is nearest by name', async () => {
  const site = await testSite();
  for (let at = 0; at < 50; at += 1) {
    const name = `The Bees ${at}`;
    await site.ground.db.write(async (tx) => {
      await makeCanonical(tx, 1, (await ensureTag(tx, 1, 'fandom', name)).id);
    });
    await makeWork(site, { fandoms: at === 49 ? [name, 'Emma'] : [name] }, { state: 'posted' });
  }
  await makeWork(site, { fandoms: ['The Bees 39'] }, { state: 'posted' });
  // Shorter, and on no work: it takes nobody's place.
  await site.ground.db.write((tx) => ensureTag(tx, 1, 'fandom', 'The Bees'));
  const index = plainIndex(site.ground.db.reads, { facets: false });
  const answer = await index.search({
    audience: 'guest',
    where: EVERYTHING,
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 25,
    facets: { kinds: ['fandom'], top: 10, also: [], without: [] },
  });
  expect(answer).toMatchObject({ total: 51, hidden: 0, facets: null });
  expect(answer.ids).toHaveLength(25);
  const suggested = await index.suggest({ audience: 'guest', kinds: ['fandom'], text: 'the bees', limit: 3 });
  expect(suggested.map((one) => one.works)).toEqual([2, 1, 1]);
});

test('a concept with more synonyms than a statement takes finds the works of all of them', async () => {
  const site = await testSite();
  const names = Array.from({ length: 350 }, (_, at) => ({ kind: 'fandom' as const, name: `Bees ${at}` }));
  const concept = await site.ground.db.write(async (tx) => {
    const [first, ...others] = await ensureTags(tx, 1, names);
    if (!first) throw new Error('No tag was made.');
    await makeCanonical(tx, 1, first.id);
    for (const other of others) await makeSynonym(tx, 1, other, { ...first, canonical: true });
    return first.id;
  });
  const works = [
    await makeWork(site, { fandoms: ['Bees 0', 'Bees 349'] }, { state: 'posted' }),
    await makeWork(site, { fandoms: ['Bees 320'] }, { state: 'posted' }),
    await makeWork(site, { fandoms: ['Emma'] }, { state: 'posted' }),
  ];
  const index = plainIndex(site.ground.db.reads);
  const bees: Where = { term: { kind: 'fandom', id: concept } };
  const asked = { audience: 'guest', hide: null, offset: 0, limit: 25, facets: null } as const;
  const sort = { by: 'updated', reversed: false } as const;
  const ids = async (where: Where) => (await index.search({ ...asked, where, sort })).ids;
  expect(await ids(bees)).toEqual([works[1]?.id, works[0]?.id]);
  expect(await ids({ not: bees })).toEqual([works[2]?.id]);
  expect(await ids({ all: [bees, { number: 'fandoms', from: 2, to: null }] })).toEqual([works[0]?.id]);
});
