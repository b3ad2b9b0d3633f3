/**
 * What the model sees of a gap: numbers about the sentences around it, and about the paragraph so far if it began at a
 * given gap. The order of the numbers is the model's; change it and the weights must be learned again. No side effects.
 */
import type { Head, Person } from './names.ts';
import type { Sentence, Sentences, Verb } from './paragraphs-sentences.ts';
import type { Ending } from './gaps.ts';

const HEADS: readonly Head[] = ['joining', 'it', 'pronoun', 'question', 'I', 'other', 'article', 'name'];
const ENDINGS: readonly Ending[] = ['none', 'colon', 'stop', 'question', 'exclamation', 'ellipsis', 'dash'];
/** A turn further away than this belongs to another exchange. */
const TURN_REACH = 8;
const VERBS: readonly Verb[] = ['goes on', 'none', 'other', 'answers', 'asks'];
const VERB = new Map(VERBS.map((verb, at) => [verb, at]));
const HEAD = new Map(HEADS.map((head, at) => [head, at]));
const ENDING = new Map(ENDINGS.map((ending, at) => [ending, at]));
/** Beyond this nothing is told apart. */
const FAR = 400;

export const LOCAL_FEATURES = [
  'ending',
  'kind',
  'words before',
  'words behind',
  'speech before',
  'speech behind',
  'told before',
  'told behind',
  'head behind',
  'head before',
  'head next',
  'speech earlier',
  'speaks next',
  'speech next',
  'words earlier',
  'words next',
  'since speech',
  'words since speech',
  'until speech',
  'words until speech',
  'subject is speaker',
  'speaker is speaker',
  'next speaker is speaker',
  'subject is next speaker',
  'subject is subject',
  'opener',
  'cut',
  'continues',
  'share of speech',
  'words a sentence',
  'ending behind',
  'spoke first before',
  'said words',
  'leads in behind',
  'first word',
  'named before',
  'said words before',
  'ending next',
  'short run',
  'first word next',
  'first two words',
  'said ending before',
  'tail words before',
  'near',
  'wide',
  'near next',
  'wide next',
  'new name',
  'speaker is speaker before',
  'said ending behind',
  'tail words behind',
  'new name before',
  'ending earlier',
  'last said ending',
  'verb before',
  'verb behind',
  'verb next',
  'last verb',
  'told before behind words',
  'turn after is speaker',
  'turn after is speaker behind',
  'turn before is speaker behind',
  'turn before is turn after',
  'until turn',
  'addresses speaker',
  'addressed behind',
  'since turn',
] as const;
export const PARAGRAPH_FEATURES = [
  'words so far',
  'sentences so far',
  'began with speech',
  'speeches so far',
  'words since its speech',
  'told since its speech',
  'subject is its speaker',
  'speaker is its speaker',
  'its speaker is known',
  'subject is its subject',
  'first is tagged',
] as const;
export const FEATURES = LOCAL_FEATURES.length + PARAGRAPH_FEATURES.length;

/** Sums over the sentences of a text, from which each gap's numbers are read in constant time. */
export interface Outline extends Sentences {
  /** `wordsUntil[i]`: words before sentence i. */
  wordsUntil: Int32Array;
  speechesUntil: Int32Array;
  /** The last sentence up to i with speech, or -1; the first from i on, or the number of sentences. */
  lastSpeech: Int32Array;
  nextSpeech: Int32Array;
  /** The last sentence up to i that names its speaker, or -1. */
  lastTagged: Int32Array;
  firstWords: ReadonlyMap<string, number>;
  /** The last sentence up to i at which speech follows speech, or -1: somebody else speaks. The first behind i, or the end. */
  lastTurn: Int32Array;
  nextTurn: Int32Array;
  shareOfSpeech: number;
  wordsASentence: number;
}

/** Sums up the sentences of a text. `firstWords`: how much likelier than others each first word begins a paragraph. */
export function outlineOf(read: Sentences, firstWords: ReadonlyMap<string, number>): Outline {
  const many = read.sentences.length;
  const wordsUntil = new Int32Array(many + 1);
  const speechesUntil = new Int32Array(many + 1);
  const lastSpeech = new Int32Array(many + 1).fill(-1);
  const lastTagged = new Int32Array(many + 1).fill(-1);
  const nextSpeech = new Int32Array(many + 1).fill(many);
  const lastTurn = new Int32Array(many + 1).fill(-1);
  const nextTurn = new Int32Array(many + 1).fill(many);
  const isTurn = (at: number): boolean =>
    read.sentences[at - 1]?.speaksLast === true && read.sentences[at]?.speaksFirst === true;
  let spoken = 0;
  let length = 0;
  read.sentences.forEach((sentence, at) => {
    const speaks = sentence.spoken > 0;
    wordsUntil[at + 1] = (wordsUntil[at] ?? 0) + sentence.words;
    speechesUntil[at + 1] = (speechesUntil[at] ?? 0) + (speaks ? 1 : 0);
    lastSpeech[at] = speaks ? at : (lastSpeech[at - 1] ?? -1);
    lastTagged[at] = sentence.speaker > 0 ? at : (lastTagged[at - 1] ?? -1);
    lastTurn[at] = isTurn(at) ? at : (lastTurn[at - 1] ?? -1);
    spoken += sentence.spoken;
    length += sentence.to - sentence.from;
  });
  for (let at = many - 1; at >= 0; at -= 1) {
    nextTurn[at] = isTurn(at + 1) ? at + 1 : (nextTurn[at + 1] ?? many);
    nextSpeech[at] = (read.sentences[at]?.spoken ?? 0) > 0 ? at : (nextSpeech[at + 1] ?? many);
  }
  return {
    ...read,
    firstWords,
    wordsUntil,
    speechesUntil,
    lastSpeech,
    lastTagged,
    nextSpeech,
    lastTurn,
    nextTurn,
    shareOfSpeech: length === 0 ? 0 : spoken / length,
    wordsASentence: many === 0 ? 0 : (wordsUntil[many] ?? 0) / many,
  };
}

/** 0: narration, 1: both, 2: speech alone. */
function share(sentence: Sentence | undefined): number {
  if (sentence === undefined || sentence.spoken === 0) return 0;
  return sentence.toldBefore || sentence.toldAfter ? 1 : 2;
}

/** Fills in the numbers of the gap before sentence `at` that do not depend on where its paragraph began. */
export function describeGap(outline: Outline, at: number, into: Float64Array): void {
  const { sentences, cast, wordsUntil, lastSpeech, nextSpeech, lastTagged } = outline;
  const before = sentences[at - 1];
  const behind = sentences[at];
  if (before === undefined || behind === undefined) return;
  const earlier = sentences[at - 2];
  const next = sentences[at + 1];
  const spoke = lastSpeech[at - 1] ?? -1;
  const speaks = nextSpeech[at] ?? sentences.length;
  const words = (from: number, to: number): number => Math.min(FAR, (wordsUntil[to] ?? 0) - (wordsUntil[from] ?? 0));
  const speaker = sentences[lastTagged[at - 1] ?? -1]?.speaker ?? 0;
  const nextSpeaker = speaks - at > 3 ? 0 : (sentences[speaks]?.speaker ?? 0);
  let n = 0;
  into[n++] = ENDING.get(before.ending) ?? 0;
  into[n++] = behind.goesOn ? -1 : (before.speaksLast ? 2 : 0) + (behind.speaksFirst ? 1 : 0);
  into[n++] = Math.min(FAR, before.words);
  into[n++] = Math.min(FAR, behind.words);
  into[n++] = share(before);
  into[n++] = share(behind);
  into[n++] = before.toldAfter ? 1 : 0;
  into[n++] = behind.toldAfter ? 1 : 0;
  into[n++] = behind.speaksFirst ? -1 : (HEAD.get(behind.head) ?? 0);
  into[n++] = before.speaksFirst ? -1 : (HEAD.get(before.head) ?? 0);
  into[n++] = next === undefined ? -2 : next.speaksFirst ? -1 : (HEAD.get(next.head) ?? 0);
  into[n++] = earlier === undefined ? -1 : share(earlier);
  into[n++] = next?.speaksFirst === true ? 1 : 0;
  into[n++] = next === undefined ? -1 : share(next);
  into[n++] = earlier === undefined ? 0 : Math.min(FAR, earlier.words);
  into[n++] = next === undefined ? 0 : Math.min(FAR, next.words);
  into[n++] = spoke < 0 ? 99 : Math.min(99, at - 1 - spoke);
  into[n++] = spoke < 0 ? FAR : words(spoke + 1, at);
  into[n++] = Math.min(99, speaks - at);
  into[n++] = words(at, speaks);
  into[n++] = cast.relation(behind.subject, speaker);
  into[n++] = cast.relation(behind.speaker, speaker);
  into[n++] = cast.relation(nextSpeaker, speaker);
  into[n++] = cast.relation(behind.subject, nextSpeaker);
  into[n++] = cast.relation(behind.subject, before.subject);
  into[n++] = behind.opener;
  into[n++] = before.cut ? 1 : 0;
  into[n++] = (behind.continues ? 1 : 0) + (before.goesOn ? 2 : 0);
  into[n++] = outline.shareOfSpeech;
  into[n++] = outline.wordsASentence;
  into[n++] = ENDING.get(behind.ending) ?? 0;
  into[n++] = before.speaksFirst ? 1 : 0;
  into[n++] = Math.min(FAR, behind.saidWords);
  into[n++] = behind.toldBefore ? 1 : 0;
  into[n++] = outline.firstWords.get(behind.firstWord) ?? 0;
  into[n++] = before.subject === 0 ? 0 : 1;
  into[n++] = Math.min(FAR, before.saidWords);
  into[n++] = next === undefined ? -1 : (ENDING.get(next.ending) ?? 0);
  into[n++] = Math.min(FAR, before.words) + Math.min(FAR, behind.words) + Math.min(FAR, next?.words ?? 0);
  into[n++] = next === undefined ? 0 : (outline.firstWords.get(next.firstWord) ?? 0);
  into[n++] = outline.firstWords.get(behind.firstTwo) ?? 0;
  into[n++] = before.saidEnding;
  into[n++] = before.tailWords;
  into[n++] = behind.cohesion.near;
  into[n++] = behind.cohesion.wide;
  into[n++] = next?.cohesion.near ?? 0;
  into[n++] = next?.cohesion.wide ?? 0;
  into[n++] = behind.cohesion.newName ? 1 : 0;
  into[n++] = cast.relation(behind.speaker, sentences[lastTagged[(lastTagged[at - 1] ?? 0) - 1] ?? -1]?.speaker ?? 0);
  into[n++] = behind.saidEnding;
  into[n++] = behind.tailWords;
  into[n++] = before.cohesion.newName ? 1 : 0;
  into[n++] = earlier === undefined ? 0 : (ENDING.get(earlier.ending) ?? 0);
  into[n++] = sentences[spoke]?.saidEnding ?? -2;
  into[n++] = VERB.get(before.verb) ?? 0;
  into[n++] = VERB.get(behind.verb) ?? 0;
  into[n++] = next === undefined ? 0 : (VERB.get(next.verb) ?? 0);
  into[n++] = VERB.get(sentences[spoke]?.verb ?? 'none') ?? 0;
  into[n++] = behind.toldBefore ? behind.words - behind.saidWords - behind.tailWords : 0;
  const turn = outline.nextTurn[at] ?? sentences.length;
  const turned = outline.lastTurn[at - 1] ?? -1;
  const speakerAfter = turn - at > TURN_REACH ? 0 : (sentences[turn]?.speaker ?? 0);
  const speakerBefore =
    turned < 0 || at - turned > TURN_REACH ? 0 : (sentences[lastTagged[turned - 1] ?? -1]?.speaker ?? 0);
  into[n++] = cast.relation(speakerAfter, speaker);
  into[n++] = cast.relation(speakerAfter, behind.speaker);
  into[n++] = cast.relation(speakerBefore, behind.speaker);
  into[n++] = cast.relation(speakerBefore, speakerAfter);
  into[n++] = Math.min(TURN_REACH, turn - at);
  into[n++] = behind.spoken > 0 && cast.isNamedIn(behind.names, speaker) ? 1 : 0;
  into[n++] = before.spoken > 0 && cast.isNamedIn(before.names, behind.speaker) ? 1 : 0;
  into[n++] = turned < 0 ? TURN_REACH : Math.min(TURN_REACH, at - turned);
}

/** Fills in what depends on the paragraph so far, if it began with sentence `began`. */
export function describeParagraph(outline: Outline, began: number, at: number, into: Float64Array): void {
  const { sentences, cast, wordsUntil, speechesUntil, lastSpeech, lastTagged } = outline;
  const first = sentences[began];
  const behind = sentences[at];
  const spoke = lastSpeech[at - 1] ?? -1;
  const tagged = lastTagged[at - 1] ?? -1;
  const speaks = spoke >= began;
  let speaker: Person = tagged >= began ? (sentences[tagged]?.speaker ?? 0) : 0;
  // A paragraph that tells before it speaks has its first subject speak.
  if (speaker === 0 && speaks && first?.speaksFirst === false) speaker = first.subject;
  let n = LOCAL_FEATURES.length;
  into[n++] = (wordsUntil[at] ?? 0) - (wordsUntil[began] ?? 0);
  into[n++] = at - began;
  into[n++] = first?.speaksFirst === true ? 1 : 0;
  into[n++] = (speechesUntil[at] ?? 0) - (speechesUntil[began] ?? 0);
  into[n++] = speaks ? (wordsUntil[at] ?? 0) - (wordsUntil[spoke + 1] ?? 0) : -1;
  into[n++] = speaks ? at - 1 - spoke : -1;
  into[n++] = cast.relation(behind?.subject ?? 0, speaker);
  into[n++] = cast.relation(behind?.speaker ?? 0, speaker);
  into[n++] = speaker === 0 ? 0 : 1;
  into[n++] = cast.relation(behind?.subject ?? 0, first?.subject ?? 0);
  into[n++] = first === undefined || first.speaker === 0 ? 0 : 1;
}
