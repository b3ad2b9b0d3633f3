/** The little of CSS that a clipboard says anything in: declarations of single classes and elements. Pure, linear. */

export type Style = ReadonlyMap<string, string>;
/** Declarations by `p`, `.p1` and `span.s1`. */
export type Sheet = ReadonlyMap<string, Style>;

const EMPTY: Style = new Map();
/** Rules read from one clipboard. Word sends some hundreds. */
const MAX_RULES = 2_000;

/** `font-weight:700; color:red` by name, in small letters. */
export function declarations(css: string): Style {
  if (css === '') return EMPTY;
  const found = new Map<string, string>();
  for (const piece of css.split(';')) {
    const colon = piece.indexOf(':');
    if (colon > 0)
      found.set(
        piece.slice(0, colon).trim().toLowerCase(),
        piece
          .slice(colon + 1)
          .trim()
          .toLowerCase(),
      );
  }
  return found;
}

/** The style sheets in the head of what was copied. */
export function sheetFrom(html: string): Sheet {
  const sheet = new Map<string, Style>();
  let rules = 0;
  for (let at = html.search(/<style[\s>]/i); at !== -1;) {
    const begin = html.indexOf('>', at) + 1;
    const end = html.indexOf('</style', begin);
    if (begin === 0 || end === -1) break;
    for (const block of html
      .slice(begin, end)
      .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|<!--|-->/g, '')
      .split('}')) {
      const brace = block.indexOf('{');
      rules += 1;
      if (brace === -1 || rules > MAX_RULES) continue;
      const style = declarations(block.slice(brace + 1));
      for (const selector of block.slice(0, brace).split(',')) add(sheet, selector.trim(), style);
    }
    const next = html.slice(end).search(/<style[\s>]/i);
    at = next === -1 ? -1 : end + next;
  }
  return sheet;
}

function add(sheet: Map<string, Style>, selector: string, style: Style): void {
  if (!/^[a-z][a-z0-9]*$|^[a-z0-9]*\.[\w-]+$/i.test(selector)) return;
  const [element = '', name] = selector.split('.');
  const key = name === undefined ? element.toLowerCase() : `${element.toLowerCase()}.${name}`;
  sheet.set(key, new Map([...(sheet.get(key) ?? []), ...style]));
}

/** Looks of text that mean something. */
export interface Looks {
  bold: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  sup: boolean;
  sub: boolean;
}

export const PLAIN: Looks = { bold: false, italic: false, underline: false, strike: false, sup: false, sub: false };

const ELEMENT_LOOKS: Readonly<Record<string, Partial<Looks>>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  u: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  del: { strike: true },
  sup: { sup: true },
  sub: { sub: true },
};

/** The looks inside an element, of those around it, its name and its style; the style says the last word. */
export function looksInside(around: Looks, name: string, style: Style): Looks {
  const looks = { ...around, ...ELEMENT_LOOKS[name] };
  const weight = style.get('font-weight');
  if (weight !== undefined) looks.bold = weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
  const slant = style.get('font-style');
  if (slant !== undefined) looks.italic = slant.startsWith('italic') || slant.startsWith('oblique');
  const line = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`;
  if (line.includes('underline') && name !== 'a') looks.underline = true;
  if (line.includes('line-through')) looks.strike = true;
  if (line.includes('none')) looks.underline = false;
  const height = style.get('vertical-align');
  if (height === 'super') looks.sup = true;
  if (height === 'sub') looks.sub = true;
  return looks;
}

/** The names of elements that only say how text looks: their looks are in the style of what is in them. */
export function isLook(name: string): boolean {
  return Object.hasOwn(ELEMENT_LOOKS, name);
}
