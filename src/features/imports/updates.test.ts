/**
 * A source that has changed: proposed, compared chapter by chapter with what its keeper has written since, taken over
 * where they want it, and not proposed again where they do not.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type TestSite } from '../../../test/site.ts';
import { eraseWork } from '../../app/erase.ts';
import { clean } from '../../platform/html/clean.ts';
import {
  changeChapters,
  currentChapters,
  findWork,
  NO_TEXT,
  type ChapterInPlace,
  type NewChapter,
} from '../works/index.ts';
import {
  bringIn,
  bringInRecorded,
  chaptersText,
  chapterText,
  filesKept,
  folderOf,
  reading,
  story,
  WHOLE,
  type Front,
} from './bringing-in.fixture.ts';
import { compareUpdate, type ComparedUpdate } from './pipeline/compare.ts';
import { applyUpdate, dismissUpdate, type TakenUpdate } from './updates.actions.ts';
import { findUpdate, importedRevisions, openUpdates } from './updates.queries.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

let number = 0;
/** A story like no other in this file, with an address of its own. */
function ownStory(): {
  word: string;
  front: Front;
  version: (chapters: Record<string, string>, front?: Front) => string;
} {
  number += 1;
  const word = `Wren${number}`;
  const front = { ...WHOLE, title: `Tides ${word}`, source: `https://elsewhere.example/works/${number}` };
  return { word, front, version: (chapters, more = {}) => story({ ...front, ...more }, chaptersText(chapters)) };
}
const texts = (word: string) => ({
  one: chapterText(`${word}One`),
  two: chapterText(`${word}Two`),
  // A chapter that has hardly a word in common with the others.
  three: Array.from(
    { length: 12 },
    (_, at) =>
      `Nobody remembers who painted lighthouse ${at}; ${word} argued above kitchens while Marta sharpened knives.`,
  ).join('\n\n'),
  changed: `${chapterText(`${word}One`)}\n\nAnd then it rained on ${word}.`,
});

async function bring(content: string, name = 'a.md') {
  const report = Object.values(await bringIn(site, await folderOf({ [name]: content })))[0];
  if (!report) throw new Error('Nothing was reported.');
  return report;
}

async function standing(publicId: string | null) {
  const work = await findWork(site.ground.db.reads, site.owner.viewer, publicId ?? '');
  if (!work) throw new Error('There is no such work.');
  return { work, chapters: await currentChapters(site.ground.db.reads, work) };
}

async function proposal(publicId: string | null, at: number) {
  const { work } = await standing(publicId);
  const update = await findUpdate(site.ground.db.reads, work, at);
  if (!update) throw new Error('There is no such update.');
  const compared = await compareUpdate(site.ground, reading, work, update);
  if ('problem' in compared) throw new Error(compared.problem);
  return { work, update, compared };
}

/** What a form would ask for that takes the chapters with these keys. */
function taking(compared: ComparedUpdate, keys: readonly string[], whole = false): TakenUpdate {
  const chapters = compared.chapters.flatMap((one): ChapterInPlace[] => {
    if (one.next && keys.includes(one.key)) return [{ id: one.current?.id ?? null, text: one.next }];
    return one.current ? [{ id: one.current.id, text: null }] : [];
  });
  const seen = compared.chapters.flatMap((one) =>
    one.current ? [[one.current.id, one.current.revision] as const] : [],
  );
  return {
    chapters,
    madeFrom: new Map(seen),
    details: null,
    keys: compared.read.keys,
    format: compared.read.format,
    whole,
    rescues: [],
    chapterParts: chapters.map(() => 1),
  };
}

const apply = ({ work, update }: Awaited<ReturnType<typeof proposal>>, taken: TakenUpdate) =>
  site.ground.db.write((tx) => applyUpdate(tx, site.ground.now(), site.owner.viewer, work, update, taken));

/** The owner writes in a chapter, or adds one at the end. */
async function edit(publicId: string | null, at: number, html: string): Promise<void> {
  const { chapters } = await standing(publicId);
  const result = clean(html, 'html');
  if (!result.ok) throw new Error(result.refusal);
  const own = chapters[at - 1];
  const text: NewChapter = {
    title: own?.title ?? 'Mine',
    format: 'html',
    summary: NO_TEXT,
    notes: NO_TEXT,
    endNotes: NO_TEXT,
    text: { source: html, html: result.html },
    rules: result.rules,
    words: result.words,
    postedAt: null,
  };
  const places = chapters.map((one): ChapterInPlace => ({ id: one.id, text: one === own ? text : null }));
  const changed = await site.ground.db.write((tx) =>
    changeChapters(tx, site.ground.now(), site.owner.viewer, publicId ?? '', {
      chapters: own ? places : [...places, { id: null, text }],
      madeFrom: new Map(own ? [[own.id, own.revision]] : []),
      savedBy: site.owner.viewer.accountId,
    }),
  );
  if ('refusal' in changed) throw new Error(changed.refusal);
}

const statesOf = (compared: ComparedUpdate) =>
  compared.chapters.map((one) => `${one.key} ${one.state}${one.edited ? ' edited' : ''}`);

describe('is compared', () => {
  test('same, changed, new and gone chapters, each with its text before, here and there', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    expect((await bring(version({ One: t.changed, Three: t.three }))).outcome).toBe('update');
    const { compared } = await proposal(work, 1);
    expect(statesOf(compared)).toEqual(['n1 changed', 'n2 new', 'o2 gone']);
    const [one, three, two] = compared.chapters;
    expect(one?.there).toContain(`rained on ${word}`);
    expect(one?.here).not.toContain('rained');
    expect(one?.before).toBe(one?.here);
    expect([three?.here, three?.before, two?.there]).toEqual(['', '', '']);
    expect((await standing(work)).chapters).toHaveLength(2);
  });

  test('a chapter inserted before the others leaves them the same', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    await bring(version({ Prologue: t.three, One: t.one, Two: t.two }));
    expect(statesOf((await proposal(work, 1)).compared)).toEqual(['n1 new', 'n2 same', 'n3 same']);
  });

  test('what its keeper has edited since is marked, and what was there before is told from it', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    await edit(work, 1, '<p>All in my own words.</p>');
    await bring(version({ One: t.changed, Two: t.two }));
    const { compared } = await proposal(work, 1);
    expect(statesOf(compared)).toEqual(['n1 changed edited', 'n2 same']);
    expect(compared.chapters[0]?.here).toContain('my own words');
    expect(compared.chapters[0]?.before).toContain(`${word}One counted`);
    expect(compared.chapters[0]?.there).toContain('rained');
  });
});

describe('is taken', () => {
  test('chapter by chapter: what is not taken stays, new ones stand where the source has them', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    await edit(work, 2, '<p>All in my own words.</p>');
    await bring(version({ One: t.changed, Three: t.three, Two: `${t.two}\n\nMore.` }));
    const found = await proposal(work, 1);
    expect(statesOf(found.compared)).toEqual(['n1 changed', 'n2 new', 'n3 changed edited']);
    expect(await apply(found, taking(found.compared, ['n1', 'n2']))).toBeNull();
    const { chapters } = await standing(work);
    expect(chapters.map((one) => one.title)).toEqual(['One', 'Three', 'Two']);
    expect(chapters[0]?.html).toContain('rained');
    expect(chapters[2]?.html).toContain('my own words');
    expect(chapters.map((one) => one.revision)).toEqual([2, 1, 2]);
  });

  test('the edit that was kept is still one when the source changes again, and so is a chapter of one’s own', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    await edit(work, 2, '<p>All in my own words.</p>');
    await edit(work, 3, `<p>A chapter that ${word} never wrote.</p>`);
    await bring(version({ One: t.changed, Two: t.two }));
    const found = await proposal(work, 1);
    expect(statesOf(found.compared)).toEqual(['n1 changed', 'n2 same edited', 'o3 gone edited']);
    expect(await apply(found, taking(found.compared, ['n1'], true))).toBeNull();
    const { work: now, chapters } = await standing(work);
    const imported = await importedRevisions(site.ground.db.reads, now.id);
    expect(chapters.map((one) => imported.get(one.id))).toEqual([2, 1, undefined]);
    await bring(version({ One: `${t.changed}\n\nAgain.`, Two: `${t.two}\n\nAgain.` }));
    expect(statesOf((await proposal(work, 2)).compared)).toEqual(['n1 changed', 'n2 changed edited', 'o3 gone edited']);
  });

  test('an edited chapter that is taken is the source’s again', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one }));
    await edit(work, 1, '<p>All in my own words.</p>');
    await bring(version({ One: t.changed }));
    const found = await proposal(work, 1);
    await apply(found, taking(found.compared, ['n1'], true));
    const { work: now, chapters } = await standing(work);
    expect(chapters[0]?.html).toContain('rained');
    expect([...(await importedRevisions(site.ground.db.reads, now.id)).values()]).toEqual([3]);
  });

  test('not over an edit that was saved after it was shown; then nothing of it is kept', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one, Two: t.two }));
    await bring(version({ One: t.changed, Two: t.two }));
    const found = await proposal(work, 1);
    await edit(work, 1, '<p>Just now, in my own words.</p>');
    expect(await apply(found, taking(found.compared, ['n1']))).toEqual({ refusal: 'changed-meanwhile' });
    const { work: now, chapters } = await standing(work);
    expect(chapters[0]?.html).toContain('Just now');
    expect((await openUpdates(site.ground.db.reads, [now.id])).get(now.id)).toBe(1);
    const added = await proposal(work, 1);
    await edit(work, 3, '<p>A new chapter.</p>');
    expect(await apply(added, taking(added.compared, ['n1']))).toEqual({ refusal: 'changed-meanwhile' });
    expect((await standing(work)).chapters).toHaveLength(3);
  });

  test('once: a second time, or after it was left out, it is refused', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one }));
    await bring(version({ One: t.changed }));
    const found = await proposal(work, 1);
    expect(await apply(found, taking(found.compared, ['n1'], true))).toBeNull();
    expect(await apply(found, taking(found.compared, ['n1'], true))).toEqual({ refusal: 'changed-meanwhile' });
    expect(await site.ground.db.write((tx) => dismissUpdate(tx, 1, found.work, found.update))).toBe(false);
  });

  test('and both originals are kept; the earlier version coming again is known', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const [first, second] = [version({ One: t.one }), version({ One: t.changed })];
    const before = await filesKept(site);
    const { work } = await bring(first);
    await bring(second);
    const found = await proposal(work, 1);
    await apply(found, taking(found.compared, ['n1'], true));
    expect((await filesKept(site)).length - before.length).toBe(2);
    expect(await bring(first)).toMatchObject({ outcome: 'unchanged', work });
    expect(await bring(second)).toMatchObject({ outcome: 'unchanged', work, reason: null });
    expect(await bring(first)).toMatchObject({ reason: expect.stringContaining('an earlier version') as unknown });
    const answer = await site.get(`/works/${work}/original`, site.owner);
    expect(await answer.text()).toBe(second);
  });
});

describe('is proposed', () => {
  test('once while it waits, and not again when it was left out; its file is not kept then', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one }));
    const before = await filesKept(site);
    const changed = version({ One: t.changed });
    for (let time = 0; time < 2; time += 1) expect((await bring(changed)).outcome).toBe('update');
    const { work: row, update } = await proposal(work, 1);
    expect(await findUpdate(site.ground.db.reads, row, 2)).toBeNull();
    expect(await site.ground.db.write((tx) => dismissUpdate(tx, site.ground.now(), row, update))).toBe(true);
    expect(await bring(changed)).toMatchObject({
      outcome: 'unchanged',
      reason: `This change of "${row.title}" was looked at before.`,
    });
    const job = site.features
      .flatMap((feature) => feature.jobs?.(site.ground) ?? [])
      .find((one) => one.kind === 'remove-original');
    for (const { blob } of update.originals) await job?.run(blob);
    expect(await filesKept(site)).toEqual(before);
    expect((await bring(version({ One: `${t.changed}\n\nMore.` }))).outcome).toBe('update');
    expect((await proposal(work, 2)).update.state).toBe('open');
  });

  test('in the place of one that nobody has looked at, which is proposed again when it comes again', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const [second, third] = [version({ One: t.changed }), version({ One: t.changed, Two: t.two })];
    const { work } = await bring(version({ One: t.one }));
    for (const content of [third, second]) expect((await bring(content)).outcome).toBe('update');
    const open = async () => {
      const { work: row } = await standing(work);
      return (await openUpdates(site.ground.db.reads, [row.id])).get(row.id) ?? 0;
    };
    expect(statesOf((await proposal(work, await open())).compared)).toEqual(['n1 changed']);
    expect((await bring(third)).outcome).toBe('update');
    expect(statesOf((await proposal(work, await open())).compared)).toEqual(['n1 changed', 'n2 new']);
  });

  test('of a story without an address, when a longer version begins the same under the same title', async () => {
    const { word, front } = ownStory();
    const { source: _source, ...plain } = front as Record<string, string>;
    const t = texts(word);
    const first = await bring(story(plain, chaptersText({ One: t.one })));
    const longer = await bring(story(plain, chaptersText({ One: t.one, Two: t.two })));
    expect(longer).toMatchObject({ outcome: 'update', work: first.work });
    const other = await bring(
      story({ ...plain, title: `Another ${word}` }, chaptersText({ One: t.one, Two: t.two, Three: t.three })),
    );
    expect(other.outcome).toBe('draft');
  });

  test('to its keeper alone: nobody else finds it', async () => {
    const { word, version } = ownStory();
    const t = texts(word);
    const { work } = await bring(version({ One: t.one }), 'a.md');
    await bringIn(site, await folderOf({ 'a.md': version({ One: t.one }) }), { post: true, public: true });
    await bring(version({ One: t.changed }));
    const stranger = await site.person(`stranger${word}`);
    const { work: row } = await standing(work);
    const seen = { ...row, relations: new Set(['anyone', 'account'] as const) };
    expect(await findUpdate(site.ground.db.reads, seen, 1)).toBeNull();
    expect(stranger.viewer.accountId).not.toBe(site.owner.viewer.accountId);
  });
});

test('erased for good, a work leaves no row, no name and no file of what was imported, proposed, taken or left', async () => {
  const { word, version } = ownStory();
  const t = texts(word);
  const before = await filesKept(site);
  const versions = [t.one, `${t.one}\n\nB.`, `${t.one}\n\nC.`, `${t.one}\n\nD.`].map((one) => version({ One: one }));
  const run = await bringInRecorded(site, await folderOf({ [`${word}.md`]: versions[0] ?? '' }));
  const work = run.reports[`${word}.md`]?.work ?? null;
  const propose = async (at: number) =>
    bringInRecorded(site, await folderOf({ [`${word} ${at}.md`]: versions[at] ?? '' }));
  await propose(1);
  const first = await proposal(work, 1);
  await apply(first, taking(first.compared, ['n1'], true));
  await propose(2);
  const second = await proposal(work, 2);
  await site.ground.db.write((tx) => dismissUpdate(tx, 1, second.work, second.update));
  await propose(3);
  expect((await filesKept(site)).length).toBeGreaterThan(before.length + 2);
  await eraseWork(site.ground, site.features, first.work.id);
  expect(await filesKept(site)).toEqual(before);
  for (const table of [
    'import_files',
    'import_sources',
    'import_originals',
    'import_chapters',
    'import_rescues',
    'import_updates',
  ] as const) {
    const rows = await site.ground.db.reads.selectFrom(table).selectAll().execute();
    expect(JSON.stringify(rows), table).not.toContain(word);
    expect(
      rows.filter((row) => row.work_id === first.work.id),
      table,
    ).toEqual([]);
  }
});
