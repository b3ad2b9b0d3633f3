/**
 * The first lock, before anything is parsed: the pieces of the text one by one. What is left open, written with escapes,
 * or loads something is refused whatever stands around it.
 */
import { tokenize, tokenTypes } from 'css-tree';
import { FUNCTIONS, SELECTING_CLASSES, COUNTING_CLASSES } from './allow-list.ts';
import { quoted, type CssRefusal } from './refusals.ts';

/** How deep brackets may stand in each other: the parser goes down with them. */
const MOST_DEEP = 40;
/** Sentences said of one sheet; the others come once these are mended. */
export const MOST_REFUSALS = 50;

const OPENING = new Map<number, string>([
  [tokenTypes.Function, ')'],
  [tokenTypes.LeftParenthesis, ')'],
  [tokenTypes.LeftSquareBracket, ']'],
  [tokenTypes.LeftCurlyBracket, '}'],
]);
const CLOSING = new Set<number>([
  tokenTypes.RightParenthesis,
  tokenTypes.RightSquareBracket,
  tokenTypes.RightCurlyBracket,
]);
/** Whose names mean something: with an escape in it a name says one thing to people and another to browsers. */
const NAMES = new Set<number>([
  tokenTypes.Ident,
  tokenTypes.Function,
  tokenTypes.AtKeyword,
  tokenTypes.Hash,
  tokenTypes.Dimension,
]);

const NO_ADDRESS = 'Nothing is loaded from an address: url(), image-set() and the like are not taken. Gradients are.';

/** Takes text with \n between its lines. @returns what in it cannot stay, in the order of the text. */
export function refusedTokens(source: string): CssRefusal[] {
  const refusals: CssRefusal[] = [];
  const open: { close: string; at: number }[] = [];
  const lineAt = lineFinder(source);
  const refuse = (at: number, sentence: string) => {
    if (refusals.length < MOST_REFUSALS) refusals.push({ line: lineAt(at), sentence });
  };
  tokenize(source, (type, start, end) => {
    const text = source.slice(start, end);
    const closes = OPENING.get(type);
    if (closes !== undefined) {
      open.push({ close: closes, at: start });
      if (open.length === MOST_DEEP + 1) refuse(start, `Brackets stand more than ${MOST_DEEP} deep in each other.`);
    }
    if (CLOSING.has(type)) {
      const last = open.pop();
      if (last?.close !== text) {
        refuse(
          start,
          last ? `This “${text}” stands where a “${last.close}” is due.` : `This “${text}” closes nothing.`,
        );
        if (last) open.push(last);
      }
    }
    const problem = problemOf(type, text);
    if (problem !== null) refuse(start, problem);
  });
  // Where something else is wrong, what is open may only follow from it.
  if (refusals.length > 0) return refusals;
  for (const { close, at } of open.slice(0, 1)) refuse(at, `What opens here is never closed: a “${close}” is missing.`);
  return refusals;
}

function problemOf(type: number, text: string): string | null {
  if (type === tokenTypes.Url || type === tokenTypes.BadUrl) return NO_ADDRESS;
  if (type === tokenTypes.BadString) return 'A quotation mark is missing at the end of the line.';
  if (type === tokenTypes.String && (text.length < 2 || text.at(-1) !== text[0] || /(?<!\\)(?:\\\\)*\\.$/su.test(text)))
    return 'A quotation mark is missing: this text is never closed.';
  if (type === tokenTypes.Comment && (text.length < 4 || !text.endsWith('*/')))
    return 'This comment is never closed: */ is missing.';
  if (type === tokenTypes.CDO || type === tokenTypes.CDC)
    return `Marks of HTML like ${quoted(text)} do not belong into CSS.`;
  if (NAMES.has(type) && text.includes('\\')) return `Write ${quoted(text)} without a backslash.`;
  if (type === tokenTypes.Delim && text === '\\') return 'A backslash stands here for nothing.';
  if (type !== tokenTypes.Function) return null;
  const name = text.slice(0, -1).toLowerCase();
  if (/^(-[a-z]+-)?(url|src|image|image-set|cross-fade|element|paint|url-prefix|domain)$/.test(name)) return NO_ADDRESS;
  if (name === 'var' || name === 'env') return `Custom properties and ${name}() are not taken.`;
  if (FUNCTIONS.has(name) || SELECTING_CLASSES.has(name) || COUNTING_CLASSES.has(name)) return null;
  // In a media query `and(` reads as a function; browsers ignore the whole query then.
  return `The function ${quoted(`${name}()`)} is not taken.`;
}

/** Lines are asked for in the order of the text, so each is counted once. */
function lineFinder(source: string): (at: number) => number {
  let [line, from] = [1, 0];
  return (at) => {
    if (at < from) [line, from] = [1, 0];
    for (let next = source.indexOf('\n', from); next >= 0 && next < at; next = source.indexOf('\n', from)) {
      line += 1;
      from = next + 1;
    }
    return line;
  };
}
