import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyExpression, anyUnits } from './arbitrary.fixture.ts';
import { normalExpression } from './expressions.ts';
import { parseQ } from './parse-q.ts';
import { printQ } from './print-q.ts';
import { treeOf } from './q-tree.ts';
import { tokensOf } from './q-tokens.ts';
import type { Expression } from './work-filter.ts';

function read(text: string): Expression | null {
  const reading = parseQ(text);
  if ('mistakes' in reading) throw new Error(reading.mistakes.map(({ sentence }) => sentence).join(' '));
  return reading.expression;
}

/** What is read, written out again. */
const written = (text: string) => {
  const expression = read(text);
  return expression === null ? '' : printQ(expression);
};

function sentences(text: string): string[] {
  const reading = parseQ(text);
  return 'mistakes' in reading ? reading.mistakes.map(({ sentence }) => sentence) : [];
}

test.each([
  ['bees sussex', { all: [{ words: 'bees' }, { words: 'sussex' }] }],
  ['"the bees"', { words: 'the bees', phrase: true }],
  ['lighth*', { words: 'lighth', prefix: true }],
  ['"keeper of lighth*"', { words: 'keeper of lighth', phrase: true, prefix: true }],
  ['title:bees', { place: 'title', words: 'bees' }],
  ['NEAR(bees sussex, 5)', { words: 'bees sussex', near: 5 }],
  ['notes:NEAR(bees sussex)', { place: 'notes', words: 'bees sussex', near: 10 }],
  ['-angst', { not: { words: 'angst' } }],
  ['fandom:"Sherlock (TV),Elementary"', { field: 'fandom', names: ['Elementary', 'Sherlock (TV)'] }],
  ['fandom:"Sherlock (TV)","Elementary"', { field: 'fandom', names: ['Elementary', 'Sherlock (TV)'] }],
  ['creator:k3m9x2q4zt', { field: 'creator', ids: ['k3m9x2q4zt'] }],
  ['kudos>100', { field: 'kudos', from: 101, to: null }],
  ['kudos >= 1,000', { field: 'kudos', from: 1000, to: null }],
  ['posted<2026-01', { field: 'posted', from: null, to: { date: '2025-12' } }],
  ['posted>2026', { field: 'posted', from: { date: '2027' }, to: null }],
  ['posted>2024-02-28', { field: 'posted', from: { date: '2024-02-29' }, to: null }],
  ['updated:30d..', { field: 'updated', from: { daysAgo: 30 }, to: null }],
  ['complete:yes', { field: 'complete', is: true }],
  ['tags:5..', { field: 'tags', from: 5, to: null }],
  ['tag:"Slow Burn",Fluff', { field: 'tag', names: ['Fluff', 'Slow Burn'] }],
  ['tag:Fluff,"Slow Burn",Angst', { field: 'tag', names: ['Angst', 'Fluff', 'Slow Burn'] }],
  ['tags:angst', { place: 'tags', words: 'angst' }],
])('%s', (text, expected) => {
  expect(read(text)).toMatchObject(expected);
});

test.each([
  ['a b OR c', 'a b OR c'],
  ['a (b OR c)', 'a (b OR c)'],
  ['a AND (b AND c)', 'a b c'],
  ['a && b || c', 'a b OR c'],
  ['((a OR b)) OR c', 'a OR b OR c'],
  ['NOT a', '-a'],
  ['NOT NOT a', 'a'],
  ['--a', 'a'],
  ['-(a b)', '-(a b)'],
  ['-(-a)', 'a'],
  ['-"the bees"', '-"the bees"'],
  ['not-fandom:A', '-fandom:A'],
  ['-not-fandom:A', 'fandom:A'],
  ['NOT fandom:"A" OR Character:"B C"', '-fandom:A OR character:"B C"'],
  ['words:10000-50000', 'words:10000..50000'],
  ['words > 5,000', 'words:5001..'],
  ['words:>5000 words<=7', 'words:5001.. words:..7'],
  ['words=5', 'words:5'],
  ['M/M f/f m/f', 'M/M f/f m/f'],
  ['“the bees”', '"the bees"'],
  ['"the bees', '"the bees"'],
  ['(a (b', 'a b'],
  ['a) b', 'a b'],
  ['a )) OR b', null],
  ['()', ''],
  ['& — "…" -', ''],
  ['Holmes & Watson', 'Holmes Watson'],
  ['a OR &', 'a'],
  ['or and not', 'or and not'],
  ['Re:Zero 10:15', 'Re:Zero 10:15'],
  ['I <3 bees', 'I "<3" bees'],
  ['"OR"', '"OR"'],
  ['fandom:"say \\"hi\\""', 'fandom:"say \\"hi\\""'],
  ['tags:"5"', 'tags:"5"'],
  [':)', ''],
  ['', ''],
])('%s is written out as %s', (text, expected) => {
  expect(sentences(text).length > 0 ? null : written(text)).toBe(expected);
});

test.each([
  ['a OR', 'OR needs something on both sides.'],
  ['OR a', 'OR needs something on both sides.'],
  ['a OR OR b', 'OR needs something on both sides.'],
  ['(a OR) b', 'OR needs something on both sides.'],
  ['a AND', 'AND needs something on both sides.'],
  ['AND a', 'AND needs something on both sides.'],
  ['a NOT', 'NOT and - need something after them.'],
  ['NEAR()', 'NEAR needs two words or more: NEAR(bees sussex, 10).'],
  ['NEAR(bees, 5)', 'NEAR needs two words or more: NEAR(bees sussex, 10).'],
  ['NEAR("a b" c)', 'NEAR takes plain words: NEAR(bees sussex, 10).'],
  ['NEAR(a b, 101)', 'NEAR counts from 1 to 100 words, not "101".'],
  ['words:many', 'words takes a range like 1000..5000, 5000.. or ..5000, not "many".'],
  ['words:9..2', 'words has its ends the wrong way round: write 2..9.'],
  ['words:', 'words: needs a value right after it, without a space.'],
  ['kudos<0', 'kudos<0 holds for no work: write kudos:0.'],
  ['kudos>many', 'kudos> takes a whole number, not "many".'],
  ['fandom>"A"', 'fandom cannot be more or less than something: write fandom:"a name".'],
  ['posted:2026-02-30', 'posted: the calendar has no 2026-02-30.'],
  ['updated>30d', 'updated> takes a date like 2026-01-31, not "30d"; the last 30 days are updated:30d..'],
  ['kudo>100', 'There is nothing called "kudo" to ask for; put it all in quotation marks to look for the words.'],
  ['fandon:"A"', 'There is nothing called "fandon" to ask for; put it all in quotation marks to look for the words.'],
  ['title:(a b)', 'Write title: before each word, not before a parenthesis.'],
  ['title: a', 'title: needs a word right after it, without a space.'],
  ['page:3', 'page cannot be asked for among words.'],
  ['sort:kudos', 'sort and in stand in the address, not in q.'],
])('%s is refused: %s', (text, sentence) => {
  expect(sentences(text)).toContain(sentence);
});

describe('what is written is read again', () => {
  test('an expression in normal form comes back as it was', () => {
    fc.assert(
      fc.property(anyExpression, (raw) => {
        const expression = normalExpression(raw);
        const text = expression === null ? '' : printQ(expression);
        fc.pre(text.length <= 2_000);
        expect(parseQ(text)).toEqual({ expression });
      }),
      { numRuns: 1_500 },
    );
  });

  test('the normal form of a normal form is itself', () => {
    fc.assert(
      fc.property(anyExpression, (raw) => {
        const normal = normalExpression(raw);
        expect(normal && normalExpression(normal)).toEqual(normal);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is typed is read or refused, and what is read is written the same ever after', () => {
    const pieces = fc.constantFrom(
      'a',
      'b*',
      '"',
      '(',
      ')',
      '-',
      'OR',
      'NOT',
      'words',
      ':',
      '>',
      '5',
      '..',
      'NEAR(',
      ',',
      ' ',
      '\\',
      'tags:',
    );
    const typed = fc.array(fc.oneof(pieces, anyUnits(3)), { maxLength: 25 });
    fc.assert(
      fc.property(typed, (parts) => {
        const reading = parseQ(parts.join(''));
        const once = 'mistakes' in reading ? '' : printQ(reading.expression ?? { all: [] });
        expect(written(once)).toBe(once);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('hostile text', () => {
  const depth = (levels: number) => `${'('.repeat(levels)}a${' b)'.repeat(levels)}`;

  test('parentheses may stand 20 deep and no deeper', () => {
    expect(sentences(depth(20))).toEqual([]);
    expect(sentences(depth(21))).toEqual(['Parentheses can stand at most 20 deep.']);
    expect(sentences('('.repeat(2_000))).toEqual(['Parentheses can stand at most 20 deep.']);
    expect(sentences('-('.repeat(1_000))).toEqual(['Parentheses can stand at most 20 deep.']);
  });

  test('300 conditions and no more, 2,000 characters and no more', () => {
    expect(sentences('a '.repeat(300))).toEqual([]);
    expect(sentences('a '.repeat(301))).toEqual(['At most 300 conditions can be asked at once.']);
    expect(sentences('a'.repeat(2_000))).toEqual([]);
    expect(sentences('a'.repeat(2_001))).toHaveLength(1);
    const unknown = Array.from({ length: 500 }, (_, at) => `k${'a'.repeat(at % 25)}>1`);
    expect(sentences(unknown.join(' ').slice(0, 2_000))).toHaveLength(20);
    expect(sentences('k>1 '.repeat(500)), 'one sentence is told once').toHaveLength(1);
  });

  test('what grows when it is written out is refused rather than cut', () => {
    const text = 'hits>5 '.repeat(285);
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(sentences(text)).toEqual(['q takes at most 2,000 characters, also when its conditions are written out.']);
  });

  test.each([
    '(',
    ')',
    '-',
    '- ',
    '"',
    '\\',
    '"\\',
    '*',
    '* ',
    ',',
    ':',
    'a:',
    'NEAR(',
    'NEAR(a,',
    'words ',
    'words:',
    'NOT ',
    '& ',
    'fandom:"a",',
    '1,',
    '>',
    'a-',
  ])('tokens are never more than characters, whatever is repeated: %j', (piece) => {
    const text = piece.repeat(1_000);
    const { tokens } = tokensOf(text);
    // Two for `not-fandom:x`, which is a token and its denial.
    expect(tokens.length).toBeLessThanOrEqual(text.length);
    expect(tokens.every(({ start, end }) => start < end)).toBe(true);
    expect(treeOf(tokens).sentences.length).toBeLessThanOrEqual(5);
  });
});
