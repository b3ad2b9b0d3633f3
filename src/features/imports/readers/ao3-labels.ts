/** The labelled list at the head of an otwarchive download: tags, language, series, collections, statistics. */
import type { Element } from 'hast';
import type { ImportedWork } from '../imported-work.ts';
import { elementsNamed, hrefOf, isElement, textOf } from './html-tree.ts';
import { absoluteLink } from './source-address.ts';

type TagField = 'warnings' | 'categories' | 'fandoms' | 'relationships' | 'characters' | 'freeforms';

/** Labels in singular and plural, of every era, and the spellings archives on the same software choose in their settings. */
const TAG_LABELS: readonly (readonly [RegExp, TagField])[] = [
  [/^(?:archive )?(?:warning|content warning)s?$/, 'warnings'],
  [/^categor(?:y|ies)$/, 'categories'],
  [/^(?:fandom|media fandom)s?$/, 'fandoms'],
  [/^(?:relationship|pairing)s?$/, 'relationships'],
  [/^characters?$/, 'characters'],
  [/^(?:additional |freeform )?tags?$|^freeforms?$/, 'freeforms'],
];

/** Reads `dl.tags` into the work, label by label. `base` is the address that relative links start from. */
export function readLabels(list: Element, work: ImportedWork, base: string | undefined): void {
  let sawChapters = false;
  for (const [label, dd] of labelled(list)) {
    const name = label.toLowerCase();
    const field = TAG_LABELS.find(([pattern]) => pattern.test(name))?.[1];
    if (field) work[field].push(...tagNames(dd).filter((tag) => !work[field].includes(tag)));
    else if (/^ratings?$/.test(name)) takeRating(dd, work);
    else if (name === 'language') work.language = textOf(dd);
    else if (name === 'series') readSeries(dd, work, base);
    else if (/^collections?$/.test(name)) work.unmapped.push(`Collections at the source: ${textOf(dd)}.`);
    else if (/^stat(?:s|istics)$/.test(name)) sawChapters = readStats(textOf(dd), work);
    else work.unmapped.push(`“${label}” at the source: ${textOf(dd)}.`);
  }
  // Before April 2023 a work of one planned chapter had no chapter count at all.
  if (!sawChapters && work.published) {
    work.plannedChapters = 1;
    work.status = 'complete';
  }
}

/** Each dd with the dt above it, its colon stripped. */
function labelled(list: Element): [label: string, dd: Element][] {
  const found: [string, Element][] = [];
  let label = '';
  for (const child of [...elementsNamed(list, 'dt'), ...elementsNamed(list, 'dd')].sort(byPlace)) {
    if (child.tagName === 'dt') label = textOf(child).replace(/\s*[:：]$/, '');
    else found.push([label, child]);
  }
  return found;
}

function byPlace(a: Element, b: Element): number {
  return (a.position?.start.offset ?? 0) - (b.position?.start.offset ?? 0);
}

/**
 * The names in a dd: of links the name in the tag's own address, since the text may be a display name; where there is no
 * link, the text between commas, which no otwarchive allows within a tag.
 */
function tagNames(dd: Element): string[] {
  const names: string[] = [];
  let loose = '';
  const visit = (node: Element): void => {
    for (const child of node.children) {
      if (isElement(child, 'a')) {
        names.push(tagNameFromAddress(hrefOf(child)) ?? textOf(child));
        loose += ',';
      } else if (isElement(child)) visit(child);
      else if (child.type === 'text') loose += child.value;
    }
  };
  visit(dd);
  names.push(...loose.split(',').map((name) => name.replace(/\s+/g, ' ').trim()));
  return names.filter((name) => name !== '');
}

/** /tags/Steve%20Rogers*s*Tony%20Stark/works → "Steve Rogers/Tony Stark"; null for any other address. */
export function tagNameFromAddress(href: string | undefined): string | null {
  const written = /\/tags\/([^/?#]+)/.exec(href ?? '')?.[1];
  if (!written) return null;
  const signs: Record<string, string> = { s: '/', a: '&', d: '.', q: '?', h: '#' };
  const name = percentDecoded(written).replace(/\*([sadqh])\*/g, (whole, sign: string) => signs[sign] ?? whole);
  return name.replace(/\s+/g, ' ').trim() || null;
}

function percentDecoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // a stray percent sign
  }
}

function takeRating(dd: Element, work: ImportedWork): void {
  const [first, ...others] = tagNames(dd);
  if (first !== undefined) work.rating = first;
  for (const other of others) work.unmapped.push(`A second rating, ${other}, has no place in a work.`);
}

/** "Part 2 of <a>Title</a>, Part 1 of <a>Other</a>"; the part belongs to the link that follows it. */
function readSeries(dd: Element, work: ImportedWork, base: string | undefined): void {
  let before = '';
  for (const child of dd.children) {
    if (isElement(child, 'a')) {
      const position = Number(/(\d+)\D*$/.exec(before)?.[1] ?? 0);
      const url = absoluteLink(hrefOf(child), base);
      work.series.push({ title: textOf(child), ...(position > 0 ? { position } : {}), ...(url ? { url } : {}) });
      before = '';
    } else before += textOf(child);
  }
  const unlinked = work.series.length === 0 ? /^part (\d+) of (?:the )?(.+)$/i.exec(textOf(dd)) : null;
  if (unlinked) work.series.push({ title: unlinked[2] ?? '', position: Number(unlinked[1]) });
  else if (work.series.length === 0) work.unmapped.push(`Series at the source: ${textOf(dd)}.`);
}

/** "Published: 2020-01-02 Completed: 2020-03-04 Words: 7,526 Chapters: 8/8", in any order. True when chapters are stated. */
function readStats(said: string, work: ImportedWork): boolean {
  let rest = said;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.replace(match[0], ' ');
    return match;
  };
  const published = take(/Published:\s*(\d{4}-\d{2}-\d{2})/i)?.[1];
  const changed = take(/(Updated|Completed):\s*(\d{4}-\d{2}-\d{2})/i);
  const words = take(/Words:\s*(\d[\d,.\u00a0\u202f]*)/i)?.[1];
  const chapters = take(/Chapters:\s*(\d[\d,.]*)\s*\/\s*(\d[\d,.]*|\?)/i);
  if (published) work.published = published;
  if (changed?.[2]) work.updated = changed[2];
  if (words) work.statedWords = digits(words);
  if (changed?.[1]?.toLowerCase() === 'completed') work.status = 'complete';
  if (chapters) {
    work.plannedChapters = chapters[2] === '?' ? null : digits(chapters[2] ?? '');
    if (digits(chapters[1] ?? '') === work.plannedChapters) work.status = 'complete';
  }
  if (rest.trim() !== '') work.unmapped.push(`The source’s statistics also say: ${rest.replace(/\s+/g, ' ').trim()}.`);
  return chapters !== null;
}

function digits(written: string): number {
  return Number(written.replace(/\D/g, ''));
}
