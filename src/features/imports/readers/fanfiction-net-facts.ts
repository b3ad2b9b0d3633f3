/**
 * The head of a story's page on FanFiction.Net and FictionPress as a browser saved it: title, creator, summary, and the
 * grey line "Rated: Fiction T - English - Humor - [Ivo, Marta] Tam - Chapters: 5 - Words: 12,345 - …".
 */
import type { Element, Root } from 'hast';
import type { ImportedWork } from '../imported-work.ts';
import { chapterTitle } from './chapter-heading.ts';
import { creatorFrom } from './creator-name.ts';
import { elementsNamed, findElement, hasClass, hrefOf, idOf, textOf } from './html-tree.ts';
import { absoluteLink } from './source-address.ts';
import { readDate } from './stated-date.ts';

/** Genres of the site; what stands in their place and is none of them are characters. */
const GENRE =
  /^(?:adventure|angst|crime|drama|family|fantasy|friendship|general|horror|humor|hurt\/comfort|mystery|parody|poetry|romance|sci-fi|spiritual|supernatural|suspense|tragedy|western)$/i;

/** True when the page has such a head; then it is read into the work, over what the page says in general. */
export function readFanfictionNet(page: Root, work: ImportedWork): boolean {
  const head = findElement(page, (element) => idOf(element) === 'profile_top');
  if (!head) return false;
  const title = elementsNamed(head, 'b').find((element) => hasClass(element, 'xcontrast_txt'));
  if (title && textOf(title) !== '') work.title = textOf(title);
  const link = elementsNamed(head, 'a').find((a) => /\/u\/\d+/.test(hrefOf(a) ?? ''));
  const creator = link ? creatorFrom(textOf(link), absoluteLink(hrefOf(link), work.sourceUrl)) : null;
  if (creator) work.creators = [creator];
  const summary = elementsNamed(head, 'div').find((element) => hasClass(element, 'xcontrast_txt'));
  if (summary && textOf(summary) !== '') work.summary = { format: 'text', source: textOf(summary) };
  const line = elementsNamed(head, 'span').find((element) => textOf(element).startsWith('Rated:'));
  if (line) readLine(line, work);
  readFandoms(page, work);
  return true;
}

function readLine(line: Element, work: ImportedWork): void {
  const dates = elementsNamed(line, 'span')
    .slice(1)
    .map((span) => {
      const seconds = Number(span.properties['dataXutime']);
      return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString().slice(0, 10) : null;
    });
  const others: string[] = [];
  for (const [i, part] of textOf(line)
    .split(/\s+-\s+/)
    .entries()) {
    const label = /^(Rated|Chapters|Words|Updated|Published|Status):\s*(.*)$/.exec(part);
    const said = label?.[2] ?? '';
    if (label?.[1] === 'Rated') work.rating = said.replace(/^Fiction\s+/i, '');
    else if (label?.[1] === 'Words') work.statedWords = Number(said.replace(/\D/g, ''));
    else if (label?.[1] === 'Status' && /^complete/i.test(said)) work.status = 'complete';
    else if (label?.[1] === 'Updated' || label?.[1] === 'Published') {
      const day = dates.shift() ?? readDate(said);
      if (day) work[label[1] === 'Updated' ? 'updated' : 'published'] = day;
      else others.push(part);
    } else if (label?.[1] === 'Chapters') others.push(part);
    else if (/^(?:Reviews|Favs|Follows|id|Crossover):/i.test(part)) others.push(part);
    else if (i === 1) work.language = part;
    else if (genres(part).every((genre) => GENRE.test(genre))) work.freeforms.push(...genres(part));
    else if (i <= 3) readCharacters(part, work);
    else if (part.trim() !== '') others.push(part);
  }
  if (others.length > 0) work.unmapped.push(`The source’s statistics also say: ${others.join(', ')}.`);
}

/** "Hurt/Comfort" is one genre, "Humor/Mystery" are two. */
function genres(part: string): string[] {
  return part
    .replace(/hurt\/comfort/i, 'Hurt&Comfort')
    .split('/')
    .map((genre) => genre.replace('&', '/'));
}

/** "[Ivo, Marta] Tam": those in brackets are a pairing. */
function readCharacters(part: string, work: ImportedWork): void {
  for (const [, pair = ''] of part.slice(0, 1000).matchAll(/\[([^\]]{1,200})\]/g))
    work.relationships.push(
      pair
        .split(',')
        .map((name) => name.trim())
        .join('/'),
    );
  const names = part
    .replace(/[[\]]/g, ',')
    .split(',')
    .map((name) => name.trim());
  for (const name of names) if (name !== '' && !work.characters.includes(name)) work.characters.push(name);
}

/** "Books » Harbour Tales" above the story; a crossover names two, joined with "+". */
function readFandoms(page: Root, work: ImportedWork): void {
  const path = findElement(page, (element) => idOf(element) === 'pre_story_links');
  const last = path ? elementsNamed(path, 'a').map(textOf).at(-1) : undefined;
  const fandoms = (last ?? '').replace(/\s+Crossover$/i, '').split(' + ');
  work.fandoms.push(...fandoms.filter((name) => name !== '' && !work.fandoms.includes(name)));
}

/** The chapter this page shows, as its menu of chapters says: "3. Tea" → its title; undefined without a menu. */
export function shownChapter(page: Root): { title?: string; of: number } | undefined {
  const menu = findElement(page, (element) => element.tagName === 'select' && idOf(element) === 'chap_select');
  if (!menu) return undefined;
  const options = elementsNamed(menu, 'option');
  const shown = options.find(
    (option) => option.properties['selected'] !== undefined && option.properties['selected'] !== false,
  );
  const said = /^(\d+)\.\s*(.*)$/.exec(shown ? textOf(shown) : '');
  const title = said ? chapterTitle(said[2] ?? '', Number(said[1])) : undefined;
  return { of: options.length, ...(title === undefined ? {} : { title }) };
}
