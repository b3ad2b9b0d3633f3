/** The few at-rules there are: for a width or a wish of the reader, for what a browser can do, and for movement. */
import type { Atrule, CssNode } from 'css-tree';
import { withPrefix } from '../html/attributes.ts';
import { ANIMATION_WORDS, MEDIA_FEATURES, MEDIA_TYPES } from './allow-list.ts';
import { declaration } from './declarations.ts';
import { quoted, Refused } from './refusals.ts';

const SIMPLE_VALUE = /^[a-z0-9.%/ -]{1,40}$/i;
const COMPARISONS = new Set(['<', '<=', '>', '>=', '=']);

/** The condition of an `@media` or `@supports`, printed anew. @throws Refused */
export function condition(rule: Atrule): string {
  const prelude = rule.prelude?.type === 'AtrulePrelude' ? rule.prelude.children.toArray() : [];
  const [only, more] = prelude;
  if (only === undefined || more !== undefined)
    throw new Refused(`The condition of @${rule.name} cannot be read.`, rule);
  if (rule.name.toLowerCase() === 'supports') return queried(only, 0);
  if (only.type !== 'MediaQueryList') throw new Refused('The condition of @media cannot be read.', rule);
  return only.children
    .toArray()
    .map((query) => {
      if (query.type !== 'MediaQuery') throw new Refused('The condition of @media cannot be read.', query);
      const type = query.mediaType?.toLowerCase() ?? null;
      const modifier = query.modifier?.toLowerCase() ?? null;
      if (type !== null && !MEDIA_TYPES.has(type)) throw new Refused(`${quoted(type)} is not taken in @media.`, query);
      if (modifier !== null && modifier !== 'not' && modifier !== 'only')
        throw new Refused(`${quoted(modifier)} is not taken in @media.`, query);
      const named = [modifier, type].filter((word) => word !== null).join(' ');
      const asked = query.condition === null ? '' : queried(query.condition, 0);
      return [named, asked].filter((part) => part !== '').join(' and ');
    })
    .join(',');
}

function queried(node: CssNode, depth: number): string {
  if (depth > 8) throw new Refused('This condition is too deep.', node);
  switch (node.type) {
    case 'Condition': {
      const inside = node.children
        .toArray()
        .map((child) => queried(child, depth + 1))
        .join(' ');
      return depth === 0 ? inside : `(${inside})`;
    }
    case 'Identifier':
      if (!/^(and|or|not)$/i.test(node.name))
        throw new Refused(`${quoted(node.name)} is not taken in a condition.`, node);
      return node.name.toLowerCase();
    case 'Feature': {
      const name = feature(node.name, node);
      return node.value === null ? `(${name})` : `(${name}:${plainValue(node.value)})`;
    }
    case 'FeatureRange': {
      const sides = [node.left, node.leftComparison, node.middle, node.rightComparison, node.right];
      const words = sides.flatMap((side) => {
        if (side === null || side === undefined) return [];
        if (typeof side !== 'string') return [side.type === 'Identifier' ? feature(side.name, node) : plainValue(side)];
        if (!COMPARISONS.has(side)) throw new Refused(`${quoted(side)} is not taken in a condition.`, node);
        return [side];
      });
      return `(${words.join(' ')})`;
    }
    case 'SupportsDeclaration': {
      const said = declaration(node.declaration);
      if (said === null) throw new Refused('A browser’s own prefix is not asked for.', node);
      return `(${said.text})`;
    }
    default:
      throw new Refused('This condition cannot be read.', node);
  }
}

function feature(name: string, node: CssNode): string {
  const low = name.toLowerCase();
  if (!MEDIA_FEATURES.has(low)) throw new Refused(`${quoted(name)} is not taken in @media.`, node);
  return low;
}

function plainValue(node: CssNode): string {
  const text = pieces(node);
  if (!SIMPLE_VALUE.test(text)) throw new Refused('This condition cannot be read.', node);
  return text;
}

function pieces(node: CssNode): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'Number') return node.value;
  if (node.type === 'Dimension') return node.value + node.unit;
  if (node.type === 'Ratio') return `${pieces(node.left)}/${node.right === null ? '1' : pieces(node.right)}`;
  throw new Refused('This condition cannot be read.', node);
}

/** The name of a `@keyframes`, with the author's prefix. @throws Refused */
export function movementName(rule: Atrule): string {
  const prelude = rule.prelude?.type === 'AtrulePrelude' ? rule.prelude.children.toArray() : [];
  const [only, more] = prelude;
  const name = only?.type === 'Identifier' ? only.name : only?.type === 'String' ? only.value : '';
  if (more !== undefined || !/^-?[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(name) || ANIMATION_WORDS.has(name.toLowerCase()))
    throw new Refused('@keyframes needs a name of letters, digits and hyphens.', rule);
  return withPrefix(name);
}

/** When a `@keyframes` step is: `from`, `to`, or per cents. @throws Refused */
export function steps(node: CssNode): string {
  if (node.type !== 'SelectorList') throw new Refused('These keyframes cannot be read.', node);
  return node.children
    .toArray()
    .map((step) => {
      const [only, more] = step.type === 'Selector' ? step.children.toArray() : [];
      if (more === undefined && only?.type === 'TypeSelector' && /^(from|to)$/i.test(only.name))
        return only.name.toLowerCase();
      if (more === undefined && only?.type === 'Percentage' && /^\d{1,3}(\.\d{1,4})?$/.test(only.value))
        return `${only.value}%`;
      throw new Refused('A step of @keyframes is from, to, or per cents.', step);
    })
    .join(',');
}
