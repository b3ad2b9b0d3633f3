/** What stands in one block while it is read: the blocks that are finished, and the run that is not. */
import type { Element, ElementContent } from 'hast';
import type { Built, Leaf } from './paragraphs.ts';
import {
  balanced,
  isBlankRun,
  isGap,
  lineBreak,
  nested,
  paragraphs,
  trimmed,
  withoutLeadingNewlines,
} from './paragraphs.ts';

/** What all blocks of one text share. */
export interface Whole {
  /** True when the source marks no paragraphs, so that its newlines do. */
  readonly newlinesBreak: boolean;
  readonly built: Built;
  /** Puts the anchors that wait for text before this run. */
  withAnchors(run: Leaf[]): Leaf[];
}

/** How a block holds what is in it; see shape.ts for which block is of which kind. */
export type Kind = 'root' | 'wrapped' | 'mixed' | 'line' | 'cut';

/** Collects what stands in one block: finished blocks, and the run that is being read. */
export class Flow {
  readonly kind: Kind;
  readonly depth: number;
  readonly #whole: Whole;
  readonly #template: Element | undefined;
  #blocks: ElementContent[] = [];
  #run: Leaf[] = [];
  /** A gap of line breaks waits for the next block: at the end it is no gap. */
  #gap = false;
  #breakBefore = false;
  /** A list made for items that stood in none, while nothing has followed it. */
  #strayList: Element | undefined;

  constructor(whole: Whole, kind: Kind, depth: number, template?: Element) {
    this.#whole = whole;
    this.kind = kind;
    this.depth = depth;
    this.#template = template;
  }

  leaf(leaf: Leaf): void {
    if (this.#breakBefore && !isBlankRun([leaf])) {
      this.#breakBefore = false;
      if (!isBlankRun(this.#run)) this.#run.push({ around: [], node: lineBreak() });
    }
    this.#run.push(leaf);
  }

  /** In a block of one line: what follows begins a line. */
  boundary(): void {
    this.#breakBefore = true;
  }

  block(block: Element): void {
    this.cut();
    if (this.#gap) this.#blocks.push(paragraph([lineBreak()]));
    this.#gap = false;
    this.#strayList = undefined;
    this.#blocks.push(block);
  }

  /** Puts an item that stood outside a list into one made for it. */
  stray(listName: 'ul' | 'dl', item: Element): void {
    this.cut();
    const last = this.#blocks.at(-1);
    if (this.#strayList === undefined || last !== this.#strayList || last.tagName !== listName) {
      const list: Element = { type: 'element', tagName: listName, properties: {}, children: [] };
      this.block(list);
      this.#strayList = list;
    }
    this.#strayList?.children.push(item);
  }

  /** Ends the run, as a block does. */
  cut(): void {
    const run = this.#run;
    this.#run = [];
    if (run.length === 0) return;
    if (this.kind === 'root' || this.kind === 'wrapped') {
      if (isGap(run)) this.#gap ||= this.#blocks.length > 0;
      else this.#pushParagraphs(this.#paragraphs(run));
    } else {
      const content = this.#built(run);
      if (content.length === 0) return;
      this.#strayList = undefined;
      if (this.#template === undefined) for (const node of content) this.#blocks.push(node);
      else this.#blocks.push({ ...this.#template, properties: { ...this.#template.properties }, children: content });
    }
  }

  finish(): ElementContent[] {
    if (this.kind === 'wrapped' && this.#blocks.length === 0) {
      const run = this.#run;
      this.#run = [];
      // An empty line, as some editors write it.
      if (isGap(run)) return [lineBreak()];
      const only = this.#paragraphs(run);
      // A block with one paragraph of bare text stays as it is.
      if (only.length === 1) return only[0]?.children ?? [];
      this.#pushParagraphs(only);
    }
    this.cut();
    return this.#blocks;
  }

  #paragraphs(run: readonly Leaf[]): Element[] {
    const result: Element[] = [];
    for (const { leaves, spacer } of paragraphs(balanced(run), this.#whole.newlinesBreak)) {
      if (spacer) result.push(paragraph([{ type: 'text', value: '\u00a0' }]));
      const content = this.#built(leaves);
      if (content.length > 0) result.push(paragraph(content));
    }
    return result;
  }

  #pushParagraphs(elements: readonly Element[]): void {
    for (const element of elements) this.block(element);
  }

  #built(run: readonly Leaf[]): ElementContent[] {
    const even = balanced(run);
    const leaves = this.#template?.tagName === 'pre' ? withoutLeadingNewlines(even) : trimmed(even);
    if (leaves.length === 0 || isBlankRun(leaves)) return [];
    return nested(this.#whole.withAnchors(leaves), this.#whole.built);
  }
}

/** A `p` around this. */
export function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}
