/** Creating together: asked, answered, left, and deleted only when all agree; told to nobody before it is agreed. */
import { expect, test } from 'vitest';
import { addCreator, makeWork, openPseud, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';

const text = async (answer: Response | Promise<Response>) => (await answer).text();
const invite = (site: TestSite, work: { publicId: string }, by: Person, name: string) =>
  site.post(`/works/${work.publicId}/creators`, { name }, by);
/** Where the first form with such an end on the page goes. */
const formTo = async (site: TestSite, path: string, who: Person, end: string) =>
  new RegExp(`action="([^"]+/${end})"`).exec(await text(site.get(path, who)))?.[1] ?? '/nowhere';
const answerInvitation = async (site: TestSite, who: Person, answer: 'acceptance' | 'refusal') =>
  site.post(await formTo(site, '/account/co-creation', who, answer), {}, who);

async function cast() {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  await openPseud(site, ben);
  return { site, ada, ben };
}

test('who is invited is told title, byline and inviter, reads nothing, and creates when they have accepted', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { title: 'Two Hands', by: [ada], summary: '<p>Secret summary.</p>' });
  expect((await invite(site, work, ada, 'Ben')).status).toBe(303);
  const asked = await text(site.get('/account/co-creation', ben));
  for (const told of ['Two Hands', 'by ada', 'invites you as']) expect(asked).toContain(told);
  expect(asked).not.toContain('Secret summary');
  for (const rest of ['', '/edit', '/creators', '/chapters', '/delete'])
    expect((await site.get(`/works/${work.publicId}${rest}`, ben)).status, rest).toBe(404);
  expect(await text(site.get(`/works/${work.publicId}`, ada))).not.toContain('>ben<');

  const accepted = await answerInvitation(site, ben, 'acceptance');
  expect(accepted.headers.get('location')).toContain(work.publicId);
  expect((await site.get(`/works/${work.publicId}/edit`, ben)).status).toBe(200);
  expect(await text(site.get(`/works/${work.publicId}`, ada))).toContain('>ben<');
  expect(await text(site.get('/account/co-creation', ben))).not.toContain('Two Hands');
});

test('who cannot be invited is answered alike: shut, unknown, suspended or not, or one’s own other pseud', async () => {
  const { site, ada } = await cast();
  await site.person('carol');
  await site.ground.db.write((tx) =>
    tx
      .insertInto('pseuds')
      .values({
        public_id: 'adasother0',
        account_id: ada.viewer.accountId,
        name: 'dorothy',
        name_key: 'dorothy',
        is_default: 0,
        created_at: 0,
      })
      .execute(),
  );
  await site.post('/account/openness', { coCreation: ['adasother0'] }, ada);
  const work = await makeWork(site, { by: [ada] });
  const said = async (name: string) => {
    const answer = await invite(site, work, ada, name);
    return { status: answer.status, page: (await answer.text()).replaceAll(name, '…') };
  };
  const nobody = await said('nobody at all');
  expect(nobody.status).toBe(422);
  expect(nobody.page).toContain('does not take invitations, or there is nobody of that name');
  for (const name of ['carol', 'dorothy', '/creators/adasother0']) expect(await said(name), name).toEqual(nobody);
  // Somebody else invites that pseud like any other, whoever else is in the byline.
  const eve = await site.person('eve');
  await addCreator(site, work.id, eve, 'accepted');
  expect((await invite(site, work, eve, 'dorothy')).status).toBe(303);
});

test('where several go by a name, the address of one’s page says who is meant', async () => {
  const { site, ada, ben } = await cast();
  const other = await site.person('ben');
  await openPseud(site, other);
  const work = await makeWork(site, { by: [ada] });
  expect(await text(invite(site, work, ada, 'ben'))).toContain('More than one goes by this name');
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', ben.pseudId)
    .executeTakeFirstOrThrow();
  expect((await invite(site, work, ada, `http://localhost/creators/${id}/ben`)).status).toBe(303);
  expect(await text(site.get('/account/co-creation', ben))).toContain(work.title);
  expect(await text(site.get('/account/co-creation', other))).not.toContain(work.title);
});

test('a no is remembered for the work; an invitation can be withdrawn until it is answered', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { by: [ada] });
  await invite(site, work, ada, 'ben');
  const late = await formTo(site, '/account/co-creation', ben, 'acceptance');
  await site.post(await formTo(site, `/works/${work.publicId}/creators`, ada, 'withdrawal'), {}, ada);
  expect((await site.post(late, {}, ben)).status).toBe(404);
  await invite(site, work, ada, 'ben');
  expect((await answerInvitation(site, ben, 'refusal')).status).toBe(303);
  expect((await invite(site, work, ada, 'ben')).status).toBe(422);
  expect(await text(site.get(`/works/${work.publicId}/creators`, ada))).toContain('Has said no');
  expect(await text(site.get('/account/co-creation', ben))).toContain('Nothing waits for you');
});

test('anyone may leave but the last, nobody can take out anybody else, and imported names count for nothing', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { by: [ada, ben], importedBy: ['Elsewhere'] }, { state: 'posted' });
  const pseuds = await site.ground.db.reads.selectFrom('pseuds').select(['id', 'public_id']).execute();
  const idOf = (person: Person) => pseuds.find((row) => row.id === person.pseudId)?.public_id ?? '';
  const leave = (who: Person, whose: Person) =>
    site.post(`/works/${work.publicId}/creators/${idOf(whose)}/leaving`, {}, who);
  expect((await leave(ada, ben)).status).toBe(404);
  expect((await leave(ben, ben)).headers.get('location')).toBe('/drafts');
  expect((await site.get(`/works/${work.publicId}/edit`, ben)).status).toBe(404);
  expect(await text(site.get(`/works/${work.publicId}`))).not.toContain('>ben<');
  expect((await leave(ada, ada)).status).toBe(303);
  expect((await site.get(`/works/${work.publicId}/edit`, ada)).status).toBe(200);
});

test('a work of several is deleted when all have agreed; any of them keeps it, or takes the deletion back', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { by: [ada, ben] }, { state: 'posted' });
  const base = `/works/${work.publicId}`;
  const status = async () => (await site.get(base)).status;
  expect((await site.post(`${base}/deletion`, {}, ada)).headers.get('location')).toBe(`${base}/delete`);
  // Asking twice is no second voice.
  await site.post(`${base}/deletion`, {}, ada);
  expect(await status()).toBe(200);
  expect(await text(site.get(base, ben))).toContain('asks to delete this work');
  expect(await text(site.get(base))).not.toContain('asks to delete this work');
  expect(await text(site.get('/account/co-creation', ben))).toContain(work.title);
  await site.post(`${base}/deletion/withdrawal`, {}, ben);
  expect(await text(site.get(base, ada))).not.toContain('asks to delete this work');

  await site.post(`${base}/deletion`, {}, ben);
  expect(await status()).toBe(200);
  expect((await site.post(`${base}/deletion`, {}, ada)).headers.get('location')).toBe('/drafts');
  expect(await status()).toBe(404);
  expect((await site.post(`${base}/restoration`, {}, ben)).status).toBe(303);
  expect(await status()).toBe(200);
  // What was agreed is used up.
  await site.post(`${base}/deletion`, {}, ben);
  expect(await status()).toBe(200);
});

test('who joins or leaves ends what the creators were asked before', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(site, { by: [ada, await site.person('carol')] }, { state: 'posted' });
  await invite(site, work, ada, 'ben');
  await site.post(`/works/${work.publicId}/deletion`, {}, ada);
  await answerInvitation(site, ben, 'acceptance');
  expect(await site.ground.db.reads.selectFrom('deletion_agreements').selectAll().execute()).toEqual([]);
});

test('an invitation to an anonymous work names who invites and no other creator; to a hidden one, it is not there', async () => {
  const { site, ada, ben } = await cast();
  const work = await makeWork(
    site,
    { title: 'Masks', by: [ada, await site.person('carol')] },
    { state: 'posted', anonymous: true },
  );
  await invite(site, work, ada, 'ben');
  const page = await text(site.get('/account/co-creation', ben));
  expect(page).toContain('by Anonymous');
  expect(page).toContain('<bdi>ada</bdi> invites you');
  expect(page).not.toContain('carol');
  await setState(site, work.id, { state: 'posted', hidden: true });
  expect(await text(site.get('/account/co-creation', ben))).not.toContain('Masks');
});

test('each pseud is opened and shut by itself, and only by its own person', async () => {
  const { site, ada, ben } = await cast();
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', ben.pseudId)
    .executeTakeFirstOrThrow();
  await site.post('/account/openness', {}, ben);
  await site.post('/account/openness', { coCreation: [id], gifts: [id] }, ada);
  const work = await makeWork(site, { by: [ada] });
  expect((await invite(site, work, ada, 'ben')).status).toBe(422);
  const ticked = async () => (await text(site.get('/account', ben))).match(/name="(coCreation|gifts)"[^>]* checked/g);
  expect(await ticked()).toBeNull();
  await site.post('/account/openness', { gifts: [id] }, ben);
  expect(await ticked()).toHaveLength(1);
});
