/** Nothing typed is lost: what waits unsaved, for whom, until when; forms sent twice, too late, or by somebody signed out. */
import { describe, expect, test } from 'vitest';
import { addCreator, makeWork, secureAccount, suspend } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import { deviceKey } from '../accounts/index.ts';
import { AUTOSAVES, carriedForm, formOf, placeFrom, placePath } from './autosave.ts';

type Fields = Record<string, string | readonly string[]>;
const START = Date.UTC(2026, 10, 3, 12, 0);
const press = (button: string): Fields => Object.fromEntries(new URLSearchParams(`then=${button}`));

async function desk() {
  const clock = { at: START };
  const site = await testSite({ now: () => clock.at });
  const wren = await site.person('wren');
  const robin = await site.person('robin');
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', wren.pseudId)
    .executeTakeFirstOrThrow();
  return { site, wren, robin, pseud, clock };
}

/** A posted work of somebody's, and the address of the form of its one chapter. */
async function serial(site: TestSite, by: readonly Person[]) {
  const work = await makeWork(site, { by, chapters: ['<p>It rained.</p>'] }, { state: 'posted' });
  const { public_id: chapter } = await site.ground.db.reads
    .selectFrom('chapters')
    .select('public_id')
    .where('work_id', '=', work.id)
    .executeTakeFirstOrThrow();
  return { ...work, form: `/works/${work.publicId}/chapters/${chapter}/edit` };
}

interface Sent {
  writer?: string;
  device?: string;
  place?: string;
  sequence?: number;
  base?: number;
  fields?: [string, string][];
  continues?: { sheet: string; sequence: number };
}

/** Sends what the script of a form sends. */
async function autosave(site: TestSite, who: Person | null, sheet: string, sent: Sent, headers = {}) {
  const device = who ? await deviceKey(site.ground.db.reads, who.viewer.accountId) : '';
  const body = { device, place: '/works/new', base: 0, sequence: 1, fields: [['text', 'It rained.']], ...sent };
  return site.web.request(`http://localhost/autosaves/${sheet}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'sec-fetch-site': 'same-origin', ...headers, ...(who ? { cookie: who.cookie } : {}) },
  });
}
const saysKept = async (answer: Response) =>
  (await answer.json()) as { saved: number; over?: boolean; other?: boolean };
const page = async (site: TestSite, path: string, who: Person | null) => (await site.get(path, who)).text();
const sheetIn = (html: string) => /name="sheet" value="(\w{10})"/.exec(html)?.[1] ?? '';
const rows = (site: TestSite) => site.ground.db.reads.selectFrom('autosaves').selectAll().execute();
const works = (site: TestSite) => site.ground.db.reads.selectFrom('works').select(['id', 'title']).execute();
const text = (words: string): [string, string][] => [['text', words]];

describe('what is typed', () => {
  test('is kept by sheet, the newest in place of the older and never the other way', async () => {
    const { site, wren } = await desk();
    const [one, two] = [newPublicId(), newPublicId()];
    expect(await saysKept(await autosave(site, wren, one, { sequence: 2, fields: text('Second') }))).toEqual({
      saved: 2,
    });
    expect(await saysKept(await autosave(site, wren, one, { sequence: 1, fields: text('First') }))).toEqual({
      saved: 2,
      other: true,
    });
    expect(await saysKept(await autosave(site, wren, one, { sequence: 3, fields: text('Third') }))).toEqual({
      saved: 3,
    });
    await autosave(site, wren, two, { fields: text('Another tab') });
    expect((await rows(site)).map((row) => row.fields).toSorted()).toEqual([
      '[["text","Another tab"]]',
      '[["text","Third"]]',
    ]);
    // An emptied form leaves the last words that stood in it.
    expect(await saysKept(await autosave(site, wren, one, { sequence: 4, fields: text(' ') }))).toEqual({ saved: 4 });
    expect((await rows(site)).map((row) => row.opening).toSorted()).toEqual(['Another tab', 'Third']);
  });

  test('waits on the form and among the drafts, is taken up, compared, saved, and then waits no more', async () => {
    const { site, wren } = await desk();
    const work = await serial(site, [wren]);
    const sheet = newPublicId();
    const fields: [string, string][] = [
      ['chapterTitle', 'Rain'],
      ['text', '<p>It rained, and the bees slept.</p>'],
      ['format', 'html'],
    ];
    await autosave(site, wren, sheet, { place: work.form, base: 1, sequence: 7, fields });
    const form = await page(site, work.form, wren);
    expect(form).toContain('You have text that was not saved, from 2026-11-03, 12:00 UTC.');
    expect(form).not.toContain('and the bees slept');
    expect(await page(site, '/drafts', wren)).toContain(`/unsaved/${sheet}`);
    const compared = await page(site, `/unsaved/${sheet}`, wren);
    expect(compared).toContain('<ins>');
    expect(compared).toContain('and the bees slept');
    const filled = await page(site, `${work.form}?typed=${sheet}`, wren);
    expect(filled).toContain('value="Rain"');
    expect(filled).toContain('and the bees slept');
    expect(filled).toContain(`name="continues" value="${sheet}.7"`);
    expect(filled).not.toContain('You have text that was not saved');
    const sent: Fields = {
      ...Object.fromEntries(fields),
      sheet: sheetIn(filled),
      continues: `${sheet}.7`,
      revision: '1',
    };
    expect((await site.post(work.form, { ...sent, ...press('save') }, wren)).status).toBe(303);
    expect(await rows(site)).toEqual([]);
    expect(await page(site, work.form, wren)).not.toContain('You have text that was not saved');
  });

  test('that came after what a save or a new sheet took along stays', async () => {
    const { site, wren } = await desk();
    const work = await serial(site, [wren]);
    const [first, second] = [newPublicId(), newPublicId()];
    const place = work.form;
    await autosave(site, wren, first, { place, base: 1, sequence: 5, fields: text('Five') });
    await autosave(site, wren, second, {
      place,
      base: 1,
      fields: text('Five!'),
      continues: { sheet: first, sequence: 4 },
    });
    expect(await rows(site)).toHaveLength(2);
    // The answer to a save was slow, and its writer typed on.
    const slow = { sheet: first, sequence: '4', text: 'Four', revision: '1' };
    expect((await site.post(place, slow, wren)).status).toBe(303);
    expect((await rows(site)).map((row) => row.opening).toSorted()).toEqual(['Five', 'Five!']);
    // What was on its way when the form was saved comes too late, and does not wait again.
    await site.post(place, { sheet: second, sequence: '3', text: 'Three', revision: '2' }, wren);
    const late = async (sent: Sent) => saysKept(await autosave(site, wren, second, { place, ...sent }));
    expect(await late({ sequence: 3, fields: text('Three') })).toEqual({ saved: 3, over: true });
    expect(await late({ sequence: 2 })).toEqual({ saved: 3, other: true });
    expect((await rows(site)).map((row) => row.opening)).toEqual(['Five']);
  });

  test('is taken from the page of the account that is signed in now, and of no other', async () => {
    const { site, wren, robin } = await desk();
    const device = await deviceKey(site.ground.db.reads, wren.viewer.accountId);
    const answer = await autosave(site, robin, newPublicId(), { device });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      reason: 'Another account is signed in in this browser now.',
      another: true,
    });
    expect(await rows(site)).toEqual([]);
    expect(await page(site, '/works/new', wren)).toContain(`data-device="${device}"`);
    expect((await autosave(site, wren, newPublicId(), { device })).status).toBe(200);
  });

  test('on one sheet in two tabs is told apart: what was acknowledged is never replaced by what is older or beside it', async () => {
    const { site, wren } = await desk();
    const sheet = newPublicId();
    const sent = async (sequence: number, words: string) =>
      saysKept(await autosave(site, wren, sheet, { sequence, fields: text(words) }));
    expect(await sent(9, 'Nine\r\nlines')).toEqual({ saved: 9 });
    // Sent again, as after an answer that was lost.
    expect(await sent(9, 'Nine\nlines')).toEqual({ saved: 9 });
    expect(await sent(6, 'Six, in the other tab')).toEqual({ saved: 9, other: true });
    expect(await sent(9, 'Nine, in the other tab')).toEqual({ saved: 9, other: true });
    // Nothing is lost with nothing.
    expect(await sent(8, ' ')).toEqual({ saved: 9 });
    expect((await rows(site)).map((row) => row.opening)).toEqual(['Nine lines']);
  });

  test('from a tab that was duplicated never takes the place of the first one’s words, not by a save either', async () => {
    const { site, wren, pseud } = await desk();
    const [sheet, first, second] = [newPublicId(), newPublicId(), newPublicId()];
    const sent = async (sequence: number, writer: string, words: string) =>
      saysKept(await autosave(site, wren, sheet, { sequence, writer, fields: text(words) }));
    expect(await sent(9, first, 'Nine, in the first tab')).toEqual({ saved: 9 });
    expect(await sent(10, second, 'Ten, in the second tab')).toEqual({ saved: 9, other: true });
    expect(await sent(10, second, ' ')).toEqual({ saved: 10 });
    expect(await sent(10, first, 'Ten, in the first tab')).toEqual({ saved: 10 });
    expect((await rows(site)).map((row) => row.opening)).toEqual(['Ten, in the first tab']);
    const form = { sheet, sequence: '12', title: 'Second', pseuds: pseud, ...press('save') };
    expect((await site.post('/works/new', { ...form, writer: second }, wren)).status).toBe(303);
    expect((await rows(site)).map((row) => row.opening)).toEqual(['Ten, in the first tab']);
    // Words that are the same are no other’s.
    const other = newPublicId();
    await autosave(site, wren, other, { sequence: 1, writer: first, fields: text('Same') });
    const same = await autosave(site, wren, other, { sequence: 2, writer: second, fields: text('Same') });
    expect(await saysKept(same)).toEqual({ saved: 2 });
  });

  test('comes back from the archive under a new key, which takes along what it was sent from', async () => {
    const { site, wren, pseud } = await desk();
    const sheet = newPublicId();
    await autosave(site, wren, sheet, { sequence: 6, fields: text('Six') });
    const form = { sheet, sequence: '6', title: 'Six', text: 'Six', pseuds: pseud };
    const shown = await (await site.post('/works/new', { ...form, ...press('preview') }, wren)).text();
    const [key] = [sheetIn(shown)];
    expect(key).not.toBe(sheet);
    expect(shown).toContain(`name="continues" value="${sheet}.6"`);
    expect(shown).not.toContain('You have text that was not saved');
    // Gone back to, the first page types on; the second does not know of it, and leaves it alone.
    await autosave(site, wren, sheet, { sequence: 9, fields: text('Nine') });
    const beside = { fields: text('Six and a half'), continues: { sheet, sequence: 6 } };
    await autosave(site, wren, key, beside);
    expect((await rows(site)).map((row) => row.opening).toSorted()).toEqual(['Nine', 'Six and a half']);
    // Once more, before the second has sent anything of its own: it still goes on from the first.
    const again = { ...form, sheet: key, sequence: '0', continues: `${sheet}.6`, ...press('preview') };
    expect(await (await site.post('/works/new', again, wren)).text()).toContain(`name="continues" value="${sheet}.6"`);
    // Saved from both, it is one work, and the second is asked about.
    expect((await site.post('/works/new', form, wren)).status).toBe(303);
    const second = await site.post('/works/new', { ...again, ...press('save'), text: 'Six and a half' }, wren);
    expect(second.status).toBe(422);
    expect(await second.text()).toContain('This form was saved already');
    expect(await works(site)).toHaveLength(1);
  });

  test('is kept on though a co-creator deletes the chapter, and its form comes back to copy, for its writer alone', async () => {
    const { site, wren, robin } = await desk();
    const work = await serial(site, [wren, robin]);
    const sheet = newPublicId();
    const place = work.form;
    await autosave(site, wren, sheet, { place, base: 1, sequence: 1, fields: text('One') });
    await site.ground.db.write((tx) =>
      tx.updateTable('chapters').set({ deleted_at: START }).where('work_id', '=', work.id).execute(),
    );
    const further = await autosave(site, wren, sheet, { place, base: 1, sequence: 2, fields: text('One and two') });
    expect(await saysKept(further)).toEqual({ saved: 2 });
    // A sheet that nobody wrote on before has no place.
    expect((await autosave(site, wren, newPublicId(), { place, base: 1 })).status).toBe(404);
    const form = { sheet, sequence: '3', text: 'One, two <and> three', revision: '1' };
    const sent = await site.post(place, form, wren);
    expect(sent.status).toBe(404);
    const html = await sent.text();
    expect(html).toContain('Copy from here what you typed');
    expect(html).toContain('One, two &lt;and> three');
    expect(await page(site, `/unsaved/${sheet}`, wren)).toContain('One, two &lt;and> three');
    for (const who of [robin, site.owner]) {
      const other = await site.post(place, form, who);
      expect([other.status, (await other.text()).includes('three')]).toEqual([404, false]);
    }
    expect(await rows(site)).toHaveLength(1);
    // Filled with it before, and sent without a script.
    const taken = { ...form, sheet: newPublicId(), sequence: '0', continues: `${sheet}.3`, text: 'And four' };
    expect(await (await site.post(place, taken, wren)).text()).toContain('And four');
    expect((await rows(site)).map((row) => row.opening)).toEqual(['And four']);
  });

  test('is thrown away by its writer, as they saw it', async () => {
    const { site, wren, robin } = await desk();
    const sheet = newPublicId();
    await autosave(site, wren, sheet, { sequence: 2 });
    const away = (who: Person | null, seen: string) =>
      site.post(`/unsaved/${sheet}/deletion`, { seen, return: '//elsewhere.example' }, who);
    for (const who of [robin, null, site.owner]) expect((await away(who, '2')).status).toBe(404);
    expect((await away(wren, '1')).status).toBe(303);
    expect(await rows(site)).toHaveLength(1);
    const done = await away(wren, '2');
    expect([done.status, done.headers.get('location')]).toEqual([303, '/']);
    expect(await rows(site)).toEqual([]);
    // The tab is still open: what it had sent stays away, what it types now is kept.
    await autosave(site, wren, sheet, { sequence: 2 });
    expect(await rows(site)).toEqual([]);
    await autosave(site, wren, sheet, { sequence: 3 });
    expect(await rows(site)).toHaveLength(1);
    // Its form can still be saved as what it is: new.
    expect((await site.post('/works/new', { sheet, sequence: '3', title: 'New', pseuds: '' }, wren)).status).toBe(422);
  });

  test('is nobody else’s: not a co-creator’s, not a moderator’s, not the owner’s', async () => {
    const { site, wren, robin } = await desk();
    const work = await serial(site, [wren]);
    await addCreator(site, work.id, robin, 'accepted');
    const moderator = await site.person('hellebore', ['member', 'moderator']);
    const sheet = newPublicId();
    await autosave(site, wren, sheet, { place: work.form, base: 1, fields: text('Quietly said') });
    for (const who of [robin, moderator, site.owner, null]) {
      expect((await site.get(`/unsaved/${sheet}`, who)).status).toBe(404);
      for (const path of [`${work.form}?typed=${sheet}`, '/drafts', `/works/new?typed=${sheet}`])
        expect(await page(site, path, who)).not.toContain('Quietly said');
    }
    // The same key in other hands is another sheet.
    await autosave(site, robin, sheet, { place: work.form, base: 1, fields: text('Loudly said') });
    expect(await page(site, `/unsaved/${sheet}`, wren)).toContain('Quietly said');
    expect(await page(site, `/unsaved/${sheet}`, robin)).not.toContain('Quietly said');
  });

  test('is taken only from who may write there, and refused by a sentence where it is too much', async () => {
    const { site, wren, robin } = await desk();
    const work = await serial(site, [wren]);
    const status = async (who: Person | null, sent: Sent, headers = {}) =>
      (await autosave(site, who, newPublicId(), sent, headers)).status;
    expect(await status(null, {})).toBe(401);
    expect(await status(robin, { place: work.form })).toBe(404);
    expect(await status(robin, { place: '/works/zzzzzzzzzz/edit' })).toBe(404);
    expect(await status(wren, { place: '/account' })).toBe(404);
    expect(await status(wren, { sequence: 0 })).toBe(400);
    expect(await status(wren, { fields: [['<b>', 'x']] })).toBe(400);
    expect(await status(wren, { fields: text('x'.repeat(4 * 1024 * 1024)) })).toBe(413);
    expect(await status(wren, { fields: text('語'.repeat(510_000)) })).toBe(200);
    expect(await status(wren, {}, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect((await autosave(site, wren, 'no-key', {})).status).toBe(400);
    expect(await rows(site)).toHaveLength(1);
  });

  test('is kept on when somebody is suspended over it, to read, to take out and to throw away, and becomes nothing', async () => {
    const { site, wren, robin } = await desk();
    const [own, other] = [await serial(site, [wren]), await serial(site, [robin])];
    const [fresh, chapter] = [newPublicId(), newPublicId()];
    await autosave(site, wren, fresh, { fields: text('Before it.') });
    await suspend(site, wren);
    expect((await autosave(site, wren, fresh, { sequence: 2, fields: text('Before it, and after.') })).status).toBe(
      200,
    );
    expect((await autosave(site, wren, chapter, { place: own.form, fields: text('In the chapter.') })).status).toBe(
      200,
    );
    expect((await autosave(site, wren, newPublicId(), { place: other.form })).status).toBe(404);
    const drafts = await page(site, '/drafts', wren);
    expect(drafts).toContain('Before it, and after.');
    expect(drafts).not.toContain('Take it up');
    const shown = await page(site, `/unsaved/${fresh}`, wren);
    expect(shown).toContain('Before it, and after.');
    expect(shown).not.toContain('Take it up');
    const taken = await site.post('/account/take-out', {}, wren);
    expect(Buffer.from(await taken.arrayBuffer()).includes('unsaved.json')).toBe(true);
    for (const path of ['/works/new', own.form]) {
      const sent = await site.post(path, { sheet: fresh, title: 'Rain', text: 'A <heron> & more.' }, wren);
      expect(sent.status).toBe(403);
      const html = await sent.text();
      expect(html).toContain('Nothing was saved. While your account is suspended or banned, you can read');
      expect(html).toMatch(/>\s*A &lt;heron> &amp; more\.<\/textarea>/);
      expect(html).toMatch(/>\s*Rain<\/textarea>/);
      expect(html).not.toContain('Send it again');
    }
    expect(await works(site)).toHaveLength(2);
    const thrown = await site.post(`/unsaved/${fresh}/deletion`, { seen: '2' }, wren);
    expect(thrown.status).toBe(303);
    expect((await rows(site)).map((row) => row.opening)).toEqual(['In the chapter.']);
  });

  test('is refused in JSON to its script, whatever refuses it', async () => {
    const { site, wren } = await desk();
    const crossed = await autosave(site, wren, newPublicId(), {}, { 'sec-fetch-site': 'cross-site' });
    expect(crossed.status).toBe(403);
    expect(((await crossed.json()) as { reason: string }).reason).toContain('another site');
    const large = await autosave(site, wren, newPublicId(), { fields: text('x'.repeat(9 * 1024 * 1024)) });
    expect(large.status).toBe(413);
    expect(large.headers.get('content-type')).toContain('json');
  });

  test('is never pushed out by more: past the number that can wait, the next is refused', async () => {
    const { site, wren } = await desk();
    await site.ground.db.write(async (tx) => {
      for (let index = 0; index < AUTOSAVES; index += 1) {
        await tx
          .insertInto('autosaves')
          .values({
            account_id: wren.viewer.accountId,
            sheet: newPublicId(),
            place: 'new-work',
            work_id: null,
            chapter_id: null,
            base: 0,
            sequence: 1,
            opening: `No. ${index}`,
            fields: '[]',
            bytes: 2,
            saved_at: START,
          })
          .execute();
      }
    });
    const refused = await autosave(site, wren, newPublicId(), {});
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as { reason: string }).reason).toContain('Too many texts wait unsaved.');
    expect(await rows(site)).toHaveLength(AUTOSAVES);
    const [first] = await rows(site);
    expect((await autosave(site, wren, first?.sheet ?? '', { sequence: 2 })).status).toBe(200);
  });

  test('outlives its chapter and its writer’s place in the byline, to copy from, and goes with the account', async () => {
    const { site, wren, robin } = await desk();
    const work = await serial(site, [wren]);
    const sheet = newPublicId();
    await autosave(site, wren, sheet, { place: work.form, base: 1, fields: text('Still mine') });
    await site.ground.db.write((tx) =>
      tx.updateTable('work_creators').set({ pseud_id: robin.pseudId }).where('work_id', '=', work.id).execute(),
    );
    const shown = await page(site, `/unsaved/${sheet}`, wren);
    expect(shown).toContain('Still mine');
    expect(shown).not.toContain(work.title);
    expect((await site.get(`${work.form}?typed=${sheet}`, wren)).status).toBe(404);
    await site.ground.db.write((tx) => tx.deleteFrom('chapters').where('work_id', '=', work.id).execute());
    expect(await page(site, `/unsaved/${sheet}`, wren)).toContain('Still mine');
    await site.ground.db.write(async (tx) => {
      for (const feature of site.features.toReversed())
        await feature.erase?.account?.(tx, START, wren.viewer.accountId);
    });
    expect(await rows(site)).toEqual([]);
  });
});

describe('a form that is sent twice', () => {
  test('makes one draft, whether the second comes after the first or at once; with other words it is asked about', async () => {
    const { site, wren, pseud } = await desk();
    const sheet = sheetIn(await page(site, '/works/new', wren));
    const form = { sheet, title: 'The Bees', pseuds: pseud, ...press('save') };
    const both = await Promise.all([site.post('/works/new', form, wren), site.post('/works/new', form, wren)]);
    const third = await site.post('/works/new', form, wren);
    expect(new Set([...both, third].map((answer) => `${answer.status} ${answer.headers.get('location')}`)).size).toBe(
      1,
    );
    expect(third.status).toBe(303);
    expect(await works(site)).toHaveLength(1);
    const more = await site.post('/works/new', { ...form, text: 'Typed after going back.' }, wren);
    expect(more.status).toBe(422);
    const html = await more.text();
    expect(html).toContain('This form was saved already');
    expect(html).toContain('Typed after going back.');
    expect(sheetIn(html)).not.toBe(sheet);
    expect(await works(site)).toHaveLength(1);
    expect((await site.post('/works/new', { ...form, sheet: sheetIn(html), text: 'Typed.' }, wren)).status).toBe(303);
    expect(await works(site)).toHaveLength(2);
  });

  test('makes one chapter, and one revision', async () => {
    const { site, wren } = await desk();
    const work = await serial(site, [wren]);
    const fresh = `/works/${work.publicId}/chapters/new`;
    const chapter = { sheet: newPublicId(), text: 'Two.', ...press('save') };
    for (let time = 0; time < 2; time += 1) expect((await site.post(fresh, chapter, wren)).status).toBe(303);
    expect((await site.post(fresh, { ...chapter, text: 'Three.' }, wren)).status).toBe(422);
    const edit = { sheet: newPublicId(), text: 'One.', revision: '1' };
    for (let time = 0; time < 2; time += 1) expect((await site.post(work.form, edit, wren)).status).toBe(303);
    const chapters = await site.ground.db.reads.selectFrom('chapters').select('revision').orderBy('id').execute();
    expect(chapters.map((row) => row.revision)).toEqual([2, 1]);
  });

  test('says so where something else was saved in between, and shows both; saved once more, its own stands', async () => {
    const { site, wren, robin } = await desk();
    const work = await serial(site, [wren, robin]);
    const first = { sheet: newPublicId(), text: 'It rained in Kent.', revision: '1', ...press('save') };
    expect((await site.post(work.form, first, wren)).status).toBe(303);
    expect((await site.post(work.form, { text: 'It rained in Sussex.', revision: '2' }, robin)).status).toBe(303);
    const twice = await site.post(work.form, first, wren);
    expect(twice.status).toBe(422);
    const html = await twice.text();
    expect(html).toContain('This form was saved already, and the chapter was saved again since');
    expect(html).toContain('<del>Sussex</del>');
    expect(html).toContain('<ins>Kent</ins>');
    const again = { ...first, sheet: sheetIn(html), continues: `${first.sheet}.0`, revision: '3' };
    expect((await site.post(work.form, again, wren)).status).toBe(303);
    expect((await site.ground.db.reads.selectFrom('chapters').select('revision').execute())[0]?.revision).toBe(4);
  });

  test('of what is said about a work is told of a change since, and of the chapter or the work it made, too', async () => {
    const { site, wren, pseud } = await desk();
    const work = await serial(site, [wren]);
    const path = `/works/${work.publicId}/edit`;
    const version = async () => /name="version" value="(\d+)"/.exec(await page(site, path, wren))?.[1] ?? '';
    const said = { rating: 'general', warnings: 'none', language: 'en', status: 'in-progress', fandoms: 'Dracula' };
    const form = { ...said, plannedChapters: '?', title: work.title, ...press('save') };
    const first = { ...form, sheet: newPublicId(), version: await version(), summary: 'About bees.' };
    for (let time = 0; time < 2; time += 1) expect((await site.post(path, first, wren)).status).toBe(303);
    await site.post(path, { ...form, version: await version(), summary: 'About wasps.' }, wren);
    const twice = await site.post(path, first, wren);
    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain('<ins>bees</ins>');
    const fresh = { sheet: newPublicId(), title: 'New', pseuds: pseud, ...press('save') };
    const told = async () => {
      const answer = await site.post('/works/new', fresh, wren);
      return Buffer.from(
        /notice=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '',
        'base64url',
      ).toString();
    };
    expect(await told()).toContain('Your draft is saved.');
    expect(await told()).toContain('Your draft is saved.');
    await site.ground.db.write((tx) =>
      tx.updateTable('works').set({ version: 99 }).where('title', '=', 'New').execute(),
    );
    expect(await told()).toContain('The work has been changed since');
  });

  test('with a sheet of somebody else’s is their own all the same', async () => {
    const { site, wren, robin, pseud } = await desk();
    const sheet = newPublicId();
    await site.post('/works/new', { sheet, title: 'Mine', pseuds: pseud }, wren);
    const { public_id: other } = await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', robin.pseudId)
      .executeTakeFirstOrThrow();
    expect((await site.post('/works/new', { sheet, title: 'Theirs', pseuds: other }, robin)).status).toBe(303);
    expect((await works(site)).map((work) => work.title)).toEqual(['Mine', 'Theirs']);
  });
});

describe('two tabs', () => {
  test('on one chapter: the later save shows both texts, side by side too', async () => {
    const { site, wren } = await desk();
    const work = await serial(site, [wren]);
    await site.post(work.form, { sheet: newPublicId(), text: 'It rained in Sussex.', revision: '1' }, wren);
    const late = await site.post(work.form, { sheet: newPublicId(), text: 'It rained in Kent.', revision: '1' }, wren);
    expect(late.status).toBe(422);
    const html = await late.text();
    expect(html).toContain('As it was saved meanwhile, and yours');
    expect(html).toContain('<del>Sussex</del>');
    expect(html).toContain('<ins>Kent</ins>');
  });

  test('on what is said about a work: the later save shows what was saved beside it', async () => {
    const { site, wren } = await desk();
    const work = await serial(site, [wren]);
    const path = `/works/${work.publicId}/edit`;
    const version = /name="version" value="(\d+)"/.exec(await page(site, path, wren))?.[1] ?? '';
    const said = { rating: 'general', warnings: 'none', language: 'en', status: 'in-progress', fandoms: 'Dracula' };
    const form = { ...said, plannedChapters: '?', title: work.title, version };
    expect((await site.post(path, { ...form, summary: 'About bees.' }, wren)).status).toBe(303);
    const late = await site.post(path, { ...form, summary: 'About wasps.' }, wren);
    expect(late.status).toBe(422);
    const html = await late.text();
    expect(html).toContain('<del>bees</del>');
    expect(html).toContain('<ins>wasps</ins>');
  });
});

describe('a form of somebody who is signed out', () => {
  const PASSWORD = 'four herons under ice';

  /** Signs out in between, sends a form, and answers with the page that asks to sign in. */
  async function sentSignedOut(site: TestSite, path: string, fields: Fields) {
    const answer = await site.post(path, fields, null);
    const html = await answer.text();
    const typed = (/name="typed" value="([^"]*)"/.exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
    return { answer, html, typed };
  }
  const signIn = (site: TestSite, name: string, back: string, typed: string, password = PASSWORD) =>
    site.post('/sign-in', { name, password, return: back, typed });
  const personOf = (answer: Response, person: Person): Person => {
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('session='));
    return { ...person, cookie: cookie?.split(';')[0] ?? '' };
  };

  test('comes back filled in once they are signed in, with nothing saved, after a wrong password too', async () => {
    const { site, wren } = await desk();
    await secureAccount(site, wren, 'wren_signs_in', PASSWORD);
    const work = await serial(site, [wren]);
    const sheet = sheetIn(await page(site, work.form, wren));
    const long = 'A "quoted" <b>word</b> & more.\n\n'.repeat(4000);
    const { answer, html, typed } = await sentSignedOut(site, work.form, { sheet, revision: '1', text: long });
    expect(answer.status).toBe(401);
    expect(html).toContain('You were signed out before this was saved.');
    expect(html).not.toContain('<b>word</b>');
    // No link leads away from what is carried along.
    for (const door of ['/sign-in/recovery', '/forgotten', '/join']) expect(html).not.toContain(`href="${door}"`);
    const wrong = await signIn(site, 'wren_signs_in', work.form, typed, 'not this one at all');
    expect(wrong.status).toBe(422);
    const onceMore = await wrong.text();
    expect(onceMore).toContain('name="typed"');
    expect(onceMore).not.toContain('href="/sign-in/recovery"');
    const signedIn = await signIn(site, 'wren_signs_in', work.form, typed);
    expect(signedIn.status).toBe(303);
    const back = signedIn.headers.get('location') ?? '';
    expect(back).toBe(`${work.form}?typed=${sheet}`);
    const notice = signedIn.headers.getSetCookie().find((one) => one.startsWith('notice=')) ?? '';
    const cookie = `${personOf(signedIn, wren).cookie}; ${notice.split(';')[0]}`;
    const form = await page(site, back, { ...wren, cookie });
    expect(form).toContain('You are signed in again. Nothing is saved yet');
    expect(form).toContain('A &quot;quoted&quot; &lt;b>word&lt;/b> &amp; more.');
    const revisions = await site.ground.db.reads.selectFrom('chapter_revisions').select('id').execute();
    expect(revisions).toHaveLength(1);
  });

  test('of a work that the account which signs in does not write is shown to copy, and leads nowhere', async () => {
    const { site, wren, robin } = await desk();
    await secureAccount(site, robin, 'robin_signs_in', PASSWORD);
    const work = await serial(site, [wren]);
    const { typed } = await sentSignedOut(site, work.form, {
      sheet: newPublicId(),
      revision: '1',
      text: 'Mine <alone>',
    });
    const answer = await signIn(site, 'robin_signs_in', work.form, typed);
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).toContain('Mine &lt;alone>');
    expect(html).not.toContain(work.title);
    expect(await rows(site)).toEqual([]);
    // Who is suspended meanwhile gets the words back, and why.
    await secureAccount(site, wren, 'wren_signs_in', PASSWORD);
    await suspend(site, wren);
    const held = await signIn(site, 'wren_signs_in', work.form, typed);
    expect(held.status).toBe(404);
    const told = await held.text();
    expect(told).toContain('while your account is suspended or banned');
    expect(told).toContain('Mine &lt;alone>');
    // A new work is theirs to go on with.
    const fresh = await sentSignedOut(site, '/works/new', { sheet: newPublicId(), text: 'Anybody’s' });
    const taken = await signIn(site, 'robin_signs_in', '/works/new', fresh.typed);
    expect(taken.headers.get('location')).toMatch(/^\/works\/new\?typed=\w{10}$/);
  });

  test('is told the same of a hidden work as of one that never was, and no other address carries anything', async () => {
    const { site, wren } = await desk();
    await secureAccount(site, wren, 'wren_signs_in', PASSWORD);
    const work = await serial(site, [wren]);
    const sheet = newPublicId();
    const never = work.form.replace(work.publicId, 'zzzzzzzzzz');
    const essence = async (path: string) =>
      (await (await site.post(path, { sheet, text: 'x' }, null)).text()).replaceAll(path, '…');
    expect(await essence(work.form)).toBe(await essence(never));
    // Without a sheet it is nobody's form.
    expect((await site.post(work.form, { text: 'x' }, null)).status).toBe(404);
    for (const back of ['https://elsewhere.example/works/new', '//elsewhere.example', '/account']) {
      const answer = await signIn(site, 'wren_signs_in', back, '[["text","x"]]');
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(back === '/account' ? '/account' : '/');
    }
    for (const typed of [
      '',
      'no json',
      '{"a":1}',
      '[["a"]]',
      JSON.stringify(Array.from({ length: 600 }, () => ['a', 'b'])),
    ])
      expect((await signIn(site, 'wren_signs_in', '/works/new', typed)).headers.get('location')).toBe('/works/new');
    expect(await rows(site)).toEqual([]);
  });
});

test('signing out asks the browser to forget what it keeps', async () => {
  const { site, wren } = await desk();
  expect((await site.post('/sessions/end', {}, wren)).headers.get('clear-site-data')).toContain('"storage"');
});

test('places have one address each, and nothing else is a place', () => {
  for (const path of ['/works/new', '/works/0123456789/edit', '/works/0123456789/chapters/new']) {
    const place = placeFrom(path);
    expect(place && placePath(place)).toBe(path);
  }
  for (const path of ['/works', '/works/new/', '/works/0123456789/delete', 'https://a.example/works/new', '/account'])
    expect(placeFrom(path)).toBe(null);
  expect(carriedForm(JSON.stringify([['text', 'a&b=c']]))?.one('text')).toBe('a&b=c');
  expect(
    formOf([
      ['warnings', 'a'],
      ['warnings', 'b'],
    ]).all('warnings'),
  ).toEqual(['a', 'b']);
});
