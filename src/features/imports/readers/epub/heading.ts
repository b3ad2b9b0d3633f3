/** The heading at the top of a page, which becomes the chapter's title. */
import type { Element } from 'hast';
import { parseChapterHeading } from '../chapter-heading.ts';
import { isElement, isEmptyNode, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { saysSomething } from './page.ts';

const WRAPPER = /^(?:div|section|article|header|main|hgroup|center|body)$/;
const HEADING = /^h[1-6]$/;
const LONGEST = 200;

/** Where a heading stands: in its parent's children, so that it can be taken out. */
interface Place {
  heading: Element;
  siblings: Content[];
}

/**
 * Takes the heading off the top of a page. `label`: what the table of contents calls the page; it decides how many
 * headings in a row are the title, finds one that is a mere paragraph, and stands in where there is none. A heading that
 * only repeats the work's title goes. The nodes are changed.
 */
export function takeHeading(
  nodes: Content[],
  label: string | undefined,
  workTitle: string | undefined,
): string | undefined {
  const first = headingAt(nodes);
  const repeated = first !== null && same(textOf(first.heading), workTitle) && !same(label, workTitle);
  if (repeated) remove(first);
  const places = headingsAtTop(nodes);
  const texts = places.map(({ heading }) => textOf(heading));
  if (places.length === 0) {
    const paragraph = paragraphAtTop(nodes);
    if (paragraph && same(textOf(paragraph.heading), label)) remove(paragraph);
    return label ?? (repeated && first ? textOf(first.heading) : undefined);
  }
  const labelled = rowThatSays(texts, label);
  const row = labelled ?? { from: 0, to: isBareNumber(texts[0] ?? '') && texts.length > 1 ? 2 : 1 };
  const said = texts.slice(row.from, row.to);
  const title = labelled && said.length > 1 ? label : said.join(': ');
  if (title === undefined || title.length > LONGEST) return label;
  for (const place of places.slice(row.from, row.to)) remove(place);
  // "190" above, "190 A Four-leaved Clover" in the contents: the contents say more.
  return said.length === 1 && isBareNumber(title) && label?.startsWith(`${title} `) ? label : title;
}

/** Which headings in a row make up the entry in the contents. */
function rowThatSays(texts: readonly string[], label: string | undefined): { from: number; to: number } | null {
  for (let from = 0; from < texts.length; from++) {
    for (let to = from + 1; to <= texts.length; to++)
      if (same(texts.slice(from, to).join(' '), label)) return { from, to };
  }
  return null;
}

/** The headings before any other text, at most four. Taking them out in order leaves the others where they are. */
function headingsAtTop(nodes: Content[]): Place[] {
  const found: Place[] = [];
  const seen = new Set<Element>();
  for (let place = headingAt(nodes, seen); place && found.length < 4; place = headingAt(nodes, seen)) {
    found.push(place);
    seen.add(place.heading);
  }
  return found;
}

/** The first thing with text in it, when that is a heading. Headings in `passed` count as read. */
function headingAt(nodes: Content[], passed: ReadonlySet<Element> = new Set()): Place | null {
  const place = firstText(nodes, passed);
  return place && HEADING.test(place.heading.tagName) ? place : null;
}

function paragraphAtTop(nodes: Content[]): Place | null {
  const place = firstText(nodes, new Set());
  return place?.heading.tagName === 'p' ? place : null;
}

function firstText(nodes: Content[], passed: ReadonlySet<Element>): Place | null {
  for (const node of nodes) {
    if (isEmptyNode(node) || (isElement(node) && (passed.has(node) || !saysSomething(node)))) continue;
    if (!isElement(node)) return null;
    if (!WRAPPER.test(node.tagName)) return { heading: node, siblings: nodes };
    const inside = firstText(node.children, passed);
    if (inside) return inside;
    if (!onlyPassed(node, passed)) return null;
  }
  return null;
}

/** True for a wrapper that holds nothing but headings already read, as `<header>` does. */
function onlyPassed(element: Element, passed: ReadonlySet<Element>): boolean {
  return element.children.every(
    (child) =>
      isEmptyNode(child) ||
      (isElement(child) && (passed.has(child) || !saysSomething(child) || onlyPassed(child, passed))),
  );
}

function remove({ heading, siblings }: Place): void {
  const at = siblings.indexOf(heading);
  if (at >= 0) siblings.splice(at, 1);
}

function isBareNumber(text: string): boolean {
  const parsed = parseChapterHeading(text);
  return (parsed !== null && parsed.number !== null && parsed.title === null) || /^[\divxlc]{1,6}[.:]?$/i.test(text);
}

/** The same words, whatever the signs and spaces between them. */
export function same(a: string | undefined, b: string | undefined): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return a !== undefined && b !== undefined && bare(a) !== '' && bare(a) === bare(b);
}

/** True for a page that is nothing but headings: "Part Two" on a leaf of its own. */
export function isOnlyHeadings(nodes: readonly Content[]): boolean {
  let headings = 0;
  const look = (content: readonly Content[]): boolean =>
    content.every((node) => {
      if (isEmptyNode(node) || (isElement(node) && !saysSomething(node))) return true;
      if (!isElement(node)) return false;
      if (HEADING.test(node.tagName)) return ++headings > 0;
      return WRAPPER.test(node.tagName) && look(node.children);
    });
  return look(nodes) && headings > 0;
}
