/**
 * Takes down a story from a word processor's file as it is read, piece by piece: text with its look, ends of paragraphs,
 * lists and tables, footnotes. What it makes are the blocks that every such reader hands on.
 */
import { escapeHtml } from '../../../platform/html/text.ts';
import type { Around } from './html-inline.ts';
import { written } from './html-run.ts';
import type { Leaf } from './html-run.ts';
import { breakBlock, headingBlock, lines, paragraphBlock } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';

/** How a piece of text looks. */
export interface Marks {
  italic?: boolean | undefined;
  bold?: boolean | undefined;
  underline?: boolean | undefined;
  strike?: boolean | undefined;
  raised?: 'sup' | 'sub' | undefined;
}

/** What the paragraph that ends is: a heading of a level, the title, or set to one side. */
export interface ParagraphKind {
  level?: number | undefined;
  title?: boolean | undefined;
  align?: string | undefined;
}

/** Lists and tables that nest deeper keep their text and lose the tags. */
const MAX_HOLDERS = 60;

const MARK: Record<'i' | 'b' | 'u' | 's' | 'sup' | 'sub', Around> = {
  i: { name: 'i', open: '<i>' },
  b: { name: 'b', open: '<b>' },
  u: { name: 'u', open: '<u>' },
  s: { name: 's', open: '<s>' },
  sup: { name: 'sup', open: '<sup>' },
  sub: { name: 'sub', open: '<sub>' },
};

interface Holder {
  tag: string;
  html: string;
  text: string;
  blocks: number;
}

export class StoryWriter {
  readonly #blocks: StoryBlock[] = [];
  readonly #holders: Holder[] = [];
  #beyond = 0;
  #leaves: Leaf[] = [];
  #notes: string[] = [];
  #noteCount = 0;
  /** Of the last piece, to see at once that nothing changed. */
  #marks: Marks | null = null;
  #outside: readonly Around[] = [];

  /** Text as people read it, with its look; `outside` stands around it all (a link, ruby). */
  put(text: string, marks: Marks, outside: readonly Around[] = []): void {
    if (text === '') return;
    const last = this.#leaves.at(-1);
    if (last && !last.break && marks === this.#marks && outside === this.#outside) {
      last.text += text;
      return;
    }
    [this.#marks, this.#outside] = [marks, outside];
    const wanted = marksAround(
      marks,
      outside.some((other) => other.name === 'a'),
    );
    // What goes on from the piece before stays outside of what begins here.
    const held = last?.around.filter((other) => wanted.has(other)) ?? [];
    const around = [...outside, ...new Set([...held, ...wanted])];
    // Word processors cut a sentence into many runs of one look.
    if (last && !last.break && sameAround(last.around, around)) {
      last.text += text;
      return;
    }
    this.#leaves.push({ around, html: '', text });
  }

  lineBreak(): void {
    this.#leaves.push({ around: this.#leaves.at(-1)?.around ?? [], html: '', text: '', break: true });
  }

  /** Whether the paragraph at hand has any text yet. */
  get midParagraph(): boolean {
    return this.#leaves.some((leaf) => leaf.text.trim() !== '');
  }

  endParagraph(kind: ParagraphKind = {}): void {
    const leaves = this.#leaves;
    this.#leaves = [];
    this.#marks = null;
    for (const leaf of leaves) leaf.html = leaf.break ? '' : escapeHtml(leaf.text);
    while (leaves.at(-1)?.break) leaves.pop();
    while (leaves[0]?.break) leaves.shift();
    const heading = kind.level !== undefined || kind.title === true;
    // A heading is bold by nature.
    if (heading) for (const leaf of leaves) leaf.around = leaf.around.filter((around) => around !== MARK.b);
    const inner = written(leaves);
    const text = leaves.map((leaf) => (leaf.break ? '\n' : leaf.text)).join('');
    if (kind.title && lines(text) !== '') this.#add({ ...headingBlock(1, inner, text), kind: 'title' });
    else if (kind.level !== undefined) this.#add(headingBlock(Math.min(6, Math.max(1, kind.level)), inner, text));
    else this.#add(paragraphBlock(inner, text, kind.align));
  }

  sceneBreak(): void {
    if (this.midParagraph) this.endParagraph();
    if (this.#holders.length === 0) this.#blocks.push(breakBlock());
  }

  /** Begins `ul`, `ol`, `li`, `table`, `tr`, `td` or `blockquote`. */
  open(tag: string): void {
    if (this.midParagraph) this.endParagraph();
    if (this.#holders.length >= MAX_HOLDERS) this.#beyond++;
    else this.#holders.push({ tag, html: '', text: '', blocks: 0 });
  }

  close(): void {
    if (this.midParagraph) this.endParagraph();
    if (this.#beyond > 0) {
      this.#beyond--;
      return;
    }
    const holder = this.#holders.pop();
    if (!holder) return;
    const said = lines(holder.text);
    if (said === '' && /^(?:ul|ol|li|table|blockquote)$/.test(holder.tag)) return;
    const inner = holder.blocks === 1 ? holder.html.replace(/^<p>([\s\S]*)<\/p>$/, '$1') : holder.html;
    this.#add({ kind: 'other', level: 0, html: `<${holder.tag}>${inner}</${holder.tag}>`, text: said });
  }

  /** A footnote: its mark here, its text at the end of the chapter. */
  note(note: StoryWriter): void {
    this.#noteCount++;
    this.#marks = null;
    const number = this.#noteCount;
    const blocks = note.finish().filter((block) => block.html !== '');
    if (blocks.length === 0) return;
    const inner = blocks
      .map((block) => block.html.replace(/^<p(?: align="[a-z]+")?>([\s\S]*)<\/p>$/, '$1'))
      .join('<br>');
    const link: Around = { name: 'a', open: `<a id="note-ref-${number}" href="#note-${number}">` };
    this.#leaves.push({ around: [MARK.sup, link], html: '', text: `[${number}]` });
    this.#notes.push(`<p id="note-${number}">[${number}] ${inner} <a href="#note-ref-${number}">↩</a></p>`);
  }

  /** All blocks, with whatever was not ended ended. */
  finish(): StoryBlock[] {
    if (this.#leaves.length > 0) this.endParagraph();
    while (this.#holders.length > 0 || this.#beyond > 0) this.close();
    return this.#blocks;
  }

  #add(block: StoryBlock): void {
    const notes = this.#notes;
    const holder = this.#holders.at(-1);
    if (holder) {
      holder.html += block.html;
      holder.text += `\n${block.text}`;
      if (block.html !== '') holder.blocks++;
      return;
    }
    this.#notes = [];
    this.#blocks.push(notes.length > 0 ? { ...block, notes } : block);
  }
}

function marksAround(marks: Marks, linked: boolean): Set<Around> {
  const wanted = new Set<Around>();
  if (marks.raised) wanted.add(MARK[marks.raised]);
  if (marks.strike) wanted.add(MARK.s);
  if (marks.underline && !linked) wanted.add(MARK.u);
  if (marks.bold) wanted.add(MARK.b);
  if (marks.italic) wanted.add(MARK.i);
  return wanted;
}

function sameAround(a: readonly Around[], b: readonly Around[]): boolean {
  return a.length === b.length && a.every((around, i) => around === b[i]);
}
