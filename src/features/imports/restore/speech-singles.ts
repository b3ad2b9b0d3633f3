/**
 * Single quotes told from apostrophes. `’` and `'` are both, so each is judged by its neighbours, and where those leave
 * it open (`the sisters’ letter`, `‘Haunted’ he said`) by whether a plainer closing mark follows before the next
 * quote opens. No side effects; linear.
 */
import { isLetterOrDigit, isSpace } from './speech-marks.ts';

const SINGLE_MARKS = /[‘’']/g;

/** After one of these a mark that stands before no letter closes. */
const CLOSES_AFTER = new Set(',.!?…—–-:;”"»)]*');
const OPENS_AFTER = new Set('([{—–-“"„«‘');
const ENDS_SENTENCE = new Set('.!?…—–:,”"»');

/** Words that begin with an apostrophe in English; word processors turn it the wrong way. */
const CLIPPED_AT_FRONT =
  /^(?:tis|twas|twere|twill|twould|tisn|twasn|em|til|till|bout|round|cause|cuz|cos|coz|course|nother|neath|gainst|fore|n|nd|s|t|d|e|er|is|im|ere|ave|ad|as|ow|ouse|ead|ell|ello|kay|sup|bye|scuse|spect|spose|stead|tude|phone|bus|ome|and|alf|appen|ung|\d0s|\d\d)$/i;

/** Words that end with an apostrophe: `goin’`, `an’`, `o’`, `th’`, `ol’`. */
const CLIPPED_AT_BACK =
  /(?:[a-z]in|^an|^o|^th|^wi|^ol|^lil|^li|^jus|^mus|^tha|^fo|^yo|^ma|^po|^mo|^t|^d|^fi|^le|^ca|^sho|^ter|^doan?|^nothin|^ain)$/i;

const NEAR = 12;
const QUOTED_WORDS = 60;

export interface SingleMarks {
  /** Whether the mark at the offset opens quotes. `speaks`: single quotes carry the dialogue, and none is open. */
  opens(at: number, speaks: boolean): boolean;
  /** Whether the mark closes quotes that were opened at `openedAt`. */
  closes(at: number, openedAt: number): boolean;
}

/** Judges the single marks of a text. */
export function singleMarks(text: string): SingleMarks {
  const plain = plainMarks(text);
  return {
    opens: (at, speaks) => mayOpen(text, at) && (speaks || !isClipped(text, at)),
    closes(at, openedAt) {
      const verdict = closesPlainly(text, at);
      if (verdict !== undefined) return verdict;
      if (clippedAtBack(text, at)) return false;
      if (holdsFewWords(text, openedAt, at)) return true;
      if (',.;:!?)…—'.includes(text[at + 1] ?? ' ')) return true;
      const [closer, opener] = plain.after(at);
      return closer >= opener;
    },
  };
}

/** How many pairs there seem to be, curly and straight, to find the style of a text. */
export function looksLikeSingles(text: string): { curly: number; straight: number; first: number } {
  let first = Number.POSITIVE_INFINITY;
  const openers = { curly: 0, straight: 0 };
  const closers = { curly: 0, straight: 0 };
  for (const match of text.matchAll(SINGLE_MARKS)) {
    const kind = match[0] === "'" ? 'straight' : 'curly';
    if (match[0] !== '’' && mayOpen(text, match.index) && followsSentence(text, match.index)) {
      openers[kind] += 1;
      first = Math.min(first, match.index);
    } else if (match[0] !== '‘' && closesPlainly(text, match.index) === true) closers[kind] += 1;
  }
  return {
    curly: Math.min(openers.curly, closers.curly),
    straight: Math.min(openers.straight, closers.straight),
    first,
  };
}

function mayOpen(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  if (!isSpace(before) && !OPENS_AFTER.has(before ?? '') && !followsMissingSpace(text, at)) return false;
  if (isLetterOrDigit(after)) return true;
  if (after === undefined) return false;
  return '“"„«‘’\'—…¿¡.'.includes(after) || (text[at] === '‘' && isSpace(after));
}

/** `end.‘Next`: a space is missing, and the mark is turned to the words behind it. */
function followsMissingSpace(text: string, at: number): boolean {
  return text[at] === '‘' && '.!?…”'.includes(text[at - 1] ?? ' ') && isLetterOrDigit(text[at + 1]);
}

function followsSentence(text: string, at: number): boolean {
  let place = at - 1;
  while (place > at - 4 && place >= 0 && isSpace(text[place])) place -= 1;
  const last = text[place];
  return last === undefined || ENDS_SENTENCE.has(last);
}

/** True or false where the neighbours of the mark decide; undefined after a letter, before none. */
function closesPlainly(text: string, at: number): boolean | undefined {
  const before = text[at - 1];
  const after = text[at + 1];
  if (isLetterOrDigit(after)) return text[at] === '’' && CLOSES_AFTER.has(before ?? '') && isCapital(after);
  if (before === undefined) return false;
  if (CLOSES_AFTER.has(before)) return true;
  if (isSpace(before)) return isSpace(after) || ',.;:!?'.includes(after ?? '');
  return isLetterOrDigit(before) ? undefined : true;
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && character !== character.toLowerCase();
}

function isClipped(text: string, at: number): boolean {
  const word = /^[\p{L}\p{N}]{0,12}/u.exec(text.slice(at + 1, at + 1 + NEAR))?.[0] ?? '';
  return CLIPPED_AT_FRONT.test(word);
}

function clippedAtBack(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - NEAR), at);
  const word = near.slice(near.search(/\p{L}*$/u));
  return CLIPPED_AT_BACK.test(word);
}

/** `the ‘haunted house’ at the end`: a name or a word held up, opened inside a sentence. */
function holdsFewWords(text: string, openedAt: number, at: number): boolean {
  if (at - openedAt > QUOTED_WORDS || followsSentence(text, openedAt)) return false;
  return !/[.,!?;:—]/.test(text.slice(openedAt, at));
}

/** For each mark, where the next one stands that plainly closes, and the next that plainly opens. */
function plainMarks(text: string): { after(at: number): readonly [number, number] } {
  const nexts = new Map<number, readonly [number, number]>();
  const places = Array.from(text.matchAll(SINGLE_MARKS), (match) => match.index);
  let closer = Number.POSITIVE_INFINITY;
  let opener = Number.POSITIVE_INFINITY;
  for (const at of places.toReversed()) {
    nexts.set(at, [closer, opener]);
    if (text[at] !== '’' && mayOpen(text, at) && followsSentence(text, at)) opener = at;
    else if (text[at] !== '‘' && closesPlainly(text, at) === true) closer = at;
  }
  return { after: (at) => nexts.get(at) ?? [0, Number.POSITIVE_INFINITY] };
}
