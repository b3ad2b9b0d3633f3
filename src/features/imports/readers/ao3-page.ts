/**
 * A work's page as a browser saved it from AO3 or an archive on the same software ("Entire Work" or one chapter): what
 * the download has, in other places, and a few things more (gifts, per-chapter notes, statistics).
 */
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedChapter, ImportedText, ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { readLabels } from './ao3-labels.ts';
import { chapterTitle } from './chapter-heading.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from './creator-name.ts';
import { htmlOverLimits } from './html-limits.ts';
import { elementsNamed, findElement, hasClass, hrefOf, htmlOf, idOf, isElement, textOf } from './html-tree.ts';
import type { PromptReader } from './reader.ts';
import { absoluteLink, sourceAddress } from './source-address.ts';

/** What only the page has, and how much it says. */
const FEATURES: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [0.5, /<dl\b[^<>]{0,200}\bclass\s*=\s*["']?work meta group\b/i],
  [0.3, /<h2\b[^<>]{0,200}\bclass\s*=\s*["']?title heading\b/i],
  [0.2, /<div\b[^<>]{0,200}\bid\s*=\s*["']?(?:workskin|chapters)\b/i],
];

export const ao3PageReader: PromptReader = {
  format: 'ao3-page',

  sniff(file) {
    if (fileKind(file) !== 'html') return 0;
    const head = file.text.slice(0, 524_288);
    const sum = FEATURES.reduce((total, [weight, pattern]) => total + (pattern.test(head) ? weight : 0), 0);
    return sum >= 0.7 ? Math.min(1, sum) : 0;
  },

  read(file) {
    const refusal = htmlOverLimits(file.text);
    if (refusal) return { ok: false, reason: refusal };
    try {
      return readPage(fromHtml(file.text), file.text);
    } catch (error) {
      // The count above is of the markup; a parser that builds deeper than it still runs out of stack, and of nothing else.
      if (error instanceof RangeError) return { ok: false, reason: 'The HTML in this file is too tangled to be read.' };
      throw error;
    }
  },
};

function readPage(page: Root, html: string): ReturnType<PromptReader['read']> {
  const work = emptyImportedWork();
  const address = addressOf(page, html);
  if (address) work.sourceUrl = address;
  const meta = findElement(page, (element) => element.tagName === 'dl' && hasClass(element, 'meta'));
  if (meta) readMeta(meta, work);
  const title = findElement(page, (element) => element.tagName === 'h2' && hasClass(element, 'title'));
  if (title && textOf(title) !== '') work.title = textOf(title);
  const byline = findElement(page, (element) => element.tagName === 'h3' && hasClass(element, 'byline'));
  if (byline) readByline(byline, work);
  const holder = findElement(page, (element) => idOf(element) === 'chapters');
  const preface = findElement(page, (element) => hasClass(element, 'preface') && !inside(holder, element));
  if (preface) Object.assign(work, modulesOf(preface, work, 'The preface'));
  const chapters = holder ? childrenWithId(holder, /^chapter-\d+$/) : [];
  for (const [i, chapter] of chapters.entries()) work.chapters.push(readChapter(chapter, i + 1, work));
  const whole = holder && chapters.length === 0 ? userstuffOf(holder) : null;
  if (whole) work.chapters.push({ text: whole });
  readEnd(page, work);
  reportPartial(work, chapters.length);
  if (work.chapters.every((chapter) => chapter.text.source === ''))
    return {
      ok: false,
      reason: 'This page of a work holds no text. Open the entire work, and use “Download”, then “HTML”.',
    };
  return { ok: true, work };
}

function inside(holder: Element | undefined, element: Element): boolean {
  return holder !== undefined && findElement(holder, (other) => other === element) !== undefined;
}

/** The work's own address: what the page calls canonical, the browser's note on saving, or the link to the entire work. */
function addressOf(page: Root, html: string): string | null {
  const saved = /<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})\s*-->/i.exec(html.slice(0, 20_000))?.[1];
  const links = [
    ...elementsNamed(page, 'link').filter((link) => String(link.properties['rel']).includes('canonical')),
    ...elementsNamed(page, 'a'),
  ].map(hrefOf);
  const work = links.find((href) => href !== undefined && /^https?:\/\/[^/]+\/(?:[^?#]*\/)?works\/\d+/.test(href));
  for (const written of [saved, work]) {
    const address = written && /\/works\/\d+/.test(written) ? sourceAddress(written) : null;
    if (address) return address;
  }
  return null;
}

/** The labelled list: tags and language as in a download, series and statistics in lists of their own. */
function readMeta(meta: Element, work: ImportedWork): void {
  const own: Element = { ...meta, children: [] };
  const statistics: Element[] = [];
  for (const child of meta.children) {
    if (!isElement(child)) continue;
    if (hasClass(child, 'stats')) statistics.push(...elementsNamed(child, 'dl').slice(0, 1));
    else if (hasClass(child, 'series')) readSeries(child, work);
    else own.children.push(child);
  }
  readLabels(own, work, work.sourceUrl);
  for (const list of statistics) readStatistics(list, work);
}

function readStatistics(list: Element, work: ImportedWork): void {
  const others: string[] = [];
  for (const dd of elementsNamed(list, 'dd')) {
    const said = textOf(dd);
    const day = /^\d{4}-\d{2}-\d{2}$/.test(said) ? said : undefined;
    const chapters = /^(\d[\d,.]*)\s*\/\s*(\d[\d,.]*|\?)$/.exec(said);
    const number = (written: string): number => Number(written.replace(/\D/g, ''));
    if (hasClass(dd, 'published') && day) work.published = day;
    else if (hasClass(dd, 'status') && day) {
      work.updated = day;
      if (/completed/i.test(labelBefore(list, dd))) work.status = 'complete';
    } else if (hasClass(dd, 'words')) work.statedWords = number(said);
    else if (hasClass(dd, 'chapters') && chapters) {
      work.plannedChapters = chapters[2] === '?' ? null : number(chapters[2] ?? '');
      if (number(chapters[1] ?? '') === work.plannedChapters) work.status = 'complete';
    } else if (said !== '') others.push(`${labelBefore(list, dd).replace(/\s*:$/, '')} ${said}`.trim());
  }
  if (others.length > 0) work.unmapped.push(`The source’s statistics also say: ${others.join(', ')}.`);
}

function labelBefore(list: Element, dd: Element): string {
  const at = list.children.indexOf(dd);
  const label = list.children.slice(0, at).findLast((child) => isElement(child, 'dt'));
  return label ? textOf(label) : '';
}

/** "Part 2 of <a>Harbour</a>" in a span of its own, between links to the works before and after. */
function readSeries(dd: Element, work: ImportedWork): void {
  const places = elementsNamed(dd, 'span').filter((span) => hasClass(span, 'position'));
  for (const place of places.length > 0 ? places : [dd]) {
    const link = elementsNamed(place, 'a').find((a) => /\/series\/\d+/.test(hrefOf(a) ?? ''));
    if (!link) continue;
    const position = Number(/(\d+)/.exec(textOf(place).replace(textOf(link), ''))?.[1] ?? 0);
    const url = absoluteLink(hrefOf(link), work.sourceUrl);
    work.series.push({ title: textOf(link), ...(position > 0 ? { position } : {}), ...(url ? { url } : {}) });
  }
}

function readByline(byline: Element, work: ImportedWork): void {
  const links = elementsNamed(byline, 'a');
  if (links.length === 0 && isAnonymous(textOf(byline))) work.unmapped.push(ANONYMOUS_SENTENCE);
  const archived = /^(.*?)\s*\[archived by\s+.*\]$/i.exec(textOf(byline));
  if (archived) {
    const creator = creatorFrom(textOf(byline));
    if (creator) work.creators.push(creator);
    return;
  }
  const pieces = links.length > 0 ? links : [byline];
  for (const piece of pieces) {
    const creator = creatorFrom(textOf(piece), absoluteLink(hrefOf(piece), work.sourceUrl));
    if (creator && !isAnonymous(creator.name)) work.creators.push(creator);
  }
}

type Texts = Pick<ImportedChapter, 'summary' | 'notes' | 'endNotes'>;

/** Summary, notes and end notes in their modules; lists of gifts and related works go to the report. */
function modulesOf(part: Element, work: ImportedWork, place: string): Texts {
  const texts: Texts = {};
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!isElement(child)) continue;
      const field = fieldOf(child);
      const text = field ? quotedIn(child) : null;
      if (field && text) {
        const before = texts[field]?.source;
        texts[field] = { format: 'html', source: before ? `${before}\n${text.source}` : text.source };
      }
      if (hasClass(child, 'associations'))
        for (const item of elementsNamed(child, 'li'))
          work.unmapped.push(`${place} also says: ${textOf(item).slice(0, 300)}`);
      else if (!field || !text) visit(child);
      else
        for (const list of elementsNamed(child, 'ul').filter((ul) => hasClass(ul, 'associations')))
          visit({ ...child, children: [list] });
    }
  };
  visit(part);
  return texts;
}

function fieldOf(element: Element): keyof Texts | null {
  if (!hasClass(element, 'module')) return null;
  if (hasClass(element, 'summary')) return 'summary';
  if (!hasClass(element, 'notes')) return null;
  return hasClass(element, 'end') ? 'endNotes' : 'notes';
}

function quotedIn(element: Element): ImportedText | null {
  const quoted = elementsNamed(element, 'blockquote').filter((quote) => hasClass(quote, 'userstuff'));
  const source = quoted
    .map((quote) => htmlOf(quote.children))
    .filter((html) => html !== '')
    .join('\n');
  return source === '' ? null : { format: 'html', source };
}

function childrenWithId(holder: Element, id: RegExp): Element[] {
  return holder.children.flatMap((child) => (isElement(child) && id.test(idOf(child)) ? [child] : []));
}

function readChapter(chapter: Element, place: number, work: ImportedWork): ImportedChapter {
  const heading = findElement(chapter, (element) => element.tagName === 'h3' && hasClass(element, 'title'));
  const position = Number(/^chapter-(\d+)$/.exec(idOf(chapter))?.[1] ?? place);
  const title = heading ? chapterTitle(textOf(heading), position) : undefined;
  const byline = findElement(chapter, (element) => element.tagName === 'h3' && hasClass(element, 'byline'));
  if (byline && textOf(byline) !== '')
    work.unmapped.push(`Chapter ${position} has a byline of its own: ${textOf(byline)}.`);
  const around = chapter.children.filter((child) => !(isElement(child) && isText(child)));
  const texts = modulesOf({ ...chapter, children: around }, work, `Chapter ${position}`);
  return {
    ...(title === undefined ? {} : { title }),
    ...texts,
    text: userstuffOf(chapter) ?? { format: 'html', source: '' },
  };
}

/** The element with a chapter's words: `div.userstuff`, which is no quotation in a module. */
function isText(element: Element): boolean {
  return element.tagName === 'div' && hasClass(element, 'userstuff');
}

/** All text elements of a part, without the hidden heading for screen readers. */
function userstuffOf(part: Element): ImportedText | null {
  const texts: Element[] = [];
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!isElement(child)) continue;
      if (isText(child)) texts.push(child);
      else visit(child);
    }
  };
  visit(part);
  const inner = texts.flatMap((text) =>
    text.children.filter((child) => !(isElement(child) && hasClass(child, 'landmark'))),
  );
  const source = htmlOf(inner);
  return source === '' ? null : { format: 'html', source };
}

/** End notes of the work and works inspired by it, which stand after the chapters. */
function readEnd(page: Root, work: ImportedWork): void {
  const end = findElement(page, (element) => idOf(element) === 'work_endnotes');
  const text = end ? quotedIn(end) : null;
  if (text) work.endNotes = text;
  const children = findElement(page, (element) => idOf(element) === 'children');
  for (const item of children ? elementsNamed(children, 'li') : [])
    work.unmapped.push(`Related work: ${textOf(item).slice(0, 300)}.`);
  if (findElement(page, (element) => element.tagName === 'style' && textOf(element).includes('#workskin')))
    work.unmapped.push('The work has a skin of its own at the source; its styles are not taken over.');
}

/** One chapter's page says how many there are: the others are not in this file. */
function reportPartial(work: ImportedWork, found: number): void {
  const counted = work.plannedChapters ?? 0;
  if (found === 1 && counted > 1)
    work.unmapped.push('This page holds one chapter of a longer work; save “Entire Work” to have all of them.');
}
