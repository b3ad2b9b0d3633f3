/** What `q` says, as a value: its normal form, its parts, and how much it holds. */
import { normalLeaf } from './normal-leaf.ts';
import type { Expression, Leaf } from './work-filter.ts';

/**
 * Leaves in normal form; an `all` within an `all` and an `any` within an `any` joined to it; groups of one part are that
 * part; parts that ask for nothing are left out, and what then holds nothing is null; what is denied twice is not denied.
 * The order stays as it was written: it is what a person reads again in the search field.
 */
export function normalExpression(expression: Expression): Expression | null {
  if ('all' in expression) {
    const parts = normalParts(expression.all).flatMap((part) => ('all' in part ? part.all : [part]));
    return parts.length > 1 ? { all: parts } : (parts[0] ?? null);
  }
  if ('any' in expression) {
    const parts = normalParts(expression.any).flatMap((part) => ('any' in part ? part.any : [part]));
    return parts.length > 1 ? { any: parts } : (parts[0] ?? null);
  }
  if (!('not' in expression)) return normalLeaf(expression);
  const denied = normalExpression(expression.not);
  if (denied === null) return null;
  return 'not' in denied ? denied.not : { not: denied };
}

function normalParts(parts: readonly Expression[]): Expression[] {
  return parts.map(normalExpression).filter((part) => part !== null);
}

/** The parts that must all hold: none, one, or those of an `all`. */
export function conjuncts(expression: Expression | null): readonly Expression[] {
  if (expression === null) return [];
  return 'all' in expression ? expression.all : [expression];
}

/** The expression with these parts, all in normal form and none an `all`. */
export function conjunction(parts: readonly Expression[]): Expression | null {
  return parts.length > 1 ? { all: parts } : (parts[0] ?? null);
}

export function isLeaf(expression: Expression): expression is Leaf {
  return 'field' in expression;
}

export function leavesOf(expression: Expression | null): readonly Leaf[] {
  if (expression === null) return [];
  if ('all' in expression) return expression.all.flatMap(leavesOf);
  if ('any' in expression) return expression.any.flatMap(leavesOf);
  return 'not' in expression ? leavesOf(expression.not) : [expression];
}
