import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayRange, firstDay, isCalendarDate, lastDay, neighbour } from './dates.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test.each([
  ['2026', '2026-01-01', '2026-12-31'],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-12', '2026-12-01', '2026-12-31'],
  ['2026-01-31', '2026-01-31', '2026-01-31'],
  ['1969', '1969-01-01', '1969-12-31'],
])('%s lasts from %s to %s', (date, first, last) => {
  expect(dayRange({ date }, { date }, 0)).toEqual({ from: day(first), to: day(last) });
});

test('days ago are counted from today, and an open end stays open', () => {
  const today = day('2026-03-01');
  expect(dayRange({ daysAgo: 30 }, null, today)).toEqual({ from: day('2026-01-30'), to: null });
  expect(dayRange(null, { daysAgo: 0 }, today)).toEqual({ from: null, to: today });
});

test.each([
  '2026-02-29',
  '2026-13',
  '2026-00',
  '2026-1',
  '26',
  '0999',
  '10000',
  '2026-04-31',
  '2026-01-01T00',
  ' 2026',
  '',
])('the calendar has no %j', (text) => {
  expect(isCalendarDate(text)).toBe(false);
  expect(() => firstDay(text)).toThrow(RangeError);
});

test('what is beside a date touches it, and is of its kind', () => {
  const dates = fc
    .tuple(
      fc.date({ min: new Date('1001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }),
      fc.constantFrom(4, 7, 10),
    )
    .map(([date, length]) => date.toISOString().slice(0, length));
  fc.assert(
    fc.property(dates, (date) => {
      const next = neighbour(date, 1) ?? '';
      expect(next).toHaveLength(date.length);
      expect(firstDay(next)).toBe(lastDay(date) + 1);
      expect(neighbour(next, -1)).toBe(date);
    }),
  );
});

test('beyond the years 1000 to 9999 there is nothing', () => {
  expect([neighbour('9999', 1), neighbour('9999-12-31', 1), neighbour('1000-01', -1)]).toEqual([null, null, null]);
});
