/** Gifts: nobody is named on a work before they have said yes, and nobody hears of a work that is not shown to them. */
import { expect, test } from 'vitest';
import { eraseAccountIn, eraseWork } from '../../app/erase.ts';
import { giveTo, makeWork, openPseud, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { giftNameProblem } from './gift.ts';

const text = async (answer: Response | Promise<Response>) => (await answer).text();
const give = (site: TestSite, work: { publicId: string }, by: Person, fields: Record<string, string>) =>
  site.post(`/works/${work.publicId}/gifts`, fields, by);
const answerGift = async (site: TestSite, who: Person, answer: 'acceptance' | 'refusal') => {
  const page = await text(site.get('/account/gifts', who));
  return site.post(new RegExp(`action="([^"]+/${answer})"`).exec(page)?.[1] ?? '/nowhere', {}, who);
};
const FOR_BEN = /<dt>For<\/dt><dd>.*ben/;

async function cast() {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  await openPseud(site, ben);
  return { site, ada, ben };
}

test('a work is for a pseud when its person has accepted; their gifts are listed, and they can change their mind', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { title: 'For You', by: [ada] }, { state: 'posted' });
  expect((await give(site, work, ada, { pseud: 'Ben' })).status).toBe(303);
  const path = `/works/${work.publicId}`;
  expect(await text(site.get(path))).not.toContain('ben');
  expect(await text(site.get(path, ada))).not.toMatch(FOR_BEN);
  const received = await text(site.get('/account/gifts', ben));
  expect(received).toContain('For You');
  await answerGift(site, ben, 'acceptance');
  const shown = await text(site.get(path));
  expect(shown).toMatch(FOR_BEN);
  const list = /href="(\/creators\/[^"]+\/gifts)"/.exec(shown)?.[1] ?? '';
  expect(await text(site.get(list))).toContain('For You');
  expect(await (await site.get(`/api/v1/works/${work.publicId}`)).json()).toMatchObject({ gifts: ['ben'] });
  await answerGift(site, ben, 'refusal');
  expect(await text(site.get(path))).not.toContain('ben');
  // Nothing else names ben to guests.
  expect((await site.get(list)).status).toBe(404);
});

test('the page of a pseud leads to its gifts, and counts those that whoever looks may see', async () => {
  const { site, ada, ben } = await cast();
  const own = await makeWork(site, { by: [ben] }, { state: 'posted' });
  const page = /href="(\/creators\/[^"]+)"/.exec(await text(site.get(`/works/${own.publicId}`)))?.[1] ?? '';
  expect(await text(site.get(page))).not.toContain('Gifts (');
  const open = await makeWork(site, { by: [ada] }, { state: 'posted' });
  const forMembers = await makeWork(site, { by: [ada] }, { state: 'posted', restricted: true });
  const waiting = await makeWork(site, { by: [ada] }, { state: 'posted' });
  for (const work of [open, forMembers]) await giveTo(site, work, ben, 'accepted');
  await giveTo(site, waiting, ben, 'waiting');
  expect(await text(site.get(page))).toContain('Gifts (1)');
  expect(await text(site.get(page, ada))).toContain('Gifts (2)');
  const gifts = /href="([^"]+\/gifts)"/.exec(await text(site.get(page)))?.[1] ?? '';
  expect((await site.get(gifts)).status).toBe(200);
  await setState(site, open.id, { hidden: true });
  expect(await text(site.get(page))).not.toContain('Gifts (');
});

test('a no is remembered: neither the pseud nor its name alone is put on that work again', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { by: [ada] }, { state: 'posted' });
  await give(site, work, ada, { pseud: 'ben' });
  await answerGift(site, ben, 'refusal');
  for (const fields of [{ pseud: 'ben' }, { name: ' BEN ' }])
    expect(await text(give(site, work, ada, fields))).toContain('has said no to this gift');
  const removal = /\/gifts\/[^"]+\/removal/.exec(await text(site.get(`/works/${work.publicId}/gifts`, ada)));
  expect(removal).toBeNull();
});

test('who takes no gifts and who does not exist are answered alike', async () => {
  const { site, ada } = await cast();
  await site.person('carol');
  const work = await makeWork(site, { by: [ada] });
  const said = async (pseud: string) => (await text(give(site, work, ada, { pseud }))).replaceAll(pseud, '…');
  const nobody = await said('unheard of');
  expect(nobody).toContain('… does not take gifts, or there is nobody of that name.');
  for (const name of ['carol', 'ada']) expect((await said(name)).includes('does not take gifts'), name).toBe(true);
  expect(await said('carol')).toBe(nobody);
});

test('a name of somebody elsewhere is shown at once, as text', async () => {
  const { site, ada } = await cast();
  const work = await makeWork(site, { by: [ada] }, { state: 'posted' });
  await give(site, work, ada, { name: '  My <b>aunt</b>  ' });
  expect(await text(site.get(`/works/${work.publicId}`))).toContain('<bdi>My &lt;b>aunt&lt;/b></bdi>');
  expect((await give(site, work, ada, { name: 'my <b>AUNT</b>' })).status).toBe(422);
  expect((await give(site, work, ada, { name: '' })).status).toBe(422);
  expect(giftNameProblem('x'.repeat(101))).not.toBeNull();
  expect(giftNameProblem('…')).not.toBeNull();
});

test('a recipient hears of a gift when its work is posted and revealed; of an anonymous one, not from whom', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { title: 'Not Yet', by: [ada] });
  await give(site, work, ada, { pseud: 'ben' });
  const heard = async () => (await text(site.get('/account/gifts', ben))).includes('Not Yet');
  const states = [{ state: 'draft' }, { unrevealed: true }, { hidden: true }, { deleted: true }] as const;
  for (const state of states) {
    await setState(site, work.id, { state: 'posted', ...state });
    expect(await heard(), JSON.stringify(state)).toBe(false);
    const row = await site.ground.db.reads.selectFrom('gifts').select('public_id').executeTakeFirstOrThrow();
    expect((await site.post(`/account/gifts/${row.public_id}/acceptance`, {}, ben)).status).toBe(404);
  }
  await setState(site, work.id, { state: 'posted', anonymous: true });
  expect(await heard()).toBe(true);
  const page = await text(site.get('/account/gifts', ben));
  expect(page).toContain('by Anonymous');
  expect(page).not.toContain('ada');
});

test('what is erased takes its gifts along', async () => {
  const { site, ada, ben } = await cast();
  const [first, second] = [await makeWork(site, { by: [ada] }), await makeWork(site, { by: [ada] })];
  await giveTo(site, first, ben);
  await giveTo(site, second, ben);
  const { ground, features } = site;
  const left = async () => (await ground.db.reads.selectFrom('gifts').select('work_id').execute()).length;
  await eraseWork(ground, features, first.id);
  expect(await left()).toBe(1);
  await ground.db.write((tx) => eraseAccountIn(tx, ground.now(), features, ben.viewer.accountId));
  expect(await left()).toBe(0);
});
