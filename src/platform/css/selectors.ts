/**
 * Selectors that reach nothing outside their box: each is put under the box, the author's classes get their prefix, and
 * what could look around the box from inside (an id, a test of an ancestor) is refused.
 */
import type { CssNode, Selector, SelectorList } from 'css-tree';
import { withPrefix } from '../html/attributes.ts';
import {
  COUNTING_CLASSES,
  PSEUDO_CLASSES,
  PSEUDO_ELEMENTS,
  SELECTED_ATTRIBUTES,
  SELECTING_CLASSES,
} from './allow-list.ts';
import { grammar } from './grammar.ts';
import { quoted, Refused } from './refusals.ts';

/** Words by which a sheet means the box itself. `#workskin` is what Archive of Our Own calls it. */
const OUTERMOST = new Set(['html', 'body', ':root', ':scope', '#workskin']);
const CLASS = /^-?[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u;
const TYPE = /^(?:\*|[a-z][a-z0-9]*)$/i;
const COMBINATORS = new Set([' ', '>', '+', '~']);
const AN_PLUS_B = /^[-+0-9n]+$/i;
/** Simple selectors in one; what browsers take much longer over helps nobody. */
const MOST_PARTS = 60;

/** Prints the selectors of a rule, each under the box, which is itself a selector. @throws Refused */
export function scopedSelectors(list: SelectorList, box: string): string {
  return list.children
    .toArray()
    .map((selector) => {
      if (selector.type !== 'Selector') throw new Refused('This selector cannot be read.', selector);
      return scoped(selector, box);
    })
    .join(',');
}

function scoped(selector: Selector, box: string): string {
  const parts = selector.children.toArray();
  if (parts.length > MOST_PARTS) throw new Refused(`A selector has at most ${MOST_PARTS} parts.`, selector);
  let rest = parts;
  // "html body .x" and "#workskin > .x" mean what stands in the box.
  while (rest[0] !== undefined && isOutermost(rest[0])) {
    const [outer, next] = rest;
    if (next === undefined) return box;
    if (next.type === 'PseudoElementSelector') return box + simple(next);
    if (next.type !== 'Combinator')
      throw new Refused(`${quoted(grammar.generate(selector))} asks how the page around the work is.`, outer);
    if (next.name === '+' || next.name === '~')
      throw new Refused(`${quoted(grammar.generate(selector))} reaches out of the work.`, outer);
    const after = rest[2];
    if (after === undefined) throw new Refused('This selector breaks off.', outer);
    if (!isOutermost(after)) return `${box}${next.name === '>' ? '>' : ' '}${printed(rest.slice(2), 'anywhere')}`;
    rest = rest.slice(2);
  }
  if (rest[0]?.type === 'Combinator') throw new Refused('A selector begins with an element or a class.', selector);
  return `${box} ${printed(rest, 'anywhere')}`;
}

function isOutermost(node: CssNode): boolean {
  if (node.type === 'TypeSelector') return OUTERMOST.has(node.name.toLowerCase());
  if (node.type === 'PseudoClassSelector')
    return node.children === null && OUTERMOST.has(`:${node.name.toLowerCase()}`);
  return node.type === 'IdSelector' && OUTERMOST.has(`#${node.name.toLowerCase()}`);
}

/** @param where whether combinators may stand in it: not where an ancestor outside the box could be asked about. */
function printed(parts: readonly CssNode[], where: 'anywhere' | 'one element'): string {
  let text = '';
  let before: CssNode | null = null;
  for (const part of parts) {
    if (part.type === 'Combinator') {
      if (where === 'one element')
        throw new Refused('In :is(), :not() and :where() stands one element or class at a time.', part);
      if (!COMBINATORS.has(part.name)) throw new Refused(`The combinator ${quoted(part.name)} is not taken.`, part);
    }
    if (before?.type === 'PseudoElementSelector' && part.type !== 'PseudoClassSelector')
      throw new Refused('Nothing comes after a pseudo-element.', part);
    text += simple(part);
    before = part;
  }
  if (before === null || before.type === 'Combinator')
    throw new Refused('This selector breaks off.', parts[0] ?? NOTHING);
  return text;
}

const NOTHING: CssNode = { type: 'Raw', value: '' };

function simple(node: CssNode): string {
  switch (node.type) {
    case 'Combinator':
      return node.name;
    case 'TypeSelector':
      if (OUTERMOST.has(node.name.toLowerCase()))
        throw new Refused(
          `${quoted(node.name)} stands at the beginning of a selector, and means the work there.`,
          node,
        );
      if (!TYPE.test(node.name)) throw new Refused(`${quoted(node.name)} is no element of a text.`, node);
      return node.name.toLowerCase();
    case 'ClassSelector':
      if (!CLASS.test(node.name)) throw new Refused(`${quoted(`.${node.name}`)} is no name for a class.`, node);
      return `.${withPrefix(node.name)}`;
    case 'IdSelector':
      throw new Refused(`Ids like ${quoted(`#${node.name}`)} are not taken. Give the element a class.`, node);
    case 'AttributeSelector':
      return attribute(node);
    case 'PseudoClassSelector':
      return pseudoClass(node);
    case 'PseudoElementSelector': {
      const name = node.name.toLowerCase();
      if (node.children !== null || !PSEUDO_ELEMENTS.has(name))
        throw new Refused(`${quoted(`::${node.name}`)} is not taken.`, node);
      return `::${name}`;
    }
    default:
      throw new Refused('This selector cannot be read.', node);
  }
}

function attribute(node: Extract<CssNode, { type: 'AttributeSelector' }>): string {
  const name = node.name.name.toLowerCase();
  if (!SELECTED_ATTRIBUTES.has(name))
    throw new Refused(`${quoted(`[${node.name.name}]`)} is not taken. For classes, write .name.`, node);
  if (node.matcher === null || node.value === null) return `[${name}]`;
  const value = node.value.type === 'String' ? node.value.value : node.value.name;
  const flag = /^[is]$/i.test(node.flags ?? '') ? ` ${node.flags?.toLowerCase()}` : '';
  return `[${name}${node.matcher}${inQuotes(value)}${flag}]`;
}

/** A text in quotation marks that no browser reads past. */
export function inQuotes(text: string): string {
  const escaped = text.replace(/["\\<\p{Cc}\u2028\u2029]/gu, (found) => `\\${found.codePointAt(0)?.toString(16)} `);
  return `"${escaped.toWellFormed()}"`;
}

function pseudoClass(node: Extract<CssNode, { type: 'PseudoClassSelector' }>): string {
  const name = node.name.toLowerCase();
  const children = node.children?.toArray() ?? null;
  if (children === null) {
    // Written with one colon since CSS 1.
    if (/^(before|after|first-line|first-letter)$/.test(name)) return `::${name}`;
    if (PSEUDO_CLASSES.has(name)) return `:${name}`;
    throw new Refused(`${quoted(`:${node.name}`)} is not taken.`, node);
  }
  if (COUNTING_CLASSES.has(name)) return `:${name}(${children.map((child) => counting(child)).join('')})`;
  const [list] = children;
  if (!SELECTING_CLASSES.has(name) || list?.type !== 'SelectorList' || children.length !== 1)
    throw new Refused(`${quoted(`:${node.name}()`)} is not taken.`, node);
  const inside = list.children.toArray().map((selector) => {
    if (selector.type !== 'Selector') throw new Refused('This selector cannot be read.', selector);
    return name === 'has' ? relative(selector) : printed(selector.children.toArray(), 'one element');
  });
  return `:${name}(${inside.join(',')})`;
}

/** What :has() looks for from an element of the box: below it, or beside it, and so in the box. */
function relative(selector: Selector): string {
  const parts = selector.children.toArray();
  const [first, ...rest] = parts;
  if (first?.type !== 'Combinator') return printed(parts, 'anywhere');
  if (!COMBINATORS.has(first.name)) throw new Refused(`The combinator ${quoted(first.name)} is not taken.`, first);
  return first.name + printed(rest, 'anywhere');
}

function counting(node: CssNode): string {
  if (node.type === 'Identifier' && /^[a-z-]+$/i.test(node.name)) return node.name;
  if (node.type === 'String') return inQuotes(node.value);
  if (node.type === 'Operator' && node.value === ',') return ',';
  if (node.type !== 'Nth' || node.selector !== null) throw new Refused('This counting cannot be read.', node);
  const text = grammar.generate(node.nth);
  if (!AN_PLUS_B.test(text) && text !== 'odd' && text !== 'even')
    throw new Refused('This counting cannot be read.', node);
  return text;
}
