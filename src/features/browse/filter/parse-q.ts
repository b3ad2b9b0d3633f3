/**
 * Reads `q`: words, "phrases", -word, OR, AND, NOT, parentheses, `field:value`, `field>n`, prefix*, NEAR(a b, 10), and
 * `title:` and its like. Bounded: the text is at most 2,000 characters, 20 deep and 300 conditions, or it is refused.
 */
import { normalExpression } from './expressions.ts';
import { MOST_CHARACTERS } from './limits.ts';
import { note, quoted, quotedPlain, type Refusal } from './mistakes.ts';
import { printQ } from './print-q.ts';
import { type QNode, expressionOf, treeOf } from './q-tree.ts';
import { tokensOf } from './q-tokens.ts';
import type { Expression, FilterMistake } from './work-filter.ts';

/** `expression` is in normal form; null when nothing is asked. */
export type QReading = { expression: Expression | null } | { mistakes: readonly FilterMistake[] };

/** Mistakes are of the parameter `q`. An order or `in:text` is refused here: they are parameters of their own. */
export function parseQ(text: string): QReading {
  const tree = readTree(text);
  if ('mistakes' in tree) return tree;
  if (holdsSettings(tree.root)) return { mistakes: refusal(text, MISPLACED) };
  const expression = normalExpression(expressionOf(tree.root));
  if (expression !== null && printQ(expression).length > MOST_CHARACTERS) return { mistakes: refusal(text, TOO_LONG) };
  return { expression };
}

const MOST = `at most ${MOST_CHARACTERS.toLocaleString('en')} characters, also when its conditions are written out.`;
const TOO_LONG: Refusal = { sentence: `q takes ${MOST}`, plain: `A search takes ${MOST}` };
const MISPLACED: Refusal = {
  sentence: 'sort and in stand in the address, not in q.',
  plain: 'An order and “in:text” are chosen beside the list, or typed into the search box on top.',
};

/** Said of a text that holds signs alone: to find everything for it would be a wider list than somebody asked for. */
export function noWords(text: string): Refusal {
  const needs = 'a word to look for, with a letter or a digit in it';
  return {
    sentence: `q needs ${needs}, not ${quoted(text)}.`,
    plain: `A search needs ${needs}, not ${quotedPlain(text)}.`,
  };
}

/** The tree of a text with the places of its parts, or what is wrong with it. */
export function readTree(text: string): { root: QNode } | { mistakes: readonly FilterMistake[] } {
  if (text.length > MOST_CHARACTERS) return { mistakes: refusal(text, TOO_LONG) };
  const { tokens, wrong } = tokensOf(text);
  const { root, sentences } = treeOf(tokens);
  const mistakes: FilterMistake[] = [];
  for (const { value, sentence } of wrong) note(mistakes, 'q', value, { sentence });
  for (const sentence of sentences) note(mistakes, 'q', text, { sentence });
  return mistakes.length > 0 ? { mistakes } : { root };
}

/** Whether an order or `in:text` stands anywhere in it. */
export function holdsSettings(node: QNode): boolean {
  if (node.kind === 'not') return holdsSettings(node.part);
  if (node.kind === 'all' || node.kind === 'any') return node.parts.some(holdsSettings);
  return node.kind === 'sort' || node.kind === 'in-text';
}

/** One mistake of `q`. */
export function refusal(text: string, why: Refusal): FilterMistake[] {
  const mistakes: FilterMistake[] = [];
  note(mistakes, 'q', text, why);
  return mistakes;
}
