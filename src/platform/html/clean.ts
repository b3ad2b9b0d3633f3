/**
 * The one place where people's text becomes HTML. Whatever comes in (typed, pasted from a word processor, Markdown, an
 * imported book, an attack), what goes out is allow-listed, well-formed, stays inside its box, asks no other host for
 * anything, and is the same when it is cleaned again.
 *
 *     source ─ markdown.ts, plain-text.ts ─ tame.ts ─ HTML parser ─ shape.ts ─ hast-util-sanitize ─ blocks.ts ─ HTML
 */
import { asHtml, type TextFormat } from './as-html.ts';
import { plainCharacters } from './characters.ts';
import { cleanHtml } from './clean-html.ts';
import { countWords } from './words.ts';

/** Version of these rules, stored beside every cleaned text; raised whenever the same source would come out otherwise. */
export const CLEAN_RULES = 1;

/** Twenty times the field's limit for a chapter: imports over that limit are kept whole, a whole disk is not. */
export const MAX_SOURCE_CHARACTERS = 10_000_000;

export type { TextFormat };

export interface CleanOptions {
  /** An earlier cleaned version of the same text; its block ids are carried over by difference. */
  previous?: string;
}

export type CleanRefusal = 'too-large' | 'not-text' | 'too-slow';

export type CleanResult =
  | {
      ok: true;
      html: string;
      /** The version of the rules that made it. */
      rules: number;
      words: number;
      /** One plain sentence for each thing that was changed and that a person may want to know. */
      notes: string[];
    }
  | { ok: false; refusal: CleanRefusal };

/**
 * Takes a source and its notation; returns cleaned HTML with block ids, its words and notes. Refused: a source over
 * MAX_SOURCE_CHARACTERS (`too-large`), and one that is a file of another kind (`not-text`). `too-slow` is told only by
 * the cleaner that watches the clock (cleaner.ts).
 */
export function clean(source: string, format: TextFormat, options: CleanOptions = {}): CleanResult {
  if (source.length > MAX_SOURCE_CHARACTERS) return { ok: false, refusal: 'too-large' };
  if (isBinary(source)) return { ok: false, refusal: 'not-text' };
  const { html, notes } = cleanHtml(asHtml({ format, source: plainCharacters(source) }), options.previous);
  return { ok: true, html, rules: CLEAN_RULES, words: countWords(html), notes };
}

/** A picture or archive read as text: more than a few NUL characters, which no text has. */
function isBinary(source: string): boolean {
  let count = 0;
  for (let at = source.indexOf('\u0000'); at !== -1; at = source.indexOf('\u0000', at + 1)) {
    count += 1;
    if (count > 8 && count * 200 > at) return true;
  }
  return false;
}
