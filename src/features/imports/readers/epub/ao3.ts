/**
 * AO3's EPUB download, of both makes: Calibre's conversion of the HTML download (since 2019), and the archive's own before
 * that. Its pages are put together again to the page they were cut from, which the reader of the HTML download reads.
 */
import type { Element } from 'hast';
import { readDownload } from '../ao3-html.ts';
import { creatorFrom } from '../creator-name.ts';
import { elementsNamed, findElement, hasClass, idOf, isElement, isEmptyNode, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import type { ReadResult } from '../reader.ts';
import { sourceAddress } from '../source-address.ts';
import { readDate } from '../stated-date.ts';
import { finish } from './any-book.ts';
import type { Book, BookPage } from './book.ts';
import { saysSomething } from './page.ts';

/** A page of chapter text in the archive's own EPUBs: number of the chapter, and of its part. */
const OLD_CHAPTER = /(?:^|\/)chapter(\d+)_(\d+)\.x?html?$/i;

/** True for a book whose first pages are the preface of a download. */
export function isAo3Book(book: Book): boolean {
  return book.pages.slice(0, 4).some((page) => {
    const isMessage = (element: Element): boolean => element.tagName === 'p' && hasClass(element, 'message');
    const message = findElement({ type: 'root', children: page.body }, isMessage);
    return message !== undefined && textOf(message).includes('Posted originally on');
  });
}

/** Reads a download; refused as the HTML download is. @throws RangeError as `readDownload` does. */
export function readAo3Book(book: Book): ReadResult {
  const old = book.pages.some(({ path }) => OLD_CHAPTER.test(path));
  const result = readDownload(old ? oldPages(book.pages) : book.pages.flatMap(({ body }) => withBoxes(body)));
  if (!result.ok) return result;
  const { work } = result;
  addStatements(book, work);
  if (old) {
    work.unmapped.push('AO3’s EPUB files from before 2019 lack the end notes of chapters, if there were any.');
  }
  finish(book, work);
  return result;
}

/** What the package knows and the pages do not: the language in older files, the address and date in the oldest. */
function addStatements(book: Book, work: Extract<ReadResult, { ok: true }>['work']): void {
  for (const { name, value, meta, attributes } of book.package.statements) {
    if (meta) continue;
    if (name === 'language') work.language ??= value;
    if (name === 'identifier' && attributes.get('scheme')?.toUpperCase() === 'URI') {
      const address = sourceAddress(value);
      if (address) work.sourceUrl ??= address;
    }
    if (name === 'title') work.title ??= value;
    const day = name === 'date' ? readDate(value) : null;
    if (day !== null) work.published ??= day;
    const creator = name === 'creator' && work.creators.length === 0 ? creatorFrom(value) : null;
    const hidden = work.unmapped.some((sentence) => sentence.includes('Anonymous'));
    if (creator && !hidden) work.creators.push(creator);
  }
}

/**
 * Calibre flattens style sheets and drops the class `meta` with them: the heads and end notes of chapters are told again
 * by what is in them.
 */
function withBoxes(nodes: readonly Content[]): Content[] {
  for (const chapters of nodes.filter((node) => isElement(node)).flatMap(chapterBoxes)) {
    // What is left of page breaks: a box of nothing would count as a chapter.
    chapters.children = chapters.children.filter((child) => !isElement(child, 'div') || holdsAnything(child));
    for (const child of chapters.children) if (isElement(child, 'div') && isMeta(child)) addClass(child, 'meta');
  }
  return [...nodes];
}

function holdsAnything(box: Element): boolean {
  const counts = (element: Element): boolean => /^(?:hr|img)$/.test(element.tagName);
  return saysSomething(box) || hasClass(box, 'meta') || findElement(box, counts) !== undefined;
}

function chapterBoxes(element: Element): Element[] {
  return elementsNamed(element, 'div').filter((div) => idOf(div) === 'chapters');
}

const LABEL = /^(?:chapter )?(?:summary|notes|end notes)$/i;

function isMeta(div: Element): boolean {
  if (hasClass(div, 'userstuff') || hasClass(div, 'endnote-link') || hasClass(div, 'meta')) return false;
  return (
    /^endnotes\d*$/.test(idOf(div)) ||
    div.children.some(
      (child) =>
        isElement(child) &&
        ((/^h[1-6]$/.test(child.tagName) && hasClass(child, 'heading')) ||
          (child.tagName === 'p' && LABEL.test(textOf(child)))),
    )
  );
}

function addClass(element: Element, name: string): void {
  const { className } = element.properties;
  element.properties['className'] = [...(Array.isArray(className) ? className : []), name];
}

/** The archive's own EPUBs: `preface`, `chapter{N}_{part}`, `afterword`, where a long chapter has several parts. */
function oldPages(pages: readonly BookPage[]): Content[] {
  let before = '';
  return pages.flatMap((page) => {
    const chapter = OLD_CHAPTER.exec(page.path)?.[1];
    if (chapter === undefined) return withBoxes(page.body);
    const begins = chapter !== before;
    before = chapter;
    const nodes = page.body.flatMap((node) => insideChapters(node)).flatMap((node) => insideWrapper(node));
    const [box] = withBoxes([div({ id: 'chapters', className: ['userstuff'] }, headed(nodes, begins))]);
    return box ? [box] : [];
  });
}

function insideChapters(node: Content): Content[] {
  return isElement(node, 'div') && idOf(node) === 'chapters' ? node.children : [node];
}

/** A box that is neither text nor head is opened, so that what is in it is seen. */
function insideWrapper(node: Content): Content[] {
  if (!isElement(node, 'div') || isMeta(node) || idOf(node) !== '') return [node];
  const { className } = node.properties;
  return Array.isArray(className) && className.length > 0 ? [node] : node.children;
}

/** A chapter's first part begins with a head, if need be an empty one, so that chapters without titles stay apart. */
function headed(nodes: readonly Content[], begins: boolean): Content[] {
  const first = nodes.find((node) => !isEmptyNode(node));
  if (!begins || (isElement(first) && (isMeta(first) || hasClass(first, 'meta')))) return [...nodes];
  if (isElement(first) && /^h[1-6]$/.test(first.tagName) && !hasClass(first, 'toc-heading')) {
    return [div({ className: ['meta'] }, [first]), ...nodes.filter((node) => node !== first)];
  }
  if (isElement(first) && hasClass(first, 'toc-heading')) return [...nodes];
  return [div({ className: ['meta'] }, []), ...nodes];
}

function div(properties: Element['properties'], children: readonly Content[]): Element {
  return { type: 'element', tagName: 'div', properties, children: children.filter((node) => node.type !== 'doctype') };
}
