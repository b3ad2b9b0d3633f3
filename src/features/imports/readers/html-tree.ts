/** The few questions a reader asks of a parsed page. */
import type { Element, ElementContent, Nodes, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';

export type Content = ElementContent | RootContent;

export function isElement(node: Nodes | undefined): node is Element;
export function isElement<Name extends string>(
  node: Nodes | undefined,
  name: Name,
): node is Element & { tagName: Name };
export function isElement(node: Nodes | undefined, name?: string): boolean {
  return node?.type === 'element' && (name === undefined || node.tagName === name);
}

export function hasClass(node: Element, name: string): boolean {
  const { className } = node.properties;
  return Array.isArray(className) ? className.includes(name) : className === name;
}

export function idOf(node: Element): string {
  return typeof node.properties['id'] === 'string' ? node.properties['id'] : '';
}

/** Its text with every run of white space as one space. A line break in the page is white space. */
export function textOf(node: Nodes): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (isElement(node, 'br')) return ' ';
  return 'children' in node ? node.children.map(rawText).join('') : '';
}

/** The first element, in the page's order, that answers yes. */
export function findElement(node: Nodes, answers: (element: Element) => boolean): Element | undefined {
  if (isElement(node) && answers(node)) return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = findElement(child, answers);
    if (found) return found;
  }
  return undefined;
}

/** All elements of a name, in the page's order. */
export function elementsNamed(node: Nodes, name: string): Element[] {
  const own = isElement(node, name) ? [node] : [];
  return 'children' in node ? [...own, ...node.children.flatMap((child) => elementsNamed(child, name))] : own;
}

/** A link's address as written. */
export function hrefOf(link: Element): string | undefined {
  const { href } = link.properties;
  return typeof href === 'string' && href.trim() !== '' ? href.trim() : undefined;
}

/** Nodes as HTML, without the white space around them. */
export function htmlOf(nodes: readonly Content[]): string {
  return toHtml({ type: 'root', children: [...nodes] }).trim();
}

/** A node that only keeps others apart: white space or a comment. */
export function isEmptyNode(node: Content): boolean {
  return node.type === 'comment' || node.type === 'doctype' || (node.type === 'text' && node.value.trim() === '');
}
