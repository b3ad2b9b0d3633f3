/** A filter in plain words: one phrase for each condition, with the filter that is left without it. */
import { conjunction, conjuncts, leavesOf } from './expressions.ts';
import { FIELD_LABELS, type FilterWords, leafText, PLAIN_WORDS } from './describe-leaf.ts';
import { isListLeaf } from './fields.ts';
import type { FilterSort } from './sorts.ts';
import type { Expression, Leaf, SortName, WorkFilter } from './work-filter.ts';

export { type FilterWords } from './describe-leaf.ts';

export interface FilterPhrase {
  /** The condition; null for one of several parts, which only `q` has. What `q` denies is told by `denied`. */
  leaf: Leaf | null;
  side: 'include' | 'exclude' | 'q';
  /** The parameter, `text` for words looked for, `several` for what joins conditions. */
  kind: Leaf['field'] | 'several';
  /** "Fandom", "Words", "Text"; "Conditions" for several. */
  label: string;
  /** Whether works that meet it are left out: all of `exclude`, and what `q` denies. */
  denied: boolean;
  /**
   * "more than 5,000 words", "no crossovers", "Sherlock Holmes or John Watson". What is excluded is described as it is, for
   * its side is told apart; only `q` says "not" itself, and names the kind where names of tags stand in it.
   */
  text: string;
  /** The filter without this condition, on its first page. */
  without: WorkFilter;
}

/**
 * @param filter in normal form.
 * @param words what the archive knows better than English figures and the address; each may be left out.
 * @returns in the order in which the filter prints; an order is no condition.
 */
export function describeFilter(filter: WorkFilter, words: Partial<FilterWords> = {}): FilterPhrase[] {
  const known = { ...PLAIN_WORDS, ...words };
  return [
    ...filter.include.map((leaf, at) => ofParameter(filter, leaf, 'include', at, known)),
    ...filter.exclude.map((leaf, at) => ofParameter(filter, leaf, 'exclude', at, known)),
    ...conjuncts(filter.q).map((part, at) => ofQ(filter, part, at, known)),
  ];
}

/** What a condition is called and what it says, whichever side it stands on: "Words", "more than 5,000 words". */
export function describeLeaf(leaf: Leaf, words: Partial<FilterWords> = {}): { kind: string; text: string } {
  return { kind: FIELD_LABELS[leaf.field], text: leafText(leaf, { ...PLAIN_WORDS, ...words }) };
}

const ORDER_WORDS: Readonly<Record<SortName, readonly [plain: string, reversed: string]>> = {
  updated: ['newest first', 'oldest first'],
  posted: ['newest posted first', 'oldest posted first'],
  words: ['most words first', 'fewest words first'],
  kudos: ['most kudos first', 'fewest kudos first'],
  comments: ['most comments first', 'fewest comments first'],
  bookmarks: ['most bookmarks first', 'fewest bookmarks first'],
  hits: ['most hits first', 'fewest hits first'],
  title: ['by title, A to Z', 'by title, Z to A'],
  creator: ['by creator, A to Z', 'by creator, Z to A'],
  relevance: ['best match first', 'best match last'],
  random: ['shuffled', 'shuffled, from the end'],
};

/** "newest first", "fewest words first", "shuffled" */
export function describeSort({ by, reversed }: FilterSort): string {
  return ORDER_WORDS[by][reversed ? 1 : 0];
}

function ofParameter(
  filter: WorkFilter,
  leaf: Leaf,
  side: 'include' | 'exclude',
  at: number,
  words: FilterWords,
): FilterPhrase {
  const without = { ...filter, [side]: filter[side].toSpliced(at, 1), page: 1 };
  return {
    leaf,
    side,
    kind: leaf.field,
    label: FIELD_LABELS[leaf.field],
    denied: side === 'exclude',
    text: leafText(leaf, words),
    without,
  };
}

function ofQ(filter: WorkFilter, part: Expression, at: number, words: FilterWords): FilterPhrase {
  const denied = 'not' in part;
  const said = denied ? part.not : part;
  const leaf = 'field' in said ? said : null;
  const without = { ...filter, q: conjunction(conjuncts(filter.q).toSpliced(at, 1)), page: 1 };
  const kind = leaf?.field ?? 'several';
  const label = leaf === null ? 'Conditions' : FIELD_LABELS[leaf.field];
  const text = describeExpression(part, words);
  return {
    leaf,
    side: 'q',
    kind,
    label,
    denied,
    text: inStories(filter, part) ? `${text}, in the stories too` : text,
    without,
  };
}

/** Whether words of it are looked for in the chapters because the filter says so, and not by a place of their own. */
function inStories({ inText }: WorkFilter, part: Expression): boolean {
  return inText && leavesOf(part).some((leaf) => leaf.field === 'text' && leaf.place === null);
}

/** What `q` or a part of it says, in words; parentheses where "or" and "and" would run together. */
export function describeExpression(expression: Expression, words: FilterWords = PLAIN_WORDS): string {
  if ('all' in expression) return expression.all.map((part) => joined(part, words)).join(' and ');
  if ('any' in expression) return expression.any.map((part) => joined(part, words)).join(' or ');
  if ('not' in expression) return `not ${joined(expression.not, words)}`;
  const text = leafText(expression, words);
  return isListLeaf(expression) ? `${FIELD_LABELS[expression.field].toLowerCase()} ${text}` : text;
}

function joined(part: Expression, words: FilterWords): string {
  const text = describeExpression(part, words);
  return 'all' in part || 'any' in part ? `(${text})` : text;
}
