/** Preferences: kept in the account, on every device; what a guest says stays in their browser. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeWork, setChapterState } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { startSession } from './actions.ts';
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts';
import { preferencesOf } from './preferences.queries.ts';

const FIELDS = {
  language: 'en',
  timeZone: 'Asia/Tokyo',
  theme: 'dark',
  adult: 'ask',
  opens: 'chapters',
  creatorStyle: '',
  workLanguage: 'de',
  notes: 'Thank you for reading.',
  endNotes: '',
};

async function otherDevice(site: TestSite, person: Person): Promise<Person> {
  const { db, now } = site.ground;
  const token = await db.write((tx) => startSession(tx, now(), person.viewer.accountId, false, 'another'));
  return { ...person, cookie: `session=${token}` };
}

describe('preferences', () => {
  test('are saved in the account and hold on another device', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    expect((await site.get('/account/preferences')).headers.get('location')).toContain('/sign-in');
    expect((await site.post('/account/preferences', FIELDS, wren)).status).toBe(303);
    const elsewhere = await otherDevice(site, wren);
    const page = await (await site.get('/account/preferences', elsewhere)).text();
    expect(page).toContain('data-theme="dark"');
    expect(page).toMatch(/<option value="Asia\/Tokyo"[^>]* selected/);
    expect(page).toContain('Thank you for reading.');
    // Nobody else's change.
    expect(await (await site.get('/works', await site.person('lark'))).text()).toContain('data-theme="system"');
  });

  test('fill the form for a new work, and change none that is here', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    await site.post('/account/preferences', FIELDS, wren);
    const page = await (await site.get('/works/new', wren)).text();
    expect(page).toContain('Thank you for reading.');
    expect(page).toMatch(/<option value="de"[^>]* selected/);
  });

  test.each([
    { timeZone: 'Mars/Olympus' },
    { language: 'tlh' },
    { theme: 'pink' },
    { adult: '' },
    { opens: 'sideways' },
    { workLanguage: 'xx-none' },
    { notes: 'x'.repeat(5001) },
  ])('that name nothing there is come back with a sentence: %o', async (wrong) => {
    const site = await testSite();
    const wren = await site.person('wren');
    const answer = await site.post('/account/preferences', { ...FIELDS, ...wrong }, wren);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Nothing was saved');
    expect(await preferencesOf(site.ground.db.reads, wren.viewer.accountId)).toEqual(DEFAULT_PREFERENCES);
  });

  test('of the theme and of reading go to the account of who is signed in, and to the browser of a guest', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const asGuest = await site.post('/preferences/theme', { theme: 'sepia' });
    expect(asGuest.headers.get('set-cookie')).toContain('theme=sepia');
    const signedIn = await site.post('/preferences/theme', { theme: 'sepia' }, wren);
    expect(signedIn.headers.get('set-cookie')).toBeNull();
    await site.post('/preferences/reading', { size: '5', face: 'atkinson' }, wren);
    const page = await (await site.get('/works', await otherDevice(site, wren))).text();
    expect(page).toContain('data-theme="sepia"');
    expect(page).toContain('data-size="5"');
    // Until something is chosen, the browser's own cookie holds.
    const lark = await site.person('lark');
    const before = await site.get('/works', { ...lark, cookie: `${lark.cookie}; theme=dark` });
    expect(await before.text()).toContain('data-theme="dark"');
  });

  test('say never to ask about adult content, and to ask again', async () => {
    const site = await testSite();
    const wren = await otherDevice(site, await site.person('wren'));
    const work = await makeWork(site, { title: 'Grown', rating: 'Explicit' }, { state: 'posted' });
    const isAsked = async (who: Person) =>
      (await (await site.get(`/works/${work.publicId}`, who)).text()).includes('could have adult content');
    expect(await isAsked(wren)).toBe(true);
    await site.post('/adult-consent', { return: '/works', always: 'on' }, wren);
    expect(await isAsked(await otherDevice(site, wren))).toBe(false);
    await site.post('/account/preferences', FIELDS, wren);
    expect(await isAsked(wren)).toBe(true);
  });

  test('open works whole, and each chapter still on its own page', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const work = await makeWork(site, { title: 'Long', chapters: ['First.', 'Second.'] }, { state: 'posted' });
    await site.post('/account/preferences', { ...FIELDS, opens: 'entire' }, wren);
    const answer = await site.get(`/works/${work.publicId}`, wren);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/works/${work.publicId}/long/entire`]);
    const page = await (await site.get(`/works/${work.publicId}/long/entire`, wren)).text();
    const chapters = [...page.matchAll(/href="(\/works\/[^"]*\/chapters\/[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(chapters).toHaveLength(2);
    for (const href of chapters) expect((await site.get(href, wren)).status).toBe(200);
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
  });

  test('make a minute one of the writer’s own clocks', async () => {
    const site = await testSite({ now: () => Date.UTC(2026, 10, 3, 12) });
    const wren = await site.person('wren');
    await site.post('/account/preferences', FIELDS, wren);
    const work = await makeWork(site, { title: 'Later', by: [wren], chapters: ['One.', 'Two.'] }, { state: 'posted' });
    await setChapterState(site, work.id, 2, 'draft');
    const chapter = await site.ground.db.reads
      .selectFrom('chapters')
      .select('public_id')
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow();
    const page = await (await site.get(`/works/${work.publicId}/chapters`, wren)).text();
    expect(page).toContain('At (Asia/Tokyo)');
    const base = `/works/${work.publicId}/chapters/${chapter.public_id}`;
    await site.post(`${base}/schedule`, { at: '2026-11-04T09:00' }, wren);
    const due = await site.ground.db.reads.selectFrom('chapters').select('publish_at').orderBy('id', 'desc').execute();
    expect(due[0]?.publish_at).toBe(Date.UTC(2026, 10, 4, 0));
    expect(await (await site.get(`/works/${work.publicId}/chapters`, wren)).text()).toContain(
      '2026-11-04, 09:00 Asia/Tokyo',
    );
  });

  test('that were kept by another program, or are damaged, fall back one by one', () => {
    expect(readPreferences('{"theme":"dark","timeZone":"Mars"}')).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark' });
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (kept) => {
        expect(Object.keys(readPreferences(kept)).sort()).toEqual(Object.keys(DEFAULT_PREFERENCES).sort());
      }),
    );
  });
});
