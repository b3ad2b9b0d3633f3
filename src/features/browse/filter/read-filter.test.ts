import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyFilter, anyRawFilter, anyUnits } from './arbitrary.fixture.ts';
import { normalFilter } from './normal-filter.ts';
import { printFilter } from './print-filter.ts';
import { readFilter } from './read-filter.ts';
import { type FilterMistake, NO_FILTER, type WorkFilter } from './work-filter.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));

function filterOf(query: string): WorkFilter {
  const reading = read(query);
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes));
  return reading.filter;
}

function mistakesOf(reading: ReturnType<typeof readFilter>): readonly FilterMistake[] {
  return 'mistakes' in reading ? reading.mistakes : [];
}

describe('the grammar', () => {
  test.each([
    ['fandom=Sherlock', { include: [{ field: 'fandom', names: ['Sherlock'] }] }],
    [
      'fandom=A&fandom=B',
      {
        include: [
          { field: 'fandom', names: ['A'] },
          { field: 'fandom', names: ['B'] },
        ],
      },
    ],
    ['fandom=B,+A++C+,,b', { include: [{ field: 'fandom', names: ['A C', 'B'] }] }],
    ['rating=Teen&rating=Mature,Explicit', { include: [{ field: 'rating', values: ['Explicit', 'Mature', 'Teen'] }] }],
    ['main=B&main=A/C', { include: [{ field: 'main', names: ['A/C', 'B'] }] }],
    [
      'not-main=B&not-main=A',
      {
        exclude: [
          { field: 'main', names: ['A'] },
          { field: 'main', names: ['B'] },
        ],
      },
    ],
    ['not-rating=Mature&not-rating=Explicit', { exclude: [{ field: 'rating', values: ['Explicit', 'Mature'] }] }],
    ['creator=k3m9x2q4zt,aaaaaaaaaa', { include: [{ field: 'creator', ids: ['aaaaaaaaaa', 'k3m9x2q4zt'] }] }],
    ['not-words=..999', { exclude: [{ field: 'words', from: null, to: 999 }] }],
    ['words=1000..5000', { include: [{ field: 'words', from: 1000, to: 5000 }] }],
    ['words=1000..&words=..5000', { include: [{ field: 'words', from: 1000, to: 5000 }] }],
    [
      'words=9..&words=..5',
      {
        include: [
          { field: 'words', from: null, to: 5 },
          { field: 'words', from: 9, to: null },
        ],
      },
    ],
    ['chapters=1', { include: [{ field: 'chapters', from: 1, to: 1 }] }],
    ['posted=2026-01..2026', { include: [{ field: 'posted', from: { date: '2026-01' }, to: { date: '2026' } }] }],
    ['posted=2024-02-29', { include: [{ field: 'posted', from: { date: '2024-02-29' }, to: { date: '2024-02-29' } }] }],
    ['updated=30d..', { include: [{ field: 'updated', from: { daysAgo: 30 }, to: null }] }],
    ['updated=..30d', { include: [{ field: 'updated', from: null, to: { daysAgo: 30 } }] }],
    [
      'complete=yes&not-crossover=no',
      { include: [{ field: 'complete', is: true }], exclude: [{ field: 'crossover', is: false }] },
    ],
    ['sort=-words', { sort: { by: 'words', reversed: true, seed: null } }],
    ['sort=random:67108863', { sort: { by: 'random', reversed: false, seed: 67_108_863 } }],
    ['sort=random', { sort: { by: 'random', reversed: false, seed: 0 } }],
    ['page=1000000000&per=100', { page: 1_000_000_000, per: 100 }],
    ['in=text', { inText: true }],
    ['q=a&q=b+OR+c', { q: { all: [{ words: 'a' }, { any: [{ words: 'b' }, { words: 'c' }] }] } }],
    ['fandom=&words=&q=&page=&sort=&complete=+&not-tag=,', NO_FILTER],
    ['', NO_FILTER],
  ])('%s', (query, expected) => {
    expect(filterOf(query)).toMatchObject(expected);
  });

  test.each([
    ['fandoms=A', 'fandoms', 'fandoms takes a range like 1000..5000, 5000.. or ..5000, not "A".'],
    ['fandon=A', 'fandon', 'There is no parameter "fandon".'],
    ['fandon=', 'fandon', 'There is no parameter "fandon".'],
    ['not-sort=kudos', 'not-sort', 'There is no parameter "not-sort".'],
    ['not-not-fandom=A', 'not-not-fandom', 'There is no parameter "not-not-fandom".'],
    ['__proto__=A', '__proto__', 'There is no parameter "__proto__".'],
    ['not-words=5000..1000', 'not-words', 'words has its ends the wrong way round: write 1000..5000.'],
    ['words=..', 'words', 'words takes a range like 1000..5000, 5000.. or ..5000, not "..".'],
    ['words=-5', 'words', 'words takes a range like 1000..5000, 5000.. or ..5000, not "-5".'],
    ['words=1e3', 'words', 'words takes a range like 1000..5000, 5000.. or ..5000, not "1e3".'],
    ['words=1..2..3', 'words', 'words takes a range like 1000..5000, 5000.. or ..5000, not "1..2..3".'],
    [
      'words=9999999999999999..',
      'words',
      'words takes a range like 1000..5000, 5000.. or ..5000, not "9999999999999999..".',
    ],
    ['posted=2026-02-29', 'posted', 'posted: the calendar has no 2026-02-29.'],
    ['posted=2026-13..', 'posted', 'posted: the calendar has no 2026-13.'],
    ['posted=2026-06..2026-05-31', 'posted', 'posted has its ends the wrong way round: write 2026-05-31..2026-06.'],
    ['updated=30d', 'updated', 'updated: write 30d.. for the time since then, or ..30d for what is older.'],
    ['updated=10d..30d', 'updated', 'updated has its ends the wrong way round: write 30d..10d.'],
    ['complete=maybe', 'complete', 'complete takes yes or no, not "maybe".'],
    ['in=summary', 'in', 'in takes text and nothing else, not "summary".'],
    ['page=0', 'page', 'page takes a whole number from 1, not "0".'],
    ['page=1000000001', 'page', 'page takes a whole number from 1, not "1000000001".'],
    ['page=1.5', 'page', 'page takes a whole number from 1, not "1.5".'],
    ['page=2&page=3', 'page', 'page is given twice, with different values.'],
    ['per=101', 'per', 'per takes a whole number from 1 to 100, not "101".'],
    ['q=a+OR', 'q', 'OR needs something on both sides.'],
  ])('%s is a mistake of %s', (query, parameter, sentence) => {
    expect(mistakesOf(read(query))).toEqual([expect.objectContaining({ parameter, sentence })]);
  });

  /** What belongs to the writing of addresses, and to no page. */
  const ADDRESS =
    /parameter|\.\.|takes (?:a range|dates|yes or no|text|a whole|[a-z]+, )|(?:^|\s)(?:in|q|per|page) takes|not-/;

  test.each([
    ['words=x', 'Words take whole numbers like 5,000, not “x”.'],
    ['not-kudos=5..1', 'Kudos: the first number is larger than the second.'],
    ['posted=soon', 'Posted: write a date like 2026, 2026-05 or 2026-05-31, not “soon”.'],
    ['posted=2026-02-30', 'Posted: the calendar has no 2026-02-30.'],
    ['updated=10d..30d', 'Updated: the first date is later than the second.'],
    [
      'updated=30d',
      'Updated: write 30d into the first field for the time since then, or into the second for what is older.',
    ],
    ['complete=maybe', 'Complete: choose one of the answers; “maybe” is none.'],
    ['in=summary', 'Words can be looked for inside the stories, not in “summary”.'],
    ['sort=best', 'There is no order called “best”.'],
    ['page=0', 'The address asks for page “0”; pages are numbered from 1.'],
    ['page=2&page=3', 'The address asks for two pages at once.'],
    ['per=101', 'The address asks for “101” works a page; a page has 1 to 100.'],
    ['fandon=A', 'The address asks for “fandon”, by which no list can be narrowed.'],
    [`tag=${'a'.repeat(2_001)}`, 'Additional tag: at most 2,000 characters.'],
    ['q=…', 'A search needs a word to look for, with a letter or a digit in it, not “…”.'],
    ['q=a+sort:words', 'An order and “in:text” are chosen beside the list, or typed into the search box on top.'],
  ])('%s is told to readers as: %s', (query, plain) => {
    expect(mistakesOf(read(query))).toEqual([expect.objectContaining({ plain })]);
    expect(plain.replace('“in:text”', '')).not.toMatch(ADDRESS);
  });

  test.each(['words:5', 'random:67108864', 'random:x', '--words', 'best', 'constructor'])('no order is %s', (value) => {
    expect(mistakesOf(read(`sort=${value}`))).toMatchObject([{ parameter: 'sort', value }]);
  });

  test('all mistakes are told at once, and what is ignored is no mistake', () => {
    expect(mistakesOf(read('words=x&fandon=A&fandom=B&per=0')).map(({ parameter }) => parameter)).toEqual([
      'words',
      'fandon',
      'per',
    ]);
    expect(
      readFilter(
        [
          ['asked', 'x'],
          ['page', '2'],
        ],
        { ignore: ['asked'] },
      ),
    ).toEqual({ filter: { ...NO_FILTER, page: 2 } });
  });
});

describe('printing', () => {
  test.each([
    ['page=1&sort=updated', ''],
    ['per=25&page=3&in=text&q=bees', 'q=bees&in=text&page=3&per=25'],
    ['tag=b&fandom=z&tag=A&not-tag=c&fandom=Y', 'fandom=Y&fandom=z&tag=A&tag=b&not-tag=c'],
    ['relationship=A%2FB,C+%26+D', 'relationship=A/B,C+%26+D'],
    ['words=5000..&updated=30d..', 'words=5000..&updated=30d..'],
    ['q=fandom:"A"+OR+-"b+c"', 'q=fandom:A+OR+-%22b+c%22'],
    ['tag=a%2Bb%25', 'tag=a%2Bb%25'],
    ['language=EN&language=en', 'language=EN'],
    ['sort=random', 'sort=random:0'],
  ])('%s prints as %s', (query, printed) => {
    expect(printFilter(filterOf(query))).toBe(printed);
  });

  test('what is printed is read as the same filter', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const printed = printFilter(filter);
        fc.pre(!printed.split('&').some((parameter) => decodeURIComponent(parameter).length > 2_000));
        expect(read(printed)).toEqual({ filter });
        expect(printed).toMatch(/^[!-~]*$/);
      }),
      { numRuns: 600 },
    );
  });

  test('the same choices in another order, or made twice, print the same, and so does what was read', () => {
    fc.assert(
      fc.property(anyRawFilter, fc.infiniteStream(fc.nat()), (filter, chance) => {
        const shuffled = <Item>(items: readonly Item[]) =>
          [...items, ...items.slice(0, 2)]
            .map((item) => ({ item, key: chance.next().value ?? 0 }))
            .sort((one, another) => one.key - another.key)
            .map(({ item }) => item);
        const other = { ...filter, include: shuffled(filter.include), exclude: shuffled(filter.exclude) };
        const printed = printFilter(filter);
        expect(printFilter(other)).toBe(printed);
        expect(printFilter(normalFilter(filter))).toBe(printed);
      }),
      { numRuns: 400 },
    );
  });
});

describe('hostile input', () => {
  /** Counts how many parameters are asked for. */
  function* endless(name: string, value: string): Generator<[string, string], never> {
    for (;;) {
      asked += 1;
      yield [name, value];
    }
  }
  let asked = 0;

  test.each(['fandom', 'fandon', 'q', 'words'])('%s without end: 201 are looked at', (name) => {
    asked = 0;
    const mistakes = mistakesOf(readFilter(endless(name, 'x')));
    expect(asked).toBe(201);
    expect(mistakes.length).toBeGreaterThanOrEqual(1);
    expect(mistakes.length).toBeLessThanOrEqual(20);
  });

  test('a value of 10 KB is refused by its length, and shown short', () => {
    for (const name of ['fandom', 'not-language', 'words', 'posted', 'q', 'sort', 'x'.repeat(10_000)]) {
      const [mistake, ...more] = mistakesOf(readFilter([[name, 'aaaa,('.repeat(1_700)]]));
      expect(more).toEqual([]);
      expect(mistake?.sentence.length).toBeLessThan(200);
      expect([...(mistake?.value ?? '')].length).toBeLessThanOrEqual(80);
      expect([...(mistake?.parameter ?? '')].length).toBeLessThanOrEqual(80);
    }
  });

  test('at most 100 names stand in a list, also when codes of several parameters are united', () => {
    const list = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `n${from + at}`).join(',');
    expect(mistakesOf(readFilter([['fandom', list(0, 100)]]))).toEqual([]);
    expect(mistakesOf(readFilter([['fandom', list(0, 101)]]))).toHaveLength(1);
    expect(
      mistakesOf(
        readFilter([
          ['rating', list(0, 60)],
          ['rating', list(60, 101)],
        ]),
      ),
    ).toHaveLength(1);
  });

  test('several q are as long as one may be, together', () => {
    const half: [string, string] = ['q', 'a'.repeat(999)];
    expect(mistakesOf(readFilter([half, half]))).toEqual([]);
    expect(mistakesOf(readFilter([half, half, ['q', 'abc']]))).toMatchObject([{ parameter: 'q', value: 'abc' }]);
  });

  test('at most 300 conditions in all', () => {
    const words = (count: number): [string, string] => ['q', 'a '.repeat(count)];
    const tags = Array.from({ length: 150 }, (_, at): [string, string] => ['tag', `t${at}`]);
    expect(mistakesOf(readFilter([...tags, words(150)]))).toEqual([]);
    expect(mistakesOf(readFilter([...tags, words(151)]))).toMatchObject([
      { sentence: 'A filter takes at most 300 conditions.' },
    ]);
  });

  test('what was accepted is accepted again when it is printed, whatever was sent', () => {
    const piece = fc.constantFrom(
      'fandom',
      'not-tag',
      'q',
      'words',
      'posted',
      'rating',
      'sort',
      'in',
      'series',
      'complete',
    );
    const value = fc.oneof(
      anyUnits(20),
      fc.constantFrom('5', '1..9', '2026', 'yes', 'text', 'a,b', '-kudos', 'a OR b'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, value), { maxLength: 8 }), (parameters) => {
        const reading = readFilter(parameters);
        const filter = 'filter' in reading ? reading.filter : NO_FILTER;
        expect(read(printFilter(filter))).toEqual({ filter });
      }),
      { numRuns: 500 },
    );
  });
});
