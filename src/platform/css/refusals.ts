/** What an author is told of a style sheet: one sentence for each thing that cannot stay, with its line. */
import type { CssNode } from 'css-tree';

export interface CssRefusal {
  /** Counted from 1, as the author's lines are. */
  line: number;
  sentence: string;
}

/** Thrown by what finds something that cannot stay; the rule or declaration around it is left out, and the rest looked at. */
export class Refused extends Error {
  /** Null where the piece does not know its place: a space between two elements. */
  readonly line: number | null;

  /** @param at the piece of the sheet that the sentence is about. */
  constructor(sentence: string, at: CssNode) {
    super(sentence);
    this.line = at.loc?.start.line ?? null;
  }
}

/** Does a piece of the work, and keeps what was refused in it. @returns the piece, or '' where it was refused. */
export function orRefusal(refusals: CssRefusal[], around: CssNode, piece: () => string): string {
  try {
    return piece();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refusals.push({ line: error.line ?? around.loc?.start.line ?? 1, sentence: error.message });
    return '';
  }
}

/** A name from the sheet as a sentence quotes it: short, on one line. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return `“${line.length > 40 ? `${line.slice(0, 40)}…` : line}”`;
}
