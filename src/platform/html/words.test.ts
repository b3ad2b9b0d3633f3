import { describe, expect, test } from 'vitest';
import { clean } from './clean.ts';
import { countWords, countWordsInText } from './words.ts';

describe('words in text', () => {
  test.each<[string, number]>([
    ['', 0],
    ['one', 1],
    ['one two  three\nfour', 4],
    ["don't", 1],
    ['don’t', 1],
    ['well-known', 1],
    ['word--word', 2],
    ['word—word', 2],
    ['word – word', 2],
    ['a - b', 2],
    ["rock 'n' roll", 3],
    ['* * *', 0],
    ['---', 0],
    ['_emphasis_ and *stars*', 3],
    ['1984 was 3.5 years', 5],
    ['l’été à Noël', 3],
    ['e\u0301te\u0301', 1],
    ['co\u00adoperate', 1],
    ['Все люди рождаются свободными', 4],
    ['人人生而自由', 6],
    ['すべての人間は', 7],
    ['カタカナー', 5],
    ['日本語 and English', 5],
    ['มนุษย์', 6],
    ['모든 인간은 태어날', 3],
    ['يولد جميع الناس', 3],
    ['כל בני האדם', 3],
    ['सभी मनुष्यों को', 3],
    ['𠀀𠀁', 2],
    ['𝐛𝐨𝐥𝐝 word', 2],
    ['😀 smile 😀', 1],
  ])('%j has %i', (text, words) => {
    expect(countWordsInText(text)).toBe(words);
  });
});

describe('words in HTML', () => {
  test.each<[string, number]>([
    ['<p>one</p><p>two</p>', 2],
    ['<p>one<br>two</p>', 2],
    ['<p>o<em>n</em>e</p>', 1],
    ['<ul><li>a</li><li>b</li></ul>', 2],
    ['<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>', 2],
    ['<p>a<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby></p>', 3],
    ['<p>&#x3C;3 R&#x26;D</p>', 3],
    ['<p title="not words">a</p>', 1],
    ['<p>a\u00a0b</p><p>\u00a0</p><hr>', 2],
  ])('%j has %i', (html, words) => {
    expect(countWords(html)).toBe(words);
  });

  test('the cleaner counts what it gives back', () => {
    const result = clean('<p>One <b>two</b>.<p>Three-four', 'html');
    expect(result.ok && result.words).toBe(3);
  });
});
