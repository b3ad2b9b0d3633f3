/** An import as a run: recorded file by file, stopped, cut short and taken up, looked through and undone as a whole. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testSite, type TestSite } from '../../../test/site.ts';
import { eraseWork } from '../../app/erase.ts';
import { findWork, restoreWork } from '../works/index.ts';
import {
  bringIn,
  bringInRecorded,
  chapterText,
  filesKept,
  folderOf,
  LONG,
  outcomes,
  post,
  PROSE,
  reading,
  story,
  WHOLE,
  worksIn,
} from './bringing-in.fixture.ts';
import { NO_OPTIONS, type FileReport } from './import-options.ts';
import { wasCutShort, SILENT_MS } from './import-run.ts';
import { collectFiles } from './pipeline/collect.ts';
import { joinDrafts } from './pipeline/join.ts';
import { runImport } from './pipeline/run.ts';
import { beginImport, countImport, endImport, stopImport, takeUpImport, undoSome } from './runs.actions.ts';
import { filesOf, findImport, importsOf, recordedStamps } from './runs.queries.ts';

const PAGE = { outcome: null, offset: 0, limit: 1_000 };
const named = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const name = `${String(at).padStart(2, '0')}.md`;
      return [name, story({ ...WHOLE, title: `Tale ${name}` }, `Number ${at}. ${PROSE}`)];
    }),
  );
const card = async (site: TestSite, publicId: string) => {
  const found = await findImport(site.ground.db.reads, site.owner.viewer, publicId);
  if (!found) throw new Error('There is no such import.');
  return found;
};

describe('recorded', () => {
  test('what became of every file, as its report says, with the figures of the whole', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'a.md': story(),
      'b.md': story({ title: 'Lacking', language: 'en' }, `B. ${PROSE}`),
      'c.pdf': '%PDF-1.7',
      'd.md': story(),
    });
    const run = await bringInRecorded(site, folder, post);
    const { files, counts, state, weight, weightDone, endedAt } = await card(site, run.publicId);
    expect({ files, state }).toEqual({ files: 4, state: 'done' });
    expect(counts).toEqual({ posted: 1, draft: 1, unchanged: 1, update: 0, refused: 1, undone: 0 });
    expect(weightDone).toBeCloseTo(weight, 3);
    expect(endedAt).not.toBeNull();
    const rows = await filesOf(site.ground.db.reads, run.id, PAGE);
    expect(
      rows.map((row) => [row.path.slice(folder.length + 1), row.outcome, row.work?.publicId ?? null, row.reason]),
    ).toEqual(Object.entries(run.reports).map(([name, report]) => [name, report.outcome, report.work, report.reason]));
    const refused = await filesOf(site.ground.db.reads, run.id, { ...PAGE, outcome: 'refused' });
    expect(refused.map((row) => row.path)).toEqual([join(folder, 'c.pdf')]);
    const stranger = await site.person('stranger', ['owner']);
    expect(await findImport(site.ground.db.reads, stranger.viewer, run.publicId)).toBeNull();
    expect((await importsOf(site.ground.db.reads, stranger.viewer, { offset: 0, limit: 9 })).total).toBe(0);
    expect((await importsOf(site.ground.db.reads, site.owner.viewer, { offset: 0, limit: 9 })).imports).toHaveLength(1);
  });

  test('parts of one work each by its own name', async () => {
    const site = await testSite();
    const parts = { 's-1.md': story(WHOLE, LONG), 's-2.md': story({ ...WHOLE, title: 'Second' }, chapterText('Tam')) };
    const run = await bringInRecorded(site, await folderOf(parts), { ...post, join: true });
    expect(outcomes(run.reports)).toEqual({ 's-1.md': 'posted', 's-2.md': 'posted' });
    expect(run.reports['s-2.md']?.reason).toBe('It belongs to the work that begins with s-1.md.');
    expect(await worksIn(site)).toHaveLength(1);
    const again = await bringIn(site, await folderOf(parts), { ...post, join: true });
    expect(outcomes(again)).toEqual({ 's-1.md': 'unchanged', 's-2.md': 'unchanged' });
    // Without joining, too, each of them is known as a part.
    expect(outcomes(await bringIn(site, await folderOf(parts), post))).toEqual({
      's-1.md': 'unchanged',
      's-2.md': 'unchanged',
    });
    expect(await worksIn(site)).toHaveLength(1);
  });
});

describe('taken up', () => {
  test('after it was stopped: what was done is not done again, the rest is, and what changed is read again', async () => {
    const site = await testSite();
    const folder = await folderOf(named(40));
    const stop = new AbortController();
    let told = 0;
    const first = await bringInRecorded(site, folder, post, {
      signal: stop.signal,
      onFile: () => {
        told += 1;
        if (told === 5) stop.abort();
      },
    });
    expect(told).toBeGreaterThanOrEqual(5);
    expect(told).toBeLessThan(40);
    expect((await card(site, first.publicId)).state).toBe('stopped');
    expect(await worksIn(site)).toHaveLength(told);
    await writeFile(join(folder, '00.md'), story({ ...WHOLE, title: 'Tale 00.md' }, `Number 0. ${LONG}`));
    let doneBefore = 0;
    const second = await bringInRecorded(site, folder, post, {
      onBegin: (_total, done) => void (doneBefore = done.files),
    });
    expect([second.id, doneBefore]).toEqual([first.id, told - 1]);
    expect(Object.keys(second.reports)).toHaveLength(40 - told + 1);
    expect(second.reports['00.md']).toBeDefined();
    expect(await worksIn(site)).toHaveLength(41);
    expect(await card(site, first.publicId)).toMatchObject({ state: 'done', files: 40 });
    expect(await filesOf(site.ground.db.reads, first.id, PAGE)).toHaveLength(40);
    const third = await bringInRecorded(site, folder, post);
    expect(third.id).not.toBe(first.id);
  });

  test('after the process ended in the midst of it, by the same command and by no other', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const folder = await folderOf(named(30));
    const run = { accountId: site.owner.viewer.accountId, named: [folder], options: NO_OPTIONS };
    const begun = await db.write((tx) => beginImport(tx, now(), { ...run, origin: 'command' }));
    let writes = 0;
    const dying: TestSite['ground'] = {
      ...site.ground,
      db: { ...db, write: (work) => ((writes += 1) > 3 ? Promise.reject(new Error('killed')) : db.write(work)) },
    };
    const files = await collectFiles([folder]);
    const how = { viewer: site.owner.viewer, options: NO_OPTIONS, importId: begun.id, reading };
    await expect(runImport(files, { ...how, ground: dying, onFile: () => {} })).rejects.toThrow('killed');
    const done = (await worksIn(site)).length;
    expect(done).toBeGreaterThan(0);
    expect((await recordedStamps(db.reads, begun.id)).size).toBe(done);
    expect((await card(site, begun.publicId)).state).toBe('running');
    for (const other of [
      { named: [`${folder}/x`] },
      { options: { ...NO_OPTIONS, post: true } },
      { accountId: run.accountId + 1 },
    ])
      expect(await db.write((tx) => takeUpImport(tx, now(), { ...run, ...other }))).toBeNull();
    const again = await bringInRecorded(site, folder);
    expect(again.id).toBe(begun.id);
    expect(Object.keys(again.reports)).toHaveLength(30 - done);
    expect(await worksIn(site)).toHaveLength(30);
    expect((await card(site, begun.publicId)).weightDone).toBeCloseTo((await card(site, begun.publicId)).weight, 3);
  });

  test('a full disk refuses the file it has no room for, keeps nothing of it, and the file is tried again', async () => {
    const site = await testSite();
    const folder = await folderOf({ ...named(3), 'zz.md': story({ ...WHOLE, title: 'Full' }, `Full. ${PROSE}`) });
    let full = true;
    const files: TestSite['ground']['files'] = {
      ...site.ground.files,
      put: async (bytes) => {
        if (full && Buffer.from(bytes).includes('Full.')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        return site.ground.files.put(bytes);
      },
    };
    const stop = new AbortController();
    const more = { ground: { ...site.ground, files }, signal: stop.signal, onFile: () => stop.abort() };
    const first = await bringInRecorded(site, folder, post, more);
    expect(outcomes(first.reports)).toEqual({
      '00.md': 'posted',
      '01.md': 'posted',
      '02.md': 'posted',
      'zz.md': 'refused',
    });
    expect(first.reports['zz.md']?.reason).toBe(
      'There is no room on the disk to keep this file. Make room and import it again.',
    );
    expect(await filesKept(site)).toHaveLength(3);
    expect(await worksIn(site)).toHaveLength(3);
    full = false;
    const second = await bringInRecorded(site, folder, post);
    expect(second.id).toBe(first.id);
    expect(outcomes(second.reports)).toEqual({ 'zz.md': 'posted' });
  });

  test('stopped by a person while it runs, it ends after the files in hand, and before it counts them, too', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const folder = await folderOf(named(40));
    let stopped: Promise<void> | null = null;
    const begun = await bringInRecorded(
      site,
      folder,
      {},
      {
        onFile: () =>
          void (stopped ??= db.write((tx) =>
            tx
              .selectFrom('imports')
              .select('id')
              .executeTakeFirstOrThrow()
              .then(({ id }) => stopImport(tx, now(), id)),
          )),
      },
    );
    expect(Object.keys(begun.reports).length).toBeLessThan(40);
    expect((await card(site, begun.publicId)).state).toBe('stopped');
    const early = await db.write((tx) =>
      beginImport(tx, now(), {
        accountId: site.owner.viewer.accountId,
        origin: 'upload',
        named: [],
        options: NO_OPTIONS,
      }),
    );
    await db.write((tx) => stopImport(tx, now(), early.id));
    await db.write((tx) => countImport(tx, now(), early.id, { files: 1, weight: 1, weightDone: 0 }));
    await db.write((tx) => endImport(tx, now(), early.id, 'done'));
    expect((await card(site, early.publicId)).state).toBe('stopped');
  });

  test('one that is silent for long was cut short', () => {
    expect(wasCutShort({ state: 'running', seenAt: 0 }, SILENT_MS + 1)).toBe(true);
    expect(wasCutShort({ state: 'running', seenAt: 1 }, SILENT_MS + 1)).toBe(false);
    expect(wasCutShort({ state: 'stopped', seenAt: 0 }, SILENT_MS * 9)).toBe(false);
  });
});

test('reads like another but for typography: found among the files of one import, told, and held back', async () => {
  const site = await testSite();
  const curly = LONG.replaceAll('hummed', '“hummed” — so to say —');
  const straight = LONG.replaceAll('hummed', '"hummed" -- so to say --');
  const folder = await folderOf({
    'a.md': story({ ...WHOLE, title: 'Curly' }, curly),
    'b.md': story({ ...WHOLE, title: 'Straight' }, straight),
    'c.md': story({ ...WHOLE, title: 'Other' }, chapterText('Tam')),
  });
  const reports = await bringIn(site, folder, post);
  expect(outcomes(reports)).toEqual({ 'a.md': 'posted', 'b.md': 'draft', 'c.md': 'posted' });
  expect(reports['b.md']?.reason).toMatch(
    /^It reads like the work at \/works\/[0-9a-z]{10} but for typography; look whether both are wanted\.$/,
  );
  const notices = (await worksIn(site)).map((work) => JSON.parse(work.notices) as string[]);
  expect(notices[1]?.[0]).toContain('It reads like the work at');
  const again = await bringIn(site, folder, post);
  expect(outcomes(again)).toEqual({ 'a.md': 'unchanged', 'b.md': 'unchanged', 'c.md': 'unchanged' });
});

describe('undone', () => {
  test('as a whole: what it brought in is deleted, what was here before is not, and each can be restored', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const folder = await folderOf({ ...named(5), 'x.pdf': '%PDF-1.7' });
    await bringIn(site, await folderOf({ 'before.md': Object.values(named(1))[0] ?? '' }), post);
    const run = await bringInRecorded(site, folder, post);
    expect(run.reports['00.md']?.outcome).toBe('unchanged');
    const some = () => db.write((tx) => undoSome(tx, now(), site.owner.viewer, run.id, 3));
    expect([await some(), await some(), await some()]).toEqual([3, 1, 0]);
    expect(await card(site, run.publicId)).toMatchObject({
      state: 'undone',
      counts: { posted: 0, draft: 0, unchanged: 1, update: 0, refused: 1, undone: 4 },
    });
    const works = await worksIn(site);
    expect(works.map((work) => work.deleted_at !== null)).toEqual([false, true, true, true, true]);
    const one = run.reports['01.md']?.work ?? '';
    expect(await db.write((tx) => restoreWork(tx, now(), site.owner.viewer, one))).toMatchObject({ publicId: one });
    expect(await findWork(db.reads, site.owner.viewer, one)).toMatchObject({ state: 'posted' });
    const rows = await filesOf(db.reads, run.id, { ...PAGE, outcome: 'undone' });
    expect(rows.map((row) => row.work?.deleted)).toEqual([false, true, true, true]);
  });

  test('what somebody else keeps is left to them', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const run = await bringInRecorded(site, await folderOf(named(2)), post);
    const stranger = await site.person('stranger', ['owner']);
    while ((await db.write((tx) => undoSome(tx, now(), stranger.viewer, run.id, 9))) > 0);
    expect((await worksIn(site)).map((work) => work.deleted_at)).toEqual([null, null]);
  });
});

describe('forgotten', () => {
  test('of a work that is erased for good: its file, its name and its copies, in every import', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'Secret name.md': story(), 'b.md': story(WHOLE, `B. ${PROSE}`) });
    const run = await bringInRecorded(site, folder, post);
    await bringInRecorded(site, folder, post);
    const work = await findWork(site.ground.db.reads, site.owner.viewer, run.reports['Secret name.md']?.work ?? '');
    await eraseWork(site.ground, site.features, work?.id ?? 0);
    const rows = await site.ground.db.reads.selectFrom('import_files').selectAll().execute();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('Secret');
    expect(await filesKept(site)).toHaveLength(1);
  });

  test('with the account: its imports and what they said of files; the works stay', async () => {
    const site = await testSite();
    const folder = await folderOf(named(2));
    await bringInRecorded(site, folder, post);
    const { db, now } = site.ground;
    const other = await site.person('other', ['owner']);
    const run = { accountId: other.viewer.accountId, named: ['x'], options: NO_OPTIONS };
    await db.write((tx) => beginImport(tx, now(), { ...run, origin: 'command' }));
    const feature = site.features.find((one) => one.name === 'imports');
    await db.write(async (tx) => feature?.erase?.account?.(tx, now(), site.owner.viewer.accountId));
    expect(await db.reads.selectFrom('import_files').selectAll().execute()).toEqual([]);
    expect(await db.reads.selectFrom('imports').select('account_id').execute()).toEqual([
      { account_id: run.accountId },
    ]);
    expect(await worksIn(site)).toHaveLength(2);
  });
});

describe('drafts that turn out to be one work', () => {
  async function threeDrafts() {
    const site = await testSite();
    const folder = await folderOf(
      Object.fromEntries(
        ['One', 'Two', 'Three'].map((word) => [`${word}.md`, story({ ...WHOLE, title: word }, chapterText(word))]),
      ),
    );
    const run = await bringInRecorded(site, folder);
    const ids = ['One', 'Two', 'Three'].map((word) => run.reports[`${word}.md`]?.work ?? '');
    const join = async (works: readonly string[], ground = site.ground) =>
      joinDrafts(ground, reading, site.owner.viewer, await card(site, run.publicId), works, async (tx, workId) => {
        for (const feature of site.features.toReversed()) await feature.erase?.work?.(tx, site.ground.now(), workId);
      });
    return { site, folder, run, ids, join };
  }
  const titles = async (site: TestSite) => (await worksIn(site)).map((work) => work.title);

  test('are one, in the order given, with all originals, texts and reports; the same files are known as it', async () => {
    const { site, folder, run, ids, join } = await threeDrafts();
    const [one = '', two = '', three = ''] = ids;
    const joined = await join([two, one, three]);
    if ('problem' in joined) throw new Error(joined.problem);
    expect(await titles(site)).toEqual(['Two']);
    const work = await findWork(site.ground.db.reads, site.owner.viewer, joined.work);
    expect(work?.chapters.map((chapter) => chapter.title)).toEqual(['Two', 'One', 'Three']);
    expect(await filesKept(site)).toHaveLength(3);
    const jobs = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
    const queued = await site.ground.db.reads
      .selectFrom('jobs')
      .select('payload')
      .where('kind', '=', 'remove-original')
      .execute();
    expect(queued.length).toBeGreaterThan(0);
    for (const { payload } of queued)
      await jobs.find((job) => job.kind === 'remove-original')?.run(JSON.parse(payload ?? '""'));
    expect(await filesKept(site)).toHaveLength(3);
    const files = await filesOf(site.ground.db.reads, run.id, PAGE);
    expect(files.map((file) => [file.outcome, file.work?.publicId])).toEqual(files.map(() => ['draft', joined.work]));
    expect(files).toHaveLength(3);
    expect(outcomes(await bringIn(site, folder))).toEqual({
      'One.md': 'unchanged',
      'Two.md': 'unchanged',
      'Three.md': 'unchanged',
    });
    expect(await titles(site)).toEqual(['Two']);
  });

  test('stay as they are when one of them was edited, posted, is no import or is named twice', async () => {
    const { site, ids, join } = await threeDrafts();
    const { db } = site.ground;
    const [one = '', two = '', three = ''] = ids;
    await db.write((tx) => tx.updateTable('works').set({ version: 2 }).where('public_id', '=', three).execute());
    expect(await join([one, two, three])).toEqual({ problem: expect.stringContaining('was edited') as unknown });
    expect(await join([one])).toHaveProperty('problem');
    expect(await join([one, one])).toHaveProperty('problem');
    expect(await join([one, 'nosuchwork'])).toHaveProperty('problem');
    await db.write((tx) => tx.deleteFrom('import_originals').execute());
    expect(await join([one, two])).toEqual({ problem: expect.stringContaining('did not come from a file') as unknown });
    await db.write((tx) => tx.updateTable('works').set({ state: 'posted' }).where('public_id', '=', two).execute());
    expect(await join([two, one])).toEqual({ problem: expect.stringContaining('no draft any more') as unknown });
    expect(await titles(site)).toEqual(['One', 'Three', 'Two']);
  });

  test('stay as they are when one changes while they are read, or the process ends before all is written', async () => {
    const { site, ids, join } = await threeDrafts();
    const { db } = site.ground;
    const before = [await titles(site), await db.reads.selectFrom('import_files').selectAll().execute()];
    const now = async () => [await titles(site), await db.reads.selectFrom('import_files').selectAll().execute()];
    const edited: TestSite['ground'] = {
      ...site.ground,
      db: {
        ...db,
        writeUnlessRefused: async (work) => {
          await db.write((tx) =>
            tx
              .updateTable('works')
              .set({ version: 9 })
              .where('public_id', '=', ids[2] ?? '')
              .execute(),
          );
          return db.writeUnlessRefused(work);
        },
      },
    };
    expect(await join(ids, edited)).toEqual({ problem: 'One of these changed meanwhile, so nothing was joined.' });
    expect(await now()).toEqual(before);
    await db.write((tx) => tx.updateTable('works').set({ version: 1 }).execute());
    const dying: TestSite['ground'] = {
      ...site.ground,
      db: {
        ...db,
        writeUnlessRefused: (work) =>
          db.writeUnlessRefused(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      },
    };
    await expect(join(ids, dying)).rejects.toThrow('killed');
    expect(await now()).toEqual(before);
  });
});

test('old ratings find their rows, whatever else is said with them', async () => {
  const site = await testSite();
  const rows: Record<string, readonly string[]> = {
    general: ['G', 'PG', 'K', 'K+', 'Rated: K+', 'General Audiences'],
    teen: ['PG-13', 'PG-15', 'T', 'pg13', 'PG-13 (for language)', 'Rated T for violence'],
    mature: ['R', 'M', 'Fiction M', 'R - for violence'],
    explicit: ['NC-17', 'NC-18', 'X', 'MA', 'NC17', 'NC-17, to be safe'],
  };
  const said = Object.entries(rows).flatMap(([code, names]) => names.map((name) => [code, name] as const));
  const folder = await folderOf(
    Object.fromEntries(
      said.map(([, rating], at) => [
        `${String(at).padStart(2, '0')}.md`,
        story({ ...WHOLE, rating, title: `T${at}` }, `${at}. ${PROSE}`),
      ]),
    ),
  );
  const reports: FileReport[] = Object.values(await bringIn(site, folder));
  const codes = await Promise.all(
    reports.map(async (report) => {
      const work = await findWork(site.ground.db.reads, site.owner.viewer, report.work ?? '');
      return work?.tags.find((tag) => tag.kind === 'rating')?.name;
    }),
  );
  const names: Record<string, string> = {
    general: 'General Audiences',
    teen: 'Teen And Up Audiences',
    mature: 'Mature',
    explicit: 'Explicit',
  };
  expect(codes).toEqual(said.map(([code]) => names[code]));
  expect(reports.flatMap((report) => report.unmapped)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('metadata beside the files wins over what they say, and loses to the options of the command', async () => {
  const site = await testSite();
  const folder = await folderOf({
    'a.md': story({ ...WHOLE, rating: 'Mature' }, `A. ${PROSE}`),
    'b.md': story({ ...WHOLE, rating: 'Mature' }, `B. ${PROSE}`),
    'one.md': story({ title: 'x', language: 'en' }, LONG),
    'two.md': story({ title: 'y', language: 'en' }, chapterText('Tam')),
    'metadata.csv': [
      'file;work;chapter;position;title;rating;fandom;creator;warning;mood',
      'a.md;;;;Said;T;Emma;tam;;grim',
      'two.md;Tides;Ebb;1;;K;Dune;wren;;',
      'one.md;Tides;Flow;2;;;;;;',
      'gone.md;;;;;;;;;',
    ].join('\n'),
  });
  const reports = await bringIn(site, folder, {
    ...post,
    rating: 'explicit',
    creators: ['nightjar'],
    warnings: ['none'],
  });
  expect(reports['gone.md']).toMatchObject({
    outcome: 'refused',
    reason: 'metadata.csv names this file, but it is not there.',
  });
  expect(reports['a.md']?.unmapped).toEqual([expect.stringMatching(/^Metadata .*mood.*grim/)]);
  expect(outcomes(reports)).toMatchObject({
    'a.md': 'posted',
    'b.md': 'posted',
    'one.md': 'posted',
    'two.md': 'posted',
  });
  const work = async (name: string) => findWork(site.ground.db.reads, site.owner.viewer, reports[name]?.work ?? '');
  const facts = async (name: string) => {
    const one = await work(name);
    const tag = (kind: string) => one?.tags.find((each) => each.kind === kind)?.name;
    return [one?.title, tag('rating'), tag('fandom'), one?.creators.map((each) => each.name).join()];
  };
  expect(await facts('a.md')).toEqual(['Said', 'Explicit', 'Emma', 'nightjar']);
  expect(await facts('b.md')).toEqual([WHOLE.title, 'Mature', WHOLE.fandom, 'wren']);
  expect(await facts('two.md')).toEqual(['Tides', 'Explicit', 'Dune', 'nightjar']);
  expect((await work('one.md'))?.chapters.map((chapter) => chapter.title)).toEqual(['Ebb', 'Flow']);
  expect(reports['metadata.csv']).toBeUndefined();
});
