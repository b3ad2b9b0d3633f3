/** The book's own table of contents, from the navigation page of EPUB 3 or the NCX of EPUB 2. */
import { fromHtml } from 'hast-util-from-html';
import type { Element } from 'hast';
import { htmlOverLimits } from '../html-limits.ts';
import { elementsNamed, hrefOf, isElement, textOf } from '../html-tree.ts';
import type { Container } from './container.ts';
import { htmlFromXhtml } from './markup.ts';
import { pathOf } from './package.ts';
import type { Package } from './package.ts';
import { below, childrenOf, parseXml, xmlText } from './xml.ts';
import type { XmlElement } from './xml.ts';

export interface Signpost {
  label: string;
  path: string;
  /** The id of an element in the page; empty for the page's start. */
  fragment: string;
  /** 0 for what stands under no other entry. */
  depth: number;
}

export interface Navigation {
  signposts: readonly Signpost[];
  /** What pages are, by path: the types of the landmarks and of the guide. */
  kinds: ReadonlyMap<string, readonly string[]>;
}

const MAX_SIGNPOSTS = 20_000;

export async function readNavigation(container: Container, book: Package): Promise<Navigation> {
  const kinds = new Map<string, string[]>();
  const isKind = (path: string, type: string): void => void kinds.set(path, [...(kinds.get(path) ?? []), type]);
  for (const { type, path } of book.guide) isKind(path, type);
  const page = book.navigation === undefined ? null : await container.text(book.navigation);
  let signposts: Signpost[] = [];
  if (page !== null && book.navigation !== undefined) signposts = readNav(page, book.navigation, isKind);
  if (signposts.length === 0 && book.ncx !== undefined) {
    signposts = readNcx((await container.text(book.ncx)) ?? '', book.ncx);
  }
  return { signposts: signposts.slice(0, MAX_SIGNPOSTS), kinds };
}

function readNav(markup: string, from: string, isKind: (path: string, type: string) => void): Signpost[] {
  const html = htmlFromXhtml(markup);
  if (htmlOverLimits(html) !== null) return [];
  const signposts: Signpost[] = [];
  for (const nav of elementsNamed(fromHtml(html), 'nav')) {
    const type = nav.properties['epub:type'];
    if (type === 'landmarks') {
      for (const link of elementsNamed(nav, 'a')) {
        const path = pathOf(hrefOf(link), from);
        const kind = link.properties['epub:type'];
        // A landmark inside a page says nothing of the page as a whole.
        if (path !== null && typeof kind === 'string' && !hrefOf(link)?.includes('#')) isKind(path, kind.toLowerCase());
      }
    } else if (type === 'toc' || (type === undefined && signposts.length === 0)) walkList(nav, from, 0, signposts);
  }
  return signposts;
}

function walkList(element: Element, from: string, depth: number, found: Signpost[]): void {
  let inside = depth;
  for (const child of element.children) {
    if (!isElement(child)) continue;
    if (child.tagName === 'a') {
      add(found, textOf(child), hrefOf(child), from, depth);
      inside = depth + 1;
    } else walkList(child, from, child.tagName === 'li' ? depth : inside, found);
  }
}

function readNcx(text: string, from: string): Signpost[] {
  const parsed = parseXml(text);
  const map = parsed ? below(parsed.root, 'navMap').at(0) : undefined;
  const found: Signpost[] = [];
  const waiting: { point: XmlElement; depth: number }[] = [];
  const openPoints = (element: XmlElement, depth: number): void => {
    const points = childrenOf(element).filter(({ name }) => name === 'navPoint');
    for (const point of points.toReversed()) waiting.push({ point, depth });
  };
  if (map) openPoints(map, 0);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { point, depth } = next;
    const parts = childrenOf(point);
    const label = parts.find(({ name }) => name === 'navLabel');
    const href = parts.find(({ name }) => name === 'content')?.attributes.get('src');
    add(found, label ? xmlText(label) : '', href, from, depth);
    openPoints(point, depth + 1);
  }
  return found;
}

function add(found: Signpost[], label: string, href: string | undefined, from: string, depth: number): void {
  const path = pathOf(href, from);
  if (label === '' || path === null || href === undefined) return;
  const hash = href.indexOf('#');
  found.push({ label, path, fragment: hash < 0 ? '' : decoded(href.slice(hash + 1)), depth });
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
