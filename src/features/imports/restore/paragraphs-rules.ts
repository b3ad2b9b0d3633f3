/**
 * What is known of present-day prose that older fiction, which the weights are learned from, seldom shows: what somebody
 * does beside what they say (a beat) shares a paragraph with it, and a beat that names another person begins the paragraph
 * of what that person says; who asks is answered by another. As log odds beside the model's. No side effects.
 */
import { SAID_ENDINGS } from './paragraphs-sentences.ts';
import type { Outline } from './paragraphs-features.ts';

/** Strengths, as log odds: judged, since measured prose has few cases; it neither gains nor loses by them. */
const STAYS = -1.6;
/** A paragraph that opens with a beat: older fiction nearly always breaks behind it. */
const STAYS_AFTER_OPENING = -0.8;
const LEAVES = 0.8;
const ASKED = 1;
const QUESTION_MARK = SAID_ENDINGS.indexOf('?');
/** A beat is short, and speech is near on both sides. */
const BEAT_WORDS = 14;
const REACH = 5;

/** What the rules add to the odds of a paragraph before sentence `at`, if its paragraph began with `began`. */
export function ruleOdds(outline: Outline, began: number, at: number): number {
  const { sentences, lastSpeech } = outline;
  const behind = sentences[at];
  const before = sentences[at - 1];
  const spoke = lastSpeech[at - 1] ?? -1;
  if (behind === undefined || before === undefined || behind.goesOn) return 0;
  if (spoke < began) return began === at - 1 ? afterOpeningBeat(outline, at) : 0;
  if (isQuestion(before) && behind.speaksFirst && behind.saidEnding !== QUESTION_MARK) return ASKED;
  const next = sentences[at + 1];
  if (before.speaksLast && isBeat(behind) && next?.speaksFirst === true && !before.cut) {
    return side(outline, began, at, behind.subject);
  }
  const beat = at - 2 === spoke && isBeat(before) && before.subject !== 0;
  if (!beat || !behind.speaksFirst) return 0;
  // The speech behind the beat has somebody else's tag: then it is not the beat's speech that goes on.
  if (outline.cast.relation(behind.speaker, before.subject) === -1) return 0;
  return Math.min(0, side(outline, began, at - 1, before.subject));
}

/** `said Ivo. ¶ Marta laughed. “You are odd.”`: a beat that names another begins the paragraph of what that one says. */
function afterOpeningBeat({ sentences, lastTagged, cast }: Outline, at: number): number {
  const beat = sentences[at - 1];
  const behind = sentences[at];
  if (beat === undefined || behind?.speaksFirst !== true || !isBeat(beat)) return 0;
  const tagged = lastTagged[at - 2] ?? -1;
  if (at - 1 - tagged > REACH || cast.relation(beat.subject, sentences[tagged]?.speaker ?? 0) !== -1) return 0;
  return cast.relation(behind.speaker, beat.subject) === -1 ? 0 : STAYS_AFTER_OPENING;
}

/** `“Did you?” asked Wren.`: the next to speak is another. */
function isQuestion(sentence: { verb: string; saidEnding: number }): boolean {
  return sentence.verb === 'asks' && sentence.saidEnding === QUESTION_MARK;
}

function isBeat(sentence: { spoken: number; words: number; subject: number; ending: string }): boolean {
  return sentence.spoken === 0 && sentence.words <= BEAT_WORDS && sentence.subject !== 0 && sentence.ending === 'stop';
}

/** Whether the person of the beat is the one who speaks in the paragraph, so far as tags tell. */
function side(outline: Outline, began: number, at: number, person: number): number {
  const { sentences, lastTagged, cast } = outline;
  const tagged = lastTagged[at - 1] ?? -1;
  const speaker = sentences[tagged]?.speaker ?? 0;
  if (tagged >= began) {
    const same = cast.relation(person, speaker);
    return same === 1 ? STAYS : same === -1 ? LEAVES : 0;
  }
  // The paragraph does not say who speaks: not the one who spoke in the paragraph before.
  if (began - tagged > REACH) return 0;
  const other = cast.relation(person, speaker);
  return other === -1 ? STAYS : other === 1 ? LEAVES : 0;
}
