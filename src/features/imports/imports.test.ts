/** A folder of stories comes in: what becomes of each file, twice, changed, refused; and what is kept of it. */
import { chmod, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testSite, type TestSite } from '../../../test/site.ts';
import { choosePreferences } from '../accounts/index.ts';
import { changeRules } from '../site/index.ts';
import {
  bringIn,
  filesKept,
  folderOf,
  jsonOf,
  LONG,
  outcomes,
  post,
  PROSE,
  story,
  WHOLE,
  worksIn,
} from './bringing-in.fixture.ts';
import { importCommand } from './commands.ts';
import { NO_OPTIONS, type FileReport, type ImportOptions } from './import-options.ts';
import { collectFiles } from './pipeline/collect.ts';
import { FILE_BYTES } from './pipeline/found-file.ts';
import { runImport } from './pipeline/run.ts';

describe('what becomes of a file', () => {
  test('a draft; posted when asked; a draft all the same, with the reason, when it lacks something', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'whole.md': story() });
    expect(await bringIn(site, folder)).toMatchObject({
      'whole.md': { outcome: 'draft', reason: null, format: 'markdown' },
    });
    const other = await folderOf({
      'more/whole.md': story({ ...WHOLE, title: 'Second' }, `Again. ${PROSE}`),
      'more/lacking.md': story({ title: 'Third', language: 'en' }, `Once more. ${PROSE}`),
      'plain.txt': `A Plain Tale\n\nIt ends here. ${PROSE}`,
    });
    const reports = await bringIn(site, other, post);
    expect(outcomes(reports)).toEqual({ 'more/whole.md': 'posted', 'more/lacking.md': 'draft', 'plain.txt': 'draft' });
    expect(reports['more/lacking.md']?.reason).toBe(
      'It needs a rating, an archive warning and a fandom before it can be posted.',
    );
    const states = (await worksIn(site)).map((work) => work.state);
    expect(states.filter((state) => state === 'posted')).toHaveLength(1);
  });

  test('the second time: unchanged, and nothing is written', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'a.md': story(), 'b.txt': `A Tale\n\n${PROSE} The end.` });
    const first = await bringIn(site, folder, post);
    const before = await worksIn(site);
    const again = await bringIn(site, folder, post);
    expect(outcomes(again)).toEqual({ 'a.md': 'unchanged', 'b.txt': 'unchanged' });
    for (const file of ['a.md', 'b.txt']) expect(again[file]?.work).toBe(first[file]?.work);
    expect(await worksIn(site)).toEqual(before);
    expect(await filesKept(site)).toHaveLength(2);
  });

  test('changed at its source: proposed with its new original, and the work here is left as it is', async () => {
    const site = await testSite();
    const source = { source: 'https://elsewhere.example/works/7' };
    const first = await bringIn(site, await folderOf({ 'a.md': story({ ...WHOLE, ...source }) }), post);
    const before = await jsonOf(site, first['a.md']);
    const changed = await folderOf({
      'b.md': story({ ...WHOLE, ...source, title: 'Anew' }, `Quite another text. ${PROSE}`),
    });
    const again = await bringIn(site, changed, post);
    expect(again['b.md']).toMatchObject({ outcome: 'update', work: first['a.md']?.work });
    expect(again['b.md']?.reason).toContain('The source of "Telling the Bees" has changed');
    expect(await jsonOf(site, first['a.md'])).toEqual(before);
    expect(await filesKept(site)).toHaveLength(2);
  });

  test('one that was deleted here does not come back by itself', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'a.md': story() });
    const first = await bringIn(site, folder, post);
    await site.post(`/works/${first['a.md']?.work}/deletion`, {}, site.owner);
    const again = await bringIn(site, folder, post);
    expect(again['a.md']).toMatchObject({ outcome: 'unchanged' });
    expect(again['a.md']?.reason).toContain('among the deleted works');
  });

  test('two files with the same text are one work', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'a.md': story(WHOLE, LONG),
      'b.md': story({ ...WHOLE, title: 'The same under another name' }, LONG),
    });
    const reports = await bringIn(site, folder, post);
    expect(outcomes(reports)).toEqual({ 'a.md': 'posted', 'b.md': 'unchanged' });
    expect(reports['b.md']?.reason).toContain(WHOLE.title);
    expect(await worksIn(site)).toHaveLength(1);
    expect(await filesKept(site)).toHaveLength(1);
  });

  test('two sources with addresses of their own are two works, though they say the same', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'a.md': story({ ...WHOLE, source: 'https://elsewhere.example/works/1' }, LONG),
      'b.md': story({ ...WHOLE, source: 'https://elsewhere.example/works/2' }, LONG),
    });
    expect(outcomes(await bringIn(site, folder, post))).toEqual({ 'a.md': 'posted', 'b.md': 'posted' });
  });

  test('a text of a line or two is told by its title and creator too', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'a.md': story({ ...WHOLE, title: 'Podfic one' }, 'Listen at the link in the notes.'),
      'b.md': story({ ...WHOLE, title: 'Podfic two' }, 'Listen at the link in the notes.'),
    });
    expect(outcomes(await bringIn(site, folder, post))).toEqual({ 'a.md': 'posted', 'b.md': 'posted' });
  });

  test('a name beyond any length is kept whole, and keeps no other file out', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'long.md': story({ ...WHOLE, creator: 'wren '.repeat(2_000).trim(), series: `${'Hive '.repeat(2_000)}#1` }, LONG),
      'good.md': story({ ...WHOLE, title: 'Beside it' }, `Another. ${LONG}`),
    });
    expect(outcomes(await bringIn(site, folder, post))).toEqual({ 'good.md': 'posted', 'long.md': 'posted' });
  });
});

describe('refused', () => {
  test('by the archive’s rules, under any name the label stands; no copy of it is kept', async () => {
    const site = await testSite();
    await site.ground.db.write((tx) => changeRules(tx, 1, { explicitRefused: true, registeredOnly: false }));
    const folder = await folderOf({
      'warning.md': story({ ...WHOLE, warning: ['Underage Sex', 'No Archive Warnings Apply'] }),
      'tag.md': story({ ...WHOLE, tag: ['Fluff', 'underage'] }),
      'explicit.md': story({ ...WHOLE, rating: 'Explicit' }),
      'fine.md': story({ ...WHOLE, tag: 'Underage Drinking' }, `Beer. ${PROSE}`),
    });
    const reports = await bringIn(site, folder, post);
    expect(outcomes(reports)).toEqual({
      'warning.md': 'refused',
      'tag.md': 'refused',
      'explicit.md': 'refused',
      'fine.md': 'posted',
    });
    expect(reports['tag.md']?.reason).toContain('It is labelled "Underage".');
    expect(reports['explicit.md']?.reason).toBe('This archive does not take Explicit works.');
    expect(await filesKept(site)).toHaveLength(1);
    expect(await worksIn(site)).toHaveLength(1);
  });

  test('by an option that labels it so', async () => {
    const site = await testSite();
    const reports = await bringIn(site, await folderOf({ 'a.md': story() }), { ...post, freeforms: ['Underage'] });
    expect(reports['a.md']?.outcome).toBe('refused');
    expect(await filesKept(site)).toEqual([]);
  });

  test.each([
    ['nothing in it', '', 'This file is empty.'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'PDF files cannot be read'],
    ['a zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'This zip is cut off'],
    ['noise', new Uint8Array(Array.from({ length: 600 }, (_, at) => at % 7)), 'not a text file'],
  ])('because it holds %s', async (_, content, reason) => {
    const site = await testSite();
    const reports = await bringIn(site, await folderOf({ file: content }), post);
    expect(reports['file']).toMatchObject({ outcome: 'refused', work: null });
    expect(reports['file']?.reason).toContain(reason);
  });

  test('unread when it is larger than any story', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'huge.txt': '' });
    await truncate(join(folder, 'huge.txt'), FILE_BYTES + 1);
    const reports = await bringIn(site, folder, post);
    expect(reports['huge.txt']).toMatchObject({ outcome: 'refused', format: null });
    expect(reports['huge.txt']?.reason).toContain('at most 48 MB');
  });

  test('because it is not there, or went away meanwhile', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'here.md': story(), 'gone.md': story() });
    const found = [...(await collectFiles([folder])), ...(await collectFiles([join(folder, 'never')]))];
    await rm(join(folder, 'gone.md'));
    const reports: FileReport[] = [];
    await runImport(found, {
      ground: site.ground,
      viewer: site.owner.viewer,
      options: { ...NO_OPTIONS, ...post },
      onFile: (report) => void reports.push(report),
    });
    expect(reports.map((report) => [report.outcome, report.reason])).toEqual([
      ['refused', 'This file cannot be read. Check its permissions.'],
      ['posted', null],
      ['refused', 'There is no such file or folder.'],
    ]);
  });

  test('one file never holds up the others', async () => {
    const site = await testSite();
    const files: Record<string, string> = {};
    for (let number = 0; number < 30; number++) {
      files[`${number}.md`] =
        number % 3 === 0 ? '%PDF-1.7' : story({ ...WHOLE, title: `Tale ${number}` }, `${number} bees. ${PROSE}`);
    }
    const reports = await bringIn(site, await folderOf(files), post);
    expect(Object.values(reports).filter((report) => report.outcome === 'posted')).toHaveLength(20);
    expect(Object.keys(reports)).toHaveLength(30);
  });

  test('no character in a file can break an import', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'nul.md': `---\ntitle: "Nul \\0 and \\ud800 half"\nfandom: ["a\\0b", "\\udfff"]\ncreator: "w\\0ren"\nseries: "s\\0"\nrating: "x\\0"\n---\n\nFirst. ${PROSE}`,
      'fine.md': story(),
    });
    const reports = await bringIn(site, folder, post);
    expect(reports['fine.md']?.outcome).toBe('posted');
    expect(reports['nul.md']?.outcome).toBe('draft');
    for (const report of Object.values(reports))
      expect((await site.get(`/works/${report.work}`, site.owner)).status).toBe(200);
    expect((await site.get('/drafts', site.owner)).status).toBe(200);
  });
});

describe('what is kept', () => {
  test('is shown as the file said it, under the name of who wrote it', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'a.md': story({
        ...WHOLE,
        category: 'F/F',
        relationship: 'Mary Morstan/Irene Adler',
        character: ['Mary', 'Irene'],
        tag: ['Bees', 'Slow Burn'],
        published: '2012-01-02',
        updated: '2013-04-05',
        summary: 'Some *bees*.',
        source: 'https://www.elsewhere.example/works/7',
        status: 'complete',
      }),
    });
    const reports = await bringIn(site, folder, post);
    expect(reports['a.md']).toMatchObject({ outcome: 'posted', unmapped: [] });
    expect(await jsonOf(site, reports['a.md'])).toMatchObject({
      title: 'Telling the Bees',
      creators: [{ name: 'wren', kind: 'imported' }],
      archivedBy: 'archivist',
      rating: 'General Audiences',
      categories: ['F/F'],
      tags: { character: ['Mary', 'Irene'], freeform: ['Bees', 'Slow Burn'] },
      summary: expect.stringContaining('<em>bees</em>') as unknown,
      source: 'https://www.elsewhere.example/works/7',
      status: 'complete',
      dates: { posted: '2012-01-02T00:00:00.000Z', updated: '2013-04-05T00:00:00.000Z' },
    });
  });

  test('a name from outside is never that of somebody here, nor the importer’s', async () => {
    const site = await testSite();
    const wren = await site.person('wren');
    const reports = await bringIn(
      site,
      await folderOf({ 'a.md': story(), 'b.md': story({ ...WHOLE, creator: 'archivist' }, `B. ${PROSE}`) }),
      post,
    );
    for (const report of Object.values(reports))
      expect(await jsonOf(site, report)).toMatchObject({ creators: [{ kind: 'imported' }] });
    const own = await site.ground.db.reads
      .selectFrom('work_creators')
      .selectAll()
      .where('pseud_id', 'is not', null)
      .execute();
    expect(own).toEqual([]);
    expect(await (await site.get('/drafts', wren)).text()).not.toContain('Telling');
  });

  test('is restricted and unindexed unless said otherwise; one’s own is neither, and under one’s own pseud', async () => {
    const site = await testSite();
    const file = (number: number) => folderOf({ 'a.md': story(WHOLE, `${number}. ${PROSE}`) });
    await bringIn(site, await file(1), { post: true });
    await bringIn(site, await file(2), { post: true, public: true });
    const mine = await bringIn(site, await file(3), { post: true, mine: true });
    const works = await worksIn(site);
    expect(works.map((work) => [work.restricted, work.noindex])).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
    ]);
    expect(await jsonOf(site, mine['a.md'])).toMatchObject({
      creators: [{ name: 'archivist', kind: 'pseud' }],
      archivedBy: null,
    });
  });

  test('one’s own begins as its importer has said for new works; what others wrote does not', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const said = { commenters: 'nobody', restricted: 'on', noindex: 'on', commentsModerated: 'on' };
    expect((await site.post('/account/new-works', said, site.owner)).status).toBe(303);
    const writing = { language: '', notes: 'Written long ago.', endNotes: 'More to come.' };
    await db.write((tx) => choosePreferences(tx, now(), site.owner.viewer.accountId, { writing }));
    const files = (number: number) =>
      folderOf({ 'a.md': story({ ...WHOLE, notes: 'Its own.' }, `${number}. ${PROSE}`) });
    const bare = await folderOf({ 'a.md': story(WHOLE, `3. ${PROSE}`) });
    const others = await bringIn(site, await files(1), { post: true, public: true });
    const mine = await bringIn(site, bare, { post: true, mine: true });
    const noted = await bringIn(site, await files(4), { mine: true });
    expect((await jsonOf(site, noted['a.md']))['notes']).toContain('Its own.');
    expect(await jsonOf(site, others['a.md'])).toMatchObject({
      commentsFrom: 'registered',
      commentsModerated: false,
      downloads: true,
      noAi: true,
      restricted: false,
    });
    const json = await jsonOf(site, mine['a.md']);
    expect(json).toMatchObject({ commentsFrom: 'nobody', commentsModerated: true, downloads: false, noAi: false });
    expect(json).toMatchObject({ restricted: true });
    expect([json['notes'], json['endNotes']].join()).toMatch(/long ago.*More to come/s);
    expect((await worksIn(site)).map((work) => [work.restricted, work.noindex])).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('the notes that works begin with are HTML, in whatever notation a file of one’s own is written', async () => {
    const site = await testSite();
    const { db, now } = site.ground;
    const writing = { language: '', notes: 'Be <em>kind</em>.\n\n5 * 3 * 2', endNotes: '' };
    await db.write((tx) => choosePreferences(tx, now(), site.owner.viewer.accountId, { writing }));
    const folder = await folderOf({
      'plain.txt': `A Bare Tale\n\n${PROSE}`,
      'marked.md': story({ ...WHOLE, summary: 'About *rain* & wind.' }, PROSE),
    });
    const brought = await bringIn(site, folder, { mine: true });
    const notes = '<p>Be <em>kind</em>.</p><p>5 * 3 * 2</p>';
    expect(await jsonOf(site, brought['plain.txt'])).toMatchObject({ notes });
    const summary = '<p>About <em>rain</em> &#x26; wind.</p>';
    expect(await jsonOf(site, brought['marked.md'])).toMatchObject({ notes, summary });
    const kept = await db.reads.selectFrom('works').select('format').execute();
    expect(kept).toEqual([{ format: 'html' }, { format: 'html' }]);
  });

  test('options fill what files lack and leave alone what they say', async () => {
    const site = await testSite();
    const folder = await folderOf({
      'bare.txt': `A Bare Tale\n\n${PROSE}`,
      'full.md': story({ ...WHOLE, rating: 'Mature' }, `Full. ${PROSE}`),
    });
    const reports = await bringIn(site, folder, {
      ...post,
      fandoms: ['Emma'],
      rating: 'teen',
      warnings: ['none'],
      categories: ['gen'],
      language: 'en',
      creators: ['nightjar'],
      freeforms: ['From the old disk'],
    });
    expect(outcomes(reports)).toEqual({ 'bare.txt': 'posted', 'full.md': 'posted' });
    expect(await jsonOf(site, reports['bare.txt'])).toMatchObject({
      creators: [{ name: 'nightjar' }],
      rating: 'Teen And Up Audiences',
      tags: { fandom: ['Emma'], freeform: ['From the old disk'] },
    });
    expect(await jsonOf(site, reports['full.md'])).toMatchObject({
      creators: [{ name: 'wren' }],
      rating: 'Mature',
      tags: { fandom: ['Sherlock Holmes'], freeform: ['From the old disk'] },
    });
  });

  test('what is over a limit is kept whole, and flagged', async () => {
    const site = await testSite();
    const summary = 'Bees. '.repeat(400).trim();
    const reports = await bringIn(
      site,
      await folderOf({ 'a.md': story({ ...WHOLE, title: 'x'.repeat(300), summary }) }),
      post,
    );
    const work = await jsonOf(site, reports['a.md']);
    expect(work['title']).toHaveLength(300);
    expect(work['summary']).toContain(summary);
    expect(work['notices']).toEqual([
      'The title: 300 characters, over the limit of 255.',
      expect.stringMatching(/^The summary: \d+ characters, over the limit of 1250\.$/),
    ]);
  });

  test('is the original too, byte for byte, for who keeps the work and nobody else', async () => {
    const site = await testSite();
    const reader = await site.person('reader');
    const bytes = Buffer.from(story(WHOLE, `Caf\xe9. ${PROSE}`), 'latin1');
    const reports = await bringIn(site, await folderOf({ 'Café & “bees”.md': bytes }), post);
    const path = `/works/${Object.values(reports)[0]?.work}/original`;
    const answer = await site.get(path, site.owner);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;.*filename\*=UTF-8''Caf%C3%A9/);
    for (const who of [null, reader]) expect((await site.get(path, who)).status).toBe(404);
  });

  test('goes with the work when it is erased, unless another work came from the same file', async () => {
    let now = Date.UTC(2026, 0, 1);
    const site = await testSite({ now: () => now });
    const reports = await bringIn(site, await folderOf({ 'a.md': story(), 'b.md': story(WHOLE, `B. ${PROSE}`) }), post);
    expect(await filesKept(site)).toHaveLength(2);
    await site.post(`/works/${reports['a.md']?.work}/deletion`, {}, site.owner);
    const jobs = site.features.flatMap((feature) => feature.jobs?.(site.ground) ?? []);
    now += 15 * 86_400_000;
    await site.get('/', site.owner);
    now += 15 * 86_400_000 + 1;
    await jobs.find((job) => job.kind === 'erase-deleted-works')?.run(null);
    expect(await filesKept(site)).toHaveLength(1);
    expect((await site.get(`/works/${reports['b.md']?.work}/original`, site.owner)).status).toBe(200);
    expect(await site.ground.db.reads.selectFrom('import_sources').selectAll().execute()).toHaveLength(1);
  });

  test('parts of a series find each other', async () => {
    const site = await testSite();
    await bringIn(
      site,
      await folderOf({
        'a.md': story({ ...WHOLE, series: 'Hive Notes #2' }, `Two. ${PROSE}`),
        'b.md': story({ ...WHOLE, series: 'Hive Notes #1' }, `One. ${PROSE}`),
        'c.md': story({ ...WHOLE, creator: 'somebody else', series: 'Hive Notes #1' }, `Other. ${PROSE}`),
      }),
      post,
    );
    const rows = await site.ground.db.reads
      .selectFrom('series_works')
      .select(['series_id', 'position'])
      .orderBy('series_id')
      .orderBy('position')
      .execute();
    expect(rows.map((row) => row.position)).toEqual([1, 2, 1]);
    expect(new Set(rows.map((row) => row.series_id)).size).toBe(2);
  });
});

test('a dry run tells what would become of each file, and writes nothing', async () => {
  const site = await testSite();
  const folder = await folderOf({
    'a.md': story(),
    'b.md': story({ title: 'Lacking', language: 'en' }, `B. ${PROSE}`),
    'c.md': story({ ...WHOLE, tag: 'Underage' }, `C. ${PROSE}`),
  });
  const tables = (await site.ground.db.reads.introspection.getTables()).map((table) => table.name);
  const rows = async () => {
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const all = await site.ground.db.reads
        .selectFrom(table as 'works')
        .select((count) => count.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      counts[table] = Number(all.rows);
    }
    return counts;
  };
  const before = await rows();
  const dry = await bringIn(site, folder, { ...post, dryRun: true });
  expect(outcomes(dry)).toEqual({ 'a.md': 'posted', 'b.md': 'draft', 'c.md': 'refused' });
  expect(await rows()).toEqual(before);
  expect(await filesKept(site)).toEqual([]);
  const wet = await bringIn(site, folder, post);
  for (const [file, report] of Object.entries(dry)) expect({ ...wet[file], work: null }).toEqual(report);
});

describe('the command', () => {
  async function run(
    site: TestSite,
    paths: string[],
    options: Partial<ImportOptions> = {},
    report: string | null = null,
  ) {
    const written: string[] = [];
    const out = pipe((text, done) => {
      written.push(text);
      done();
    });
    const code = await importCommand(site.ground, { paths, options: { ...NO_OPTIONS, ...options }, report }, out);
    return { code, said: written.join('') };
  }
  const pipe = (take: (text: string, done: (error?: Error) => void) => void) =>
    new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => take(text, done),
    }) as unknown as NodeJS.WriteStream;

  test('writes a report of exactly these fields', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'a.md': story({ ...WHOLE, rating: 'Spicy' }), 'b.pdf': '%PDF-1.7' });
    const file = join(folder, 'report.json');
    const { code, said } = await run(site, [join(folder, 'a.md'), join(folder, 'b.pdf')], post, file);
    expect(code).toBe(1);
    expect(said).toContain('1  drafts to review');
    const { id } = await site.ground.db.reads.selectFrom('works').select('public_id as id').executeTakeFirstOrThrow();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      files: [
        {
          file: join(folder, 'a.md'),
          outcome: 'draft',
          work: id,
          reason: 'It needs a rating before it can be posted.',
          format: 'markdown',
          repairs: [],
          unmapped: ['The rating "Spicy" is none of this archive\'s.'],
          guesses: 0,
        },
        {
          file: join(folder, 'b.pdf'),
          outcome: 'refused',
          work: null,
          reason: expect.stringContaining('PDF') as unknown,
          format: null,
          repairs: [],
          unmapped: [],
          guesses: 0,
        },
      ],
    });
  });

  test('says so when there is nothing to import', async () => {
    const site = await testSite();
    expect(await run(site, [await folderOf({ '.hidden': story() })])).toEqual({
      code: 1,
      said: 'There are no files here to import.\n',
    });
  });

  test('ends well when nothing was refused', async () => {
    const site = await testSite();
    const { code, said } = await run(site, [await folderOf({ 'a.md': story() })], post);
    expect(code).toBe(0);
    expect(said).toMatch(/^posted +[0-9a-z]{10} .*a\.md\n/);
  });

  test('says that the report cannot be written before it imports anything', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'a.md': story() });
    for (const report of [join(folder, 'nowhere', 'report.json'), folder]) {
      const { code, said } = await run(site, [join(folder, 'a.md')], post, report);
      expect(code).toBe(1);
      expect(said).toMatch(/^The report cannot be written to .*\n$/);
      expect(said).toContain(report);
    }
    expect(await worksIn(site)).toEqual([]);
  });

  test('tells of the files that came in before an import broke off, and why it did', async () => {
    const site = await testSite();
    const names = Array.from({ length: 40 }, (_, number) => `${String(number).padStart(2, '0')}.md`);
    const folder = await folderOf(
      Object.fromEntries(names.map((name) => [name, story({ ...WHOLE, title: name }, `${name}. ${PROSE}`)])),
    );
    const file = join(await folderOf({}), 'report.json');
    let writes = 0;
    const failing: TestSite['ground'] = {
      ...site.ground,
      db: {
        ...site.ground.db,
        write: (work) => {
          writes += 1;
          return writes > 4 ? Promise.reject(new Error('the cable')) : site.ground.db.write(work);
        },
      },
    };
    const written: string[] = [];
    const out = pipe((text, done) => {
      written.push(text);
      done();
    });
    const command = { paths: [folder], options: { ...NO_OPTIONS, ...post }, report: file };
    await expect(importCommand(failing, command, out)).rejects.toThrow('the cable');
    const { files } = JSON.parse(await readFile(file, 'utf8')) as { files: FileReport[] };
    expect(files.length).toBeGreaterThan(0);
    expect(files).toHaveLength((await worksIn(site)).length);
    expect(written.join('')).toContain(`${files.length}  posted\n`);
  });

  test('imports to the end when nobody listens any more', async () => {
    const site = await testSite();
    const folder = await folderOf({ 'a.md': story(), 'b.md': story(WHOLE, `Another. ${PROSE}`) });
    const closed = pipe((_text, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    const command = { paths: [folder], options: { ...NO_OPTIONS, ...post }, report: null };
    expect(await importCommand(site.ground, command, closed)).toBe(0);
    expect(await worksIn(site)).toHaveLength(2);
  });

  test('refuses an option that names nothing before it reads a file', async () => {
    const site = await testSite();
    const { code, said } = await run(site, [await folderOf({ 'a.md': story() })], { ...post, rating: 'nc-17' });
    expect(code).toBe(1);
    expect(said).toContain('--rating "nc-17"');
    expect(await worksIn(site)).toEqual([]);
  });
});

describe('the files that are found', () => {
  test('are all below the folders, each once, in the order of their names, but for hidden ones', async () => {
    const folder = await folderOf({
      'b/2.md': 'x',
      'b/10.md': 'x',
      'a.md': 'x',
      '.git/config': 'x',
      'b/.DS_Store': 'x',
    });
    const found = await collectFiles([folder, join(folder, 'a.md'), join(folder, 'b')]);
    expect(found.map((one) => one.path.slice(folder.length + 1))).toEqual(['a.md', 'b/10.md', 'b/2.md']);
    expect(found[0]).toMatchObject({ bytes: 1 });
  });

  test('a path at which nothing is, is told', async () => {
    expect(await collectFiles(['/nowhere/at/all'])).toEqual([
      { path: '/nowhere/at/all', problem: 'There is no such file or folder.' },
    ]);
    const folder = await folderOf({ 'locked/a.md': 'x' });
    await chmod(join(folder, 'locked'), 0o000);
    onTestFinished(() => chmod(join(folder, 'locked'), 0o700));
    const [one] = await collectFiles([folder]);
    // The administrator may read everything.
    const problem = { problem: 'This folder cannot be read. Check its permissions.' };
    expect(one).toMatchObject(process.getuid?.() === 0 ? { bytes: 1 } : problem);
  });
});

test('every sample comes in, is posted, and finds a place for all it says', async () => {
  const site = await testSite();
  const samples = join(import.meta.dirname, '..', '..', '..', 'samples');
  const reports = Object.values(await bringIn(site, samples, { ...post, sample: true }));
  expect(reports.length).toBeGreaterThanOrEqual(14);
  expect(reports.filter((report) => report.outcome !== 'posted' || report.unmapped.length > 0)).toEqual([]);
  for (const report of reports) {
    expect((await site.get(`/works/${report.work}`, null, { cookie: 'adult=yes' })).status, report.file).toBe(200);
  }
});
