/** What counts as words in a form that was not taken: in every script, and never a choice or an address. */
import { expect, test } from 'vitest';
import { isWords } from './NotSentPage.tsx';

test.each([
  ['the heron waited', 'anything'],
  ['雨が降っていた。', 'anything'],
  ['天下', 'anything'],
  ['ฝนตกทั้งวัน', 'anything'],
  ['비', 'anything'],
  ['Ungeheuerlich-langes-Wort-das-niemand-auswählt', 'anything'],
  ['https://elsewhere.example/a/story/that/goes/back', 'anything'],
  ['Rain', 'title'],
  ['Dracula', 'fandoms'],
])('%s is words', (value, name) => {
  expect(isWords(name, value)).toBe(true);
});

test.each([
  ['', 'title'],
  [' \n', 'text'],
  ['dark', 'theme'],
  ['2026-11-03', 'postedOn'],
  ['America/Argentina/ComodRivadavia', 'anything'],
  ['0123456789 0123456789', 'works'],
  ['/works?fandom=Dracula&sort=title&rating=general&page=12', 'return'],
])('%s is none', (value, name) => {
  expect(isWords(name, value)).toBe(false);
});
