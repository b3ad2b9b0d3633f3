import { expect, test } from 'vitest';
import { localeOf } from './site-view.ts';

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
  ['de-1996-1996, fr', 'fr'],
  ['*', 'en'],
  ['x-klingon, ;;;, en-GB', 'en-GB'],
  ['', 'en'],
])('of %j the first that numbers can be written in', (accepted, locale) => {
  expect(localeOf(accepted)).toBe(locale);
});
