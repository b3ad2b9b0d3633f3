/** In a restored copy nobody loses a work because somebody else gave it up: not who came later, and not who came back. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addCreator, askToCreate, makeWork, secureAccount, type CastWork } from '../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../test/site.ts';
import { migrations } from '../../migrations/index.ts';
import { printErased } from '../platform/backup/erased-list.ts';
import { writeWhole } from '../platform/backup/stored-file.ts';
import { openDatabase } from '../platform/db/database.ts';
import { backup, emptyPlace, opened, scratch, silent } from './backup.fixture.ts';
import { ERASED_LIST, noteErased } from './erased.ts';
import { restoreCommand } from './restore.ts';
import { forgetOldCuts } from '../features/works/ties.actions.ts';
import { cutsOf } from './untie-again.ts';

const PASSWORD = 'correct horse battery';

async function archive() {
  const { path, said, say } = await scratch();
  const site = await testSite();
  const [wren, lark] = [await site.person('wren'), await site.person('lark')];
  await secureAccount(site, wren, 'wren_bird', PASSWORD);
  /** Restores the copy with the list of now. @returns by title: the state of works, and who signs them. */
  const restored = async () => {
    await mkdir(path('new'));
    await writeWhole(path(`new/${ERASED_LIST}`), await readFile(join(site.folder, ERASED_LIST), 'utf8'));
    const config = await emptyPlace(path('new'));
    await restoreCommand(config, path('a.tar'), [], say, silent);
    const { reads } = (await opened(config)).db;
    const rows = await reads
      .selectFrom('works')
      .leftJoin('work_creators', 'work_creators.work_id', 'works.id')
      .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
      .select(['works.title', 'works.state', 'works.posted_at', 'pseuds.name', 'work_creators.state as said'])
      .orderBy('works.id')
      .orderBy('work_creators.position')
      .execute();
    const works = [...Map.groupBy(rows, (row) => row.title)].map(([title, of]) => [
      title,
      [of[0]?.state, ...of.map((row) => (row.said === 'invited' ? `${row.name}?` : row.name))].join(' '),
    ]);
    return { works: Object.fromEntries(works) as Record<string, string>, reads };
  };
  const keep = () => backup(site.ground.config, path('a.tar'));
  return { path, said, say, site, wren, lark, keep, restored };
}

async function leave(site: TestSite, work: CastWork, person: Person): Promise<void> {
  const { public_id: pseud } = await site.ground.db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', person.pseudId)
    .executeTakeFirstOrThrow();
  expect((await site.post(`/works/${work.publicId}/creators/${pseud}/leaving`, {}, person)).status).toBe(303);
}

async function accept(site: TestSite, invitation: string, person: Person): Promise<void> {
  expect((await site.post(`/account/co-creation/${invitation}/acceptance`, {}, person)).status).toBe(303);
}

const note = (site: TestSite) => noteErased(site.ground);

test('a work left to others whom the copy does not know becomes a draft of who had left it, who can ask them again', async () => {
  const { site, wren, lark, said, keep, restored } = await archive();
  const works = {
    joined: await makeWork(site, { title: 'Joined later', by: [wren] }, { state: 'posted' }),
    asked: await makeWork(site, { title: 'Asked by then', by: [wren] }, { state: 'posted' }),
    draft: await makeWork(site, { title: 'A draft', by: [wren] }),
  };
  const invitation = await askToCreate(site, works.asked, wren, lark);
  const before = await site.ground.db.reads
    .selectFrom('works')
    .select(['id', 'posted_at', 'words'])
    .orderBy('id')
    .execute();
  await keep();
  await accept(site, invitation, lark);
  for (const work of [works.joined, works.draft]) await accept(site, await askToCreate(site, work, wren, lark), lark);
  for (const work of Object.values(works)) await leave(site, work, wren);
  await note(site);
  const { works: there, reads } = await restored();
  expect(there).toEqual({ 'Joined later': 'draft wren', 'Asked by then': 'draft wren lark?', 'A draft': 'draft wren' });
  expect(said.join('\n')).toContain(
    '3 works left to others since then, whom this backup does not have, became a draft of who had left',
  );
  // Its chapters and days are there for when it is posted again, and nobody is told that it was.
  expect(await reads.selectFrom('works').select(['id', 'posted_at', 'words']).orderBy('id').execute()).toEqual(before);
  expect(await reads.selectFrom('chapters').select('state').distinct().execute()).toEqual([{ state: 'draft' }]);
  // What wren keeps now is hers: the list says nothing of it to the next restore.
  const marks = await reads.selectFrom('byline_ties').select('mark').execute();
  const list = await readFile(join(site.folder, ERASED_LIST), 'utf8');
  for (const { mark } of marks) expect(list).not.toContain(mark);
});

test('when the account went, too, its name goes, who is asked stays asked, and a draft of nobody is erased', async () => {
  const { site, wren, lark, said, keep, restored } = await archive();
  const works = {
    joined: await makeWork(site, { title: 'Joined later', by: [wren] }, { state: 'posted' }),
    asked: await makeWork(site, { title: 'Asked by then', by: [wren] }, { state: 'posted' }),
    draft: await makeWork(site, { title: 'A draft', by: [wren] }),
    askedDraft: await makeWork(site, { title: 'A draft, and asked', by: [wren] }),
  };
  const asked = [
    await askToCreate(site, works.asked, wren, lark),
    await askToCreate(site, works.askedDraft, wren, lark),
  ];
  await keep();
  for (const invitation of asked) await accept(site, invitation, lark);
  for (const work of [works.joined, works.draft]) await accept(site, await askToCreate(site, work, wren, lark), lark);
  const deletion = { all: 'orphan', password: PASSWORD };
  expect((await site.post('/account/deletion', deletion, wren)).status).toBe(303);
  const { works: there } = await restored();
  expect(there).toEqual({
    'Joined later': 'posted orphan_account',
    'Asked by then': 'posted orphan_account lark?',
    'A draft, and asked': 'draft orphan_account lark?',
  });
  expect(said.join('\n')).toContain('3 works orphaned, which others kept');
  expect(said.join('\n')).toContain('1 draft erased');
});

test('who comes back to a work is not taken off it for having left once', async () => {
  const { site, wren, lark, said, keep, restored } = await archive();
  const shared = await makeWork(site, { title: 'Shared', by: [wren] }, { state: 'posted' });
  const twice = await makeWork(site, { title: 'Left twice', by: [lark] }, { state: 'posted' });
  await addCreator(site, shared.id, lark, 'accepted');
  await addCreator(site, twice.id, wren, 'accepted');
  await keep();
  for (const work of [shared, twice]) {
    await leave(site, work, wren);
    await note(site);
    await accept(site, await askToCreate(site, work, lark, wren), wren);
    await note(site);
  }
  await leave(site, shared, lark);
  await leave(site, twice, wren);
  await note(site);
  const { works } = await restored();
  expect(works).toEqual({ Shared: 'posted wren', 'Left twice': 'posted lark' });
  expect(said.join('\n')).toContain('2 names taken off works since then went off them again.');
});

test('a draft that was posted and orphaned since is erased: nobody could open it', async () => {
  const { site, wren, said, keep, restored } = await archive();
  const draft = await makeWork(site, { title: 'A draft', by: [wren] });
  await makeWork(site, { title: 'Another', by: [wren] });
  await keep();
  await site.ground.db.write((tx) =>
    tx.updateTable('works').set({ state: 'posted' }).where('id', '=', draft.id).execute(),
  );
  expect((await site.post(`/works/${draft.publicId}/orphaning`, { name: 'take' }, wren)).status).toBe(303);
  await note(site);
  const { works } = await restored();
  expect(works).toEqual({ Another: 'draft wren' });
  expect(said.join('\n')).toContain('1 draft erased');
});

test('who left a byline is remembered beside it for 90 days, and not with what was orphaned', async () => {
  const { site, wren, lark } = await archive();
  const shared = await makeWork(site, { by: [wren] }, { state: 'posted' });
  const given = await makeWork(site, { by: [wren] }, { state: 'posted' });
  for (const work of [shared, given]) await addCreator(site, work.id, lark, 'accepted');
  await leave(site, shared, wren);
  await site.post(`/works/${given.publicId}/orphaning`, { name: 'take' }, wren);
  const ties = () =>
    site.ground.db.reads
      .selectFrom('byline_ties')
      .select('work_id')
      .where('account_id', '=', wren.viewer.accountId)
      .execute();
  expect(await ties()).toEqual([{ work_id: shared.id }]);
  const inTime = site.ground.now() + 91 * 86_400_000;
  await site.ground.db.write((tx) => forgetOldCuts(tx, inTime));
  expect(await ties()).toEqual([]);
});

test('a backup that is older than marks says how many names it could not take off', async () => {
  const { path, said, say } = await scratch();
  const old = await emptyPlace(path('old'), 'sqlite');
  await (await openDatabase({ ...old, migrations: migrations.filter((step) => step.name < '0021') })).close();
  const before = Date.now() - 1000;
  await backup(old, path('a.tar'));
  const [first, second, third, fourth] = ['1', '2', '3', '4'].map((digit) => digit.repeat(32)) as [
    string,
    string,
    string,
    string,
  ];
  const cut = (tie: string, at: number) => ({ tie, name: false, others: false, at });
  const later = Date.now() + 1000;
  const list = [
    cut(first, later),
    cut(second, later),
    cut(third, before),
    cut(fourth, later),
    { again: fourth, at: later + 1 },
  ];
  await writeWhole(path('list.jsonl'), printErased(list));
  await restoreCommand(await emptyPlace(path('new')), path('a.tar'), [path('list.jsonl')], say, silent);
  expect(said.join('\n')).toContain('2 names taken off works since then could not be taken off again');
  // A backup that knows them says nothing of it.
  await backup(await emptyPlaceWithMarks(path('now')), path('b.tar'));
  said.length = 0;
  await restoreCommand(await emptyPlace(path('newer')), path('b.tar'), [path('list.jsonl')], say, silent);
  expect(said.join('\n')).not.toContain('could not');
});

async function emptyPlaceWithMarks(folder: string) {
  const config = await emptyPlace(folder, 'sqlite');
  await (await openDatabase({ ...config, migrations })).close();
  return config;
}

test('the last that lists say of a mark counts, in whatever order they say it; what others kept comes first', () => {
  const [one, other] = ['1'.repeat(32), '2'.repeat(32)];
  const cut = (tie: string, at: number, others: boolean) => ({ tie, name: false, others, at });
  expect(cutsOf([cut(one, 5, true), { again: one, at: 7 }, cut(one, 3, true)])).toEqual([]);
  expect(cutsOf([{ again: one, at: 7 }, cut(one, 9, false), cut(other, 12, true)])).toEqual([
    cut(other, 12, true),
    cut(one, 9, false),
  ]);
});
