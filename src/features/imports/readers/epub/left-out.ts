/**
 * Pages of a book that are no story: cover, title page, contents, imprint. Each needs a sign of its own, and few words;
 * when in doubt a page is a chapter.
 */
import type { ImportedWork } from '../../imported-work.ts';
import { textOf } from '../html-tree.ts';
import type { Book, BookPage } from './book.ts';
import { countWords } from './page.ts';

type Kind = 'cover' | 'title' | 'contents' | 'imprint';

/** What books call such pages, in `epub:type`, landmarks and guides. */
const TYPES: Record<string, Kind> = {
  colophon: 'imprint',
  copyright: 'imprint',
  'copyright-page': 'imprint',
  cover: 'cover',
  halftitlepage: 'title',
  imprint: 'imprint',
  loi: 'contents',
  lot: 'contents',
  'page-list': 'contents',
  'title-page': 'title',
  titlepage: 'title',
  toc: 'contents',
};

/** With more words than this a page is story, whatever it is called. */
const MOST_WORDS: Record<Kind, number> = { cover: 60, title: 120, contents: 20_000, imprint: 300 };
/** What is left out is quoted whole in the report; what is too long for that stays. */
const MOST_CHARACTERS = 3000;

const CALLED = { cover: 'cover', title: 'title page', imprint: 'copyright page' };

/** The sentence for a page that is left out; null for a page of story. */
export function leftOutSentence(page: BookPage, index: number, book: Book, work: ImportedWork): string | null {
  const kind = kindOf(page, index, book, work);
  if (kind === 'contents') return 'The page with the table of contents was left out.';
  const said = page.body.map(textOf).join(' ').replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  if (said.length > MOST_CHARACTERS) return null;
  if (kind !== null) return `The ${CALLED[kind]} was left out${said === '' ? '' : `; it says: ${said}`}.`;
  if (page.words === 0 && page.pictures.length > 0)
    return `The page “${page.path}” holds only a picture; it was left out.`;
  return null;
}

function kindOf(page: BookPage, index: number, book: Book, work: ImportedWork): Kind | null {
  if (page.path === book.package.navigation) return 'contents';
  const types = [...page.types, ...(book.navigation.kinds.get(page.path) ?? [])];
  const stated = types.flatMap((type) => TYPES[type] ?? []).at(0);
  if (stated === 'contents') return leadsTo(page, 2) ? 'contents' : null;
  if (stated !== undefined) return page.words <= MOST_WORDS[stated] ? stated : null;
  if (types.some((type) => type === 'bodymatter' || type === 'chapter')) return null;
  if (leadsTo(page, 3)) return 'contents';
  if (index < 2 && page.words <= 3 && page.pictures.length > 0) return 'cover';
  if (index < 3 && isTitlePage(page, work)) return 'title';
  return isImprint(page) ? 'imprint' : null;
}

/** Mostly links, and those to so many other pages at least. */
function leadsTo(page: BookPage, least: number): boolean {
  const others = new Set(page.links.filter((path) => path !== page.path));
  return others.size >= least && page.linkedWords >= page.words * 0.6;
}

/** Nothing but the work's title, its creators and the small words between them. */
function isTitlePage(page: BookPage, work: ImportedWork): boolean {
  if (page.words === 0 || page.words > 40 || work.title === undefined) return false;
  let rest = ` ${plain(page.body.map(textOf).join(' '))} `;
  if (!rest.includes(` ${plain(work.title)} `)) return false;
  for (const known of [work.title, ...work.creators.map(({ name }) => name)])
    rest = rest.replace(` ${plain(known)} `, '  ');
  return (
    countWords(rest.replace(/ (?:by|a|an|the|and|written|story|novel|fan|fiction|fanfiction|von|de|par) /g, '  ')) <= 2
  );
}

function plain(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}

const IMPRINT_SIGNS = [
  /©|\bcopyright\b/i,
  /\ball rights reserved\b/i,
  /\bISBN\b/,
  /\bfirst (?:published|edition|printing)\b/i,
];

/** Two of the formulas, few words, and nothing said aloud. */
function isImprint(page: BookPage): boolean {
  if (page.words > 300) return false;
  const text = page.body.map(textOf).join(' ');
  return !/["“”„«]/.test(text) && IMPRINT_SIGNS.filter((sign) => sign.test(text)).length >= 2;
}
