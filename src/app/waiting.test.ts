/** What waits for an answer: counted for the person it waits for, on their own pages, and for nobody else. */
import { expect, test } from 'vitest';
import { askToCreate, giveTo, makeWork, openPseud, relate, setState, suspend } from '../../test/cast.ts';
import { GUEST } from '../features/accounts/index.ts';
import { makeReport } from '../features/moderation/reports.actions.ts';
import { testSite, type Person, type TestSite } from '../../test/site.ts';
import { waitingAt } from './waiting.ts';

const page = async (site: TestSite, path: string, who: Person | null) => (await site.get(path, who)).text();
const sign = (html: string) =>
  /<a class="waiting-sign"[^>]*>(.*?)<\/a>/.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? null;
const listed = (html: string) =>
  [...html.matchAll(/<li><a href="(\/[^"]+)">(\d+ [^<]+)<\/a><\/li>/g)].map(([, href, words]) => [href, words]);

async function asked() {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  await openPseud(site, ben);
  const own = await makeWork(site, { by: [ben] }, { state: 'posted' });
  const works = [];
  for (const title of ['One', 'Two', 'Three'])
    works.push(await makeWork(site, { title, by: [ada] }, { state: 'posted' }));
  const [one, two, three] = works as [(typeof works)[0], (typeof works)[0], (typeof works)[0]];
  await askToCreate(site, one, ada, ben);
  await giveTo(site, one, ben);
  await giveTo(site, two, ben);
  await giveTo(site, three, ben, 'refused');
  await relate(site, three, own);
  return { site, ada, ben, one, two };
}

test('one’s own pages count it, and the account’s page lists it with where to answer', async () => {
  const { site, ben } = await asked();
  const account = await page(site, '/account', ben);
  expect(sign(account)).toBe('4 wait for you');
  expect(listed(account)).toEqual([
    ['/account/co-creation', '1 question about a work'],
    ['/account/gifts', '2 gifts'],
    ['/account/related-works', '1 work that goes back to yours'],
  ]);
  expect(sign(await page(site, '/drafts', ben))).toBe('4 wait for you');
  for (const [href] of listed(account)) expect((await site.get(href ?? '', ben)).status).toBe(200);
});

test('nobody else is told, and pages of works ask nothing', async () => {
  const { site, ada, ben, one } = await asked();
  expect(sign(await page(site, '/account', ada))).toBeNull();
  expect(listed(await page(site, '/account', ada))).toEqual([]);
  for (const path of ['/', '/works', `/works/${one.publicId}`]) expect(sign(await page(site, path, ben))).toBeNull();
});

test('who is suspended is not told of what they cannot answer, until that ends', async () => {
  const { site, ben } = await asked();
  await suspend(site, ben);
  expect(sign(await page(site, '/account', ben))).toBeNull();
  expect(listed(await page(site, '/account', ben))).toEqual([]);
  expect((await site.get('/account/gifts', ben)).status).toBe(200);
});

test('pages of others that only begin like one’s own ask nothing, and a guest is asked about nowhere', async () => {
  const { site, ben } = await asked();
  const { reads } = site.ground.db;
  for (const path of [
    '/accounting',
    '/settings-of-others',
    '/drafts.css',
    '/works/account',
    '/',
    '/creators/account/x',
  ])
    expect(await waitingAt(path, reads, ben.viewer)).toBeNull();
  for (const path of ['/account', '/settings', '/settings/rules', '/invitations/queue', '/moderation', '/imports/1']) {
    expect(await waitingAt(path, reads, GUEST)).toBeNull();
    expect(await waitingAt(path, reads, ben.viewer)).toHaveLength(3);
  }
});

test('it counts what its pages show: nothing of works that are gone or hidden, nothing that is answered', async () => {
  const { site, ben, one, two } = await asked();
  await setState(site, one.id, { hidden: true });
  expect(sign(await page(site, '/account', ben))).toBe('2 wait for you');
  await setState(site, two.id, { deleted: true });
  expect(sign(await page(site, '/account', ben))).toBe('1 waits for you');
});

test('reports wait for moderators', async () => {
  const { site, ada, one } = await asked();
  const moderator = await site.person('mod', ['moderator']);
  const { db, now } = site.ground;
  const subject = { kind: 'work' as const, id: one.id, path: `/works/${one.publicId}` };
  const about = { subject, reason: 'spam', words: 'It sells boats.', email: null };
  await db.write((tx) => makeReport(tx, now(), ada.viewer, about));
  expect(listed(await page(site, '/account', moderator))).toEqual([['/moderation', '1 report']]);
  expect(listed(await page(site, '/account', ada))).toEqual([]);
});
