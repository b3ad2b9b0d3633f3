/**
 * Gives a parsed tree the one shape that cleaned text has: blocks hold blocks or a run of inline content, never a run
 * that a parser would move; inline elements hold inline elements; lists hold items and tables hold rows. A tree of this
 * shape is the same after it was written out and parsed again.
 *
 * It builds a new tree and copies nothing: an element or attribute is in the output because it is named here or in the
 * allow-list.
 */
import type { Element, ElementContent, RootContent } from 'hast';
import { BLOCK_ELEMENTS, INLINE_ELEMENTS, MEDIA_CLASS, PICTURE_CLASS } from './allow-list.ts';
import { anchorName, linkProperties, mediaAddress, prose, safeProperties } from './attributes.ts';
import { BLOCK_ID } from './blocks.ts';
import { plainCharacters } from './characters.ts';
import { Flow, paragraph } from './flow.ts';
import type { Whole } from './flow.ts';
import { lineBreak } from './paragraphs.ts';
import type { Built, Leaf } from './paragraphs.ts';

/** Blocks in blocks, and inline elements in inline elements, at most; together below what `tame` lets through. */
const MAX_BLOCK_DEPTH = 200;
const MAX_INLINE_DEPTH = 24;

/** Blocks that hold one run and nothing else; a block inside cuts them in two. */
const CUT = new Set(['p', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Blocks that hold one run, in which a block becomes a line. */
const ONE_LINE = new Set(['caption', 'dt', 'summary']);
/** Blocks in which text may stand beside blocks, as in `<li>text<ul>…</ul></li>`. */
const MIXED = new Set(['dd', 'figcaption', 'li', 'td', 'th']);
const SECTIONS = new Set(['tbody', 'tfoot', 'thead']);

/** What was changed in the shaping that a person may want to know. */
export interface Shaped {
  children: ElementContent[];
  pictures: number;
  players: number;
  droppedLinks: number;
  flattened: boolean;
  /** True when everything in the tree is of the plainest kind, whose stability needs no second look. */
  plain: boolean;
}

/** Takes the children of a parsed root, nested less than a thousand deep; returns the blocks of the cleaned text. */
export function shape(children: readonly RootContent[]): Shaped {
  const shaper = new Shaper(children);
  const flow = new Flow(shaper, 'root', 0);
  shaper.visitAll(children, [], flow);
  return { ...shaper.found, children: flow.finish() };
}

class Shaper implements Whole {
  readonly found = { pictures: 0, players: 0, droppedLinks: 0, flattened: false, plain: true };
  readonly built: Built = { originals: new Set(), again: 0 };
  readonly newlinesBreak: boolean;
  readonly #ids = new Set<string>();
  /** Anchors of blocks, which stand as empty spans at the beginning of the next text. */
  #anchors: string[] = [];
  /** Leaves seen so far: an inline element without any is empty. */
  #leaves = 0;

  constructor(children: readonly RootContent[]) {
    this.newlinesBreak = !hasParagraphs(children);
  }

  withAnchors(run: Leaf[]): Leaf[] {
    if (this.#anchors.length === 0) return run;
    const anchors = this.#anchors.map((id): Leaf => ({ around: [], node: anchor(id) }));
    this.#anchors = [];
    return [...anchors, ...run];
  }

  visitAll(children: readonly RootContent[], around: readonly Element[], flow: Flow): void {
    for (const child of children) this.#visit(child, around, flow);
  }

  #visit(node: RootContent, around: readonly Element[], flow: Flow): void {
    if (node.type === 'text') {
      const value = plainCharacters(node.value);
      if (value === '') return;
      if (/\p{Bidi_Control}/u.test(value)) this.found.plain = false;
      this.#leaf({ around, node: { type: 'text', value } }, flow);
    } else if (node.type === 'element') {
      const name = node.tagName;
      if (name === 'br' || name === 'wbr') {
        this.#leaf({ around, node: { ...lineBreak(), tagName: name } }, flow);
      } else if (name === 'img' || name === 'embed') this.#media(node, around, flow);
      else if (INLINE_ELEMENTS.has(name)) this.#inline(node, around, flow);
      else if (BLOCK_ELEMENTS.has(name)) this.#block(node, around, flow);
      else this.visitAll(node.children, around, flow);
    }
  }

  #leaf(leaf: Leaf, flow: Flow): void {
    this.#leaves += 1;
    flow.leaf(leaf);
  }

  /** An id that was not seen in this text, with the author's prefix. */
  #newId(element: Element): string | undefined {
    const given = element.properties.id ?? (element.tagName === 'a' ? element.properties.name : undefined);
    // An id of ours is given anew from the words, so that nobody can choose one.
    if (given === undefined || BLOCK_ID.test(String(given))) return undefined;
    const id = anchorName(given);
    if (id === undefined || this.#ids.has(id)) return undefined;
    this.#ids.add(id);
    return id;
  }

  #inline(element: Element, around: readonly Element[], flow: Flow): void {
    const name = element.tagName;
    const before = this.#leaves;
    const id = this.#newId(element);
    const own = safeProperties(element);
    const properties = id === undefined ? own : { id, ...own };
    const inside = this.#mayStand(name, properties, around)
      ? [...around, { type: 'element' as const, tagName: name, properties, children: [] }]
      : around;
    if (name === 'a' && element.properties.href !== undefined && own.href === undefined) this.found.droppedLinks += 1;
    if (name === 'ruby') this.found.plain = false;
    this.visitAll(element.children, inside, flow);
    if (id !== undefined && (this.#leaves === before || inside === around)) {
      this.#leaf({ around, node: anchor(id) }, flow);
    }
  }

  #mayStand(name: string, properties: Element['properties'], around: readonly Element[]): boolean {
    if (around.length >= MAX_INLINE_DEPTH) {
      this.found.flattened = true;
      return false;
    }
    const within = (other: string): boolean => around.some((element) => element.tagName === other);
    switch (name) {
      case 'span':
        return Object.keys(properties).length > 0;
      case 'a':
        return (properties.href !== undefined || properties.id !== undefined) && !within('a');
      case 'ruby':
        return !within('ruby');
      case 'rt':
      case 'rp':
        return within('ruby') && !within('rt') && !within('rp');
      default:
        return true;
    }
  }

  /** A link to where a picture or player lives, in its place. A link around it stands behind it. */
  #media(element: Element, around: readonly Element[], flow: Flow): void {
    const { src, alt, title, width, height } = element.properties;
    const picture = element.tagName === 'img';
    // A picture of one point is there to count readers.
    if (picture && (isPoint(width) || isPoint(height))) return;
    const label = prose(String(alt ?? ''));
    const more = prose(String(title ?? ''));
    const words = picture ? ['Picture', label || more] : [label || 'Embedded media', more];
    const text = words.filter((word) => word !== '').join(': ');
    const address = mediaAddress(src);
    const link = around.find((outer) => outer.tagName === 'a');
    const outside = around.filter((outer) => outer !== link);
    if (address === undefined) {
      if (picture && label !== '') this.#leaf({ around, node: { type: 'text', value: text } }, flow);
      return;
    }
    if (picture) this.found.pictures += 1;
    else this.found.players += 1;
    const className = [picture ? PICTURE_CLASS : MEDIA_CLASS];
    const placeholder: Element = {
      type: 'element',
      tagName: 'a',
      properties: { className, ...linkProperties(address) },
      children: [],
    };
    this.#leaf({ around: [...outside, placeholder], node: { type: 'text', value: text } }, flow);
    if (link?.properties.href !== undefined && link.properties.href !== address) {
      this.#leaf({ around, node: { type: 'text', value: ' (link)' } }, flow);
    }
  }

  #block(element: Element, around: readonly Element[], flow: Flow): void {
    const id = this.#newId(element);
    if (id !== undefined) this.#anchors.push(id);
    if (flow.kind === 'line') {
      flow.boundary();
      this.visitAll(element.children, around, flow);
      flow.boundary();
      return;
    }
    flow.cut();
    const name = element.tagName;
    if (name === 'hr') flow.block(made('hr', safeProperties(element), []));
    else if (CUT.has(name)) this.#cutBlock(element, around, flow);
    else if (flow.depth >= MAX_BLOCK_DEPTH) {
      this.found.flattened = true;
      this.visitAll(element.children, around, flow);
      flow.cut();
    } else if (name === 'ul' || name === 'ol') this.#list(element, around, flow);
    else if (name === 'dl') this.#definitions(element, around, flow);
    else if (name === 'table') this.#table(element, around, flow);
    else if (name === 'li') this.#item(element, around, flow, (item) => flow.stray('ul', item));
    else if (name === 'dt' || name === 'dd') this.#item(element, around, flow, (item) => flow.stray('dl', item));
    else if (name === 'details') this.#details(element, around, flow);
    else if (name === 'figure') this.#figure(element, around, flow);
    else this.#container(element, around, flow);
  }

  /** A paragraph, heading or `pre`: blocks inside stand beside it, and it goes on after them. */
  #cutBlock(element: Element, around: readonly Element[], flow: Flow): void {
    if (element.tagName === 'pre') this.found.plain = false;
    const template = made(element.tagName, safeProperties(element), []);
    const inner = new Flow(this, 'cut', flow.depth, template);
    this.visitAll(element.children, around, inner);
    for (const block of inner.finish()) if (block.type === 'element') flow.block(block);
  }

  #contents(
    name: string,
    children: readonly RootContent[],
    around: readonly Element[],
    depth: number,
  ): ElementContent[] {
    const kind = ONE_LINE.has(name) ? 'line' : MIXED.has(name) ? 'mixed' : 'wrapped';
    const inner = new Flow(this, kind, depth + 1);
    this.visitAll(children, around, inner);
    return inner.finish();
  }

  #container(element: Element, around: readonly Element[], flow: Flow): void {
    // What belongs into a table, a list or a figure and is not there is a plain block.
    const name = ['address', 'blockquote', 'center', 'div'].includes(element.tagName) ? element.tagName : 'div';
    if (name !== 'div' && name !== 'blockquote') this.found.plain = false;
    const children = this.#contents(name, element.children, around, flow.depth);
    if (children.length > 0) flow.block(made(name, safeProperties({ ...element, tagName: name }), children));
  }

  #item(element: Element, around: readonly Element[], flow: Flow, add: (item: Element) => void): void {
    this.found.plain = false;
    const children = this.#contents(element.tagName, element.children, around, flow.depth + 1);
    if (children.length > 0) add(made(element.tagName, safeProperties(element), children));
  }

  /** Gathers an item with what wrongly follows it in its list; content before any item gets an item of its own. */
  #grouped(children: readonly RootContent[], isItem: (name: string) => boolean, missing: string): Element[] {
    const items: Element[] = [];
    for (const child of children) {
      if (child.type === 'element' && isItem(child.tagName)) {
        items.push({ ...child, children: [...child.children] });
      } else if (child.type === 'element' || child.type === 'text') {
        const last = items.at(-1);
        const blank = child.type === 'text' && child.value.trim() === '';
        if (blank) last?.children.push(child);
        else if (last === undefined || last.tagName === 'dt') items.push(made(missing, {}, [child]));
        else last.children.push(child);
      }
    }
    return items;
  }

  #list(element: Element, around: readonly Element[], flow: Flow): void {
    this.found.plain = false;
    const items: Element[] = [];
    for (const item of this.#grouped(element.children, (name) => name === 'li', 'li')) {
      const id = this.#newId(item);
      if (id !== undefined) this.#anchors.push(id);
      this.#item(item, around, flow, (built) => items.push(built));
    }
    if (items.length > 0) flow.block(made(element.tagName, safeProperties(element), items));
  }

  #definitions(element: Element, around: readonly Element[], flow: Flow): void {
    this.found.plain = false;
    const children = element.children.flatMap((child) =>
      child.type === 'element' && child.tagName === 'div' ? child.children : [child],
    );
    const items: Element[] = [];
    for (const item of this.#grouped(children, (name) => name === 'dt' || name === 'dd', 'dd')) {
      const id = this.#newId(item);
      if (id !== undefined) this.#anchors.push(id);
      this.#item(item, around, flow, (built) => items.push(built));
    }
    if (items.length > 0) flow.block(made('dl', safeProperties(element), items));
  }

  #details(element: Element, around: readonly Element[], flow: Flow): void {
    this.found.plain = false;
    const summary = firstNamed(element.children, 'summary');
    const children: ElementContent[] = [];
    if (summary !== undefined) {
      const line = this.#contents('summary', summary.children, around, flow.depth);
      if (line.length > 0) children.push(made('summary', safeProperties(summary), line));
    }
    const rest = element.children.filter((child) => child !== summary);
    for (const block of this.#blocksOnly(rest, around, flow.depth)) children.push(block);
    if (children.length > 0) flow.block(made('details', safeProperties(element), children));
  }

  #figure(element: Element, around: readonly Element[], flow: Flow): void {
    this.found.plain = false;
    const caption = firstNamed(element.children, 'figcaption');
    const at = caption === undefined ? element.children.length : element.children.indexOf(caption);
    const children: ElementContent[] = this.#blocksOnly(element.children.slice(0, at), around, flow.depth);
    if (caption !== undefined) {
      const line = this.#contents('figcaption', caption.children, around, flow.depth);
      if (line.length > 0) children.push(made('figcaption', safeProperties(caption), line));
      const rest = this.#blocksOnly(element.children.slice(at + 1), around, flow.depth);
      for (const block of rest) children.push(block);
    }
    if (children.length > 0) flow.block(made('figure', safeProperties(element), children));
  }

  /** Contents in which every run is a paragraph. */
  #blocksOnly(children: readonly RootContent[], around: readonly Element[], depth: number): ElementContent[] {
    const inner = new Flow(this, 'root', depth + 1);
    this.visitAll(children, around, inner);
    return inner.finish();
  }

  #table(element: Element, around: readonly Element[], flow: Flow): void {
    this.found.plain = false;
    const parts: Element[] = [];
    const stray: ElementContent[] = [];
    let captioned = false;
    let cells = 0;
    for (const child of element.children) {
      if (child.type !== 'element') {
        if (child.type === 'text') stray.push(child);
      } else if (child.tagName === 'caption' && !captioned) {
        const line = this.#contents('caption', child.children, around, flow.depth);
        if (line.length > 0) parts.unshift(made('caption', safeProperties(child), line));
        captioned = true;
      } else if (child.tagName === 'colgroup') {
        const columns = child.children.flatMap((column) =>
          column.type === 'element' && column.tagName === 'col' ? [made('col', safeProperties(column), [])] : [],
        );
        parts.push(made('colgroup', safeProperties(child), columns));
      } else if (SECTIONS.has(child.tagName)) {
        const rows = this.#rows(child, around, flow.depth);
        cells += rows.length;
        if (rows.length > 0) parts.push(made(child.tagName, safeProperties(child), rows));
      } else stray.push(child);
    }
    this.visitAll(stray, around, flow);
    flow.cut();
    if (cells > 0) flow.block(made('table', safeProperties(element), parts));
    else for (const part of parts) if (part.tagName === 'caption') flow.block(paragraph(part.children));
  }

  #rows(section: Element, around: readonly Element[], depth: number): Element[] {
    const rows: Element[] = [];
    for (const row of section.children) {
      if (row.type !== 'element' || row.tagName !== 'tr') continue;
      const cells: Element[] = [];
      for (const cell of row.children) {
        if (cell.type !== 'element' || (cell.tagName !== 'td' && cell.tagName !== 'th')) continue;
        const id = this.#newId(cell);
        if (id !== undefined) this.#anchors.push(id);
        const children = this.#contents(cell.tagName, cell.children, around, depth + 3);
        cells.push(made(cell.tagName, safeProperties(cell), children));
      }
      if (cells.length > 0) rows.push(made('tr', safeProperties(row), cells));
    }
    return rows;
  }
}

function made(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function anchor(id: string): Element {
  return made('span', { id }, []);
}

function firstNamed(children: readonly ElementContent[], name: string): Element | undefined {
  return children.find((child): child is Element => child.type === 'element' && child.tagName === name);
}

function isPoint(size: unknown): boolean {
  return size === 0 || size === 1 || size === '0' || size === '1';
}

/** True when the author marked paragraphs or lines: then newlines in the source mean nothing. */
function hasParagraphs(children: readonly RootContent[]): boolean {
  return children.some((child) => {
    if (child.type !== 'element') return false;
    const name = child.tagName;
    return name === 'p' || name === 'div' || name === 'br' || hasParagraphs(child.children);
  });
}
