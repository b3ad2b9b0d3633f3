/** From clean HTML to what the editor edits. Takes only HTML that the cleaner made; nothing of it is left out. Pure. */
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { BLOCK_ELEMENTS, readableAttributes } from '../../src/platform/html/allow-list.ts';
import { BLOCK_ID } from '../../src/platform/html/blocks.ts';
import { resolveReferences } from '../../src/platform/html/text.ts';
import { readAttributes, readTokens } from '../../src/platform/html/tokens.ts';
import { schema, type Attributes } from './schema.ts';

interface Element {
  name: string;
  attributes: Attributes;
  children: (Element | string)[];
}

const VOID = new Set(['br', 'col', 'hr', 'wbr']);

/** @returns the document; one with an empty paragraph for no text. */
export function readDocument(html: string): Node {
  const blocks = treeOf(html).flatMap((child) => (typeof child === 'string' ? [] : [block(child)]));
  return schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('p')]);
}

function treeOf(html: string): (Element | string)[] {
  const root: (Element | string)[] = [];
  const open: Element[] = [];
  const here = () => open.at(-1)?.children ?? root;
  readTokens(html, {
    text: (raw) => void here().push(resolveReferences(raw)),
    literal: (text) => void here().push(text),
    open: (name, raw) => {
      const element: Element = { name, attributes: attributesFrom(name, raw), children: [] };
      here().push(element);
      if (!VOID.has(name)) open.push(element);
      return undefined;
    },
    close: (name) => {
      if (open.at(-1)?.name === name) open.pop();
    },
  });
  return root;
}

/** Without the ids of blocks, which the cleaner gives anew from their words. */
function attributesFrom(name: string, raw: string): Attributes {
  if (raw === '') return [];
  return [...readAttributes(raw, readableAttributes(name))].flatMap(([attribute, value]) =>
    attribute === 'id' && BLOCK_ID.test(value) ? [] : [[attribute, resolveReferences(value)] as const],
  );
}

const isBlock = (child: Element | string): child is Element =>
  typeof child !== 'string' && BLOCK_ELEMENTS.has(child.name);

function block(element: Element): Node {
  const type = schema.nodes[element.name];
  if (type === undefined) throw new Error(`The editor does not know <${element.name}>.`);
  const attrs = { attributes: element.attributes };
  if (type.isLeaf) return type.create(attrs);
  if (type.inlineContent) return type.create(attrs, isGap(element) ? null : inline(element.children));
  if (!type.contentMatch.matchType(line)) return type.create(attrs, element.children.filter(isBlock).map(block));
  return type.create(attrs, linesAndBlocks(element.children));
}

const line = schema.nodes['line'] ?? schema.topNodeType;

/** `<p><br></p>`: an empty line that somebody wanted, which is an empty paragraph here. */
function isGap({ name, children }: Element): boolean {
  const [only] = children;
  return name === 'p' && children.length === 1 && typeof only === 'object' && only.name === 'br';
}

function linesAndBlocks(children: readonly (Element | string)[]): Node[] {
  const result: Node[] = [];
  let run: (Element | string)[] = [];
  const endOfRun = () => {
    const content = inline(run);
    run = [];
    if (content.size > 0) result.push(line.create(null, content));
  };
  for (const child of children) {
    if (isBlock(child)) {
      endOfRun();
      result.push(block(child));
    } else run.push(child);
  }
  endOfRun();
  return result.length > 0 ? result : [line.create()];
}

function inline(children: readonly (Element | string)[]): Fragment {
  const nodes: Node[] = [];
  collect(children, [], nodes);
  return Fragment.fromArray(nodes);
}

function collect(children: readonly (Element | string)[], around: readonly Mark[], nodes: Node[]): void {
  let before: Mark | null = null;
  for (const child of children) {
    if (typeof child === 'string') {
      if (child !== '') nodes.push(schema.text(child, around));
      before = null;
      continue;
    }
    const attrs = { attributes: child.attributes };
    const leaf = child.name === 'span' && child.children.length === 0 ? 'anchor' : child.name;
    const type = schema.nodes[leaf];
    if (type !== undefined) {
      nodes.push(type.create(attrs, null, around));
      before = null;
      continue;
    }
    const mark = markFor(child, around, before);
    if (mark === null) continue;
    collect(child.children, [...around, mark], nodes);
    before = mark;
  }
}

/** The element as a mark that is none of those around it, nor the one that ends right before it. */
function markFor({ name, attributes }: Element, around: readonly Mark[], before: Mark | null): Mark | null {
  const type = schema.marks[name];
  if (type === undefined) return null;
  for (let key = 0; ; key += 1) {
    const mark = type.create({ attributes, key });
    if (!mark.isInSet(around) && !(before && mark.eq(before))) return mark;
  }
}
