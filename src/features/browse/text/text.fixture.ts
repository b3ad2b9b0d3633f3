/** What tests of full text search look for. */
import fc from 'fast-check';
import type { TextLeaf } from '../filter/work-filter.ts';

/** A leaf that looks for one word; the rest as said. */
export function leaf(words: string, more: Partial<TextLeaf> = {}): TextLeaf {
  return { field: 'text', place: null, words, phrase: false, prefix: false, near: null, ...more };
}

export const phrase = (words: string, more: Partial<TextLeaf> = {}): TextLeaf => leaf(words, { phrase: true, ...more });

/** Any characters at all, halves of characters among them. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0x3000 })), { maxLength })
    .map((codes) => String.fromCodePoint(...codes));
