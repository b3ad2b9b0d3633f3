/**
 * Makes any source safe to hand to the HTML parser, in one linear pass before it: only known elements with known
 * attributes go through, nested at most MAX_OPEN deep, so that the tree fits the stack (hast overflows between 2,000
 * and 5,000) and no source makes the parser take more than linear time or memory.
 *
 * The pass follows what the parser will have open. Where it is unsure it believes more to be open, never less.
 */
import { allowedName, BLOCK_ELEMENTS, PLAYERS, readableAttributes, REMOVED_WITH_CONTENT } from './allow-list.ts';
import { readAttributes, readTokens } from './tokens.ts';

/** Elements that may be open at once; the limit of ARCHITECTURE.md, idea 3. */
const MAX_OPEN = 256;
/** Formatting elements left open that the parser opens again in every following block. */
const MAX_FORMATTING = 64;
/** How often it may do so in one text (blocks × formatting left open) before all of it is closed. */
const MAX_REOPENED = 100_000;
/** A piece handed to the parser ends at the first place after so many characters where nothing is open. */
const PIECE = 8_000;

/** Elements that the parser's list of active formatting elements keeps across blocks (HTML standard, 13.2.4.3). */
const FORMATTING = new Set(['a', 'b', 'big', 'code', 'em', 'i', 's', 'small', 'strike', 'strong', 'tt', 'u']);
const VOID = new Set(['br', 'col', 'embed', 'hr', 'img', 'wbr']);
const HEADING = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const TABLE_PART = new Set(['caption', 'col', 'colgroup', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr']);
/** Inside these only parts of a table may stand. */
const TABLE_CONTEXT = new Set(['colgroup', 'table', 'tbody', 'tfoot', 'thead', 'tr']);
/** What an end tag cannot reach out of, and where the list of formatting elements begins anew. */
const CELL = new Set(['caption', 'td', 'th']);
/** A closing slash that does not belong to an unquoted value. */
const SELF_CLOSING = /(?:^|["'\s])\/$/;
const SECTION = new Set(['tbody', 'tfoot', 'thead']);

/** What the parser may be given, and what was changed to make it so. */
export interface Tamed {
  /** Well-formed pieces, each complete in itself, whose trees follow one another. */
  pieces: string[];
  /** True when elements nested too deeply, or formatting left open too often, were dropped or closed. */
  flattened: boolean;
}

interface Formatting {
  name: string;
  /** Name and attributes as written; the parser keeps three equal ones at most. */
  written: string;
}

/** Takes source of any kind; returns pieces for the parser. All of the text survives, in order. */
export function tame(source: string): Tamed {
  const pass = new Pass(source);
  readTokens(source, pass);
  return pass.finish();
}

class Pass {
  readonly #source: string;
  readonly #lost = new Set<string>();
  readonly #pieces: string[] = [];
  #piece = '';
  #flattened = false;
  /** Elements open in the parser, outermost first. */
  readonly #open: string[] = [];
  /** The parser's list of active formatting elements; null is a marker set by a cell or caption. */
  readonly #formatting: (Formatting | null)[] = [];
  #reopened = 0;
  /** Start tags dropped for depth, whose end tags must not close another element. */
  readonly #dropped = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  finish(): Tamed {
    if (this.#piece !== '') this.#pieces.push(this.#piece);
    return { pieces: this.#pieces, flattened: this.#flattened };
  }

  text(raw: string): void {
    if (this.#inTableContext()) {
      if (raw.trim() === '') return;
      this.#openTablePart('td', '');
    }
    this.#piece += raw.includes('<') ? raw.replaceAll('<', '&lt;') : raw;
  }

  literal(text: string): void {
    this.text(text.replaceAll('&', '&amp;'));
  }

  open(written: string, raw: string, end: number): number | undefined {
    const empty = raw.endsWith('/') && SELF_CLOSING.test(raw);
    if (empty && !VOID.has(written)) return this.#openEmpty(written, raw.slice(0, -1), end);
    if (REMOVED_WITH_CONTENT.has(written) || written === 'iframe') {
      if (written === 'iframe') this.#player(written, raw, '');
      return this.#contentEnd(written, end);
    }
    if (PLAYERS.has(written)) return this.#openPlayer(written, raw, end);
    const name = allowedName(written);
    if (name === undefined) return undefined;
    if (TABLE_PART.has(name)) this.#openTablePart(name, this.#attributes(name, raw));
    else if (this.#inTableContext()) this.#openInTable(name, raw);
    else if (BLOCK_ELEMENTS.has(name)) this.#openBlock(name, this.#attributes(name, raw));
    else this.#openInline(name, this.#attributes(name, raw));
    return undefined;
  }

  /** `<a id="note"/>`, as XHTML has it: nothing is inside. */
  #openEmpty(written: string, raw: string, end: number): undefined {
    if (REMOVED_WITH_CONTENT.has(written)) return;
    if (PLAYERS.has(written)) this.#player(written, raw, '');
    else {
      this.open(written, raw, end);
      this.close(written);
    }
  }

  close(written: string): void {
    const name = written === 'br' ? undefined : allowedName(written);
    if (name === undefined || VOID.has(name)) return;
    const dropped = this.#dropped.get(name) ?? 0;
    if (dropped > 0) {
      this.#dropped.set(name, dropped - 1);
      return;
    }
    if (name === 'table' || TABLE_PART.has(name)) this.#closeTablePart(name);
    else if (this.#inTableContext()) return;
    else if (BLOCK_ELEMENTS.has(name)) this.#closeBlock(name);
    else this.#closeInline(name);
  }

  /** Where the content of a removed element ends; right here when it is never closed, so that no text is lost. */
  #contentEnd(name: string, from: number): number {
    const at = this.#find(`</${name}`, from);
    return at === -1 ? from : at;
  }

  /** Index of an end tag, in small or capital letters; a failing search is made once. */
  #find(needle: string, from: number): number {
    if (this.#lost.has(needle)) return -1;
    const pattern = new RegExp(`${needle}(?=[\\s/>])`, 'gi');
    pattern.lastIndex = from;
    const found = pattern.exec(this.#source);
    if (found === null) this.#lost.add(needle);
    return found?.index ?? -1;
  }

  #openPlayer(written: string, raw: string, end: number): number | undefined {
    const plays = written === 'audio' || written === 'video';
    const to = plays ? this.#contentEnd(written, end) : end;
    this.#player(written, raw, plays ? this.#source.slice(end, to) : '');
    return to;
  }

  /** Writes an `embed` with the player's address, its own or that of the first `source` in it. */
  #player(written: string, raw: string, content: string): void {
    const wanted = new Set(['src', 'data', 'title']);
    const own = readAttributes(raw, wanted);
    let address = own.get('src') ?? own.get('data');
    if (address === undefined && content !== '') {
      readTokens(content, {
        text: () => undefined,
        literal: () => undefined,
        close: () => undefined,
        open: (name, attributes) => {
          if (name === 'source') address ??= readAttributes(attributes, wanted).get('src');
          return undefined;
        },
      });
    }
    if (address === undefined) return;
    if (this.#inTableContext()) this.#openTablePart('td', '');
    const title = own.get('title');
    this.#piece +=
      `<embed src="${quoted(address)}" alt="${PLAYERS.get(written)}"` +
      (title === undefined ? '>' : ` title="${quoted(title)}">`);
  }

  #attributes(name: string, raw: string): string {
    if (raw === '' || raw === '/') return '';
    let result = '';
    for (const [attribute, value] of readAttributes(raw, readableAttributes(name))) {
      result += ` ${attribute}="${quoted(value)}"`;
    }
    return result;
  }

  #inTableContext(): boolean {
    const top = this.#open.at(-1);
    return top !== undefined && TABLE_CONTEXT.has(top);
  }

  /** True, and remembered, when one element more would be too deep. */
  #tooDeep(name: string): boolean {
    if (this.#open.length + this.#formatting.length < MAX_OPEN) return false;
    this.#dropped.set(name, (this.#dropped.get(name) ?? 0) + 1);
    this.#flattened = true;
    return true;
  }

  #openBlock(name: string, attributes: string): void {
    if (name === 'hr') {
      this.#closeParagraph();
      this.#piece += `<hr${attributes}>`;
      return;
    }
    this.#closeParagraph();
    this.#closeSame(name);
    if (this.#tooDeep(name)) {
      // The words on either side must not run together.
      this.#piece += '<br>';
      return;
    }
    if (this.#formatting.length > 0) this.#boundReopening();
    this.#piece += `<${name}${attributes}>`;
    this.#open.push(name);
  }

  /** The parser closes an open paragraph before any block. */
  #closeParagraph(): void {
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const name = this.#open[at] ?? '';
      if (name === 'p') this.#open.length = at;
      if (BLOCK_ELEMENTS.has(name)) return;
    }
  }

  /** The parser closes an open item before the next one, and a heading before another. */
  #closeSame(name: string): void {
    if (HEADING.has(name)) {
      if (HEADING.has(this.#open.at(-1) ?? '')) this.#open.pop();
      return;
    }
    const same = name === 'li' ? ['li'] : name === 'dd' || name === 'dt' ? ['dd', 'dt'] : [];
    if (same.length === 0) return;
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const other = this.#open[at] ?? '';
      if (same.includes(other)) {
        this.#open.length = at;
        return;
      }
      if (BLOCK_ELEMENTS.has(other) && other !== 'address' && other !== 'div' && other !== 'p') return;
    }
  }

  /** Formatting left open costs the parser an element of each in every block: beyond a bound it is closed. */
  #boundReopening(): void {
    this.#reopened += this.#formatting.length;
    if (this.#reopened <= MAX_REOPENED) return;
    for (let last = this.#formatting.at(-1); last; last = this.#formatting.at(-1)) this.#closeInline(last.name);
    this.#flattened = true;
  }

  #openInline(name: string, attributes: string): void {
    if (VOID.has(name)) {
      this.#piece += `<${name}${attributes}>`;
      return;
    }
    // The parser closes a link before another.
    if (name === 'a' && this.#formattingIndex('a') !== -1) this.#closeInline('a');
    if (this.#tooDeep(name)) return;
    if (FORMATTING.has(name)) {
      const written = name + attributes;
      const equal: number[] = [];
      for (let at = this.#formatting.length - 1; at >= 0 && this.#formatting[at] !== null; at -= 1) {
        if (this.#formatting[at]?.written === written) equal.push(at);
      }
      const earliest = equal.at(-1);
      if (equal.length >= 3 && earliest !== undefined) this.#formatting.splice(earliest, 1);
      if (this.#formatting.length >= MAX_FORMATTING) {
        this.#dropped.set(name, (this.#dropped.get(name) ?? 0) + 1);
        this.#flattened = true;
        return;
      }
      this.#formatting.push({ name, written });
    } else if (name === 'rt' || name === 'rp') {
      const top = this.#open.at(-1);
      if (top === 'rt' || top === 'rp') this.#open.pop();
    }
    this.#piece += `<${name}${attributes}>`;
    this.#open.push(name);
  }

  /** Place in the list of active formatting elements, after its last marker; -1 when there is none. */
  #formattingIndex(name: string): number {
    for (let at = this.#formatting.length - 1; at >= 0 && this.#formatting[at] !== null; at -= 1) {
      if (this.#formatting[at]?.name === name) return at;
    }
    return -1;
  }

  #closeInline(name: string): void {
    const listed = FORMATTING.has(name) ? this.#formattingIndex(name) : -1;
    if (listed !== -1) this.#formatting.splice(listed, 1);
    let blockBetween = false;
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const other = this.#open[at] ?? '';
      if (other === name) {
        this.#piece += `</${name}>`;
        if (blockBetween) this.#open.splice(at, 1);
        else this.#open.length = at;
        this.#endPiece();
        return;
      }
      if (BLOCK_ELEMENTS.has(other)) {
        if (listed === -1 || CELL.has(other)) break;
        blockBetween = true;
      }
    }
    if (listed !== -1) this.#piece += `</${name}>`;
  }

  #closeBlock(name: string): void {
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const other = this.#open[at] ?? '';
      if (other === name || (HEADING.has(name) && HEADING.has(other))) {
        this.#open.length = at;
        this.#piece += `</${name}>`;
        this.#dropped.clear();
        this.#endPiece();
        return;
      }
      if (CELL.has(other) || (name === 'li' && (other === 'ul' || other === 'ol'))) return;
    }
  }

  /** A new piece may begin where the parser has nothing open and nothing to open again. */
  #endPiece(): void {
    if (this.#piece.length < PIECE || this.#open.length > 0 || this.#formatting.length > 0) return;
    this.#pieces.push(this.#piece);
    this.#piece = '';
  }

  /** Between the parts of a table nothing else may stand: the parser would move it, one by one, before the table. */
  #openInTable(name: string, raw: string): void {
    if (name === 'img' || name === 'table') {
      this.#openTablePart('td', '');
      this.open(name, raw, 0);
    }
  }

  /** Writes what the parser would imply, so that both know the same to be open. */
  #openTablePart(name: string, attributes: string): void {
    const table = this.#open.lastIndexOf('table');
    if (table === -1) {
      this.#piece += ' ';
      return;
    }
    if (name === 'td' || name === 'th') {
      if (this.#open[table + 2] !== 'tr') this.#openTablePart('tr', '');
      this.#closeTo(table + 3);
      this.#formatting.push(null);
    } else if (name === 'tr') {
      const section = this.#open[table + 1];
      if (section !== undefined && SECTION.has(section)) this.#closeTo(table + 2);
      else this.#openTablePart('tbody', '');
    } else if (name === 'col') {
      if (this.#open.at(-1) !== 'colgroup') this.#openTablePart('colgroup', '');
      this.#piece += `<col${attributes}>`;
      return;
    } else {
      this.#closeTo(table + 1);
      if (name === 'caption') this.#formatting.push(null);
    }
    this.#piece += `<${name}${attributes}>`;
    this.#open.push(name);
  }

  #closeTablePart(name: string): void {
    const table = this.#open.lastIndexOf('table');
    if (table === -1) {
      this.#piece += ' ';
      return;
    }
    const at = name === 'table' ? table : this.#open.lastIndexOf(name);
    if (at < table) return;
    this.#closeTo(at);
    this.#dropped.clear();
    this.#endPiece();
  }

  /** Closes, in so many words, everything from this depth on. */
  #closeTo(depth: number): void {
    while (this.#open.length > depth) {
      const name = this.#open.pop() ?? '';
      this.#piece += `</${name}>`;
      if (CELL.has(name)) this.#formatting.length = this.#formatting.lastIndexOf(null);
    }
  }
}

/** A raw attribute value, made to stand in double quotes. */
function quoted(raw: string): string {
  return raw.includes('"') ? raw.replaceAll('"', '&quot;') : raw;
}
