/**
 * Pieces of a block as HTML and as plain text. Inline tags of the source are passed on, closed at the end of a block and
 * opened again in the next. No side effects; linear.
 */
import { escapeHtml } from '../../../platform/html/text.ts';
import type { Piece } from './blocks.ts';
import { readMarkup, referenceIn } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Repair } from './repair.ts';

/** Deeper nesting than this is a broken page; further tags are left out. */
const DEEPEST = 24;
const STANDS_ALONE = new Set(['img', 'wbr']);
const LINE_END = /\r\n?|[\n\u0085\u2028\u2029\v\f]/g;

/** Renders the blocks of one text, which must be handed in in order. */
export class Inline {
  readonly #source: string;
  readonly #notation: 'text' | 'html';
  readonly #open: { name: string; tag: string }[] = [];
  #html: string[] = [];
  #text: string[] = [];

  constructor(source: string, notation: 'text' | 'html') {
    this.#source = source;
    this.#notation = notation;
  }

  block(pieces: readonly Piece[]): { html: string; text: string } {
    this.#html = this.#open.map(({ tag }) => tag);
    this.#text = [];
    for (const piece of pieces) this.#piece(piece);
    for (const { name, tag } of this.#open.toReversed()) this.#close(name, tag);
    return { html: trimmed(this.#html.join('')), text: this.#text.join('').trim() };
  }

  #piece({ from, to, repair }: Piece): void {
    if (repair === undefined) this.#raw(this.#source.slice(from, to));
    else this.#repaired(repair);
  }

  /** What a repair puts there, behind the tags that stand in what it replaced. */
  #repaired(repair: Repair): void {
    if (this.#notation === 'html') for (const tag of readMarkup(repair.before)) this.#tag(tag, repair.before);
    if (repair.kind === 'emphasis') this.#emphasis(repair.after);
    else if (repair.kind === 'characters' || repair.kind === 'wrap' || repair.kind === 'space')
      this.#plain(repair.after);
  }

  #plain(text: string): void {
    if (text === '') return;
    this.#html.push(escapeHtml(text).replace(LINE_END, '<br>\n'));
    this.#text.push(text);
  }

  /** Text of the source as it stands; in HTML its references are resolved, and tags that nobody consumed are shown. */
  #raw(text: string): void {
    if (this.#notation === 'text') {
      this.#plain(text);
      return;
    }
    let at = 0;
    for (const { kind, from, to } of readMarkup(text)) {
      if (kind === 'inline' || kind === 'nothing') continue;
      this.#plain(text.slice(at, from));
      if (kind === 'reference') this.#plain(referenceIn(text.slice(from, to)) ?? text.slice(from, to));
      else this.#plain(kind === 'line-end' ? ' ' : '\n');
      at = to;
    }
    this.#plain(text.slice(at));
  }

  #emphasis(after: string): void {
    const match = /^(\s*)\*([\s\S]*)\*(\s*)$/.exec(after);
    this.#plain(match?.[1] ?? '');
    this.#html.push('<em>');
    this.#plain(match?.[2] ?? after);
    this.#html.push('</em>');
    this.#plain(match?.[3] ?? '');
  }

  #tag({ kind, name, closes, from, to }: Markup, source: string): void {
    if (kind !== 'inline') return;
    const tag = source.slice(from, to);
    if (STANDS_ALONE.has(name)) this.#html.push(tag);
    else if (closes) this.#closeNamed(name);
    else if (this.#open.length < DEEPEST) {
      this.#open.push({ name, tag });
      this.#html.push(tag);
    }
  }

  /** Closes the innermost tag of a name, and what was opened within it: that is opened again. */
  #closeNamed(name: string): void {
    const at = this.#open.findLastIndex((open) => open.name === name);
    if (at === -1) return;
    const within = this.#open.splice(at);
    for (const open of within.toReversed()) this.#close(open.name, open.tag);
    for (const open of within.slice(1)) {
      this.#open.push(open);
      this.#html.push(open.tag);
    }
  }

  /** A tag with nothing in it leaves nothing. */
  #close(name: string, tag: string): void {
    if (this.#html.at(-1) === tag) this.#html.pop();
    else this.#html.push(`</${name}>`);
  }
}

const EDGE = /^(?:[ \t\n\r]|<br>)$/;

/** Without white space and line breaks at the ends. */
function trimmed(html: string): string {
  let from = 0;
  let to = html.length;
  for (;;) {
    if (EDGE.test(html.slice(from, from + 1))) from += 1;
    else if (html.startsWith('<br>', from)) from += 4;
    else break;
  }
  for (;;) {
    if (to > from && EDGE.test(html.slice(to - 1, to))) to -= 1;
    else if (to - 4 >= from && html.startsWith('<br>', to - 4)) to -= 4;
    else break;
  }
  return html.slice(from, to);
}
