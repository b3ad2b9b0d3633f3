/** An EPUB opened: what it says of itself, its contents, and its pages in the order of reading. */
import { looksOf } from '../html-style.ts';
import type { Looks } from '../html-style.ts';
import { openContainer } from './container.ts';
import type { Container } from './container.ts';
import { readNavigation } from './navigation.ts';
import type { Navigation } from './navigation.ts';
import { readPackage } from './package.ts';
import type { Package } from './package.ts';
import { readPage } from './page.ts';
import type { Page } from './page.ts';

export interface BookPage extends Page {
  /** False for what the book says stands beside its order of reading: notes, answers. */
  linear: boolean;
}

export interface Book {
  package: Package;
  navigation: Navigation;
  pages: readonly BookPage[];
  /** Pages that could not be had, and other slips: a sentence each. */
  slips: string[];
  missing: string[];
}

/** All pages together; their trees are held at once. The longest works have half of it. */
const MAX_ELEMENTS = 400_000;
/** Style sheets are read for italics and the like; a book's own take some kilobytes. */
const MAX_SHEETS = 500_000;

/** Bytes in; the book, or one sentence that says why it cannot be read. Never throws. */
export async function openBook(bytes: Uint8Array): Promise<{ ok: true; book: Book } | { ok: false; reason: string }> {
  const opened = await openContainer(bytes);
  if (!opened.ok) return opened;
  const { container } = opened;
  const read = await readPackage(container);
  if (!read.ok) return read;
  const looks = await looksFrom(container, read.package);
  const pages: BookPage[] = [];
  const missing: string[] = [];
  let elements = 0;
  for (const part of read.package.spine) {
    if (!isPage(part.type)) continue;
    const markup = await container.text(part.path);
    if (markup === null) {
      const why = container.lost.get(part.path) ?? 'is missing';
      missing.push(`The page “${part.path}” ${why}, so what it says could not be read.`);
      continue;
    }
    const result = readPage(part.path, markup, looks);
    if (!result.ok) return result;
    elements += result.page.elements;
    if (elements > MAX_ELEMENTS)
      return { ok: false, reason: 'This EPUB has too many elements to be read as one work.' };
    pages.push({ ...result.page, linear: part.linear });
  }
  const navigation = await readNavigation(container, read.package);
  const slips = [...container.slips, ...read.package.slips];
  return { ok: true, book: { package: read.package, navigation, pages, slips, missing } };
}

function isPage(type: string): boolean {
  return type === '' || /html|oeb1-document|text\/xml|application\/xml/.test(type);
}

async function looksFrom(container: Container, book: Package): Promise<Looks> {
  let css = '';
  for (const { path, type } of book.parts) {
    if (type !== 'text/css' || css.length > MAX_SHEETS) continue;
    css += `${((await container.text(path)) ?? '').slice(0, MAX_SHEETS)}\n`;
  }
  return looksOf({
    type: 'root',
    children: [{ type: 'element', tagName: 'style', properties: {}, children: [{ type: 'text', value: css }] }],
  });
}
