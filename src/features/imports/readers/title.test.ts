import { expect, test } from 'vitest';
import { chapterTitle, parseChapterHeading } from './chapter-heading.ts';
import { sourceAddress } from './source-address.ts';
import { readDate } from './stated-date.ts';
import { titleFromFileName } from './title.ts';

test.each([
  ['the_bees-of-sussex.txt', 'The bees of sussex'],
  ['The Bees - part one.md', 'The Bees - part one'],
  ['folder/bees.html', 'Bees'],
  ['Mr. Bennet.txt', 'Mr. Bennet'],
  ['行李.md', '行李'],
  ['0042_9f86d081884c.txt', 'Untitled'],
  ['final_v2.txt', 'Untitled'],
  ['12345.txt', 'Untitled'],
  ['3fa85f64-5717-4562-b3fc-2c963f66afa6.txt', 'Untitled'],
  ['007_deadbeefdeadbeefdeadbeefdeadbeef.txt', 'Untitled'],
  ['Document (1) - Copy.txt', 'Untitled'],
  ['draft3_edited.txt', 'Untitled'],
  ['Final Chapter of Bees.txt', 'Final Chapter of Bees'],
  ['.txt', 'Untitled'],
])('a file named %s is called %s', (name, title) => {
  expect(titleFromFileName(name)).toBe(title);
});

test.each([
  ['Chapter 3', 3, null],
  ['CHAPTER III.', 3, null],
  ['Chapter Twenty-One: Home', 21, 'Home'],
  ['Capítulo 2 – Humo', 2, 'Humo'],
  ['3. Kapitel', 3, null],
  ['第十二章：火', 12, '火'],
  ['Epilogue', null, 'Epilogue'],
])('%s announces a chapter', (line, number, title) => {
  expect(parseChapterHeading(line)).toEqual({ number, title });
});

test.each(['Chapter and verse', 'Chapter Mild', 'Chapterhouse', 'The chapter 3', 'Chapter 3 was dull', ''])(
  '“%s” announces none',
  (line) => {
    expect(parseChapterHeading(line)).toBeNull();
  },
);

test('a chapter’s own number is dropped once, any other is the author’s', () => {
  expect(chapterTitle('Chapter 2: Chapter 9: The Lid', 2)).toBe('Chapter 9: The Lid');
  expect(chapterTitle('Chapter 2', 2)).toBeUndefined();
  expect(chapterTitle('Chapter 1', 2)).toBe('Chapter 1');
  expect(chapterTitle('  ', 1)).toBeUndefined();
});

test.each([
  ['2024-5-8', '2024-05-08'],
  ['2024-05-18T23:00:00+02:00', '2024-05-18'],
  ['May 18th, 2024', '2024-05-18'],
  ['18.05.2024', '2024-05-18'],
  ['25/12/2024', '2024-12-25'],
  ['12/25/2024', '2024-12-25'],
  ['05/04/2024', null],
  ['2024-02-30', null],
  ['2024', null],
  ['soon', null],
])('the day %s is %s', (written, day) => {
  expect(readDate(written)).toBe(day);
});

test.each([
  ['http://archiveofourown.org/works/1/chapters/2?view_adult=true#x', 'https://archiveofourown.org/works/1'],
  ['https://ao3.org/collections/tea/works/1', 'https://archiveofourown.org/works/1'],
  ['http://old.example/viewstory.php?sid=12#top', 'http://old.example/viewstory.php?sid=12'],
  ['javascript:alert(1)', null],
  ['a drawer', null],
])('the address %s is %s', (written, address) => {
  expect(sourceAddress(written)).toBe(address);
});
