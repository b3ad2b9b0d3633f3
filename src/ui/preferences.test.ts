import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as all from './preferences.ts';

const anyReading = fc.record({
  size: fc.constantFrom(...all.sizes),
  face: fc.constantFrom(...all.faces),
  measure: fc.constantFrom(...all.measures),
  leading: fc.constantFrom(...all.leadings),
  justify: fc.constantFrom(...all.switches),
  indents: fc.constantFrom(...all.switches),
});

test('the reading cookie comes back as it was written, in characters a cookie may hold', () => {
  fc.assert(
    fc.property(anyReading, (reading) => {
      const cookie = all.writeReadingCookie(reading);
      expect(cookie).toMatch(/^[a-z0-9.]+$/);
      expect(all.parseReadingCookie(cookie)).toEqual(reading);
    }),
  );
});

test('what cannot be read falls back by itself', () => {
  const { theme, ...reading } = all.defaultPreferences;
  expect(all.parseTheme('neon')).toBe(theme);
  expect(all.parseReadingCookie(undefined)).toEqual(reading);
  expect(all.parseReadingCookie('5.papyrus.wide')).toEqual({ ...reading, size: '5', measure: 'wide' });
});

test('an unticked box, which a form does not send, is off', () => {
  expect(all.parseReadingForm((name) => (name === 'indents' ? 'on' : undefined))).toMatchObject({
    justify: 'off',
    indents: 'on',
  });
});
