/**
 * Who is inside quotes. Reads a text once and answers where speech begins and ends, for every style of quotes in use:
 * `“ ”`, `" "`, `‘ ’` and `' '` (told from apostrophes), `« »`, `» «`, `„ “`, `‚ ‘`, `‹ ›`, `「 」`, and dialogue dashes.
 * Never throws, is linear in the length of the text, and its spans nest properly. Quotes that were turned the wrong way,
 * never closed, or closed by the wrong glyph are the rule in flattened text, so each mark is judged by what stands
 * beside it. No side effects.
 */
import { singleMarks, type SingleMarks } from './speech-singles.ts';
import {
  CLOSES_BEFORE,
  familyOf,
  isLetterOrDigit,
  isSpace,
  MARKS,
  type Family,
  type QuoteStyle,
} from './speech-marks.ts';
import { styleOf } from './speech-style.ts';

export type { QuoteStyle } from './speech-marks.ts';

/** One pair of quotes, its marks included: `text.slice(from, to)`. */
export interface SpeechSpan {
  from: number;
  to: number;
  /** 0: speech; 1 and more: quoted inside speech. */
  depth: number;
  /** The mark it opens with. */
  open: string;
  /** The mark it closes with; empty where none was found, and `to` is then where the next speech, or the text, ends it. */
  close: string;
  closed: boolean;
  /** It opens while the speech before was not closed: the same speaker goes on in a new paragraph. */
  continues: boolean;
}

export interface Speech {
  /** The style that carries the dialogue; `none` where there is none. */
  style: QuoteStyle;
  /** In the order of `from`; a nested span follows the one around it. */
  spans: readonly SpeechSpan[];
  /** The spans of depth 0, which never overlap. */
  outer: readonly SpeechSpan[];
  /** Offsets of dashes that seem to open a line of dialogue. Only filled where the style is `dash`. */
  dashes: readonly number[];
  /** Whether the place between `offset - 1` and `offset` lies inside speech: before an opening mark it does not. */
  inside(offset: number): boolean;
  /** The outermost span around that place, if any. */
  at(offset: number): SpeechSpan | undefined;
}

/** Deeper nesting than this is not prose; further opening marks are ignored, which keeps the scan linear. */
const DEEPEST = 6;
/** A single quote outside speech, in a text whose dialogue has other marks, holds a few words or is no quote at all. */
const QUOTED_WORDS_LENGTH = 400;
const SENTENCE_ENDS = new Set('.!?…—–-:”’"\'»«。！？」');
const DIALOGUE_DASH = /(?<=^|[.!?…»”]\s{0,3})[—–―]\s?(?=[\p{Lu}¿¡«…])/gu;

interface Opened {
  span: SpeechSpan;
  family: Family;
}

/** Finds the speech in a text. Takes any string; marks that make no pair are left out or end with `closed: false`. */
export function scanSpeech(text: string): Speech {
  const style = styleOf(text);
  const scan = new Scan(text, style);
  for (const mark of text.matchAll(MARKS)) scan.take(mark.index, mark[0]);
  return speechOf(style, scan.finish(), style === 'dash' ? dialogueDashes(text) : []);
}

function speechOf(style: QuoteStyle, spans: readonly SpeechSpan[], dashes: readonly number[]): Speech {
  const outer = spans.filter((span) => span.depth === 0);
  function at(offset: number): SpeechSpan | undefined {
    let low = 0;
    let high = outer.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const span = outer[middle];
      if (span === undefined) return undefined;
      if (offset <= span.from) high = middle - 1;
      else if (offset >= span.to) low = middle + 1;
      else return span;
    }
    return undefined;
  }
  return { style, spans, outer, dashes, at, inside: (offset) => at(offset) !== undefined };
}

function dialogueDashes(text: string): number[] {
  return Array.from(text.matchAll(DIALOGUE_DASH), (match) => match.index);
}

/** Spans in order with the depth they have once others are gone: what stood inside a quote that was none is speech. */
function nested(spans: SpeechSpan[]): SpeechSpan[] {
  const around: SpeechSpan[] = [];
  for (const span of spans) {
    while ((around.at(-1)?.to ?? Number.POSITIVE_INFINITY) <= span.from) around.pop();
    span.depth = around.length;
    around.push(span);
  }
  return spans;
}

/** The state of one reading: what is open, and the spans so far. */
class Scan {
  readonly #text: string;
  readonly #primary: Family;
  readonly #lowStyle: boolean;
  readonly #inward: boolean;
  readonly #singles: SingleMarks;
  readonly #stack: Opened[] = [];
  readonly #spans: SpeechSpan[] = [];
  readonly #dropped = new Set<SpeechSpan>();

  constructor(text: string, style: QuoteStyle) {
    this.#text = text;
    this.#primary = familyOf(style);
    this.#lowStyle = style === 'low';
    this.#inward = style === 'guillemets-inward';
    this.#singles = singleMarks(text);
  }

  take(at: number, mark: string): void {
    const before = this.#text[at - 1];
    const after = this.#text[at + 1];
    switch (mark) {
      case '“':
        return this.#takeTurned(at, before, after);
      case '”':
        if (this.#closes('double', at)) return;
        if (isSpace(before) && !isSpace(after)) this.#open(at, 'double');
        return;
      case '"':
        return this.#takeStraight(at, before, after);
      case '„':
        return this.#open(at, 'double');
      case '‚':
        if (isSpace(before) || before === '„') if (isLetterOrDigit(after)) this.#open(at, 'single');
        return;
      case '‘':
      case '’':
      case "'":
        return this.#takeSingle(at, mark);
      case '«':
      case '»':
        return this.#takePaired(at, 'guillemet', (mark === '«') !== this.#inward);
      case '‹':
      case '›':
        return this.#takePaired(at, 'angle', (mark === '‹') !== this.#inward);
      case '「':
      case '」':
        return this.#takePaired(at, 'corner', mark === '「');
      default:
        return this.#takePaired(at, 'white-corner', mark === '『');
    }
  }

  finish(): SpeechSpan[] {
    this.#abandon(0, this.#text.length);
    if (this.#dropped.size === 0) return this.#spans;
    return nested(this.#spans.filter((span) => !this.#dropped.has(span)));
  }

  /** `“` opens, save in German, and save where it was turned wrongly: `not—“ ` inside speech. */
  #takeTurned(at: number, before: string | undefined, after: string | undefined): void {
    const top = this.#topOf('double');
    const closesLow = top?.span.open === '„' && (this.#lowStyle || !isSpace(before) || !isLetterOrDigit(after));
    const turned = top !== undefined && !isSpace(before) && CLOSES_BEFORE.test(after ?? ' ');
    if ((closesLow || turned) && this.#closes('double', at)) return;
    this.#open(at, 'double');
  }

  /** `"` opens and closes in turn, but with a space before and none behind it opens, whatever came before. */
  #takeStraight(at: number, before: string | undefined, after: string | undefined): void {
    const opensAgain = isSpace(before) && !CLOSES_BEFORE.test(after ?? ' ');
    if (!opensAgain && this.#closes('double', at)) return;
    this.#open(at, 'double');
  }

  #takePaired(at: number, family: Family, opens: boolean): void {
    if (!opens) {
      if (this.#closes(family, at)) return;
      // »Finnish»: the same mark on both sides.
      if (!isSpace(this.#text[at - 1]) || isSpace(this.#text[at + 1])) return;
    }
    this.#open(at, family);
  }

  #takeSingle(at: number, mark: string): void {
    const top = this.#topOf('single');
    if (top !== undefined && mark !== '‘' && this.#singles.closes(at, top.span.from)) {
      this.#closes('single', at);
      return;
    }
    if (top !== undefined && top.span.open === '‚' && mark === '‘' && this.#closes('single', at)) return;
    if (mark === '’') return;
    const speaks = this.#primary === 'single';
    if (this.#singles.opens(at, speaks && top === undefined)) {
      // Inside single quotes a second one that follows no sentence is an apostrophe: `‘Go on, ‘Arry,’`.
      if (speaks && top !== undefined && !this.#endsSentence(at)) return;
      this.#open(at, 'single');
    } else if (mark === '‘' && top !== undefined && this.#singles.closes(at, top.span.from)) {
      this.#closes('single', at);
    }
  }

  #topOf(family: Family): Opened | undefined {
    return this.#stack.findLast((opened) => opened.family === family);
  }

  #endsSentence(at: number): boolean {
    let place = at - 1;
    while (place > at - 4 && place >= 0 && isSpace(this.#text[place])) place -= 1;
    const last = this.#text[place];
    return last === undefined || SENTENCE_ENDS.has(last);
  }

  #open(at: number, family: Family): void {
    let continues = false;
    const same = this.#stack.findIndex((opened) => opened.family === family);
    if (same === this.#stack.length - 1 && same >= 0) {
      continues = same === 0;
      this.#abandon(same, at);
    } else if (same >= 0 && this.#endsSentence(at)) {
      // A quote inside the speech was left open, and the speech too.
      continues = same === 0;
      this.#abandon(same, at);
    } else if (family === this.#primary && this.#stack[0] !== undefined && this.#stack[0].family === 'single') {
      // Speech does not stand inside single quotes where it has marks of its own: that was an apostrophe.
      this.#abandon(0, at);
    }
    if (this.#stack.length >= DEEPEST) return;
    const open = this.#text[at] ?? '';
    const depth = this.#stack.length;
    const span: SpeechSpan = { from: at, to: at + 1, depth, open, close: '', closed: false, continues };
    this.#spans.push(span);
    this.#stack.push({ span, family });
  }

  /** Closes the innermost open pair of the family, with what was left open inside it. False if there is none. */
  #closes(family: Family, at: number): boolean {
    const place = this.#stack.findLastIndex((opened) => opened.family === family);
    const opened = this.#stack[place];
    if (opened === undefined) return false;
    if (family === 'single' && place === 0 && this.#primary !== 'single') {
      if (at - opened.span.from > QUOTED_WORDS_LENGTH) this.#dropped.add(opened.span);
    }
    this.#abandon(place + 1, at);
    opened.span.to = at + 1;
    opened.span.close = this.#text[at] ?? '';
    opened.span.closed = true;
    this.#stack.length = place;
    return true;
  }

  /** Gives up everything open from the place in the stack on: speech ends before `at`, quotes of another kind never were. */
  #abandon(place: number, at: number): void {
    for (const { span, family } of this.#stack.splice(place)) {
      if (span.depth > 0 || (family === 'single' && this.#primary !== 'single')) {
        this.#dropped.add(span);
        continue;
      }
      let to = at;
      while (to > span.from + 1 && isSpace(this.#text[to - 1])) to -= 1;
      span.to = to;
    }
  }
}
