import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyFilter } from './arbitrary.fixture.ts';
import { describeFilter, describeLeaf, describeSort } from './describe.ts';
import { normalFilter } from './normal-filter.ts';
import { printFilter } from './print-filter.ts';
import { readFilter } from './read-filter.ts';
import { readSort } from './sorts.ts';
import type { WorkFilter } from './work-filter.ts';

function filterOf(query: string): WorkFilter {
  const reading = readFilter(new URLSearchParams(query));
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes));
  return reading.filter;
}

test.each([
  ['words=5001..', 'more than 5,000 words'],
  ['words=5000..', 'at least 5,000 words'],
  ['words=..4999', 'fewer than 5,000 words'],
  ['words=..5000', 'at most 5,000 words'],
  ['words=1000..5000', '1,000 to 5,000 words'],
  ['chapters=1', 'exactly 1 chapter'],
  ['kudos=1..', 'at least 1 kudos'],
  ['comments=0', 'no comments'],
  ['tags=..9', 'fewer than 10 additional tags'],
  ['posted=30d..', 'posted in the last 30 days'],
  ['posted=1d..', 'posted since yesterday'],
  ['updated=0d..', 'updated today'],
  ['updated=..30d', 'updated 30 days ago or earlier'],
  ['updated=60d..30d', 'updated from 60 days ago to 30 days ago'],
  ['posted=2026', 'posted in 2026'],
  ['posted=2026-01', 'posted in January 2026'],
  ['posted=2026-01-31', 'posted on 31 January 2026'],
  ['posted=2026-01..', 'posted since January 2026'],
  ['posted=..2026-06-30', 'posted until 30 June 2026'],
  ['posted=2026-01..2026-06', 'posted from January 2026 to June 2026'],
  ['character=Sherlock+Holmes,John+Watson', 'John Watson or Sherlock Holmes'],
  ['crossover=no', 'no crossovers'],
  ['complete=yes', 'complete works'],
  ['not-fandom=A', 'A'],
  ['q=bees', '“bees”'],
  ['q=-title:"the+bees"', 'not “the bees” in the title'],
  ['q=NEAR(bees+sussex,+10)', '“bees sussex” within 10 words'],
  ['q=lighth*', '“lighth…”'],
  ['q=bees&in=text', '“bees”, in the stories too'],
  ['q=-(a+b)&in=text', 'not (“a” and “b”), in the stories too'],
  ['q=title:bees&in=text', '“bees” in the title'],
  ['q=words>5000&in=text', 'more than 5,000 words'],
  ['q=fandom:A+OR+(tag:"B+C"+words>5000)', 'fandom A or (additional tag B C and more than 5,000 words)'],
])('%s reads: %s', (query, text) => {
  expect(describeFilter(filterOf(query)).map((phrase) => phrase.text)).toEqual([text]);
});

test('each condition says what it is, and how to take it out', () => {
  const phrases = describeFilter(filterOf('fandom=A&not-tag=B&words=5..&q=bees+-(a+b)&page=9'));
  const told = phrases.map(({ side, kind, label, denied, without }) => [
    side,
    kind,
    label,
    denied,
    printFilter(without),
  ]);
  expect(told).toEqual([
    ['include', 'fandom', 'Fandom', false, 'words=5..&not-tag=B&q=bees+-(a+b)'],
    ['include', 'words', 'Words', false, 'fandom=A&not-tag=B&q=bees+-(a+b)'],
    ['exclude', 'tag', 'Additional tag', true, 'fandom=A&words=5..&q=bees+-(a+b)'],
    ['q', 'text', 'Text', false, 'fandom=A&words=5..&not-tag=B&q=-(a+b)'],
    ['q', 'several', 'Conditions', true, 'fandom=A&words=5..&not-tag=B&q=bees'],
  ]);
});

test('the archive can say what it knows better', () => {
  const words = {
    number: (value: number) => `<${value}>`,
    choice: (field: string, choice: string) =>
      field === 'series' && choice === 'k3m' ? 'The Bees, Part 2' : undefined,
  };
  const phrases = describeFilter(filterOf('series=k3m,x&words=..5000'), words);
  expect(phrases.map(({ text }) => text)).toEqual(['The Bees, Part 2 or x', 'at most <5000> words']);
  expect(describeLeaf({ field: 'words', from: 5, to: null })).toEqual({ kind: 'Words', text: 'at least 5 words' });
});

test.each([
  ['updated', 'newest first'],
  ['-updated', 'oldest first'],
  ['kudos', 'most kudos first'],
  ['-words', 'fewest words first'],
  ['title', 'by title, A to Z'],
  ['random:7', 'shuffled'],
  ['relevance', 'best match first'],
])('sort=%s reads: %s', (value, text) => {
  const sort = readSort(value);
  expect(sort && describeSort(sort)).toBe(text);
});

test('taking out every condition, one after another, leaves none; each step is in normal form', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      let left = filter;
      for (let phrases = describeFilter(left); phrases.length > 0; phrases = describeFilter(left)) {
        const first = phrases[0];
        expect(phrases.every(({ text }) => text !== '')).toBe(true);
        left = first?.without ?? left;
        expect(normalFilter(left)).toEqual(left);
        expect(describeFilter(left)).toHaveLength(phrases.length - 1);
      }
      expect([...left.include, ...left.exclude, left.q]).toEqual([null]);
    }),
    { numRuns: 150 },
  );
});
