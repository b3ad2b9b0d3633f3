import { expect, test } from 'vitest';
import { countOf, formatNumber, listOf, readingTime } from './numbers.ts';
import { formatDate, relativeHint } from './Time.tsx';

test('numbers follow the locale, and an unreadable locale is English', () => {
  expect(formatNumber(48213, 'en-GB')).toBe('48,213');
  expect(formatNumber(48213, 'de-DE')).toBe('48.213');
  expect(formatNumber(48213, 'ar-EG')).toMatch(/48.213/);
  expect(formatNumber(48213, '*;q=zero')).toBe('48,213');
});

test('nouns agree with their number', () => {
  expect(countOf(1, 'work', 'en')).toBe('1 work');
  expect(countOf(0, 'work', 'en')).toBe('0 works');
  expect(countOf(2, 'series', 'en', 'series')).toBe('2 series');
  expect(listOf(['a rating', 'a warning', 'a fandom'])).toBe('a rating, a warning and a fandom');
});

test('reading time is rough on purpose', () => {
  expect(readingTime(0, 'en', 'en')).toBeUndefined();
  expect(readingTime(150, 'en', 'en')).toBe('under a minute');
  expect(readingTime(9870, 'en', 'en')).toBe('about 40 min');
  expect(readingTime(48213, 'en', 'en')).toBe('about 3 h');
  expect(readingTime(1_204_311, 'en', 'en')).toBe('about 77 h');
  expect(readingTime(3570, 'ja', 'en')).toBe('about 10 min');
});

test('dates are absolute, with a hint that counts in days, weeks, months, years', () => {
  const now = Date.UTC(2026, 10, 21, 0, 5);
  expect(formatDate(Date.UTC(2026, 10, 3), 'de')).toBe('3 Nov 2026');
  expect(formatDate(Date.UTC(2026, 10, 3), 'en-US')).toBe('Nov 3, 2026');
  expect(relativeHint(Date.UTC(2026, 10, 20, 23, 59), now)).toBe('yesterday');
  expect(relativeHint(Date.UTC(2026, 10, 21), now)).toBe('today');
  expect(relativeHint(Date.UTC(2026, 10, 3), now)).toBe('2 weeks ago');
  expect(relativeHint(Date.UTC(2026, 11, 20), now)).toBe('in 4 weeks');
  expect(relativeHint(Date.UTC(2026, 4, 5), now)).toBe('6 months ago');
  expect(relativeHint(Date.UTC(2019, 4, 5), now)).toBe('7 years ago');
});
