/** Files handed over in a browser: all in one form, or one by one; what is refused, broken off or too much leaves nothing. */
import { existsSync } from 'node:fs';
import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, testSite, type Person, type TestSite } from '../../../test/site.ts';
import { makeZip } from '../../platform/zip/zip.fixture.ts';
import { filesKept, worksIn } from './bringing-in.fixture.ts';
import { sweepUploads } from './pipeline/runner.ts';
import {
  bringInByForm,
  importsBy,
  inJson,
  noticeOf,
  outcomesOf,
  ownStory,
  progressOf,
  send,
  sendFiles,
  untilOver,
  waiting,
  wordsIn,
  wordsOf,
} from './web.fixture.ts';

let site: TestSite;
let keeper: Person;
let people = 0;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** An archivist of whom nothing is known yet. */
async function archivist(): Promise<Person> {
  people += 1;
  return site.person(`meadowsweet${people}`, ['member', 'archivist']);
}

describe('in one form, without a script', () => {
  test('files become drafts with a report, as the form says', async () => {
    keeper = await archivist();
    const path = await bringInByForm(
      site,
      keeper,
      { 'a.md': ownStory('One Form A'), 'b.txt': 'A Tale of One Form\n\nIt was short.', 'c.pdf': '%PDF-1.7 nothing' },
      { fandoms: 'Dracula, Sherlock Holmes', rating: 'teen', warnings: ['none'] },
    );
    expect(await outcomesOf(site, path)).toEqual({ 'a.md': 'draft', 'b.txt': 'draft', 'c.pdf': 'refused' });
    const words = await wordsOf(site, keeper, path);
    for (const said of ['One Form A', 'a.md', 'b.txt', 'c.pdf', 'Dracula']) expect(words).toContain(said);
    const [run] = await importsBy(site, keeper);
    expect(new Set(JSON.parse(run?.named ?? '') as string[])).toEqual(new Set(['a.md', 'b.txt', 'c.pdf']));
    expect(JSON.parse(run?.options ?? '')).toMatchObject({
      fandoms: ['Dracula', 'Sherlock Holmes'],
      rating: 'teen',
      warnings: ['none'],
      post: false,
      dryRun: false,
    });
    expect(await progressOf(site, keeper, path)).toEqual({ done: 3, total: 3, secondsLeft: null, state: 'done' });
    expect(await wordsOf(site, keeper, '/imports')).toContain('a.md');
    expect(await waiting(site)).toEqual([]);
  });

  test('what has all it needs is posted when that is asked', async () => {
    keeper = await archivist();
    const path = await bringInByForm(site, keeper, { 'a.md': ownStory('Posted By Form') }, { post: '1', public: '1' });
    expect(await outcomesOf(site, path)).toEqual({ 'a.md': 'posted' });
    await site.follow();
    expect(await wordsOf(site, null, '/works')).toContain('Posted By Form');
  });

  test('a zip is a folder', async () => {
    keeper = await archivist();
    const zip = makeZip([
      { name: 'old/a.md', content: ownStory('Zipped A') },
      { name: 'old/b.md', content: ownStory('Zipped B') },
    ]);
    const path = await bringInByForm(site, keeper, { 'stories.zip': zip });
    expect(await outcomesOf(site, path)).toEqual({
      'stories.zip/old/a.md': 'draft',
      'stories.zip/old/b.md': 'draft',
    });
  });

  test('a dry run says what would become of each file and writes none', async () => {
    keeper = await archivist();
    const [works, kept] = [await worksIn(site), await filesKept(site)];
    const files = { 'a.md': ownStory('Only Looked At'), 'b.md': ownStory('Only Looked At'), 'c.pdf': '%PDF-1.7' };
    const path = await bringInByForm(site, keeper, files, { dryRun: '1', post: '1' });
    expect(await outcomesOf(site, path)).toEqual({ 'a.md': 'posted', 'b.md': 'unchanged', 'c.pdf': 'refused' });
    expect(await worksIn(site)).toEqual(works);
    expect((await filesKept(site)).sort()).toEqual(kept.sort());
    expect(await wordsOf(site, keeper, path)).not.toContain('Undo this import');
  });

  test('what the archive does not know is refused in a sentence, with all that was typed', async () => {
    keeper = await archivist();
    const fields = { rating: 'scorching', fandoms: 'Dracula, Emma', language: 'en', freeforms: 'Tea', post: '1' };
    const answer = await sendFiles(site, keeper, { 'a.md': ownStory('Refused') }, fields);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(wordsIn(html)).toMatch(/Couldn.t begin: The rating "scorching" is none of this archive's\./);
    for (const typed of ['Dracula, Emma', 'Tea']) expect(html).toContain(typed);
    expect(html).toMatch(/<input[^>]*name="post"[^>]*checked/);
    expect(html).toMatch(/<option[^>]*value="en"[^>]*selected/);
    const json = await sendFiles(site, keeper, {}, { ...fields, begin: 'files' }, inJson);
    expect(json.status).toBe(422);
    expect(await json.json()).toMatchObject({ detail: expect.stringContaining('scorching') });
    const language = await sendFiles(site, keeper, { 'a.md': 'A' }, { language: 'Klingonish' }, inJson);
    expect(await language.json()).toMatchObject({ detail: expect.stringContaining('Klingonish') });
    expect(await importsBy(site, keeper)).toEqual([]);
    expect(await waiting(site)).toEqual([]);
  });

  test('without a file nothing begins', async () => {
    keeper = await archivist();
    const answer = await sendFiles(site, keeper, {}, { post: '1' });
    expect(answer.status).toBe(422);
    expect(wordsIn(await answer.text())).toContain('Choose at least one file.');
    const form = await send(site, 'POST', '/imports', keeper, new URLSearchParams({ post: '1' }));
    expect(form.status).toBe(400);
    expect(await importsBy(site, keeper)).toEqual([]);
  });
});

describe('one by one', () => {
  async function begin(who: Person, fields: Record<string, string> = {}) {
    const answer = await sendFiles(site, who, {}, { ...fields, begin: 'files' }, inJson);
    expect(answer.status).toBe(200);
    return (await answer.json()) as { id: string; upload: string; done: string; page: string };
  }
  const put = (who: Person | null, upload: string, name: string, body: BodyInit) =>
    send(site, 'PUT', `${upload}?name=${encodeURIComponent(name)}`, who, body);

  test('each is taken under its name, and read once all have come', async () => {
    keeper = await archivist();
    const { upload, done, page } = await begin(keeper);
    const names = ['folder/a b.md', 'folder/100% Ünïcode.md', 'a.md', 'a.md'];
    for (const [i, name] of names.entries())
      expect((await put(keeper, upload, name, ownStory(`One By One ${i}`))).status).toBe(204);
    expect(await progressOf(site, keeper, page)).toMatchObject({ done: 0, state: 'gathering' });
    expect(await wordsOf(site, keeper, page)).toContain('Files are being handed over.');
    expect((await send(site, 'POST', done, keeper, new URLSearchParams())).status).toBe(303);
    expect(await untilOver(site, keeper, page)).toBe('done');
    expect(await outcomesOf(site, page)).toEqual({
      'a.md': 'draft',
      'a (2).md': 'draft',
      'folder/100% Ünïcode.md': 'draft',
      'folder/a b.md': 'draft',
    });
    const late = await put(keeper, upload, 'late.md', 'Too late.');
    expect(late.status).toBe(409);
    expect(await late.json()).toEqual({ detail: 'This import has begun and takes no more files.' });
    expect(await waiting(site)).toEqual([]);
  });

  test('an import that nothing was handed over for ends at once', async () => {
    keeper = await archivist();
    const { done, page } = await begin(keeper);
    await send(site, 'POST', done, keeper, new URLSearchParams());
    expect(await untilOver(site, keeper, page)).toBe('done');
    expect(await wordsOf(site, keeper, page)).toContain('There was no file in it.');
  });

  const BAD_NAMES = [
    '../x.txt',
    'a/../../x.txt',
    '..\\x.txt',
    'C:\\Windows\\x.txt',
    'a\u0000b.txt',
    'a\nb.txt',
    'a\u001b[31m.txt',
    '.hidden',
    '.',
    '..',
    '/',
    '',
    `${'x'.repeat(296)}.txt`,
    `${'d/'.repeat(40)}x.txt`,
  ];
  test.each(BAD_NAMES)('a file called %j is not taken, and lies nowhere', async (name) => {
    keeper = await archivist();
    const before = await readdir(site.folder);
    const { upload, page } = await begin(keeper);
    const answer = await put(keeper, upload, name, 'What?');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/^The name ".*" cannot be kept\./s) });
    expect(await waiting(site)).toEqual([]);
    expect((await readdir(site.folder)).filter((entry) => entry !== 'uploads')).toEqual(
      before.filter((entry) => entry !== 'uploads'),
    );
    expect(existsSync(join(site.folder, 'uploads', 'x.txt'))).toBe(false);
    await send(site, 'POST', `${page}/stop`, keeper, new URLSearchParams());
  });

  test('signs that other systems forbid in names are kept', async () => {
    keeper = await archivist();
    const { upload, done, page } = await begin(keeper);
    const name = 'What? A "story": <one|two> * \u202Ethree.md';
    expect((await put(keeper, upload, name, ownStory('Signs In A Name'))).status).toBe(204);
    await send(site, 'POST', done, keeper, new URLSearchParams());
    expect(await untilOver(site, keeper, page)).toBe('done');
    expect(await outcomesOf(site, page)).toEqual({ [name]: 'draft' });
    expect(await (await site.get(page, keeper)).text()).not.toContain('<one|two>');
  });

  test('an absolute path is taken as a path below the folder', async () => {
    keeper = await archivist();
    const { id, upload, done, page } = await begin(keeper);
    expect((await put(keeper, upload, '/etc/story.md', ownStory('Below'))).status).toBe(204);
    expect(await readFile(join(site.folder, 'uploads', id, 'etc/story.md'), 'utf8')).toBe(ownStory('Below'));
    await send(site, 'POST', done, keeper, new URLSearchParams());
    expect(await untilOver(site, keeper, page)).toBe('done');
    expect(await outcomesOf(site, page)).toEqual({ 'etc/story.md': 'draft' });
  });

  test('a file where a folder is, and a folder where a file is, are refused in a sentence', async () => {
    const own = await testSite();
    const who = await own.person('rowan', ['member', 'archivist']);
    const answer = await sendFiles(own, who, {}, { begin: 'files' }, inJson);
    const { upload } = (await answer.json()) as { upload: string };
    const take = (name: string) => send(own, 'PUT', `${upload}?name=${encodeURIComponent(name)}`, who, 'A story.');
    expect((await take('a')).status).toBe(204);
    const under = await take('a/b.txt');
    expect(under.status).toBe(422);
    expect(await under.json()).toEqual({
      detail: 'There is another file where "a/b.txt" would be. Rename one of them.',
    });
    expect((await take('d/e.txt')).status).toBe(204);
    expect((await take('d')).status).toBe(422);
    expect((await waiting(own)).sort()).toEqual(['a', 'e.txt']);
  });

  test('one that breaks off leaves nothing, and can be sent again', async () => {
    keeper = await archivist();
    const { upload, page, done } = await begin(keeper);
    const broken = await put(keeper, upload, 'a.md', brokenOff(['It began', ' well, ']));
    expect(broken.status).toBeGreaterThanOrEqual(400);
    expect(await waiting(site)).toEqual([]);
    expect((await put(keeper, upload, 'a.md', ownStory('Sent Again'))).status).toBe(204);
    await send(site, 'POST', done, keeper, new URLSearchParams());
    expect(await untilOver(site, keeper, page)).toBe('done');
    expect(await outcomesOf(site, page)).toEqual({ 'a.md': 'draft' });
  });

  test('an upload that takes longer than a day is not swept away while files still come', async () => {
    let clock = Date.now();
    const own = await testSite({ now: () => clock });
    const who = await own.person('rowan', ['member', 'archivist']);
    const answer = await sendFiles(own, who, {}, { begin: 'files' }, inJson);
    const { id, upload, done, page } = (await answer.json()) as Record<'id' | 'upload' | 'done' | 'page', string>;
    const hours = 3_600_000;
    for (const [i, wait] of [0, 20 * hours, 20 * hours].entries()) {
      clock += wait;
      expect((await send(own, 'PUT', `${upload}?name=${i}.md`, who, ownStory(`Slowly ${i}`))).status).toBe(204);
      // The disk goes by another clock than this test.
      await utimes(join(own.folder, 'uploads', id), clock / 1000, clock / 1000);
      await sweepUploads(own.ground);
    }
    await send(own, 'POST', done, who, new URLSearchParams());
    expect(await untilOver(own, who, page)).toBe('done');
    expect(Object.values(await outcomesOf(own, page))).toEqual(['draft', 'draft', 'draft']);
  });

  test('two imports at once keep their files apart', async () => {
    const [one, other] = [await archivist(), await archivist()];
    const [a, b] = [await begin(one), await begin(other)];
    await Promise.all([
      put(one, a.upload, 'a.md', ownStory('Apart One')),
      put(other, b.upload, 'a.md', ownStory('Apart Other')),
      put(one, a.upload, 'b.md', ownStory('Apart One Too')),
    ]);
    await Promise.all([
      send(site, 'POST', a.done, one, new URLSearchParams()),
      send(site, 'POST', b.done, other, new URLSearchParams()),
    ]);
    expect([await untilOver(site, one, a.page), await untilOver(site, other, b.page)]).toEqual(['done', 'done']);
    expect(await outcomesOf(site, a.page)).toEqual({ 'a.md': 'draft', 'b.md': 'draft' });
    expect(await outcomesOf(site, b.page)).toEqual({ 'a.md': 'draft' });
    expect(await wordsOf(site, one, a.page)).not.toContain('Apart Other');
    expect((await put(one, b.upload, 'c.md', 'Not mine.')).status).toBe(404);
  });

  test('the same files by two at once come in once, and neither is told of the other', async () => {
    const [one, other] = [await archivist(), await archivist()];
    const files = { 'twin.md': ownStory('Twins At Once') };
    const paths = await Promise.all([bringInByForm(site, one, files), bringInByForm(site, other, files)]);
    const outcomes = await Promise.all(paths.map((path) => outcomesOf(site, path)));
    expect(new Set(outcomes.map((each) => each['twin.md']))).toEqual(new Set(['draft', 'unchanged']));
    const late = outcomes.findIndex((each) => each['twin.md'] === 'unchanged');
    const words = await wordsOf(site, late === 0 ? one : other, paths[late] ?? '');
    expect(words).toContain('It is here already, with somebody else.');
    expect(words).not.toContain('Twins At Once');
  });
});

describe('broken off', () => {
  const boundary = 'fold';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n`;
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };

  test.each<[string, () => BodyInit]>([
    ['while a file comes', () => brokenOff([head, 'It began'])],
    ['between two files', () => brokenOff([`${head}Whole.\r\n--${boundary}\r\n`])],
    ['without an end', () => `${head}It began`],
    ['at once', () => ''],
    ['without its boundary', () => 'It began'],
  ])('a form %s is answered, and leaves no file and no import', async (_when, body) => {
    keeper = await archivist();
    const answer = await send(site, 'POST', '/imports', keeper, body(), type);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await importsBy(site, keeper)).toEqual([]);
    expect(await waiting(site)).toEqual([]);
  });

  test('a form with one name that cannot be kept says so, and leaves nothing', async () => {
    keeper = await archivist();
    const files = { 'a.md': ownStory('Beside A Bad Name'), '../up.txt': 'Up.' };
    const answer = await sendFiles(site, keeper, files);
    expect(answer.status).toBe(422);
    expect(wordsIn(await answer.text())).toContain('The name "../up.txt" cannot be kept.');
    expect(await importsBy(site, keeper)).toEqual([]);
    expect(await waiting(site)).toEqual([]);
  });
});

describe('those who may not import', () => {
  test('are told of nothing, and nothing of theirs is taken', async () => {
    const member = await site.person(`ivo${(people += 1)}`);
    for (const who of [null, member]) {
      const before = await site.ground.db.reads.selectFrom('imports').select('id').execute();
      expect((await sendFiles(site, who, { 'a.md': ownStory('Not Taken') })).status).toBe(404);
      expect((await sendFiles(site, who, { 'a.md': 'x'.repeat(60_000) }, {}, inJson)).status).toBe(404);
      for (const path of ['/imports', '/imports/removed', '/imports/names?kind=fandom'])
        expect((await site.get(path, who)).status, path).toBe(404);
      expect(await site.ground.db.reads.selectFrom('imports').select('id').execute()).toEqual(before);
    }
    expect(await waiting(site)).toEqual([]);
  });

  test('one whose right was taken while files wait: they are not read', async () => {
    keeper = await archivist();
    const answer = await sendFiles(site, keeper, {}, { begin: 'files' }, inJson);
    const { upload, done, id } = (await answer.json()) as { upload: string; done: string; id: string };
    expect((await send(site, 'PUT', `${upload}?name=a.md`, keeper, ownStory('Right Lost'))).status).toBe(204);
    await site.ground.db.write((tx) =>
      tx
        .deleteFrom('account_roles')
        .where('account_id', '=', keeper.viewer.accountId)
        .where('role', '=', 'archivist')
        .execute(),
    );
    expect((await send(site, 'POST', done, keeper, new URLSearchParams())).status).toBe(404);
    expect((await send(site, 'PUT', `${upload}?name=b.md`, keeper, 'More.')).status).toBe(404);
    expect((await site.get(`/imports/${id}`, keeper)).status).toBe(404);
    expect((await worksIn(site)).some((work) => work.title === 'Right Lost')).toBe(false);
  });
});

test('the names offered are those of works of two creators in the lists, the most used first', async () => {
  keeper = await archivist();
  await bringInByForm(
    site,
    keeper,
    {
      'a.md': ownStory('Names A', { fandom: 'Zanzibar Nights', creator: 'Anise' }),
      'b.md': ownStory('Names B', { fandom: 'Zanzibar Nights', creator: 'Basil' }),
      'c.md': ownStory('Names C', { fandom: 'Zanzibar Days', creator: 'Anise' }),
      'd.md': ownStory('Names D', { fandom: 'Zanzibar Days', creator: 'Basil' }),
      'e.md': ownStory('Names E', { fandom: 'Zanzibar Days', creator: 'Basil' }),
      'f.md': ownStory('Names F', { fandom: 'Zanzibar Alone', creator: 'Basil' }),
    },
    { post: '1', public: '1' },
  );
  await bringInByForm(site, keeper, { 'g.md': ownStory('Names G', { fandom: 'Zanzibar Unposted' }) });
  const names = async (query: string) =>
    ((await (await site.get(`/imports/names?${query}`, keeper)).json()) as { names: string[] }).names;
  expect(await names('kind=fandom&q=zanz')).toEqual(['Zanzibar Days', 'Zanzibar Nights']);
  expect(await names('kind=character&q=zanz')).toEqual([]);
  expect(await names('kind=rating&q=g')).toEqual([]);
  expect(await names(`kind=fandom&q=${encodeURIComponent("z%_'\\")}`)).toEqual([]);
  expect(await names(`kind=fandom&q=${'z'.repeat(5_000)}`)).toEqual([]);
});

test('a refused notice names the import that is not there to whoever guesses', async () => {
  keeper = await archivist();
  const path = await bringInByForm(site, keeper, { 'a.md': ownStory('Stopped Late') });
  const answer = await send(site, 'POST', `${path}/stop`, keeper, new URLSearchParams());
  expect(answer.status).toBe(303);
  expect(await noticeOf(site, keeper, answer)).not.toBe('');
  expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'done' });
});

/** A body whose connection ends in the midst of it. */
function brokenOff(pieces: readonly string[]): ReadableStream {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.error(new Error('The connection ended.'));
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
}
