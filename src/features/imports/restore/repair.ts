/**
 * What rescuing a text changes, as a list of repairs, each of which can be undone alone. A repair replaces a piece of the
 * source; pieces of applied repairs never overlap, and whatever no repair consumes is a field's text as it stands. So
 * nothing is lost by construction: the pieces, joined in order, are the source.
 */

/** What a repair does. */
export type RepairKind =
  /** Characters that were decoded twice (`â€œ`) or written as literal entities (`&quot;`) are themselves again. */
  | 'characters'
  /** Markup of the source that is passed on, or means nothing (a tag, a comment). Only in the notation `html`. */
  | 'markup'
  /** A line end that only wrapped a line is a space. */
  | 'wrap'
  /** White space that means nothing goes: indents, spaces at the ends, a stray space before punctuation. */
  | 'space'
  /** A paragraph begins. */
  | 'paragraph'
  /** A new scene begins: `***`, or an opener of time and place. */
  | 'scene'
  /** A heading inside a chapter: `ii.`, `Part Two`. */
  | 'section'
  /** A heading that begins a chapter: `Chapter 3`, `Prologue`. */
  | 'chapter'
  /** Words were emphasised. */
  | 'emphasis'
  /** A label at the head (`Rating:`) whose value is a field of its own, or a label that begins the end notes. */
  | 'label'
  /** What a page left behind: names of links after the notes. Suggested only; taking it removes the words. */
  | 'leftover';

/** `applied`: the text shows it. `suggested`: waits for a person. `undone`: a person took it back. */
export type RepairState = 'applied' | 'suggested' | 'undone';

/** Where a piece of text belongs. `header`: a value of the leading header block, told apart by `name`. */
export type FieldName = 'text' | 'title' | 'summary' | 'notes' | 'endNotes' | 'header';

export interface Repair {
  /** Stable within the source: kind and place, such as `paragraph-120`; unique among all repairs of the source. */
  id: string;
  kind: RepairKind;
  /** The piece of the source it replaces, as UTF-16 offsets, end excluded. Empty where something is only put in. */
  from: number;
  to: number;
  /** Where it stands in the result: field, chapter (from 1; 0 outside the text), block within them (from 0). */
  field: FieldName;
  chapter: number;
  block: number;
  /** The piece as the source has it: `source.slice(from, to)`. */
  before: string;
  /**
   * What stands there instead, as a person reads it: text, with `*stars*` around emphasis, `\n\n` where a paragraph
   * begins, `\n\n* * *\n\n` for a scene, `\n\n[ii.]\n\n` for a heading.
   */
  after: string;
  /** How probable it is that the author had it so: 0 to 1, calibrated by `bench/restore`. */
  certainty: number;
  state: RepairState;
  /** Repairs of one group exclude each other: of *course* and *of course* only one can be taken. */
  group?: string;
}

/** A piece of the source and what became of it. Joined in order the pieces are the source, byte for byte. */
export type Segment =
  | { from: number; to: number; field: FieldName; name?: string; chapter: number; block: number }
  | { from: number; to: number; repair: string };

/** From this certainty on a repair is called sure, and is folded away in a review. */
export const SURE = 0.95;
