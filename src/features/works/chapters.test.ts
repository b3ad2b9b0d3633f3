/** Chapters changed: their order, texts, and number; and what nobody may change or overwrite unseen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCreator, makeWork, setChapterState, WORDS_A_CHAPTER } from '../../../test/cast.ts';
import { openSite, type Person, type TestSite } from '../../../test/site.ts';
import { clean } from '../../platform/html/clean.ts';
import type { Viewer } from '../accounts/index.ts';
import {
  changeChapters,
  chaptersAt,
  currentChapters,
  findWork,
  NO_TEXT,
  type ChapterChanges,
  type NewChapter,
} from './index.ts';

let site: TestSite;
let wren: Person;
beforeAll(async () => {
  site = await openSite();
  wren = await site.person('wren');
});
afterAll(() => site.close());

const THREE = ['<p>One.</p><p>Still one.</p>', '<p>Two.</p>', '<p>Three.</p>'];

function chapter(source: string, more: Partial<NewChapter> = {}): NewChapter {
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return {
    title: '',
    format: 'html',
    summary: NO_TEXT,
    notes: NO_TEXT,
    endNotes: NO_TEXT,
    text: { source, html: result.html },
    rules: result.rules,
    words: result.words,
    postedAt: null,
    ...more,
  };
}

async function threeChapters(state: 'draft' | 'posted' = 'draft') {
  const work = await makeWork(site, { by: [wren], chapters: THREE }, { state });
  const chapters = await chaptersNow(work.publicId);
  const ids = chapters.map((one) => one.id) as [number, number, number];
  return { ...work, chapters, ids, seen: new Map(chapters.map((one) => [one.id, one.revision])) };
}

async function workNow(publicId: string, viewer: Viewer = wren.viewer) {
  const work = await findWork(site.ground.db.reads, viewer, publicId);
  if (!work) throw new Error('There is no such work.');
  return work;
}

const chaptersNow = async (publicId: string) => currentChapters(site.ground.db.reads, await workNow(publicId));
const textsNow = async (publicId: string) =>
  (await chaptersNow(publicId)).map((one) =>
    one.html
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
const rowOf = (id: number) =>
  site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const change = (publicId: string, changes: Partial<ChapterChanges>, as: Viewer = wren.viewer, at = site.ground.now()) =>
  site.ground.db.write((tx) =>
    changeChapters(tx, at, as, publicId, {
      chapters: [],
      madeFrom: new Map(),
      savedBy: wren.viewer.accountId,
      ...changes,
    }),
  );
const kept = (id: number) => ({ id, text: null });

describe('the order', () => {
  test('is the one given; chapters keep their revisions and addresses', async () => {
    const work = await threeChapters('posted');
    const [one, two, three] = work.ids;
    expect(await change(work.publicId, { chapters: [kept(three), kept(one), kept(two)] })).toMatchObject({
      id: work.id,
    });
    const now = await chaptersNow(work.publicId);
    expect(now.map((each) => [each.id, each.position, each.revision])).toEqual([
      [three, 1, 1],
      [one, 2, 1],
      [two, 3, 1],
    ]);
    expect((await rowOf(work.id)).version).toBe(3);
  });

  test('takes new chapters in their place, and again, as often as anybody likes', async () => {
    const work = await threeChapters();
    for (const name of ['A', 'B']) {
      const chapters = (await chaptersNow(work.publicId)).map((one) => kept(one.id));
      const [first, ...rest] = chapters;
      await change(work.publicId, {
        chapters: [...(first ? [first] : []), { id: null, text: chapter(`<p>${name}</p>`) }, ...rest],
      });
    }
    expect(await textsNow(work.publicId)).toEqual(['One. Still one.', 'B', 'A', 'Two.', 'Three.']);
  });
});

describe('a new text', () => {
  test('is a new revision beside the old one, with the ids of the blocks that stayed', async () => {
    const work = await threeChapters('posted');
    const [one, two, three] = work.ids;
    const before = work.chapters[0];
    const next = clean('<p>One.</p><p>Changed now.</p>', 'html', { previous: before?.html ?? '' });
    if (!next.ok) throw new Error(next.refusal);
    const text = chapter('<p>One.</p><p>Changed now.</p>', {
      text: { source: 'x', html: next.html },
      title: 'New',
      words: 3,
    });
    await change(work.publicId, { chapters: [{ id: one, text }, kept(two), kept(three)], madeFrom: work.seen });
    const [now] = await chaptersNow(work.publicId);
    expect(now).toMatchObject({ id: one, revision: 2, title: 'New', source: 'x' });
    const ids = (html: string | undefined) => [...(html ?? '').matchAll(/ id="(b-[^"]*)"/g)].map((match) => match[1]);
    expect(ids(now?.html)[0]).toBe(ids(before?.html)[0]);
    expect(ids(now?.html)).toHaveLength(2);
    const old = await chaptersAt(
      site.ground.db.reads,
      await workNow(work.publicId),
      new Map([
        [one, 1],
        [two, 7],
      ]),
    );
    expect(old).toMatchObject([{ id: one, revision: 1, html: before?.html }]);
    const row = await rowOf(work.id);
    expect(row).toMatchObject({ words: 3 + 2 * WORDS_A_CHAPTER, posted_chapters: 3 });
  });

  test('is not written over one that was saved since it was made', async () => {
    const work = await threeChapters('posted');
    const chapters = work.ids.map((id) => ({ id, text: chapter('<p>Mine.</p>') }));
    expect(await change(work.publicId, { chapters, madeFrom: work.seen })).not.toHaveProperty('refusal');
    const again = await change(work.publicId, { chapters, madeFrom: work.seen });
    expect(again).toEqual({ refusal: 'changed-meanwhile' });
    expect((await chaptersNow(work.publicId)).map((one) => one.revision)).toEqual([2, 2, 2]);
  });

  test('of two who save at once only one is kept', async () => {
    const work = await threeChapters();
    const say = (word: string) =>
      change(work.publicId, {
        chapters: work.ids.map((id) => ({ id, text: chapter(`<p>${word}</p>`) })),
        madeFrom: work.seen,
      });
    const said = await Promise.all([say('Mine'), say('Yours')]);
    expect(said.filter((one) => 'refusal' in one)).toEqual([{ refusal: 'changed-meanwhile' }]);
    expect(new Set(await textsNow(work.publicId)).size).toBe(1);
  });
});

describe('a chapter that is not named', () => {
  test('is removed from a draft when it was seen as it is', async () => {
    const work = await threeChapters();
    const [one, , three] = work.ids;
    await change(work.publicId, { chapters: [kept(three), kept(one)], madeFrom: work.seen });
    expect(await textsNow(work.publicId)).toEqual(['Three.', 'One. Still one.']);
    expect(await rowOf(work.id)).toMatchObject({ words: 2 * WORDS_A_CHAPTER });
  });

  test('stays, and nothing is done, when it came in meanwhile or the work is posted', async () => {
    const draft = await threeChapters();
    const [one, two, three] = draft.ids;
    await change(draft.publicId, {
      chapters: [kept(one), kept(two), kept(three), { id: null, text: chapter('<p>Late.</p>') }],
    });
    const all = [kept(one), kept(two), kept(three)];
    expect(await change(draft.publicId, { chapters: all, madeFrom: draft.seen })).toEqual({
      refusal: 'changed-meanwhile',
    });
    expect(await textsNow(draft.publicId)).toHaveLength(4);
    const posted = await threeChapters('posted');
    const [first] = posted.ids;
    const said = await change(posted.publicId, { chapters: [kept(first)], madeFrom: posted.seen });
    expect(said).toEqual({ refusal: 'changed-meanwhile' });
    expect(await textsNow(posted.publicId)).toHaveLength(3);
  });

  test('of another work, or gone, nothing of either work is touched', async () => {
    const work = await threeChapters();
    const other = await threeChapters();
    const [one, two, three] = work.ids;
    for (const stranger of [other.ids[0], 999_999]) {
      for (const text of [null, chapter('<p>Stolen.</p>')]) {
        const chapters = [kept(one), kept(two), kept(three), text === null ? kept(stranger) : { id: stranger, text }];
        expect(await change(work.publicId, { chapters })).toEqual({ refusal: 'changed-meanwhile' });
      }
    }
    expect(await chaptersNow(other.publicId)).toEqual(other.chapters);
    expect(await chaptersNow(work.publicId)).toEqual(work.chapters);
  });
});

describe('the figures', () => {
  test('of a posted work count what is posted; a new chapter is posted and moves it up, on the day it states', async () => {
    const work = await threeChapters('posted');
    await setChapterState(site, work.id, 3, 'draft');
    const before = await rowOf(work.id);
    const day = before.updated_at + 86_400_000;
    const chapters = [
      ...work.ids.map(kept),
      { id: null, text: chapter('<p>Four words are here.</p>', { postedAt: day }) },
    ];
    await change(work.publicId, { chapters });
    expect(await rowOf(work.id)).toMatchObject({
      words: 3 * WORDS_A_CHAPTER,
      posted_chapters: 3,
      planned_chapters: 4,
      updated_at: day,
      posted_at: before.posted_at,
    });
    const { state, posted_at: postedAt } = await site.ground.db.reads
      .selectFrom('chapters')
      .select(['state', 'posted_at'])
      .where('work_id', '=', work.id)
      .where('position', '=', 4)
      .executeTakeFirstOrThrow();
    expect([state, postedAt]).toEqual(['posted', day]);
  });

  test('an edit moves nothing up; a chapter of the past neither', async () => {
    const work = await threeChapters('posted');
    const before = await rowOf(work.id);
    const later = site.ground.now() + 86_400_000;
    const [one, two, three] = work.ids;
    const edit = [{ id: one, text: chapter('<p>Edited.</p>') }, kept(two), kept(three)];
    await change(work.publicId, { chapters: edit, madeFrom: work.seen }, wren.viewer, later);
    expect((await rowOf(work.id)).updated_at).toBe(before.updated_at);
    const past = { id: null, text: chapter('<p>Old.</p>', { postedAt: 86_400_000 }) };
    await change(work.publicId, { chapters: [past, ...work.ids.map(kept)] }, wren.viewer, later);
    expect((await rowOf(work.id)).updated_at).toBe(before.updated_at);
  });

  test('of a draft count all; its new chapters stay drafts; its end notes are changed when they are said', async () => {
    const work = await threeChapters();
    const chapters = [...work.ids.map(kept), { id: null, text: chapter('<p>Four words are here.</p>') }];
    await change(work.publicId, { chapters, endNotes: { source: 'Bye', html: '<p>Bye</p>' } });
    expect(await rowOf(work.id)).toMatchObject({
      words: 4 * WORDS_A_CHAPTER,
      posted_chapters: 0,
      end_notes_source: 'Bye',
      end_notes_html: '<p>Bye</p>',
    });
    await change(work.publicId, { chapters: (await chaptersNow(work.publicId)).map((one) => kept(one.id)) });
    expect((await rowOf(work.id)).end_notes_source).toBe('Bye');
  });
});

test('only those who keep a work may change its chapters or read their revisions', async () => {
  const work = await threeChapters('posted');
  const [stranger, invited] = [await site.person('stranger'), await site.person('invited')];
  await addCreator(site, work.id, invited, 'invited');
  const chapters = work.ids.map((id) => ({ id, text: chapter('<p>Mine.</p>') }));
  for (const one of [stranger, invited]) {
    expect(await change(work.publicId, { chapters }, one.viewer)).toEqual({ refusal: 'not-found' });
    expect(await currentChapters(site.ground.db.reads, await workNow(work.publicId, one.viewer))).toEqual([]);
    expect(await chaptersAt(site.ground.db.reads, await workNow(work.publicId, one.viewer), work.seen)).toEqual([]);
  }
  const suspended: Viewer = { ...wren.viewer, roles: new Set() };
  expect(await change(work.publicId, { chapters }, suspended)).toEqual({ refusal: 'not-found' });
  expect(await change('nosuchwork', { chapters })).toEqual({ refusal: 'not-found' });
  expect(await chaptersNow(work.publicId)).toEqual(work.chapters);
});
