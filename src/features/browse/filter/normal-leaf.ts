/** The normal form of one condition: what differs only in how it was typed becomes the same value. */
import { choicesFrom, tidy } from './choices.ts';
import { choicesOf, isListLeaf, listLeaf, type ParameterLeaf } from './fields.ts';
import { MOST_NEAR } from './limits.ts';
import { BREAKS_WORDS, isBareWord, isSearchable } from './words.ts';
import type { Leaf, TextLeaf } from './work-filter.ts';

/** @returns null for a condition that asks for nothing: an empty list, a range open at both ends, words without a letter. */
export function normalLeaf(leaf: Leaf): Leaf | null {
  return leaf.field === 'text' ? normalText(leaf) : normalParameter(leaf);
}

/** Lists tidy, sorted and without doubles. */
export function normalParameter(leaf: ParameterLeaf): ParameterLeaf | null {
  if (isListLeaf(leaf)) {
    const choices = choicesFrom(leaf.field, choicesOf(leaf));
    return choices.length === 0 ? null : listLeaf(leaf.field, choices);
  }
  return 'from' in leaf && leaf.from === null && leaf.to === null ? null : leaf;
}

/**
 * Tidy words; a star at their end becomes `prefix`; what cannot stand in `q` without quotation marks becomes a phrase;
 * `near` with fewer than two words is none.
 */
export function normalText(leaf: TextLeaf): TextLeaf | null {
  return leaf.near === null ? normalWords(leaf) : normalNear(leaf, leaf.near);
}

function normalWords(leaf: TextLeaf): TextLeaf | null {
  const { words, starred } = withoutStars(tidy(leaf.words));
  if (!isSearchable(words)) return null;
  const phrase = leaf.phrase || !isBareWord(words, leaf.place);
  return { field: 'text', place: leaf.place, words, phrase, prefix: leaf.prefix || starred, near: null };
}

function normalNear(leaf: TextLeaf, near: number): TextLeaf | null {
  const pieces = tidy(leaf.words).split(BREAKS_WORDS).filter(isSearchable);
  const { words, starred } = withoutStars(pieces.join(' '));
  const prefix = leaf.prefix || starred;
  if (pieces.length < 2) return normalWords({ ...leaf, words, prefix, phrase: false, near: null });
  const apart = Math.min(Math.max(Math.trunc(near), 1), MOST_NEAR);
  return { field: 'text', place: leaf.place, words, phrase: false, prefix, near: apart };
}

/** Stars at the end, with spaces between, counted off from the back: no regular expression to be led astray by thousands. */
function withoutStars(text: string): { words: string; starred: boolean } {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '*' || text[end - 1] === ' ')) end -= 1;
  return { words: text.slice(0, end), starred: end < text.length };
}
