/**
 * The blocks a rescued text has, made of source and repairs alone. Every piece of the source is in exactly one block, in
 * order. No side effects; linear.
 */
import type { FieldName, Repair } from './repair.ts';

/** A piece of the source: text as it stands, or consumed by an applied repair. */
export interface Piece {
  from: number;
  to: number;
  repair?: Repair;
}

export interface Block {
  /** `chapter`: a heading that begins a chapter. `heading`: one within it. */
  kind: 'paragraph' | 'heading' | 'chapter' | 'scene';
  field: FieldName;
  /** Of a value of the header block: the name of the field it is. */
  name?: string;
  /** From 1; 0 outside the text. */
  chapter: number;
  /** From 0, within the field and the chapter. */
  block: number;
  from: number;
  to: number;
  pieces: Piece[];
}

const HEADINGS: Partial<Record<Repair['kind'], Block['kind']>> = {
  scene: 'scene',
  section: 'heading',
  chapter: 'chapter',
};

/** Source and repairs in (only applied ones count, in any order), blocks out. */
export function layBlocks(source: string, repairs: readonly Repair[]): Block[] {
  const laying = new Laying(source);
  let at = 0;
  for (const repair of repairs) {
    if (repair.state !== 'applied' || repair.from < at) continue;
    if (repair.from > at) laying.add({ from: at, to: repair.from });
    laying.take(repair);
    at = repair.to;
  }
  if (at < source.length) laying.add({ from: at, to: source.length });
  return laying.finish();
}

/** The pieces of a source in order, none left out. */
export function piecesOf(source: string, repairs: readonly Repair[]): Piece[] {
  return layBlocks(source, repairs).flatMap((block) => block.pieces);
}

class Laying {
  readonly #source: string;
  readonly #blocks: Block[] = [];
  readonly #counts = new Map<string, number>();
  #chapter = 0;
  #field: FieldName = 'text';
  #name: string | undefined;
  #kind: Block['kind'] = 'paragraph';
  #pieces: Piece[] = [];
  #seen = false;

  constructor(source: string) {
    this.#source = source;
  }

  add(piece: Piece): void {
    this.#pieces.push(piece);
    this.#seen ||= isSeen(this.#source, piece);
  }

  take(repair: Repair): void {
    const piece = { from: repair.from, to: repair.to, repair };
    const heading = HEADINGS[repair.kind];
    if (repair.kind === 'paragraph' || repair.kind === 'label' || heading !== undefined) this.#end();
    if (repair.kind === 'label') {
      this.#field = repair.field;
      this.#name = repair.field === 'header' ? repair.after : undefined;
    }
    this.add(piece);
    if (heading === undefined) return;
    this.#kind = heading;
    this.#seen = true;
    this.#end();
  }

  finish(): Block[] {
    this.#end();
    const rest = this.#pieces;
    if (rest.length === 0) return this.#blocks;
    const last = this.#blocks.at(-1);
    if (last === undefined) {
      this.#seen = true;
      this.#end();
    } else {
      last.pieces = [...last.pieces, ...rest];
      last.to = this.#source.length;
    }
    return this.#blocks;
  }

  /** Ends a block in which something is seen; otherwise its pieces are the first of the next. */
  #end(): void {
    if (!this.#seen) return;
    const inText = this.#field === 'text';
    if (inText && (this.#kind === 'chapter' || this.#chapter === 0)) this.#chapter += 1;
    const chapter = inText ? this.#chapter : 0;
    const key = `${this.#field} ${chapter}`;
    const block = this.#counts.get(key) ?? 0;
    this.#counts.set(key, block + 1);
    const pieces = this.#pieces;
    const [from, to] = [pieces[0]?.from ?? 0, pieces.at(-1)?.to ?? 0];
    const name = this.#name === undefined ? {} : { name: this.#name };
    this.#blocks.push({ kind: this.#kind, field: this.#field, ...name, chapter, block, from, to, pieces });
    this.#pieces = [];
    this.#seen = false;
    this.#kind = 'paragraph';
  }
}

/** Whether a reader sees anything of it. */
function isSeen(source: string, { from, to, repair }: Piece): boolean {
  if (repair === undefined) return hasWords(source, from, to);
  if (repair.kind === 'markup') return /^<img\b/i.test(repair.before);
  return (repair.kind === 'emphasis' || repair.kind === 'characters') && repair.after.trim() !== '';
}

function hasWords(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = source.charCodeAt(at);
    if (code > 32 && code !== 0xa0 && code !== 0x85 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff)
      return true;
  }
  return false;
}
