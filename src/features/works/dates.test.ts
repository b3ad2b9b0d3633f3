/** Days and minutes as forms send them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayField, dayFrom, minuteField, minuteFrom } from './dates.ts';

const NOW = Date.UTC(2026, 10, 3, 18, 30, 12);

describe('a day', () => {
  test.each([
    ['2026-11-02', Date.UTC(2026, 10, 2)],
    ['1950-01-01', Date.UTC(1950, 0, 1)],
    ['2026-11-03', NOW],
    ['', null],
  ])('%s', (typed, at) => expect(dayFrom(typed, NOW)).toBe(at));

  test.each([
    '2026-11-04',
    '9999-12-31',
    '1949-12-31',
    '2023-02-29',
    '2023-2-1',
    '02/11/2026',
    'yesterday',
    '0001-01-01',
  ])('%s is refused with a sentence', (typed) => expect(dayFrom(typed, NOW)).toMatch(/\.$/));

  test('that is written is the one that was read', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(Date.UTC(1950, 0, 1)), max: new Date(NOW), noInvalidDate: true }), (date) => {
        const read = dayFrom(dayField(date.getTime()), NOW);
        expect(dayField(typeof read === 'number' ? read : null)).toBe(dayField(date.getTime()));
      }),
    );
  });
});

describe('a minute', () => {
  test('is in UTC, with or without seconds', () => {
    expect(minuteFrom('2026-11-03T18:31', NOW)).toBe(Date.UTC(2026, 10, 3, 18, 31));
    expect(minuteFrom('2026-11-03T18:31:00', NOW)).toBe(Date.UTC(2026, 10, 3, 18, 31));
    expect(minuteField(Date.UTC(2026, 10, 3, 18, 31))).toBe('2026-11-03T18:31');
  });

  test.each(['2026-11-03T18:30', '2026-02-30T10:00', '2050-01-01T00:00', '2026-11-03', '', 'soon'])(
    '%s is refused with a sentence',
    (typed) => expect(minuteFrom(typed, NOW)).toMatch(/\.$/),
  );
});
