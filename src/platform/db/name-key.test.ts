import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey } from './name-key.ts';

describe('spellings that a person takes for the same name have one key', () => {
  test.each([
    ['case', 'Sherlock HOLMES', 'sherlock holmes'],
    ['sharp s', 'Straße', 'STRASSE'],
    ['capital sharp s', 'STRAẞE', 'strasse'],
    ['final sigma', 'Ὀδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
    ['marks on Latin letters', 'Ångström Brontë', 'Angstrom Bronte'],
    ['marks on Greek letters', 'Ἀχιλλεύς', 'Αχιλλευσ'],
    ['composed or not', 'é', 'e\u0301'],
    ['full width', 'Ｄｒａｃｕｌａ', 'dracula'],
    ['ligatures', 'ﬁve oﬃces', 'five offices'],
    ['half-width katakana', 'ｶﾞﾝﾀﾞﾑ', 'ガンダム'],
    ['dotted capital i', 'İstanbul', 'istanbul'],
    ['white space', '  The\u00a0  Odyssey\n', 'the odyssey'],
  ])('%s', (_, one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });
});

describe('names that are different stay different', () => {
  test.each([
    ['か and が', 'か', 'が'],
    ['ハ and パ', 'ハリー', 'パリー'],
    ['Hindi vowels', 'कि', 'की'],
    ['Thai tones', 'ปา', 'ป่า'],
    ['Cyrillic й', 'й', 'и'],
    ['Hebrew points', 'שׁ', 'שׂ'],
    ['Greek and Latin', 'Α', 'A'],
    ['punctuation', 'Holmes/Watson', 'Holmes & Watson'],
  ])('%s', (_, one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
);

test('the key of a key is itself', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      expect(nameKey(nameKey(name))).toBe(nameKey(name));
    }),
    { numRuns: 2_000 },
  );
});

test('a key holds no control character, which one of the databases would refuse', () => {
  expect(nameKey('Drac\0ula')).not.toContain('\0');
  fc.assert(
    fc.property(anyText, (name) => {
      expect(nameKey(name)).not.toMatch(/\p{Cc}/u);
    }),
  );
});
