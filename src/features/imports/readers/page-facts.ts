/** What a saved page says of its story outside the text: title, creator, language, address, in head and byline. */
import type { Element, Root } from 'hast';
import type { ImportedWork } from '../imported-work.ts';
import { parseChapterHeading } from './chapter-heading.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from './creator-name.ts';
import { elementsNamed, findElement, hasClass, hrefOf, textOf } from './html-tree.ts';
import { absoluteLink, sourceAddress } from './source-address.ts';
import { same } from './story-chapters.ts';

/** Fills what the page states into the work; what has no place is named in `work.unmapped`. */
export function readFacts(page: Root, html: string, work: ImportedWork): void {
  const metas = metasOf(page);
  const address = addressOf(page, html, metas);
  if (address) work.sourceUrl = address;
  const language = languageOf(page);
  if (language) {
    work.language = language;
    work.repairs.push(`The language, ${language}, is the page’s own mark, which many programs set without asking.`);
  }
  readCreators(page, metas, work);
  const site = metas.get('og:site_name');
  const title = titleOf(page, metas, site);
  if (title) work.title = title;
  if (site) work.unmapped.push(`The page says it belongs to the site ${site}.`);
  const described = metas.get('og:description') ?? metas.get('description') ?? metas.get('twitter:description');
  if (described && /^summary\s*:/i.test(described))
    work.summary = { format: 'text', source: described.replace(/^summary\s*:\s*/i, '') };
  else if (described) work.unmapped.push(`The page describes itself: “${short(described)}”`);
  const keywords = metas.get('keywords') ?? metas.get('article:tag');
  if (keywords) work.unmapped.push(`The page’s keywords: ${short(keywords)}.`);
  const published = metas.get('article:published_time') ?? metas.get('date') ?? metas.get('dc.date');
  const day = /^(\d{4}-\d{2}-\d{2})(?:T|\s|$)/.exec(published ?? '')?.[1];
  if (day) work.published = day;
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** `<meta name|property content>`, the first of each name; and what is marked `itemprop`. */
function metasOf(page: Root): Map<string, string> {
  const metas = new Map<string, string>();
  for (const meta of elementsNamed(page, 'meta').slice(0, 500)) {
    const { name, property, itemProp, content } = meta.properties;
    const key = [name, property, Array.isArray(itemProp) ? itemProp[0] : itemProp].find(
      (value) => typeof value === 'string',
    );
    const value = typeof content === 'string' ? content.replace(/\s+/g, ' ').trim() : '';
    if (typeof key === 'string' && value !== '' && !metas.has(key.toLowerCase())) metas.set(key.toLowerCase(), value);
  }
  return metas;
}

/** The canonical address; without it the one a sharing site is told, or the one the browser wrote when it saved. */
function addressOf(page: Root, html: string, metas: ReadonlyMap<string, string>): string | null {
  const canonical = elementsNamed(page, 'link').find((link) => relOf(link).includes('canonical'));
  const saved = /<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})\s*-->/i.exec(html.slice(0, 20_000))?.[1];
  for (const written of [canonical && hrefOf(canonical), metas.get('og:url'), saved]) {
    const address = written ? sourceAddress(written) : null;
    if (address) return address;
  }
  return null;
}

function relOf(link: Element): string[] {
  const { rel } = link.properties;
  return Array.isArray(rel) ? rel.map((value) => String(value).toLowerCase()) : [];
}

function languageOf(page: Root): string | null {
  const root = findElement(page, (element) => element.tagName === 'html');
  const body = findElement(page, (element) => element.tagName === 'body');
  const lang =
    root?.properties['lang'] ?? body?.properties['lang'] ?? root?.properties['xmlLang'] ?? root?.properties['xml:lang'];
  return typeof lang === 'string' && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i.test(lang) ? lang : null;
}

/** Names that programs write for whoever sat at the machine. */
const MACHINE_NAME =
  /^(?:(?:windows|microsoft(?: office)?|office|default|normal|pre-?installed|valued|authorised|authorized) ?(?:user|customer)?|user|users?\d*|admin(?:istrator)?|owner|guest|hp|dell|acer|asus|lenovo|toshiba|sony|pc|home|me|author|name|unknown|un-named|python-docx|apache poi|template|\d+)$/i;

/** True for a creator's name that names a machine or a program, not a person. */
export function isMachineName(name: string): boolean {
  return MACHINE_NAME.test(name.trim());
}

function readCreators(page: Root, metas: ReadonlyMap<string, string>, work: ImportedWork): void {
  const links = elementsNamed(page, 'a').filter((link) => relOf(link).includes('author'));
  const marked = links.length > 0 ? links : bylines(page);
  const found = marked.map((element) => ({ name: textOf(element).replace(/^by\s+/i, ''), url: hrefOf(element) }));
  const stated = metas.get('author') ?? metas.get('dc.creator') ?? metas.get('article:author') ?? '';
  if (found.length === 0 && stated !== '' && !/^https?:/i.test(stated)) found.push({ name: stated, url: undefined });
  for (const { name, url } of found.slice(0, 20)) {
    const creator = creatorFrom(name, absoluteLink(url, work.sourceUrl));
    if (!creator || creator.name.length > 100 || work.creators.some((other) => other.name === creator.name)) continue;
    if (isAnonymous(creator.name) && !creator.url) work.unmapped.push(ANONYMOUS_SENTENCE);
    else if (isMachineName(creator.name))
      work.unmapped.push(`The file names “${creator.name}” as its author, which is no person’s name.`);
    else work.creators.push(creator);
  }
}

/** A short element that a site marks as the byline; a link in it is the name. */
function bylines(page: Root): Element[] {
  const marked = findElement(
    page,
    (element) =>
      ['byline', 'author', 'post-author', 'entry-author', 'story-author'].some((name) => hasClass(element, name)) ||
      element.properties['itemProp']?.toString() === 'author',
  );
  if (!marked) return writtenBylines(page);
  const said = textOf(marked);
  const link = elementsNamed(marked, 'a')[0];
  if (link && textOf(link) !== '') return [link];
  return said !== '' && said.length <= 80 && (/^by\s/i.test(said) || said.split(' ').length <= 4) ? [marked] : [];
}

/** "by Wren" on a line of its own, with a link to them or without. */
function writtenBylines(page: Root): Element[] {
  const line = findElement(page, (element) => {
    if (!/^(?:p|div|span|h[2-6]|td|li|center|small)$/.test(element.tagName) || element.children.length > 8)
      return false;
    const said = shortText(element);
    return said !== null && /^(?:(?:written |posted )?by|author\s*:)\s*\S/i.test(said) && !/[.!?…]$/.test(said);
  });
  if (!line) return [];
  const links = elementsNamed(line, 'a').filter((link) => textOf(link) !== '');
  if (links.length > 0) return links;
  const name = textOf(line).replace(/^(?:(?:written |posted )?by|author)\s*:?\s*/i, '');
  return name.split(' ').length <= 4 ? [{ ...line, children: [{ type: 'text', value: name }] }] : [];
}

/** What an element says when that is at most a short line; else null, found out without reading on. */
function shortText(element: Element): string | null {
  let said = '';
  const visit = (node: Element): boolean =>
    node.children.every((child) => {
      if (child.type === 'text') said += child.value.slice(0, 101);
      return said.length <= 100 && (child.type !== 'element' || visit(child));
    });
  return visit(element) ? said.replace(/\s+/g, ' ').trim() : null;
}

/** Sites that write themselves behind a title, and what stands between. */
const SITE =
  /\s+(?:[-–—|:»·~]|::)\s+(?:FanFiction\.?Net|FanFiction|FictionPress|Archive of Our Own|AO3|LiveJournal|Dreamwidth(?: Studios)?|InsaneJournal|Wattpad|Tumblr|Royal Road|Quotev|Asianfanfics|Fimfiction|SpaceBattles|Sufficient Velocity|Questionable Questing|FicWad|SquidgeWorld|Google Docs|Adult-FanFiction\.Org|The Sugar Quill|Wayback Machine)\s*$/i;
const SAYS_NOTHING =
  /^(?:untitled(?: ?(?:document|text|work|\d{1,4})){0,2}|no name|unnamed(?: document)?|normal(?:\.dotm?)?|powerpoint presentation|.*\.(?:docx?|odt|rtf|txt|html?)|new page(?: \d+)?|document\d*|microsoft word - .*|page title|index|home|no title|title|blank page)$/i;

/** True for a title that a program gave: "Untitled", "Microsoft Word - draft.doc", "Chapter 1". */
export function saysNothing(title: string): boolean {
  return SAYS_NOTHING.test(title.trim().slice(0, 300)) || parseChapterHeading(title) !== null;
}

/**
 * The title: a heading that the page's own title repeats, what a sharing site is told, or the page's title, each without
 * the site's name. Null when none says anything.
 */
function titleOf(page: Root, metas: ReadonlyMap<string, string>, site: string | undefined): string | null {
  const head = findElement(page, (element) => element.tagName === 'title');
  const shown = head ? textOf(head) : '';
  const heads = ['h1', 'h2', 'h3'].flatMap((name) => elementsNamed(page, name)).slice(0, 60);
  const named = heads.find((heading) =>
    ['entry-title', 'post-title', 'title', 'story-title', 'storytitle', 'fic-title', 'p-name'].some((name) =>
      hasClass(heading, name),
    ),
  );
  const repeated = heads.find((heading) => {
    const text = textOf(heading);
    return text.length > 2 && text.length < 200 && (shown.startsWith(text) || shown.includes(` ${text} `));
  });
  const firsts = elementsNamed(page, 'h1');
  const alone = firsts.length === 1 ? firsts[0] : undefined;
  const said = [named, repeated].map((element) => (element ? textOf(element) : ''));
  for (const written of [...said, metas.get('og:title') ?? '', shown, alone ? textOf(alone) : '']) {
    const title = withoutSite(written, site);
    if (
      title !== '' &&
      title.length <= 300 &&
      !SAYS_NOTHING.test(title) &&
      !parseChapterHeading(title) &&
      !(site && same(title, site))
    )
      return title;
  }
  return null;
}

function withoutSite(written: string, site: string | undefined): string {
  const text = written.replace(/\s+/g, ' ').trim().slice(0, 1000);
  const plain = text.replace(SITE, '');
  if (!site) return plain;
  for (const sign of [' - ', ' – ', ' — ', ' | ', ' :: ', ': ', ' » ']) {
    if (plain.toLowerCase().endsWith(`${sign}${site.toLowerCase()}`))
      return plain.slice(0, -(sign.length + site.length));
  }
  return plain;
}
