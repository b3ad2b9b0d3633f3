/** The characters that a text may hold, and how writing direction is kept from running out of its paragraph. */

const UNWANTED = /(?![\t\n])\p{Cc}|[\ufeff\ufffe\uffff]/gu;
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;

/** Nesting that the Unicode bidirectional algorithm follows at most (UAX #9, max_depth 125), halved. */
const MAX_BIDI_DEPTH = 60;

const PDF = '\u202c';
const PDI = '\u2069';

/**
 * Takes text as it came; returns it with `\n` line ends, without control characters (form feed becomes a space), byte
 * order marks and what XML forbids, and with U+FFFD for half a surrogate pair.
 */
export function plainCharacters(text: string): string {
  let result = text.isWellFormed() ? text : text.toWellFormed();
  if (result.includes('\r')) result = result.replace(/\r\n?/g, '\n');
  // `search` leaves lastIndex alone, and most texts have nothing to replace.
  if (result.search(UNWANTED) === -1) return result;
  return result.replace(UNWANTED, (character) => (character === '\f' ? ' ' : ''));
}

/** Takes an attribute's value; returns it without the characters that turn writing direction. */
export function withoutDirection(text: string): string {
  return BIDI_CONTROLS.test(text) ? text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '') : text;
}

/** Follows the direction controls through the pieces of one paragraph. */
export interface DirectionBalance {
  /** Takes the next piece; returns it without controls that close nothing or open too deep. */
  pass(text: string): string;
  /** The characters that close what is still open; '' for a balanced paragraph. */
  rest(): string;
}

/** Starts a paragraph: afterwards every embedding, override and isolate in it is closed inside it. */
export function balanceDirection(): DirectionBalance {
  const open: string[] = [];
  return {
    pass(text) {
      if (!BIDI_CONTROLS.test(text)) return text;
      let result = '';
      for (const character of text) {
        const code = character.charCodeAt(0);
        const opens = (code >= 0x202a && code <= 0x202e && character !== PDF) || (code >= 0x2066 && code <= 0x2068);
        if (opens) {
          if (open.length >= MAX_BIDI_DEPTH) continue;
          open.push(code >= 0x2066 ? PDI : PDF);
        } else if (character === PDF || character === PDI) {
          if (open.at(-1) !== character) continue;
          open.pop();
        }
        result += character;
      }
      return result;
    },
    rest: () => open.toReversed().join(''),
  };
}
