/**
 * Reads the one search box: the grammar of `q`, of which the conditions that stand alone become parameters, an order sets
 * the order, and the rest is looked for. Which words are names of tags is for the archive to say: `words` lists what could
 * be one, and `settleNames` moves what was found.
 */
import { conjunction, conjuncts, normalExpression } from './expressions.ts';
import { choicesOf, isListLeaf, type ListLeaf, listLeaf, type ParameterLeaf } from './fields.ts';
import { overLimits } from './filter-draft.ts';
import { normalFilter } from './normal-filter.ts';
import { holdsSettings, noWords, readTree, refusal } from './parse-q.ts';
import { expressionOf, partsOfAll, type QNode } from './q-tree.ts';
import { type BoxPart, type BoxPhrase, phrasesOf } from './box-phrases.ts';
import { type Expression, type FilterMistake, NO_FILTER, type WorkFilter } from './work-filter.ts';

export type BoxReading = { filter: WorkFilter; words: readonly BoxPhrase[] } | { mistakes: readonly FilterMistake[] };

/**
 * @returns the filter in normal form and what could be names; or mistakes, all of the parameter `q`. Of several orders the
 * last counts. Conditions within an OR stay in q, but `fandom:"A" OR fandom:"B"` alone is `fandom=A,B`. Two
 * ratings beside each other are any of them, as in an address, since a work has one.
 */
export function readSearchBox(text: string): BoxReading {
  const tree = readTree(text);
  if ('mistakes' in tree) return tree;
  const filter: WorkFilter = { ...NO_FILTER };
  let isAsking = text.trim() === '';
  const include: ParameterLeaf[] = [];
  const exclude: ParameterLeaf[] = [];
  const parts: BoxPart[] = [];
  const rest: Expression[] = [];

  for (const node of partsOfAll(tree.root)) {
    isAsking ||= asksFor(node);
    if (node.kind === 'sort') filter.sort = node.sort;
    else if (node.kind === 'in-text') filter.inText = true;
    else if (holdsSettings(node)) return { mistakes: refusal(text.slice(node.start, node.end), MISPLACED) };
    else {
      const staying: Expression[] = [];
      const said = conjuncts(normalExpression(expressionOf(node)));
      for (const condition of said) {
        const moved = asParameter(condition);
        if (moved === null) staying.push(condition);
        else (moved.side === 'include' ? include : exclude).push(moved.leaf);
      }
      const breaks = staying.length < said.length;
      parts.push({ start: node.start, end: node.end, says: staying, first: rest.length, breaks });
      rest.push(...staying);
    }
  }

  if (!isAsking) return { mistakes: refusal(text, noWords(text)) };
  const whole = normalFilter({ ...filter, include, exclude, q: conjunction(rest) });
  const mistakes = overLimits(whole);
  return mistakes.length > 0 ? { mistakes } : { filter: whole, words: phrasesOf(text, parts) };
}

/** Whether a part of the box asks for anything: a condition or an order. */
function asksFor(node: QNode): boolean {
  return node.kind === 'sort' || node.kind === 'in-text' || normalExpression(expressionOf(node)) !== null;
}

const MISPLACED = {
  sentence: 'sort and in stand alone, not within parentheses or an OR, and without a minus before them.',
};

/** The condition that an expression is when it stands alone in the box. */
function asParameter(expression: Expression): { leaf: ParameterLeaf; side: 'include' | 'exclude' } | null {
  if ('not' in expression) {
    const denied = asParameter(expression.not);
    return denied?.side === 'include' ? { ...denied, side: 'exclude' } : null;
  }
  if ('any' in expression) {
    const leaf = oneList(expression.any);
    return leaf && { leaf, side: 'include' };
  }
  return 'field' in expression && expression.field !== 'text' ? { leaf: expression, side: 'include' } : null;
}

/** Lists of one field of which any will do are one list. */
function oneList(parts: readonly Expression[]): ListLeaf | null {
  const lists = parts.filter((part): part is ListLeaf => 'field' in part && isListLeaf(part));
  const field = lists[0]?.field;
  if (field === undefined || lists.length < parts.length || lists.some((list) => list.field !== field)) return null;
  return listLeaf(field, lists.flatMap(choicesOf));
}
