/** Chapters cut in two and put together: no word is lost or shown too early, blocks keep their ids, and lists do not move. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeWork } from '../../../test/cast.ts';
import { testSite, type Person, type TestSite } from '../../../test/site.ts';
import { clean } from '../../platform/html/clean.ts';
import { blockIds } from '../../platform/html/blocks.ts';
import { plainText } from '../../platform/html/text.ts';
import { cutBefore, joined, opening, topPieces } from './chapter-parts.ts';

const TEXT =
  '<h3>Dawn</h3><p>It <em>rained</em>.</p><blockquote><p>Hum.</p><p>Hum, hum.</p></blockquote><hr><p>It stopped.</p>';

const cleanHtml = (source: string) => {
  const result = clean(source, 'html');
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
};
const block = fc.constantFrom(
  '<p>One <strong>word<br>and</strong> another.</p>',
  '<ul><li>a</li><li><p>b</p><p>c</p></li></ul>',
  '<hr>',
  '<blockquote><p>Said.</p><hr></blockquote>',
  '<p title="a &gt; b">x &lt; y</p>',
  '<details><summary>More</summary><p>Hidden.</p></details>',
  'bare words',
  '<table><tbody><tr><td>1</td></tr></tbody></table>',
);

describe('the pieces of a text', () => {
  test('are the text when they are put together, and each of them is clean by itself', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const html = cleanHtml(blocks.join('\n'));
        const pieces = topPieces(html);
        expect(pieces.join('')).toBe(html);
        for (const piece of pieces) expect(plainText(cleanHtml(piece))).toBe(plainText(piece));
      }),
    );
  });

  test('cut and joined say what they said', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.nat(9), (blocks, at) => {
        const html = cleanHtml(blocks.join('\n'));
        const cut = cutBefore(html, at);
        expect(cut === null).toBe(at < 1 || at >= topPieces(html).length);
        const again = cut ? joined(cut.first, cut.second, 'nothing', '') : html;
        expect(plainText(again)).toBe(plainText(html));
      }),
    );
  });

  test('are known by their first words', () => {
    expect(opening('')).toBe('A scene break');
    expect(opening('  It\n rained. ')).toBe('It rained.');
    expect(opening(`${'word '.repeat(40)}end`)).toMatch(/^(?:word ){17}word…$/);
  });
});

const ROW = ['state', 'posted_at', 'publish_at', 'words', 'position'] as const;
const chaptersOf = (site: TestSite, workId: number) =>
  site.ground.db.reads
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', (join) =>
      join
        .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
        .onRef('chapter_revisions.number', '=', 'chapters.revision'),
    )
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .select(['chapters.public_id', 'revision', 'title', 'html', 'notes_html', 'end_notes_html', 'summary_html'])
    .select(ROW.map((name) => `chapters.${name}` as const))
    .orderBy('position')
    .execute();
const workRow = (site: TestSite, id: number) =>
  site.ground.db.reads.selectFrom('works').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function written(chapters: readonly string[], state: 'draft' | 'posted' = 'posted') {
  const site = await testSite();
  const wren: Person = await site.person('wren');
  const work = await makeWork(site, { by: [wren], chapters }, { state });
  const rows = await chaptersOf(site, work.id);
  const base = `/works/${work.publicId}/chapters`;
  return { site, wren, work, rows, base, before: await workRow(site, work.id) };
}

describe('a chapter that is split', () => {
  test('becomes two of the same state and day, with every block under its id, and the work stays where it is', async () => {
    const { site, wren, work, rows, base, before } = await written([TEXT, '<p>Later.</p>']);
    const [first] = rows;
    const path = `${base}/${first?.public_id}/split`;
    const page = await (await site.get(path, wren)).text();
    for (const words of ['It rained.', 'Hum. Hum, hum.', 'A scene break', 'It stopped.']) expect(page).toContain(words);
    const answer = await site.post(path, { revision: '1', at: '2', title: 'Bees' }, wren);
    expect(answer.status).toBe(303);
    const after = await chaptersOf(site, work.id);
    expect(after.map((row) => plainText(row.html))).toEqual(
      ['Dawn\n\nIt rained.', 'Hum.\n\nHum, hum.\n\n\n\nIt stopped.', 'Later.'].map((text) =>
        expect.stringMatching(text.replace(/\s+/g, '\\s+')),
      ),
    );
    expect(after.map((row) => [row.position, row.title, row.state])).toEqual([
      [1, first?.title, 'posted'],
      [2, 'Bees', 'posted'],
      [3, rows[1]?.title, 'posted'],
    ]);
    expect(after[1]?.posted_at).toBe(first?.posted_at);
    expect([...blockIds(after[0]?.html ?? ''), ...blockIds(after[1]?.html ?? '')]).toEqual(blockIds(first?.html ?? ''));
    const now = await workRow(site, work.id);
    expect(after.slice(0, 2).map((row) => row.words)).toEqual([3, 5]);
    const words = after.reduce((sum, row) => sum + row.words, 0);
    expect(now).toMatchObject({ words, posted_chapters: 3, updated_at: before.updated_at });
    // What it was is among the revisions of the first.
    expect(after[0]?.revision).toBe(2);
  });

  test('keeps notes with the side they belong to', async () => {
    const { site, wren, work, rows, base } = await written([TEXT]);
    const fields = {
      revision: '1',
      text: TEXT,
      format: 'html',
      notes: 'Before.',
      endNotes: 'Behind.',
      summary: 'What.',
    };
    await site.post(`${base}/${rows[0]?.public_id}/edit`, { ...fields, chapterTitle: 'A' }, wren);
    await site.post(`${base}/${rows[0]?.public_id}/split`, { revision: '2', at: '1', title: '' }, wren);
    const [first, second] = await chaptersOf(site, work.id);
    const around = (row: typeof first) =>
      [row?.summary_html, row?.notes_html, row?.end_notes_html].map((html) => plainText(html ?? ''));
    expect([around(first), around(second)]).toEqual([
      ['What.', 'Before.', ''],
      ['', '', 'Behind.'],
    ]);
  });

  test('is refused where there is no such place, or when it was changed meanwhile; nothing is written', async () => {
    const { site, wren, work, rows, base } = await written([TEXT]);
    const path = `${base}/${rows[0]?.public_id}/split`;
    for (const at of ['0', '5', '-1', 'x', '1e1', '']) {
      const answer = await site.post(path, { revision: '1', at, title: 'Kept' }, wren);
      expect([at, answer.status]).toEqual([at, 422]);
      expect(await answer.text()).toMatch(/Choose where the second chapter begins\.[\s\S]*value="Kept"/);
    }
    expect(await (await site.post(path, { revision: '7', at: '1' }, wren)).text()).toContain('changed meanwhile');
    expect((await site.post(path, { revision: '1', at: '1', title: 'x'.repeat(256) }, wren)).status).toBe(422);
    expect(await chaptersOf(site, work.id)).toEqual(rows);
  });
});

describe('two chapters that are merged', () => {
  const between = (rows: readonly { public_id: string }[], seam: string) => ({
    revision: '1',
    next: rows[1]?.public_id ?? '',
    nextRevision: '1',
    seam,
  });

  test('are one with both texts, the second can be taken back, and the work stays where it is', async () => {
    const { site, wren, work, rows, base, before } = await written([TEXT, '<p>Later.</p>', '<p>Last.</p>']);
    const path = `${base}/${rows[0]?.public_id}/merge`;
    expect((await site.get(path, wren)).status).toBe(200);
    const answer = await site.post(path, between(rows, 'break'), wren);
    expect(answer.status).toBe(303);
    const after = await chaptersOf(site, work.id);
    expect(after).toHaveLength(2);
    expect(after[0]?.html).toMatch(/It stopped\.<\/p>\s*<hr[^>]*>\s*<p[^>]*>Later\.<\/p>$/);
    expect(blockIds(after[0]?.html ?? '')).toEqual(
      expect.arrayContaining([rows[0], rows[1]].flatMap((row) => blockIds(row?.html ?? ''))),
    );
    const now = await workRow(site, work.id);
    expect(after[0]?.words).toBe(9);
    const words = after.reduce((sum, row) => sum + row.words, 0);
    expect(now).toMatchObject({ words, posted_chapters: 2, updated_at: before.updated_at });
    await site.post(`${base}/${rows[1]?.public_id}/restoration`, {}, wren);
    expect((await chaptersOf(site, work.id)).map((row) => row.public_id)).toEqual(rows.map((row) => row.public_id));
  });

  test('can have the title of the second between them, as words and nothing else', async () => {
    const { site, wren, work, rows, base } = await written([TEXT, '<p>Later.</p>']);
    const [, second] = rows;
    await site.post(
      `${base}/${second?.public_id}/edit`,
      { revision: '1', text: '<p>Later.</p>', format: 'html', chapterTitle: '<b>Bees & co</b>' },
      wren,
    );
    await site.post(`${base}/${rows[0]?.public_id}/merge`, { ...between(rows, 'title'), nextRevision: '2' }, wren);
    expect((await chaptersOf(site, work.id))[0]?.html).toMatch(/<h3[^>]*>&#x3C;b>Bees &#x26; co&#x3C;\/b><\/h3>/);
  });

  test('are not when one of them is posted and the other is not, or something has changed', async () => {
    const { site, wren, work, rows, base } = await written([TEXT, '<p>Later.</p>', '<p>Last.</p>']);
    await site.post(`${base}/${rows[1]?.public_id}/withdrawal`, {}, wren);
    const kept = await chaptersOf(site, work.id);
    const path = `${base}/${rows[0]?.public_id}/merge`;
    const answer = await site.post(path, between(rows, 'nothing'), wren);
    expect(answer.status).toBe(303);
    expect(await chaptersOf(site, work.id)).toEqual(kept);
    // Nor is a draft posted at the hour of the chapter before it.
    await site.post(`${base}/${rows[0]?.public_id}/withdrawal`, {}, wren);
    await site.post(
      `${base}/${rows[0]?.public_id}/schedule`,
      { at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 16) },
      wren,
    );
    const scheduled = await chaptersOf(site, work.id);
    expect(scheduled.map((row) => row.state)).toEqual(['scheduled', 'draft', 'posted']);
    await site.post(path, between(rows, 'nothing'), wren);
    expect(await chaptersOf(site, work.id)).toEqual(scheduled);
    expect((await site.post(path, { ...between(rows, 'nothing'), next: rows[2]?.public_id ?? '' }, wren)).status).toBe(
      422,
    );
    expect((await site.post(path, { ...between(rows, 'nothing'), nextRevision: '4' }, wren)).status).toBe(422);
    expect(await chaptersOf(site, work.id)).toEqual(scheduled);
    expect((await site.get(`${base}/${rows[2]?.public_id}/merge`, wren)).status).toBe(404);
    const stranger = await site.person('adder');
    expect((await site.post(path, between(rows, 'nothing'), stranger)).status).toBe(404);
  });
});
