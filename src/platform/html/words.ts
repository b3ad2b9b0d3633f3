/**
 * Counts words as Archive of Our Own counts them, since challenges have minimums and readers filter by length:
 * a word is a run of letters and digits; apostrophes and hyphens inside join, `--` and dashes part; Han, Hiragana,
 * Katakana and Thai are counted by character.
 */
import { textOf } from './text.ts';

const PARTS = 0;
const JOINS = 1;
const WORD = 2;
const ALONE = 3;

const COUNTED_ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u30fc]/u;
const IN_WORDS = /[\p{L}\p{N}\p{M}]/u;
/** Apostrophes, hyphens, the underscore, and what is not seen: soft hyphen, joiners, direction marks. */
const JOINERS = /['‘’ʼ＇\-‐‑_\u00ad\u200c-\u200f\u2060\u202a-\u202e\u2066-\u2069]/u;

const HYPHEN = 45;

/** What each character of the first plane does, filled in as it is met; 255 is not known yet. */
const known = new Uint8Array(0x10000).fill(255);

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  if (JOINERS.test(character)) return JOINS;
  if (COUNTED_ALONE.test(character) && IN_WORDS.test(character)) return ALONE;
  return IN_WORDS.test(character) ? WORD : PARTS;
}

function classOf(code: number): number {
  if (code > 0xffff) return classify(code);
  const found = known[code] ?? 255;
  if (found !== 255) return found;
  const made = classify(code);
  known[code] = made;
  return made;
}

/** Takes plain text; returns the number of words in it. */
export function countWordsInText(text: string): number {
  let words = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdbff) {
      code = text.codePointAt(at) ?? code;
      if (code > 0xffff) at += 1;
    }
    const kind = classOf(code);
    if (kind === WORD) {
      if (!inWord) words += 1;
      inWord = true;
    } else if (kind === ALONE) {
      words += 1;
      inWord = false;
    } else if (kind === PARTS || (code === HYPHEN && text.charCodeAt(at + 1) === HYPHEN)) {
      inWord = false;
    }
  }
  return words;
}

/**
 * Takes cleaned HTML; returns the number of words in its text. Blocks and line breaks part words, inline elements do
 * not; readings beside ruby are not counted again.
 */
export function countWords(html: string): number {
  return countWordsInText(textOf(html, '\n', false));
}
