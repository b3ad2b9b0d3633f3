/** One page that holds several chapters, cut where the table of contents points into it. */
import type { Element } from 'hast';
import { findElement, idOf, isElement, isEmptyNode } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { isOnlyHeadings } from './heading.ts';
import type { Signpost } from './navigation.ts';
import { saysSomething } from './page.ts';

export interface Piece {
  nodes: Content[];
  label: string | undefined;
  /** Headings that stand above it and belong to more than it: "Part Two". */
  above?: Content[];
}

/**
 * A page's nodes and the entries of the contents that lead to it in; its chapters out. Only entries of the outermost level
 * cut, since those under them are sections of a chapter; a book that is all one page is cut at the next level instead.
 * Where the entries do not lead to blocks that follow each other, the page is one chapter.
 */
export function splitAtSignposts(body: Content[], signposts: readonly Signpost[], alone: boolean): Piece[] {
  const least = signposts.reduce((lowest, { depth }) => Math.min(lowest, depth), Infinity);
  const outermost = signposts.filter(({ depth }) => depth === least);
  const next = alone && outermost.length === 1 ? signposts.filter(({ depth }) => depth === least + 1) : [];
  const cutting = next.length > 1 ? next : outermost;
  const whole = [{ nodes: body, label: outermost.at(0)?.label }];
  if (cutting.length < 2) return whole;
  const blocks = opened(body, new Set(cutting.map(({ fragment }) => fragment)));
  const cuts = cutsAt(blocks, cutting);
  if (cuts.size < 2) return whole;
  const pieces: Piece[] = [{ nodes: [], label: undefined }];
  for (const [i, block] of blocks.entries()) {
    const label = cuts.get(i);
    if (label !== undefined) pieces.push({ nodes: [], label });
    pieces.at(-1)?.nodes.push(block);
  }
  const [head, ...others] = pieces;
  const [firstChapter] = others;
  if (!head || !firstChapter) return whole;
  const silent = head.nodes.every((node) => !saysSomething(node));
  if (!silent && !isOnlyHeadings(head.nodes)) return pieces;
  if (!silent) firstChapter.above = head.nodes;
  return others;
}

/** The blocks of a page, wrappers opened that hold everything, or more than one of the places to cut at. */
function opened(body: Content[], aims: ReadonlySet<string>): Content[] {
  const full = body.filter((node) => !isEmptyNode(node));
  return body.flatMap((node) => {
    if (!isElement(node) || !/^(?:div|section|article|main)$/.test(node.tagName)) return [node];
    return full.length === 1 || aimsIn(node, aims) > 1 ? opened(node.children, aims) : [node];
  });
}

function aimsIn(element: Element, aims: ReadonlySet<string>): number {
  const own = idOf(element) !== '' && aims.has(idOf(element)) ? 1 : 0;
  return element.children.reduce((sum, child) => sum + (isElement(child) ? aimsIn(child, aims) : 0), own);
}

/** Which block each entry begins: the one that has its id, at its own beginning or on itself. */
function cutsAt(blocks: readonly Content[], signposts: readonly Signpost[]): Map<number, string> {
  const wanted = new Map(signposts.map(({ fragment, label }) => [fragment, label]));
  const cuts = new Map<number, string>();
  const [first] = signposts;
  if (first?.fragment === '') cuts.set(0, first.label);
  for (const [i, block] of blocks.entries()) {
    if (!isElement(block)) continue;
    const aim = findElement(block, (element) => wanted.has(idOf(element)) && idOf(element) !== '');
    if (!aim || (aim !== block && textBefore(block, aim))) continue;
    const label = wanted.get(idOf(aim));
    if (label !== undefined) cuts.set(i, label);
  }
  return cuts;
}

/** True when something is said in a block before the element is reached. */
function textBefore(block: Content, aim: Content): boolean {
  let said = false;
  const reach = (node: Content): boolean => {
    if (node === aim) return true;
    if (node.type === 'text') said ||= node.value.trim() !== '';
    return 'children' in node && node.children.some(reach);
  };
  return reach(block) && said;
}
