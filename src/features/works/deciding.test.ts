/** What creators decide about their works: who speaks, AI, anonymous and unrevealed by any cause, and what new works begin with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../../migrations/index.ts';
import { makeWork, setState, type CastWork } from '../../../test/cast.ts';
import { ownDatabase, testSite, type Person, type TestSite } from '../../../test/site.ts';
import { openDatabase } from '../../platform/db/database.ts';
import { eraseAccountIn } from '../../app/erase.ts';
import { concealWork, releaseWork } from './concealments.actions.ts';

const FORM = {
  title: 'The Bees',
  fandoms: 'Sherlock Holmes',
  rating: 'general',
  warnings: 'none',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '1',
};
/** Everything that the fields for deciding send when nothing is changed. */
const DECIDING = Object.fromEntries(new URLSearchParams('deciding=on&commenters=registered&downloads=on&noAi=on'));

const edit = (site: TestSite, work: CastWork, fields: Record<string, string>, as: Person) =>
  site.post(`/works/${work.publicId}/edit`, { ...FORM, ...fields }, as);
const jsonOf = async (site: TestSite, work: CastWork, as: Person | null = null) =>
  (await (await site.get(`/api/v1/works/${work.publicId}`, as)).json()) as Record<string, unknown>;
const rowOf = (site: TestSite, work: CastWork) =>
  site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', work.id).executeTakeFirstOrThrow();
const titles = async (site: TestSite, path = '/api/v1/works') =>
  ((await (await site.get(path)).json()) as { works: { title: string }[] }).works.map((work) => work.title);

test('a work lets registered readers comment and asks AI to keep off, until its creator says otherwise', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  const said = { commentsFrom: 'registered', commentsModerated: false, downloads: true, noAi: true };
  expect(await jsonOf(site, work)).toMatchObject(said);
  const page = await site.get(`/works/${work.publicId}`);
  expect(page.headers.get('x-robots-tag')).toBe('noai, noimageai');
  expect(page.headers.get('tdm-reservation')).toBe('1');
  expect(await page.text()).toMatch(
    /data-comments="registered" data-comments-moderated="no" data-downloads="yes" data-no-ai="yes"/,
  );

  const changed = await edit(site, work, { deciding: 'on', commenters: 'nobody', commentsModerated: 'on' }, creator);
  expect(changed.status).toBe(303);
  const now = { commentsFrom: 'nobody', commentsModerated: true, downloads: false, noAi: false };
  expect(await jsonOf(site, work)).toMatchObject(now);
  // A form that does not ask changes nothing of it.
  expect((await edit(site, work, { title: 'The Hive' }, creator)).status).toBe(303);
  expect(await jsonOf(site, work)).toMatchObject({ ...now, title: 'The Hive' });
  expect(await (await site.get(`/works/${work.publicId}/edit`, creator)).text()).toMatch(/value="nobody" checked/);
});

test('where the archive does not ask for all, the signal stands on the works that ask for themselves', async () => {
  const site = await testSite();
  await site.post(
    '/settings',
    { name: 'Hive', pseud: 'Keeper', joining: 'closed', minimumAge: '13', invitationsEach: '0' },
    site.owner,
  );
  const asks = await makeWork(site, { title: 'Asks', by: [site.owner] }, { state: 'posted' });
  const open = await makeWork(site, { title: 'Open', by: [site.owner] }, { state: 'posted' });
  await edit(site, open, { deciding: 'on' }, site.owner);
  const signal = async (path: string) => {
    const { headers } = await site.get(path);
    return [headers.get('x-robots-tag'), headers.get('tdm-reservation'), headers.get('content-usage')];
  };
  expect(await signal(`/works/${asks.publicId}`)).toEqual(['noai, noimageai', '1', 'train-ai=n']);
  expect(await signal(`/api/v1/works/${asks.publicId}`)).toEqual(['noindex, noai, noimageai', '1', 'train-ai=n']);
  expect(await (await site.get(`/works/${asks.publicId}`)).text()).toContain('content="noai, noimageai"');
  expect(await signal(`/works/${open.publicId}`)).toEqual([null, null, null]);
  expect(await signal(`/api/v1/works/${open.publicId}`)).toEqual(['noindex', null, null]);
  expect(await (await site.get(`/works/${open.publicId}`)).text()).not.toContain('noai, noimageai');
});

test('a work is anonymous and unrevealed while its creator holds it so, and new in the lists once revealed', async () => {
  let time = Date.UTC(2026, 0, 1);
  const site = await testSite({ now: () => time });
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { title: 'Held', by: [creator] }, { state: 'posted' });
  await makeWork(site, { title: 'Other', by: [creator] }, { state: 'posted' });
  await edit(site, work, { ...DECIDING, title: 'Held', anonymous: 'on', unrevealed: 'on' }, creator);
  expect(await titles(site)).toEqual(['Other']);
  expect((await site.get(`/works/${work.publicId}`)).status).toBe(404);
  const own = await (await site.get(`/works/${work.publicId}`, creator)).text();
  expect(own).toContain('Unrevealed: nobody but its creators sees that it is there.');

  time += 86_400_000;
  await edit(site, work, { ...DECIDING, title: 'Held', anonymous: 'on' }, creator);
  expect(await titles(site)).toEqual(['Held', 'Other']);
  expect((await rowOf(site, work)).updated_at).toBe(time);
  expect(await jsonOf(site, work)).toMatchObject({ anonymous: true, creators: [] });
  expect(await titles(site, '/api/v1/works?q=byline:wintergreen')).toEqual(['Other']);

  const before = (await rowOf(site, work)).updated_at;
  time += 86_400_000;
  await edit(site, work, { ...DECIDING, title: 'Held' }, creator);
  expect(await jsonOf(site, work)).toMatchObject({ anonymous: false, creators: [{ name: 'wintergreen' }] });
  // To say who wrote it is an edit, which moves nothing.
  expect((await rowOf(site, work)).updated_at).toBe(before);
});

test('a work stays concealed while any cause holds it, and each cause ends alone', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const work = await makeWork(site, { by: [creator] }, { state: 'posted' });
  const { db, now } = site.ground;
  const flags = async () => {
    const { anonymous, unrevealed } = await rowOf(site, work);
    return [anonymous, unrevealed];
  };
  const hold = (kind: 'anonymous' | 'unrevealed', cause: string) =>
    db.write((tx) => concealWork(tx, now(), work.id, { kind, cause }));
  const release = (kind: 'anonymous' | 'unrevealed', cause: string) =>
    db.write((tx) => releaseWork(tx, now(), work.id, { kind, cause }));
  expect(await hold('unrevealed', 'creator')).toBe(true);
  expect(await hold('unrevealed', 'exchange')).toBe(false);
  await hold('anonymous', 'exchange');
  expect(await flags()).toEqual([1, 1]);
  // The creator lets go; the exchange holds on, and its form says so.
  await edit(site, work, DECIDING, creator);
  expect(await flags()).toEqual([1, 1]);
  expect(await (await site.get(`/works/${work.publicId}/edit`, creator)).text()).toContain(
    'Something else holds it anonymous and unrevealed as well',
  );
  expect(await release('unrevealed', 'another')).toBe(false);
  expect(await release('unrevealed', 'exchange')).toBe(true);
  expect(await flags()).toEqual([1, 0]);
  await release('anonymous', 'exchange');
  expect(await flags()).toEqual([0, 0]);
  const kinds = await db.reads.selectFrom('events').select('kind').where('work_id', '=', work.id).execute();
  expect(kinds.map((row) => row.kind).filter((kind) => /concealed|revealed/.test(kind))).toEqual([
    'work.concealed',
    'work.concealed',
    'work.revealed',
    'work.revealed',
  ]);
  // A state that no cause accounts for is left alone by a form that says nothing new.
  await setState(site, work.id, { state: 'posted', anonymous: true });
  await edit(site, work, DECIDING, creator);
  expect(await flags()).toEqual([1, 0]);
});

test('new works begin with what their account chose, and its other works stay', async () => {
  const site = await testSite();
  const creator = await site.person('wintergreen');
  const other = await makeWork(site, { by: [creator] }, { state: 'posted' });
  const chosen = Object.fromEntries(new URLSearchParams('restricted=on&commenters=all&downloads=on'));
  expect((await site.post('/account/new-works', chosen, creator)).status).toBe(303);
  const form = await (await site.get('/works/new', creator)).text();
  expect(form).toMatch(/name="restricted" value="on" checked/);
  expect(form).toMatch(/value="all" checked/);
  expect(form).not.toMatch(/name="noAi" value="on" checked/);
  const pseud = /name="pseuds" value="([^"]*)"/.exec(form)?.[1] ?? '';
  await site.post('/works/new', { title: 'New', pseuds: pseud }, creator);
  const row = await site.ground.db.reads
    .selectFrom('works')
    .selectAll()
    .where('title', '=', 'New')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ commenters: 'all', downloads: 1, no_ai: 0, comments_moderated: 0 });
  expect(await jsonOf(site, other)).toMatchObject({ commentsFrom: 'registered', noAi: true, restricted: false });

  const { db, now } = site.ground;
  await db.write((tx) => eraseAccountIn(tx, now(), site.features, creator.viewer.accountId));
  expect(await db.reads.selectFrom('new_work_defaults').selectAll().execute()).toEqual([]);
});

test('what was anonymous before has its creators for a cause after the step of the schema', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-deciding-'));
  const own = await ownDatabase({ empty: true });
  onTestFinished(async () => {
    await own.drop();
    await rm(dataFolder, { recursive: true });
  });
  const place = { dataFolder, databaseUrl: own.url, now: () => 1 };
  const before = await openDatabase({ ...place, migrations: migrations.filter((step) => step.name < '0019') });
  await before.write(async (tx) => {
    for (const [id, anonymous, unrevealed] of [
      ['aaaaaaaaaa', 1, 0],
      ['bbbbbbbbbb', 1, 1],
      ['cccccccccc', 0, 0],
    ] as const)
      await sql`insert into works (public_id, title, state, anonymous, unrevealed, status, format, summary_source,
        summary_html, notes_source, notes_html, end_notes_source, end_notes_html, rules, notices, created_at, updated_at)
        values (${id}, '', 'posted', ${anonymous}, ${unrevealed}, 'in-progress', 'html', '', '', '', '', '', '', 1, '[]', 1, 1)`.execute(
        tx,
      );
  });
  await before.close();
  const after = await openDatabase({ ...place, migrations });
  onTestFinished(() => after.close());
  const rows = await after.reads
    .selectFrom('work_concealments')
    .innerJoin('works', 'works.id', 'work_concealments.work_id')
    .select(['works.public_id', 'work_concealments.kind', 'work_concealments.cause'])
    .orderBy('works.public_id')
    .orderBy('work_concealments.kind')
    .execute();
  expect(rows.map((row) => [row.public_id[0], row.kind, row.cause])).toEqual([
    ['a', 'anonymous', 'creator'],
    ['b', 'anonymous', 'creator'],
    ['b', 'unrevealed', 'creator'],
  ]);
  const works = await after.reads.selectFrom('works').select(['commenters', 'downloads', 'no_ai']).execute();
  expect(new Set(works.map((work) => JSON.stringify(work)))).toEqual(
    new Set(['{"commenters":"registered","downloads":1,"no_ai":1}']),
  );
});
