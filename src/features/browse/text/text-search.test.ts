/** Full text search over the truth: what is found where, what never is, and that it keeps up. */
import { mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  addCreator,
  chapterIds,
  makeWork,
  setChapterState,
  setState,
  type CastWork,
  type WorkPlan,
  type WorkState,
} from '../../../../test/cast.ts';
import { testSite, type TestSite } from '../../../../test/site.ts';
import { append, EVENT_DAYS, pruneEvents } from '../../../platform/events/log.ts';
import { renameDefaultPseud } from '../../accounts/index.ts';
import { ensureTag, makeCanonical, makeSynonym } from '../../tags/index.ts';
import { deleteWork, eraseWorkRows, restoreWork } from '../../works/index.ts';
import type { TextLeaf } from '../filter/work-filter.ts';
import { rankWorks } from './text-answers.ts';
import { openTextAnswers } from './text-file.ts';
import { inlineTextSearch, type InlineTextSearch } from './text-search.ts';
import { anyText, leaf, phrase } from './text.fixture.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fanfold-text-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

function searchOver(site: TestSite, path = ':memory:', clearMs?: number): InlineTextSearch {
  const search = inlineTextSearch(site.ground.db, path, clearMs);
  onTestFinished(() => search.close());
  return search;
}

const post = (site: TestSite, plan: WorkPlan, state: WorkState = {}) =>
  makeWork(site, plan, { state: 'posted', ...state });

/** The titles of the works in which a leaf is found, once the index is up to date. */
async function found(search: InlineTextSearch, works: readonly CastWork[], one: TextLeaf | string, inText = false) {
  await search.refresh();
  const match = await search.match([typeof one === 'string' ? leaf(one) : one], inText);
  const ids = [...(match.works[0] ?? [])];
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  return ids.map((id) => works.find((work) => work.id === id)?.title ?? id);
}

async function library() {
  const site = await testSite();
  const ada = await site.person('Ada Quill');
  const works = [
    await post(site, {
      title: 'The Bees of Sussex',
      by: [ada],
      fandoms: ['Sherlock Holmes'],
      tags: [{ kind: 'freeform', name: 'Slow Burn' }],
      summary: '<p>A detective retires.</p>',
      notes: '<p>For Winter.</p>',
      endNotes: '<p>Thanks!</p>',
      chapters: [
        {
          title: 'Smoke',
          summary: '<p>Weather.</p>',
          notes: '<p>Late.</p>',
          html: '<p>The hives were calm.</p><p>Rain.</p>',
        },
        { title: 'Honey', html: '<p>He opened the hive and well-known honey ran.</p>' },
      ],
    }),
    await post(site, { title: '蜂蜜と雨', by: [ada], language: 'ja', chapters: ['<p>昨日、東京都に行った。</p>'] }),
    await post(site, {
      title: "L'amour 🐝",
      by: [ada],
      language: 'fr',
      chapters: ["<p>Aujourd'hui, l'abeille dort.</p>"],
    }),
  ];
  return { site, ada, works, search: searchOver(site) };
}

test('each place holds what it says, and the chapters are looked into when asked', async () => {
  const { works, search } = await library();
  const [bees] = works.map((work) => work.title);
  const inPlace = (words: string, place: TextLeaf['place'], inText = false) =>
    found(search, works, leaf(words, { place }), inText);
  expect(await inPlace('bee', 'title')).toEqual([bees]);
  expect(await inPlace('quill', 'byline')).toHaveLength(3);
  expect(await inPlace('slow-burn', 'tags')).toEqual([bees]);
  expect(await inPlace('detectives', 'summary')).toEqual([bees]);
  expect(await inPlace('thanks', 'notes')).toEqual([bees]);
  for (const words of ['smoke', 'weather', 'late', 'hive']) {
    expect(await inPlace(words, 'text'), words).toEqual([bees]);
    expect(await inPlace(words, null, true), words).toEqual([bees]);
    expect(await inPlace(words, null), words).toEqual([]);
  }
  expect(await inPlace('detective', 'text')).toEqual([]);
  expect(await inPlace('bees', 'summary')).toEqual([]);
  expect(await inPlace('retires', null)).toEqual([bees]);
});

test('words, beginnings, phrases and words near each other', async () => {
  const { works, search } = await library();
  const [bees, honey, love] = works.map((work) => work.title);
  const inText = (one: TextLeaf | string) => found(search, works, one, true);
  expect(await inText(leaf('retir', { prefix: true }))).toEqual([bees]);
  expect(await inText(leaf('re', { prefix: true }))).toEqual([]);
  expect(await inText(leaf('detectives', { prefix: true }))).toEqual([bees]);
  expect(await inText('retir')).toEqual([bees]);
  expect(await inText('detec')).toEqual([]);
  expect(await inText(phrase('bees of sussex'))).toEqual([bees]);
  expect(await inText(phrase('sussex of bees'))).toEqual([]);
  expect(await inText(phrase('the bees of suss', { prefix: true }))).toEqual([bees]);
  expect(await inText(phrase('calm rain'))).toEqual([]);
  expect(await inText(phrase('Slow Burn Sherlock'))).toEqual([]);
  expect(await inText('well-known')).toEqual([bees]);
  expect(await inText('known-well')).toEqual([]);
  expect(await inText(leaf('honey opened', { near: 10 }))).toEqual([bees]);
  expect(await inText(leaf('honey opened', { near: 2 }))).toEqual([]);
  expect(await inText(leaf('honey hives', { near: 100 }))).toEqual([bees]);
  expect(await inText(leaf('honey open', { near: 10, prefix: true }))).toEqual([bees]);
  for (const words of ['蜂', '雨', '蜂蜜', '東京', '京都', '東京都に行', '行'])
    expect(await inText(words)).toEqual([honey]);
  expect(await inText('京東')).toEqual([]);
  for (const words of ['amour', "l'amour", 'l’abeille', 'ABEILLE', '🐝', 'aujourdhui']) {
    expect(await inText(words), words).toEqual([love]);
  }
});

const HOSTILE = [
  '"',
  '""',
  '*',
  'bees"',
  '"bees',
  'bees*',
  '(bees',
  'bees)',
  'NEAR(',
  'NEAR(bees, 2',
  'AND',
  'OR',
  'NOT',
  'bees AND',
  'NOT bees',
  'title:bees',
  '{title}:bees',
  '-bees',
  '+',
  '^bees',
  'bees ^ sussex',
  '\u0000',
  'be\u0000es',
  '\ud800',
  'bees\udc00',
  ';drop table text_words',
  "' or 1=1 --",
  'bees\nOR\nx',
  '¶',
  '🐝"',
  'a'.repeat(10_000),
  'bees '.repeat(3_000),
  '東'.repeat(5_000),
  "'".repeat(9_999),
  '%',
  '_',
];

test('nothing that a person types is read as a command, and what has no word finds nothing', async () => {
  const { search } = await library();
  await search.refresh();
  const ways = [{}, { phrase: true }, { prefix: true }, { near: 3 }, { near: -1 }, { near: 1e9, prefix: true }];
  for (const words of HOSTILE) {
    const match = await search.match(
      ways.map((way) => leaf(words, way)),
      true,
    );
    expect(
      match.works.map((ids) => ids.length <= 3),
      words.slice(0, 20),
    ).toEqual(ways.map(() => true));
  }
  const empty = ['', ' ', '"', '*', '¶', '!?', '\ud800', '\u0000'].map((words) => leaf(words));
  expect((await search.match(empty, true)).works).toEqual(empty.map(() => new Uint32Array()));
  await fc.assert(
    fc.asyncProperty(anyText(30), fc.boolean(), fc.boolean(), async (words, a, b) => {
      const match = await search.match([leaf(words, { phrase: a, prefix: b, near: a === b ? 2 : null })], true);
      expect(match.works).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
  const many = Array.from({ length: 51 }, () => leaf('bees'));
  await expect(search.match(many, true)).rejects.toThrow('At most 50');
  await expect(search.rank(many, true)).rejects.toThrow('At most 50');
  expect((await search.match(many.slice(1), true)).works).toHaveLength(50);
});

test('what may not be found is not in the index, and what is for accounts only is', async () => {
  const site = await testSite();
  const [ada, ben] = [await site.person('Ada Quill'), await site.person('Ben Ink')];
  const secret = { title: 'Hidden moor', by: [ada], chapters: ['<p>heather</p>'] };
  const search = searchOver(site);
  const states: WorkState[] = [
    { state: 'draft' },
    { state: 'scheduled' },
    { unrevealed: true },
    { hidden: true },
    { deleted: true },
  ];
  const works: CastWork[] = [];
  for (const state of states) works.push(await post(site, secret, state));
  for (const words of ['hidden', 'heather', 'quill', 'holmes'])
    expect(await found(search, works, words, true)).toEqual([]);
  const open = await post(site, { ...secret, title: 'For accounts' }, { restricted: true });
  expect(await found(search, [open], 'heather', true)).toEqual(['For accounts']);
  const anonymous = await post(site, { ...secret, title: 'Nameless' }, { anonymous: true });
  await addCreator(site, open.id, ben, 'invited');
  await setState(site, open.id, { state: 'posted' });
  expect(await found(search, [open, anonymous], 'quill', true)).toEqual(['For accounts']);
  expect(await found(search, [open, anonymous], leaf('ada', { place: 'byline' }))).toEqual(['For accounts']);
  expect(await found(search, [open, anonymous], 'ink', true)).toEqual([]);
  expect(await found(search, [open, anonymous], 'heather', true)).toEqual(['For accounts', 'Nameless']);
});

test('the index follows: states of works and chapters, deletion and its undoing, anonymity', async () => {
  const { site, ada, works, search } = await library();
  const [bees] = works;
  if (!bees) throw new Error('The library is empty.');
  const { db, now } = site.ground;
  const inText = async (words: string) => (await found(search, works, words, true)).includes(bees.title);
  expect(await inText('honey')).toBe(true);
  await setChapterState(site, bees.id, 2, 'draft');
  await setState(site, bees.id, { state: 'posted' });
  expect(await inText('honey')).toBe(false);
  expect(await inText('smoke')).toBe(true);
  await setChapterState(site, bees.id, 2, 'posted');
  await setState(site, bees.id, { state: 'posted' });
  expect(await inText('honey')).toBe(true);
  await db.write((tx) => deleteWork(tx, now(), ada.viewer, bees.publicId));
  for (const words of ['honey', 'sussex']) expect(await inText(words)).toBe(false);
  await db.write((tx) => restoreWork(tx, now(), ada.viewer, bees.publicId));
  for (const words of ['honey', 'sussex']) expect(await inText(words)).toBe(true);
  await setState(site, bees.id, { state: 'posted', anonymous: true });
  expect(await inText('quill')).toBe(false);
  await setState(site, bees.id, { state: 'posted' });
  expect(await inText('quill')).toBe(true);
});

test('the index follows names: tags merged, pseuds renamed, accounts erased', async () => {
  const { site, ada, works, search } = await library();
  const { db, now } = site.ground;
  const [bees] = works.map((work) => work.title);
  expect(await found(search, works, 'smoulder')).toEqual([]);
  await db.write(async (tx) => {
    const of = await ensureTag(tx, now(), 'freeform', 'Smouldering');
    await makeCanonical(tx, now(), of.id);
    const tag = await ensureTag(tx, now(), 'freeform', 'Slow Burn');
    await makeSynonym(tx, now(), tag, { ...of, canonical: true });
  });
  expect(await found(search, works, leaf('smoulder', { place: 'tags' }))).toEqual([bees]);
  await db.write(async (tx) => makeCanonical(tx, now(), (await ensureTag(tx, now(), 'freeform', 'Slow Burn')).id));
  expect(await found(search, works, 'smoulder')).toEqual([]);
  await db.write((tx) => renameDefaultPseud(tx, now(), ada.viewer.accountId, 'Nib'));
  expect(await found(search, works, 'quill')).toEqual([]);
  expect(await found(search, works, 'nib')).toHaveLength(3);
  await db.write(async (tx) => {
    await tx.deleteFrom('work_creators').where('pseud_id', '=', ada.pseudId).execute();
    await append(tx, now(), { kind: 'account.erased', subject: 'account', subjectId: ada.viewer.accountId });
  });
  expect(await found(search, works, 'nib')).toEqual([]);
  expect(await found(search, works, 'sussex')).toEqual([bees]);
});

test('best first: a title before a tag before a chapter, and a work that has all of it before one that has a part', async () => {
  const site = await testSite();
  const plans: WorkPlan[] = [
    { title: 'Far', chapters: [`<p>${'It rained. '.repeat(50)} A heron.</p>`] },
    { title: 'Tagged', tags: [{ kind: 'freeform', name: 'Heron' }] },
    { title: 'The Heron' },
    { title: 'The Heron and the Otter' },
    { title: 'Otter', chapters: ['<p>none</p>'] },
  ];
  const works: CastWork[] = [];
  for (const plan of plans) works.push(await post(site, plan));
  for (let other = 0; other < 10; other += 1) await post(site, { title: `Other ${other}` });
  const search = searchOver(site);
  await search.refresh();
  const titles = async (leaves: TextLeaf[]) =>
    [...(await search.rank(leaves, true))].map((id) => works.find((work) => work.id === id)?.title);
  expect(await titles([leaf('heron')])).toEqual(['The Heron', 'The Heron and the Otter', 'Tagged', 'Far']);
  expect((await titles([leaf('heron'), leaf('otter')]))[0]).toBe('The Heron and the Otter');
  expect(await titles([leaf('!')])).toEqual([]);
});

test('what stands nearly everywhere is ranked by where it stands on works, or not at all', async () => {
  const { site, works } = await library();
  const path = join(await folder(), 'text.db');
  const search = searchOver(site, path);
  await search.refresh();
  const file = openTextAnswers(path);
  onTestFinished(() => void file?.close());
  const [bees] = works;
  await post(site, { title: 'Bees', chapters: ['<p>bees</p>'] });
  await post(site, { title: 'Rain', chapters: ['<p>bees</p>'] });
  await search.refresh();
  const ranked = (rowsEach: number) => [...rankWorks(file, [leaf('bees')], true, rowsEach)];
  expect(ranked(4)).toHaveLength(3);
  expect(ranked(3)).toHaveLength(2);
  expect(ranked(3)).toContain(bees?.id);
  expect(ranked(1)).toEqual([]);
});

test('places are the chapters in which most is found, and snippets lead to the paragraph', async () => {
  const { site, works, search } = await library();
  const [bees, honey] = works;
  if (!bees || !honey) throw new Error('The library is empty.');
  await search.refresh();
  const chapters = await site.ground.db.reads
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
    .select(['chapters.id', 'chapter_revisions.html'])
    .where('work_id', '=', bees.id)
    .orderBy('position')
    .execute();
  const [smoke, ran] = chapters.map((chapter) => chapter.id);
  expect(await chapterIds(site, bees.id)).toHaveLength(2);
  const asked = [bees.id, honey.id, 999_999];
  expect(await search.places([leaf('hive')], asked)).toEqual(new Map([[bees.id, [smoke, ran]]]));
  expect(await search.places([leaf('hive'), leaf('honey')], asked)).toEqual(new Map([[bees.id, [ran, smoke]]]));
  expect(await search.places([leaf('sussex'), leaf('hive', { place: 'title' })], asked)).toEqual(new Map());
  const texts = chapters.map((chapter) => ({ key: chapter.id, html: chapter.html }));
  const [snippet, ...others] = await search.snippets([leaf('honey')], texts);
  expect(others).toEqual([]);
  expect(snippet?.key).toBe(ran);
  expect(chapters[1]?.html).toContain(`<p id="${snippet?.blockId}">He opened`);
  expect(snippet?.pieces.filter((piece) => piece.marked)).toEqual([{ text: 'honey', marked: true }]);
});

test('killed anywhere, it goes on and ends at the same', async () => {
  const { site, works } = await library();
  const path = join(await folder(), 'text.db');
  for (let round = 0; round < 12; round += 1) {
    const cut = inlineTextSearch(site.ground.db, path);
    await cut.refresh(1);
    const state = await cut.status();
    expect(state.works).toBeLessThanOrEqual(3);
    cut.close();
    if (round === 3) await setState(site, works[0]?.id ?? 0, { state: 'posted', anonymous: true });
  }
  const search = searchOver(site, path);
  expect(await found(search, works, 'honey', true)).toEqual([works[0]?.title]);
  expect(await found(search, works, 'quill')).toHaveLength(2);
  const state = await search.status();
  expect(state).toMatchObject({ state: 'ready', works: 3, of: 3 });
  expect(state.version).toBe((await search.match([], false)).version);
  expect(state.bytes).toBeGreaterThan(0);
});

test('whatever happens, following ends where beginning anew ends', async () => {
  const { site, works } = await library();
  const { db, now } = site.ground;
  const path = join(await folder(), 'text.db');
  const state = fc.record({
    state: fc.constantFrom('draft' as const, 'posted' as const),
    ...Object.fromEntries(['anonymous', 'hidden', 'deleted', 'restricted'].map((name) => [name, fc.boolean()])),
  });
  const step = fc.oneof(
    fc.record({ work: fc.nat({ max: 2 }), state }),
    fc.record({ work: fc.nat({ max: 2 }), chapter: fc.constantFrom('draft' as const, 'posted' as const) }),
    fc.record({ steps: fc.integer({ min: 1, max: 3 }) }),
    fc.constant({ epoch: true }),
    fc.constant({ prune: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      for (const one of steps) {
        const id = 'work' in one ? (works[one.work]?.id ?? 0) : 0;
        if ('state' in one) await setState(site, id, one.state);
        if ('chapter' in one) {
          await setChapterState(site, id, 1, one.chapter);
          await db.write((tx) =>
            append(tx, now(), { kind: 'work.edited', subject: 'work', subjectId: id, workId: id }),
          );
        }
        if ('steps' in one) {
          const cut = inlineTextSearch(db, path);
          await cut.refresh(one.steps);
          cut.close();
        }
        if ('epoch' in one) {
          await db.write((tx) =>
            tx
              .updateTable('archive_state')
              .set({ value: `${Math.random()}` })
              .where('key', '=', 'epoch')
              .execute(),
          );
        }
        if ('prune' in one) await db.write((tx) => pruneEvents(tx, now() + (EVENT_DAYS + 1) * 86_400_000));
      }
      const [followed, anew] = [inlineTextSearch(db, path), inlineTextSearch(db, ':memory:')];
      const leaves = ['quill', 'sussex', 'honey', 'smoke', 'hive', '東京', 'amour', 'holmes'].map((words) =>
        leaf(words),
      );
      const answers = [];
      for (const search of [followed, anew]) {
        await search.refresh();
        const { version, works: matched } = await search.match(leaves, true);
        const places = await search.places(
          leaves,
          works.map((work) => work.id),
        );
        for (const inText of [true, false]) {
          const some = leaves.slice(0, 6);
          const [each, together] = [await search.match(some, inText), await search.match(pairsOf(some), inText)];
          expect(together.works).toEqual(pairsOf(each.works).map(([one, other]) => inBoth(one, other)));
          expect(new Set(await search.rank(pairsOf(leaves).slice(0, 1), false)).size).toBe(
            (await search.match(pairsOf(leaves).slice(0, 1), false)).works[0]?.length,
          );
        }
        const ranked = new Set(await search.rank(leaves, true));
        answers.push({ version, matched, places, ranked, holds: (await search.status()).works });
        search.close();
      }
      expect(answers[0]).toEqual(answers[1]);
    }),
    { numRuns: 15 },
  );
});

test('until it is ready it says how far it is', async () => {
  const { site, search } = await library();
  expect(await search.status()).toMatchObject({ state: 'building', works: 0 });
  await search.refresh(1);
  expect(await search.status()).toMatchObject({ state: 'building', works: 3, of: 3 });
  await search.refresh();
  expect(await search.status()).toMatchObject({ state: 'ready', works: 3, of: 3 });
  await search.rebuild();
  expect(await search.status()).toMatchObject({ state: 'building', works: 0, of: 3 });
  expect((await search.match([leaf('bees')], true)).works).toEqual([new Uint32Array()]);
  await search.refresh();
  expect((await search.match([leaf('bees')], true)).state.state).toBe('ready');
  expect(site.ground.db.kind).toMatch(/sqlite|postgres/);
});

test.each<[string, (path: string) => Promise<void>]>([
  ['cut short', (path) => truncate(path, 20_000)],
  ['empty', (path) => writeFile(path, '')],
  [
    'a folder',
    (path) =>
      rm(path)
        .then(() => mkdtemp(path))
        .then((made) => rename(made, path)),
  ],
  ['of another kind', (path) => writeFile(path, 'It rained in Sussex. '.repeat(1_000))],
  ['overwritten in the middle', (path) => spoil(path, 8_192)],
  ['overwritten at the beginning', (path) => spoil(path, 0)],
])('a file that is %s is made again', async (_name, harm) => {
  const { site, works } = await library();
  const path = join(await folder(), 'text.db');
  const before = inlineTextSearch(site.ground.db, path);
  await before.refresh();
  before.close();
  await harm(path);
  const search = searchOver(site, path);
  expect(await found(search, works, 'honey', true)).toEqual([works[0]?.title]);
  expect(await found(search, works, 'quill')).toHaveLength(3);
});

async function spoil(path: string, from: number): Promise<void> {
  const bytes = await readFile(path);
  bytes.fill(0x5a, from, from + 6_000);
  await writeFile(path, bytes);
}

test('another epoch and a pruned log make it begin anew; what stands in no lists goes', async () => {
  const { site, works, search } = await library();
  const { db } = site.ground;
  await search.refresh();
  const gone = works[0]?.id ?? 0;
  await setState(site, gone, { state: 'posted', hidden: true });
  await setState(site, works[1]?.id ?? 0, { state: 'posted' });
  await db.write((tx) => pruneEvents(tx, Date.now() + (EVENT_DAYS + 1) * 86_400_000));
  expect(await found(search, works, 'quill')).toEqual([works[1]?.title, works[2]?.title]);
  // Said by nobody: only beginning anew can find it.
  await db.write((tx) => tx.updateTable('works').set({ hidden: 0 }).where('id', '=', gone).execute());
  expect(await found(search, works, 'quill')).toHaveLength(2);
  await db.write((tx) => tx.updateTable('archive_state').set({ value: 'x' }).where('key', '=', 'epoch').execute());
  expect(await found(search, works, 'quill')).toHaveLength(3);
});

test('words of an erased work are found no more, and are written out of the file', async () => {
  const { site, works } = await library();
  const path = join(await folder(), 'text.db');
  await post(site, { title: 'Another', chapters: ['<p>zyzzogeton</p>'] });
  const secret = await post(site, { title: 'Secret', chapters: ['<p>xylographer</p>'] });
  const search = searchOver(site, path, 0);
  expect(await found(search, [secret], 'xylographer', true)).toEqual(['Secret']);
  expect(await held(path)).toContain('xylograph');
  await site.ground.db.write((tx) => eraseWorkRows(tx, Date.now(), secret.id));
  expect(await found(search, works, 'xylographer', true)).toEqual([]);
  expect(await held(path)).toContain('zyzzogeton');
  expect(await held(path)).not.toContain('xylograph');
});

/** All that is on the disk. */
async function held(path: string): Promise<string> {
  return (await readFile(path)).toString('latin1') + (await readFile(`${path}-wal`)).toString('latin1');
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]));
}

function inBoth(some: Uint32Array, others: Uint32Array): Uint32Array {
  return some.filter((one) => others.includes(one));
}
