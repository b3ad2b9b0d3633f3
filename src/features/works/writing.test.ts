/** Writing over HTTP: a new work as a draft and posted, chapters added, edited in two tabs, arranged, dated and taken back. */
import { describe, expect, test } from 'vitest';
import { makeWork, type CastWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { jobRunner } from '../../platform/jobs/runner.ts';
import { addRevision } from './drafts.actions.ts';
import { NO_TEXT } from './work.ts';
import { CHAPTER_CHARACTERS, SUMMARY_CHARACTERS } from '../site/index.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 3, 12, 0);
type Fields = Record<string, string | readonly string[]>;

const pressed = (button: string): Fields => Object.fromEntries(new URLSearchParams(`then=${button}`));
const WHOLE: Fields = {
  title: 'The Bees',
  language: 'en',
  rating: 'general',
  warnings: ['none'],
  fandoms: 'Sherlock Holmes',
  plannedChapters: '1',
  status: 'in-progress',
  format: 'html',
  text: 'It rained in Sussex.',
};

/** An archive with a clock of its own and a writer in it. */
async function desk() {
  const clock = { at: START };
  const site = await testSite({ now: () => clock.at });
  const wren = await site.person('wren');
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', wren.pseudId)
    .executeTakeFirstOrThrow();
  return { site, wren, pseud, clock };
}

const worksOf = (site: TestSite) => site.ground.db.reads.selectFrom('works').selectAll().orderBy('id').execute();
const rowOf = (site: TestSite, id: number) =>
  site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const chaptersOf = (site: TestSite, workId: number) =>
  site.ground.db.reads.selectFrom('chapters').selectAll().where('work_id', '=', workId).orderBy('position').execute();
const page = async (site: TestSite, path: string, as: Person | null) => (await site.get(path, as)).text();
const runJobs = (site: TestSite) =>
  jobRunner(
    site.ground.db,
    site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []),
    site.ground.now,
    (_job, error) => {
      throw error;
    },
  ).runDue();
const THREE = ['<p>One.</p>', '<p>Two.</p>', '<p>Three.</p>'];

async function chaptered(site: TestSite, wren: Person, state: 'draft' | 'posted' = 'posted') {
  const work = await makeWork(site, { by: [wren], chapters: THREE }, { state });
  const base = `/works/${work.publicId}/chapters`;
  const ids = (await chaptersOf(site, work.id)).map((row) => row.public_id) as [string, string, string];
  return { ...work, base, ids };
}
const titles = async (site: TestSite, work: CastWork, as: Person | null) =>
  (
    (await (await site.get(`/api/v1/works/${work.publicId}`, as)).json()) as { chapters: { title: string }[] }
  ).chapters.map((one) => one.title);

describe('a new work', () => {
  test('is a draft with a text alone, or a title alone, and nobody else sees it', async () => {
    const { site, wren, pseud } = await desk();
    expect(await page(site, '/works/new', wren)).toContain('Save draft');
    const saved = await site.post('/works/new', { pseuds: pseud, text: 'It rained.', ...pressed('save') }, wren);
    expect(saved.status).toBe(303);
    expect((await site.post('/works/new', { pseuds: pseud, title: 'A Title' }, wren)).status).toBe(303);
    const [first, second] = await worksOf(site);
    expect(first).toMatchObject({ state: 'draft', title: '', words: 2, language: null });
    expect(second).toMatchObject({ state: 'draft', title: 'A Title', words: 0 });
    const address = saved.headers.get('location') ?? '';
    expect(await page(site, address, wren)).toContain('It rained.');
    for (const who of [site.owner, null]) expect((await site.get(address, who)).status).toBe(404);
  });

  test('is posted at once when all is there, signed by the pseud that was chosen and no other', async () => {
    const { site, wren, pseud } = await desk();
    const others = await site.ground.db.reads
      .selectFrom('pseuds')
      .select('public_id')
      .where('id', '=', site.owner.pseudId)
      .executeTakeFirstOrThrow();
    const signed = { ...WHOLE, pseuds: [pseud, others.public_id], ...pressed('post') };
    const answer = await site.post('/works/new', signed, wren);
    expect(answer.status).toBe(303);
    const shown = await page(site, answer.headers.get('location') ?? '', null);
    expect(shown).toContain('It rained in Sussex.');
    const [row] = await worksOf(site);
    expect(row).toMatchObject({ state: 'posted', posted_chapters: 1, posted_at: START, updated_at: START, words: 4 });
    const names = await site.ground.db.reads.selectFrom('work_creators').select('pseud_id').execute();
    expect(names).toEqual([{ pseud_id: wren.pseudId }]);
    await site.follow();
    expect(await page(site, '/works', null)).toContain('The Bees');
  });

  test('that lacks something comes back as it was typed, and nothing is written', async () => {
    const { site, wren, pseud } = await desk();
    const { rating: _rating, text: _text, ...some } = WHOLE;
    const answer = await site.post(
      '/works/new',
      { ...some, pseuds: pseud, notes: 'For <Oona>', ...pressed('post') },
      wren,
    );
    expect(answer.status).toBe(422);
    const html = await answer.text();
    for (const said of [
      'A posted work needs a rating.',
      'A posted work needs a text.',
      'value="The Bees"',
      'For &lt;Oona>',
    ])
      expect(html).toContain(said);
    expect((await site.post('/works/new', { pseuds: pseud }, wren)).status).toBe(422);
    expect(await worksOf(site)).toEqual([]);
  });

  test('over a limit is refused with what it has; at the limit it is kept', async () => {
    const { site, wren, pseud } = await desk();
    const send = (fields: Fields) => site.post('/works/new', { title: 'Long', pseuds: pseud, ...fields }, wren);
    const html = (characters: number) => `<p>${'x'.repeat(characters - '<p></p>'.length)}</p>`;
    expect((await send({ summary: html(SUMMARY_CHARACTERS) })).status).toBe(303);
    expect((await send({ summary: html(SUMMARY_CHARACTERS + 1) })).status).toBe(422);
    const long = await send({ text: html(CHAPTER_CHARACTERS + 1) });
    expect(long.status).toBe(422);
    expect(await long.text()).toContain('A chapter has at most 510000 characters');
    expect((await send({ title: 'x'.repeat(256) })).status).toBe(422);
    expect((await send({ chapterTitle: 'x'.repeat(256), text: 'x' })).status).toBe(422);
    expect(await worksOf(site)).toHaveLength(1);
  });

  test('is previewed as it will be read, and nothing is written', async () => {
    const { site, wren, pseud } = await desk();
    const text = '*softly* <script>alert(1)</script>';
    const answer = await site.post(
      '/works/new',
      { ...WHOLE, text, format: 'markdown', pseuds: pseud, ...pressed('preview') },
      wren,
    );
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('<em>softly</em>');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('*softly* &lt;script>');
    expect(html).toContain('value="markdown" checked');
    expect(await worksOf(site)).toEqual([]);
  });

  test('that was posted elsewhere long ago bears that day, and stands there in lists', async () => {
    const { site, wren, pseud } = await desk();
    const day = Date.UTC(1987, 3, 5);
    await site.post('/works/new', { ...WHOLE, pseuds: pseud, postedOn: '1987-04-05', ...pressed('post') }, wren);
    expect((await worksOf(site))[0]).toMatchObject({ state: 'posted', posted_at: day, updated_at: day });
    expect(
      (await site.post('/works/new', { ...WHOLE, pseuds: pseud, postedOn: '2026-11-04', ...pressed('post') }, wren))
        .status,
    ).toBe(422);
  });
});

describe('a chapter', () => {
  test('is added as a draft, and posted moves the work up; posted silently it stays in its place', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    clock.at += DAY;
    expect(
      (await site.post(`${work.base}/new`, { chapterTitle: 'Four', text: 'Four words are here' }, wren)).status,
    ).toBe(303);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_chapters: 3, planned_chapters: 3, updated_at: START });
    expect(await titles(site, work, null)).toHaveLength(3);
    const four = (await chaptersOf(site, work.id))[3]?.public_id;
    await site.post(`${work.base}/${four}/publication`, { silently: 'on' }, wren);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_chapters: 4, planned_chapters: 4, updated_at: START });
    clock.at += DAY;
    await site.post(`${work.base}/new`, { chapterTitle: 'Five', text: 'Five.', ...pressed('post') }, wren);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_chapters: 5, updated_at: START + 2 * DAY });
    expect(await titles(site, work, null)).toEqual(['Part 1', 'Part 2', 'Part 3', 'Four', 'Five']);
  });

  test('is not posted without a text, nor alone from a draft of a work', async () => {
    const { site, wren } = await desk();
    const work = await chaptered(site, wren);
    const empty = await site.post(`${work.base}/new`, { chapterTitle: 'Empty', ...pressed('post') }, wren);
    expect(empty.status).toBe(422);
    expect(await chaptersOf(site, work.id)).toHaveLength(3);
    const draft = await chaptered(site, wren, 'draft');
    await site.post(`${draft.base}/${draft.ids[0]}/publication`, {}, wren);
    expect((await chaptersOf(site, draft.id)).map((row) => row.state)).toEqual(['draft', 'draft', 'draft']);
  });

  test('that two tabs edit is saved once; the second is shown both texts, and can still save', async () => {
    const { site, wren } = await desk();
    const work = await chaptered(site, wren);
    const path = `${work.base}/${work.ids[0]}/edit`;
    const mine = { revision: '1', text: '<p>Mine, from one tab.</p>' };
    const yours = { revision: '1', text: '<p>Yours, from the other.</p>' };
    expect((await site.post(path, mine, wren)).status).toBe(303);
    const stale = await site.post(path, yours, wren);
    expect(stale.status).toBe(422);
    const html = await stale.text();
    for (const said of [
      'Mine, from one tab.',
      'Yours, from the other.',
      'saved meanwhile',
      'name="revision" value="2"',
    ])
      expect(html).toContain(said);
    expect((await site.post(path, { ...yours, revision: '2' }, wren)).status).toBe(303);
    expect((await chaptersOf(site, work.id))[0]).toMatchObject({ revision: 3 });
    expect(await page(site, `/works/${work.publicId}`, null)).toContain('Yours, from the other.');
  });

  test('keeps every revision; saving without a change makes none; any can be compared and restored', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    const path = `${work.base}/${work.ids[0]}`;
    clock.at += DAY;
    await site.post(`${path}/edit`, { revision: '1', chapterTitle: 'Part 1', text: '<p>One.</p>' }, wren);
    expect((await chaptersOf(site, work.id))[0]?.revision).toBe(1);
    await site.post(`${path}/edit`, { revision: '1', chapterTitle: 'Part 1', text: '<p>One kettle.</p>' }, wren);
    const compared = await page(site, `${path}/revisions`, wren);
    expect(compared).toMatch(/<ins>[^<]*kettle/);
    expect((await site.post(`${path}/revisions`, { number: '1', revision: '1' }, wren)).status).toBe(303);
    expect((await chaptersOf(site, work.id))[0]?.revision).toBe(2);
    await site.post(`${path}/revisions`, { number: '1', revision: '2' }, wren);
    expect((await chaptersOf(site, work.id))[0]?.revision).toBe(3);
    const shown = await page(site, `/works/${work.publicId}`, null);
    expect(shown).toContain('One.');
    expect(shown).not.toContain('kettle');
    expect((await rowOf(site, work.id)).updated_at).toBe(START);
    for (const who of [site.owner, null]) expect((await site.get(`${path}/revisions`, who)).status).toBe(404);
  });

  test('says what readers should know before it; that is compared, restored, and kept where a chapter is cut', async () => {
    const { site, wren } = await desk();
    const work = await chaptered(site, wren);
    const path = `${work.base}/${work.ids[1]}`;
    const text = '<p>Two.</p><p>And <b>more</b>.</p>';
    const told = { revision: '1', text, chapterWarnings: ' Needles &\n <i>blood</i> ' };
    expect((await site.post(`${path}/edit`, told, wren)).status).toBe(303);
    const shown = '<span lang="en" dir="ltr">Needles &amp; &lt;i>blood&lt;/i></span>';
    for (const reads of [`/works/${work.publicId}/x/chapters/${work.ids[1]}`, `/works/${work.publicId}/x/entire`])
      expect((await page(site, reads, null)).split(shown)).toHaveLength(2);
    expect(await page(site, `${path}/edit`, wren)).toContain('value="Needles &amp; &lt;i>blood&lt;/i>"');
    const warned = async () =>
      (
        (await (await site.get(`/api/v1/works/${work.publicId}`, null)).json()) as { chapters: { warnings: string }[] }
      ).chapters.map((one) => one.warnings);
    expect(await warned()).toEqual(['', 'Needles & <i>blood</i>', '']);
    await site.post(`${path}/edit`, { revision: '2', text, chapterWarnings: 'Needles' }, wren);
    expect(await page(site, `${path}/revisions`, wren)).toContain('Warnings');
    await site.post(`${path}/revisions`, { number: '2', revision: '3' }, wren);
    expect(await warned()).toEqual(['', 'Needles & <i>blood</i>', '']);
    await site.post(`${path}/split`, { at: '1', title: 'Later', revision: '4' }, wren);
    expect(await warned()).toEqual(['', 'Needles & <i>blood</i>', 'Needles & <i>blood</i>', '']);
    // What comes in anew from a file says nothing of warnings, and so leaves them.
    const { id } = (await chaptersOf(site, work.id))[1] ?? { id: 0 };
    const again = { title: '', format: 'html', rules: 1, words: 1, postedAt: null } as const;
    const texts = {
      summary: NO_TEXT,
      notes: NO_TEXT,
      endNotes: NO_TEXT,
      text: { source: 'Anew.', html: '<p>Anew.</p>' },
    };
    await site.ground.db.write((tx) => addRevision(tx, START, id, { ...again, ...texts }, null));
    expect((await warned())[1]).toBe('Needles & <i>blood</i>');
    const long = await site.post(`${path}/edit`, { revision: '6', text, chapterWarnings: 'x'.repeat(501) }, wren);
    expect(long.status).toBe(422);
    expect(await long.text()).toContain('here are 501.');
  });

  test('is unposted and posted again, but the last posted one stays', async () => {
    const { site, wren } = await desk();
    const work = await chaptered(site, wren);
    for (const id of work.ids) await site.post(`${work.base}/${id}/withdrawal`, {}, wren);
    expect((await chaptersOf(site, work.id)).map((row) => row.state)).toEqual(['draft', 'draft', 'posted']);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_chapters: 1 });
    expect(await titles(site, work, null)).toEqual(['Part 3']);
    expect((await site.get(`/works/${work.publicId}/x/chapters/${work.ids[0]}`)).status).toBe(404);
    await site.post(`${work.base}/${work.ids[2]}/deletion`, {}, wren);
    expect(await titles(site, work, null)).toEqual(['Part 3']);
  });

  test('is deleted out of everybody’s sight, restored where it stood, and erased after 30 days', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    await site.post(`${work.base}/${work.ids[1]}/deletion`, {}, wren);
    await site.follow();
    expect(await titles(site, work, null)).toEqual(['Part 1', 'Part 3']);
    expect(await titles(site, work, wren)).toEqual(['Part 1', 'Part 3']);
    for (const who of [wren, null])
      expect((await site.get(`/works/${work.publicId}/x/chapters/${work.ids[1]}`, who)).status).toBe(404);
    expect((await site.get(`${work.base}/${work.ids[1]}/edit`, wren)).status).toBe(404);
    expect(await page(site, work.base, wren)).toContain('Deleted chapters');
    expect(await page(site, '/works?q=Two&in=text', null)).not.toContain('The Bees');
    await site.post(`${work.base}/${work.ids[1]}/restoration`, {}, wren);
    expect(await titles(site, work, null)).toEqual(['Part 1', 'Part 2', 'Part 3']);
    await site.post(`${work.base}/${work.ids[1]}/deletion`, {}, wren);
    clock.at += 30 * DAY;
    await runJobs(site);
    expect(await chaptersOf(site, work.id)).toHaveLength(3);
    clock.at += DAY;
    await runJobs(site);
    expect(await chaptersOf(site, work.id)).toHaveLength(2);
    expect((await site.post(`${work.base}/${work.ids[1]}/restoration`, {}, wren)).status).toBe(404);
  });

  test('moves by its number; an order made from other chapters moves nothing', async () => {
    const { site, wren } = await desk();
    const work = await chaptered(site, wren);
    const order = (fields: Fields) => site.post(`${work.base}/order`, fields, wren);
    await order({ chapters: work.ids.join(','), 'place[]': ['1', '2', '1'] });
    expect(await titles(site, work, null)).toEqual(['Part 3', 'Part 1', 'Part 2']);
    const now = [work.ids[2], work.ids[0], work.ids[1]].join(',');
    await order({ chapters: now, move: '3', to: '1' });
    expect(await titles(site, work, null)).toEqual(['Part 2', 'Part 3', 'Part 1']);
    const other = await chaptered(site, wren);
    for (const chapters of [work.ids.slice(1).join(','), '', [...work.ids.slice(1), other.ids[0]].join(',')])
      await order({ chapters, 'place[]': ['2', '1'] });
    expect(await titles(site, work, null)).toEqual(['Part 2', 'Part 3', 'Part 1']);
    expect(await titles(site, other, null)).toEqual(['Part 1', 'Part 2', 'Part 3']);
  });
});

describe('at an hour', () => {
  const at = '2026-11-03T13:00';

  test('a chapter is posted when it is due and not before, and moves its work up', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    await site.post(`${work.base}/new`, { chapterTitle: 'Later', text: 'Later.' }, wren);
    const later = (await chaptersOf(site, work.id))[3]?.public_id ?? '';
    await site.post(`${work.base}/${later}/schedule`, { at }, wren);
    expect(await page(site, work.base, wren)).toContain('Will be posted on 2026-11-03, 13:00 UTC');
    clock.at = START + 59 * 60_000;
    await runJobs(site);
    expect(await titles(site, work, null)).toHaveLength(3);
    expect((await site.get(`/works/${work.publicId}/x/chapters/${later}`)).status).toBe(404);
    clock.at = START + 60 * 60_000;
    await runJobs(site);
    await runJobs(site);
    expect(await titles(site, work, null)).toEqual(['Part 1', 'Part 2', 'Part 3', 'Later']);
    expect(await rowOf(site, work.id)).toMatchObject({ updated_at: clock.at, posted_chapters: 4, planned_chapters: 4 });
  });

  test('a chapter made a draft again, deleted or scheduled for later is not posted', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    for (const id of work.ids.slice(1)) {
      await site.post(`${work.base}/${id}/withdrawal`, {}, wren);
      await site.post(`${work.base}/${id}/schedule`, { at }, wren);
    }
    await site.post(`${work.base}/${work.ids[1]}/deletion`, {}, wren);
    await site.post(`${work.base}/${work.ids[1]}/restoration`, {}, wren);
    await site.post(`${work.base}/${work.ids[2]}/schedule`, { at: '2026-11-04T13:00' }, wren);
    clock.at += DAY / 2;
    await runJobs(site);
    expect((await chaptersOf(site, work.id)).map((row) => row.state)).toEqual(['posted', 'draft', 'scheduled']);
    expect((await site.post(`${work.base}/${work.ids[1]}/schedule`, { at }, wren)).status).toBe(303);
    expect((await chaptersOf(site, work.id))[1]?.state).toBe('draft');
  });

  test('a work is posted with its chapters; until then it is listed among the drafts of its creator alone', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren, 'draft');
    await site.post(`/works/${work.publicId}/schedule`, { at }, wren);
    expect(await rowOf(site, work.id)).toMatchObject({ state: 'scheduled' });
    expect(await page(site, '/drafts', wren)).toContain('Will be posted on 2026-11-03, 13:00 UTC');
    expect((await site.get(`/works/${work.publicId}`)).status).toBe(404);
    expect(await page(site, `/works/${work.publicId}`, wren)).toContain('Scheduled.');
    await site.post('/drafts/publication', {}, wren);
    expect((await rowOf(site, work.id)).state).toBe('scheduled');
    clock.at += DAY;
    await runJobs(site);
    expect(await rowOf(site, work.id)).toMatchObject({ state: 'posted', posted_chapters: 3, posted_at: clock.at });
    expect(await titles(site, work, null)).toHaveLength(3);
  });

  test('a work that may not be posted any more is a draft again and says why', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren, 'draft');
    await site.post(`/works/${work.publicId}/schedule`, { at }, wren);
    await site.ground.db.write((tx) =>
      tx.deleteFrom('account_roles').where('account_id', '=', wren.viewer.accountId).execute(),
    );
    clock.at += DAY;
    await runJobs(site);
    const row = await rowOf(site, work.id);
    expect(row.state).toBe('draft');
    expect(row.notices).toContain('It was to be posted on 2026-11-03, 13:00 UTC.');
  });

  test('a work that lacks something is not scheduled', async () => {
    const { site, wren } = await desk();
    const work = await makeWork(site, { by: [wren], fandoms: [] });
    await site.post(`/works/${work.publicId}/schedule`, { at }, wren);
    expect((await rowOf(site, work.id)).state).toBe('draft');
  });
});

describe('a day', () => {
  test('moves a work down the lists with the chapters of its old day, and never up', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    clock.at += DAY;
    await site.post(`/works/${work.publicId}/day`, { day: '2001-05-06' }, wren);
    const then = Date.UTC(2001, 4, 6);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_at: then, updated_at: then });
    expect((await chaptersOf(site, work.id)).map((row) => row.posted_at)).toEqual([then, then, then]);
    await site.post(`/works/${work.publicId}/day`, { day: '2010-01-01' }, wren);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_at: Date.UTC(2010, 0, 1), updated_at: then });
    for (const day of ['1949-12-31', '2026-12-01', '', 'x'])
      await site.post(`/works/${work.publicId}/day`, { day }, wren);
    expect(await rowOf(site, work.id)).toMatchObject({ posted_at: Date.UTC(2010, 0, 1) });
  });

  test('of a chapter is its own; an old chapter posted now leaves the work where it stands', async () => {
    const { site, wren, clock } = await desk();
    const work = await chaptered(site, wren);
    clock.at += DAY;
    await site.post(`${work.base}/new`, { text: 'Old.', postedOn: '1999-12-31', ...pressed('post') }, wren);
    expect((await chaptersOf(site, work.id))[3]).toMatchObject({ state: 'posted', posted_at: Date.UTC(1999, 11, 31) });
    expect(await rowOf(site, work.id)).toMatchObject({ posted_at: START, updated_at: START });
  });
});
