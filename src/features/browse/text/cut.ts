/**
 * Cuts text into the words by which it is found: the same when a text is indexed and when somebody searches. Whatever
 * begins and ends where words do is found by typing it. The language of what is typed is not known, so nothing here asks for it. Pure.
 *
 * - Letters and digits make a word. An apostrophe inside joins (`don't` is `dont`, however it was typed) and `'s` at the
 *   end falls away; after a French or Italian article it parts (`l'amour` is found as `amour`). All else parts: `m/m`
 *   and `well-known` are two words each, and whoever types them so gets them side by side.
 * - Scripts that put no spaces between words are cut by character, each joined with the next one: 東京都 is 東京, 京都, 都.
 *   So any piece of such a text is found exactly, also a name that is in no dictionary. Hangul too, because particles
 *   stand at the end of its words.
 * - An emoji is a word.
 */
import { stemmer } from 'stemmer';
import { nameKey } from '../../../platform/db/name-key.ts';

/** A word of a text. */
export interface Word {
  /** What it is compared by: a-z, 0-9 and characters beyond ASCII; never empty, at most KEY_LENGTH long. */
  key: string;
  /** Where it stands in the text. A pair of characters overlaps the next one. */
  start: number;
  end: number;
}

/** A longer word is known by its beginning. */
export const KEY_LENGTH = 100;
/** So much of a word is looked at: marks without end can be heaped on a letter. */
const RAW_LENGTH = 400;
/** A longer one is no word of English. */
const STEM_LENGTH = 40;

const PARTS = 0;
const WORD = 1;
const APOSTROPHE = 2;
/** Not seen, and left out inside words: soft hyphens, joiners, direction marks. */
const UNSEEN = 3;
/** Belongs to the character before it. */
const MARK = 4;
const UNSPACED = 5;
const EMOJI = 6;
const UNKNOWN = 255;

const UNSEEN_ONE = /[\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]/u;
const APOSTROPHES = /['‘’ʼʻ＇]/u;
/** Marks, the marks of half-width kana, and the later parts of a syllable that Hangul can be spelled in. */
const MARKS = /[\p{M}\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7ff]/u;
const UNSPACED_SCRIPTS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Yi}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tai_Le}\p{scx=New_Tai_Lue}\p{scx=Tai_Tham}\p{scx=Tai_Viet}]/u;
const LETTERS = /[\p{L}\p{N}]/u;
const PICTURES = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Below it stand signs like © and ™, which are no pictures in a text. */
const FIRST_PICTURE = 0x2600;

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  if (UNSEEN_ONE.test(character)) return UNSEEN;
  if (APOSTROPHES.test(character)) return APOSTROPHE;
  if (MARKS.test(character)) return MARK;
  if (LETTERS.test(character)) return UNSPACED_SCRIPTS.test(character) ? UNSPACED : WORD;
  return code >= FIRST_PICTURE && PICTURES.test(character) ? EMOJI : PARTS;
}

/** What each character does, filled in as it is met. */
const known = new Uint8Array(0x110000).fill(UNKNOWN);

function classOf(code: number): number {
  const found = known[code] ?? PARTS;
  return found === UNKNOWN ? (known[code] = classify(code)) : found;
}

/** What French, Italian and Catalan shorten before a vowel. */
const SHORTENED = new Set(
  'c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu all bell coll dall dell gl nell quell quest sant sull un'.split(
    ' ',
  ),
);
const VOWEL = /^[aeiouhàáâäæèéêëìíîïòóôöœùúûü]/iu;

/** Takes any text; returns its words in order. */
export function cutWords(text: string): Word[] {
  const words: Word[] = [];
  /** Where the word that is being read began, -1 between words; and where its last letter ended. */
  let start = -1;
  let end = 0;
  /** Characters of an unspaced script that follow each other: the key of the last one, and where it stands. */
  let last: Word | null = null;

  const endWord = (): void => {
    if (start === -1) return;
    const key = keyOf(text.slice(start, end));
    if (key !== '') words.push({ key, start, end });
    start = -1;
  };
  const endCharacters = (): void => {
    if (last !== null) words.push(last);
    last = null;
  };

  for (let at = 0; at < text.length;) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) code = text.codePointAt(at) ?? code;
    const next = at + (code > 0xffff ? 2 : 1);
    const kind = classOf(code);
    if (kind === WORD) {
      if (start === -1) {
        endCharacters();
        start = at;
      }
      end = next;
    } else if (kind === MARK) {
      if (start !== -1) end = next;
    } else if (kind === APOSTROPHE && start !== -1 && classOf(text.codePointAt(next) ?? 0) === WORD) {
      if (isShortened(text, start, end, next)) endWord();
    } else if (kind === UNSPACED) {
      endWord();
      const after = endOfMarks(text, next);
      const key = keyOf(text.slice(at, after));
      if (key !== '') {
        if (last !== null) words.push({ key: last.key + key, start: last.start, end: after });
        last = { key, start: at, end: after };
      }
      at = after;
      continue;
    } else if (kind !== UNSEEN) {
      endWord();
      endCharacters();
      if (kind === EMOJI) words.push({ key: text.slice(at, next), start: at, end: next });
    }
    at = next;
  }
  endWord();
  endCharacters();
  return words;
}

function isShortened(text: string, start: number, end: number, next: number): boolean {
  return (
    end - start <= 7 && VOWEL.test(text.slice(next, next + 1)) && SHORTENED.has(text.slice(start, end).toLowerCase())
  );
}

function endOfMarks(text: string, from: number): number {
  let at = from;
  while (at < text.length && classOf(text.charCodeAt(at)) === MARK) at += 1;
  return at;
}

/** Whether a word is made of characters of a script without spaces: a pair of them, or the last one before something else. */
export function isUnspaced(word: Word): boolean {
  // A letter can be folded into a mark and a letter.
  return [...word.key].some((character) => classOf(character.codePointAt(0) ?? 0) === UNSPACED);
}

/** Keys that were made before, by the word as written. Most of a text are words that were met a moment ago. */
const made = new Map<string, string>();
const MADE_KEPT = 100_000;
/** A longer word is not worth a place. */
const MADE_LENGTH = 24;

function keyOf(raw: string): string {
  const found = made.get(raw);
  if (found !== undefined) return found;
  const key = stemmed(unstemmedKey(raw));
  if (raw.length <= MADE_LENGTH) {
    if (made.size >= MADE_KEPT) made.clear();
    made.set(raw, key);
  }
  return key;
}

const ENGLISH = /^[a-z]+$/;

/** Stems by Porter's rules, whatever the language: a word of a-z is cut the same in a text and in what is typed. */
export function stemmed(key: string): string {
  return key.length <= STEM_LENGTH && ENGLISH.test(key) ? stemmer(key) : key;
}

const ASCII_WORD = /^[0-9A-Za-z]+$/;
const POSSESSIVE = /['‘’ʼʻ＇]s$/iu;
const LEFT_OUT = /[\x00-\x2f\x3a-\x60\x7b-\x7f‘’ʼʻ\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Vowels and lengthening that writers of Hebrew and Arabic may leave out. */
const VOWEL_SIGNS = /[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
/** Letters that are typed for each other in Arabic, Persian and Russian. */
const SAME_LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ё: 'е',
};
const SAME = /[أإآٱىیکةё]/gu;

/** The key of one word before it is stemmed: for the beginning of a word. May be empty. */
export function unstemmedKey(raw: string): string {
  if (raw.length <= KEY_LENGTH && ASCII_WORD.test(raw)) return raw.toLowerCase();
  const folded = nameKey(raw.slice(0, RAW_LENGTH).toWellFormed().replace(POSSESSIVE, ''))
    .replace(LEFT_OUT, '')
    .replace(VOWEL_SIGNS, '')
    .replace(SAME, (letter) => SAME_LETTERS[letter] ?? letter);
  return shortened(folded);
}

function shortened(key: string): string {
  if (key.length <= KEY_LENGTH) return key;
  const beforeHalf = isHighHalf(key.charCodeAt(KEY_LENGTH - 1));
  return key.slice(0, beforeHalf ? KEY_LENGTH - 1 : KEY_LENGTH);
}

/** The first half of a character beyond the first plane. */
function isHighHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
