/**
 * How much a sentence takes up the words of those before it: a new paragraph brings new ones. Words are remembered by a
 * hash of their first letters, so a text of any length needs the same memory. No side effects outside; linear.
 */

export interface Cohesion {
  /** Share of its longer words that stood in the three sentences before, and in the twelve before. */
  near: number;
  wide: number;
  /** It has a capital inside that none of the eight sentences before had: somebody comes in. */
  newName: boolean;
}

const SLOTS = 1 << 15;
const SHORTEST = 5;
/** Endings are cut off: `letter` and `letters` are one word. */
const STEM = 6;
const NEAR = 3;
const WIDE = 12;
const NAME_AGO = 8;

/** Remembers the sentences of one text, which must be given in order. */
export class WordMemory {
  readonly #seen = new Int32Array(SLOTS).fill(-1000);
  readonly #named = new Int32Array(SLOTS).fill(-1000);

  take(text: string, from: number, to: number, sentence: number): Cohesion {
    let words = 0;
    let near = 0;
    let wide = 0;
    let newName = false;
    let start = from;
    for (let at = from; at <= to; at += 1) {
      if (at < to && isLetter(text.charCodeAt(at))) continue;
      const length = at - start;
      if (length >= SHORTEST || (length > 1 && isCapital(text.charCodeAt(start)) && start > from + 1)) {
        const slot = slotOf(text, start, Math.min(at, start + STEM));
        const ago = sentence - (this.#seen[slot] ?? 0);
        words += 1;
        if (ago <= NEAR) near += 1;
        if (ago <= WIDE) wide += 1;
        this.#seen[slot] = sentence;
        if (start > from + 1 && isCapital(text.charCodeAt(start))) {
          if (sentence - (this.#named[slot] ?? 0) > NAME_AGO) newName = true;
          this.#named[slot] = sentence;
        }
      }
      start = at + 1;
    }
    return { near: words === 0 ? -1 : near / words, wide: words === 0 ? -1 : wide / words, newName };
  }
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x2000);
}

function isCapital(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xde);
}

function slotOf(text: string, from: number, to: number): number {
  let hash = 17;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    hash = (hash * 31 + (code < 91 ? code + 32 : code)) | 0;
  }
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
