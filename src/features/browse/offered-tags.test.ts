/** Which tags may be told of is remembered, for one audience, until anything is written. */
import { expect, test } from 'vitest';
import { makeWork, setState, type CastWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { GUEST, type Viewer } from '../accounts/index.ts';
import { ensureTag, makeCanonical } from '../tags/index.ts';
import { offeredTags } from './offered-tags.queries.ts';

const POSTED = { state: 'posted' } as const;
const tagIn = (site: TestSite, name: string) => site.ground.db.write((tx) => ensureTag(tx, 1, 'freeform', name));

async function lamps() {
  const site = await testSite();
  const [ada, ben] = [await site.person('Ada'), await site.person('Ben')];
  const tags = [{ kind: 'freeform' as const, name: 'Lamps' }];
  const works: CastWork[] = [];
  for (const person of [ada, ben]) works.push(await makeWork(site, { by: [person], tags }, POSTED));
  const { id } = await tagIn(site, 'Lamps');
  const isOffered = async (viewer: Viewer) => (await offeredTags(site.ground.db.reads, viewer, [id])).has(id);
  return { site, works, id, ada, isOffered };
}

test('a tag is offered for as long as two creators stand behind it, to each audience by its own works', async () => {
  const { site, works, ada, isOffered } = await lamps();
  const [one] = works;
  expect([await isOffered(GUEST), await isOffered(ada.viewer), await isOffered(GUEST)]).toEqual([true, true, true]);
  await setState(site, one?.id ?? 0, { ...POSTED, restricted: true });
  expect([await isOffered(GUEST), await isOffered(ada.viewer), await isOffered(GUEST)]).toEqual([false, true, false]);
  await setState(site, one?.id ?? 0, { ...POSTED, anonymous: true });
  expect([await isOffered(GUEST), await isOffered(ada.viewer)]).toEqual([false, false]);
  await setState(site, one?.id ?? 0, POSTED);
  expect([await isOffered(GUEST), await isOffered(ada.viewer)]).toEqual([true, true]);
});

test('a tag that becomes canonical is offered at once, with the name that it has now', async () => {
  const { site, works, id, isOffered } = await lamps();
  for (const work of works) await setState(site, work.id, { ...POSTED, hidden: true });
  expect(await isOffered(GUEST)).toBe(false);
  await site.ground.db.write((tx) => makeCanonical(tx, 1, id));
  expect(await isOffered(GUEST)).toBe(true);
  const found = await offeredTags(site.ground.db.reads, GUEST, [id, 1_000_000]);
  expect([...found]).toEqual([[id, expect.objectContaining({ name: 'Lamps', canonical: true })]]);
});
