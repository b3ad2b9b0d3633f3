/** Imports in the browser: stopped, taken up, looked through, undone, posted, joined; and what is not brought in again. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordImport } from '../../../test/cast.ts';
import { openSite, testSite, type Person, type TestSite } from '../../../test/site.ts';
import { archiveFeatures } from '../../app/features.ts';
import { chapterText, LONG, story, WHOLE, worksIn } from './bringing-in.fixture.ts';
import {
  bringInByForm,
  inJson,
  noticeOf,
  outcomesOf,
  ownStory,
  progressOf,
  sendFiles,
  send,
  untilOver,
  wordsOf,
  worksOf,
  type Files,
} from './web.fixture.ts';

let site: TestSite;
let people = 0;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function archivist(at = site): Promise<Person> {
  people += 1;
  return at.person(`hellebore${people}`, ['member', 'archivist']);
}

const storiesOf = (word: string, count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${word}${i}.md`, ownStory(`${word} ${i}`)]));

/** Hands files over without letting the import begin. @returns its address. */
async function handOver(at: TestSite, who: Person, files: Files): Promise<string> {
  const { upload, page } = (await (await sendFiles(at, who, {}, { begin: 'files' }, inJson)).json()) as {
    upload: string;
    page: string;
  };
  for (const [name, content] of Object.entries(files))
    expect((await send(at, 'PUT', `${upload}?name=${encodeURIComponent(name)}`, who, content)).status).toBe(204);
  return page;
}

const isTheImport = (path: string) => path.split('/')[2] ?? '';

describe('stopped', () => {
  test('while it runs, it ends after the files in hand; taken up, it does the rest and nothing twice', async () => {
    const keeper = await archivist();
    const path = await handOver(site, keeper, storiesOf('Stopped', 90));
    await site.post(`${path}/start`, {}, keeper);
    const stopped = await site.post(`${path}/stop`, {}, keeper);
    expect(await noticeOf(site, keeper, stopped)).toContain('The import ends after the files it has in hand.');
    expect(await untilOver(site, keeper, path)).toBe('stopped');
    expect(await wordsOf(site, keeper, path)).toContain('Go on where it stopped');
    await site.post(`${path}/start`, {}, keeper);
    expect(await untilOver(site, keeper, path)).toBe('done');
    const outcomes = Object.values(await outcomesOf(site, path));
    expect(outcomes).toHaveLength(90);
    expect(new Set(outcomes)).toEqual(new Set(['draft']));
    const titles = (await worksOf(site, path)).map((work) => work.title);
    expect(new Set(titles).size).toBe(90);
    expect(await progressOf(site, keeper, path)).toMatchObject({ done: 90, total: 90 });
  });

  test('before it began, what came is thrown away, and no more is taken', async () => {
    const keeper = await archivist();
    const path = await handOver(site, keeper, storiesOf('Waiting', 2));
    await site.post(`${path}/stop`, {}, keeper);
    expect((await send(site, 'PUT', `${path}/files?name=more.md`, keeper, 'More.')).status).toBe(409);
    const answer = await site.post(`${path}/start`, {}, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain('The files of this import are not here any more.');
    expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'stopped', done: 0 });
    expect((await worksIn(site)).some((work) => work.title.startsWith('Waiting'))).toBe(false);
  });

  test('and its files gone since: it says so, and waits for nothing', async () => {
    const keeper = await archivist();
    const path = await handOver(site, keeper, storiesOf('Gone', 90));
    await site.post(`${path}/start`, {}, keeper);
    await site.post(`${path}/stop`, {}, keeper);
    expect(await untilOver(site, keeper, path)).toBe('stopped');
    await rm(join(site.folder, 'uploads', isTheImport(path)), { recursive: true });
    const answer = await site.post(`${path}/start`, {}, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain('The files of this import are not here any more.');
    expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'stopped' });
  });
});

describe('cut short by the end of the server', () => {
  /** An import that says it runs while no process does it, heard of last so long ago. */
  async function cutShort(at: TestSite, who: Person, files: Files, agoMs: number): Promise<string> {
    const path = await handOver(at, who, files);
    const seen = at.ground.now() - agoMs;
    await at.ground.db.write((tx) =>
      tx
        .updateTable('imports')
        .set({ state: 'running', seen_at: seen })
        .where('public_id', '=', isTheImport(path))
        .execute(),
    );
    return path;
  }

  test('it goes on by itself when a server is here again', async () => {
    const own = await testSite();
    const keeper = await archivist(own);
    const path = await cutShort(own, keeper, storiesOf('Cut', 3), 0);
    // The features of a new process; its jobs run by the clock.
    const anew = archiveFeatures(own.ground).find((feature) => feature.name === 'imports');
    await anew
      ?.jobs?.(own.ground)
      .find((job) => job.kind === 'run-uploads')
      ?.run(null);
    expect(await untilOver(own, keeper, path)).toBe('done');
    await anew?.stop?.();
    expect(Object.values(await outcomesOf(own, path))).toEqual(['draft', 'draft', 'draft']);
  });

  test('what came in can be undone without waiting for that', async () => {
    const keeper = await archivist();
    const before = await bringInByForm(site, keeper, storiesOf('Half', 1));
    const path = await cutShort(site, keeper, {}, 10 * 60_000);
    await site.ground.db.write((tx) =>
      tx
        .updateTable('import_files')
        .set((set) => ({
          import_id: set.selectFrom('imports').select('id').where('public_id', '=', isTheImport(path)),
        }))
        .where('import_id', '=', (imports) =>
          imports.selectFrom('imports').select('id').where('public_id', '=', isTheImport(before)),
        )
        .execute(),
    );
    expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'cut-short' });
    expect(await wordsOf(site, keeper, path)).toContain('Undo this import');
    const answer = await site.post(`${path}/undo`, {}, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain('The import is undone: 1 work is among the deleted works');
    expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'undone' });
  });
});

test('a report is looked through by outcome and page by page', async () => {
  const keeper = await archivist();
  const files = Array.from({ length: 230 }, (_, i) => ({
    file: `f${String(i).padStart(3, '0')}.txt`,
    outcome: i % 10 === 0 ? ('refused' as const) : ('unchanged' as const),
    reason: i === 40 ? 'It is encrypted; save it without a password.' : null,
  }));
  const { publicId } = await recordImport(site, { by: keeper, files });
  const paths = async (query: string) =>
    [...(await wordsOf(site, keeper, `/imports/${publicId}${query}`)).matchAll(/f\d{3}\.txt/g)].map(([path]) => path);
  expect(new Set(await paths('')).size).toBe(100);
  expect((await paths('?page=3')).includes('f229.txt')).toBe(true);
  expect(new Set(await paths('?page=3')).size).toBe(30);
  expect(await paths('?page=4')).toEqual([]);
  const refused = new Set(await paths('?outcome=refused'));
  expect(refused.size).toBe(23);
  expect(refused.has('f040.txt')).toBe(true);
  expect(await wordsOf(site, keeper, `/imports/${publicId}?outcome=refused`)).toContain('It is encrypted;');
  expect(await paths('?outcome=posted')).toEqual([]);
  for (const query of ['?outcome=nonsense', '?page=0', '?page=-1', '?page=x', '?page=99999999999'])
    expect(new Set(await paths(query)).size, query).toBe(100);
});

describe('undone', () => {
  test('all it brought in goes to the deleted works, each can be restored, and what was here before stays', async () => {
    const keeper = await archivist();
    const first = await bringInByForm(site, keeper, { 'here.md': ownStory('Here Before') }, { post: '1', public: '1' });
    const files = { ...storiesOf('Undone', 23), 'here.md': ownStory('Here Before') };
    const path = await bringInByForm(site, keeper, files);
    expect(Object.values(await outcomesOf(site, path)).filter((outcome) => outcome === 'unchanged')).toHaveLength(1);
    await site.post(`${path}/publication`, {}, keeper);
    const answer = await site.post(`${path}/undo`, {}, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain(
      'The import is undone: 23 works are among the deleted works for 30 days.',
    );
    const outcomes = Object.values(await outcomesOf(site, path));
    expect(outcomes.filter((outcome) => outcome === 'undone')).toHaveLength(23);
    const deleted = await wordsOf(site, keeper, '/deleted');
    for (const i of [0, 9, 22]) expect(deleted).toContain(`Undone ${i}`);
    expect(deleted).not.toContain('Here Before');
    const [before] = await worksOf(site, first);
    expect((await site.get(`/works/${before?.publicId}`, null)).status).toBe(200);
    const again = await site.post(`${path}/undo`, {}, keeper);
    expect(await noticeOf(site, keeper, again)).toContain('0 works');
    const back = (await worksOf(site, path)).find((work) => work.title === 'Undone 3');
    expect((await site.post(`/works/${back?.publicId}/restoration`, {}, keeper)).status).toBe(303);
    expect((await site.get(`/works/${back?.publicId}`, keeper)).status).toBe(200);
    expect(await wordsOf(site, keeper, '/deleted')).not.toContain('Undone 3 ');
    expect(await wordsOf(site, keeper, path)).toContain('This import was undone.');
  });

  test('not while it waits or runs', async () => {
    const keeper = await archivist();
    const path = await handOver(site, keeper, storiesOf('Early', 1));
    const answer = await site.post(`${path}/undo`, {}, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain('Stop the import first; then it can be undone.');
    expect(await progressOf(site, keeper, path)).toMatchObject({ state: 'gathering' });
    await site.post(`${path}/stop`, {}, keeper);
  });
});

test('posting all that is ready posts those, says how many stay, and posts nothing twice', async () => {
  const keeper = await archivist();
  const path = await bringInByForm(site, keeper, {
    ...storiesOf('Ready', 12),
    'lacking.md': story({ title: 'Lacking', language: 'en' }, `Lacking. ${LONG}`),
  });
  expect(await wordsOf(site, keeper, path)).toContain('Post all 12 of them');
  const answer = await site.post(`${path}/publication`, {}, keeper);
  expect(await noticeOf(site, keeper, answer)).toContain('12 drafts are posted. 1 stayed drafts.');
  const states = await site.ground.db.reads
    .selectFrom('works')
    .select(['title', 'state'])
    .where('title', 'in', ['Ready 0', 'Ready 11', 'Lacking'])
    .orderBy('title')
    .execute();
  expect(states.map((work) => work.state)).toEqual(['draft', 'posted', 'posted']);
  const again = await site.post(`${path}/publication`, {}, keeper);
  expect(await noticeOf(site, keeper, again)).toContain('0 drafts are posted.');
});

describe('drafts that are chapters of one work', () => {
  const parts = (word: string): Files =>
    Object.fromEntries(
      [1, 2, 3].map((i) => [
        `${word}-0${i}.md`,
        story({ ...WHOLE, title: `${word} ${i}` }, chapterText(`${word}${i}`)),
      ]),
    );

  test('are proposed as one, and become it in the order of their files', async () => {
    const keeper = await archivist();
    const path = await bringInByForm(site, keeper, parts('tide'));
    expect(await wordsOf(site, keeper, path)).toContain('Chapters of one work?');
    const drafts = await worksOf(site, path);
    const answer = await site.post(`${path}/joining`, { work: drafts.map((work) => work.publicId) }, keeper);
    expect(answer.headers.get('location')).toMatch(/^\/works\/[0-9a-z]{10}\/review$/);
    const review = answer.headers.get('location') ?? '';
    expect(await wordsOf(site, keeper, review)).toContain('tide 1');
    const whole = await wordsOf(site, keeper, `/works/${review.split('/')[2]}/any/entire`);
    const places = [1, 2, 3].map((i) => whole.indexOf(`tide${i} counted 1 boats`));
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true);
    for (const draft of drafts) expect((await site.get(`/works/${draft.publicId}`, keeper)).status).toBe(404);
    expect(await outcomesOf(site, path)).toEqual({
      'tide-01.md': 'draft',
      'tide-02.md': 'draft',
      'tide-03.md': 'draft',
    });
    expect((await worksIn(site)).filter((work) => work.title.startsWith('tide'))).toHaveLength(1);
  });

  test('nothing is joined of an edited one, one named twice, one alone, or one of another import', async () => {
    const keeper = await archivist();
    const path = await bringInByForm(site, keeper, parts('ebb'));
    const other = await bringInByForm(site, keeper, { 'alone.md': ownStory('Alone Elsewhere') });
    const ids = (await worksOf(site, path)).map((work) => work.publicId);
    const [stranger] = await worksOf(site, other);
    const before = await worksIn(site);
    const [a = '', b = ''] = ids;
    for (const works of [[], [a], [a, a], [a, stranger?.publicId ?? ''], [a, 'zzzzzzzzzz']]) {
      const answer = await site.post(`${path}/joining`, { work: works }, keeper);
      expect(answer.headers.get('location'), works.join()).toBe(path);
      expect(await noticeOf(site, keeper, answer)).not.toBe('');
    }
    expect(await worksIn(site)).toEqual(before);
    const fields = { title: 'ebb, edited', fandoms: 'Dracula', rating: 'general', warnings: 'none', language: 'en' };
    await site.post(`/works/${b}/review/details`, fields, keeper);
    const answer = await site.post(`${path}/joining`, { work: ids }, keeper);
    expect(await noticeOf(site, keeper, answer)).toContain('Joining would lose that, so nothing was joined.');
    expect((await worksIn(site)).filter((work) => work.title.startsWith('ebb'))).toHaveLength(3);
  });
});

describe('removed because its creator asked', () => {
  test('it is remembered with the note, not brought in again, and brought in once it is allowed', async () => {
    const own = await testSite();
    const keeper = await archivist(own);
    const files = { 'asked.md': story({ ...WHOLE, title: 'Asked For' }, `Asked. ${LONG}`) };
    const path = await bringInByForm(own, keeper, files);
    const [work] = await worksOf(own, path);
    expect(await wordsOf(own, keeper, `/works/${work?.publicId}/delete`)).toContain('Its creator asked for this');
    await own.post(`/works/${work?.publicId}/deletion`, { requested: '1', note: 'by letter, <b>May</b>' }, keeper);
    expect(await wordsOf(own, keeper, '/imports/removed')).toContain('by letter, <b>May</b>');
    // While it could still be restored, too.
    expect(await outcomesOf(own, await bringInByForm(own, keeper, files))).toEqual({ 'asked.md': 'refused' });
    await eraseDeleted(own);
    const again = await bringInByForm(own, keeper, files);
    expect(await outcomesOf(own, again)).toEqual({ 'asked.md': 'refused' });
    expect(await wordsOf(own, keeper, again)).toMatch(/This was removed on request on \d{4}-\d\d-\d\d, and is not/);
    // Other typography is the same story still.
    const retyped = { 'asked.md': (files['asked.md'] ?? '').replaceAll('*', '').replaceAll(',', ' ,') };
    expect(await outcomesOf(own, await bringInByForm(own, keeper, retyped))).toEqual({ 'asked.md': 'refused' });
    const page = await (await own.get('/imports/removed', keeper)).text();
    const id = /name="removal" value="(\d+)"/.exec(page)?.[1] ?? '';
    for (const nonsense of ['', 'x', '-1', '999', `${id} or 1=1`])
      await own.post('/imports/removed', { removal: nonsense }, keeper);
    expect(await outcomesOf(own, await bringInByForm(own, keeper, files))).toEqual({ 'asked.md': 'refused' });
    await own.post('/imports/removed', { removal: id }, keeper);
    expect(await wordsOf(own, keeper, '/imports/removed')).toContain('Nobody has asked yet');
    expect(await outcomesOf(own, await bringInByForm(own, keeper, files))).toEqual({ 'asked.md': 'draft' });
  });

  test('deleting without that is forgotten when the work is erased', async () => {
    const own = await testSite();
    const keeper = await archivist(own);
    const files = { 'a.md': ownStory('Only Deleted') };
    const [work] = await worksOf(own, await bringInByForm(own, keeper, files));
    await own.post(`/works/${work?.publicId}/deletion`, { note: 'nothing' }, keeper);
    await eraseDeleted(own);
    expect(await outcomesOf(own, await bringInByForm(own, keeper, files))).toEqual({ 'a.md': 'draft' });
  });
});

/** Thirty days later. */
async function eraseDeleted(at: TestSite): Promise<void> {
  await at.ground.db.write((tx) =>
    tx.updateTable('works').set({ deleted_at: 1 }).where('deleted_at', 'is not', null).execute(),
  );
  const job = at.features.find((feature) => feature.name === 'housekeeping')?.jobs?.(at.ground) ?? [];
  await job.find((one) => one.kind === 'erase-deleted-works')?.run(null);
}

test('what was found here and is somebody else’s is named only as long as the archivist may see it', async () => {
  const own = await testSite();
  const [one, other] = [await archivist(own), await archivist(own)];
  const text = chapterText('Openly');
  const source = { source: 'https://elsewhere.example/works/900' };
  const files = { 'open.md': story({ ...WHOLE, ...source, title: 'Open For A While' }, text) };
  const [work] = await worksOf(own, await bringInByForm(own, one, files, { post: '1', public: '1' }));
  const path = await bringInByForm(own, other, files);
  const longer = { 'open.md': story({ ...WHOLE, ...source, title: 'Mine' }, `${text}\n\nAnd it went on. ${LONG}`) };
  expect(await outcomesOf(own, path)).toEqual({ 'open.md': 'unchanged' });
  expect(await wordsOf(own, other, path)).toContain('Open For A While');
  const html = await (await own.get(path, other)).text();
  expect(html).not.toContain(`/works/${work?.publicId}/review`);
  await own.ground.db.write((tx) =>
    tx
      .updateTable('works')
      .set({ hidden: 1 })
      .where('id', '=', work?.id ?? 0)
      .execute(),
  );
  const words = await wordsOf(own, other, path);
  expect(words).not.toContain('Open For A While');
  expect(words).toContain('It is here already, with somebody else.');
  // Nor by bringing it in again, nor by what is longer.
  for (const again of [files, longer]) {
    for (const how of [{}, { dryRun: '1' }]) {
      const told = await bringInByForm(own, other, again, how);
      expect(Object.values(await outcomesOf(own, told))[0]).toBe(again === files ? 'unchanged' : 'update');
      const said = (await wordsOf(own, other, told)).replaceAll('open.md', '');
      expect(said).not.toContain('Open For A While');
    }
  }
});
