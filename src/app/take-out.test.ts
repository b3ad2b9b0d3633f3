/** Everything that is one's own can be taken out: each stored field of a work, and nothing of others, and no secret. */
import { describe, expect, test } from 'vitest';
import {
  addCreator,
  addDeletedChapter,
  addOldRevision,
  giveInvitation,
  giveSkin,
  keepOriginal,
  leaveUnsaved,
  makeWork,
  putInSeries,
  recordImport,
  secureAccount,
  showIcon,
} from '../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../test/site.ts';
import { openZip } from '../platform/zip/zip.ts';
import { camelCase } from '../platform/taken-row.ts';
import {
  CHAPTER_COLUMNS,
  LEFT_OUT,
  REVISION_COLUMNS,
  WORK_COLUMNS,
  WORK_FLAGS,
} from '../features/works/take-out.queries.ts';

async function takenBy(site: TestSite, person: Person): Promise<Map<string, Buffer>> {
  const answer = await site.post('/account/take-out', {}, person);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const opened = await openZip({ bytes: new Uint8Array(await answer.arrayBuffer()) });
  if (!opened.ok) throw new Error(opened.reason);
  const files = new Map<string, Buffer>();
  for (const entry of opened.zip.entries) {
    const read = await opened.zip.read(entry);
    if (!read.ok) throw new Error(read.reason);
    files.set(entry.name, Buffer.from(read.bytes));
  }
  await opened.zip.close();
  return files;
}

const jsonIn = (files: Map<string, Buffer>, end: string | RegExp): Record<string, unknown> => {
  const found = [...files].find(([path]) => (typeof end === 'string' ? path.endsWith(end) : end.test(path)));
  return JSON.parse(found?.[1].toString() ?? 'null') as Record<string, unknown>;
};

const TABLES = [
  ['works', WORK_COLUMNS],
  ['chapters', CHAPTER_COLUMNS],
  ['chapter_revisions', REVISION_COLUMNS],
] as const;

describe('what is taken out', () => {
  test.each(TABLES)('every column of %s is in it, or is left out for a reason', async (table, columns) => {
    const site = await testSite();
    await makeWork(site, { title: 'Any', by: [await site.person('wren')] }, { state: 'posted' });
    const row = await site.ground.db.reads.selectFrom(table).selectAll().limit(1).executeTakeFirstOrThrow();
    expect([...columns, ...Object.keys(LEFT_OUT[table])].sort()).toEqual(Object.keys(row).sort());
    expect(Object.values(LEFT_OUT[table]).every((reason) => reason.length > 10)).toBe(true);
  });

  test('has the value of each column as it is stored, of the work, its chapters and all revisions', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const plan = { title: 'Whole / Work', by: [wren], chapters: ['First.', 'Second.'] };
    const work = await makeWork(site, plan, { state: 'posted', restricted: true });
    await addOldRevision(site, work.id, 1, 'earlier');
    await addDeletedChapter(site, work.id, { title: 'Gone', html: '<p>It was deleted.</p>' });
    const files = await takenBy(site, wren);
    const { reads } = site.ground.db;
    const same = (taken: Record<string, unknown>, row: object, columns: readonly string[]) => {
      for (const [column, value] of Object.entries(row)) {
        if (!columns.includes(column)) continue;
        const said = taken[camelCase(column)];
        const flag = (WORK_FLAGS as readonly string[]).includes(column);
        const time = typeof value === 'number' && column.endsWith('_at');
        const stored: unknown = flag ? value === 1 : time ? new Date(Number(value)).toISOString() : value;
        expect(column === 'notices' ? JSON.stringify(said) : said, column).toEqual(stored);
      }
    };
    const workRow = await reads.selectFrom('works').selectAll().where('id', '=', work.id).executeTakeFirstOrThrow();
    same(jsonIn(files, '/work.json'), workRow, WORK_COLUMNS);
    const chapters = await reads.selectFrom('chapters').selectAll().where('work_id', '=', work.id).execute();
    for (const chapter of chapters) {
      const folder = chapter.deleted_at === null ? `00${chapter.position}` : `deleted-${chapter.public_id}`;
      same(jsonIn(files, `/chapters/${folder}/chapter.json`), chapter, CHAPTER_COLUMNS);
      const revisions = await reads
        .selectFrom('chapter_revisions')
        .selectAll()
        .where('chapter_id', '=', chapter.id)
        .execute();
      for (const revision of revisions) {
        const taken = jsonIn(files, `/chapters/${folder}/revisions/000${revision.number}.json`);
        same(taken, revision, REVISION_COLUMNS);
      }
    }
    const shown = await reads
      .selectFrom('chapters')
      .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
      .whereRef('chapter_revisions.number', '=', 'chapters.revision')
      .select('chapter_revisions.html')
      .orderBy('chapters.position')
      .execute();
    const read = [...files].filter(([path]) => path.endsWith('/chapter.html')).map(([, bytes]) => String(bytes));
    expect(read).toEqual(shown.map((row) => row.html));
    expect([...files.keys()].filter((path) => path.includes('/revisions/'))).toHaveLength(
      (await reads.selectFrom('chapter_revisions').select('id').execute()).length,
    );
    const tags = await reads
      .selectFrom('work_tags')
      .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
      .select('tags.name')
      .where('work_id', '=', work.id)
      .orderBy('position')
      .execute();
    const taken = jsonIn(files, '/work.json')['tags'] as { name: string }[];
    expect(taken.map((tag) => tag.name).sort()).toEqual(tags.map((tag) => tag.name).sort());
  });

  test('has what every feature keeps, nothing of others, and no secret', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const other = await site.person('zqother');
    const codes = await secureAccount(site, wren, 'wren-signs-in', 'correct horse battery');
    const work = await makeWork(site, { title: 'Mine', by: [wren] }, { state: 'draft' });
    const theirs = await makeWork(site, { title: 'zqtheirs', by: [other] }, { state: 'posted' });
    const shared = await makeWork(site, { title: 'Ours', by: [other] }, { state: 'posted' });
    await addCreator(site, shared.id, wren, 'accepted');
    await putInSeries(site, work.id, 'A Series');
    await keepOriginal(site, work.id, 'story.txt', 'As it came in.');
    await recordImport(site, { by: wren, files: [{ file: 'story.txt', outcome: 'draft', workId: work.id }] });
    await giveSkin(site, wren, work, 'p { color: red }');
    await giveSkin(site, other, theirs, 'p { color: green }');
    await showIcon(site, wren.viewer.accountId, 'second', 'A lantern');
    await leaveUnsaved(site, wren, 'zqunsaved words');
    await leaveUnsaved(site, other, 'zqnotmine');
    const { code } = await giveInvitation(site, wren);
    await site.post('/preferences/theme', { theme: 'sepia' }, wren);
    const files = await takenBy(site, wren);
    const paths = [...files.keys()];
    for (const expected of [
      /^README\.txt$/,
      /^account\.json$/,
      /^unsaved\.json$/,
      /^imports\/.*\.json$/,
      /^pseuds\/.*-wren\/profile\.json$/,
      /^pseuds\/.*-second\/icon\.webp$/,
      /^skins\/.*\/source\.css$/,
      /^works\/.*-Mine\/work\.json$/,
      /^works\/.*-Mine\/series\.json$/,
      /^works\/.*-Mine\/skin\.json$/,
      /^works\/.*-Mine\/originals\/001-story\.txt$/,
      /^works\/.*-Ours\/work\.json$/,
    ])
      expect(
        paths.some((path) => expected.test(path)),
        expected.source,
      ).toBe(true);
    const account = jsonIn(files, 'account.json');
    expect(account).toMatchObject({ signIn: { name: 'wren-signs-in' }, preferences: { theme: 'sepia' } });
    const all = [...files.values()].map(String).join('\n');
    expect(all).toContain('zqunsaved');
    expect(all).toContain('As it came in.');
    for (const foreign of ['zqtheirs', 'zqnotmine', 'color: green']) expect(all).not.toContain(foreign);
    // The other creator of a work is named, as its byline names them.
    expect(all).toContain('zqother');
    const { reads } = site.ground.db;
    const hashes = [
      ...(await reads.selectFrom('credentials').select('password_hash as secret').execute()),
      ...(await reads.selectFrom('recovery_codes').select('code_hash as secret').execute()),
      ...(await reads.selectFrom('sessions').select('token_hash as secret').execute()),
      ...(await reads.selectFrom('invitations').select('code_hash as secret').execute()),
      ...(await reads.selectFrom('pseud_icons').select('blob as secret').execute()),
    ].map((row) => row.secret);
    for (const secret of [...hashes, ...codes, code, wren.cookie.split('=')[1] ?? ''])
      expect(all).not.toContain(secret);
    // Every table of a feature that has a share of erasing accounts has been thought of here.
    const withAccounts = site.features.filter((feature) => feature.erase?.account);
    expect(withAccounts.filter((feature) => !feature.takeOut?.account).map((feature) => feature.name)).toEqual([]);
  });

  test('is made once at a time for an account, and again when it is done', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const first = await site.post('/account/take-out', {}, wren);
    expect((await site.post('/account/take-out', {}, wren)).status).toBe(429);
    expect((await site.post('/account/take-out', {}, await site.person('lark'))).status).toBe(200);
    await first.body?.cancel();
    expect((await takenBy(site, wren)).size).toBeGreaterThan(2);
    expect((await takenBy(site, wren)).size).toBeGreaterThan(2);
    expect((await site.post('/account/take-out')).status).toBe(404);
  });
});
