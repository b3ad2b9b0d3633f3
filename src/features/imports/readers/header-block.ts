/**
 * The header block of old fandom: `Title:` `Author:` `Pairing:` `Rating: PG-13` `Summary:` at the head of a text, in any
 * order and several languages, one label a line or all of them on one line. Pure: text in, places out; nothing of the
 * story is taken, and what is taken is told by its place, so that nothing is lost.
 */
import { isSceneBreak } from '../../../platform/html/plain-text.ts';
import { findFlatBlock } from './header-block-flat.ts';
import type { HeaderBlock, HeaderField } from './header-field.ts';
import { knownLabel, LABEL_CHARACTERS } from './header-labels.ts';
import type { HeaderName, KnownLabel } from './header-labels.ts';

export type { HeaderBlock, HeaderField } from './header-field.ts';

/** A header longer than this is none. */
const HEAD_CHARACTERS = 24_000;
const HEAD_LINES = 250;

/** A text (any line ends) in; the header block it opens with, or null. */
export function findHeaderBlock(text: string): HeaderBlock | null {
  const lines = headLines(text);
  const block = new LineBlock(lines).find();
  const flat = findFlatBlock(text.slice(0, HEAD_CHARACTERS));
  if (!flat || (block && block.fields.length >= flat.fields.length)) return block;
  return flat;
}

interface HeadLine {
  text: string;
  from: number;
  /** Behind its line end. */
  next: number;
}

function headLines(text: string): HeadLine[] {
  const lines: HeadLine[] = [];
  const end = /\r\n?|\n|$/g;
  let from = 0;
  while (from < text.length && from < HEAD_CHARACTERS && lines.length < HEAD_LINES) {
    end.lastIndex = from;
    const found = end.exec(text);
    const to = found?.index ?? text.length;
    lines.push({ text: text.slice(from, to), from, next: to + (found?.[0].length ?? 0) });
    from = to + (found?.[0].length ?? 1);
  }
  return lines;
}

const MARK = '(?:[*_~]{1,3}|\\[/?[biu]\\])';
/** `**Title:** `, `[b]Title[/b]: `, `【标题】`: bounded, and tried at the start of a line only. */
const LABEL_LINE = new RegExp(
  `^[ \\t\\u00a0\\u3000]{0,40}(?:[-•·>#]{1,6}[ \\t]+)?${MARK}{0,3}[【\\[<(]?[ \\t]?` +
    `([\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’/.&() -]{0,${LABEL_CHARACTERS}}?)` +
    `[ \\t]?[】\\]>)]?${MARK}{0,3}[ \\t\\u00a0]{0,4}(?:[:：]|(?<=】))[】\\]]?${MARK}{0,3}[ \\t\\u00a0\\u3000]*`,
  'u',
);
const LABEL_HEAD = 160;

interface Label {
  written: string;
  /** In the line: where the value begins. */
  length: number;
  known: KnownLabel | null;
}

function labelOf(line: string): Label | null {
  const match = LABEL_LINE.exec(line.slice(0, LABEL_HEAD));
  const written = match?.[1]?.trim();
  if (!match || !written) return null;
  return { written, length: match[0].length, known: knownLabel(written) };
}

/** Fields whose values are sentences, which may have several paragraphs. */
export const PROSE: ReadonlySet<HeaderName> = new Set(['summary', 'notes', 'disclaimer', 'credit', 'warnings']);

/** So many lines of other things (a title, a byline, a greeting) may stand before the first label. */
const LINES_BEFORE = 3;
const LINE_BEFORE_CHARACTERS = 100;
const CONTINUED_LINES = 30;
const GAP_CHARACTERS = 1500;
const GAP_PARAGRAPHS = 3;

/** So many labels nobody knows may follow one another. */
const UNKNOWN_IN_A_ROW = 4;

/** Written as a label is: a capital, and few words. */
function isName(label: Label): boolean {
  return /^[\p{Lu}\p{Lo}]/u.test(label.written) && label.written.split(/\s+/).length <= 4;
}

class LineBlock {
  readonly #lines: readonly HeadLine[];
  readonly #labels: readonly (Label | null)[];
  readonly #fields: HeaderField[] = [];
  #strong = false;
  /** The line behind the last that was taken. */
  #end = 0;

  constructor(lines: readonly HeadLine[]) {
    this.#lines = lines;
    this.#labels = lines.map((line) => labelOf(line.text));
  }

  find(): HeaderBlock | null {
    const first = this.#firstLabel();
    if (first < 0) return null;
    const from = this.#takeLinesBefore(first);
    let at = first;
    while (at >= 0 && at < this.#lines.length) at = this.#step(at);
    const labelled = this.#fields.filter((field) => field.label !== '');
    if (labelled.length < 2 || !this.#strong) return null;
    const to = this.#lines[this.#afterGap(this.#end)]?.from ?? this.#lines.at(-1)?.next ?? 0;
    return { fields: this.#fields, from, to, flat: false };
  }

  #firstLabel(): number {
    let before = 0;
    for (let i = 0; i < this.#lines.length; i++) {
      if (this.#isGap(i)) continue;
      if (this.#labels[i]?.known) return i;
      if (++before > LINES_BEFORE || (this.#lines[i]?.text.length ?? 0) > LINE_BEFORE_CHARACTERS) return -1;
    }
    return -1;
  }

  /** Exactly a line, then "by X", then labels: these are title and author. Anything else before stays text. */
  #takeLinesBefore(first: number): number {
    const before = [...this.#lines.keys()].slice(0, first).filter((i) => !this.#isGap(i));
    const [title, by] = before.map((i) => this.#lines[i]);
    const name = by ? /^(\s*(?:by|von|par|por|di)\s+)(\S.{0,60}?)\s*$/i.exec(by.text) : null;
    if (before.length !== 2 || !title || !by || !name) return this.#lines[first]?.from ?? 0;
    const start = title.from + title.text.search(/\S/);
    this.#add('title', '', start, start, title.text.trim());
    this.#add('creators', name[1]?.trim() ?? '', by.from, by.from + (name[1]?.length ?? 0), name[2] ?? '');
    return start;
  }

  /** Takes what stands at a line into the block. @returns the line after it; -1 where the block is over. */
  #step(at: number): number {
    if (this.#isGap(at)) {
      const next = this.#afterGap(at);
      return this.#labels[next]?.known ? next : this.#takeGap(at, next);
    }
    const label = this.#labels[at];
    if (!label || !(label.known ?? this.#isOther(at, label))) return -1;
    if (this.#beginsAnew(label)) return -1;
    this.#takeLabel(at, label);
    return this.#takeContinued(at + 1);
  }

  /** A second title is that of a second story. */
  #beginsAnew(label: Label): boolean {
    return label.known?.name === 'title' && this.#fields.some((field) => field.name === 'title');
  }

  /** A label nobody knows counts only between known ones: "Marta: I told you." is a story. */
  #isOther(at: number, label: Label): boolean {
    if (this.#fields.length === 0 || !isName(label)) return false;
    let next = at;
    for (let unknown = 0; unknown <= UNKNOWN_IN_A_ROW; unknown++) {
      next = this.#afterGap(next + 1);
      const following = this.#labels[next];
      if (following?.known) return true;
      if (!following || !isName(following)) return false;
    }
    return false;
  }

  #takeLabel(at: number, label: Label): void {
    const line = this.#lines[at];
    if (!line) return;
    this.#end = at + 1;
    let from = line.from;
    let valueAt = label.length;
    let { written, known } = label;
    // Further labels on the line, behind a gap or a bar: "Rating: PG   Pairing: A/B | Words: 900".
    for (const match of line.text.slice(0, 2000).matchAll(/[ \t\u00a0]{2,}|\t|[ \t]*[|•·][ \t]*/g)) {
      const behind = match.index + match[0].length;
      if (match.index < valueAt) continue;
      const more = labelOf(line.text.slice(behind, behind + LABEL_HEAD));
      if (!more?.known) continue;
      this.#add(
        known?.name ?? 'other',
        written,
        from,
        line.from + valueAt,
        line.text.slice(valueAt, match.index),
        known,
      );
      from = line.from + behind;
      valueAt = behind + more.length;
      ({ written, known } = more);
    }
    this.#add(known?.name ?? 'other', written, from, line.from + valueAt, line.text.slice(valueAt), known);
  }

  /** The lines of a value below its first: indented, or followed by a further label, or a wrapped paragraph's. */
  #takeContinued(from: number): number {
    let to = from;
    while (to - from < CONTINUED_LINES && to < this.#lines.length && !this.#isGap(to) && !this.#isLabelled(to)) to++;
    if (to === from || to - from >= CONTINUED_LINES) return from;
    const field = this.#fields.at(-1);
    if (!field) return from;
    const prose = PROSE.has(field.name);
    const goesOn =
      this.#isLabelled(to) || (prose && field.value === '' && this.#isGap(to)) || (prose && this.#isWrapped(from, to));
    let end = to;
    if (!goesOn) {
      end = from;
      while (end < to && this.#isIndented(end, from)) end++;
    }
    this.#extend(field, from, end, '\n');
    return end;
  }

  #isLabelled(at: number): boolean {
    const label = this.#labels[at];
    return Boolean(label && (label.known ?? this.#isOther(at, label)));
  }

  #isIndented(at: number, first: number): boolean {
    const indent = (i: number): number =>
      /^[ \t\u00a0\u3000]*/.exec((this.#lines[i]?.text ?? '').replaceAll('\t', '    '))?.[0].length ?? 0;
    return indent(at) >= 2 && indent(at) > indent(first - 1);
  }

  /** Lines broken by a machine, ending at a blank line: broken in mid-sentence, or as long as the label's own line. */
  #isWrapped(from: number, to: number): boolean {
    if (to >= this.#lines.length || !this.#isGap(to)) return false;
    const [before, after] = [this.#lines[from - 1]?.text ?? '', this.#lines[from]?.text ?? ''];
    if (/[\p{L},]\s*$/u.test(before) && /^\s*\p{Ll}/u.test(after)) return true;
    for (let i = from - 1; i < to; i++) {
      const length = this.#lines[i]?.text.trimEnd().length ?? 0;
      if (length > 100 || (i < to - 1 && length < 45)) return false;
    }
    return true;
  }

  /**
   * Paragraphs between a label of prose and the next strong label are its value, unless a rule parts them from it; before
   * anything else the block ends.
   */
  #takeGap(at: number, next: number): number {
    const field = this.#fields.at(-1);
    if (!field || !PROSE.has(field.name) || this.#isRuled(at, next)) return -1;
    let paragraphs = 0;
    let characters = 0;
    let end = next;
    while (end < this.#lines.length) {
      if (this.#isGap(end)) {
        const after = this.#afterGap(end);
        const label = this.#labels[after];
        if (label?.known?.strong) {
          if (this.#beginsAnew(label)) return -1;
          this.#extend(field, next, end, '\n\n');
          return after;
        }
        if (this.#isRuled(end, after)) return -1;
        paragraphs++;
        end = after;
        continue;
      }
      if (this.#labels[end]?.known) return -1;
      characters += this.#lines[end]?.text.length ?? 0;
      if (paragraphs >= GAP_PARAGRAPHS || characters > GAP_CHARACTERS) return -1;
      end++;
    }
    return -1;
  }

  #extend(field: HeaderField, from: number, to: number, between: string): void {
    const lines = this.#lines.slice(from, to);
    this.#end = Math.max(this.#end, to);
    const last = lines.findLast((line) => line.text.trim() !== '');
    if (!last) return;
    const value = lines
      .map((line) => line.text.trim())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    if (field.value === '') field.valueFrom = (lines[0]?.from ?? 0) + Math.max(0, lines[0]?.text.search(/\S/) ?? 0);
    field.value = field.value === '' ? value : `${field.value}${between}${value}`;
    field.valueTo = last.from + last.text.trimEnd().length;
  }

  #add(
    name: HeaderName,
    label: string,
    labelFrom: number,
    labelTo: number,
    written: string,
    known?: KnownLabel | null,
  ): void {
    const start = written.search(/\S/);
    const value = written.trim();
    const valueFrom = labelTo + Math.max(0, start);
    if (known?.strong) this.#strong = true;
    this.#fields.push({
      name,
      label,
      labelFrom,
      labelTo: value === '' ? labelTo : valueFrom,
      valueFrom,
      valueTo: valueFrom + value.length,
      value,
      certainty: 0.98,
    });
  }

  #isGap(at: number): boolean {
    const line = this.#lines[at]?.text.trim();
    return line !== undefined && (line === '' || isSceneBreak(line) || /^[-=_*~]{3,}$/.test(line));
  }

  #isRuled(from: number, to: number): boolean {
    return this.#lines.slice(from, to).some((line) => line.text.trim() !== '');
  }

  #afterGap(at: number): number {
    let next = at;
    while (this.#isGap(next)) next++;
    return next;
  }
}
