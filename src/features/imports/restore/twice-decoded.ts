/**
 * Finds what was UTF-8 and was read as Windows-1252 or MacRoman before it was saved again: `â€œ` for “, `Ã©` for é, once
 * or several times over. Pure, linear, and careful: text that only happens to look like it stays as it is.
 *
 * `â€` is in no language, so what begins with it is sure by itself. A lone `Ã©` is believed amid small letters, since a
 * genuine Ã stands in words of capitals (“IRMÔ). Other scripts are believed in runs, or where the whole text agrees.
 */
import { lengthAt } from '../stray-bytes.ts';

/** Characters `from` to `to` (UTF-16 offsets, end excluded) were once `becomes`. */
export interface TwiceDecoded {
  from: number;
  to: number;
  becomes: string;
}

/** How often a text may have been decoded wrongly in a row. */
const MAX_TIMES = 4;

/** Text in, the spans of it that were decoded twice or more often out, in order, none overlapping. */
export function findTwiceDecoded(text: string): TwiceDecoded[] {
  let spans: TwiceDecoded[] = [];
  let now = text;
  for (let times = 1; times <= MAX_TIMES; times++) {
    const more = spansOnce(now);
    if (more.length === 0) break;
    spans = composed(now, spans, more);
    now = replaced(now, more);
  }
  return spans;
}

/** A text with the spans put right; the spans are in order. */
export function replaced(text: string, spans: readonly TwiceDecoded[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, becomes } of spans) {
    pieces.push(text.slice(at, from), becomes);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}

/** Two steps as one: `first` made `text` out of an older text, `second` stands in `text`; the answer, in the older one. */
function composed(text: string, first: readonly TwiceDecoded[], second: readonly TwiceDecoded[]): TwiceDecoded[] {
  const result: TwiceDecoded[] = [];
  let longer = 0;
  let i = 0;
  let k = 0;
  while (i < first.length || k < second.length) {
    const start = Math.min((first[i]?.from ?? Infinity) - longer, second[k]?.from ?? Infinity);
    const from = start + longer;
    let end = start;
    const within: TwiceDecoded[] = [];
    for (;;) {
      const one = first[i];
      const other = second[k];
      if (one && (one.from - longer < end || one.from - longer === start)) {
        end = Math.max(end, one.from - longer + one.becomes.length);
        longer += one.to - one.from - one.becomes.length;
        i++;
      } else if (other && (other.from < end || other.from === start)) {
        end = Math.max(end, other.to);
        within.push({ from: other.from - start, to: other.to - start, becomes: other.becomes });
        k++;
      } else break;
    }
    result.push({ from, to: end + longer, becomes: replaced(text.slice(start, end), within) });
  }
  return result;
}

function spansOnce(text: string): TwiceDecoded[] {
  const windows = spansOf(text, WINDOWS);
  const mac = /[‚√¬]/.test(text) ? spansOf(text, MACROMAN) : [];
  if (mac.length === 0) return windows;
  let next = 0;
  const beside = mac.filter(({ from, to }) => {
    while ((windows[next]?.to ?? Infinity) <= from) next++;
    return to <= (windows[next]?.from ?? Infinity);
  });
  return [...windows, ...beside].sort((a, b) => a.from - b.from);
}

interface Page {
  mac: boolean;
  /** Every character from 0x80 on that the page has, with its byte; for Windows-1252 also those of Latin-1. */
  bytes: ReadonlyMap<number, number>;
}

const WINDOWS = pageOf('windows-1252', false);
const MACROMAN = pageOf('macintosh', true);

function pageOf(encoding: string, mac: boolean): Page {
  const bytes = new Map<number, number>();
  if (!mac) for (let byte = 0x80; byte < 0x100; byte++) bytes.set(byte, byte);
  const signs = new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128));
  for (const [i, sign] of [...signs].entries()) bytes.set(sign.charCodeAt(0), i + 128);
  return { mac, bytes };
}

/** A well-formed UTF-8 character found among the characters of a text. */
interface Candidate extends TwiceDecoded {
  /** The first character of it as the text has it. */
  lead: string;
  /** `joined`: a control character, which is one of a longer row of wrong readings or nothing. */
  trust: 'sure' | 'likely' | 'unsure' | 'joined';
}

function spansOf(text: string, page: Page): TwiceDecoded[] {
  const candidates = candidatesIn(text, page);
  if (candidates.length === 0) return [];
  const accepted = believed(text, candidates, page);
  return candidates.filter((one) => accepted.has(one)).map(({ from, to, becomes }) => ({ from, to, becomes }));
}

/** Reads runs of characters of the page as bytes, and takes every UTF-8 character among them. */
function candidatesIn(text: string, page: Page): Candidate[] {
  const found: Candidate[] = [];
  const run: number[] = [];
  const close = (end: number): void => {
    for (let i = 0; i < run.length;) {
      const length = lengthAt(run, i);
      const from = end - run.length + i;
      if (length > 0) {
        const becomes = characterAt(run, i, length);
        found.push(judged(text, from, from + length, becomes, page));
      } else if (!page.mac && run[i] === 0xe2 && run[i + 1] === 0x80 && isCutQuote(text, from)) {
        // The third byte of ” is none of Windows-1252's, so many programs dropped it.
        const to = from + (text[from + 2] === '\uFFFD' ? 3 : 2);
        found.push({ from, to, becomes: '”', lead: 'â', trust: 'likely' });
      }
      i += length || 1;
    }
    run.length = 0;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 0x80 ? undefined : page.bytes.get(code);
    if (byte !== undefined) run.push(byte);
    else if (run.length > 0) close(at);
  }
  close(text.length);
  return found;
}

function characterAt(bytes: readonly number[], at: number, length: number): string {
  const first = bytes[at] ?? 0;
  let code = length === 2 ? first & 0x1f : length === 3 ? first & 0x0f : first & 0x07;
  for (let i = 1; i < length; i++) code = (code << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return String.fromCodePoint(code);
}

function isCutQuote(text: string, from: number): boolean {
  return text[from + 1] === '€' && /^(?:[\s.,;:!)\]<]|\uFFFD|$)/u.test(text.slice(from + 2, from + 4));
}

const SMALL = /\p{Ll}/u;
const CAPITAL = /\p{Lu}/u;

/** How far a candidate is to be believed for itself. */
function judged(text: string, from: number, to: number, becomes: string, page: Page): Candidate {
  const lead = text[from] ?? '';
  const candidate = { from, to, becomes, lead };
  const code = becomes.codePointAt(0) ?? 0;
  if (isPunctuation(code)) return { ...candidate, trust: 'sure' };
  if (code < 0xa0) return { ...candidate, trust: 'joined' };
  if (code >= 0x1f000) return { ...candidate, trust: page.mac ? 'unsure' : 'sure' };
  const before = text[from - 1] ?? '';
  const after = text[to] ?? '';
  if (CAPITAL.test(before)) return { ...candidate, trust: 'unsure' };
  // `pÅ‚ynie`: no word has a capital after a small letter.
  const camel = SMALL.test(before) && CAPITAL.test(lead);
  if (code > 0xff) return { ...candidate, trust: camel && /\p{Script=Latin}/u.test(becomes) ? 'sure' : 'unsure' };
  if (code >= 0xc0) return { ...candidate, trust: SMALL.test(before) || SMALL.test(after) ? 'sure' : 'likely' };
  // Signs of Latin-1 and the no-break space: `Â` is dropped before them.
  if (page.mac) return { ...candidate, trust: 'likely' };
  return { ...candidate, trust: code > 0xa0 || SMALL.test(before) ? 'sure' : 'likely' };
}

/** General punctuation, currency, letter-like signs, arrows, operators, ornaments: what begins with `â` and a sign. */
function isPunctuation(code: number): boolean {
  return (
    (code >= 0x2000 && code <= 0x206f) ||
    (code >= 0x20a0 && code <= 0x20bf) ||
    (code >= 0x2100 && code <= 0x214f) ||
    (code >= 0x2190 && code <= 0x22ff) ||
    (code >= 0x2580 && code <= 0x27bf) ||
    (code >= 0x2e00 && code <= 0x2e5d)
  );
}

/** How much evidence the text as a whole must have for what is only likely, and for what is not even that. */
const ENOUGH_FOR_LIKELY = 2;
const ENOUGH_FOR_UNSURE = 3;
const ENOUGH_IN_ROWS = 6;
/** Of all places where a first character stands, so many must be the first of a candidate. */
const AGREEING = 0.9;

function believed(text: string, candidates: readonly Candidate[], page: Page): Set<Candidate> {
  const accepted = new Set<Candidate>();
  const count = (trusts: readonly string[]): number => candidates.filter(({ trust }) => trusts.includes(trust)).length;
  const sure = count(['sure']);
  const likely = sure + count(['likely']);
  const agrees = agreement(text, candidates);
  const rowsAgree = (candidate: Candidate): boolean => runs.has(candidate) || runs.size >= ENOUGH_IN_ROWS;
  const runs = page.mac ? new Set<Candidate>() : inRuns(candidates);
  for (const [i, candidate] of candidates.entries()) {
    const { trust, lead, becomes } = candidate;
    const before = candidates[i - 1];
    const whole = (): boolean => agrees(lead) && isWritten(becomes);
    const joined = before?.to === candidate.from && accepted.has(before);
    if (trust === 'sure' || (joined && isOfPage(becomes))) accepted.add(candidate);
    else if (trust === 'likely' && (sure > 0 || (likely >= ENOUGH_FOR_LIKELY && agrees(lead)))) accepted.add(candidate);
    else if (trust === 'unsure' && (sure >= ENOUGH_FOR_UNSURE || rowsAgree(candidate)) && whole())
      accepted.add(candidate);
  }
  return accepted;
}

/** A character of Windows-1252 itself: text decoded three times shows it, such as the ˜ of ‘. */
function isOfPage(becomes: string): boolean {
  return WINDOWS.bytes.has(becomes.codePointAt(0) ?? 0);
}

const SCRIPTS =
  'Latin Greek Cyrillic Hebrew Arabic Han Hiragana Katakana Hangul Thai Devanagari Bengali Tamil Telugu Gujarati Gurmukhi ' +
  'Kannada Malayalam Sinhala Khmer Lao Myanmar Ethiopic Armenian Georgian';
const WRITTEN = new RegExp(
  `^[${SCRIPTS.split(' ')
    .map((script) => `\\p{Script_Extensions=${script}}`)
    .join('')}\\p{M}\\u3000-\\u303f\\uff00-\\uff65\\u00a0-\\u00bf]$`,
  'u',
);

/** A letter, sign or mark of a living script: chance gives Samaritan, N’Ko and unassigned characters. */
function isWritten(becomes: string): boolean {
  return WRITTEN.test(becomes);
}

/** Whether a first character stands nearly nowhere in the text but at the head of a candidate. */
function agreement(text: string, candidates: readonly Candidate[]): (lead: string) => boolean {
  const leading = new Uint32Array(0x10000);
  const others = new Uint32Array(0x10000);
  let at = 0;
  const count = (counts: Uint32Array, place: number): void => {
    const code = text.charCodeAt(place);
    counts[code] = (counts[code] ?? 0) + 1;
  };
  for (const { from, to } of candidates) {
    for (; at < from; at++) count(others, at);
    count(leading, from);
    at = to;
  }
  for (; at < text.length; at++) count(others, at);
  return (lead) => {
    const [found = 0, other = 0] = [leading[lead.charCodeAt(0)], others[lead.charCodeAt(0)]];
    return found >= AGREEING * (found + other);
  };
}

/** A word of another script is a run of candidates; two signs after an accent (`é…»`) are one. */
const RUN = 3;

function inRuns(candidates: readonly Candidate[]): Set<Candidate> {
  const found = new Set<Candidate>();
  let run: Candidate[] = [];
  const close = (): void => {
    if (run.length >= RUN) for (const candidate of run) found.add(candidate);
    run = [];
  };
  for (const candidate of candidates) {
    if (run.at(-1)?.to !== candidate.from) close();
    run.push(candidate);
  }
  close();
  return found;
}
