/** The language of a text: named where it is clear, left open where it is not. */
import { expect, test } from 'vitest';
import { guessLanguage } from './guess-language.ts';

test.each([
  ['en', 'She put the kettle on and waited for the boat, which did not come until the morning after the storm.'],
  ['de', 'Sie stellte den Kessel auf und wartete auf das Boot, das erst am Morgen nach dem Sturm kam.'],
  ['fr', 'Elle mit la bouilloire sur le feu et attendit le bateau, qui ne vint que le lendemain de la tempête.'],
  ['ru', 'Она поставила чайник и стала ждать лодку, которая пришла только утром после бури.'],
  ['yi', 'זי האָט אַװעקגעשטעלט דעם טשײַניק און געװאַרט אױף דער שיף, װאָס איז געקומען ערשט אין דער פֿרי נאָך דעם שטורעם.'],
])('%s is known', (language, text) => {
  expect(guessLanguage(text)).toBe(language);
});

test('English is not taken for Yiddish, with which the library confuses it', () => {
  const text =
    'By the time, however, that the fog had thoroughly disappeared, the sun had made its way down behind the gentle hills, and the harbour lay in the shade.';
  expect(guessLanguage(text)).toBe('en');
});

test('what could be of several languages is of none', () => {
  expect(guessLanguage('Tom, Anna, Maria')).toBeNull();
  expect(guessLanguage('1234')).toBeNull();
});
