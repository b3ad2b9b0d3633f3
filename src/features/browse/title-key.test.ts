import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameKey } from '../../platform/db/name-key.ts';
import { titleKey } from './title-key.ts';

test.each([
  ['The Bees of Sussex', 'bees of sussex'],
  ['A Study in Pink', 'study in pink'],
  ['an Émigré', 'emigre'],
  ['“The Bees”', 'bees”'],
  ['The “Bees”', 'bees”'],
  ['...And Justice', 'and justice'],
  ['~Starlight~', 'starlight~'],
  ['Theseus', 'theseus'],
  ['A', 'a'],
  ['The', 'the'],
  ['Anthem', 'anthem'],
  ['The The', 'the'],
  ['…', '...'],
  ['The …', 'the ...'],
  ['蜂の歌', '蜂の歌'],
  ['', ''],
  ['  ', ''],
])('%j is sorted as %j', (title, key) => {
  expect(titleKey(title)).toBe(key);
});

test('a key is the end of the name key, and empty only for an empty one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (title) => {
      expect(nameKey(title).endsWith(titleKey(title))).toBe(true);
      expect(titleKey(title) === '').toBe(nameKey(title) === '');
    }),
  );
});
