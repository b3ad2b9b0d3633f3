/** Writes what `q` says so that `parseQ` reads the same: parentheses only where they are needed. */
import { printLeaf } from './leaves.ts';
import { normalExpression } from './expressions.ts';
import { isBareWord } from './words.ts';
import type { Expression, Leaf, TextLeaf } from './work-filter.ts';

/** @returns '' for what asks for nothing. */
export function printQ(expression: Expression): string {
  const normal = normalExpression(expression);
  return normal === null ? '' : printNormal(normal);
}

function printNormal(expression: Expression): string {
  if ('all' in expression)
    return expression.all.map((part) => ('any' in part ? grouped(part) : printNormal(part))).join(' ');
  if ('any' in expression) return expression.any.map(printNormal).join(' OR ');
  if (!('not' in expression)) return printCondition(expression);
  const denied = expression.not;
  return `-${'field' in denied ? printCondition(denied) : grouped(denied)}`;
}

function grouped(expression: Expression): string {
  return `(${printNormal(expression)})`;
}

function printCondition(leaf: Leaf): string {
  if (leaf.field === 'text') return printText(leaf);
  const value = printLeaf(leaf);
  return `${leaf.field}:${isBareWord(value, null) ? value : inQuotes(value)}`;
}

function printText(leaf: TextLeaf): string {
  const place = leaf.place === null ? '' : `${leaf.place}:`;
  const words = `${leaf.words}${leaf.prefix ? '*' : ''}`;
  if (leaf.near !== null) return `${place}NEAR(${words}, ${leaf.near})`;
  return `${place}${leaf.phrase ? inQuotes(words) : words}`;
}

function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
