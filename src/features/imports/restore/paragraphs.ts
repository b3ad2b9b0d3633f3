/**
 * Where paragraphs begin in a text that lost them. Each gap between sentences gets a probability: from a model learned on
 * measured prose, from the white space that stands there, and from where the paragraphs before it began. Then the rules:
 * openers of time and place begin a paragraph and suggest a scene, and no paragraph is longer than a reader bears.
 * Nothing inside closed speech is touched. Pure; linear; takes any text.
 */
import { outlineOf, type Outline } from './paragraphs-features.ts';
import { paragraphProbabilities } from './paragraphs-forward.ts';
import { calibrated, type Model } from './paragraphs-model.ts';
import { readSentences } from './paragraphs-sentences.ts';
import { spacingEvidence } from './paragraphs-spacing.ts';
import type { Speech } from './speech.ts';
import { MODEL } from './weights.ts';

/** A place where a paragraph or a scene begins, or may. */
export interface ParagraphGap {
  /** The white space it takes the place of; empty where a space was missing. */
  at: { from: number; to: number };
  kind: 'paragraph' | 'scene';
  /** How probable it is that the author had it so, 0 to 1. */
  certainty: number;
  state: 'applied' | 'suggested';
}

export interface ParagraphOptions {
  /** Code of the language, such as `en`; decides which openers of time and place are known. */
  language?: string;
  /** Offsets at which a paragraph begins for certain, since a heading or a rule stands before: not answered again. */
  begins?: readonly number[];
  /** Another model than the shipped one: for the bench. */
  model?: Model;
}

/** From this probability on a paragraph is made: below it, making none is more often right, or costs less. */
export const APPLIED_FROM = 0.45;
/** From this on a paragraph that is not made is suggested. */
const SUGGESTED_FROM = 0.33;
/** A sentence of so few words may be a paragraph for effect; nothing tells, so it is suggested sooner. */
const FOR_EFFECT = { words: 5, from: 0.22 };
/** A paragraph of more words is split at its best gap. */
const LONGEST = 250;
/** A part of a split paragraph is split again where a break is as probable as this, or where it is longer than that. */
const AGAIN_FROM = 0.4;
const TOO_LONG = 500;
/** Neither part of a split is shorter. */
const SHORTEST_PART = 40;
/** How often an opener that begins a paragraph begins a scene: a guess, since printed fiction marks few. */
const SCENE_CERTAINTY = 0.3;
/** An opener of time and place begins a paragraph unless the model is this sure that it does not. */
const OPENER_FROM = 0.12;
/** A split is looked for within so many words, so that a text without any paragraph costs no more than others. */
const FAR_ENOUGH = 1000;
/** No break that is guessed is certain. */
const NEVER_MORE = 0.999;
/** A long text whose sentences are shorter than this, on the average, is no prose, and would cost a minute a megabyte. */
const SHORTEST_SENTENCE = 15;
const MANY_GAPS = 20_000;
const CERTAIN = 30;

/**
 * Finds where paragraphs begin. `speech` is what `scanSpeech(text)` said. Answers in the order of the text; a `scene`
 * follows the `paragraph` of the same place.
 */
export function paragraphGaps(text: string, speech: Speech, options: ParagraphOptions = {}): ParagraphGap[] {
  const { language = 'en', model = MODEL } = options;
  const read = readSentences(text, speech, language);
  if (read.gaps.length > MANY_GAPS && text.length < read.gaps.length * SHORTEST_SENTENCE) return [];
  const outline = outlineOf(read, model.firstWords);
  const given = new Set(options.begins);
  const likely = likelyBreaks(text, outline, model, given);
  const made = decide(outline, likely, given);
  const answer: ParagraphGap[] = [];
  read.gaps.forEach((gap, at) => {
    const certainty = Number((likely[at] ?? 0).toFixed(3));
    const behind = outline.sentences[at + 1];
    if (given.has(gap.to) || behind === undefined) return;
    const place = { from: gap.from, to: gap.to };
    if (made[at] === 1) {
      answer.push({ at: place, kind: 'paragraph', certainty, state: 'applied' });
      if (behind.opener === 2) {
        answer.push({ at: place, kind: 'scene', certainty: SCENE_CERTAINTY, state: 'suggested' });
      }
    } else if (certainty >= SUGGESTED_FROM || (behind.words <= FOR_EFFECT.words && certainty >= FOR_EFFECT.from)) {
      answer.push({ at: place, kind: 'paragraph', certainty, state: 'suggested' });
    }
  });
  return answer;
}

function likelyBreaks(text: string, outline: Outline, model: Model, given: ReadonlySet<number>): Float64Array {
  let likely = paragraphProbabilities(outline, model);
  const spacing = spacingEvidence(text, outline.gaps, likely, outline.inner);
  const evidence = given.size === 0 ? spacing : (spacing ?? new Float64Array(outline.gaps.length));
  if (evidence !== undefined) {
    outline.gaps.forEach((gap, at) => {
      if (given.has(gap.to)) evidence[at] = CERTAIN;
    });
    likely = paragraphProbabilities(outline, model, evidence);
  }
  return likely.map((said) => Math.min(NEVER_MORE, calibrated(model, said)));
}

/** 1 for each gap at which a paragraph is made. */
function decide(outline: Outline, likely: Float64Array, given: ReadonlySet<number>): Uint8Array {
  const made = Uint8Array.from(likely, (certainty, at) => {
    if (certainty >= APPLIED_FROM || given.has(outline.gaps[at]?.to ?? -1)) return 1;
    return outline.sentences[at + 1]?.opener === 2 && certainty >= OPENER_FROM ? 1 : 0;
  });
  let began = 0;
  for (let at = 0; at <= made.length; at += 1) {
    if (at < made.length && made[at] === 0) continue;
    splitLong(outline, likely, made, began, at + 1);
    began = at + 1;
  }
  return made;
}

/** Splits the paragraph of the sentences `from` to `to` (end excluded) if it is too long for a reader. */
function splitLong(outline: Outline, likely: Float64Array, made: Uint8Array, from: number, to: number): void {
  const words = (a: number, b: number): number => (outline.wordsUntil[b] ?? 0) - (outline.wordsUntil[a] ?? 0);
  const waiting: [number, number][] = [[from, to]];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const [first, end] = part;
    if (words(first, end) <= LONGEST) continue;
    let best = -1;
    for (let at = first + 1; at < end && words(first, at) < FAR_ENOUGH; at += 1) {
      if (outline.sentences[at]?.goesOn === true) continue;
      if (words(first, at) < SHORTEST_PART || words(at, end) < SHORTEST_PART) continue;
      if (best < 0 || (likely[at - 1] ?? 0) > (likely[best - 1] ?? 0)) best = at;
    }
    if (best < 0) continue;
    const again = first !== from || end !== to;
    if (again && (likely[best - 1] ?? 0) < AGAIN_FROM && words(first, end) <= TOO_LONG) continue;
    made[best - 1] = 1;
    waiting.push([first, best], [best, end]);
  }
}
