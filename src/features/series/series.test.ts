/** Series by hand over HTTP: made, filled from the forms of works, put in order, renamed, deleted and taken back. */
import { expect, test } from 'vitest';
import { addCreator, makeOwnSeries, makeWork, putInSeries, setState, type CastWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { eraseAccountIn } from '../../app/erase.ts';
import { catchEvents } from './events.fixture.ts';

const FORM = {
  fandoms: 'Sherlock Holmes',
  rating: 'general',
  warnings: 'none',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '1',
};

const edit = (site: TestSite, work: CastWork, fields: Record<string, string | readonly string[]>, as: Person) =>
  site.post(`/works/${work.publicId}/edit`, { ...FORM, title: work.title, ...fields }, as);
const placesOf = async (site: TestSite, work: CastWork, as: Person | null = null) => {
  const answer = (await (await site.get(`/api/v1/works/${work.publicId}`, as)).json()) as {
    series: { id: string; title: string; position: number }[];
  };
  return answer.series.map((one) => `${one.title} ${one.position}`);
};
const inSeries = async (site: TestSite, id: string, as: Person | null = null) => {
  const answer = await site.get(`/api/v1/works?series=${id}&sort=title`, as);
  return ((await answer.json()) as { works?: { title: string }[] }).works?.map((work) => work.title) ?? [];
};
const pageOf = async (site: TestSite, id: string, as: Person | null = null) => {
  const answer = await site.get(`/series/${id}`, as);
  return { status: answer.status, text: await answer.text() };
};
const orderOn = (html: string) => [...html.matchAll(/data-work="([^"]*)"/g)].map((found) => found[1]);

/** What the form of a series sends beside its works when no number is changed, but those that are said. */
const numbered = (shown: readonly string[], changed: Record<string, string> = {}) =>
  Object.fromEntries(shown.map((id, index) => [`place-${id}`, changed[id] ?? String(index + 1)]));

async function newSeries(site: TestSite, as: Person, fields: Record<string, string>): Promise<string> {
  const answer = await site.post('/account/series/new', fields, as);
  expect(answer.status).toBe(303);
  return /\/series\/([^/]*)\/edit/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
}

async function three(site: TestSite, by: Person): Promise<[CastWork, CastWork, CastWork]> {
  const made = [];
  for (const title of ['One', 'Two', 'Three'])
    made.push(await makeWork(site, { title, by: [by] }, { state: 'posted' }));
  return made as [CastWork, CastWork, CastWork];
}

test('a series is made, filled from the forms of works, and read in its order with clean texts', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const [one, two] = await three(site, creator);
  const id = await newSeries(site, creator, {
    title: 'The Hive',
    summary: '<p>All of it.</p><script>x</script>',
    notes: 'Slowly.',
    complete: 'on',
  });
  // Nobody sees it before they see a work in it.
  expect((await pageOf(site, id, creator)).status).toBe(404);
  expect((await edit(site, one, { toSeries: id }, creator)).status).toBe(303);
  expect((await edit(site, two, { toSeries: id, newSeries: 'Another' }, creator)).status).toBe(303);
  expect(await placesOf(site, one)).toEqual(['The Hive 1']);
  expect(await placesOf(site, two)).toEqual(['The Hive 2', 'Another 1']);
  const { status, text } = await pageOf(site, id);
  expect(status).toBe(200);
  expect(text).toContain('<p>All of it.</p>');
  expect(text).toContain('Slowly.');
  expect(text).toContain('<li>Complete</li>');
  expect(text).not.toContain('<script>x');
  expect(text).not.toContain(`/series/${id}/edit`);
  expect((await pageOf(site, id, creator)).text).toContain(`/series/${id}/edit`);
  expect(await inSeries(site, id)).toEqual(['One', 'Two']);

  // Out of one of them again, by its box.
  expect((await edit(site, two, { placing: 'on', inSeries: [] }, creator)).status).toBe(303);
  expect(await placesOf(site, two)).toEqual([]);
  expect(await inSeries(site, id)).toEqual(['One']);
});

test('numbers put works in order and boxes take them out; the lists follow', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const works = await three(site, creator);
  const [one, two, last] = works;
  const id = await makeOwnSeries(
    site,
    creator,
    'The Hive',
    works.map((work) => work.id),
  );
  const shown = works.map((work) => work.publicId);
  const events = await catchEvents(site);
  const moved = await site.post(`/series/${id}/works`, numbered(shown, { [last.publicId]: '1' }), creator);
  expect(moved.status).toBe(303);
  expect(orderOn((await pageOf(site, id)).text)).toEqual([last.publicId, one.publicId, two.publicId]);
  expect(await placesOf(site, one)).toEqual(['The Hive 2']);
  expect(await events()).toEqual(works.map((work) => `work.placed ${work.id}`));
  // A form that shows other works than there are by now moves nothing.
  const stale = await site.post(
    `/series/${id}/works`,
    { ...numbered([one.publicId]), removed: [one.publicId] },
    creator,
  );
  expect(stale.headers.get('location')).toBe(`/series/${id}/edit`);
  expect(await inSeries(site, id)).toHaveLength(3);
  await site.post(`/series/${id}/works`, { ...numbered(shown), removed: [one.publicId] }, creator);
  expect(await inSeries(site, id)).toEqual(['Three', 'Two']);
});

test('what a reader may not see leaves no gap in the numbers, and keeps its place while others move', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const [one, two, last] = await three(site, creator);
  const draft = await makeWork(site, { title: 'Draft', by: [creator] });
  const id = await makeOwnSeries(site, creator, 'The Hive', [one.id, draft.id, two.id, last.id]);
  await setState(site, last.id, { state: 'posted', restricted: true });
  await setState(site, one.id, { state: 'posted', anonymous: true });
  expect(await placesOf(site, two)).toEqual(['The Hive 1']);
  const reader = await site.person('anemone');
  expect(await placesOf(site, last, reader)).toEqual(['The Hive 2']);
  // Who wrote the anonymous one counts it.
  expect(await placesOf(site, last, creator)).toEqual(['The Hive 3']);
  expect(await placesOf(site, one)).toEqual([]);
  const guest = (await pageOf(site, id)).text;
  expect(orderOn(guest)).toEqual([two.publicId]);
  expect(guest).toContain('<li>4 words</li>');
  expect(orderOn((await pageOf(site, id, reader)).text)).toEqual([two.publicId, last.publicId]);
  // The one who made it and has left a work since orders what they see; the rest stays between.
  const { db } = site.ground;
  await db.write((tx) => tx.deleteFrom('work_creators').where('work_id', '=', draft.id).execute());
  const seen = [one, two, last].map((work) => work.publicId);
  expect((await site.post(`/series/${id}/works`, numbered(seen, { [last.publicId]: '1' }), creator)).status).toBe(303);
  const rows = await db.reads.selectFrom('series_works').select('work_id').orderBy('position').execute();
  expect(rows.map((row) => row.work_id)).toEqual([last.id, draft.id, one.id, two.id]);
  expect(await (await site.get(`/series/${id}/edit`, creator)).text()).not.toContain(draft.publicId);
});

test('a series is changed by who made it and by who keeps all its works; for others its forms are not there', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const co = await site.person('meadowsweet');
  const [one, two] = await three(site, creator);
  const id = await makeOwnSeries(site, creator, 'The Hive', [one.id]);
  const asked = async (as: Person) => (await site.get(`/series/${id}/edit`, as)).status;
  expect(await asked(co)).toBe(404);
  await addCreator(site, one.id, co, 'invited');
  expect(await asked(co)).toBe(404);
  await site.ground.db.write((tx) =>
    tx.updateTable('work_creators').set({ state: 'accepted' }).where('work_id', '=', one.id).execute(),
  );
  expect(await asked(co)).toBe(200);
  await edit(site, two, { toSeries: id }, creator);
  expect(await asked(co)).toBe(404);
  expect(await asked(creator)).toBe(200);
  // Their own work cannot be put into it, and the refused form comes back as it was typed.
  const theirs = await makeWork(site, { title: 'Theirs', by: [co] });
  const refused = await edit(site, theirs, { toSeries: id, title: 'Typed' }, co);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toMatch(/The series you chose is not there any more[^]*value="Typed"/);
  // But whoever keeps a work may take it out of anybody's.
  expect((await edit(site, one, { placing: 'on' }, co)).status).toBe(303);
  expect(await placesOf(site, one)).toEqual([]);
});

test('a changed title stands on blurbs, and a save over another one comes back with both', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const [one] = await three(site, creator);
  const id = await makeOwnSeries(site, creator, 'The Hive', [one.id]);
  expect(await (await site.get('/works')).text()).toContain('The Hive');
  const saved = await site.post(`/series/${id}/edit`, { title: 'The Swarm', version: '1' }, creator);
  expect(saved.status).toBe(303);
  const list = await (await site.get('/works')).text();
  expect(list).toContain('The Swarm');
  expect(list).not.toContain('The Hive');
  const late = await site.post(`/series/${id}/edit`, { title: 'Too Late', version: '1' }, creator);
  expect(late.status).toBe(422);
  expect(await late.text()).toContain('value="Too Late"');
  const empty = await site.post(`/series/${id}/edit`, { title: ' ', summary: 'Kept.', version: '2' }, creator);
  expect(empty.status).toBe(422);
  expect(await empty.text()).toMatch(/A series needs a title\.[^]*Kept\./);
});

test('a deleted series is nowhere, its works stay, and it can be taken back for 30 days', async () => {
  let time = Date.UTC(2026, 0, 1);
  const site = await testSite({ now: () => time });
  const creator = await site.person('wintergreen');
  const [one] = await three(site, creator);
  const id = await makeOwnSeries(site, creator, 'The Hive', [one.id]);
  expect((await site.post(`/series/${id}/deletion`, {}, creator)).status).toBe(303);
  expect((await pageOf(site, id)).status).toBe(404);
  expect(await placesOf(site, one)).toEqual([]);
  expect((await site.get(`/works/${one.publicId}`)).status).toBe(200);
  expect(await (await site.get('/account/series', creator)).text()).toContain(`/series/${id}/restoration`);
  expect((await site.post(`/series/${id}/restoration`, {}, creator)).status).toBe(303);
  expect(await placesOf(site, one)).toEqual(['The Hive 1']);

  await site.post(`/series/${id}/deletion`, {}, creator);
  const job = site.features
    .flatMap((feature) => feature.jobs?.(site.ground) ?? [])
    .find((one) => one.kind === 'erase-deleted-series');
  const erase = async () => {
    if (!job) throw new Error('Nothing erases deleted series.');
    await (job.run as () => Promise<void>)();
  };
  time += 29 * 86_400_000;
  await erase();
  expect(await site.ground.db.reads.selectFrom('series').select('id').execute()).toHaveLength(1);
  time += 2 * 86_400_000;
  await erase();
  expect(await site.ground.db.reads.selectFrom('series').select('id').execute()).toEqual([]);
  expect((await site.post(`/series/${id}/restoration`, {}, creator)).status).toBe(404);
});

test('numbers of an imported series are those of its source, until somebody orders it', async () => {
  const site = await testSite();
  const [one, two] = await three(site, site.owner);
  const id = await putInSeries(site, one.id, 'Elsewhere');
  await putInSeries(site, two.id, 'Elsewhere');
  await site.ground.db.write((tx) =>
    tx.updateTable('series_works').set({ position: 7 }).where('work_id', '=', two.id).execute(),
  );
  expect(await placesOf(site, two)).toEqual(['Elsewhere 7']);
  const shown = [one.publicId, two.publicId];
  await site.post(`/series/${id}/works`, numbered(shown, { [two.publicId]: '1' }), site.owner);
  expect(await placesOf(site, two)).toEqual(['Elsewhere 1']);
  expect(await placesOf(site, one)).toEqual(['Elsewhere 2']);
});

test('with its account a series without works goes, and one with works stays without a maker', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const other = await makeWork(site, { by: [site.owner] }, { state: 'posted' });
  const kept = await makeOwnSeries(site, creator, 'Shared', [other.id]);
  await makeOwnSeries(site, creator, 'Empty', []);
  const { db, now } = site.ground;
  await db.write((tx) => eraseAccountIn(tx, now(), site.features, creator.viewer.accountId));
  const rows = await db.reads.selectFrom('series').select(['public_id', 'made_by']).execute();
  expect(rows).toEqual([{ public_id: kept, made_by: null }]);
});
