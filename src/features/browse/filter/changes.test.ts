import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyFilter, anyLeaf, anyParameterLeaf } from './arbitrary.fixture.ts';
import {
  onlyFirstPage,
  sameLeaf,
  withLeaf,
  withoutLeaf,
  withoutName,
  withPage,
  withRange,
  withSort,
} from './changes.ts';
import { normalFilter } from './normal-filter.ts';
import { printFilter } from './print-filter.ts';
import { readFilter } from './read-filter.ts';
import type { Leaf, WorkFilter } from './work-filter.ts';

function filterOf(query: string): WorkFilter {
  const reading = readFilter(new URLSearchParams(query));
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes));
  return reading.filter;
}

const tag = (...names: string[]): Leaf => ({ field: 'tag', names });
const bees: Leaf = { field: 'text', place: null, words: 'bees', phrase: false, prefix: false, near: null };

test.each([
  ['adds', 'tag=A&page=3', (f: WorkFilter) => withLeaf(f, tag('B'), 'include'), 'tag=A&tag=B'],
  ['adds once', 'tag=A&page=3', (f: WorkFilter) => withLeaf(f, tag(' a'), 'include'), 'tag=A'],
  ['moves to the other side', 'tag=A', (f: WorkFilter) => withLeaf(f, tag('A'), 'exclude'), 'not-tag=A'],
  [
    'unites ratings',
    'rating=B',
    (f: WorkFilter) => withLeaf(f, { field: 'rating', values: ['A'] }, 'include'),
    'rating=A,B',
  ],
  [
    'unites main relationships',
    'main=B',
    (f: WorkFilter) => withLeaf(f, { field: 'main', names: ['A'] }, 'include'),
    'main=A,B',
  ],
  ['adds words', 'q=a+OR+b&page=2', (f: WorkFilter) => withLeaf(f, bees, 'exclude'), 'q=(a+OR+b)+-bees'],
  ['takes out', 'tag=A,B&tag=A&not-tag=B,a&page=2', (f: WorkFilter) => withoutLeaf(f, tag('B', 'A')), 'tag=A'],
  ['takes out of one side', 'tag=A&not-tag=A', (f: WorkFilter) => withoutLeaf(f, tag('A'), 'exclude'), 'tag=A'],
  ['takes words out', 'q=bees+-bees+a', (f: WorkFilter) => withoutLeaf(f, bees, 'include'), 'q=-bees+a'],
  [
    'takes a name out',
    'tag=A,B&tag=a&not-tag=A',
    (f: WorkFilter) => withoutName(f, 'tag', 'A', 'include'),
    'tag=B&not-tag=A',
  ],
  [
    'puts a range in place',
    'words=5..&not-words=9&page=2',
    (f: WorkFilter) => withRange(f, { field: 'words', from: 1, to: 2 }),
    'words=1..2&not-words=9',
  ],
  ['opens a range', 'words=5..', (f: WorkFilter) => withRange(f, { field: 'words', from: null, to: null }), ''],
  ['sorts', 'page=2', (f: WorkFilter) => withSort(f, { by: 'kudos', reversed: true, seed: null }), 'sort=-kudos'],
  ['turns the page', 'tag=A', (f: WorkFilter) => withPage(f, 7), 'tag=A&page=7'],
  ['goes back', 'tag=A&page=7', onlyFirstPage, 'tag=A'],
])('%s', (_, before, change, after) => {
  expect(printFilter(change(filterOf(before)))).toBe(after);
});

test('conditions are the same however they were typed, and of one field', () => {
  expect(sameLeaf(tag('B', 'A'), tag('a', 'b ', 'B'))).toBe(true);
  expect(sameLeaf(tag('A'), { field: 'fandom', names: ['A'] })).toBe(false);
  expect(sameLeaf({ field: 'series', ids: ['a'] }, { field: 'series', ids: ['A'] })).toBe(false);
  expect(sameLeaf({ field: 'words', from: 1, to: null }, { field: 'words', from: 1, to: 1 })).toBe(false);
  expect(sameLeaf(bees, { ...bees, phrase: true })).toBe(false);
});

test('a condition that was added can be taken out again, and every change is in normal form', () => {
  fc.assert(
    fc.property(anyFilter, anyLeaf, fc.constantFrom('include' as const, 'exclude' as const), (filter, leaf, side) => {
      const added = withLeaf(filter, leaf, side);
      const removed = withoutLeaf(added, leaf);
      expect(added.page).toBe(1);
      expect(normalFilter(added)).toEqual(added);
      expect(normalFilter(removed)).toEqual(removed);
      expect([...removed.include, ...removed.exclude].some((one) => sameLeaf(one, leaf))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('adding what is there changes nothing but the page', () => {
  fc.assert(
    fc.property(anyFilter, anyParameterLeaf, (filter, leaf) => {
      const once = withLeaf(filter, leaf, 'include');
      expect(withLeaf(once, leaf, 'include')).toEqual(once);
    }),
    { numRuns: 200 },
  );
});
