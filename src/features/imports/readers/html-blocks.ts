/**
 * A page's tree as the blocks of a story: paragraphs, headings, breaks, and lists, tables and quotations kept whole.
 * Wrappers are opened, loose text becomes paragraphs, and line breaks are read for what they were meant as.
 */
import type { Element } from 'hast';
import { BLOCK_ELEMENTS, INLINE_ELEMENTS } from '../../../platform/html/allow-list.ts';
import { escapeHtml } from '../../../platform/html/text.ts';
import { countWordsInText } from '../../../platform/html/words.ts';
import { aroundWith, startTag } from './html-inline.ts';
import type { Around } from './html-inline.ts';
import { alignmentOf, marksOf } from './html-style.ts';
import type { Looks } from './html-style.ts';
import { elementsNamed, hasClass, isElement } from './html-tree.ts';
import type { Content } from './html-tree.ts';
import { paragraphsOf, written } from './html-run.ts';
import type { Leaf } from './html-run.ts';
import { breakBlock, emptyBlock, headingBlock, lines } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';

/** How a page is to be read. */
export interface PageReading {
  looks: Looks;
  /** Elements that are no part of the story, with all that is in them. */
  dropped: ReadonlySet<Element>;
  /** The language of the page, which its parts need not say again. */
  language: string;
  /** Words of the whole story, by which a single run is judged to be all of it. */
  words: number;
}

/** What is never text: programs, forms, names of documents. */
export const NO_TEXT: ReadonlySet<string> = new Set(
  'head script style template noscript textarea select datalist button svg math title input'.split(' '),
);
/** The class of a heading that a word processor calls the title. */
export const TITLE_CLASS = 'fanfold-title';

const MEDIA = new Set('img iframe embed object video audio'.split(' '));
const WHOLE = new Set('ul ol dl dir menu table blockquote pre figure details'.split(' '));
/** Elements that only group others; everything that is neither block nor wrapper is inline. */
const WRAPPERS = new Set(
  (
    'html body div section article main center header footer aside nav form fieldset hgroup address table tbody thead ' +
    'tfoot tr td th li dt dd dialog search legend figcaption summary caption frameset noframes'
  ).split(' '),
);

/** A table is layout when its cells hold prose: on average at least this many words. */
const WORDS_OF_A_LAYOUT_CELL = 60;

/** Below this a `pre` is a sign, a poem or a telegram, and stays as it is. */
const WORDS_OF_PROSE_IN_PRE = 60;

/** Nodes in, blocks out, in order. Nothing is left out but what `dropped` names and what is never text. */
export function blocksFrom(nodes: readonly Content[], reading: PageReading): StoryBlock[] {
  const walk = new Walk(reading);
  walk.all(nodes, [], undefined, false);
  walk.flush();
  return walk.blocks;
}

class Walk {
  readonly blocks: StoryBlock[] = [];
  readonly #reading: PageReading;
  #run: Leaf[] = [];
  #align: string | undefined;

  constructor(reading: PageReading) {
    this.#reading = reading;
  }

  all(nodes: readonly Content[], around: readonly Around[], align: string | undefined, pre: boolean): void {
    for (const node of nodes) {
      if (node.type === 'text') this.#text(node, around, align, pre);
      else if (isElement(node)) this.#element(node, around, align, pre);
    }
  }

  /** Ends the run that is being read: it becomes paragraphs. */
  flush(element?: Element): void {
    const run = this.#run;
    this.#run = [];
    if (run.length === 0 && !element) return;
    const blocks = paragraphsOf(run, this.#align, this.#reading.words);
    const span = element ? innerSpan(element) : spanOf(run);
    for (const block of blocks) this.blocks.push(blocks.length === 1 && span ? { ...block, span } : block);
    // An empty paragraph is a gap; white space between two blocks is not.
    if (blocks.length === 0 && (element || run.some((leaf) => leaf.break))) this.blocks.push(emptyBlock());
  }

  #text(node: Content & { type: 'text' }, around: readonly Around[], align: string | undefined, pre: boolean): void {
    if (this.#run.length === 0) this.#align = align;
    const place = node.position
      ? { from: node.position.start.offset ?? 0, to: node.position.end.offset ?? 0 }
      : undefined;
    const pieces = pre ? node.value.split('\n') : [node.value];
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) this.#run.push({ around, html: '', text: '', break: true });
      const text = pre ? piece : piece.replace(/[ \t\r\n]+/g, ' ');
      this.#run.push({ around, html: escapeText(text), text, ...(place ? { place } : {}) });
    }
  }

  #element(element: Element, around: readonly Around[], align: string | undefined, pre: boolean): void {
    const name = element.tagName;
    if (NO_TEXT.has(name) || this.#reading.dropped.has(element)) return;
    const look = this.#reading.looks.of(element);
    if (name === 'br') {
      this.#run.push({ around, html: '', text: '', break: true });
    } else if (name === 'wbr') {
      this.#run.push({ around, html: '<wbr>', text: '' });
    } else if (MEDIA.has(name)) {
      this.#run.push({ around, html: this.#whole(element).html, text: '', seen: true });
    } else if (name === 'hr') {
      this.flush();
      this.blocks.push(breakBlock());
    } else if (/^h[1-6]$/.test(name)) this.#heading(element, around);
    else if (name === 'p') this.#paragraph(element, around, align, pre);
    else if (WHOLE.has(name) && !isLayout(element) && !isProseInPre(element)) this.#keep(element, around);
    else {
      const open = name === 'pre' || (look.get('white-space') ?? '').startsWith('pre') || pre;
      if (WRAPPERS.has(name) || WHOLE.has(name)) {
        this.flush();
        const inner =
          marksOf(element, look).length > 0 ? aroundWith(element, look, around, this.#reading.language) : around;
        this.all(element.children, inner, alignmentOf(element, look) ?? align, open);
        this.flush();
      } else {
        const inner = aroundWith(element, look, around, this.#reading.language);
        // An anchor without text must still be written.
        if (element.children.length === 0 && inner !== around && inner.at(-1)?.open.includes(' '))
          this.#run.push({ around: inner, html: '', text: '' });
        this.all(element.children, inner, align, open);
      }
    }
  }

  #paragraph(element: Element, around: readonly Around[], align: string | undefined, pre: boolean): void {
    this.flush();
    const look = this.#reading.looks.of(element);
    this.#align = alignmentOf(element, look) ?? align;
    const own = this.#align;
    this.all(element.children, aroundWith(element, look, around, this.#reading.language), own, pre);
    this.#align = own;
    this.flush(element);
    this.#align = undefined;
  }

  #heading(element: Element, around: readonly Around[]): void {
    this.flush();
    this.all(element.children, around, undefined, false);
    const run = this.#run;
    this.#run = [];
    const text = run.map((leaf) => (leaf.break ? '\n' : leaf.text)).join('');
    const block = headingBlock(Number(element.tagName.slice(1)), written(run), text);
    this.blocks.push(hasClass(element, TITLE_CLASS) && block.kind === 'heading' ? { ...block, kind: 'title' } : block);
  }

  #keep(element: Element, around: readonly Around[]): void {
    this.flush();
    const { html, text } = this.#whole(element);
    const open = around.map((other) => other.open).join('');
    const close = around
      .map((other) => `</${other.name}>`)
      .reverse()
      .join('');
    const said = lines(text);
    if (said !== '' || /<(?:img|iframe|embed|object|video|audio)\b/.test(html))
      this.blocks.push({ kind: 'other', level: 0, html: open + html + close, text: said });
  }

  /** An element and all that is in it as HTML, with looks as tags. */
  #whole(element: Element): { html: string; text: string } {
    const html: string[] = [];
    const text: string[] = [];
    const visit = (node: Content): void => {
      if (node.type === 'text') {
        html.push(escapeText(node.value));
        text.push(node.value);
        return;
      }
      if (!isElement(node) || NO_TEXT.has(node.tagName) || this.#reading.dropped.has(node)) return;
      const name = node.tagName;
      if (name === 'br' || name === 'hr' || name === 'img' || name === 'embed' || name === 'source') {
        html.push(name === 'br' || name === 'hr' ? `<${name}>` : startTag(node));
        text.push('\n');
        return;
      }
      const block = BLOCK_ELEMENTS.has(name) || WRAPPERS.has(name);
      if (block) text.push('\n');
      const kept = BLOCK_ELEMENTS.has(name) || INLINE_ELEMENTS.has(name) || MEDIA.has(name);
      if (kept) html.push(startTag(node, name, this.#reading.language));
      const marks = /^(?:table|tbody|tr|thead|tfoot|ul|ol|dl)$/.test(name)
        ? []
        : marksOf(node, this.#reading.looks.of(node));
      for (const mark of marks) html.push(`<${mark}>`);
      for (const child of node.children) visit(child);
      for (const mark of marks.reverse()) html.push(`</${mark}>`);
      if (kept) html.push(`</${name}>`);
      if (block) text.push('\n');
    };
    visit(element);
    return { html: html.join(''), text: text.join('') };
  }
}

function isLayout(element: Element): boolean {
  if (element.tagName !== 'table') return false;
  const cells = elementsNamed(element, 'td');
  if (cells.length === 0 || cells.length > 200 || elementsNamed(element, 'th').length > 0) return cells.length === 0;
  return cells.length === 1 || wordsIn(element) / cells.length >= WORDS_OF_A_LAYOUT_CELL;
}

/** A text file that a browser showed and saved, or an old site's way with stories: its lines are read for their breaks. */
function isProseInPre(element: Element): boolean {
  return element.tagName === 'pre' && wordsIn(element) >= WORDS_OF_PROSE_IN_PRE;
}

function wordsIn(element: Element): number {
  let words = 0;
  for (const child of element.children) {
    if (child.type === 'text') words += countWordsInText(child.value);
    else if (isElement(child)) words += wordsIn(child);
  }
  return words;
}

function innerSpan(element: Element): { from: number; to: number } | undefined {
  const from = element.children[0]?.position?.start.offset;
  const to = element.children.at(-1)?.position?.end.offset;
  return from === undefined || to === undefined ? undefined : { from, to };
}

function spanOf(run: readonly Leaf[]): { from: number; to: number } | undefined {
  const places = run.flatMap((leaf) => leaf.place ?? []);
  const [first] = places;
  const last = places.at(-1);
  return first && last ? { from: first.from, to: last.to } : undefined;
}

/** Text between tags: quotes may stand as they are. */
function escapeText(text: string): string {
  return /[&<>]/.test(text) ? escapeHtml(text) : text;
}
