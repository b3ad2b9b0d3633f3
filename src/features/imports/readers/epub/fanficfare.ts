/**
 * EPUBs that FanFicFare makes of stories at many sites: the title page has the tags with their kinds, the package has
 * them mixed, so the page is read first. Labels are the user's to configure; one that is not known is named in the report.
 */
import type { Element } from 'hast';
import { emptyImportedWork } from '../../imported-work.ts';
import type { ImportedWork } from '../../imported-work.ts';
import { elementsNamed, findElement, hrefOf, isElement, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { creatorFrom } from '../creator-name.ts';
import type { ReadResult } from '../reader.ts';
import { absoluteLink, sourceAddress } from '../source-address.ts';
import { finish } from './any-book.ts';
import type { Book, BookPage } from './book.ts';
import { addFanFicFareChapter } from './fanficfare-chapter.ts';
import { isKnownLabel, isSummaryLabel, takeLabel } from './fanficfare-labels.ts';
import { readMetadata, shortened } from './metadata.ts';

/** True for a book that says FanFicFare made it (or its predecessor), or has its pages. */
export function isFanFicFareBook(book: Book): boolean {
  const said = book.package.statements.some(
    ({ name, value, attributes }) =>
      (name === 'contributor' && /\bfanfic(?:fare|downloader)\b/i.test(value)) ||
      (name === 'identifier' && /^(?:fanficfare|fanficdownloader)-uid/i.test(attributes.get('scheme') ?? value)),
  );
  // A conversion may replace the names of programs; the names of pages stay.
  const named = (pattern: RegExp): boolean => book.pages.some(({ path }) => pattern.test(path));
  return said || (named(/(?:^|\/)title_page\b|(?:^|\/)title_page_/) && named(/(?:^|\/)file\d{4}/));
}

/** Reads such a book; refused when it holds no chapter. */
export function readFanFicFareBook(book: Book): ReadResult {
  const work = emptyImportedWork();
  const pages = book.pages.map((page) => ({ page, kind: kindOf(page) }));
  const from = addressOf(book, pages.find(({ kind }) => kind === 'title')?.page);
  if (from !== undefined) work.sourceUrl = from;
  const seen = new Set<string>();
  for (const { page, kind } of pages) {
    if (kind === 'title') readTitlePage(page, work);
    if (kind !== 'chapter') continue;
    // Downloads that were updated may hold a chapter twice; each has its own address.
    const address = page.metas.get('chapterurl') ?? '';
    if (address !== '' && seen.has(address)) {
      work.unmapped.push(`A second copy of the chapter at ${address} was left out.`);
      continue;
    }
    seen.add(address);
    if (page.words > 0) addFanFicFareChapter(page, work, labelOf(book, page));
  }
  const last = pages.filter(({ kind }) => kind === 'log').length;
  if (last > 0) work.unmapped.push('FanFicFare’s log of updates was left out.');
  if (work.chapters.length === 0) return { ok: false, reason: 'This EPUB by FanFicFare holds no chapter.' };
  addPackage(
    book,
    work,
    pages.some(({ kind }) => kind === 'title'),
  );
  finish(book, work);
  const [only] = work.chapters;
  if (work.chapters.length === 1 && only?.title !== undefined && only.title === work.title) delete only.title;
  if (work.status === 'complete' && work.plannedChapters === undefined) work.plannedChapters = work.chapters.length;
  return { ok: true, work };
}

type PageKind = 'title' | 'contents' | 'log' | 'cover' | 'chapter';

/** By the class of the body, and where a conversion took that away, by the file's name. */
function kindOf(page: BookPage): PageKind {
  const name = page.path.split('/').at(-1) ?? '';
  const is = (kind: string, file: RegExp): boolean => page.bodyClasses.includes(`fff_${kind}`) || file.test(name);
  if (page.bodyClasses.includes('fff_chapter')) return 'chapter';
  if (is('titlepage', /^title_page\b|^title_page_/)) return 'title';
  if (is('tocpage', /^toc_page\b|^toc_page_|^nav\.xhtml$/)) return 'contents';
  if (is('logpage', /^log_page\b|^log_page_/)) return 'log';
  return is('coverpage', /^(?:cover|titlepage)\.x?html$/) ? 'cover' : 'chapter';
}

function labelOf(book: Book, page: BookPage): string | undefined {
  return book.navigation.signposts.find(({ path }) => path === page.path)?.label;
}

/** `dc:source` is surest; then the identifiers, then the link on the title page. */
function addressOf(book: Book, titlePage: BookPage | undefined): string | undefined {
  const stated = (name: string): string[] =>
    book.package.statements.filter((one) => !one.meta && one.name === name).map(({ value }) => value);
  const link = titlePage ? elementsNamed({ type: 'root', children: titlePage.body }, 'a').map(hrefOf).at(0) : undefined;
  for (const written of [...stated('source'), ...stated('identifier').map((id) => id.replace(/^ur[il]:/i, '')), link]) {
    const address = sourceAddress(written ?? '');
    if (address) return address;
  }
  return undefined;
}

/** The heading ("Title by Author, Author"), then labels in bold with what stands after each, in lines or in a table. */
function readTitlePage(page: BookPage, work: ImportedWork): void {
  const root = { type: 'root' as const, children: page.body };
  const heading = findElement(root, ({ tagName }) => /^h[1-6]$/.test(tagName));
  if (heading) readHeading(heading, work);
  let label = '';
  let value: Content[] = [];
  const flush = (): void => {
    if (label !== '') takeLabel(label, value, work);
    else if (textOf(toRoot(value)) !== '') {
      work.unmapped.push(`The title page also says: ${shortened(textOf(toRoot(value)))}.`);
    }
    value = [];
  };
  const body = page.body.filter((one) => one !== heading);
  const row = opened(body, false);
  for (const node of row.some((one) => labelOn(one) !== null) ? row : opened(body, true)) {
    const next = labelOn(node);
    // A summary may have bold words of its own; only a label that is known ends it.
    if (next === null || (isSummaryLabel(label) && !isKnownLabel(next))) value.push(node);
    else {
      flush();
      label = next;
    }
  }
  flush();
}

function toRoot(nodes: readonly Content[]): { type: 'root'; children: Content[] } {
  return { type: 'root', children: [...nodes] };
}

/** "Rating" of `<b>Rating:</b>`. */
function labelOn(node: Content): string | null {
  const bold = isElement(node, 'b') || isElement(node, 'strong');
  return bold ? (/^(.{1,60}?)\s*[:：]$/.exec(textOf(node))?.[1] ?? null) : null;
}

/** Boxes and tables opened, so that labels and values stand in one row. `paragraphs`: these too, for pages of such lines. */
function opened(nodes: readonly Content[], paragraphs: boolean): Content[] {
  return nodes.flatMap((node) => {
    if (!isElement(node)) return [node];
    const box = /^(?:div|table|tbody|tr|td|th)$/.test(node.tagName) || (paragraphs && node.tagName === 'p');
    return box ? opened(node.children, paragraphs) : [node];
  });
}

function readHeading(heading: Element, work: ImportedWork): void {
  const [title, ...creators] = elementsNamed(heading, 'a');
  if (title && textOf(title) !== '') work.title = textOf(title);
  for (const link of creators) {
    const creator = creatorFrom(textOf(link), absoluteLink(hrefOf(link), work.sourceUrl));
    if (creator && !work.creators.some(({ name }) => name === creator.name)) work.creators.push(creator);
  }
}

/** Subjects that FanFicFare adds to every book, and those that repeat the title page. */
const ARTEFACTS =
  /^(?:fan\s?fiction|last update\b.*|(?:in-progress|completed?|hiatus|abandoned|dropped|cancelled)|fanfic)$/i;

/** What only the package has. Its subjects have no kinds: they count only where the title page is missing. */
function addPackage(book: Book, work: ImportedWork, hasTitlePage: boolean): void {
  const stated = emptyImportedWork();
  readMetadata(book.package, stated);
  const { title, language, summary, published, updated } = stated;
  if (title !== undefined) work.title ??= title;
  if (language !== undefined) work.language ??= language;
  if (summary !== undefined) work.summary ??= summary;
  if (published !== undefined) work.published ??= published;
  if (updated !== undefined) work.updated ??= updated;
  if (work.creators.length === 0) work.creators = stated.creators;
  if (work.series.length === 0) work.series = stated.series;
  const known = new Set([
    ...work.fandoms,
    ...work.characters,
    ...work.relationships,
    ...work.freeforms,
    ...work.categories,
  ]);
  const subjects = stated.freeforms.filter((subject) => !ARTEFACTS.test(subject) && !known.has(subject));
  const status = stated.freeforms.find((subject) => /^(?:in-progress|completed?)$/i.test(subject));
  if (status !== undefined) work.status ??= /^c/i.test(status) ? 'complete' : 'in-progress';
  if (!hasTitlePage) {
    work.freeforms.push(...subjects);
    if (subjects.length > 0) work.unmapped.push('The book has no title page, so the kinds of its tags are not known.');
  } else if (subjects.length > 0) work.unmapped.push(`Subjects, as the book says: ${subjects.join('; ')}.`);
  work.unmapped.push(
    ...stated.unmapped.filter(
      (sentence) => !/^(?:Identifier|Contributor|Made with|Publisher|Added to|Source)\b/.test(sentence),
    ),
  );
}
