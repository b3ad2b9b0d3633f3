import { expect, test } from 'vitest';
import { addCreator, makeWork, setState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { eraseAccountIn, eraseWorkIn } from '../../app/erase.ts';
import { SKINS_EACH } from '../site/index.ts';
import { makeSkin } from './actions.ts';

const RED = '.whisper { color: red }';

/** Makes a skin as its creator does. @returns its address. */
async function newSkin(site: TestSite, who: Person, css = RED, title = 'Whispers'): Promise<string> {
  const answer = await site.post('/account/skins/new', { title, css }, who);
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

/** Which button of a form was pressed. */
const pressed = (button: string) => Object.fromEntries(new URLSearchParams(`then=${button}`));

const idOf = (path: string) => path.split('/').at(-1) ?? '';

/** What a work's form sends beside the skin. */
const FORM = {
  title: 'The Bees',
  fandoms: 'Sherlock Holmes',
  rating: 'general',
  warnings: 'none',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '1',
};

async function wear(site: TestSite, who: Person, workId: string, skin: string): Promise<Response> {
  return site.post(`/works/${workId}/edit`, { ...FORM, skin }, who);
}

/** The address of the sheet on a work's page; null where there is none. */
async function sheetOn(site: TestSite, workId: string, who: Person | null = null, cookie = ''): Promise<string | null> {
  const page = await site.get(`/works/${workId}`, who, who ? {} : { cookie });
  return /href="(\/works\/[^"]*\/skin\/[^"]*)"/.exec(await page.text())?.[1] ?? null;
}

test('a creator writes a skin, sees it on a sample, gives it to a work, and readers get its sheet', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator], chapters: ['<p class="whisper">Hush.</p>'] }, { state: 'posted' });
  expect(await sheetOn(site, work.publicId)).toBeNull();
  const skin = await newSkin(site, creator);
  const sample = await (await site.get(skin, creator)).text();
  expect(sample).toContain('<div class="work-skin">');
  const own = /href="(\/account\/skins\/[^"]*saved-[^"]*)"/.exec(sample)?.[1] ?? '';
  expect(await (await site.get(own, creator)).text()).toBe('@layer skin{.work-skin .u-whisper{color:red}}');

  expect((await wear(site, creator, work.publicId, idOf(skin))).status).toBe(303);
  const sheet = (await sheetOn(site, work.publicId)) ?? '';
  const answer = await site.get(sheet);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('vary')).toContain('Cookie');
  expect(await answer.text()).toBe('@layer skin{.work-skin .u-whisper{color:red}}');
  const again = await site.get(sheet, null, { 'if-none-match': answer.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  const page = await (await site.get(`/works/${work.publicId}`)).text();
  expect(page).toMatch(/<div class="story"[^>]*><div class="work-skin"><p [^>]*class="u-whisper"/);
  // The form says what the work wears, and saying nothing of it changes nothing.
  expect(await (await site.get(`/works/${work.publicId}/edit`, creator)).text()).toContain(
    `<option value="${idOf(skin)}" selected>`,
  );
  await site.post(`/works/${work.publicId}/edit`, FORM, creator);
  expect(await sheetOn(site, work.publicId)).toBe(sheet);

  // A change of the skin is a change of the address.
  await site.post(skin, { title: 'Whispers', css: '.whisper { color: blue }', version: '1' }, creator);
  const changed = await sheetOn(site, work.publicId);
  expect(changed).not.toBe(sheet);
  expect(await (await site.get(changed ?? '')).text()).toContain('color:blue');
  // Taken off again.
  await wear(site, creator, work.publicId, '');
  expect(await sheetOn(site, work.publicId)).toBeNull();
  expect((await site.get(changed ?? '')).status).toBe(404);
});

test('two works that share a skin do not say so in their addresses, nor whose it is', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const works = [
    await makeWork(site, { title: 'One', by: [creator] }, { state: 'posted' }),
    await makeWork(site, { title: 'Two', by: [creator] }, { state: 'posted' }),
  ];
  const skin = await newSkin(site, creator);
  for (const work of works) await wear(site, creator, work.publicId, idOf(skin));
  const marks = await Promise.all(works.map(async (work) => (await sheetOn(site, work.publicId))?.split('/').at(-1)));
  expect(new Set(marks).size).toBe(2);
  for (const work of works) {
    const page = await (await site.get(`/works/${work.publicId}`)).text();
    expect(page).not.toContain(idOf(skin));
    expect(page).not.toContain('Whispers');
  }
});

test('what cannot stay comes back as it was typed, each thing with its line', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const css = '.a { color: red }\n.b { background: url(https://elsewhere.example/x.png) }\n';
  const refused = await site.post('/account/skins/new', { title: 'Bad', css }, creator);
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('Line 2: Nothing is loaded from an address');
  expect(page).toContain('.b { background: url(https://elsewhere.example/x.png) }');
  expect(page).toContain('aria-invalid="true"');
  expect((await site.post('/account/skins/new', { title: ' ', css: RED }, creator)).status).toBe(422);
  const skin = await newSkin(site, creator);
  const bad = await site.post(skin, { title: 'Whispers', css: 'p { position: fixed }', version: '1' }, creator);
  expect(bad.status).toBe(422);
  expect(await (await site.get(skin, creator)).text()).toContain(RED);
});

test('what is tried is seen by nobody else, and is not saved', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  const skin = await newSkin(site, creator);
  await wear(site, creator, work.publicId, idOf(skin));
  const typed = { title: 'Whispers', css: 'p { color: green }', version: '1', ...pressed('preview') };
  const page = await (await site.post(skin, typed, creator)).text();
  const tried = /href="(\/account\/skins\/[^"]*tried-[^"]*)"/.exec(page)?.[1] ?? '';
  expect(await (await site.get(tried, creator)).text()).toContain('green');
  const stranger = await site.person('anemone');
  expect((await site.get(tried, stranger)).status).toBe(404);
  expect((await site.get(tried)).status).toBe(404);
  expect(await (await site.get((await sheetOn(site, work.publicId)) ?? '')).text()).toContain('red');
  // Two tabs: the later save of an earlier version is told.
  await site.post(skin, { title: 'Whispers', css: 'p { color: green }', version: '1' }, creator);
  expect((await site.post(skin, { title: 'Other', css: RED, version: '1' }, creator)).status).toBe(422);
});

test('a reader turns creators’ styles off and on again; while they are off no sheet is asked for', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  await wear(site, creator, work.publicId, idOf(await newSkin(site, creator)));
  const off = await site.post('/preferences/creator-style', { style: 'off', return: `/works/${work.publicId}` });
  expect(off.headers.get('location')).toBe(`/works/${work.publicId}`);
  const cookie = (off.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect(await sheetOn(site, work.publicId, null, cookie)).toBeNull();
  const plain = await (await site.get(`/works/${work.publicId}`, null, { cookie })).text();
  expect(plain).not.toContain('work-skin');
  expect(plain).toContain('Turn creators’ styles on');
  const on = await site.post('/preferences/creator-style', { style: 'on', return: '//elsewhere.example' }, null, {
    cookie,
  });
  expect(on.headers.get('location')).toBe('/');
  expect(on.headers.get('set-cookie')).toMatch(/creator-style=;/);
  expect(await sheetOn(site, work.publicId)).not.toBeNull();
});

test('a sheet is there for who may read the work, and for nobody else', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const reader = await site.person('anemone');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  await wear(site, creator, work.publicId, idOf(await newSkin(site, creator)));
  const sheet = (await sheetOn(site, work.publicId)) ?? '';
  const seen = async (state: Parameters<typeof setState>[2]) => {
    await setState(site, work.id, state);
    return Promise.all([null, reader, creator].map(async (who) => (await site.get(sheet, who)).status));
  };
  expect(await seen({ state: 'posted' })).toEqual([200, 200, 200]);
  expect(await seen({ state: 'posted', restricted: true })).toEqual([404, 200, 200]);
  expect(await seen({ state: 'posted', unrevealed: true })).toEqual([404, 404, 200]);
  expect(await seen({ state: 'posted', hidden: true })).toEqual([404, 404, 200]);
  expect(await seen({ state: 'draft' })).toEqual([404, 404, 200]);
  expect(await seen({ state: 'posted', deleted: true })).toEqual([404, 404, 404]);
});

test('a sheet of an adult work waits for consent, like the work', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator], rating: 'Explicit' }, { state: 'posted' });
  const skin = idOf(await newSkin(site, creator));
  expect((await site.post(`/works/${work.publicId}/edit`, { ...FORM, rating: 'explicit', skin }, creator)).status).toBe(
    303,
  );
  const sheet = (await sheetOn(site, work.publicId, creator)) ?? '';
  expect(sheet).not.toBe('');
  expect((await site.get(sheet)).status).toBe(404);
  expect((await site.get(sheet, null, { cookie: 'adult=yes' })).status).toBe(200);
});

test('nobody gives a work a skin of somebody else, and a co-creator can keep the other’s', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const other = await site.person('meadowsweet');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  await addCreator(site, work.id, other, 'accepted');
  const skin = await newSkin(site, creator);
  expect((await site.get(skin, other)).status).toBe(404);
  const taken = await wear(site, other, work.publicId, idOf(skin));
  expect(taken.status).toBe(303);
  expect(await sheetOn(site, work.publicId)).toBeNull();
  await wear(site, creator, work.publicId, idOf(skin));
  const form = await (await site.get(`/works/${work.publicId}/edit`, other)).text();
  expect(form).toContain('<option value="kept" selected>');
  expect(form).not.toContain('Whispers');
  await wear(site, other, work.publicId, 'kept');
  expect(await sheetOn(site, work.publicId)).not.toBeNull();
  // A skin is worn while who wrote it is in the byline.
  await site.ground.db.write((tx) =>
    tx.deleteFrom('work_creators').where('work_id', '=', work.id).where('pseud_id', '=', creator.pseudId).execute(),
  );
  expect(await sheetOn(site, work.publicId)).toBeNull();
});

test('a new work is shown with its skin before it is saved, and saved with it', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const skin = await newSkin(site, creator);
  const pseud = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', creator.pseudId)
    .executeTakeFirstOrThrow();
  const typed = { ...FORM, pseuds: pseud.public_id, text: '<p class="whisper">Hush.</p>', skin: idOf(skin) };
  const preview = await (await site.post('/works/new', { ...typed, ...pressed('preview') }, creator)).text();
  expect(preview).toContain(`${skin}/saved-`);
  expect(preview).toContain('<div class="work-skin">');
  expect(preview).toContain(`<option value="${idOf(skin)}" selected>`);
  const saved = await site.post('/works/new', { ...typed, ...pressed('post') }, creator);
  expect(saved.status).toBe(303);
  expect(await sheetOn(site, saved.headers.get('location')?.split('/')[2] ?? '')).not.toBeNull();
});

test('a deleted skin is off all works; erased accounts and works leave nothing of theirs', async () => {
  const site = await testSite();
  const { db, now } = site.ground;
  const creator = await site.person('wintergreen');
  const works = [
    await makeWork(site, { by: [creator] }, { state: 'posted' }),
    await makeWork(site, { by: [creator] }, { state: 'posted' }),
  ] as const;
  const skin = await newSkin(site, creator);
  for (const work of works) await wear(site, creator, work.publicId, idOf(skin));
  const asked = await (await site.get(`${skin}/delete`, creator)).text();
  expect(asked).toContain('2 works');
  expect((await site.post(`${skin}/deletion`, {}, creator)).status).toBe(303);
  expect(await sheetOn(site, works[0].publicId)).toBeNull();
  expect((await site.get(skin, creator)).status).toBe(404);

  const second = await newSkin(site, creator);
  for (const work of works) await wear(site, creator, work.publicId, idOf(second));
  const left = async () => [
    (await db.reads.selectFrom('work_skins').selectAll().execute()).length,
    (await db.reads.selectFrom('work_skin_choices').selectAll().execute()).length,
  ];
  await db.write((tx) => eraseWorkIn(tx, now(), site.features, works[0].id));
  expect(await left()).toEqual([1, 1]);
  await db.write((tx) => eraseAccountIn(tx, now(), site.features, creator.viewer.accountId));
  expect(await left()).toEqual([0, 0]);
});

test('there are so many skins and no more, and whoever may not write has none', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const { db, now } = site.ground;
  await db.write(async (tx) => {
    for (let made = 0; made < SKINS_EACH; made += 1)
      await makeSkin(tx, now(), creator.viewer, { title: `Skin ${made}`, source: '', css: '', rules: 1 });
  });
  expect((await site.post('/account/skins/new', { title: 'One more', css: '' }, creator)).status).toBe(422);
  expect((await site.get('/account/skins')).status).toBe(404);
});

test('skins of other rules are shown to nobody until they are printed anew', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  await wear(site, creator, work.publicId, idOf(await newSkin(site, creator)));
  const earlier = (source: string) =>
    db.write((tx) => tx.updateTable('work_skins').set({ rules: 0, css: 'x', source }).execute());
  const anew = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
  const job = anew.find(({ kind }) => kind === 'print-skins-anew');
  await earlier('p { color: url(x) }');
  expect(await sheetOn(site, work.publicId)).toBeNull();
  await job?.run({});
  expect(await sheetOn(site, work.publicId)).toBeNull();
  expect(await (await site.get('/account/skins', creator)).text()).toContain('does not meet the rules');
  await earlier(RED);
  await job?.run({});
  expect(await (await site.get((await sheetOn(site, work.publicId)) ?? '')).text()).toContain('red');
});

test('so many sheets are checked for one account in an hour; then the form comes back filled in, for that account alone', async () => {
  const site = await testSite();
  const [creator, other] = [await site.person('wintergreen'), await site.person('hellebore')];
  const typed = { title: 'Typed', css: 'p { position: fixed }' };
  const statuses = new Set<number>();
  for (let time = 0; time < 120; time += 1)
    statuses.add((await site.post('/account/skins/new', typed, creator)).status);
  expect([...statuses]).toEqual([422]);
  const refused = await site.post('/account/skins/new', { title: 'Typed', css: RED }, creator);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const page = await refused.text();
  expect(page).toContain('Try again in');
  expect(page).toContain('value="Typed"');
  expect(page).toContain(RED);
  await newSkin(site, other);
});
