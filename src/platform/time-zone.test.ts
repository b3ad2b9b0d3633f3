/** Moments by the clocks of a zone, and back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay, localMinute, momentOfMinute, timeZoneFrom, timeZones } from './time-zone.ts';

test('a minute that was written is read as the moment that it was, in every zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...timeZones),
      fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2060, 0) / 60_000 }),
      (zone, minutes) => {
        const at = minutes * 60_000;
        const read = momentOfMinute(localMinute(at, zone), zone);
        // The hour that clocks show twice is the first of the two.
        expect(read === null ? null : localMinute(read, zone)).toBe(localMinute(at, zone));
        expect(read).toBeLessThanOrEqual(at);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['2026-11-03T18:30', 'UTC', Date.UTC(2026, 10, 3, 18, 30)],
  ['2026-11-04T09:00', 'Asia/Tokyo', Date.UTC(2026, 10, 4)],
  ['2026-07-01T00:15', 'Asia/Kathmandu', Date.UTC(2026, 5, 30, 18, 30)],
  // Clocks are set back: the first of the two.
  ['2026-10-25T02:30', 'Europe/Berlin', Date.UTC(2026, 9, 25, 0, 30)],
  // Clocks are set forward: there is none.
  ['2026-03-29T02:30', 'Europe/Berlin', null],
  ['2026-02-30T10:00', 'UTC', null],
  ['2026-02-30T10:00', 'Europe/Berlin', null],
  ['soon', 'UTC', null],
])('%s in %s', (minute, zone, at) => expect(momentOfMinute(minute, zone)).toBe(at));

test('a day is that of the clocks there', () => {
  expect(localDay(Date.UTC(2026, 10, 3, 23), 'Asia/Tokyo')).toBe('2026-11-04');
  expect(localDay(Date.UTC(2026, 10, 3, 3), 'America/New_York')).toBe('2026-11-02');
});

test('what is no zone is UTC', () => {
  expect(['Mars/Olympus', '', undefined, 'utc'].map(timeZoneFrom)).toEqual(['UTC', 'UTC', 'UTC', 'UTC']);
});
