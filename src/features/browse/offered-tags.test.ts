/** Which tags may be told of is remembered, for one audience, until anything is written. */
import { expect, test } from 'vitest';
import { makeWork, setState, type CastWork } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { GUEST, type Viewer } from '../accounts/index.ts';
import { ensureTag, makeCanonical } from '../tags/index.ts';
import { tagsOffered } from '../works/index.ts';
import { offeredTags } from './offered-tags.queries.ts';

const POSTED = { state: 'posted' } as const;
const tagIn = (site: TestSite, name: string) => site.ground.db.write((tx) => ensureTag(tx, 1, 'freeform', name));

async function lamps() {
  const site = await testSite();
  const [ada, ben] = [await site.person('Ada'), await site.person('Ben')];
  const tags = [{ kind: 'freeform' as const, name: 'Lamps' }];
  const works: CastWork[] = [];
  for (const person of [ada, ben]) works.push(await makeWork(site, { by: [person], tags }, POSTED));
  // An archive of several, whatever becomes of these two.
  for (const name of ['Cleo', 'Dora']) await makeWork(site, { by: [await site.person(name)] }, POSTED);
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

test('in an archive of one writer all of their tags are offered, to each audience by what it sees signed', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('Ada'), await site.person('Ben')];
  const lamp = await tagIn(site, 'Lamps');
  const [secret, unused] = [await tagIn(site, 'Secret'), await tagIn(site, 'Unused')];
  const tagged = (name: string) => [{ kind: 'freeform' as const, name }];
  await makeWork(site, { by: [ada], tags: tagged('Lamps') }, POSTED);
  await makeWork(site, { by: [ben], tags: tagged('Secret') }, { ...POSTED, anonymous: true });
  const ids = [lamp.id, secret.id, unused.id];
  const offered = async (viewer: Viewer) => [...(await offeredTags(site.ground.db.reads, viewer, ids)).keys()];
  expect([await offered(GUEST), await offered(ben.viewer)]).toEqual([[lamp.id], [lamp.id]]);
  // What guests do not see signed changes nothing for them.
  for (const state of [{ unrevealed: true }, { anonymous: true }, { hidden: true }, { deleted: true }]) {
    await makeWork(site, { by: [ben] }, { ...POSTED, ...state });
    expect([await offered(GUEST), await offered(ada.viewer)]).toEqual([[lamp.id], [lamp.id]]);
  }
  const second = await makeWork(site, { by: [ben] }, { ...POSTED, restricted: true });
  expect([await offered(GUEST), await offered(ada.viewer)]).toEqual([[lamp.id], []]);
  await setState(site, second.id, POSTED);
  expect([await offered(GUEST), await offered(ada.viewer)]).toEqual([[], []]);
  // Another name is another creator, wherever it comes from.
  await setState(site, second.id, { ...POSTED, hidden: true });
  expect(await offered(GUEST)).toEqual([lamp.id]);
  await makeWork(site, { importedBy: ['Ada'] }, POSTED);
  expect(await offered(GUEST)).toEqual([]);
});

test('a transaction is told what it has written itself', async () => {
  const site = await testSite();
  const lamp = await tagIn(site, 'Lamps');
  const tags = [{ kind: 'freeform' as const, name: 'Lamps' }];
  const work = await makeWork(site, { by: [await site.person('Ada')], tags }, POSTED);
  const isOffered = (handle: Handle) => tagsOffered(handle, GUEST, [lamp.id]).then((found) => found.has(lamp.id));
  expect(await isOffered(site.ground.db.reads)).toBe(true);
  const within = await site.ground.db.write(async (tx) => {
    await tx.updateTable('works').set({ hidden: 1 }).where('id', '=', work.id).execute();
    return isOffered(tx);
  });
  expect(within).toBe(false);
  expect(await isOffered(site.ground.db.reads)).toBe(false);
});
