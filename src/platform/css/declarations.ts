/** Declarations: known properties, with values of known pieces that the property takes. */
import type { CssNode, Declaration, Value } from 'css-tree';
import { property as propertyParts } from 'css-tree';
import { ANIMATION_WORDS, FUNCTIONS, MOVING, PREFIXED_PROPERTIES, PROPERTIES } from './allow-list.ts';
import { withPrefix } from '../html/attributes.ts';
import { grammar } from './grammar.ts';
import { quoted, Refused } from './refusals.ts';
import { inQuotes } from './selectors.ts';

/** What a declaration becomes; a browser's own prefix of a property that all know by now becomes nothing. */
export interface Printed {
  text: string;
  /** It moves something. */
  moving: boolean;
}

const NAME = /^-?[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u;
const HEX = /^[0-9a-f]{3,8}$/i;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;
const UNIT = /^[a-z]{1,10}$/i;
const OPERATORS = new Set([',', '/', '+', '-', '*']);
/** Characters of one value. */
const LONGEST_VALUE = 2_000;

/** @throws Refused with the sentence for what cannot stay. */
export function declaration(node: Declaration): Printed | null {
  const { name, custom, vendor, hack } = propertyParts(node.property);
  if (custom) throw new Refused('Custom properties are not taken.', node);
  const property = node.property.toLowerCase();
  if (hack !== '') throw new Refused(`Write ${quoted(node.property)} without the sign before it.`, node);
  if (!PREFIXED_PROPERTIES.has(property)) {
    const plain = name.slice(vendor.length).toLowerCase();
    if (vendor !== '' && PROPERTIES.has(plain)) {
      // Looked at all the same: nobody is told that a sheet is fine which would not be.
      valueOf(node, plain, false);
      return null;
    }
    if (!PROPERTIES.has(property)) throw new Refused(`The property ${quoted(node.property)} is not taken.`, node);
  }
  const value = valueOf(node, property, true);
  return { text: `${property}:${value}${important(node)}`, moving: MOVING.test(property) };
}

function important(node: Declaration): string {
  if (node.important === false) return '';
  if (node.important === true || node.important.toLowerCase() === 'important') return '!important';
  throw new Refused(`Write !important after a value, or nothing.`, node);
}

function valueOf(node: Declaration, property: string, strictly: boolean): string {
  const { value } = node;
  if (value.type !== 'Value') throw new Refused(`The value of ${quoted(property)} cannot be read.`, node);
  const print = printer(property, node);
  const text = print(value);
  if (text.length > LONGEST_VALUE) throw new Refused(`The value of ${quoted(property)} is too long.`, node);
  if (
    property === 'position' &&
    !/^(static|relative|absolute)$|^(inherit|initial|unset|revert|revert-layer)$/i.test(text)
  )
    throw new Refused(`“position: ${text.slice(0, 20)}” is not taken. Static, relative and absolute are.`, node);
  if (strictly && grammar.lexer.matchProperty(property, value).error !== null)
    throw new Refused(`${quoted(text)} is no value of ${quoted(property)}.`, node);
  return text;
}

/** Prints values of known pieces anew; nothing of the source is copied that was not understood. */
function printer(property: string, where: CssNode): (value: Value) => string {
  const namesAnimation = /^animation(-name)?$/.test(property);
  const all = (children: Iterable<CssNode>, outermost: boolean): string => {
    let text = '';
    for (const child of children) text += `${separator(text, child)}${one(child, outermost)}`;
    return text;
  };
  const one = (node: CssNode, outermost: boolean): string => {
    switch (node.type) {
      case 'Identifier': {
        if (!NAME.test(node.name)) throw new Refused(`${quoted(node.name)} is not taken in a value.`, at(node));
        const isName = namesAnimation && outermost && !ANIMATION_WORDS.has(node.name.toLowerCase());
        return isName ? withPrefix(node.name) : node.name;
      }
      case 'String':
        if (!namesAnimation || !outermost) return inQuotes(node.value);
        if (!NAME.test(node.value)) throw new Refused(`${quoted(node.value)} is no name for an animation.`, at(node));
        return withPrefix(node.value);
      case 'Number':
        return number(node.value, node);
      case 'Percentage':
        return `${number(node.value, node)}%`;
      case 'Dimension':
        if (!UNIT.test(node.unit)) throw new Refused(`${quoted(node.unit)} is no unit.`, at(node));
        return number(node.value, node) + node.unit;
      case 'Hash':
        if (!HEX.test(node.value)) throw new Refused(`${quoted(`#${node.value}`)} is no colour.`, at(node));
        return `#${node.value}`;
      case 'Operator': {
        const sign = node.value.trim();
        if (!OPERATORS.has(sign)) throw new Refused(`${quoted(sign)} is not taken in a value.`, at(node));
        // Where a sum is meant, the spaces belong to the sign.
        return sign === '+' || sign === '-' ? ` ${sign} ` : sign;
      }
      case 'Parentheses':
        return `(${all(node.children, false)})`;
      case 'Brackets':
        return `[${all(node.children, false)}]`;
      case 'Function': {
        const name = node.name.toLowerCase();
        if (!FUNCTIONS.has(name)) throw new Refused(`The function ${quoted(`${name}()`)} is not taken.`, at(node));
        // Typed attributes are one of the ways by which a text could become something else.
        const [only, more] = node.children.toArray();
        if (name === 'attr' && (only?.type !== 'Identifier' || more !== undefined))
          throw new Refused('In attr() stands the name of an attribute, and nothing else.', at(node));
        return `${name}(${all(node.children, false)})`;
      }
      default:
        throw new Refused(`This value of ${quoted(property)} cannot be read.`, at(node));
    }
  };
  const at = (node: CssNode) => (node.loc ? node : where);
  const number = (text: string, node: CssNode) => {
    if (!NUMBER.test(text)) throw new Refused(`${quoted(text)} is no number.`, at(node));
    return text;
  };
  return (value) => all(value.children, true);
}

/** A space between two pieces, but for those that bring their own or need none. */
function separator(before: string, next: CssNode): string {
  if (before === '' || next.type === 'Operator') return '';
  return /[,/* ]$/.test(before) ? '' : ' ';
}
