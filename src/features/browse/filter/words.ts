/** Words of `q`: which ones can be looked for, and which can stand there without quotation marks. */
import { fieldOf, isOtherParameter, isTextPlace } from './fields.ts';
import type { TextPlace } from './work-filter.ts';

/** Quotation marks that a keyboard or a phone may write. */
export const QUOTES = '"“”„';
/** What ends a plain word. */
export const ENDS_WORD = /[\s"“”„()]/;
/** What stands between words of `NEAR`. */
export const BREAKS_WORDS = /[\s,"“”„()]+/;

const OPERATORS = new Set(['OR', 'AND', 'NOT', '||', '&&']);
/** `words>`, `not-fandom:`, `title=`: a name and what joins it to its value. */
const NAME_AND_SIGN = /^([a-z][a-z-]*)(>=|<=|[:<>=])/i;
/** `5`, `1,000-5,000`, `5..`, `..5`, `>5` */
const RANGE = /^(?:[<>]=?)?\d[\d,]*(?:(?:\.\.|-)\d[\d,]*|\.\.)?$|^\.\.\d[\d,]*$/;

/** A word without a letter or digit finds nothing anywhere, so `&` and `—` say nothing. */
export function isSearchable(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}

/** A name that `q` reads as a parameter or as a place where words are looked for, whatever its case. */
export function isKnownName(name: string): boolean {
  const lower = name.toLowerCase();
  return fieldOf(lower) !== null || isTextPlace(lower) || isOtherParameter(lower);
}

/**
 * `words:5..` → its name, sign and value, whether the name is known or not. Null for a word that is no such pair.
 */
export function nameAndValue(word: string): { name: string; sign: string; value: string } | null {
  const [whole, name, sign] = NAME_AND_SIGN.exec(word) ?? [];
  if (whole === undefined || name === undefined || sign === undefined) return null;
  return { name: name.toLowerCase(), sign, value: word.slice(whole.length) };
}

/** Whether a pair like `kudo>100` asks for a number, and so must be of a name that is known; `Re:Zero` is a word. */
export function comparesNumbers({ sign, value }: { sign: string; value: string }): boolean {
  return /[<>]/.test(sign) && /^\d/.test(value);
}

/** `tags:5..` counts tags; `tags:angst` looks for a word in them. */
export function readsAsRange(value: string): boolean {
  return RANGE.test(value);
}

/** Whether `q` reads the word, written without quotation marks, as this word and nothing else. */
export function isBareWord(word: string, place: TextPlace | null): boolean {
  if (ENDS_WORD.test(word) || /^[-<>=:]/.test(word) || OPERATORS.has(word)) return false;
  const pair = nameAndValue(word);
  if (pair !== null && (isKnownName(pair.name) || comparesNumbers(pair))) return false;
  return place !== 'tags' || !readsAsRange(word);
}
