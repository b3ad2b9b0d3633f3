/**
 * From what the editor holds to HTML that a person can read and change: a block a line. The cleaner makes of it what it
 * had made of the HTML that was read, and ids of blocks are its affair. Pure.
 */
import type { Fragment, Mark, Node } from 'prosemirror-model';
import { attributesOf, MIXED_BLOCKS, type Attributes } from './schema.ts';

/** @returns the text as HTML; '' for a document without anything in it. Empty paragraphs at the end are left out. */
export function printDocument(doc: Node): string {
  const blocks: Node[] = [];
  doc.forEach((child) => void blocks.push(child));
  while (blocks.length > 0 && isEmptyParagraph(blocks.at(-1))) blocks.pop();
  return blocks.map(printBlock).join('\n');
}

/** A piece of a text as HTML; bare text gets a paragraph. */
export function printFragment(content: Fragment): string {
  const pieces: string[] = [];
  content.forEach((node) => {
    pieces.push(node.type.name === 'line' ? `<p>${printInline(node)}</p>` : printBlock(node));
  });
  return pieces.join('\n');
}

function isEmptyParagraph(node: Node | undefined): boolean {
  return node?.type.name === 'p' && node.childCount === 0 && attributesOf(node.attrs).length === 0;
}

function printBlock(node: Node): string {
  const { name } = node.type;
  const tag = `<${name}${printAttributes(attributesOf(node.attrs))}>`;
  if (node.type.isLeaf) return tag;
  if (node.inlineContent) {
    // An empty line of the writer's stays one; an empty heading is nothing.
    if (node.childCount === 0) return name === 'p' ? `${tag}<br></p>` : '';
    return `${tag}${printInline(node)}</${name}>`;
  }
  const lines = printChildren(node);
  const holdsText = node.childCount === 1 && node.firstChild?.type.name === 'line';
  if (lines.length === 0 || holdsText) return `${tag}${lines.join('')}</${name}>`;
  return `${tag}\n${lines.join('\n')}\n</${name}>`;
}

function printChildren(node: Node): string[] {
  const result: string[] = [];
  node.forEach((child, _offset, index) => {
    if (child.type.name !== 'line') {
      result.push(printBlock(child));
      return;
    }
    const beside = [node.maybeChild(index - 1), node.maybeChild(index + 1)];
    const alone = node.childCount === 1;
    const bare = alone || (MIXED_BLOCKS.has(node.type.name) && !beside.some((one) => one?.type.name === 'line'));
    if (child.childCount === 0) result.push(alone ? '' : '<p><br></p>');
    else result.push(bare ? printInline(child) : `<p>${printInline(child)}</p>`);
  });
  return result.filter((one) => one !== '');
}

/** Marks in the order in which they stand in each other; those that go on are not closed. */
function printInline(node: Node): string {
  let html = '';
  let open: readonly Mark[] = [];
  const closeTo = (depth: number) => {
    for (const mark of [...open.slice(depth)].reverse()) html += `</${mark.type.name}>`;
    open = open.slice(0, depth);
  };
  node.forEach((child) => {
    const differs = child.marks.findIndex((mark, at) => open[at] === undefined || !mark.eq(open[at]));
    const same = differs === -1 ? child.marks.length : differs;
    closeTo(same);
    for (const mark of child.marks.slice(same))
      html += `<${mark.type.name}${printAttributes(attributesOf(mark.attrs))}>`;
    open = child.marks;
    html += printLeaf(child);
  });
  closeTo(0);
  return html;
}

function printLeaf(node: Node): string {
  if (node.isText) return escaped(node.text ?? '');
  const attributes = printAttributes(attributesOf(node.attrs));
  return node.type.name === 'anchor' ? `<span${attributes}></span>` : `<${node.type.name}${attributes}>`;
}

function printAttributes(attributes: Attributes): string {
  return attributes.map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;');
}
