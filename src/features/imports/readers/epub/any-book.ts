/** A book of no known maker: its statements to fields, its pages to chapters. No words of it are dropped in silence. */
import type { Element } from 'hast';
import { emptyImportedWork } from '../../imported-work.ts';
import type { ImportedWork } from '../../imported-work.ts';
import { chapterTitle } from '../chapter-heading.ts';
import { findElement, hrefOf, htmlOf, idOf, isElement, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import type { ReadResult } from '../reader.ts';
import type { Book, BookPage } from './book.ts';
import { isOnlyHeadings, same, takeHeading } from './heading.ts';
import { leftOutSentence } from './left-out.ts';
import { readMetadata } from './metadata.ts';
import type { Signpost } from './navigation.ts';
import { saysSomething } from './page.ts';
import { splitAtSignposts } from './split-page.ts';
import type { Piece } from './split-page.ts';

/** Reads a book by what the EPUB formats themselves say. */
export function readAnyBook(book: Book): ReadResult {
  const work = emptyImportedWork();
  readMetadata(book.package, work);
  readChapters(book, work);
  if (work.chapters.length === 0) return { ok: false, reason: noWords(book) };
  reportOutside(book, work);
  finish(book, work);
  return { ok: true, work };
}

/** Pages that are in the file but in no order: no program for e-books shows them. */
function reportOutside(book: Book, work: ImportedWork): void {
  const inOrder = new Set(book.package.spine.map(({ path }) => path));
  const outside = book.package.parts.filter(
    ({ path, type }) => /xhtml|text\/html/.test(type) && !inOrder.has(path) && path !== book.package.navigation,
  );
  if (outside.length === 0) return;
  const names = outside.slice(0, 20).map(({ path }) => `“${path}”`);
  work.unmapped.push(`Pages that are not in the book’s order of reading were left out: ${names.join(', ')}.`);
}

/** What every reader of books says at the end: of pictures, lost pages, and slips of the file. */
export function finish(book: Book, work: ImportedWork): void {
  reportPictures(book, work);
  const numbers = book.pages.reduce((sum, page) => sum + page.pageNumbers, 0);
  if (numbers > 0) work.unmapped.push(`Page numbers of the printed book were left out: ${numbers}.`);
  if (book.package.fixedLayout)
    work.unmapped.push('The book’s pages have a fixed layout; only their text was taken over.');
  work.unmapped.push(...book.missing);
  work.repairs.push(...book.slips);
}

function noWords(book: Book): string {
  if (book.package.fixedLayout || book.pages.some(({ pictures }) => pictures.length > 0)) {
    return 'This EPUB is a book of pictures; there is no text in it to read.';
  }
  return book.missing.at(0) ?? 'This EPUB holds no text.';
}

function reportPictures(book: Book, work: ImportedWork): void {
  const pictures = book.pages.flatMap((page) => page.pictures);
  if (pictures.length === 0) return;
  const said = [...new Set(pictures.filter((alt) => alt !== ''))].slice(0, 10).map((alt) => `“${alt.slice(0, 100)}”`);
  const count = pictures.length === 1 ? 'One picture in the book was' : `${pictures.length} pictures in the book were`;
  work.unmapped.push(`${count} left out${said.length > 0 ? `: ${said.join(', ')}` : ''}.`);
}

function readChapters(book: Book, work: ImportedWork): void {
  const sentences = book.pages.map((page, i) => leftOutSentence(page, i, book, work));
  const isStory = (page: BookPage, i: number): boolean => page.words > 0 && sentences[i] === null;
  // A book of which nothing would be left is one page that calls itself a title page, or the like.
  const nothingLeft = !book.pages.some(isStory);
  const story = nothingLeft ? book.pages.filter(({ words }) => words > 0) : book.pages.filter(isStory);
  const inOrder = [...story.filter(({ linear }) => linear), ...story.filter(({ linear }) => !linear)];
  if (!nothingLeft) work.unmapped.push(...new Set(sentences.filter((said) => said !== null)));
  const besides = story.filter(({ linear }) => !linear);
  if (besides.length > 0 && besides.length < story.length) {
    const names = besides.map(({ path }) => `“${path}”`).join(', ');
    work.repairs.push(`What the book keeps outside its order of reading was put at the end: ${names}.`);
  }
  const byPath = Map.groupBy(book.navigation.signposts, ({ path }) => path);
  let waiting: Content[] = [];
  let before: BookPage | undefined;
  for (const page of inOrder) {
    const signposts = byPath.get(page.path) ?? [];
    const pieces = splitAtSignposts(page.body, signposts, inOrder.length === 1);
    for (const [i, piece] of pieces.entries()) {
      waiting.push(...(piece.above ?? []));
      if (isOnlyHeadings(piece.nodes) && (i < pieces.length - 1 || page !== inOrder.at(-1))) {
        waiting.push(...piece.nodes);
        continue;
      }
      if (i === 0 && waiting.length === 0 && before && continues(page, before, signposts, piece.nodes)) {
        appendTo(work, piece.nodes);
      } else addChapter(work, piece, waiting);
      waiting = [];
    }
    before = page;
  }
  if (waiting.length > 0) addChapter(work, { nodes: waiting, label: undefined }, []);
  const [only] = work.chapters;
  if (work.chapters.length === 1 && only?.title !== undefined && only.title === work.title) delete only.title;
}

/** Programs cut a long chapter in files, `…_split_003`: one without a heading or an entry in the contents goes on. */
function continues(page: BookPage, before: BookPage, signposts: readonly Signpost[], nodes: Content[]): boolean {
  const stem = (path: string): string | undefined => /^(.*)_split_\d+\.\w+$/.exec(path)?.[1];
  return (
    signposts.length === 0 &&
    stem(page.path) !== undefined &&
    stem(page.path) === stem(before.path) &&
    !findElement({ type: 'root', children: nodes.slice(0, 3) }, ({ tagName }) => /^h[1-6]$/.test(tagName))
  );
}

function appendTo(work: ImportedWork, nodes: readonly Content[]): void {
  const last = work.chapters.at(-1);
  const source = chapterHtml(nodes);
  if (last) last.text = { format: 'html', source: `${last.text.source}\n${source}` };
  else work.chapters.push({ text: { format: 'html', source } });
}

/** `above`: headings of their own pages, which stay in the text, unless they only say the work's title. */
function addChapter(work: ImportedWork, { nodes, label }: Piece, above: readonly Content[]): void {
  const position = work.chapters.length + 1;
  const heading = takeHeading(nodes, label, work.title);
  const title = heading === undefined ? undefined : chapterTitle(heading, position);
  const kept = above.filter((node) => !same(textOf(node), work.title));
  work.chapters.push({
    ...(title === undefined ? {} : { title }),
    text: { format: 'html', source: chapterHtml([...kept, ...nodes]) },
  });
}

/** Wrappers around the whole are opened, and anchors to which no link of the chapter leads are dropped. */
export function chapterHtml(nodes: readonly Content[]): string {
  let inner: readonly Content[] = nodes;
  for (;;) {
    const full = inner.filter((node) => isElement(node) || saysSomething(node));
    const [only] = full;
    if (full.length !== 1 || !isElement(only) || !/^(?:div|section|article|main)$/.test(only.tagName)) break;
    if (only.properties['lang'] !== undefined || only.properties['dir'] !== undefined) break;
    if (only.properties['align'] !== undefined) break;
    inner = only.children;
  }
  const aims = new Set<string>();
  const elements: Element[] = [];
  const waiting = inner.filter((node) => isElement(node));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    elements.push(next);
    const href = hrefOf(next);
    if (href?.startsWith('#')) aims.add(href.slice(1));
    for (const child of next.children) if (isElement(child)) waiting.push(child);
  }
  for (const element of elements) {
    if (idOf(element) !== '' && !aims.has(idOf(element))) delete element.properties['id'];
  }
  return htmlOf(inner.filter((node) => !isElement(node) || !isBareAnchor(node)));
}

/** `<a id="page_12"></a>`: a place that nobody links to any more. */
function isBareAnchor(element: Element): boolean {
  return element.tagName === 'a' && element.children.length === 0 && Object.keys(element.properties).length === 0;
}
