/**
 * A page of a book as the tree of its words: what is not text is gone and counted, what its style sheets say of italics
 * and the like is said by elements, and links lead only within the page or out of the book.
 */
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { htmlOverLimits } from '../html-limits.ts';
import { alignmentOf, isUnmarked, marksOf } from '../html-style.ts';
import type { Looks } from '../html-style.ts';
import { elementsNamed, findElement, hrefOf, isElement, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { htmlFromXhtml } from './markup.ts';
import { pathOf } from './package.ts';

export interface Page {
  path: string;
  body: Content[];
  /** `epub:type` and `role` of the body, and of the one element that holds all. */
  types: readonly string[];
  bodyClasses: readonly string[];
  /** What the head says: `<title>` and `<meta name content>`. */
  title: string;
  metas: ReadonlyMap<string, string>;
  /** Alternative texts of the pictures that were left out; empty where a picture has none. */
  pictures: readonly string[];
  /** Paths in the book that its links led to. */
  links: readonly string[];
  linkedWords: number;
  words: number;
  /** Numbers of printed pages that were taken out. */
  pageNumbers: number;
  /** Elements there were. */
  elements: number;
}

/** A page's markup in; the page, or the sentence of a limit that it breaks. Never throws. */
export function readPage(
  path: string,
  markup: string,
  looks: Looks,
): { ok: true; page: Page } | { ok: false; reason: string } {
  const html = htmlFromXhtml(markup);
  const refusal = htmlOverLimits(html);
  if (refusal)
    return { ok: false, reason: refusal.replace('HTML file', 'EPUB').replace('in this file', 'in this EPUB') };
  try {
    return { ok: true, page: pageOf(path, fromHtml(html), looks) };
  } catch (error) {
    // As for any HTML: a parser that builds deeper than was counted runs out of stack, and of nothing else.
    if (error instanceof RangeError) return { ok: false, reason: 'The HTML in this EPUB is too tangled to be read.' };
    throw error;
  }
}

function pageOf(path: string, root: Root, looks: Looks): Page {
  const body = findElement(root, (element) => element.tagName === 'body');
  const head = findElement(root, (element) => element.tagName === 'head');
  const tidying = new Tidying(path, looks);
  const nodes = body ? tidying.all(body.children) : [];
  const metas = head
    ? elementsNamed(head, 'meta').map((meta) => [say(meta, 'name'), say(meta, 'content')] as const)
    : [];
  const title = head ? elementsNamed(head, 'title').at(0) : undefined;
  return {
    path,
    body: nodes,
    types: [...(body ? typesOf(body) : []), ...nodesTypes(nodes)],
    bodyClasses: (body ? say(body, 'className') : '').split(' ').filter(Boolean),
    title: title ? textOf(title) : '',
    metas: new Map(metas.filter(([name]) => name !== '')),
    pictures: tidying.pictures,
    links: tidying.links,
    linkedWords: tidying.linkedWords,
    words: countWords(nodes.map(textOf).join(' ')),
    pageNumbers: tidying.pageNumbers,
    elements: tidying.elements,
  };
}

/** True when there is any text in it. Stops at the first. */
export function saysSomething(node: Content): boolean {
  if (node.type === 'text') return /\S/.test(node.value);
  return 'children' in node && node.children.some(saysSomething);
}

export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function say(element: Element, name: string): string {
  const value = element.properties[name];
  return Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : '';
}

function typesOf(element: Element): string[] {
  const said = `${say(element, 'epub:type')} ${say(element, 'role')}`.toLowerCase();
  return said
    .split(/\s+/)
    .map((type) => type.replace(/^doc-/, ''))
    .filter(Boolean);
}

function nodesTypes(nodes: readonly Content[]): string[] {
  const full = nodes.filter((node) => saysSomething(node) || isElement(node, 'img'));
  const [only] = full;
  return full.length === 1 && isElement(only) ? typesOf(only) : [];
}

const GONE = new Set([
  'script',
  'style',
  'link',
  'meta',
  'title',
  'base',
  'head',
  'template',
  'audio',
  'video',
  'source',
]);
/** Classes that programs for e-books give to everything, and ids of theirs that nobody links to. */
const MACHINE_CLASS = /^(?:calibre\d*|kobospan|kobo\S*)$/i;
/** Calibre numbers the classes of an otwarchive download, where two of one name look different. */
const NUMBERED_CLASS = /^(userstuff|meta|message|byline|heading|toc-heading|endnote-link|tags)\d+$/;
const MACHINE_ID = /^(?:kobo\.|calibre_(?:toc|pb|link)[-_])/;
/** Empty boxes that begin a new page in print. */
const PAGE_BREAK = /\bcalibre_pb_|\bmbp_pagebreak\b|\bpage-?break\b/i;
/** Elements around which the marks of a style sheet cannot stand, because they hold blocks. */
const BLOCKS =
  /^(?:p|div|section|article|blockquote|ul|ol|dl|table|h[1-6]|header|footer|aside|figure|hr|pre|main|nav)$/;

class Tidying {
  readonly pictures: string[] = [];
  readonly links: string[] = [];
  linkedWords = 0;
  pageNumbers = 0;
  elements = 0;
  readonly #path: string;
  readonly #looks: Looks;

  constructor(path: string, looks: Looks) {
    this.#path = path;
    this.#looks = looks;
  }

  all(nodes: readonly Content[]): ElementContent[] {
    const kept: ElementContent[] = [];
    for (const node of nodes) {
      if (node.type === 'text') kept.push(node);
      // One by one: an element that goes may leave more children than a call may have arguments.
      else if (node.type === 'element') for (const child of this.#one(node)) kept.push(child);
    }
    return kept;
  }

  #one(element: Element): ElementContent[] {
    this.elements++;
    const name = element.tagName;
    if (GONE.has(name)) return [];
    if (name === 'img' || name === 'image') return this.#picture(element);
    if (name === 'svg') return this.#drawing(element);
    if (name === 'math') return [{ type: 'text', value: say(element, 'alttext') || textOf(element) }];
    if (
      name === 'div' &&
      element.children.length === 0 &&
      PAGE_BREAK.test(`${say(element, 'id')} ${say(element, 'className')}`)
    ) {
      return [];
    }
    const types = typesOf(element);
    if (types.includes('pagebreak') && countWords(textOf(element)) < 4) {
      this.pageNumbers++;
      return [];
    }
    const look = this.#looks.of(element);
    const marks = BLOCKS.test(name) && holdsBlocks(element) ? [] : marksOf(element, look);
    const align = name === 'p' || name === 'div' ? alignmentOf(element, look) : undefined;
    const bare = isUnmarked(element, look);
    const inLink = name === 'a' && this.#link(element);
    const numbersBefore = this.pageNumbers;
    const children = this.all(element.children);
    if (
      this.pageNumbers > numbersBefore &&
      children.every((child) => child.type === 'text' && child.value.trim() === '')
    ) {
      return [];
    }
    const clean: Element = { ...element, properties: propertiesOf(element, align), children: marked(children, marks) };
    if (name === 'a' && inLink === false && Object.keys(clean.properties).length === 0) return clean.children;
    if (bare || (name === 'span' && Object.keys(clean.properties).length === 0)) return clean.children;
    return [clean];
  }

  /** False for a link to elsewhere in the book, which is one no longer; its words stay. */
  #link(link: Element): boolean {
    const href = hrefOf(link);
    const to = pathOf(href, this.#path);
    // Links of a site's own pages, as sites write them, lead nowhere in a book; who knows the site can complete them.
    if (href === undefined || to === null || href.startsWith('/')) return href !== undefined;
    if (to === this.#path && href.includes('#')) {
      link.properties['href'] = href.slice(href.indexOf('#'));
      return true;
    }
    this.links.push(to);
    this.linkedWords += countWords(textOf(link));
    delete link.properties['href'];
    return false;
  }

  /** A picture inside the book has no place yet: what it shows is said by its alternative text. */
  #picture(image: Element): ElementContent[] {
    const { src } = image.properties;
    if (typeof src === 'string' && /^https?:/i.test(src)) return [image];
    const alt = say(image, 'alt').replace(/\s+/g, ' ').trim();
    this.pictures.push(alt);
    return alt === '' ? [] : [{ type: 'element', tagName: 'img', properties: { alt }, children: [] }];
  }

  #drawing(svg: Element): ElementContent[] {
    const said = [...elementsNamed(svg, 'title'), ...elementsNamed(svg, 'text')].map(textOf).filter(Boolean).join(' ');
    this.pictures.push(said);
    return said === '' ? [] : [{ type: 'element', tagName: 'img', properties: { alt: said }, children: [] }];
  }
}

function holdsBlocks(element: Element): boolean {
  return element.children.some((child) => isElement(child) && BLOCKS.test(child.tagName));
}

function marked(children: ElementContent[], marks: readonly string[]): ElementContent[] {
  return marks.reduceRight<ElementContent[]>(
    (inner, tagName) => (inner.length === 0 ? inner : [{ type: 'element', tagName, properties: {}, children: inner }]),
    children,
  );
}

function propertiesOf(element: Element, align: string | undefined): Element['properties'] {
  const { style: _style, className, id, ...rest } = element.properties;
  const classes = (Array.isArray(className) ? className.map(String) : [])
    .filter((name) => !MACHINE_CLASS.test(name))
    .map((name) => name.replace(NUMBERED_CLASS, '$1'));
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(?:xml|xmlns|data)/i.test(name))),
    ...(classes.length > 0 ? { className: classes } : {}),
    ...(typeof id === 'string' && !MACHINE_ID.test(id) ? { id } : {}),
    ...(align === undefined ? {} : { align }),
  };
}
