/**
 * What a text can consist of in the editor: exactly what the cleaner lets through. Node and mark types are made from its
 * allow-list, by the names that elements have there; nothing here can be said that the archive would not keep, and nothing
 * the archive keeps is lost here, whether the toolbar has a button for it or not.
 *
 * A type that is not an element: `line`, text that stands in a block without a paragraph of its own (`<li>text</li>`), and
 * `anchor`, an empty span that a link can lead to.
 */
import { Schema, type Attrs, type DOMOutputSpec, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { BLOCK_ELEMENTS, INLINE_ELEMENTS, readableAttributes } from '../../src/platform/html/allow-list.ts';

/** Attributes as they stand in the HTML, in their order. */
export type Attributes = readonly (readonly [name: string, value: string])[];

const TEXT = 'inline*';
/** Text or blocks. In the first a new line is a paragraph, in the second it stands bare. */
const WRAPPED = '(block | line)+';
const MIXED = '(line | block)+';

/** What stands in each block. A block that the allow-list has and this list has not makes the schema fail. */
const CONTENT: Readonly<Record<string, string>> = {
  p: TEXT,
  h1: TEXT,
  h2: TEXT,
  h3: TEXT,
  h4: TEXT,
  h5: TEXT,
  h6: TEXT,
  pre: TEXT,
  hr: '',
  address: WRAPPED,
  blockquote: WRAPPED,
  center: WRAPPED,
  div: WRAPPED,
  ul: 'li+',
  ol: 'li+',
  li: MIXED,
  dl: '(dt | dd)+',
  dt: TEXT,
  dd: MIXED,
  details: 'summary? block*',
  summary: TEXT,
  figure: 'block* figcaption? block*',
  figcaption: MIXED,
  table: 'caption? (colgroup | thead | tbody | tfoot)*',
  caption: TEXT,
  colgroup: 'col*',
  col: '',
  thead: 'tr+',
  tbody: 'tr+',
  tfoot: 'tr+',
  tr: '(td | th)+',
  td: MIXED,
  th: MIXED,
};

/** Blocks that may stand anywhere; the others only in their parents. */
const ANYWHERE = new Set(
  'p h1 h2 h3 h4 h5 h6 pre hr address blockquote center div ul ol dl details figure table'.split(' '),
);
/** Inline elements without content. */
const INLINE_LEAVES = new Set(['br', 'wbr']);
/** Elements that do not go on when somebody writes at their end. */
const ENDING = new Set(['a', 'abbr', 'acronym', 'dfn', 'rp', 'rt', 'ruby', 'time']);
/** Elements that a browser would open and close in the middle of writing, drawn as plain boxes. */
const DRAWN: Readonly<Record<string, DOMOutputSpec>> = {
  details: ['div', { class: 'rich-details' }, 0],
  summary: ['div', { class: 'rich-summary' }, 0],
};

/** The blocks whose text stands in them without paragraphs, beside blocks. */
export const MIXED_BLOCKS: ReadonlySet<string> = new Set(
  Object.entries(CONTENT).flatMap(([name, content]) => (content === MIXED ? [name] : [])),
);

const noAttributes: Attributes = [];

/** @throws for what is no attribute that the allow-list has for this element. */
function validateFor(name: string): (value: unknown) => void {
  const known = readableAttributes(name);
  return (value) => {
    const right =
      Array.isArray(value) &&
      value.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && known.has(String(pair[0])));
    if (!right) throw new RangeError(`${name} has no such attributes.`);
  };
}

/** The attributes of a node or mark. */
export function attributesOf(attrs: Attrs): Attributes {
  return (attrs['attributes'] as Attributes | undefined) ?? noAttributes;
}

/** These attributes with one set, or taken away by ''. */
export function withAttribute(attributes: Attributes, name: string, value: string): Attributes {
  const others = attributes.filter(([other]) => other !== name);
  return value === '' ? others : [...others, [name, value]];
}

/** Attributes on the screen: names stay in the text alone, where they meet no other of the page. */
function shown(attrs: Attrs): Record<string, string> {
  return Object.fromEntries(attributesOf(attrs).filter(([name]) => name !== 'id' && name !== 'open'));
}

function blockSpec(name: string): NodeSpec {
  const content = CONTENT[name];
  if (content === undefined) throw new Error(`The editor does not know how <${name}> holds its content.`);
  const drawn = DRAWN[name];
  const isLeaf = content === '';
  return {
    ...(isLeaf ? {} : { content }),
    ...(ANYWHERE.has(name) ? { group: 'block' } : {}),
    attrs: { attributes: { default: noAttributes, validate: validateFor(name) } },
    ...(name === 'pre' ? { code: true, whitespace: 'pre' as const } : {}),
    ...(name === 'td' || name === 'th' || name === 'caption' ? { isolating: true } : {}),
    ...(name === 'blockquote' || name === 'li' || name === 'details' ? { defining: true } : {}),
    ...(/^h[1-6]$/.test(name) ? { defining: true } : {}),
    selectable: name === 'hr' || name === 'table' || name === 'figure',
    parseDOM: [{ tag: drawn === undefined ? name : `div.rich-${name}`, priority: drawn === undefined ? 50 : 60 }],
    toDOM: (node) => drawn ?? (isLeaf ? [name, shown(node.attrs)] : [name, shown(node.attrs), 0]),
  };
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  text: { group: 'inline' },
  line: {
    content: TEXT,
    parseDOM: [{ tag: 'div.rich-line', priority: 60 }],
    toDOM: () => ['div', { class: 'rich-line' }, 0],
  },
  anchor: {
    group: 'inline',
    inline: true,
    selectable: false,
    attrs: { attributes: { default: noAttributes, validate: validateFor('span') } },
    toDOM: () => ['span', { class: 'rich-anchor' }],
  },
};
const marks: Record<string, MarkSpec> = {};

// The order says which type is made where several could be: paragraphs first.
for (const name of Object.keys(CONTENT)) nodes[name] = blockSpec(name);
for (const name of BLOCK_ELEMENTS) nodes[name] ??= blockSpec(name);
for (const name of INLINE_ELEMENTS) {
  if (INLINE_LEAVES.has(name)) {
    nodes[name] = {
      group: 'inline',
      inline: true,
      selectable: false,
      attrs: { attributes: { default: noAttributes, validate: validateFor(name) } },
      parseDOM: [{ tag: name }],
      toDOM: () => [name],
      ...(name === 'br' ? { linebreakReplacement: true, leafText: () => '\n' } : {}),
    };
  } else {
    marks[name] = {
      // The same element can stand in itself, as <q> in <q>; `key` tells two that stand side by side apart.
      attrs: { attributes: { default: noAttributes, validate: validateFor(name) }, key: { default: 0 } },
      excludes: '',
      inclusive: !ENDING.has(name),
      parseDOM: [{ tag: name }],
      toDOM: (mark) => [name, shown(mark.attrs), 0],
    };
  }
}

export const schema = new Schema({ nodes, marks, topNode: 'doc' });

// Marks are kept in the order in which their elements stand in each other. ProseMirror sorts them by a rank of their type
// instead; where all have one rank, it leaves them as they are.
for (const type of Object.values(schema.marks)) Object.assign(type, { rank: 0 });
