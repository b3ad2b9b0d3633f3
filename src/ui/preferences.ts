/**
 * How a reader likes to read: values, their order from least to most, and the two cookies that carry them.
 * Anything unreadable in a cookie or form falls back to the default of that one setting.
 */

export const themes = ['system', 'light', 'dark', 'sepia'] as const;
export const sizes = ['1', '2', '3', '4', '5'] as const;
export const faces = ['literata', 'atkinson', 'opendyslexic'] as const;
export const measures = ['narrow', 'medium', 'wide'] as const;
export const leadings = ['close', 'normal', 'open'] as const;
export const switches = ['off', 'on'] as const;

export type Theme = (typeof themes)[number];

export interface ReadingPreferences {
  size: (typeof sizes)[number];
  face: (typeof faces)[number];
  measure: (typeof measures)[number];
  leading: (typeof leadings)[number];
  justify: (typeof switches)[number];
  indents: (typeof switches)[number];
}

export interface Preferences extends ReadingPreferences {
  theme: Theme;
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  size: '3',
  face: 'literata',
  measure: 'medium',
  leading: 'normal',
  justify: 'off',
  indents: 'off',
};

/** Cookie names. Both are readable by nobody but the server (HttpOnly) and hold nothing about the person. */
export const themeCookie = 'theme';
export const readingCookie = 'reading';

/** The theme a form field or cookie names; the system's own for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return oneOf(themes, value, defaultPreferences.theme);
}

/** Reading settings from the fields of the reading form (`justify` and `indents` are radios or absent = off). */
export function parseReadingForm(field: (name: keyof ReadingPreferences) => string | undefined): ReadingPreferences {
  return {
    size: oneOf(sizes, field('size'), defaultPreferences.size),
    face: oneOf(faces, field('face'), defaultPreferences.face),
    measure: oneOf(measures, field('measure'), defaultPreferences.measure),
    leading: oneOf(leadings, field('leading'), defaultPreferences.leading),
    justify: oneOf(switches, field('justify'), 'off'),
    indents: oneOf(switches, field('indents'), 'off'),
  };
}

/** The value of the reading cookie: six words joined by dots, safe in a cookie without escaping. */
export function writeReadingCookie(reading: ReadingPreferences): string {
  return readingOrder.map((name) => reading[name]).join('.');
}

/** Reading settings from the cookie's value, each falling back on its own. */
export function parseReadingCookie(value: string | undefined): ReadingPreferences {
  const parts = (value ?? '').split('.');
  return parseReadingForm((name) => parts[readingOrder.indexOf(name)]);
}

/** Both cookies at once, as a page's `site.preferences` wants them. */
export function parsePreferences(theme: string | undefined, reading: string | undefined): Preferences {
  return { theme: parseTheme(theme), ...parseReadingCookie(reading) };
}

const readingOrder = ['size', 'face', 'measure', 'leading', 'justify', 'indents'] as const;

function oneOf<T extends string>(allowed: readonly T[], value: string | undefined, otherwise: T): T {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}
