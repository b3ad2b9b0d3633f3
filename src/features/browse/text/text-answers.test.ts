/** What stands in a text is found in the index, and marked in its snippet: the two read it the same way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean } from '../../../platform/html/clean.ts';
import { chapterRow } from './index-row.ts';
import { cutWords } from './cut.ts';
import { cutSnippets } from './snippet.ts';
import { matchLeaves, placesIn, TextSearchSlow } from './text-answers.ts';
import { openTextFile } from './text-file.ts';
import { textWriter } from './text-writer.ts';
import { leaf, phrase } from './text.fixture.ts';

function cleaned(text: string): string {
  const result = clean(text, 'text');
  if (!result.ok) throw new Error(result.refusal);
  return result.html;
}

const file = openTextFile(':memory:');
const writer = textWriter(file);

function put(workId: number, chapterId: number, html: string): void {
  const chapter = {
    id: chapterId,
    workId,
    revisionId: chapterId,
    title: '',
    summaryHtml: '',
    notesHtml: '',
    endNotesHtml: '',
    html,
  };
  writer.transaction(() => writer.putChapter(workId, chapterId, chapterId, chapterRow(chapter)));
}

const pieces = fc.constantFrom(
  "don't",
  'well-known',
  'the bees',
  'Running',
  "l'amour ",
  "Sherlock's",
  ' ',
  '. ',
  '東',
  '京都',
  'がっこう',
  'ｶﾞ',
  'น้ำ',
  'ดี',
  '셜록은 ',
  'كِتَاب ',
  'Straße',
  '\u0301',
  '👩‍❤️‍👩',
  '🐝',
  '"',
  '* ',
  '𝓑ees ',
  '½',
  'AND ',
  'NEAR(',
  'x1 ',
  '“quoted” ',
  '—',
);

test('any piece of a text that begins and ends where words do is found by typing it, and marked', () => {
  let id = 0;
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (list, a, b) => {
      const text = list.join('');
      const words = cutWords(text);
      fc.pre(words.length > 0);
      const ends = [a % words.length, b % words.length].toSorted((one, other) => one - other);
      const piece = text.slice(words[ends[0] ?? 0]?.start, words[ends[1] ?? 0]?.end);
      id += 1;
      const html = cleaned(text);
      put(id, id, html);
      for (const looked of [phrase(piece), leaf(piece)]) {
        expect([...(matchLeaves(file, [looked], true).works[0] ?? [])], JSON.stringify([text, piece])).toContain(id);
        expect(placesIn(file, [looked], [id])).toEqual(new Map([[id, [id]]]));
        expect(cutSnippets([looked], [{ key: id, html }]), JSON.stringify([text, piece])).toHaveLength(1);
      }
    }),
    { numRuns: 250 },
  );
});

test('a text is found exactly where its snippet marks something', () => {
  const some = fc.constantFrom('bees', 'bee', 'hive', 'old', 'man', 'relational', 'relation', '東京', '京', '京都');
  const texts = fc.array(some, { minLength: 1, maxLength: 8 });
  const more = fc.constantFrom({}, { phrase: true }, { prefix: true }, { phrase: true, prefix: true });
  let id = 1_000_000;
  fc.assert(
    fc.property(texts, fc.array(some, { minLength: 1, maxLength: 2 }), more, (text, looked, how) => {
      id += 1;
      const html = cleaned(text.join(' '));
      put(id, id, html);
      const asked = leaf(looked.join(' '), how);
      const isFound = placesIn(file, [asked], [id]).has(id);
      const isMarked = cutSnippets([{ ...asked, phrase: true }], [{ key: id, html }]).length > 0;
      // A leaf that is no phrase wants all its words, wherever they stand; a snippet marks those that are there.
      expect(isFound || !asked.phrase).toBe(isMarked || !asked.phrase);
      expect(isFound || !isMarked).toBe(true);
    }),
    { numRuns: 250 },
  );
});

test('what is found in more works than there may be in one answer is refused, over all that is looked for', () => {
  for (let workId = 1; workId <= 6; workId += 1) put(workId, workId * 8, '<p>a wombat</p>');
  const count = (most: number, times: number) =>
    matchLeaves(
      file,
      Array.from({ length: times }, () => leaf('wombat')),
      true,
      most,
    ).works.map(({ length }) => length);
  expect(count(6, 1)).toEqual([6]);
  expect(count(12, 2)).toEqual([6, 6]);
  expect(() => count(5, 1)).toThrow(TextSearchSlow);
  expect(() => count(11, 2)).toThrow(TextSearchSlow);
  for (let workId = 1; workId <= 6; workId += 1) writer.transaction(() => writer.removeWork(workId));
});

test('works of the largest numbers, and many chapters, keep their places', () => {
  const last = 2 ** 32 - 1;
  const ids = [1, last - 1, last];
  for (const workId of ids)
    for (let chapter = 1; chapter <= 5; chapter += 1) put(workId, workId * 8 + chapter, '<p>quokka</p>');
  expect([...(matchLeaves(file, [leaf('quokka')], true).works[0] ?? [])]).toEqual(ids);
  expect(placesIn(file, [leaf('quokka')], [last]).get(last)).toEqual([1, 2, 3].map((chapter) => last * 8 + chapter));
  writer.transaction(() => writer.removeChapter(last, last * 8 + 2));
  writer.transaction(() => writer.removeWork(last - 1));
  expect([...(matchLeaves(file, [leaf('quokka')], true).works[0] ?? [])]).toEqual([1, last]);
  expect(writer.worksBetween(0, Infinity)).toEqual([]);
  expect(() => put(last + 1, 1, '<p>quokka</p>')).toThrow(RangeError);
});
