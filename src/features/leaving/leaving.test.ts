/** Going: orphaning works, erasing at once, deleting the account. Told over HTTP, and looked for in every table. */
import { describe, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addCreator,
  addOldRevision,
  chapterIds,
  giveInvitation,
  giveSkin,
  keepOriginal,
  leaveUnsaved,
  makeWork,
  makeOwnSeries,
  openPseud,
  putInSeries,
  secureAccount,
  setState,
  showIcon,
  suspend,
  type CastWork,
} from '../../../test/cast.ts';
import { giveToken } from '../../../test/keys.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { eraseAccount, eraseWork } from '../../app/erase.ts';
import { eraseRevisionAgain } from '../works/index.ts';
import { endAllOthers, startSession } from '../accounts/index.ts';
import { endAccount } from './actions.ts';
import { contents } from '../../../test/rights/contents.ts';

const PASSWORD = 'correct horse battery';

/** The names in a work's byline, as a guest sees them. */
async function bylineOf(site: TestSite, work: CastWork): Promise<string[]> {
  const rows = await site.ground.db.reads
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .innerJoin('accounts', 'accounts.id', 'pseuds.account_id')
    .select(['pseuds.name', 'accounts.orphans'])
    .where('work_id', '=', work.id)
    .orderBy('position')
    .execute();
  return rows.map((row) => (row.orphans === 1 ? `${row.name} (orphaned)` : row.name));
}

const erasedList = async (site: TestSite) => readFile(join(site.folder, 'erased.jsonl'), 'utf8').catch(() => '');

async function publicPseud(site: TestSite, pseudId: number): Promise<string> {
  const { public_id: id } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', pseudId)
    .executeTakeFirstOrThrow();
  return id;
}

describe('a work is orphaned', () => {
  test('without its name: it stays, by orphan_account, and nothing of its creator is left on it', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const work = await makeWork(site, { title: 'Left Behind', by: [wren] }, { state: 'posted' });
    await giveSkin(site, wren, work, 'p { color: red }');
    await keepOriginal(site, work.id, 'story.txt', 'It rained.');
    await leaveUnsaved(site, wren, 'not saved');
    await site.ground.db.write((tx) => tx.updateTable('autosaves').set({ work_id: work.id, place: 'work' }).execute());
    expect(await (await site.get(`/works/${work.publicId}/orphaning`, wren)).text()).toContain('There is no undo');
    // Nothing is chosen for anybody.
    expect((await site.post(`/works/${work.publicId}/orphaning`, {}, wren)).status).toBe(422);
    expect(await bylineOf(site, work)).toEqual(['wren']);
    expect((await site.post(`/works/${work.publicId}/orphaning`, { name: 'take' }, wren)).status).toBe(303);
    expect(await bylineOf(site, work)).toEqual(['orphan_account (orphaned)']);
    const page = await (await site.get(`/works/${work.publicId}`)).text();
    expect(page).toContain('Left Behind');
    expect(page).not.toContain('wren');
    expect((await site.get(`/works/${work.publicId}/edit`, wren)).status).toBe(404);
    const { reads } = site.ground.db;
    const rows = async (table: 'autosaves' | 'work_skin_choices' | 'import_originals') =>
      reads.selectFrom(table).selectAll().where('work_id', '=', work.id).execute();
    expect(await rows('autosaves')).toEqual([]);
    expect(await rows('work_skin_choices')).toEqual([]);
    expect(await rows('import_originals')).toEqual([]);
    const savers = await reads
      .selectFrom('chapter_revisions')
      .select('saved_by')
      .where('saved_by', 'is not', null)
      .execute();
    expect(savers).toEqual([]);
    // Lists follow: it stands under the orphans and no more under its creator.
    await site.follow();
    expect((await site.get(`/creators/${await publicPseud(site, wren.pseudId)}`)).status).toBe(404);
  });

  test('with its name: two of one name share a page, which is not their creators’', async () => {
    const site = await testSite();
    const [wren, other] = [await site.person('wren'), await site.person('Wren')];
    const first = await makeWork(site, { title: 'One', by: [wren] }, { state: 'posted' });
    const second = await makeWork(site, { title: 'Two', by: [other] }, { state: 'posted' });
    await site.post(`/works/${first.publicId}/orphaning`, { name: 'keep' }, wren);
    await site.post('/account/orphaning', { works: [second.publicId], name: 'keep' }, other);
    expect(await bylineOf(site, first)).toEqual(['wren (orphaned)']);
    expect(await bylineOf(site, second)).toEqual(['wren (orphaned)']);
    const accounts = await site.ground.db.reads.selectFrom('accounts').selectAll().where('orphans', '=', 1).execute();
    expect(accounts).toHaveLength(1);
    const [orphans] = accounts;
    for (const table of ['account_roles', 'credentials', 'sessions'] as const)
      expect(
        await site.ground.db.reads
          .selectFrom(table)
          .selectAll()
          .where('account_id', '=', orphans?.id ?? 0)
          .execute(),
      ).toEqual([]);
  });

  test('without its name it leaves its series and where it was brought from; with its name it keeps both', async () => {
    const site = await testSite();
    const [wren, lark] = [await site.person('wren'), await site.person('lark')];
    const [taken, kept, shared, rest] = [
      await makeWork(site, { title: 'Taken Away', by: [wren] }, { state: 'posted' }),
      await makeWork(site, { title: 'Kept There', by: [wren] }, { state: 'posted' }),
      await makeWork(site, { title: 'Shared', by: [wren] }, { state: 'posted' }),
      await makeWork(site, { title: 'Still Signed', by: [wren] }, { state: 'posted' }),
    ];
    const all = [taken, kept, shared, rest];
    await addCreator(site, shared.id, lark, 'accepted');
    const byHand = await makeOwnSeries(
      site,
      wren,
      'The Marsh',
      all.map((work) => work.id),
    );
    for (const work of all) await putInSeries(site, work.id, 'Brought In');
    const alone = await putInSeries(site, taken.id, 'Of One');
    await site.ground.db.write((tx) =>
      tx.updateTable('works').set({ source_url: 'https://elsewhere.example/wren' }).execute(),
    );
    await site.follow();
    const shown = async (series: string) => (await site.get(`/series/${series}`)).text();
    expect(await shown(byHand)).toContain('Taken Away');
    const confirm = await (await site.get(`/works/${taken.publicId}/orphaning`, wren)).text();
    expect(confirm).toContain('It leaves its series');
    await site.post(`/works/${taken.publicId}/orphaning`, { name: 'take' }, wren);
    await site.post(`/works/${kept.publicId}/orphaning`, { name: 'keep' }, wren);
    await site.post(`/works/${shared.publicId}/orphaning`, { name: 'take' }, wren);
    await site.follow();
    const page = await shown(byHand);
    expect(page).not.toContain('Taken Away');
    for (const title of ['Kept There', 'Shared', 'Still Signed']) expect(page).toContain(title);
    expect((await site.get(`/series/${alone}`)).status).toBe(404);
    expect(await (await site.get(`/works/${taken.publicId}`)).text()).not.toContain('The Marsh');
    const { reads } = site.ground.db;
    expect(await reads.selectFrom('series_works').select('work_id').where('work_id', '=', taken.id).execute()).toEqual(
      [],
    );
    const from = await reads.selectFrom('works').select('id').where('source_url', 'is', null).execute();
    expect(from).toEqual([{ id: taken.id }]);
  });

  test('with co-creators only the name goes, kept or not', async () => {
    const site = await testSite();
    const [wren, lark] = [await site.person('wren'), await site.person('lark')];
    const work = await makeWork(site, { title: 'Ours', by: [wren] }, { state: 'posted' });
    await addCreator(site, work.id, lark, 'accepted');
    expect((await site.post(`/works/${work.publicId}/orphaning`, {}, wren)).status).toBe(303);
    expect(await bylineOf(site, work)).toEqual(['lark']);
    expect((await site.get(`/works/${work.publicId}/edit`, lark)).status).toBe(200);
  });

  test('a draft is not, and what is not one’s own is not there', async () => {
    const site = await testSite();
    const [wren, lark] = [await site.person('wren'), await site.person('lark')];
    const draft = await makeWork(site, { title: 'Draft', by: [wren] }, { state: 'draft' });
    const work = await makeWork(site, { title: 'Posted', by: [wren] }, { state: 'posted' });
    expect((await site.post(`/works/${draft.publicId}/orphaning`, { name: 'take' }, wren)).status).toBe(422);
    expect(await bylineOf(site, draft)).toEqual(['wren']);
    for (const who of [lark, null])
      expect((await site.post(`/works/${work.publicId}/orphaning`, { name: 'take' }, who)).status).toBe(404);
    expect((await site.post('/account/orphaning', { works: work.publicId, name: 'take' }, lark)).status).toBe(404);
    expect(await bylineOf(site, work)).toEqual(['wren']);
  });
});

describe('a deleted work is erased now', () => {
  test('and is on the list before its creator is answered', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const work = await makeWork(site, { title: 'Gone', by: [wren] }, { state: 'posted' });
    // One that is not deleted cannot be.
    expect((await site.post(`/works/${work.publicId}/erasure`, {}, wren)).status).toBe(404);
    await setState(site, work.id, { state: 'posted', deleted: true });
    expect(await (await site.get('/deleted', wren)).text()).toContain(`/works/${work.publicId}/erasure`);
    expect((await site.post(`/works/${work.publicId}/erasure`, {}, wren)).status).toBe(303);
    expect(await erasedList(site)).toContain(work.publicId);
    expect(await site.ground.db.reads.selectFrom('works').select('id').where('id', '=', work.id).execute()).toEqual([]);
  });

  test('when all of its creators say so; taking the deletion back ends what was agreed', async () => {
    const site = await testSite();
    const [wren, lark] = [await site.person('wren'), await site.person('lark')];
    const work = await makeWork(site, { title: 'Ours', by: [wren] }, { state: 'posted' });
    await addCreator(site, work.id, lark, 'accepted');
    await setState(site, work.id, { state: 'posted', deleted: true });
    const isThere = async () =>
      (await site.ground.db.reads.selectFrom('works').select('id').where('id', '=', work.id).execute()).length === 1;
    await site.post(`/works/${work.publicId}/erasure`, {}, wren);
    await site.post(`/works/${work.publicId}/erasure`, {}, wren);
    expect(await isThere()).toBe(true);
    await site.post(`/works/${work.publicId}/restoration`, {}, lark);
    expect(await site.ground.db.reads.selectFrom('deletion_agreements').selectAll().execute()).toEqual([]);
    await setState(site, work.id, { state: 'posted', deleted: true });
    await site.post(`/works/${work.publicId}/erasure`, {}, lark);
    expect(await isThere()).toBe(true);
    await site.post(`/works/${work.publicId}/erasure`, {}, wren);
    expect(await isThere()).toBe(false);
  });

  test('and so is an old revision alone, but not the one that readers see', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const work = await makeWork(site, { title: 'Changed', by: [wren] }, { state: 'posted' });
    await addOldRevision(site, work.id, 1, 'zqregretted');
    const [chapter = ''] = await chapterIds(site, work.id);
    const base = `/works/${work.publicId}/chapters/${chapter}/revisions`;
    const numbers = async () =>
      (await site.ground.db.reads.selectFrom('chapter_revisions').select('number').orderBy('number').execute()).map(
        (row) => row.number,
      );
    const [old = 0, current = 0] = await numbers();
    expect((await site.post(`${base}/${current}/erasure`, {}, await site.person('lark'))).status).toBe(404);
    await site.post(`${base}/${current}/erasure`, {}, wren);
    expect(await numbers()).toEqual([old, current]);
    expect((await site.post(`${base}/${old}/erasure`, {}, wren)).status).toBe(303);
    expect(await numbers()).toEqual([current]);
    expect(await erasedList(site)).toContain(`"chapter":"${chapter}","revision":${old}`);
    expect((await site.post(`${base}/${old}/erasure`, {}, wren)).status).toBe(404);
    expect((await site.get(base, wren)).status).toBe(200);
  });
});

test('in a copy that is restored an erased revision goes again, and what was written since stays', async () => {
  const site = await testSite();
  const { db, now } = site.ground;
  const work = await makeWork(site, { title: 'Copied' }, { state: 'posted' });
  await addOldRevision(site, work.id, 1, 'zqregretted');
  const [chapter = ''] = await chapterIds(site, work.id);
  const revisions = () =>
    db.reads.selectFrom('chapter_revisions').select(['number', 'html', 'saved_at']).orderBy('number').execute();
  const [old, current] = await revisions();
  const again = (revision: number, at: number) =>
    db.write((tx) => eraseRevisionAgain(tx, now(), { chapter, revision, at }));
  // One that bears the number of an erased one and is newer.
  expect(await again(old?.number ?? 0, (old?.saved_at ?? 0) - 1)).toBe(false);
  expect(await again(old?.number ?? 0, now())).toBe(true);
  expect((await revisions()).map((row) => row.number)).toEqual([current?.number]);
  expect(await again(old?.number ?? 0, now())).toBe(false);
  // The only one there was then: its words go, the chapter stays.
  expect(await again(current?.number ?? 0, now())).toBe(true);
  expect((await revisions()).map((row) => row.html)).toEqual(['']);
  expect((await site.get(`/works/${work.publicId}`)).status).toBe(200);
  const row = db.reads.selectFrom('works').select(['words', 'version']).where('id', '=', work.id);
  expect(await row.executeTakeFirst()).toMatchObject({ words: 0 });
});

test('who brought a work in keeps it with its creators: neither deletes or takes it along alone', async () => {
  const site = await testSite();
  const archivist = await site.person('meadowsweet', ['member', 'archivist']);
  const lark = await site.person('lark');
  await secureAccount(site, lark, 'lark-signs-in', PASSWORD);
  const imported = { importedBy: ['A. Nother'], archivedBy: archivist };
  const work = await makeWork(site, { title: 'Rescued', ...imported }, { state: 'draft' });
  await addCreator(site, work.id, lark, 'accepted');
  await site.post(`/works/${work.publicId}/deletion`, {}, lark);
  const row = () =>
    site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', work.id).executeTakeFirstOrThrow();
  expect((await row()).deleted_at).toBeNull();
  const gone = await site.post('/account/deletion', { all: 'delete', password: PASSWORD }, lark);
  expect(gone.status).toBe(303);
  expect(await row()).toMatchObject({ title: 'Rescued', deleted_at: null, archived_by: archivist.pseudId });
  expect((await site.get(`/works/${work.publicId}`, archivist)).status).toBe(200);
});

describe('an account is deleted', () => {
  const newcomer = async (site: TestSite, pseud: string): Promise<{ person: Person; codes: string[] }> => {
    const person = await site.person(pseud);
    return { person, codes: await secureAccount(site, person, `${pseud}-signs-in`, PASSWORD) };
  };

  test('with the choice for each work, and nothing of it is left in any table', async () => {
    const site = await testSite();
    const { person: wren } = await newcomer(site, 'zqwren');
    const lark = await site.person('lark');
    const gone = await makeWork(site, { title: 'To Delete', by: [wren] }, { state: 'posted' });
    const orphaned = await makeWork(site, { title: 'To Orphan', by: [wren] }, { state: 'posted' });
    const kept = await makeWork(site, { title: 'To Keep', by: [wren] }, { state: 'posted' });
    const shared = await makeWork(site, { title: 'Ours', by: [wren] }, { state: 'posted' });
    await addCreator(site, shared.id, lark, 'accepted');
    const draft = await makeWork(site, { title: 'A Draft', by: [wren] }, { state: 'draft' });
    const deleted = await makeWork(site, { title: 'Deleted', by: [wren] }, { state: 'posted' });
    await setState(site, deleted.id, { state: 'posted', deleted: true });
    await showIcon(site, wren.viewer.accountId, 'zqother', 'A lantern');
    await giveInvitation(site, wren);
    await leaveUnsaved(site, wren, 'not saved');
    await openPseud(site, wren);
    await site.post('/preferences/theme', { theme: 'dark' }, wren);
    await giveSkin(site, wren, orphaned, 'p { color: red }');
    const page = await (await site.get('/account/deletion', wren)).text();
    expect(page).toContain('1 draft');
    expect(page).toContain('/account/take-out');

    const choices = {
      all: 'each',
      [`work-${gone.publicId}`]: 'delete',
      [`work-${orphaned.publicId}`]: 'orphan',
      [`work-${kept.publicId}`]: 'keep-name',
    };
    // Tries at the password are counted, here as at the door.
    const allButTries = async () => ({ ...(await contents(site)), sign_in_tries: [] });
    const before = await allButTries();
    const refusals = [
      {},
      { password: PASSWORD },
      { ...choices, password: 'wrong' },
      { ...choices, password: '' },
      { ...choices, code: 'k3m9x-2q4zt-7hh0d-w5e8r' },
      { all: 'each', [`work-${gone.publicId}`]: 'delete', password: PASSWORD },
      { all: 'everything', password: PASSWORD },
    ];
    for (const fields of refusals)
      expect((await site.post('/account/deletion', fields, wren)).status, JSON.stringify(fields)).toBe(422);
    expect(await allButTries()).toEqual(before);

    const answer = await site.post('/account/deletion', { ...choices, password: PASSWORD }, wren);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('clear-site-data')).toContain('storage');
    const titles = await site.ground.db.reads.selectFrom('works').select('title').orderBy('id').execute();
    expect(titles.map((row) => row.title)).toEqual(['To Orphan', 'To Keep', 'Ours']);
    expect(await bylineOf(site, orphaned)).toEqual(['orphan_account (orphaned)']);
    expect(await bylineOf(site, kept)).toEqual(['zqwren (orphaned)']);
    expect(await bylineOf(site, shared)).toEqual(['lark']);
    expect((await site.get('/account', wren)).status).toBe(302);
    const list = await erasedList(site);
    for (const { publicId } of [gone, draft, deleted]) expect(list).toContain(publicId);
    expect(list).toContain(`"account":${wren.viewer.accountId}`);
    const { reads } = site.ground.db;
    expect(await reads.selectFrom('accounts').select('id').where('id', '=', wren.viewer.accountId).execute()).toEqual(
      [],
    );
    expect(await reads.selectFrom('pseuds').select('id').where('id', '=', wren.pseudId).execute()).toEqual([]);
    expect(JSON.stringify(await contents(site))).not.toContain('zqother');
    expect(JSON.stringify(await contents(site))).not.toContain('zqwren-signs-in');
  });

  test('with works left to orphan_account out of all series, unless they keep the name', async () => {
    const site = await testSite();
    const { person: wren } = await newcomer(site, 'wren');
    const taken = await makeWork(site, { title: 'Taken', by: [wren] }, { state: 'posted' });
    const kept = await makeWork(site, { title: 'Kept', by: [wren] }, { state: 'posted' });
    for (const work of [taken, kept]) await putInSeries(site, work.id, 'The Marsh');
    const choices = {
      all: 'each',
      [`work-${taken.publicId}`]: 'orphan',
      [`work-${kept.publicId}`]: 'keep-name',
      password: PASSWORD,
    };
    expect((await site.post('/account/deletion', choices, wren)).status).toBe(303);
    const placed = await site.ground.db.reads.selectFrom('series_works').select('work_id').execute();
    expect(placed).toEqual([{ work_id: kept.id }]);
  });

  test('while a program writes on: what it posted last is let go of, too, and its token ends', async () => {
    const site = await testSite();
    const { ground } = site;
    const { person: wren } = await newcomer(site, 'wren');
    const { accountId } = wren.viewer;
    const { token } = await giveToken(site, wren);
    await makeWork(site, { title: 'First', by: [wren] }, { state: 'posted' });
    let tries = 0;
    const erasers = {
      eraseWork: (workId: number) => eraseWork(ground, site.features, workId),
      eraseAccount: async (id: number, stillMeant: Parameters<typeof eraseAccount>[3]) => {
        tries += 1;
        if (tries === 1) await makeWork(site, { title: 'Posted Last', by: [wren] }, { state: 'posted' });
        return eraseAccount(ground, site.features, id, stillMeant);
      },
    };
    await endAccount(ground, erasers, accountId, () => 'orphan');
    expect(tries).toBe(2);
    const titles = await ground.db.reads.selectFrom('works').select('title').orderBy('id').execute();
    expect(titles.map((row) => row.title)).toEqual(['First', 'Posted Last']);
    expect(
      await ground.db.reads.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute(),
    ).toEqual([]);
    expect((await site.get('/api/v1/works', null, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('and all else that could act for it ends before its works are touched', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const { person: wren } = await newcomer(site, 'wren');
    const { accountId } = wren.viewer;
    await giveToken(site, wren);
    await db.write((tx) =>
      tx
        .insertInto('half_sessions')
        .values({ token_hash: 'half', account_id: accountId, proof: '', ends_at: now() + 60_000 })
        .execute(),
    );
    const elsewhere = await db.write((tx) => startSession(tx, now(), accountId, false));
    const here = wren.cookie.split('=')[1] ?? '';
    await db.write((tx) => endAllOthers(tx, now(), accountId, here));
    for (const table of ['half_sessions', 'api_tokens'] as const)
      expect(await db.reads.selectFrom(table).selectAll().execute(), table).toEqual([]);
    expect((await site.get('/drafts', null, { cookie: `session=${elsewhere}` })).status).toBe(404);
    expect((await site.get('/drafts', wren)).status).toBe(200);
  });

  test('by a recovery code, with one choice for all; also by somebody who is suspended', async () => {
    const site = await testSite();
    const { person: wren, codes } = await newcomer(site, 'wren');
    const work = await makeWork(site, { title: 'Mine', by: [wren] }, { state: 'posted' });
    await suspend(site, wren);
    const fields = { all: 'orphan', code: codes[0]?.toUpperCase() ?? '' };
    expect((await site.post('/account/deletion', fields, wren)).status).toBe(303);
    expect(await bylineOf(site, work)).toEqual(['orphan_account (orphaned)']);
    expect((await site.get('/account', wren)).status).toBe(302);
  });

  test('but not that of the only owner, nor one that nobody can show to be theirs', async () => {
    const site = await testSite();
    await secureAccount(site, site.owner, 'owner-signs-in', PASSWORD);
    const answer = await site.post('/account/deletion', { all: 'delete', password: PASSWORD }, site.owner);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('only owner');
    const wren = await site.person('wren');
    const unsure = await site.post('/account/deletion', { all: 'delete', password: PASSWORD }, wren);
    expect(await unsure.text()).toContain('Set a name and a password');
    const accounts = await site.ground.db.reads.selectFrom('accounts').select('id').execute();
    expect(accounts).toHaveLength(2);
  });
});
