/** Related works: two works stand beside each other when both sides want it, and only for who may see both. */
import { expect, test } from 'vitest';
import { eraseWork } from '../../app/erase.ts';
import { makeWork, relate, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { outsideAddressProblem, workNamed } from './relation.ts';

const text = async (answer: Response | Promise<Response>) => (await answer).text();
const ask = (site: TestSite, work: { publicId: string }, by: Person, address: string, kind = 'inspired-by') =>
  site.post(`/works/${work.publicId}/related-works`, { where: 'here', kind, address }, by);
const answerTo = async (site: TestSite, who: Person, answer: 'approval' | 'refusal') => {
  const page = await text(site.get('/account/related-works', who));
  return site.post(new RegExp(`action="([^"]+/${answer})"`).exec(page)?.[1] ?? '/nowhere', {}, who);
};

async function cast() {
  const site = await testSite();
  const [ada, ben] = [await site.person('ada'), await site.person('ben')];
  const parent = await makeWork(site, { title: 'The Source', by: [ada] }, { state: 'posted' });
  const child = await makeWork(site, { title: 'The Echo', by: [ben] }, { state: 'posted' });
  return { site, ada, ben, parent, child };
}

test('both works say it when the creator of the first has approved, and neither before or after a no', async () => {
  const { site, ada, ben, parent, child } = await cast();
  const address = `http://localhost/works/${parent.publicId}/the-source`;
  expect((await ask(site, child, ben, address, 'translation-of')).status).toBe(303);
  const page = (work: { publicId: string }) => text(site.get(`/works/${work.publicId}`));
  expect(await page(child)).not.toContain('The Source');
  expect(await page(parent)).not.toContain('The Echo');
  expect(await text(site.get(`/works/${child.publicId}/related-works`, ben))).toContain('Waits for the answer');
  expect(await text(site.get('/account/related-works', ada))).toContain('is a translation of');
  expect((await answerTo(site, ada, 'approval')).status).toBe(303);
  expect(await page(child)).toMatch(/<dt>Translation of<\/dt><dd><a [^>]*>The Source<\/a> by /);
  expect(await page(parent)).toMatch(/Translations<\/h2>.*The Echo/);
  expect(await (await site.get(`/api/v1/works/${child.publicId}`)).json()).toMatchObject({
    translationOf: [{ title: 'The Source' }],
  });
  await answerTo(site, ada, 'refusal');
  expect(await page(child)).not.toContain('The Source');
  // The no stays: it cannot be taken back to ask again.
  expect((await ask(site, child, ben, address)).status).toBe(422);
  expect(await text(site.get(`/works/${child.publicId}/related-works`, ben))).not.toContain('/removal');
});

test('a work that cannot be read and one that never was are answered alike', async () => {
  const { site, ben, parent, child } = await cast();
  const said = async (id: string) => (await text(ask(site, child, ben, `/works/${id}`))).replaceAll(id, '…');
  const nothing = await said('zzzzzzzzzz');
  for (const state of [{ state: 'draft' }, { unrevealed: true }, { hidden: true }, { deleted: true }] as const) {
    await setState(site, parent.id, { state: 'posted', ...state });
    expect(await said(parent.publicId), JSON.stringify(state)).toBe(nothing);
  }
  expect(await said('nonsense')).toContain('There is no work at this address that you can read.');
  expect(await text(ask(site, child, ben, `/works/${child.publicId}`))).toContain('This is the work itself.');
});

test('whatever becomes of either work later, the other says of it what the viewer may see', async () => {
  const { site, ada, ben, parent, child } = await cast();
  await relate(site, child, parent, 'approved');
  const seen = async (who: Person | null) => [
    (await text(site.get(`/works/${child.publicId}`, who))).includes('The Source'),
    (await text(site.get(`/works/${parent.publicId}`, who))).includes('The Echo'),
  ];
  expect(await seen(null)).toEqual([true, true]);
  await setState(site, parent.id, { state: 'posted', restricted: true });
  expect((await seen(null))[0]).toBe(false);
  expect(await seen(ben)).toEqual([true, true]);
  await setState(site, parent.id, { state: 'posted', hidden: true });
  expect((await seen(ben))[0]).toBe(false);
  expect(await text(site.get(`/works/${child.publicId}/related-works`, ben))).toContain(
    'a work that you cannot see now',
  );
  expect(await text(site.get('/account/related-works', ben))).not.toContain('The Source');
  await setState(site, parent.id, { state: 'posted', anonymous: true });
  const page = await text(site.get(`/works/${child.publicId}`));
  expect(page).toMatch(/The Source<\/a> by Anonymous/);
  expect(page).not.toContain('>ada<');
  await setState(site, child.id, { state: 'posted', unrevealed: true });
  expect((await seen(ada))[1]).toBe(false);
  expect(await text(site.get('/account/related-works', ada))).not.toContain('The Echo');
});

test('nobody is asked about a work that is not posted, and nobody else can answer', async () => {
  const { site, ada, ben, parent } = await cast();
  const draft = await makeWork(site, { title: 'Not Yet', by: [ben] });
  const relation = await relate(site, draft, parent);
  const approve = (who: Person) => site.post(`/account/related-works/${relation}/approval`, {}, who);
  expect(await text(site.get('/account/related-works', ada))).not.toContain('Not Yet');
  expect((await approve(ada)).status).toBe(404);
  await setState(site, draft.id, { state: 'posted' });
  expect((await approve(ben)).status).toBe(404);
  expect((await approve(ada)).status).toBe(303);
});

test('one pseud that signs both works has nobody to ask; another of the same person has', async () => {
  const { site, ada, ben, parent } = await cast();
  const own = await makeWork(site, { title: 'Her Own Echo', by: [ada, ben] }, { state: 'posted' });
  await ask(site, own, ada, `/works/${parent.publicId}`);
  expect(await text(site.get(`/works/${own.publicId}`))).toContain('The Source');
  // Asked at once about an anonymous work, the other creators would learn who wrote it.
  const masked = await makeWork(site, { title: 'Masked', by: [ada] }, { state: 'posted', anonymous: true });
  await ask(site, own, ada, `/works/${masked.publicId}`);
  expect(await text(site.get(`/works/${own.publicId}`))).not.toContain('Masked');
});

test('a work elsewhere is described by hand and shown at once; nothing leads back into the archive unasked', async () => {
  const { site, ben, child } = await cast();
  const add = (fields: Record<string, string>) =>
    site.post(
      `/works/${child.publicId}/related-works`,
      { where: 'elsewhere', outsideKind: 'inspired-by', ...fields },
      ben,
    );
  const whole = { url: 'https://elsewhere.example/s/1', title: 'Far <Away>', creator: 'A. Nother', language: 'de' };
  expect((await add(whole)).status).toBe(303);
  const page = await text(site.get(`/works/${child.publicId}`));
  expect(page).toMatch(
    /<a href="https:\/\/elsewhere.example\/s\/1"[^>]*rel="nofollow noopener external ugc"[^>]*>Far &lt;Away>/,
  );
  expect(page).toContain('A. Nother');
  expect(page).toContain('lang="de"');
  const refused = [
    whole,
    { ...whole, url: 'javascript:alert(1)' },
    { ...whole, url: 'http://localhost/works/0123456789' },
    { ...whole, url: 'https://a:b@elsewhere.example/' },
    { ...whole, url: 'https://elsewhere.example/2', title: '' },
    { ...whole, url: 'https://elsewhere.example/2', language: 'xx' },
    { ...whole, url: 'https://elsewhere.example/2', outsideKind: 'sequel-of' },
  ];
  for (const fields of refused) {
    const answer = await add(fields);
    expect(answer.status, JSON.stringify(fields)).toBe(422);
    expect(await answer.text()).toContain('class="error"');
  }
});

test('what is erased takes its relations along, on both sides', async () => {
  const { site, parent, child } = await cast();
  await relate(site, child, parent, 'approved');
  await eraseWork(site.ground, site.features, parent.id);
  expect(await site.ground.db.reads.selectFrom('related_works').selectAll().execute()).toEqual([]);
});

test('addresses are read as people paste them', () => {
  const origin = 'https://archive.example';
  const id = '0123456789';
  for (const typed of [id, `/works/${id}`, `${origin}/works/${id}/a-title/chapters/x`, `${origin}/works/${id}?page=2`])
    expect(workNamed(typed, origin), typed).toBe(id);
  for (const typed of [
    '',
    'words',
    `https://elsewhere.example/works/${id}`,
    `${origin}/series/${id}`,
    `//x/works/${id}`,
  ])
    expect(workNamed(typed, origin), typed).toBeNull();
  expect(outsideAddressProblem('https://elsewhere.example/', origin)).toBeNull();
  expect(outsideAddressProblem(`${origin}/works/${id}`, origin)).not.toBeNull();
  expect(outsideAddressProblem(`https://e.example/${'x'.repeat(2_000)}`, origin)).not.toBeNull();
});
