/** A changed source in the browser: compared, taken over chapter by chapter, left out; what a person wrote stays theirs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Person, type TestSite } from '../../../test/site.ts';
import { clean } from '../../platform/html/clean.ts';
import {
  changeChapters,
  currentChapters,
  findWork,
  NO_TEXT,
  type ChapterInPlace,
  type NewChapter,
} from '../works/index.ts';
import { chaptersText, chapterText, story, WHOLE, type Front } from './bringing-in.fixture.ts';
import { bringInByForm, noticeOf, outcomesOf, wordsOf, worksOf } from './web.fixture.ts';

let site: TestSite;
let number = 0;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface Standing {
  keeper: Person;
  word: string;
  id: string;
  /** Brings another version of the same source in. */
  again: (chapters: Record<string, string>, front?: Front) => Promise<string>;
  one: string;
  two: string;
}

/** A story of two chapters that came in, with a source of its own. */
async function standing(): Promise<Standing> {
  number += 1;
  const keeper = await site.person(`linden${number}`, ['member', 'archivist']);
  const word = `Linden${number}`;
  const front = { ...WHOLE, title: `Tides ${word}`, source: `https://elsewhere.example/works/${number}` };
  const bring = (chapters: Record<string, string>, more: Front = {}) =>
    bringInByForm(site, keeper, { 'a.md': story({ ...front, ...more }, chaptersText(chapters)) });
  const [one, two] = [chapterText(`${word}One`), chapterText(`${word}Two`)];
  const path = await bring({ One: one, Two: two });
  const [work] = await worksOf(site, path);
  return { keeper, word, id: work?.publicId ?? '', again: bring, one, two };
}

async function chaptersOf({ keeper, id }: Standing) {
  const work = await findWork(site.ground.db.reads, keeper.viewer, id);
  if (!work) throw new Error('There is no such work.');
  return { work, chapters: await currentChapters(site.ground.db.reads, work) };
}

/** What a person writes in the editor. */
async function write(it: Standing, change: (chapters: ChapterInPlace[]) => ChapterInPlace[]): Promise<void> {
  const { chapters } = await chaptersOf(it);
  const { db, now } = site.ground;
  const answer = await db.write((tx) =>
    changeChapters(tx, now(), it.keeper.viewer, it.id, {
      chapters: change(chapters.map((chapter) => ({ id: chapter.id, text: null }))),
      madeFrom: new Map(),
      savedBy: it.keeper.viewer.accountId,
    }),
  );
  expect(answer).not.toHaveProperty('refusal');
}

function chapter(title: string, source: string): NewChapter {
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  const text = { source, html: result.html };
  const none = { summary: NO_TEXT, notes: NO_TEXT, endNotes: NO_TEXT };
  return { title, format: 'html', ...none, text, rules: 1, words: result.words, postedAt: null };
}

/** The form of an update's page as it stands. */
async function formOf(it: Standing): Promise<Record<string, string>> {
  const html = await (await site.get(`/works/${it.id}/updates/1`, it.keeper)).text();
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return { version: value('version'), content: value('content') };
}

const apply = async (it: Standing, fields: Record<string, string | string[]>) =>
  site.post(`/works/${it.id}/updates/1`, { ...(await formOf(it)), ...fields }, it.keeper);
const saidBy = async (it: Standing, answer: Response) => noticeOf(site, it.keeper, answer);

const DISMISS = Object.fromEntries(new URLSearchParams('then=dismiss'));

describe('taken over', () => {
  test('one chapter of several: the page shows the difference, and what a person wrote elsewhere stays', async () => {
    const it = await standing();
    await write(it, ([first, ...others]) =>
      first?.id ? [{ id: first.id, text: chapter('One', '<p>Written here by hand.</p>') }, ...others] : [],
    );
    const three = chapterText(`${it.word}Three`);
    const path = await it.again({ One: `${it.one}\n\nRain.`, Two: `${it.two}\n\nAnd then it snowed.`, Three: three });
    expect(await outcomesOf(site, path)).toEqual({ 'a.md': 'update' });
    expect(await (await site.get(path, it.keeper)).text()).toContain(`href="/works/${it.id}/updates/1"`);
    expect(await wordsOf(site, it.keeper, `/works/${it.id}/review`)).toContain('Changed at the source: compare');
    const page = await wordsOf(site, it.keeper, `/works/${it.id}/updates/1`);
    for (const said of ['Written here by hand.', 'And then it snowed.', 'Changed at the source, and by you', 'New'])
      expect(page).toContain(said);
    const answer = await apply(it, { chapter: 'n2' });
    expect(await saidBy(it, answer)).toContain('What you chose is taken over. What you left waits here.');
    const { chapters } = await chaptersOf(it);
    expect(chapters).toHaveLength(2);
    expect(chapters[0]?.html).toContain('Written here by hand.');
    expect(chapters[1]?.html).toContain('And then it snowed.');
    // What was left is asked again, and can be left for good.
    expect(await wordsOf(site, it.keeper, `/works/${it.id}/updates/1`)).toContain(
      '1 new chapter, 1 changed chapter and 1 the same.',
    );
    await site.post(`/works/${it.id}/updates/1`, DISMISS, it.keeper);
    expect((await chaptersOf(it)).chapters[0]?.html).toContain('Written here by hand.');
  });

  test('a chapter of one’s own between the others keeps its place, and a new one follows the one before it', async () => {
    const it = await standing();
    const own: ChapterInPlace = { id: null, text: chapter('My own', '<p>Quite another thing, about kitchens.</p>') };
    const after: ChapterInPlace = {
      id: null,
      text: chapter('Thanks', '<p>My thanks to everybody who read so far.</p>'),
    };
    await write(it, ([first, second]) => (first && second ? [first, own, second, after] : []));
    await it.again({ One: it.one, Two: `${it.two}\n\nIt snowed.`, Three: chapterText(`${it.word}Three`) });
    await apply(it, { chapter: ['n2', 'n3'] });
    const { chapters } = await chaptersOf(it);
    expect(chapters.map((one) => one.title)).toEqual(['One', 'My own', 'Two', 'Three', 'Thanks']);
    expect(chapters[2]?.html).toContain('It snowed.');
  });

  test('what is said about the work, where it is ticked and nowhere else', async () => {
    const it = await standing();
    await it.again(
      { One: it.one, Two: `${it.two}\n\nMore.` },
      { title: `Retitled ${it.word}`, summary: 'A new summary.', tags: ['Slow Burn'] },
    );
    const page = await wordsOf(site, it.keeper, `/works/${it.id}/updates/1`);
    for (const said of [`Retitled ${it.word}`, 'A new summary.']) expect(page).toContain(said);
    await apply(it, { detail: 'summary' });
    const { work, chapters } = await chaptersOf(it);
    expect(work.title).toBe(`Tides ${it.word}`);
    expect(work.summaryHtml).toContain('A new summary.');
    expect(chapters[1]?.html).not.toContain('More.');
  });

  test('nothing that was not chosen, or is not there', async () => {
    const it = await standing();
    await it.again({ One: it.one, Two: `${it.two}\n\nMore.` });
    const before = await chaptersOf(it);
    for (const fields of [{}, { chapter: 'n99' }, { chapter: ['o1', '', 'n2; drop table works'] }]) {
      const answer = await apply(it, fields);
      expect(await saidBy(it, answer)).toContain('Choose what to take over, or leave the change out.');
    }
    expect(await chaptersOf(it)).toEqual(before);
  });
});

describe('refused', () => {
  test('when the work, or the change itself, is another by now', async () => {
    const it = await standing();
    await it.again({ One: it.one, Two: `${it.two}\n\nMore.` });
    const form = await formOf(it);
    await write(it, (chapters) => chapters);
    const send = (fields: Record<string, string>) =>
      site.post(`/works/${it.id}/updates/1`, { ...fields, chapter: 'n2' }, it.keeper);
    expect(await saidBy(it, await send(form))).toContain('The work was changed meanwhile.');
    expect(await saidBy(it, await send({ ...(await formOf(it)), content: 'another' }))).toContain(
      'The work was changed meanwhile.',
    );
    expect((await chaptersOf(it)).chapters[1]?.html).not.toContain('More.');
    expect((await site.get(`/works/${it.id}/updates/2`, it.keeper)).status).toBe(404);
    for (const number of ['0', '-1', 'x', '1e1', '99999999999'])
      expect((await site.get(`/works/${it.id}/updates/${number}`, it.keeper)).status, number).toBe(404);
  });

  test('taken by two at once: it is taken once', async () => {
    const it = await standing();
    await it.again({ One: it.one, Two: `${it.two}\n\nMore.` });
    const form = { ...(await formOf(it)), chapter: 'n2' };
    const answers = await Promise.all([
      site.post(`/works/${it.id}/updates/1`, form, it.keeper),
      site.post(`/works/${it.id}/updates/1`, form, it.keeper),
    ]);
    const said = await Promise.all(answers.map((answer) => saidBy(it, answer)));
    expect(said.filter((one) => one.includes('The change is taken over.'))).toHaveLength(1);
    const { chapters } = await chaptersOf(it);
    expect(chapters[1]?.revision).toBe(2);
  });

  test('to somebody else who may import, and to everybody once the work is deleted', async () => {
    const it = await standing();
    await it.again({ One: it.one, Two: `${it.two}\n\nMore.` });
    const form = { ...(await formOf(it)), chapter: 'n2' };
    const other = await site.person(`alder${number}`, ['member', 'archivist']);
    expect((await site.get(`/works/${it.id}/updates/1`, other)).status).toBe(404);
    expect((await site.post(`/works/${it.id}/updates/1`, form, other)).status).toBe(404);
    expect((await site.post(`/works/${it.id}/updates/1`, DISMISS, other)).status).toBe(404);
    await site.post(`/works/${it.id}/deletion`, {}, it.keeper);
    for (const who of [it.keeper, other, null]) {
      expect((await site.get(`/works/${it.id}/updates/1`, who)).status).toBe(404);
      expect((await site.get(`/works/${it.id}/review`, who)).status).toBe(404);
      expect((await site.post(`/works/${it.id}/updates/1`, form, who)).status).toBe(404);
      expect((await site.post(`/works/${it.id}/review`, { action: 'join' }, who)).status).toBe(404);
    }
  });
});

test('left out: nothing changes, it cannot be taken any more, and the same change is not proposed again', async () => {
  const it = await standing();
  const changed = { One: it.one, Two: `${it.two}\n\nMore.` };
  await it.again(changed);
  const before = await chaptersOf(it);
  const answer = await apply(it, DISMISS);
  expect(await saidBy(it, answer)).toContain('The change is left out.');
  expect(await saidBy(it, await apply(it, DISMISS))).toContain('looked at this change already');
  await apply(it, { chapter: 'n2' });
  expect(await chaptersOf(it)).toEqual(before);
  const again = await it.again(changed);
  expect(await outcomesOf(site, again)).toEqual({ 'a.md': 'unchanged' });
  expect(await wordsOf(site, it.keeper, again)).toContain('was looked at before.');
});
