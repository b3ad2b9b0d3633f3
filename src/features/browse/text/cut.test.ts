/** How text is cut into words: as people type them, in every script. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutWords, KEY_LENGTH } from './cut.ts';
import { anyText } from './text.fixture.ts';

const keys = (text: string): string[] => cutWords(text).map((word) => word.key);

describe('words are found as people type them', () => {
  test.each([
    ['English, stemmed', 'Running runs; the bees of Sussex', ['run', 'run', 'the', 'bee', 'of', 'sussex']],
    ['however an apostrophe is typed', "don't don’t dont DON＇T", ['dont', 'dont', 'dont', 'dont']],
    ['a possessive', "Sherlock's Sherlock’s Sherlock James's", ['sherlock', 'sherlock', 'sherlock', 'jame']],
    ['an apostrophe that ends', "the bees' knees 'quoted'", ['the', 'bee', 'knee', 'quot']],
    ['hyphens and slashes part', 'well-known m/m 1,000 a_b', ['well', 'known', 'm', 'm', '1', '000', 'a', 'b']],
    ['names with apostrophes', "O'Brien D'Artagnan", ['obrien', 'd', 'artagnan']],
    ['German', 'Straße STRASSE Häuser Ha\u0308user', ['strass', 'strass', 'hauser', 'hauser']],
    ['French', "l'amour J’aime aujourd'hui qu'elle", ['l', 'amour', 'j', 'aim', 'aujourdhui', 'qu', 'ell']],
    ['Greek, with its two sigmas and marks', 'Σοφός σοφοσ', ['σοφοσ', 'σοφοσ']],
    ['Russian', 'ещё еще', ['еще', 'еще']],
    ['Arabic, with vowel signs and without', 'كِتَاب كتاب أحمد احمد', ['كتاب', 'كتاب', 'احمد', 'احمد']],
    ['Hebrew', 'שָׁלוֹם שלום', ['שלום', 'שלום']],
    ['Persian, with a joiner', 'می\u200cخواهم', ['ميخواهم']],
    ['Hindi keeps its vowels', 'हिन्दी', ['हिन्दी']],
    ['Chinese', '东京都。', ['东京', '京都', '都']],
    ['Japanese, across scripts', 'がんばる東', ['がん', 'んば', 'ばる', 'る東', '東']],
    ['half-width kana as full', 'ｶﾞｯﾂ ガッツ', ['ガッ', 'ッツ', 'ツ', 'ガッ', 'ッツ', 'ツ']],
    ['Korean', '셜록은', ['셜록', '록은', '은']],
    ['Latin beside Chinese', 'BBC福尔', ['bbc', '福尔', '尔']],
    ['emoji', 'bees🐝❤️! ©™', ['bee', '🐝', '❤']],
    ['other forms of letters and digits', 'ＢＥＥＳ 𝓑𝓮𝓮 ﬁsh m² ½', ['bee', 'bee', 'fish', 'm2', '1⁄2']],
    ['soft hyphens and what is not seen', 'light\u00adhouse bee\u200bs', ['lighthous', 'bee']],
    ['nothing', ' .,;-– \u0000 \ud800 ', []],
  ])('%s', (_name, text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  test('a word says where it stands', () => {
    const text = 'The «bees’» 東京 🐝';
    expect(cutWords(text).map((word) => text.slice(word.start, word.end))).toEqual(['The', 'bees', '東京', '京', '🐝']);
  });
});

const pieces = fc.constantFrom(
  "don't",
  'well-known',
  'bees',
  'Running',
  "l'amour",
  "O'",
  "'s",
  '’',
  '-',
  ' ',
  ' ',
  '. ',
  '東',
  '京都',
  'が',
  'ｶﾞ',
  'ー',
  'น้ำ',
  'ดี',
  '셜록',
  '\u1112\u1161\u11ab',
  'كِتَاب',
  '\u200d',
  '\u0301',
  '\ud800',
  '\udc00',
  '👩‍❤️‍👩',
  '🇫🇷',
  '\u0000',
  '"',
  '*',
  '𝓑',
  '½',
  '⑴',
  'ﷺ',
  '㎏',
  '7',
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 20 }).map((list) => list.join('')),
  anyText(60),
);

test('whatever the text, keys can stand in the index as they are', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let before = 0;
      for (const { key, start, end } of cutWords(text)) {
        expect(key).toMatch(/^[0-9a-z\u0080-\u{10ffff}]+$/u);
        expect(key).not.toMatch(/\s/u);
        expect(key.isWellFormed()).toBe(true);
        expect(key.length).toBeLessThanOrEqual(2 * KEY_LENGTH);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        before = start;
      }
    }),
    { numRuns: 500 },
  );
});

test('what begins and ends where words do is cut as it is in the text', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
      const words = cutWords(text);
      fc.pre(words.length > 0);
      const from = Math.min(a % words.length, b % words.length);
      const to = Math.max(a % words.length, b % words.length);
      const start = words[from]?.start ?? 0;
      const end = words[to]?.end ?? 0;
      const piece = cutWords(text.slice(start, end)).map((word) => word.key);
      const there = words.slice(from, to + 1).map((word) => word.key);
      // The last character of a script without spaces stands alone at the end of what is typed; searching allows for it.
      expect(piece.slice(0, there.length)).toEqual(there);
    }),
    { numRuns: 500 },
  );
});

test('text that has nothing special in it is cut where Unicode cuts it', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const text = 'The bees of Sussex (1904) – she said: “Größe, naïve Ελλάδα, Привет мир!” and went; it rained… again?';
  const segments = [...segmenter.segment(text)].filter((one) => one.isWordLike).map((one) => one.segment);
  expect(cutWords(text).map((word) => text.slice(word.start, word.end))).toEqual(segments);
});

test('a word without end, and marks without end, cost little', () => {
  const began = performance.now();
  expect(keys('a'.repeat(1_000_000))).toEqual(['a'.repeat(KEY_LENGTH)]);
  expect(keys(`e${'\u0301'.repeat(1_000_000)}`)).toEqual(['e']);
  expect(keys("'".repeat(1_000_000))).toEqual([]);
  expect(keys("l'".repeat(300_000)).length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(3_000);
});
