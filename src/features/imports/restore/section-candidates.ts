/**
 * Whatever in a text could be a mark that parts it, judged by its own form and by what stands beside it. Whether it is one
 * is decided by all of them together. No side effects; linear.
 */
import { isSceneBreak } from '../../../platform/html/plain-text.ts';
import { parseChapterHeading } from '../readers/chapter-heading.ts';
import { isWhite, wordsBetween } from './lines.ts';
import { numberOf, romanNumber } from './section-numbers.ts';
import { endsLine, followsSentence, lineAt, startsLine } from './section-places.ts';

/** A place that could be a mark. */
export interface Candidate {
  from: number;
  to: number;
  /** Marks of one style count together: `i.`, `1)`, `part`. */
  style: string;
  /** Null for what has no number: `Prologue`, stars. */
  number: number | null;
  kind: 'section' | 'chapter' | 'scene';
  /** It has a line of its own. */
  alone: boolean;
}

export interface Surroundings {
  text: string;
  from: number;
  to: number;
  /** Whether a place lies inside quotes. */
  inside(offset: number): boolean;
}

const SIGNS = '*~=_#•·◊◇◆○●☆★⁂⁎✦✧❖❦—–─+oOxX-';

/** Where a mark may begin: every place after white space, with what could be one. The longest has 60 characters. */
const CANDIDATE = new RegExp(
  [
    String.raw`(?<roman>[ivxl]{1,7}|[IVXL]{1,7})(?<romanEnd>[.):])`,
    String.raw`(?<bracket>[([])(?<bracketed>\d{1,3}|[ivxl]{1,7}|[IVXL]{1,7})[)\]]`,
    String.raw`(?<digits>\d{1,3})(?<digitsEnd>[.):])(?!\d)`,
    String.raw`(?<plus>\+ ?(?:1|one|i|I)\b[.):]?|\([+]1\))`,
    String.raw`(?<word>Part|PART|Act|ACT|Section|SECTION|Scene|SCENE|Book|BOOK|Day|Teil|Partie|Parte|Часть)[ \u00a0](?<wordNumber>[\p{L}\p{N}-]{1,12})[.:]?`,
    String.raw`(?<chapter>(?:Chapter|CHAPTER|Kapitel|KAPITEL|Chapitre|CHAPITRE|Cap[ií]tulo|Capitolo|Глава)[ \u00a0][\p{L}\p{N}-]{1,14}[.:]?)`,
    String.raw`(?<unnumbered>Prologue|PROLOGUE|Epilogue|EPILOGUE|Prolog|Epilog|Пролог|Эпилог|Interlude|INTERLUDE)[.:]?`,
    String.raw`(?<signs>[*~=_#•·◊◇◆○●☆★⁎✦✧❖❦—–─-](?:[ \u00a0]?[*~=_#•·◊◇◆○●☆★⁎✦✧❖❦—–─xXoO-]){1,59}(?!\S)|[⁂❦])`,
    String.raw`(?<letters>[xX](?: ?[xX]){2,20}|oOo(?:[ -]?oOo){0,9}|[oO](?: ?[oO]){2,20})`,
  ].join('|'),
  'uy',
);

export function candidatesIn(around: Surroundings): Candidate[] {
  const { text, from, to } = around;
  const found: Candidate[] = [];
  let at = from;
  while (at < to) {
    if (text[at] === '⁂' || ((at === from || isWhite(text[at - 1])) && !isWhite(text[at]))) {
      const candidate = candidateAt(around, at);
      if (candidate !== null) {
        found.push(candidate);
        at = candidate.to;
        continue;
      }
    }
    at += 1;
  }
  return found;
}

function candidateAt(around: Surroundings, at: number): Candidate | null {
  const { text, to } = around;
  const begins = at === around.from || startsLine(text, at, around.from);
  if (begins) {
    const line = lineAt(text, at, to);
    const candidate = line === null ? null : standingAlone(text, at, line);
    if (candidate !== null) return candidate;
  }
  CANDIDATE.lastIndex = at;
  const match = CANDIDATE.exec(text);
  if (match === null || at + match[0].length > to) return null;
  const end = at + match[0].length;
  const rule = match[0] === '⁂';
  if (!rule && end < to && !isWhite(text[end])) return null;
  if (!rule && !begins && !followsSentence(text, at, around.from)) return null;
  if (!rule && !/^[*~#]/.test(match[0]) && around.inside(at)) return null;
  const alone = begins && endsLine(text, end, to);
  if (!alone && goesOn(match, text, end)) return null;
  return read(match, at, end, alone);
}

/** `Part one of the plan`, `Chapter 3 was dull`: a sentence that speaks of it. */
function goesOn(match: RegExpExecArray, text: string, end: number): boolean {
  const { word, chapter, unnumbered } = match.groups ?? {};
  if ((word ?? chapter ?? unnumbered) === undefined) return false;
  return /^[\s,;]{0,8}\p{Ll}/u.test(text.slice(end, end + 10)) || text[end] === ',';
}

/** A whole line that is a mark, a heading's title included: `Chapter 3: The Lid`. */
function standingAlone(text: string, from: number, to: number): Candidate | null {
  const line = text.slice(from, to);
  if (isSceneBreak(line)) return { from, to, style: 'signs', number: null, kind: 'scene', alone: true };
  const heading = parseChapterHeading(line);
  if (heading !== null) return { from, to, style: 'chapter', number: heading.number, kind: 'chapter', alone: true };
  if (/^(?:\d{1,3}|[IVXL]{1,7})$/.test(line)) {
    const number = numberOf(line);
    return Number.isNaN(number) ? null : { from, to, style: 'bare', number, kind: 'section', alone: true };
  }
  return titled(text, from, to);
}

const TITLE_WORDS = 8;

/** `Part Two: The Lid`, `1. The Kettle` on a line of its own: the whole line is the heading. */
function titled(text: string, from: number, to: number): Candidate | null {
  CANDIDATE.lastIndex = from;
  const match = CANDIDATE.exec(text);
  const end = from + (match?.[0].length ?? 0);
  if (match === null || end >= to || !isWhite(text[end])) return null;
  const candidate = read(match, from, end, true);
  if (candidate === null || candidate.kind !== 'section' || candidate.style === '+') return null;
  if (/[.!?,;…”"’]$/.test(text.slice(to - 1, to)) || wordsBetween(text, end, to) > TITLE_WORDS) return null;
  return { ...candidate, to };
}

function read(match: RegExpExecArray, from: number, to: number, alone: boolean): Candidate | null {
  const groups = match.groups ?? {};
  const made = (style: string, number: number | null, kind: Candidate['kind'] = 'section'): Candidate | null =>
    Number.isNaN(number) ? null : { from, to, style, number, kind, alone };
  const { roman, bracketed, digits, word, wordNumber } = groups;
  if (roman !== undefined) {
    const style = roman === roman.toLowerCase() ? 'i' : 'I';
    return made(style + (groups['romanEnd'] ?? ''), romanNumber(roman));
  }
  if (bracketed !== undefined) {
    const number = numberOf(bracketed);
    return made(`${groups['bracket'] ?? ''}${/\d/.test(bracketed) ? '1' : 'i'}`, number);
  }
  if (digits !== undefined) return made(`1${groups['digitsEnd'] ?? ''}`, Number(digits));
  if (groups['plus'] !== undefined) return made('+', 1);
  if (word !== undefined) return made(word.toLowerCase(), numberOf(wordNumber ?? ''));
  if (groups['chapter'] !== undefined) {
    const heading = parseChapterHeading(groups['chapter'].replace(/[.:]$/, ''));
    return heading === null ? null : made('chapter', heading.number, 'chapter');
  }
  if (groups['unnumbered'] !== undefined) {
    return made('unnumbered', null, /^interlude/i.test(groups['unnumbered']) ? 'section' : 'chapter');
  }
  return isSigns(match[0]) ? made('signs', null, 'scene') : null;
}

/** Three signs or more, or two kinds of them; dashes alone only from three on. */
function isSigns(mark: string): boolean {
  const signs = mark.replace(/[ \u00a0]/g, '');
  if (signs === '⁂' || signs === '❦') return true;
  if ([...signs].some((sign) => !SIGNS.includes(sign))) return false;
  return signs.length >= 3;
}
