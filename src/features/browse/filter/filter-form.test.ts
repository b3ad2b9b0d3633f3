import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyFilter } from './arbitrary.fixture.ts';
import { filterFromForm } from './filter-form.ts';
import { printFilter } from './print-filter.ts';
import { readFilter } from './read-filter.ts';

function printed(query: string): string {
  const reading = filterFromForm(new URLSearchParams(query));
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes));
  return printFilter(reading.filter);
}

test.each([
  ['form=1&words-from=1000&words-to=5000', 'words=1000..5000'],
  ['words-from=1,000&words-to=', 'words=1000..'],
  ['words-from=&words-to=10+000', 'words=..10000'],
  ['kudos-from=5&kudos-to=5', 'kudos=5'],
  ['posted-from=2026-01-01&posted-to=2026-06', 'posted=2026-01-01..2026-06'],
  ['updated-from=30d&updated-to=', 'updated=30d..'],
  ['fandom-any=B,+A', 'fandom=A,B'],
  ['fandom-any=B,A&fandom-any=C', 'fandom=A,B&fandom=C'],
  ['main=A&main-any=B,+C', 'main=A,B,C'],
  ['tag=A&tag-more=B,+A%0AC、D', 'tag=A&tag=B&tag=C&tag=D'],
  ['not-tag-more=A,B&not-tag=C', 'not-tag=A&not-tag=B&not-tag=C'],
  ['rating=A&rating-more=B,C', 'rating=A,B,C'],
  ['words-from=&words-to=&fandom-any=&fandom-more=&not-fandom-more=&q=&complete=', ''],
  ['q=kudos>5+bees&sort=kudos&in=text', 'q=kudos:6..+bees&in=text&sort=kudos'],
])('%s is %s', (query, expected) => {
  expect(printed(query)).toBe(expected);
});

describe('mistakes name the field of the form', () => {
  test.each([
    ['words-from=many', 'words-from', 'words-from takes a whole number, not "many".'],
    [
      'posted-to=2026-02-30',
      'posted-to',
      'posted-to takes a date like 2026-01-31 that the calendar has, not "2026-02-30".',
    ],
    ['words-from=9&words-to=5', 'words-from', 'words has its ends the wrong way round: write 5..9.'],
    ['not-words-from=9', 'not-words-from', 'There is no parameter "not-words-from".'],
    ['complete-more=yes', 'complete-more', 'There is no parameter "complete-more".'],
    ['fandom-from=A', 'fandom-from', 'There is no parameter "fandom-from".'],
    ['not-fandom-any=A', 'not-fandom-any', 'There is no parameter "not-fandom-any".'],
    ['fandon-more=', 'fandon-more', 'There is no parameter "fandon-more".'],
    ['page=x', 'page', 'page takes a whole number from 1, not "x".'],
  ])('%s', (query, parameter, sentence) => {
    expect(filterFromForm(new URLSearchParams(query))).toEqual({
      mistakes: [expect.objectContaining({ parameter, sentence })],
    });
  });

  test('both ends of a range are told at once', () => {
    const reading = filterFromForm(new URLSearchParams('words-from=x&words-to=y'));
    expect(reading).toMatchObject({ mistakes: [{ parameter: 'words-from' }, { parameter: 'words-to' }] });
  });
});

test('what an address says, the form may say', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const params = new URLSearchParams(printFilter(filter));
      expect(filterFromForm(params)).toEqual(readFilter(params));
    }),
    { numRuns: 200 },
  );
});

test('hundreds of empty fields cost nothing; a list of 101 names, 201 filled fields and 10 KB are refused', () => {
  const empty = Array.from({ length: 500 }, (): [string, string] => ['words-from', ' ']);
  expect(filterFromForm([...empty, ['words-to', '5']])).toHaveProperty('filter');
  const names = Array.from({ length: 101 }, (_, at) => `n${at}`).join(',');
  for (const bad of [
    [['fandom-more', names]],
    [['fandom-any', names]],
    [['not-tag-more', 'a'.repeat(10_000)]],
    Array.from({ length: 201 }, () => ['tag', 'a']),
  ] as [string, string][][]) {
    expect(filterFromForm(bad)).toMatchObject({ mistakes: [expect.anything()] });
  }
});
