import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyUnits } from './arbitrary.fixture.ts';
import type { BoxPhrase } from './box-phrases.ts';
import { conjuncts } from './expressions.ts';
import { printFilter } from './print-filter.ts';
import { printQ } from './print-q.ts';
import { readFilter } from './read-filter.ts';
import { readSearchBox } from './search-box.ts';
import { type FoundName, settleNames } from './settle-names.ts';
import type { NameField, WorkFilter } from './work-filter.ts';

function boxOf(text: string): { filter: WorkFilter; words: readonly BoxPhrase[] } {
  const reading = readSearchBox(text);
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes));
  return reading;
}

const printed = (filter: WorkFilter) => decodeURIComponent(printFilter(filter).replaceAll('+', ' '));
const boxed = (text: string) => printed(boxOf(text).filter);
const phrases = (text: string) => boxOf(text).words.map(({ negated, text: words }) => (negated ? `-${words}` : words));

/** What the archive of these tests knows. */
const NAMES: Readonly<Record<string, NameField>> = {
  'Sherlock Holmes': 'character',
  Sherlock: 'fandom',
  'Sherlock (TV)': 'fandom',
  Angst: 'tag',
  'Bees & Honey': 'tag',
  'M/M': 'category',
  'James "Bucky" Barnes': 'character',
};

function settled(text: string): string {
  const { filter, words } = boxOf(text);
  const found = words.flatMap((phrase): FoundName[] =>
    Object.entries(NAMES)
      .filter(([name]) => name.toLowerCase() === phrase.text.toLowerCase())
      .map(([name, field]) => ({ phrase, field, names: [name] })),
  );
  return printed(settleNames(filter, found));
}

test.each([
  [
    '"Sherlock Holmes" -angst words>5000 kudos>100 "the bees"',
    'words=5001..&kudos=101..&q="Sherlock Holmes" -angst "the bees"',
  ],
  ['-fandom:"A" fandom:B,C', 'fandom=B,C&not-fandom=A'],
  ['words>1000 words<5000', 'words=1001..4999'],
  ['fandom:"A" OR fandom:"B"', 'fandom=A,B'],
  ['fandom:"A" OR character:"B"', 'q=fandom:A OR character:B'],
  ['(fandom:"A" OR fandom:B) bees', 'fandom=A,B&q=bees'],
  ['rating:Teen rating:Mature', 'rating=Mature,Teen'],
  ['bees sort:kudos', 'q=bees&sort=kudos'],
  ['sort:>words', 'sort=-words'],
  ['sort:<words', 'sort=words'],
  ['sort:<title', 'sort=-title'],
  ['sort:-posted sort:random:7', 'sort=random:7'],
  ['bees in:text', 'q=bees&in=text'],
  ['updated:30d.. complete:yes', 'updated=30d..&complete=yes'],
  ['a (words>5 b)', 'words=6..&q=a b'],
  ['title:bees -(a b)', 'q=title:bees -(a b)'],
  ['', ''],
])('%s is %s', (text, expected) => {
  expect(boxed(text)).toBe(expected);
});

test.each(['(', '-', '" "', '…', '🐝', '&', '\u0000', '( - )'])(
  '%s asks for nothing and is no wish for everything',
  (text) => {
    const sentence = expect.stringContaining('q needs a word to look for');
    expect(readSearchBox(text)).toMatchObject({ mistakes: [{ parameter: 'q', sentence }] });
    expect(readFilter([['q', text]])).toMatchObject({ mistakes: [{ parameter: 'q', sentence }] });
  },
);

test.each(['-sort:kudos', 'a (sort:kudos bees)', 'bees OR in:text', 'sort:best', 'words:many', 'bees OR'])(
  '%s is refused',
  (text) => {
    expect(readSearchBox(text)).toMatchObject({ mistakes: [{ parameter: 'q' }] });
  },
);

describe('words that could be names', () => {
  test.each([
    ['a b c', ['a b c', 'a b', 'b c', 'a', 'b', 'c']],
    ['"Sherlock Holmes" -angst', ['Sherlock Holmes', '-angst']],
    ['a "b c" d', ['a "b c" d', 'a "b c"', 'a', 'b c', 'd']],
    ['"b c" d', ['b c', 'd']],
    ['-"major character death"', ['-major character death']],
    ['Holmes & Watson', ['Holmes & Watson', 'Holmes', 'Watson']],
    ['Sherlock (TV)', ['Sherlock (TV)', 'Sherlock', '(TV)']],
    ['angst, fluff', ['angst', 'fluff']],
    ['a words>5 b', ['a', 'b']],
    ['a AND b', ['a', 'b']],
    ['a (words>5 b)', ['a']],
    ['a b*', ['a']],
    ['title:a NEAR(b c)', []],
    ['a OR b', []],
    ['-(a b)', []],
    ['m/m', ['m/m']],
  ])('%s', (text, expected) => {
    expect(phrases(text)).toEqual(expected);
  });

  test('runs are of six words at most, so that there are six for each word at most', () => {
    const words = boxOf('a '.repeat(300)).words;
    expect(Math.max(...words.map(({ covers }) => covers.length))).toBe(6);
    expect(words).toHaveLength(6 * 300 - 15);
  });

  test('each says which conditions of q it covers', () => {
    const pieces = fc.constantFrom(
      'a',
      'b',
      '&',
      '"c d"',
      '-e',
      '(f g)',
      'words>5',
      'sort:kudos',
      'title:h',
      '-(i j)',
      'k OR l',
      'm,',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const reading = readSearchBox(parts.join(' '));
        const { filter, words } = 'filter' in reading ? reading : boxOf('a');
        const q = conjuncts(filter.q);
        for (const { text, covers, negated } of words) {
          const said = covers.map((place) => q[place]).flatMap((part) => (part === undefined ? ['?'] : printQ(part)));
          const bare = (one: string) => one.replace(/[^a-z]/g, '');
          expect(bare(text)).toBe(bare(said.join('')));
          expect(said[0]?.startsWith('-')).toBe(negated);
        }
      }),
      { numRuns: 250 },
    );
  });
});

describe('names that the archive knows', () => {
  test.each([
    [
      '"Sherlock Holmes" -angst words>5000 kudos>100 "the bees"',
      'character=Sherlock Holmes&words=5001..&kudos=101..&not-tag=Angst&q="the bees"',
    ],
    ['sherlock holmes angst', 'character=Sherlock Holmes&tag=Angst'],
    ['sherlock keeps bees', 'fandom=Sherlock&q=keeps bees'],
    ['sherlock (tv) bees', 'fandom=Sherlock (TV)&q=bees'],
    ['bees & honey m/m', 'tag=Bees & Honey&category=M/M'],
    ['angst fandom:X angst', 'fandom=X&tag=Angst'],
    ['sherlock OR angst', 'q=sherlock OR angst'],
    ['james "bucky" barnes angst "the bees"', 'character=James "Bucky" Barnes&tag=Angst&q="the bees"'],
  ])('%s is settled as %s', (text, expected) => {
    expect(settled(text)).toBe(expected);
  });

  test('a phrase found under two kinds is the first of them', () => {
    const { filter, words } = boxOf('sherlock');
    const found = words.flatMap((phrase) => [
      { phrase, field: 'character' as const, names: ['Sherlock'] },
      { phrase, field: 'fandom' as const, names: ['Sherlock'] },
    ]);
    expect(printed(settleNames(filter, found))).toBe('character=Sherlock');
  });
});

describe('hostile text', () => {
  test('more conditions than an address holds are refused', () => {
    expect(readSearchBox('tag:a '.repeat(300))).toHaveProperty('filter');
    const tags = Array.from({ length: 201 }, (_, at) => `tag:${at.toString(36)}`).join(' ');
    expect(readSearchBox(tags)).toMatchObject({ mistakes: [{ sentence: 'A filter takes at most 200 parameters.' }] });
  });

  test('whatever was accepted can be read again from its address', () => {
    const pieces = fc.constantFrom(
      'a',
      'b*',
      '"',
      '(',
      ')',
      '-',
      'OR ',
      ' ',
      'words>5 ',
      'tag:x ',
      'sort:kudos ',
      ',',
      'rating:a,b ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, anyUnits(3)), { maxLength: 20 }), (parts) => {
        const reading = readSearchBox(parts.join(''));
        const { filter } = 'filter' in reading ? reading : boxOf('');
        expect(readFilter(new URLSearchParams(printFilter(filter)))).toEqual({ filter });
      }),
      { numRuns: 200 },
    );
  });
});
