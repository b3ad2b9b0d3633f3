/** Invitations: who may give how many, what their list tells, and what it does not. */
import { expect, test } from 'vitest';
import { giveInvitation } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { INVITATION_MS } from './account.ts';
import { startSession } from './actions.ts';
import { PASSWORD, send } from './people.fixture.ts';

const CODE = /join\?invitation=([0-9a-z-]{23})/;
const make = (site: TestSite, who: Person) => site.post('/invitations', {}, who);
const codeOf = async (answer: Response) => CODE.exec(await answer.text())?.[1] ?? '';
const join = (site: TestSite, invitation: string, name: string) =>
  send(site, '/join', {
    invitation,
    name,
    pseud: 'Reed Warbler',
    password: PASSWORD,
    confirmation: PASSWORD,
    age: 'yes',
    rules: 'yes',
  });
const states = async (site: TestSite, who: Person) =>
  [...(await (await site.get('/invitations', who)).text()).matchAll(/<h2>(\w+)<\/h2>/g)].map((match) => match[1]);
const allowEach = (site: TestSite, invitationsEach: string) =>
  site.post('/settings', { name: 'The Hive', pseud: 'archivist', invitationsEach }, site.owner);

test('the owner makes any number; each code is shown once, and kept as a hash', async () => {
  const site = await testSite();
  const codes = [];
  for (let count = 0; count < 12; count += 1) {
    const answer = await make(site, site.owner);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    codes.push(await codeOf(answer));
  }
  expect(new Set(codes).size).toBe(12);
  const page = await (await site.get('/invitations', site.owner)).text();
  const kept = JSON.stringify(await site.ground.db.reads.selectFrom('invitations').selectAll().execute());
  for (const code of codes) {
    expect(page).not.toContain(code);
    expect(kept).not.toContain(code);
  }
});

test('a member gives as many as the host allows each, and none out of the box', async () => {
  let now = Date.UTC(2026, 0, 1);
  const site = await testSite({ now: () => now });
  const member = await site.person('heron');
  expect((await site.get('/invitations', member)).status).toBe(404);
  expect((await make(site, member)).status).toBe(404);
  await allowEach(site, '2');
  const first = await codeOf(await make(site, member));
  const statuses = (await Promise.all([1, 2, 3].map(() => make(site, member)))).map((answer) => answer.status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 422, 422]);
  expect((await join(site, first, 'first_guest')).status).toBe(200);
  // One that ran out is theirs to give again; one that was used is not.
  now += INVITATION_MS;
  const token = await site.ground.db.write((tx) => startSession(tx, now, member.viewer.accountId, false));
  const later = { ...member, cookie: `session=${token}` };
  expect((await make(site, later)).status).toBe(200);
  expect((await make(site, later)).status).toBe(422);
});

test('the list tells what became of each, and by whom one was used neither to its giver nor in the tables', async () => {
  let now = Date.UTC(2026, 0, 1, 13, 45);
  const site = await testSite({ now: () => now });
  const [used, withdrawn] = [await giveInvitation(site, site.owner), await giveInvitation(site, site.owner)];
  await giveInvitation(site, site.owner);
  expect((await join(site, used.code, 'a_guest')).status).toBe(200);
  expect((await site.post(`/invitations/${withdrawn.publicId}/withdrawal`, {}, site.owner)).status).toBe(303);
  expect(await states(site, site.owner)).toEqual(['Unused', 'Withdrawn', 'Used']);
  const page = await (await site.get('/invitations', site.owner)).text();
  expect(page).not.toMatch(/a_guest|Reed Warbler/);
  const row = await site.ground.db.reads
    .selectFrom('invitations')
    .select(['used_at'])
    .where('used_at', 'is not', null)
    .executeTakeFirstOrThrow();
  expect(row.used_at).toBe(Date.UTC(2026, 0, 1));
  // What is used stays used.
  await site.post(`/invitations/${used.publicId}/withdrawal`, {}, site.owner);
  expect(await states(site, site.owner)).toEqual(['Unused', 'Withdrawn', 'Used']);
  now += INVITATION_MS;
  const token = await site.ground.db.write((tx) => startSession(tx, now, site.owner.viewer.accountId, false));
  const later = { ...site.owner, cookie: `session=${token}` };
  expect(await states(site, later)).toEqual(['Expired', 'Withdrawn', 'Used']);
});

test('nobody takes back what somebody else gave', async () => {
  const site = await testSite();
  const { publicId, code } = await giveInvitation(site, site.owner);
  const other = await site.person('heron', ['owner', 'member']);
  for (const who of [null, other])
    expect((await site.post(`/invitations/${publicId}/withdrawal`, {}, who)).status).toBe(404);
  expect((await join(site, code, 'a_guest')).status).toBe(200);
});
