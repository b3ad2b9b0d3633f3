/** Numbers as headings have them: digits, Roman numerals, words. No side effects. */

const NUMBER_WORDS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

export function romanNumber(written: string): number {
  const upper = written.toUpperCase();
  if (!/^(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(upper)) return Number.NaN;
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 };
  let sum = 0;
  for (let i = 0; i < upper.length; i += 1) {
    const value = values[upper[i] ?? ''] ?? 0;
    sum += value < (values[upper[i + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}

/** Digits, a numeral or a word up to twenty; NaN for anything else. */
export function numberOf(written: string): number {
  if (/^\d{1,3}$/.test(written)) return Number(written);
  const lower = written.toLowerCase();
  const word = NUMBER_WORDS.indexOf(lower) + 1 || ORDINALS.indexOf(lower) + 1;
  return word || (/^(?:[ivxl]+|[IVXL]+)$/.test(written) ? romanNumber(written) : Number.NaN);
}
