/**
 * Parses HTML that needs no repair: tags that match, blocks outside inline elements, character references that end in
 * `;`. Nine texts in ten are such, and the full parser takes eight times as long. Whatever is not exactly so is left to
 * the parser: on what is accepted here, both build the same tree (direct.test.ts compares them).
 */
import type { Element, ElementContent, Properties } from 'hast';
import { readableAttributes } from './allow-list.ts';
import { readAttributes, readTokens } from './tokens.ts';

const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'big',
  'cite',
  'code',
  'del',
  'em',
  'i',
  'ins',
  'kbd',
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'tt',
  'u',
  'var',
]);
/** Blocks that hold blocks, and those that hold text alone. */
const HOLDING = new Set(['blockquote', 'center', 'div', 'li', 'ol', 'ul']);
const LEAF = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p']);
const VOID = new Set(['br', 'embed', 'hr', 'img', 'wbr']);

const PROPERTY: Record<string, string> = { datetime: 'dateTime' };

const REFERENCES: Record<string, string> = {
  amp: '&',
  apos: "'",
  copy: '©',
  eacute: 'é',
  egrave: 'è',
  emsp: '\u2003',
  gt: '>',
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  nbsp: '\u00a0',
  ndash: '–',
  quot: '"',
  rdquo: '”',
  rsquo: '’',
  shy: '\u00ad',
};

/** Takes a well-formed piece as `tame` writes it; returns its tree, or undefined when it needs the full parser. */
export function parseDirectly(piece: string): ElementContent[] | undefined {
  const root: ElementContent[] = [];
  const open: Element[] = [];
  let siblings = root;
  let simple = true;
  /** Inline elements and leaf blocks open: inside one no block may begin. */
  let closedToBlocks = 0;

  const addText = (text: string): void => {
    const last = siblings.at(-1);
    if (last?.type === 'text') last.value += text;
    else siblings.push({ type: 'text', value: text });
  };

  const mayOpen = (name: string): boolean => {
    if (name === 'br' || name === 'wbr' || name === 'img' || name === 'embed') return true;
    if (INLINE.has(name)) return name !== 'a' || !open.some((element) => element.tagName === 'a');
    if (closedToBlocks > 0) return false;
    const outer = open.at(-1)?.tagName;
    if (name === 'li') return outer === 'ul' || outer === 'ol';
    return name === 'hr' || LEAF.has(name) || HOLDING.has(name);
  };

  readTokens(piece, {
    text: (raw) => {
      const text = simple ? resolved(raw) : undefined;
      if (text === undefined) simple = false;
      else addText(text);
    },
    literal: () => {
      simple = false;
    },
    open: (name, attributes) => {
      const properties = simple && mayOpen(name) ? propertiesOf(name, attributes) : undefined;
      if (properties === undefined) {
        simple = false;
        return piece.length;
      }
      const element: Element = { type: 'element', tagName: name, properties, children: [] };
      siblings.push(element);
      if (VOID.has(name)) return undefined;
      if (!HOLDING.has(name)) closedToBlocks += 1;
      open.push(element);
      siblings = element.children;
      return undefined;
    },
    close: (name) => {
      if (open.at(-1)?.tagName !== name) {
        simple = false;
        return;
      }
      open.pop();
      if (!HOLDING.has(name)) closedToBlocks -= 1;
      siblings = open.at(-1)?.children ?? root;
    },
  });
  return simple && open.length === 0 ? root : undefined;
}

function propertiesOf(name: string, attributes: string): Properties | undefined {
  const properties: Properties = {};
  if (attributes === '') return properties;
  for (const [attribute, raw] of readAttributes(attributes, readableAttributes(name))) {
    const value = resolved(raw);
    if (value === undefined) return undefined;
    if (attribute === 'class') properties['className'] = value.split(/[ \t\n\f]+/).filter((word) => word !== '');
    else properties[PROPERTY[attribute] ?? attribute] = value;
  }
  return properties;
}

/** Text with its character references resolved, or undefined when one is not plain. */
function resolved(raw: string): string | undefined {
  if (!raw.includes('&')) return raw;
  let plain = true;
  const text = raw.replace(/&(?:#(\d{1,6});|#[xX]([0-9a-fA-F]{1,5});|([a-z]+);|[a-zA-Z#])/g, (...found) => {
    const [whole, decimal, hex, name]: (string | undefined)[] = found;
    const character =
      name === undefined
        ? fromCode(decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal))
        : Object.hasOwn(REFERENCES, name)
          ? REFERENCES[name]
          : undefined;
    if (character === undefined) plain = false;
    return character ?? whole ?? '';
  });
  return plain ? text : undefined;
}

function fromCode(code: number): string | undefined {
  const plain = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code >= 0xe000 && code < 0xfdd0);
  return plain ? String.fromCodePoint(code) : undefined;
}
