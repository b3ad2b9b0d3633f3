/**
 * Where sentences meet: the only places at which a paragraph of prose can begin. Abbreviations, initials, and an ellipsis
 * before a small letter are no ends; `end.“Next` and `end.The`, where the space is missing, are. No side effects; linear.
 */
import { isSpace } from './speech-marks.ts';
import type { Speech } from './speech.ts';

/** What the sentence before a gap ends with, closing marks aside. `none`: a closing mark alone, as in `the “Anna” “Yes`. */
export type Ending = 'none' | 'stop' | 'exclamation' | 'question' | 'ellipsis' | 'dash' | 'colon';

export interface Gap {
  /** The white space between two sentences, possibly empty. */
  from: number;
  to: number;
  ending: Ending;
  /** A quote closes right before the gap. */
  afterSpeech: boolean;
  /** A quote opens right behind it. */
  beforeSpeech: boolean;
  /** It lies inside speech. */
  inside: boolean;
}

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['.', 'stop'],
  ['!', 'exclamation'],
  ['?', 'question'],
  ['…', 'ellipsis'],
  ['—', 'dash'],
  ['–', 'dash'],
  ['―', 'dash'],
  [':', 'colon'],
  ['。', 'stop'],
  ['！', 'exclamation'],
  ['？', 'question'],
  ['।', 'stop'],
  ['؟', 'question'],
  ['۔', 'stop'],
]);

/** Scripts without spaces between sentences. */
const STANDS_WITHOUT_SPACE = new Set('。！？');

/** Shortened words whose full stop ends no sentence, without it, in small letters. */
const SHORTENED = new Set(
  (
    'mr mrs ms mx dr st ste prof rev hon capt col gen lt sgt cpl maj adm cmdr cmdt det insp supt gov sen rep messrs ' +
    'mme mmes mlle mgr vs viz cf vol nr bd hr fr frl sra srta srs dña tel ung approx dept ft mt fig art'
  ).split(' '),
);

const OPENING = new Set('“„«‹‘"\'¿¡「『([*_—–-');
const OPEN = 1;
const CLOSE = 2;
/** How far a word is looked back for: longer runs of letters are no shortened word. */
const WORD = 8;
const SAMPLE = 400;

/** Finds the gaps of a text, in order. Takes any text and what `scanSpeech` said of it. */
export function sentenceGaps(text: string, speech: Speech): Gap[] {
  const marks = marksOf(text.length, speech);
  const smallLetters = beginsWithSmallLetters(text);
  const gaps: Gap[] = [];
  let at = 0;
  while (at < text.length) {
    if (!ENDINGS.has(text[at] ?? '') && marks[at] !== CLOSE) {
      at += 1;
      continue;
    }
    const end = endOfSentence(text, at, marks);
    let next = end.to;
    while (next < text.length && isSpace(text[next])) next += 1;
    if (next < text.length && isGap(text, end, next, marks, smallLetters)) {
      gaps.push({
        from: end.to,
        to: next,
        ending: end.ending,
        afterSpeech: end.closes,
        beforeSpeech: marks[next] === OPEN,
        inside: speech.inside(next) && speech.inside(end.to),
      });
    }
    at = Math.max(next, end.to);
  }
  return gaps;
}

interface End {
  from: number;
  to: number;
  ending: Ending;
  /** A closing quote is among the marks. */
  closes: boolean;
}

function marksOf(length: number, speech: Speech): Uint8Array {
  const marks = new Uint8Array(length);
  for (const span of speech.spans) {
    marks[span.from] = OPEN;
    if (span.closed) marks[span.to - 1] = CLOSE;
  }
  return marks;
}

/** The run of end marks and closing quotes from `at` on, over the space emphasis may have left before a closing quote. */
function endOfSentence(text: string, at: number, marks: Uint8Array): End {
  let ending: Ending = 'none';
  let closes = false;
  let to = at;
  while (to < text.length) {
    const mark = text[to] ?? '';
    const said = ENDINGS.get(mark);
    if (marks[to] === CLOSE) closes = true;
    else if (marks[to] === OPEN) break;
    else if (said !== undefined) ending = stronger(ending, said);
    else if (isSpace(mark) && marks[to + 1] === CLOSE) closes = true;
    else if (!')]*_’"\''.includes(mark)) break;
    to += marks[to] !== CLOSE && isSpace(mark) ? 2 : 1;
  }
  return { from: at, to, ending, closes };
}

/** `?…` is a question, `.—` a dash; a colon is least. */
function stronger(one: Ending, other: Ending): Ending {
  if (one === 'none' || one === 'colon') return other;
  if (one === 'stop') return other === 'stop' ? 'ellipsis' : other === 'colon' ? one : other;
  return one;
}

function isGap(text: string, end: End, next: number, marks: Uint8Array, smallLetters: boolean): boolean {
  const first = text[next] ?? '';
  if (marks[next] === CLOSE) return false;
  const opens = marks[next] === OPEN;
  if (!opens && !beginsSentence(text, next, smallLetters && end.ending !== 'ellipsis' && end.ending !== 'dash')) {
    return false;
  }
  if (end.to === next) return isGapWithoutSpace(text, end, next, opens);
  switch (end.ending) {
    case 'none':
      return opens;
    case 'colon':
      return opens || end.closes;
    case 'dash':
      return opens || end.closes || isUpper(first);
    case 'stop':
      return end.closes || !isShortened(text, end.from, end.to);
    default:
      return true;
  }
}

function isGapWithoutSpace(text: string, end: End, next: number, opens: boolean): boolean {
  if (STANDS_WITHOUT_SPACE.has(text[end.to - 1] ?? '')) return true;
  if (end.ending === 'none') return opens && end.closes;
  if (end.ending === 'colon' || end.ending === 'dash') return end.closes;
  if (opens || end.closes) return opens || isUpper(text[next] ?? '');
  // `end.The`: two small letters before, a capital and a small letter behind, and no address around.
  const before = text.slice(Math.max(0, end.from - 30), end.from);
  if (!/\p{Ll}{2}$/u.test(before) || /[/@]|www\S*$/.test(before.slice(before.lastIndexOf(' ') + 1))) return false;
  return /^\p{Lu}[\p{Ll}’' ]/u.test(text.slice(next, next + 3));
}

function beginsSentence(text: string, at: number, smallLetters: boolean): boolean {
  let place = at;
  while (place < at + 4 && OPENING.has(text[place] ?? '')) place += 1;
  const first = text[place] ?? '';
  if (isUpper(first) || (first >= '0' && first <= '9')) return true;
  if (/\p{L}/u.test(first)) return smallLetters || (first === first.toUpperCase() && first === first.toLowerCase());
  return first === '…' || (place > at && isSpace(first));
}

function isUpper(character: string): boolean {
  return character !== character.toLowerCase();
}

function isShortened(text: string, from: number, to: number): boolean {
  if (to - from !== 1 || text[from] !== '.') return false;
  let start = from;
  while (start > 0 && start > from - WORD && /\p{L}/u.test(text[start - 1] ?? '')) start -= 1;
  const word = text.slice(start, from);
  if (word.length === 1) return isUpper(word) && word !== 'I';
  return SHORTENED.has(word.toLowerCase());
}

/** Some write without capitals at all: then a small letter begins a sentence. */
function beginsWithSmallLetters(text: string): boolean {
  let small = 0;
  let all = 0;
  for (const match of text.matchAll(/\p{L}{2}[.!?]["”’]?\s+["“‘]?(\p{L})/gu)) {
    all += 1;
    if (!isUpper(match[1] ?? '')) small += 1;
    if (all >= SAMPLE) break;
  }
  return all >= 3 && small > all * 0.8;
}
