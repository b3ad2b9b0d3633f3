/**
 * The rescue of a text that lost its form: paragraphs, scenes, headings, emphasis, notes. The source in, every change out
 * as a repair; nothing else is changed, and nothing is lost. Never throws, linear, no side effects.
 */
import type { Repair } from './repair.ts';
import { emphasisTraces } from './emphasis.ts';
import { headerLabels } from './header.ts';
import { layoutOf } from './layout.ts';
import type { Convention } from './layout.ts';
import { endNotesLabel, leftoverLinks } from './notes.ts';
import { collide } from './overlap.ts';
import { paragraphGaps } from './paragraphs.ts';
import { repairsOf } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { repairSentences } from './report.ts';
import { sectionMarks } from './sections.ts';
import { placed } from './segments.ts';
import { scanSpeech } from './speech.ts';
import type { Speech } from './speech.ts';
import { viewOf } from './view.ts';
import type { View } from './view.ts';

export interface RestoreOptions {
  /** `html`: inner HTML of a page that is one paragraph; its inline tags are passed on. */
  notation: 'text' | 'html';
  /** A language code, where one is known. */
  language?: string;
}

export interface Restored {
  /** `rescue` as the work keeps it, for all of the source. */
  notation: 'text' | 'html';
  from: number;
  to: number;
  repairs: Repair[];
  /** How the source was laid out. `flat` and what is partly flat had its paragraphs decided by its sentences. */
  convention: Convention;
  /** Whether any of the text had lost its paragraphs. */
  flat: boolean;
  /** What was done, one sentence a thing. */
  sentences: string[];
}

/** A longer text (twenty long novels) has its line ends read and nothing more: memory would not last. */
const LONGEST = 12_000_000;
/** `*words*`, `_words_`: emphasis that was typed. */
const STARRED = /(?<![\p{L}\p{N}*])([*_])[\p{L}“‘'’][^*_\n]{0,200}\1(?![\p{L}\p{N}*])/u;
const TOO_LONG = 'The text is too long to look for lost paragraphs and emphasis in it; only its line ends were read.';

/** Rescues a text. Any string is taken; what needs no rescue comes back with the repairs of its line ends alone. */
export function restore(source: string, options: RestoreOptions): Restored {
  const view = viewOf(source, options.notation);
  const { text } = view;
  const header = headerLabels(text);
  const notes = notesOf(text, header.end);
  const story = restoreStory(view, { from: header.end, to: notes.begin }, options);
  const proposals = [...header.proposals, ...story.proposals, ...notes.proposals];
  const repairs = placed(source, repairsOf(source, view, proposals));
  const { convention, flat } = story;
  const { notation } = options;
  const told = repairSentences(repairs, {
    flat: flat && repairs.some(isLostBreak),
    emphasisKnown: hasEmphasis(view) || STARRED.test(text),
  });
  const sentences = text.length > LONGEST ? [TOO_LONG, ...told] : told;
  return { notation, from: 0, to: source.length, repairs, convention, flat, sentences };
}

interface Range {
  from: number;
  to: number;
}

/** Where the end notes begin, and the repairs in them. */
function notesOf(text: string, from: number): { begin: number; proposals: Proposal[] } {
  if (text.length > LONGEST) return { begin: text.length, proposals: [] };
  const speech = scanSpeech(text.slice(from));
  const inside = (offset: number): boolean => speech.inside(offset - from);
  const label = endNotesLabel({ text, from, to: text.length, inside });
  if (label === null) return { begin: text.length, proposals: [] };
  const { textEnd, ...proposal } = label;
  const leftover = leftoverLinks(text, proposal.to, text.length);
  const lines = layoutOf(text, proposal.to, text.length).proposals;
  return { begin: textEnd, proposals: [proposal, ...(leftover === null ? [] : [leftover]), ...lines] };
}

function restoreStory(
  view: View,
  { from, to }: Range,
  { language }: RestoreOptions,
): { proposals: Proposal[]; convention: Convention; flat: boolean } {
  const story = view.text.slice(from, to);
  if (view.text.length > LONGEST) return { ...layoutOf(view.text, from, to), flat: false };
  const speech = scanSpeech(story);
  const marks = sectionMarks({ text: story, from: 0, to: story.length, inside: (offset) => speech.inside(offset) });
  const layout = layoutOf(story, 0, story.length, runTogether(story, speech));
  const kept = withoutColliding(layout.proposals, marks);
  const traced = { from: 0, to: story.length, language, known: hasEmphasis(view) };
  let found = [...marks, ...kept, ...emphasisTraces(story, speech, traced)];
  if (layout.flat.length > 0) {
    const masked = maskedText(story, [...marks, ...kept]);
    const begins = [...marks, ...kept].flatMap(({ kind, state, to: at }) =>
      state === 'applied' && kind !== 'wrap' && kind !== 'space' ? [at] : [],
    );
    const gaps = paragraphGaps(masked, scanSpeech(masked), { begins, ...(language === undefined ? {} : { language }) });
    found = [...found, ...withinFlat(gaps, layout.flat)];
  }
  const proposals = found.map((proposal) => ({ ...proposal, from: proposal.from + from, to: proposal.to + from }));
  return { proposals, convention: layout.convention, flat: layout.flat.length > 0 };
}

/** How often a speech follows another on the same line. */
function runTogether(text: string, { outer }: Speech): number {
  return outer.filter(({ from }, i) => {
    const end = outer[i - 1]?.to ?? from;
    return end < from && from - end < 8 && /^[ \t\u00a0]+$/.test(text.slice(end, from));
  }).length;
}

/** Line ends beside a mark belong to the mark. */
function withoutColliding(proposals: readonly Proposal[], marks: readonly Proposal[]): Proposal[] {
  const standing = marks.filter(({ state }) => state === 'applied');
  let next = 0;
  return proposals
    .toSorted((a, b) => a.from - b.from)
    .filter((proposal) => {
      while (next < standing.length && (standing[next]?.to ?? 0) < proposal.from) next += 1;
      return ![standing[next], standing[next + 1]].some((mark) => mark !== undefined && collide(mark, proposal));
    });
}

/** The text with marks as white space and wrapped lines joined, every character at its place. */
function maskedText(text: string, proposals: readonly Proposal[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { kind, from, to, state } of proposals.toSorted((a, b) => a.from - b.from)) {
    const masked = kind === 'section' || kind === 'chapter' || kind === 'scene' || kind === 'wrap';
    if (!masked || state !== 'applied' || from < at) continue;
    parts.push(text.slice(at, from), ' '.repeat(to - from));
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function withinFlat(gaps: ReturnType<typeof paragraphGaps>, flat: readonly Range[]): Proposal[] {
  let next = 0;
  return gaps.flatMap(({ at, kind, certainty, state }): Proposal[] => {
    while (next < flat.length && (flat[next]?.to ?? 0) < at.to) next += 1;
    const block = flat[next];
    if (block === undefined || at.from < block.from) return [];
    const after = kind === 'scene' ? '\n\n* * *\n\n' : '\n\n';
    return [{ kind, from: at.from, to: at.to, after, certainty, state }];
  });
}

function hasEmphasis(view: View): boolean {
  return view.changes.some(({ kind, after }) => kind === 'markup' && after === '*');
}

/** A paragraph that begins where the source has no line end. */
function isLostBreak({ kind, before }: Repair): boolean {
  return kind === 'paragraph' && !/[\r\n]|<(?:br|p|div)\b/i.test(before);
}
