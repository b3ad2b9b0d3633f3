/**
 * Where the story stands in a saved page, among menus, share bars, cookie notices and comments. When unsure it keeps
 * more rather than less, and it counts what it leaves out.
 */
import type { Element, Nodes, Root } from 'hast';
import { countWordsInText } from '../../../platform/html/words.ts';
import { NO_TEXT } from './html-blocks.ts';
import type { Looks } from './html-style.ts';
import { isHidden } from './html-style.ts';
import { findElement, idOf, isElement, textOf } from './html-tree.ts';
import type { Content } from './html-tree.ts';

export interface FoundStory {
  /** The story: what stands in its element, and notes and summaries that stand beside it. */
  nodes: Content[];
  /** Elements inside it that are none of it. */
  dropped: Set<Element>;
  /** Words of the story, and of the page around it. */
  words: number;
  leftOut: number;
  /** How what was left out begins, for the report. */
  begins: string;
}

/** Names that sites give to the element with the story, by id or class. */
const STORY_NAME =
  /^(?:story|storytext|storycontent|story-text|story-content|storytextp|chapter|chapter-?(?:text|content|body|inner)|userstuff|entry|entry-?(?:content|text|body)|post|post-?(?:content|body|entry|text)|article-?(?:content|body|text)|content|main-?content|asset-body|b-singlepost-body|aentry-post__text|bbwrapper|bbcode|message-?(?:body|content)|user-submitted-body|text|fiction|fic|fanfic|body-text|reading-content)$/i;
/** Names that sites give to what stands around it. */
const AROUND_NAME =
  /^(?:nav|navi|navbar|navigation|menu|mainmenu|topnav|breadcrumbs?|pager|pagination|page-?links?|sidebar|side-?bar|widget|widgets|widget-?area|footer|site-?footer|page-?footer|header-?nav|toolbar|toolbox|share|sharing|share-?(?:bar|buttons|links)|sharedaddy|social|social-?(?:links|share|icons)|addtoany|jp-relatedposts|related|related-?(?:posts|stories)|cookies?|cookie-?(?:notice|banner|bar|consent)|consent|gdpr|ads?|advert|advertisement|banner-?ad|sponsor|promo|login|log-?in|signup|search|search-?(?:form|box)|newsletter|subscribe|skip-?links?|tagcloud|archive-?list|blogroll|copyright|powered-?by|disqus_thread|screen-reader-text|visually-hidden|sr-only|noprint|no-print|reblog-link|notes-container)$/i;
const COMMENTS_NAME =
  /^(?:comments?|comments?-?(?:list|area|section|thread|wrapper|page|pages|form)|commentlist|respond|reviews?|review-?(?:list|box|form)|replies|reactions|feedback|disqus_thread|b-tree|b-leaf|aentry-comments)$/i;
const AROUND_ROLE = /^(?:navigation|banner|contentinfo|search|complementary|dialog|alert|menu|menubar|toolbar)$/;
const WRAPPER =
  /^(?:html|body|div|section|article|main|center|form|fieldset|table|tbody|tr|td|font|span|blockquote|b)$/;

/** A named element is believed when it holds this share of the page's prose. */
const ENOUGH_NAMED = 0.5;
/** Several of them must hold this share together. */
const ENOUGH_PARTS = 0.6;
/** More parts than any thread has on a page. */
const MAX_PARTS = 500;
/** So many links beside an element with a story's name make the page a site's page. */
const LINKS_OF_A_SITE = 2;
/** Words of something hidden that may go; more might be a spoiler that opens on a click. */
const HIDDEN_DECOY = 60;
/** A list, table or line of at least three links, most of whose words are links, is a menu. */
const MENU_LINKS = 3;
const MENU_SHARE = 0.6;
const MENU_WORDS = 400;

interface Measure {
  words: number;
  linkWords: number;
  links: number;
  /** Words that are neither links nor in something that is none of the story. */
  prose: number;
  /** Words that are in nothing that is none of the story. */
  kept: number;
}

const NOTHING: Measure = { words: 0, linkWords: 0, links: 0, prose: 0, kept: 0 };

/** A parsed page in; the element with the story out. A page that is nothing but a story is its own story. */
export function findStory(page: Root, looks: Looks): FoundStory {
  const body = findElement(page, (element) => element.tagName === 'body') ?? wrapped(page);
  const dropped = new Set<Element>();
  const plain = measure(body, dropped);
  markAround(body, looks, plain, dropped, true);
  let measures = measure(body, dropped);
  const all = measures.get(body) ?? NOTHING;
  if (all.prose < 40 || all.prose < totalOf(body, measures) * 0.08) {
    // What was taken for comments or menus may be the story: a fill in a comment, a page of links with titles.
    dropped.clear();
    markAround(body, looks, plain, dropped, false);
    measures = measure(body, dropped);
  }
  const storys = named(body, measures);
  const parts = storys ? [storys] : namedParts(body, measures, dropped);
  const links =
    (measures.get(body)?.links ?? 0) - parts.reduce((sum, part) => sum + (measures.get(part)?.links ?? 0), 0);
  // A page without menus is somebody's own file, in which all is text.
  const ofSite = dropped.size > 0 || links >= LINKS_OF_A_SITE;
  const root = follow(ofSite && storys ? storys : body, measures);
  const [before, after] = notesBeside(body, root, dropped);
  const nodes: Content[] = ofSite && parts.length > 1 ? partsApart(parts) : [...before, ...root.children, ...after];
  dropMenus(root, measures, dropped);
  const words = nodes.reduce((sum, node) => sum + keptWords(node, dropped), 0);
  const total = keptWords(body, new Set());
  return { nodes, dropped, words, leftOut: total - words, begins: beginsOf(body, new Set(nodes), dropped) };
}

const NOTE_NAME =
  /^(?:(?:chapter|story|author|authors|end|head|foot|fff|beginning)?[-_]?(?:notes?|summary|afterword|foreword|preface|disclaimer)(?:[-_]?(?:text|content|group|module))?)$/i;
const NOTE_TEXT =
  /^(?:(?:author['’]?s?['’]? |end |chapter )?notes?|a\/n|an|summary|disclaimer|foreword|afterword)\s*[:：]/i;

/** Notes and summaries that a site puts beside the story's element, by their name or first words: before it and after. */
function notesBeside(body: Element, root: Element, dropped: ReadonlySet<Element>): [Content[], Content[]] {
  const before: Content[] = [];
  const after: Content[] = [];
  let passed = false;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (child === root) passed = true;
      else if (isElement(child) && !dropped.has(child) && !NO_TEXT.has(child.tagName)) {
        const named = namesOf(child).some((name) => NOTE_NAME.test(name));
        if ((named || NOTE_TEXT.test(startOf(child))) && !holds(child, root)) (passed ? after : before).push(child);
        else visit(child);
      }
    }
  };
  if (body !== root) visit(body);
  return [before, after];
}

function holds(element: Element, wanted: Element): boolean {
  return findElement(element, (other) => other === wanted) !== undefined;
}

/** The first characters an element shows. */
function startOf(element: Element): string {
  let said = '';
  const visit = (node: Content): void => {
    if (said.length > 40) return;
    if (node.type === 'text') said = (said + node.value.slice(0, 200)).trimStart();
    else if (isElement(node) && !NO_TEXT.has(node.tagName)) for (const child of node.children) visit(child);
  };
  visit(element);
  return said.slice(0, 40);
}

function wrapped(page: Root): Element {
  const children = page.children.filter((node) => node.type !== 'doctype');
  return { type: 'element', tagName: 'body', properties: {}, children };
}

function namesOf(element: Element): string[] {
  const { className } = element.properties;
  const classes = Array.isArray(className) ? className.slice(0, 20).map(String) : [];
  return [idOf(element), ...classes].filter((name) => name !== '' && name.length < 60);
}

/** Marks what says by its name, role or kind that it is none of the story. With `comments`, comments too. */
function markAround(
  root: Element,
  looks: Looks,
  measures: ReadonlyMap<Element, Measure>,
  dropped: Set<Element>,
  comments: boolean,
): void {
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!isElement(child) || NO_TEXT.has(child.tagName)) continue;
      if (isAround(child, comments) || (isHidden(looks.of(child)) && (measures.get(child)?.words ?? 0) <= HIDDEN_DECOY))
        dropped.add(child);
      else visit(child);
    }
  };
  visit(root);
}

function isAround(element: Element, comments: boolean): boolean {
  const { role } = element.properties;
  if (element.tagName === 'nav' || (typeof role === 'string' && AROUND_ROLE.test(role))) return true;
  const names = namesOf(element);
  if (names.some((name) => STORY_NAME.test(name))) return false;
  if (/^(?:aside|footer)$/.test(element.tagName)) return comments && !names.some((name) => /note/i.test(name));
  return names.some((name) => AROUND_NAME.test(name) || (comments && COMMENTS_NAME.test(name)));
}

function measure(root: Element, dropped: ReadonlySet<Element>): Map<Element, Measure> {
  const measures = new Map<Element, Measure>();
  const visit = (element: Element, inLink: boolean): Measure => {
    const total: Measure = { ...NOTHING };
    for (const child of element.children) {
      if (child.type === 'text') {
        const words = wordsOf(child);
        total.words += words;
        total.kept += words;
        if (inLink) total.linkWords += words;
        else total.prose += words;
      } else if (isElement(child) && !NO_TEXT.has(child.tagName)) {
        const link = isElement(child, 'a') && child.properties['href'] !== undefined;
        const own = visit(child, inLink || link);
        total.words += own.words;
        total.linkWords += own.linkWords;
        total.links += own.links + (link ? 1 : 0);
        if (!dropped.has(child)) {
          total.prose += own.prose;
          total.kept += own.kept;
        }
      }
    }
    measures.set(element, total);
    return total;
  };
  visit(root, false);
  return measures;
}

/** A text is counted once, however often it is asked for. */
const counts = new WeakMap<Nodes, number>();

function wordsOf(text: Nodes & { type: 'text' }): number {
  const known = counts.get(text);
  if (known !== undefined) return known;
  const words = countWordsInText(text.value);
  counts.set(text, words);
  return words;
}

function totalOf(root: Element, measures: ReadonlyMap<Element, Measure>): number {
  const { words, linkWords } = measures.get(root) ?? NOTHING;
  return words - linkWords;
}

/** The outermost element with a story's name that holds enough of the prose: the one with most, if several do. */
function named(body: Element, measures: ReadonlyMap<Element, Measure>): Element | null {
  const enough = (measures.get(body) ?? NOTHING).prose * ENOUGH_NAMED;
  let best: Element | null = null;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!isElement(child) || (measures.get(child)?.prose ?? 0) < Math.max(enough, 1)) continue;
      const says = child.tagName === 'article' || child.tagName === 'main';
      // Only one child can hold more than half; the innermost name is the nearest to the text.
      if (says || namesOf(child).some((name) => STORY_NAME.test(name))) best = child;
      visit(child);
    }
  };
  visit(body);
  return best;
}

/**
 * Several elements of one name of a story's that hold enough of the prose together: the posts of a thread, the chapters
 * of a whole work on one page. Those inside another of the same name are part of it.
 */
function namedParts(body: Element, measures: ReadonlyMap<Element, Measure>, dropped: ReadonlySet<Element>): Element[] {
  const groups = new Map<string, Element[]>();
  const visit = (element: Element, within: ReadonlySet<string>): void => {
    for (const child of element.children) {
      if (!isElement(child) || dropped.has(child) || (measures.get(child)?.prose ?? 0) === 0) continue;
      const names = [...namesOf(child), ...(child.tagName === 'article' ? ['article'] : [])]
        .map((name) => name.toLowerCase())
        .filter((name) => (name === 'article' || STORY_NAME.test(name)) && !within.has(name));
      for (const name of names) groups.set(name, [...(groups.get(name) ?? []).slice(0, MAX_PARTS), child]);
      visit(child, names.length > 0 ? new Set([...within, ...names]) : within);
    }
  };
  visit(body, new Set());
  const prose = (parts: readonly Element[]): number =>
    parts.reduce((sum, part) => sum + (measures.get(part)?.prose ?? 0), 0);
  const enough = (measures.get(body) ?? NOTHING).prose * ENOUGH_PARTS;
  const fit = [...groups.values()].filter(
    (parts) => parts.length > 1 && parts.length <= MAX_PARTS && prose(parts) >= enough,
  );
  // The innermost name has the least beside the text.
  return fit.at(-1) ?? [];
}

function partsApart(parts: readonly Element[]): Content[] {
  return parts.flatMap((part, i): Content[] =>
    i === 0 ? [part] : [{ type: 'element', tagName: 'hr', properties: {}, children: [] }, part],
  );
}

/** Opens wrappers as long as one of them holds all the words. */
function follow(start: Element, measures: ReadonlyMap<Element, Measure>): Element {
  let root = start;
  for (;;) {
    const { kept } = measures.get(root) ?? NOTHING;
    const next = root.children.find(
      (child) => isElement(child) && WRAPPER.test(child.tagName) && (measures.get(child)?.kept ?? 0) >= kept,
    );
    if (!isElement(next) || kept === 0) return root;
    root = next;
  }
}

/** Lists, tables and lines of links inside the story's element. */
function dropMenus(root: Element, measures: ReadonlyMap<Element, Measure>, dropped: Set<Element>): void {
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!isElement(child) || dropped.has(child)) continue;
      if (isMenu(child, measures.get(child) ?? NOTHING)) dropped.add(child);
      else visit(child);
    }
  };
  visit(root);
}

/** The words of links that lead from chapter to chapter. */
const STEPS = new Set(
  (
    'next prev previous first last back index home contents top chapter chapters list table of print printer printable ' +
    'review reviews share tweet reblog login page post entry version to the story up'
  ).split(' '),
);

function isMenu(element: Element, own: Measure): boolean {
  if (own.words > MENU_WORDS || own.links === 0) return false;
  if (own.words <= 10 && own.linkWords === own.words && leadsOn(element)) return true;
  if (own.links < MENU_LINKS || own.linkWords < own.words * MENU_SHARE) return false;
  return /^(?:ul|ol|table|td|div|dl|form)$/.test(element.tagName);
}

function leadsOn(element: Element): boolean {
  const words =
    textOf(element)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => STEPS.has(word) || /^\d{1,4}$/.test(word));
}

function keptWords(node: Nodes, dropped: ReadonlySet<Element>): number {
  if (node.type === 'text') return wordsOf(node);
  if (isElement(node) && (NO_TEXT.has(node.tagName) || dropped.has(node))) return 0;
  let words = 0;
  if ('children' in node) for (const child of node.children) words += keptWords(child, dropped);
  return words;
}

/** The first words of the page that are not in the story. */
function beginsOf(body: Element, kept: ReadonlySet<Content>, dropped: ReadonlySet<Element>): string {
  let said = '';
  const visit = (node: Content, inside: boolean): void => {
    if (said.length > 200) return;
    if (node.type === 'text') said += inside || kept.has(node) ? '' : `${node.value.slice(0, 200)} `;
    if (!isElement(node) || NO_TEXT.has(node.tagName)) return;
    const story = (inside || kept.has(node)) && !dropped.has(node);
    for (const child of node.children) visit(child, story);
  };
  visit(body, false);
  const text = said.replace(/\s+/g, ' ').trim();
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
}
