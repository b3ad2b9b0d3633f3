/** The engine behind the feed: what happens in the archive is in the answers after the next look. */
import { expect, test } from 'vitest';
import { makeWork, setState } from '../../../../test/cast.ts';
import { testSite } from '../../../../test/site.ts';
import type { Audience } from '../../works/index.ts';
import { ensureTag, makeCanonical, makeSynonym } from '../../tags/index.ts';
import { EVERYTHING, type BrowseQuery, type Term } from '../browse-query.ts';
import { openFeed } from './feed.ts';
import { inlineIndex } from './inline-index.ts';
import { PlainCopy } from './plain-copy.fixture.ts';

const under = (term: Term | null, audience: Audience = 'guest'): BrowseQuery => ({
  audience,
  where: term === null ? EVERYTHING : { term },
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 100,
  facets: null,
});

test('follows works, tags and who may see them', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const index = inlineIndex(db.reads);
  expect((await index.search(under(null))).total).toBe(0);
  const made = await makeWork(site, { fandoms: ['Dracula'] }, { state: 'posted' });
  await index.refresh();
  expect(await index.search(under(null))).toMatchObject({ total: 1, ids: [made.id] });
  const [dracula, count] = await db.write(async (tx) => [
    await ensureTag(tx, 1, 'fandom', 'Dracula'),
    await ensureTag(tx, 1, 'fandom', 'Count Dracula'),
  ]);
  await db.write((tx) => makeCanonical(tx, 1, count.id));
  await db.write((tx) => makeSynonym(tx, 1, dracula, { ...count, canonical: true }));
  await index.refresh();
  expect((await index.search(under({ kind: 'fandom', id: count.id }))).ids).toEqual([made.id]);
  expect((await index.search(under({ kind: 'fandom', id: dracula.id }))).ids).toEqual([]);
  const asked = { audience: 'guest' as const, kinds: ['fandom' as const], text: 'drac', limit: 10 };
  expect(await index.suggest(asked)).toMatchObject([{ concept: count.id, works: 1 }]);
  await setState(site, made.id, { state: 'posted', restricted: true });
  await index.refresh();
  expect((await index.search(under(null))).total).toBe(0);
  expect((await index.search(under(null, 'account'))).total).toBe(1);
});

test('holds as many works under every term as a copy that keeps each document', async () => {
  const site = await testSite();
  const index = inlineIndex(site.ground.db.reads);
  await index.refresh();
  const ben = await site.person('Ben');
  for (const fandoms of [['Emma'], ['Emma', 'Dracula'], ['Dracula']])
    await makeWork(site, { fandoms, by: [ben], tags: [{ kind: 'relationship', name: 'A/B' }] }, { state: 'posted' });
  await index.refresh();
  const copy = new PlainCopy();
  await copy.rebuild(await openFeed(site.ground.db.reads));
  expect(copy.documents.size).toBe(3);
  const terms = [...copy.documents.values()].flatMap((document) => document.terms);
  for (const term of terms) expect(index.engine.worksUnder(term), JSON.stringify(term)).toBe(copy.worksUnder(term));
  expect(index.engine.version).toBe(copy.version);
});

test('a log that lost its way is begun anew, also an older one', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const index = inlineIndex(db.reads);
  await makeWork(site, {}, { state: 'posted' });
  await index.refresh();
  const { version } = index.engine;
  await db.write(async (tx) => {
    await tx.deleteFrom('events').where('id', '=', version).execute();
    await tx.updateTable('works').set({ hidden: 1 }).execute();
  });
  await index.refresh();
  expect(index.engine.version).toBeLessThan(version);
  expect((await index.search(under(null))).total).toBe(0);
});
