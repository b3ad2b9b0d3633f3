/** Pen names: any number, each with works of its own; what they are called, what they sign, and what becomes of it. */
import { describe, expect, test } from 'vitest';
import { addCreator, makeWork, suspend } from '../../../test/cast.ts';
import { testSite, type TestSite } from '../../../test/site.ts';
import { PSEUDS_EACH } from './account.ts';
import { add, as, publicIdOf, text } from './pseuds.fixture.ts';
import { renamePseud } from './pseuds/pseuds.actions.ts';

/** Who signs a work, in order; `?` after who has only been invited. */
async function byline(site: TestSite, workId: number): Promise<(string | null)[]> {
  const rows = await site.ground.db.reads
    .selectFrom('work_creators')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select(['pseuds.name', 'work_creators.state'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  return rows.map((row) => (row.state === 'invited' ? `${row.name}?` : row.name));
}

test('an account has any number of pseuds, and its list is nobody else’s', async () => {
  const site = await testSite();
  const ada = await site.person('ada');
  await add(site, ada, 'Ada at Night');
  await add(site, ada, '  Ada   by Day ');
  const list = await text(site, '/account/pseuds', ada);
  for (const name of ['ada', 'Ada at Night', 'Ada by Day']) expect(list).toContain(`<bdi>${name}</bdi>`);
  expect((await site.get('/account/pseuds')).headers.get('location')).toBe('/sign-in?return=/account/pseuds');
  const ben = await site.person('ben');
  expect(await text(site, '/account/pseuds', ben)).not.toContain('Ada at Night');
  expect((await site.get(`/account/pseuds/${await publicIdOf(site, 'Ada at Night')}`, ben)).status).toBe(404);
});

test.each([
  ['', 'A pseud needs a name.'],
  ['x'.repeat(41), 'A pseud has at most 40 characters.'],
  ['<b>', 'A pseud is made of letters, digits, spaces, _ and -.'],
  ['ADA', 'You have a pseud of this name already.'],
])('a new pseud called “%s” is refused beside its field, and comes back as it was typed', async (name, sentence) => {
  const site = await testSite();
  const ada = await site.person('ada');
  const answer = await site.post('/account/pseuds', { name }, ada);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain(sentence);
  expect(page).toContain('href="#name"');
  const escaped = name.replaceAll('<', '&lt;');
  expect(page).toContain(name === '' ? 'value autocomplete' : `value="${escaped}"`);
});

test('there is an end to names: of one account, and within an hour', async () => {
  const site = await testSite();
  const ada = await site.person('ada');
  const { db, now } = site.ground;
  const others = Array.from({ length: PSEUDS_EACH - 1 }, (_, at) => ({
    public_id: `${at}`.padStart(10, '0'),
    account_id: ada.viewer.accountId,
    name: `ada ${at}`,
    name_key: `ada ${at}`,
    is_default: 0 as const,
    created_at: now(),
  }));
  await db.write((tx) => tx.insertInto('pseuds').values(others).execute());
  const full = await site.post('/account/pseuds', { name: 'one more' }, ada);
  expect([full.status, (await full.text()).includes('There can be 100 pseuds')]).toEqual([422, true]);
  const ben = await site.person('ben');
  const id = await publicIdOf(site, 'ben');
  const answers: number[] = [];
  for (let at = 0; at < 61; at += 1)
    answers.push((await site.post(`/account/pseuds/${id}/name`, { name: 'ben' }, ben)).status);
  expect(answers.slice(0, 60).every((status) => status === 303)).toBe(true);
  expect(answers[60]).toBe(422);
});

describe('a name', () => {
  test('that is changed is changed everywhere: page, byline, lists, search; the old address leads there', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    const id = await publicIdOf(site, 'ada');
    expect(await text(site, '/works')).toContain('<bdi>ada</bdi>');
    expect(await text(site, `/creators/${id}/ada`)).toContain('<h1 dir="auto">ada</h1>');
    expect((await site.post(`/account/pseuds/${id}/name`, { name: 'Quillfeather' }, ada)).status).toBe(303);
    await site.follow();
    for (const path of ['/works', '/works?q=byline:Quillfeather', `/creators/${id}/ada`, '/works?sort=creator']) {
      const page = await text(site, path);
      expect(page, path).toContain('Lanterns');
      expect(page, path).toContain('Quillfeather');
      expect(page, path).not.toContain('<bdi>ada</bdi>');
    }
    expect(await text(site, '/works?q=byline:ada')).not.toContain('Lanterns');
    const json = (await (await site.get(`/api/v1/works?creator=${id}`)).json()) as { works: object[] };
    expect(JSON.stringify(json)).toContain('Quillfeather');
  });

  test('is taken by one’s own pseuds alone: what others are called is no reason to refuse', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    await site.person('ben');
    const id = await add(site, ada, 'moth');
    expect((await site.post(`/account/pseuds/${id}/name`, { name: 'Ada' }, ada)).status).toBe(422);
    expect((await site.post(`/account/pseuds/${id}/name`, { name: 'MOTH' }, ada)).status).toBe(303);
    expect((await site.post(`/account/pseuds/${id}/name`, { name: 'ben' }, ada)).status).toBe(303);
  });

  test('of the owner’s settings that is another pseud of theirs is refused, and nothing of the form is kept', async () => {
    const site = await testSite();
    await add(site, site.owner, 'Keeper');
    const answer = await site.post('/settings', { name: 'The Hive', pseud: 'keeper' }, site.owner);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('You have another pseud of this name already.');
    expect(await text(site, '/')).not.toContain('The Hive');
  });

  test('of somebody else’s pseud is not theirs to change, nor is anything of it', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const ben = await site.person('ben');
    await add(site, ada, 'moth');
    for (const name of ['ada', 'moth']) {
      const path = `/account/pseuds/${await publicIdOf(site, name)}`;
      for (const rest of ['/name', '/profile', '/default', '/deletion', '/icon', '/icon/removal'])
        expect((await site.post(path + rest, { name: 'taken over' }, ben)).status, rest).toBe(404);
    }
    const { db, now } = site.ground;
    const id = await publicIdOf(site, 'moth');
    expect(await db.write((tx) => renamePseud(tx, now(), ben.viewer.accountId, id, 'x'))).toEqual({
      refusal: 'not-found',
    });
  });

  test('cannot be changed by who is suspended; the list is still theirs to read', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    await suspend(site, ada);
    const list = await text(site, '/account/pseuds', ada);
    expect(list).toContain('200');
    expect(list).not.toContain('Add the pseud');
    const id = await publicIdOf(site, 'ada');
    expect(await text(site, `/account/pseuds/${id}`, ada)).not.toContain('<textarea');
    expect((await site.post('/account/pseuds', { name: 'moth' }, ada)).status).toBe(403);
    expect((await site.post(`/account/pseuds/${id}/name`, { name: 'moth' }, ada)).status).toBe(403);
  });
});

test('the default pseud is one at a time, and signs what comes next', async () => {
  const site = await testSite();
  const ada = await site.person('ada');
  const id = await add(site, ada, 'moth');
  expect((await site.post(`/account/pseuds/${id}/default`, {}, ada)).status).toBe(303);
  const rows = await site.ground.db.reads
    .selectFrom('pseuds')
    .select(['name', 'is_default'])
    .where('account_id', '=', ada.viewer.accountId)
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { name: 'ada', is_default: 0 },
    { name: 'moth', is_default: 1 },
  ]);
  expect(await text(site, '/works/new', ada)).toMatch(/value="\w+" checked[^>]*>\s*<span>moth/);
});

describe('a pseud that goes', () => {
  test('goes when it signs nothing; the default one stays', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const id = await add(site, ada, 'moth');
    const own = await publicIdOf(site, 'ada');
    await site.post(`/account/pseuds/${own}/deletion`, {}, ada);
    expect(await text(site, '/account/pseuds', ada)).toContain('<bdi>ada</bdi>');
    expect((await site.post(`/account/pseuds/${id}/deletion`, {}, ada)).status).toBe(303);
    expect(await text(site, '/account/pseuds', ada)).not.toContain('<bdi>moth</bdi>');
    expect((await site.get(`/creators/${id}`, ada)).status).toBe(404);
  });

  test('leaves its works to another of the same account, drafts and deleted ones too, and to nobody else', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const ben = await site.person('ben');
    const id = await add(site, ada, 'moth');
    const moth = await as(site, ada, 'moth');
    const posted = await makeWork(site, { title: 'Lanterns', by: [moth, ben] }, { state: 'posted' });
    const both = await makeWork(site, { title: 'Both', by: [moth, ada] }, { state: 'posted' });
    const deleted = await makeWork(site, { title: 'Gone', by: [moth] }, { state: 'posted', deleted: true });
    const brought = await makeWork(site, { title: 'Brought', importedBy: ['old'], archivedBy: moth });
    const invited = await makeWork(site, { title: 'Invited', by: [ben] }, { state: 'posted' });
    await addCreator(site, invited.id, moth, 'invited');
    const heirOfNobody = await publicIdOf(site, 'ben');
    for (const heir of ['', heirOfNobody, id, 'zzzzzzzzzz']) {
      const refused = await site.post(`/account/pseuds/${id}/deletion`, { heir }, ada);
      expect([refused.status, (await refused.text()).includes('Choose which of your other pseuds')]).toEqual([
        422,
        true,
      ]);
    }
    expect(await byline(site, posted.id)).toEqual(['moth', 'ben']);
    const heir = await publicIdOf(site, 'ada');
    expect((await site.post(`/account/pseuds/${id}/deletion`, { heir }, ada)).status).toBe(303);
    expect(await byline(site, posted.id)).toEqual(['ada', 'ben']);
    expect(await byline(site, both.id)).toEqual(['ada']);
    expect(await byline(site, deleted.id)).toEqual(['ada']);
    expect(await byline(site, invited.id)).toEqual(['ben', 'ada?']);
    await site.follow();
    const list = await text(site, `/creators/${heir}`);
    expect(list).toContain('Lanterns');
    expect(list).not.toContain('moth');
    expect(await text(site, '/works?q=byline:moth')).not.toContain('Lanterns');
    expect(await text(site, `/works/${brought.publicId}/edit`, ada)).toMatch(/^200/);
  });
});

describe('who signs a work', () => {
  const FORM = {
    title: 'Lanterns',
    fandoms: 'Dracula',
    rating: 'general',
    warnings: 'none',
    language: 'en',
    status: 'in-progress',
    plannedChapters: '?',
    signing: 'on',
  };

  test('is changed among one’s own pseuds; the new one takes the place of the old, and nobody else is touched', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const ben = await site.person('ben');
    const moth = await add(site, ada, 'moth');
    const own = await publicIdOf(site, 'ada');
    const work = await makeWork(site, { title: 'Lanterns', by: [ada, ben] }, { state: 'posted' });
    const path = `/works/${work.publicId}/edit`;
    expect(await text(site, path, ada)).toContain('Signed by');
    expect((await site.post(path, { ...FORM, signers: moth }, ada)).status).toBe(303);
    expect(await byline(site, work.id)).toEqual(['moth', 'ben']);
    await site.follow();
    expect(await text(site, `/creators/${moth}`)).toContain('Lanterns');
    expect((await site.get(`/creators/${own}`)).status).toBe(404);
    expect(await text(site, '/works?q=byline:ada')).not.toContain('Lanterns');
    expect((await site.post(path, { ...FORM, signers: [own, moth] }, ada)).status).toBe(303);
    expect(await byline(site, work.id)).toEqual(['moth', 'ben', 'ada']);
    expect((await site.post(path, { ...FORM, signers: own }, ada)).status).toBe(303);
    expect(await byline(site, work.id)).toEqual(['ben', 'ada']);
  });

  test('is always somebody, and nobody else’s pseud: the form comes back, and nothing of it is kept', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    await site.person('ben');
    await add(site, ada, 'moth');
    const work = await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    for (const signers of [[], [await publicIdOf(site, 'ben')], ['zzzzzzzzzz']]) {
      const form = { ...FORM, title: 'Other Lanterns', signers };
      const answer = await site.post(`/works/${work.publicId}/edit`, form, ada);
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain('Choose which of your pseuds sign it.');
      expect(page).toContain('value="Other Lanterns"');
      expect(page).toContain('href="#signers"');
    }
    expect(await byline(site, work.id)).toEqual(['ada']);
    expect(await text(site, `/works/${work.publicId}`)).toContain('<h1 lang="en" dir="ltr">Lanterns</h1>');
  });

  test('is not asked of who has one pseud, nor of who only brought the work in', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const own = await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    expect(await text(site, `/works/${own.publicId}/edit`, ada)).not.toContain('Signed by');
    const keeper = await site.person('meadowsweet', ['member', 'archivist']);
    const second = await add(site, keeper, 'clover');
    const brought = await makeWork(
      site,
      { title: 'Old', importedBy: ['old'], archivedBy: keeper },
      { state: 'posted' },
    );
    const path = `/works/${brought.publicId}/edit`;
    expect(await text(site, path, keeper)).not.toContain('Signed by');
    // A form made up all the same puts nobody into a byline that is not theirs.
    expect((await site.post(path, { ...FORM, signers: second }, keeper)).status).toBe(404);
    expect(await byline(site, brought.id)).toEqual([null]);
  });

  test('can answer an invitation of the same account', async () => {
    const site = await testSite();
    const ada = await site.person('ada');
    const moth = await add(site, ada, 'moth');
    const work = await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    await addCreator(site, work.id, await as(site, ada, 'moth'), 'invited');
    const form = { ...FORM, signers: moth };
    expect((await site.post(`/works/${work.publicId}/edit`, form, ada)).status).toBe(303);
    expect(await byline(site, work.id)).toEqual(['moth']);
  });
});
