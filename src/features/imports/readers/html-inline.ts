/** The inline elements of a page as they are passed on: tags with the few attributes that mean something, looks as tags. */
import type { Element } from 'hast';
import { INLINE_ELEMENTS } from '../../../platform/html/allow-list.ts';
import { escapeHtml } from '../../../platform/html/text.ts';
import { hrefOf, isElement, isEmptyNode } from './html-tree.ts';
import { isUnmarked, marksOf } from './html-style.ts';
import type { Look } from './html-style.ts';

/** An element that stands around text. Equal objects mean one element. */
export interface Around {
  name: string;
  open: string;
}

/** So deep inline elements nest in an archive's text; what is deeper keeps its words and loses the tag. */
const MAX_AROUND = 24;

const KEPT_ATTRIBUTES: Record<string, readonly string[]> = {
  a: ['name'],
  abbr: ['title'],
  acronym: ['title'],
  img: ['src', 'alt', 'title'],
  iframe: ['src', 'title'],
  embed: ['src'],
  video: ['src'],
  audio: ['src'],
  source: ['src'],
  object: ['data'],
  td: ['colSpan', 'rowSpan'],
  th: ['colSpan', 'rowSpan', 'scope'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  time: ['dateTime'],
  details: ['open'],
};
const WRITTEN: Record<string, string> = { colSpan: 'colspan', rowSpan: 'rowspan', dateTime: 'datetime' };

/** A start tag with the attributes that may mean something to the archive; the cleaner judges their values. */
export function startTag(element: Element, name: string = element.tagName, language = ''): string {
  let tag = `<${name}`;
  const put = (attribute: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') tag += ` ${attribute}="${escapeHtml(String(value))}"`;
    else if (value === true) tag += ` ${attribute}`;
  };
  const { id, dir, lang } = element.properties;
  if (name === 'a') put('href', plainAddress(hrefOf(element)));
  for (const attribute of KEPT_ATTRIBUTES[name] ?? [])
    put(WRITTEN[attribute] ?? attribute, element.properties[attribute]);
  if (!isGivenByMachine(id)) put('id', id);
  if (dir === 'rtl') put('dir', dir);
  if (typeof lang === 'string' && lang !== '' && !sameLanguage(lang, language)) put('lang', lang);
  return `${tag}>`;
}

/** What an inline element adds to those around it: its own tag where the archive knows it, and what its look stands for. */
export function aroundWith(
  element: Element,
  look: Look,
  around: readonly Around[],
  language: string,
): readonly Around[] {
  const added: Around[] = [];
  const name = element.tagName;
  const holds = (tag: string): boolean => [...around, ...added].some((other) => other.name === tag);
  const add = (tag: string, open: string): void => {
    if (around.length + added.length < MAX_AROUND && (tag === 'span' || !holds(tag))) added.push({ name: tag, open });
  };
  if (INLINE_ELEMENTS.has(name) && !isUnmarked(element, look)) {
    const open = startTag(element, name, language);
    const bare = open === `<${name}>`;
    if (!(bare && (name === 'span' || name === 'a')) && !isMachineAnchor(element)) add(name, open);
  }
  const marks = marksOf(element, look);
  const linked = element.children.every((child) => isEmptyNode(child) || isElement(child, 'a'));
  for (const mark of marks) {
    if ((mark === 'u' && linked) || (mark === 'i' && holds('em')) || (mark === 'b' && holds('strong'))) continue;
    add(mark, `<${mark}>`);
  }
  return added.length === 0 ? around : [...around, ...added];
}

/** Google's documents lead every link through google.com/url; the address it leads to stands in the query. */
function plainAddress(href: string | undefined): string | undefined {
  if (!href || !/^https?:\/\/(?:www\.)?google\.[a-z.]{2,6}\/url\?/i.test(href)) return href;
  const query = URL.parse(href)?.searchParams;
  const target = query?.get('q') ?? query?.get('url');
  return target && /^(?:https?|mailto):/i.test(target) ? target : href;
}

/** Bookmarks that word processors set for themselves. */
function isMachineAnchor(element: Element): boolean {
  return element.tagName === 'a' && hrefOf(element) === undefined && isGivenByMachine(element.properties['name']);
}

function isGivenByMachine(id: unknown): boolean {
  return typeof id === 'string' && /^(?:_Hlk|_GoBack|OLE_LINK|_Toc|docs-internal-guid|h\.[a-z0-9]{8,}|t\.)/i.test(id);
}

function sameLanguage(a: string, b: string): boolean {
  const first = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return b === '' || first(a) === first(b);
}

/** The start tag of a link to an address as written. */
export function startLink(href: string | undefined): string {
  return href ? `<a href="${escapeHtml(plainAddress(href) ?? href)}">` : '<a>';
}
