/** The quotation marks there are and the families they belong to. No side effects. */

/** The style that carries the dialogue of a text. */
export type QuoteStyle =
  | 'curly'
  | 'straight'
  | 'single'
  | 'straight-single'
  | 'low'
  | 'guillemets'
  | 'guillemets-inward'
  | 'angles'
  | 'corner'
  | 'white-corner'
  | 'dash'
  | 'none';

/** Marks that can close each other: `“` may be closed by `"`, `„` by `“` or `”`. */
export type Family = 'double' | 'single' | 'guillemet' | 'angle' | 'corner' | 'white-corner' | 'none';

export const MARKS = /[“”"„‘’'‚«»‹›「」『』]/g;

/** A mark before one of these, or before the end, has nothing to open. */
export const CLOSES_BEFORE = /[\s,.;:!?…)\]—–”’]/;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export function isLetterOrDigit(character: string | undefined): boolean {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  return LETTER_OR_DIGIT.test(character);
}

/** White space of any kind, or the begin or end of the text. */
export function isSpace(character: string | undefined): boolean {
  if (character === undefined) return true;
  const code = character.charCodeAt(0);
  if (code <= 32 || code === 0xa0 || code === 0x3000 || code === 0xfeff) return true;
  return code >= 0x2000 && code <= 0x200b;
}

const FAMILIES: Readonly<Record<QuoteStyle, Family>> = {
  curly: 'double',
  straight: 'double',
  low: 'double',
  single: 'single',
  'straight-single': 'single',
  guillemets: 'guillemet',
  'guillemets-inward': 'guillemet',
  angles: 'angle',
  corner: 'corner',
  'white-corner': 'white-corner',
  dash: 'none',
  none: 'none',
};

export function familyOf(style: QuoteStyle): Family {
  return FAMILIES[style];
}
