/**
 * Cuts what stands in `q` or in the search box into tokens, in one pass from left to right. A quotation mark that is not
 * closed runs to the end. What is a condition is read here; how conditions hang together is the parser's.
 */
import { fieldOf, isOtherParameter, isRangeField, isDateField, isTextPlace } from './fields.ts';
import { MOST_NEAR, USUAL_NEAR } from './limits.ts';
import { quoted } from './mistakes.ts';
import { normalText } from './normal-leaf.ts';
import { type FilterSort, readTypedSort, whyNoSort } from './sorts.ts';
import { readTypedLeaf } from './typed-leaf.ts';
import {
  BREAKS_WORDS,
  comparesNumbers,
  isKnownName,
  isSearchable,
  nameAndValue,
  QUOTES,
  readsAsRange,
} from './words.ts';
import type { Leaf, TextLeaf, TextPlace } from './work-filter.ts';

/** `nothing` is a token that asks for nothing: `&`, `—`, `"…"`. `start` and `end` are places in the text. */
export type QToken = { start: number; end: number } & (
  | { kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'nothing' }
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'sort'; sort: FilterSort }
  | { kind: 'in-text' }
);
type TokenValue = QToken extends infer Token ? (Token extends unknown ? Omit<Token, 'start' | 'end'> : never) : never;

const WORD = /[^\s"“”„()]+/y;
const SPACE = /\s+/y;
const DASHES = /-+/y;
const NEAR = /NEAR\(([^()"“”„]*)/y;
/** `words > 5000`: for numbers and dates, spaces around the sign are forgiven. */
const SPACED = /([a-z][a-z-]*)[ \t]{0,3}(>=|<=|[:<>=])[ \t]{0,3}(?=\d|\.\.|[<>]=?\d)/iy;
const LOGIC: ReadonlyMap<string, 'or' | 'and' | 'not'> = new Map([
  ['OR', 'or'],
  ['||', 'or'],
  ['AND', 'and'],
  ['&&', 'and'],
  ['NOT', 'not'],
]);

export interface QTokens {
  tokens: readonly QToken[];
  /** What is wrong with single tokens: what was written, and the sentence. */
  wrong: readonly { value: string; sentence: string }[];
}

export function tokensOf(text: string): QTokens {
  const tokens: QToken[] = [];
  const wrong: { value: string; sentence: string }[] = [];
  let at = 0;

  const matched = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match;
  };
  const word = () => matched(WORD)?.[0] ?? '';
  const add = (start: number, token: TokenValue) => tokens.push({ ...token, start, end: at });
  const refuse = (start: number, sentence: string) => {
    wrong.push({ value: text.slice(start, at), sentence });
    add(start, { kind: 'nothing' });
  };
  const addText = (start: number, leaf: Omit<TextLeaf, 'field' | 'near'>) => {
    const normal = normalText({ field: 'text', near: null, ...leaf });
    add(start, normal === null ? { kind: 'nothing' } : { kind: 'leaf', leaf: normal });
  };
  const addPhrase = (start: number, place: TextPlace | null) => {
    const words = quotedText();
    const prefix = text[at] === '*';
    if (prefix) at += 1;
    addText(start, { place, words, phrase: true, prefix });
  };

  /** From an opening quotation mark to its end. A straight one is closed by a straight one; `\"` and `\\` stand for themselves. */
  function quotedText(): string {
    const opening = text[at];
    const closing = opening === '"' ? '"' : '"“”';
    let said = '';
    for (at += 1; at < text.length; at += 1) {
      const here = text[at] ?? '';
      if (closing.includes(here)) {
        at += 1;
        return said;
      }
      const escaped = here === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\');
      if (escaped) at += 1;
      said += escaped ? text[at] : here;
    }
    return said;
  }

  /** A value in quotation marks or plain, and further ones joined to it by commas: `"A","B"`, `A,"B"` and `"A",B` are the list A,B. */
  function joinedValues(): string {
    let value = isQuote(text[at]) ? quotedText() : word();
    for (;;) {
      const isJoined = text[at] === ',' || (value.endsWith(',') && text[at - 1] === ',' && isQuote(text[at]));
      if (!isJoined) return value;
      value += isQuote(text[at]) ? quotedText() : word();
    }
  }

  function addNear(start: number, place: TextPlace | null, inside: string): void {
    if (text[at] === ')') at += 1;
    else if (at < text.length) return refuse(start, 'NEAR takes plain words: NEAR(bees sussex, 10).');
    const comma = inside.lastIndexOf(',');
    const number = comma < 0 ? '' : inside.slice(comma + 1).trim();
    const counted = /^\d+$/.test(number);
    const words = counted ? inside.slice(0, comma) : inside;
    if (words.split(BREAKS_WORDS).filter(isSearchable).length < 2) {
      return refuse(start, 'NEAR needs two words or more: NEAR(bees sussex, 10).');
    }
    const near = counted ? Number(number) : USUAL_NEAR;
    if (near < 1 || near > MOST_NEAR)
      return refuse(start, `NEAR counts from 1 to ${MOST_NEAR} words, not ${quoted(number)}.`);
    const leaf = normalText({ field: 'text', place, words, phrase: false, prefix: false, near });
    if (leaf !== null) add(start, { kind: 'leaf', leaf });
  }

  /** What stands after `name:`, at the place of the value. */
  function addNamed(start: number, name: string, sign: string): void {
    const isQuoted = isQuote(text[at]);
    const plainSign = sign === ':' || sign === '=';
    if (isTextPlace(name) && plainSign && !(name === 'tags' && !isQuoted && readsAsRange(valueAhead()))) {
      return addPlaced(start, name, isQuoted);
    }
    const value = joinedValues();
    const known = fieldOf(name);
    if (known === null) return addOther(start, name, plainSign ? value : `${sign}${value}`);
    const reading = readTypedLeaf(known.field, sign, value);
    if ('sentence' in reading) return refuse(start, reading.sentence);
    if (reading.leaf === null) return refuse(start, `${name}: needs a value.`);
    // The `not` covers the whole pair, so that "where a condition begins" stays true of both tokens.
    if (known.side === 'exclude') add(start, { kind: 'not' });
    add(start, { kind: 'leaf', leaf: reading.leaf });
  }

  function valueAhead(): string {
    WORD.lastIndex = at;
    return WORD.exec(text)?.[0] ?? '';
  }

  function addPlaced(start: number, place: TextPlace, isQuoted: boolean): void {
    if (isQuoted) return addPhrase(start, place);
    const near = matched(NEAR);
    if (near !== null) return addNear(start, place, near[1] ?? '');
    const words = word();
    if (words !== '') return addText(start, { place, words, phrase: false, prefix: false });
    const why = text[at] === '(' ? `Write ${place}: before each word, not before a parenthesis.` : null;
    refuse(start, why ?? `${place}: needs a word right after it, without a space.`);
  }

  function addOther(start: number, name: string, value: string): void {
    if (name === 'sort') {
      const sort = readTypedSort(value);
      return sort === null ? refuse(start, whyNoSort(quoted(value))) : void add(start, { kind: 'sort', sort });
    }
    if (name === 'in' && value === 'text') return void add(start, { kind: 'in-text' });
    refuse(
      start,
      isOtherParameter(name) ? `${name} cannot be asked for among words.` : `${name} is not compared by size.`,
    );
  }

  function addWord(start: number): void {
    const spaced = matched(SPACED);
    if (spaced !== null) {
      const name = (spaced[1] ?? '').toLowerCase();
      const field = fieldOf(name)?.field ?? '';
      if (isRangeField(field) || isDateField(field)) return addNamed(start, name, spaced[2] ?? '');
      at = start;
    }
    const near = matched(NEAR);
    if (near !== null) return addNear(start, null, near[1] ?? '');
    const words = word();
    const logic = LOGIC.get(words);
    if (logic !== undefined) return void add(start, { kind: logic });
    const pair = nameAndValue(words);
    if (pair !== null && isKnownName(pair.name)) {
      at = start + words.length - pair.value.length;
      return addNamed(start, pair.name, pair.sign);
    }
    if (pair !== null && (comparesNumbers(pair) || (pair.value === '' && pair.sign === ':' && isQuote(text[at])))) {
      return refuse(
        start,
        `There is nothing called ${quoted(pair.name)} to ask for; put it all in quotation marks to look for the words.`,
      );
    }
    addText(start, { place: null, words, phrase: false, prefix: false });
  }

  function addDashes(start: number, dashes: string): void {
    if (at >= text.length || /[\s)]/.test(text[at] ?? '')) return void add(start, { kind: 'nothing' });
    if (dashes.length % 2 === 1) add(start, { kind: 'not' });
  }

  for (matched(SPACE); at < text.length; matched(SPACE)) {
    const start = at;
    const here = text[at];
    if (here === '(' || here === ')') {
      at += 1;
      add(start, { kind: here === '(' ? 'open' : 'close' });
    } else if (isQuote(here)) addPhrase(start, null);
    else if (here === '-') addDashes(start, matched(DASHES)?.[0] ?? '');
    else addWord(start);
  }
  return { tokens, wrong };
}

function isQuote(character: string | undefined): boolean {
  return character !== undefined && QUOTES.includes(character);
}
