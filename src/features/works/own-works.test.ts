/** One's own works over HTTP: found by state and pseud, many changed at once or none, many deleted and taken back. */
import { expect, test } from 'vitest';
import { addCreator, makeOwnSeries, makeWork, type CastWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { addPseud } from '../accounts/index.ts';
import { changeRules } from '../site/index.ts';

const ticked = async (site: TestSite, path: string, as: Person) =>
  [...(await (await site.get(path, as)).text()).matchAll(/data-work="([^"]*)"/g)].map((found) => found[1]);
const rowsOf = async (site: TestSite, works: readonly CastWork[]) =>
  site.ground.db.reads
    .selectFrom('works')
    .selectAll()
    .where(
      'id',
      'in',
      works.map((work) => work.id),
    )
    .orderBy('id')
    .execute();
const idsOf = (works: readonly CastWork[]) => works.map((work) => work.publicId);
const notice = (answer: Response) => {
  const said = /notice=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
  return JSON.parse(Buffer.from(said, 'base64url').toString()) as {
    text: string;
    undo?: { action: string; fields: Record<string, string> };
  };
};

async function several(site: TestSite, by: Person): Promise<CastWork[]> {
  const works = [await makeWork(site, { title: 'A Draft', by: [by] })];
  for (const title of ['One', 'Two']) works.push(await makeWork(site, { title, by: [by] }, { state: 'posted' }));
  return works;
}

test('the list is narrowed by state and by pseud, and shows nobody else’s', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const [draft, one, two] = (await several(site, creator)) as [CastWork, CastWork, CastWork];
  await makeWork(site, { title: 'Not Theirs', by: [site.owner] }, { state: 'posted' });
  const { db, now } = site.ground;
  const other = await db.write((tx) => addPseud(tx, now(), creator.viewer.accountId, 'bulrush'));
  if ('refusal' in other) throw new Error(other.refusal);
  const { id: pseudId } = await db.reads
    .selectFrom('pseuds')
    .select('id')
    .where('public_id', '=', other.publicId)
    .executeTakeFirstOrThrow();
  const under = await makeWork(site, { title: 'Under', by: [{ ...creator, pseudId }] }, { state: 'posted' });
  expect(new Set(await ticked(site, '/account/works', creator))).toEqual(new Set(idsOf([draft, one, two, under])));
  expect(await ticked(site, '/account/works?state=draft', creator)).toEqual([draft.publicId]);
  expect(await ticked(site, `/account/works?pseud=${other.publicId}`, creator)).toEqual([under.publicId]);
  expect((await site.get('/account/works')).status).toBe(404);
});

test('what is said is changed on all ticked works, and what is not said stays on each', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const works = await several(site, creator);
  await site.ground.db.write((tx) =>
    tx
      .updateTable('works')
      .set({ noindex: 1 })
      .where('id', '=', works[0]?.id ?? 0)
      .execute(),
  );
  const before = await rowsOf(site, works);
  const answer = await site.post(
    '/account/works',
    {
      work: idsOf(works),
      restricted: 'yes',
      commenters: 'nobody',
      noAi: 'no',
      language: 'fr',
      return: '/account/works?state=posted',
    },
    creator,
  );
  expect(answer.headers.get('location')).toBe('/account/works?state=posted');
  expect(notice(answer).text).toBe('3 works are changed.');
  const after = await rowsOf(site, works);
  expect(
    after.map((row) => [row.restricted, row.commenters, row.no_ai, row.language, row.downloads, row.noindex]),
  ).toEqual([1, 0, 0].map((noindex) => [1, 'nobody', 0, 'fr', 1, noindex]));
  // An edit moves nothing up, and guests see them no more.
  expect(after.map((row) => row.updated_at)).toEqual(before.map((row) => row.updated_at));
  expect(((await (await site.get('/api/v1/works')).json()) as { total: number }).total).toBe(0);
  const again = await site.post('/account/works', { work: idsOf(works), restricted: 'yes' }, creator);
  expect(notice(again).text).toBe('3 works are as you asked already.');
  expect((await rowsOf(site, works)).map((row) => row.version)).toEqual(after.map((row) => row.version));
});

test('where one of them cannot be changed none is, and the form comes back as it was', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const works = await several(site, creator);
  const foreign = await makeWork(site, { by: [site.owner] }, { state: 'posted' });
  const before = await rowsOf(site, [...works, foreign]);
  const send = (fields: Record<string, string | readonly string[]>) => site.post('/account/works', fields, creator);
  const answer = await send({ work: idsOf([...works, foreign]), downloads: 'no' });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('Nothing was changed: one of the ticked works is not there any more, or not yours to change.');
  expect(page.match(/name="work" value="[^"]*" checked/g)).toHaveLength(3);
  expect(page).toMatch(/<option value="no" selected>/);
  for (const fields of [
    { downloads: 'no' },
    { work: idsOf(works) },
    { work: idsOf(works), downloads: 'maybe', language: 'klingonish' },
    { work: idsOf(works), downloads: 'no', toSeries: 'zzzzzzzzzz' },
    { work: idsOf(works), downloads: 'no', newSeries: 'x'.repeat(256) },
  ])
    expect((await send(fields)).status, JSON.stringify(fields)).toBe(422);
  await site.ground.db.write((tx) => changeRules(tx, 1, { explicitRefused: false, registeredOnly: true }));
  expect(await (await send({ work: idsOf(works), restricted: 'no' })).text()).toContain('for registered readers only');
  expect(await rowsOf(site, [...works, foreign])).toEqual(before);
  expect(await site.ground.db.reads.selectFrom('series').selectAll().execute()).toEqual([]);
});

test('many are put into a series in the order of the list', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const works = await several(site, creator);
  const id = await makeOwnSeries(site, creator, 'The Hive', [works[1]?.id ?? 0]);
  const answer = await site.post('/account/works', { work: idsOf(works), toSeries: id }, creator);
  expect(notice(answer).text).toContain('in the series');
  const rows = await site.ground.db.reads.selectFrom('series_works').select('work_id').orderBy('position').execute();
  expect(rows.map((row) => row.work_id)).toEqual([works[1]?.id, works[0]?.id, works[2]?.id]);
});

test('many are deleted after each was named; those with other creators ask them; and one button takes it back', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const co = await site.person('meadowsweet');
  const works = await several(site, creator);
  const shared = works[2] as CastWork;
  await addCreator(site, shared.id, co, 'accepted');
  const page = await (await site.post('/account/works/delete', { work: idsOf(works) }, creator)).text();
  expect(page).toContain('Delete 3 works?');
  expect(page).toContain('(has other creators)');
  const deletion = await site.post('/account/works/deletion', { work: idsOf(works) }, creator);
  const { text, undo } = notice(deletion);
  expect(text).toMatch(/^2 works are deleted\. 1 has other creators/);
  expect((await rowsOf(site, works)).map((row) => row.deleted_at !== null)).toEqual([true, true, false]);
  const cookie = (deletion.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const shown = await site.get('/account/works', null, { cookie: `${creator.cookie}; ${cookie}` });
  expect(await shown.text()).toContain('action="/account/works/restoration"');
  expect((await site.post('/account/works/restoration', undo?.fields ?? {}, co)).status).toBe(303);
  expect((await rowsOf(site, works)).filter((row) => row.deleted_at !== null)).toHaveLength(2);
  const back = await site.post(undo?.action ?? '', undo?.fields ?? {}, creator);
  expect(notice(back).text).toBe('2 works are back.');
  expect((await rowsOf(site, works)).every((row) => row.deleted_at === null)).toBe(true);
});

test('the fields for tags ask for suggestions of their own kind', async () => {
  const site = await testSite();
  const page = await (await site.get('/works/new', site.owner)).text();
  for (const kind of ['fandom', 'relationship', 'character', 'freeform'])
    expect(page).toContain(`<type-ahead data-from="/api/v1/tags/suggestions?kind=${kind}" data-use="names"><textarea`);
});
