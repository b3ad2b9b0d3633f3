/** Tells a text that has lost its paragraphs on the way here from one that has long ones. Pure. */
import { plainText } from './text.ts';
import { countWordsInText } from './words.ts';

/** Hardly a paragraph of a story is longer; what comes out of a box that knew no paragraphs is, nearly always. */
const WORDS_WITHOUT_A_BREAK = 1_000;
/** A word takes two characters at least; shorter lines need no counting. */
const FEWEST_CHARACTERS = 2 * WORDS_WITHOUT_A_BREAK;

/** Takes clean HTML; true when more than a thousand words stand in it without a line's end. */
export function isWithoutParagraphs(html: string): boolean {
  if (html.length < FEWEST_CHARACTERS) return false;
  return plainText(html)
    .split('\n')
    .some((line) => line.length >= FEWEST_CHARACTERS && countWordsInText(line) > WORDS_WITHOUT_A_BREAK);
}
