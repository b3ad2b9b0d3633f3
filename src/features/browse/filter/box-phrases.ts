/** Which words of the search box could be names of tags: single ones, phrases, and runs of up to six words. */
import { tidy } from './choices.ts';
import { isLeaf } from './expressions.ts';
import type { Expression, TextLeaf } from './work-filter.ts';

/** Words of the search box that could be a name. */
export interface BoxPhrase {
  /** As typed, without quotation marks and minus; never holds a comma. */
  text: string;
  /** A minus stood before it: works under this name are not wanted. */
  negated: boolean;
  quoted: boolean;
  /** Which of the conditions that `q` joins it covers, counted from 0, ascending and without gaps. */
  covers: readonly number[];
}

/** A part of the box with its place in the text. */
export interface BoxPart {
  start: number;
  end: number;
  /** What it leaves in `q`: nothing for a condition that was moved, and for `&`. */
  says: readonly Expression[];
  /** The place in `q` of the first of these. */
  first: number;
  /** No run of words goes on across it. */
  breaks: boolean;
}

/** Names of tags are rarely longer, and each run is one look into the archive. */
const LONGEST_RUN = 6;

/**
 * @returns the most words first, then from left to right. In a run stand plain words beside each other, with what says
 * nothing between them, so that `Holmes & Watson` and `Sherlock (TV)` can be found; and a phrase after a plain word, for
 * `James "Bucky" Barnes`. At most six for each word.
 */
export function phrasesOf(text: string, parts: readonly BoxPart[]): BoxPhrase[] {
  const phrases = parts.flatMap((part, at) => [...single(part), ...runsFrom(text, parts, at)]);
  return phrases.sort((one, other) => other.covers.length - one.covers.length || firstOf(one) - firstOf(other));
}

function firstOf(phrase: BoxPhrase): number {
  return phrase.covers[0] ?? 0;
}

/** A phrase in quotation marks, or anything denied. A plain word is a run of one. */
function single(part: BoxPart): BoxPhrase[] {
  const [said, more] = part.says;
  if (said === undefined || more !== undefined) return [];
  const negated = 'not' in said;
  const leaf = negated ? said.not : said;
  if (!isNameLike(leaf) || (!negated && !leaf.phrase)) return [];
  const words = withoutCommas(leaf.words);
  return words === null ? [] : [{ text: words, negated, quoted: leaf.phrase, covers: [part.first] }];
}

function runsFrom(text: string, parts: readonly BoxPart[], start: number): BoxPhrase[] {
  const runs: BoxPhrase[] = [];
  const covers: number[] = [];
  for (let at = start; at < parts.length; at += 1) {
    const part = parts[at];
    const before = parts[at - 1];
    const first = parts[start];
    if (part === undefined || first === undefined || part.breaks) break;
    if (at > start && before !== undefined && text.slice(before.end, part.start).trim() !== '') break;
    if (part.says.length === 0 && at > start) continue;
    if (!(isPlain(part) || (at > start && isPhrase(part))) || covers.length + part.says.length > LONGEST_RUN) break;
    covers.push(...part.says.map((_, offset) => part.first + offset));
    const words = withoutCommas(tidy(text.slice(first.start, part.end)));
    if (words !== null) runs.push({ text: words, negated: false, quoted: false, covers: [...covers] });
  }
  return runs;
}

/** Plain words alone, in parentheses or not. */
function isPlain(part: BoxPart): boolean {
  return part.says.length > 0 && part.says.every((said) => isNameLike(said) && !said.phrase);
}

function isPhrase({ says: [said, more] }: BoxPart): boolean {
  return said !== undefined && more === undefined && isNameLike(said) && said.phrase;
}

function isNameLike(expression: Expression): expression is TextLeaf {
  if (!isLeaf(expression) || expression.field !== 'text') return false;
  return expression.place === null && expression.near === null && !expression.prefix;
}

/** Commas at the ends are somebody's list; within, they part two names. */
function withoutCommas(words: string): string | null {
  const name = words.replace(/^[\s,]+/, '').replace(/(?<![\s,])[\s,]+$/, '');
  return name === '' || name.includes(',') ? null : name;
}
