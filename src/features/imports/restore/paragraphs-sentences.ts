/**
 * A text as the sentences between its gaps, with what decides about paragraphs: whether it is speech, who speaks, whom it
 * is about, how long it is. Gaps inside closed speech are passed over, so a whole speech is one sentence. No side effects;
 * linear.
 */
import { sentenceGaps, type Ending, type Gap } from './gaps.ts';
import { openerAt } from './gaps-openers.ts';
import { Cast, type Head, type Person } from './names.ts';
import { isSpace } from './speech-marks.ts';
import { WordMemory, type Cohesion } from './paragraphs-cohesion.ts';
import type { Speech } from './speech.ts';

/** `said` tells nothing; who asks is answered by another, who goes on was speaking already. */
export type Verb = 'none' | 'other' | 'asks' | 'answers' | 'goes on';

const ASKS = /\b(?:ask|inquir|enquir|demand|wonder|question|want(?:ed|s) to know)/;
const ANSWERS = /\b(?:answer|repl(?:y|ie)|retort|respond|return(?:ed|s)|agree|assent|protest|object|echo|repeat)/;
const GOES_ON = /\b(?:went on|goes on|continu|add(?:ed|s)\b|conclud|finish|pursu|resum|proceed|beg[ai]n)/;
/** The verb stands close to the speech. */
const VERB_REACH = 60;

/** What speech may end with, in the order the model knows. */
export const SAID_ENDINGS: readonly string[] = [',', '.', '!', '?', '…', '—'];

type Span = Speech['outer'][number];

export interface Sentence {
  from: number;
  to: number;
  words: number;
  /** How many characters of it are speech. */
  spoken: number;
  /** Begins with speech; ends with it. */
  speaksFirst: boolean;
  speaksLast: boolean;
  /** It begins inside a speech that is never closed, and does not open it. */
  goesOn: boolean;
  /** Narration stands before the first speech, behind the last one: `said Ivo`. */
  toldBefore: boolean;
  toldAfter: boolean;
  /** Words of its first speech. */
  saidWords: number;
  /** It begins where a speech before was left open: the same speaker goes on. */
  continues: boolean;
  /** Its last speech breaks off: `not—”`. */
  cut: boolean;
  ending: Ending;
  head: Head;
  /** Whom it is about. */
  subject: Person;
  /** Who says what is said in it. */
  speaker: Person;
  opener: 0 | 1 | 2;
  /** Its first word, and its first two, in small letters, after `“` if it begins with speech. */
  firstWord: string;
  firstTwo: string;
  /** How its last speech ends: with a comma, it leads to a tag. */
  saidEnding: number;
  /** Words of narration behind its last speech. */
  tailWords: number;
  /** What its narration calls the speaking. */
  verb: Verb;
  /** Whom its speech names. */
  names: readonly Person[];
  cohesion: Cohesion;
}

export interface Sentences {
  sentences: readonly Sentence[];
  /** `gaps[i]` lies before `sentences[i + 1]`. */
  gaps: readonly Gap[];
  /** The gaps inside speech that were passed over. */
  inner: readonly Gap[];
  cast: Cast;
}

/** Reads the sentences of a text. */
export function readSentences(text: string, speech: Speech, language: string): Sentences {
  const cast = new Cast(text);
  const gaps: Gap[] = [];
  const inner: Gap[] = [];
  for (const gap of sentenceGaps(text, speech)) {
    const passed = gap.inside && speech.at(gap.to)?.closed === true;
    (passed ? inner : gaps).push(gap);
  }
  const sentences: Sentence[] = [];
  let from = 0;
  let span = 0;
  const memory = new WordMemory();
  for (let at = 0; at <= gaps.length; at += 1) {
    const gap = gaps[at];
    const to = gap?.from ?? text.length;
    while (span < speech.outer.length && (speech.outer[span]?.to ?? 0) <= from) span += 1;
    sentences.push(readSentence(text, from, to, gap?.ending ?? 'stop', { speech, span, cast, language, memory, at }));
    from = gap?.to ?? text.length;
  }
  sentences.forEach((sentence, at) => cast.follow(sentence.subject, sentences[at + 1]?.subject ?? 0));
  return { sentences, gaps, inner, cast };
}

interface Beside {
  speech: Speech;
  /** The first speech that ends behind the sentence's begin. */
  span: number;
  cast: Cast;
  language: string;
  memory: WordMemory;
  at: number;
}

function readSentence(text: string, from: number, to: number, ending: Ending, beside: Beside): Sentence {
  const { speech, cast, language } = beside;
  const first = speech.outer[beside.span];
  let place = beside.span;
  let spoken = 0;
  let last = first;
  for (let span = first; span !== undefined && span.from < to; span = speech.outer[(place += 1)]) {
    spoken += Math.min(to, span.to) - Math.max(from, span.from);
    last = span;
  }
  const common = { from, to, ending, spoken, words: countWords(text, from, to) };
  const cohesion = beside.memory.take(text, from, to, beside.at);
  if (first === undefined || last === undefined || spoken === 0) {
    const { head, person } = cast.headOf(text, from, to);
    const opener = openerAt(text, from, language);
    return { ...TOLD, ...common, ...firstWordsAt(text, from, false), head, subject: person, opener, cohesion };
  }
  const goesOn = first.from < from;
  const speaksFirst = first.from === from;
  const toldBefore = first.from > from;
  const toldAfter = last.to < to;
  const { head, person } = cast.headOf(text, speaksFirst ? from + 1 : from, to);
  const tag = tagOf(from, to, first, last);
  return {
    ...common,
    ...firstWordsAt(text, from, !toldBefore),
    goesOn,
    speaksFirst,
    speaksLast: last.to === to,
    toldBefore,
    toldAfter,
    saidWords: countWords(text, Math.max(from, first.from), Math.min(to, first.to)),
    continues: speaksFirst && first.continues,
    cut: !toldAfter && (ending === 'dash' || ending === 'ellipsis'),
    head,
    subject: toldBefore ? person : 0,
    speaker: speakerOf(text, from, to, [first, last], cast),
    opener: toldBefore ? openerAt(text, from, language) : 0,
    saidEnding: SAID_ENDINGS.indexOf(text[last.to - (last.closed ? 2 : 1)] ?? ''),
    verb: verbIn(text, tag),
    tailWords: toldAfter ? countWords(text, last.to, to) : 0,
    names: cast.namesIn(text, Math.max(from, first.from), Math.min(to, first.to)),
    cohesion,
  };
}

/** What a sentence without speech has of it. */
const TOLD = {
  goesOn: false,
  speaksFirst: false,
  speaksLast: false,
  toldBefore: false,
  toldAfter: false,
  saidWords: 0,
  continues: false,
  cut: false,
  speaker: 0,
  saidEnding: -2,
  verb: 'none',
  tailWords: 0,
  names: [],
} as const;

/** Looks behind the first speech of several, then behind the last, then before the first. */
function speakerOf(text: string, from: number, to: number, [first, last]: [Span, Span], cast: Cast): Person {
  const between = first === last ? 0 : cast.speakerIn(text, first.to, to);
  if (between !== 0) return between;
  const behind = last.to < to ? cast.speakerIn(text, last.to, to) : 0;
  if (behind !== 0) return behind;
  return first.from > from ? cast.speakerIn(text, from, first.from) : 0;
}

interface Tag {
  from: number;
  to: number;
  /** It follows the speech: then the verb stands at its begin, otherwise at its end. */
  follows: boolean;
}

function tagOf(from: number, to: number, first: Span, last: Span): Tag {
  if (last.to < to) return { from: last.to, to, follows: true };
  if (first !== last) return { from: first.to, to: Math.min(to, first.to + VERB_REACH), follows: true };
  return { from, to: Math.max(from, first.from), follows: false };
}

function verbIn(text: string, { from, to, follows }: Tag): Verb {
  if (from >= to) return 'none';
  const near = text.slice(
    follows ? from : Math.max(from, to - VERB_REACH),
    follows ? Math.min(to, from + VERB_REACH) : to,
  );
  if (ASKS.test(near)) return 'asks';
  if (GOES_ON.test(near)) return 'goes on';
  return ANSWERS.test(near) ? 'answers' : 'other';
}

function countWords(text: string, from: number, to: number): number {
  let words = to > from ? 1 : 0;
  for (let at = from + 1; at < to; at += 1) if (isSpace(text[at]) && !isSpace(text[at - 1])) words += 1;
  return words;
}

/** Words of speech are marked with `“`, since they say other things than those of narration. */
function firstWordsAt(text: string, from: number, speaks: boolean): { firstWord: string; firstTwo: string } {
  const near = text.slice(from, from + 40);
  const words = /^[^\p{L}\p{N}]{0,3}([\p{L}\p{N}’']{1,14})(?: ([\p{L}’']{1,14}))?/u.exec(near);
  const first = (words?.[1] ?? '').toLowerCase().replaceAll("'", '’');
  const second = (words?.[2] ?? '').toLowerCase().replaceAll("'", '’');
  const mark = speaks ? '“' : '';
  return { firstWord: mark + first, firstTwo: second === '' ? '' : `${mark}${first} ${second}` };
}
