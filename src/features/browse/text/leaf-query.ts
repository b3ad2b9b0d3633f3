/**
 * From what somebody looks for to what FTS5 is asked. Every key is quoted and holds neither a quotation mark nor any other
 * sign, so nothing that a person types is read as FTS5's own language. Pure.
 */
import type { TextLeaf, TextPlace } from '../filter/work-filter.ts';
import { stemsBeginning } from './beginnings.ts';
import { cutWords, isUnspaced, unstemmedKey } from './cut.ts';
import type { Column } from './index-row.ts';

/** Leaves of one question; a question with more is refused. */
export const LEAVES = 50;
/** Words of one leaf that are looked at; those after them are passed over. */
const WORDS = 100;
/** Words of a `NEAR`, and how far apart they may be said to stand. */
const NEAR_WORDS = 20;
const NEAR_DISTANCE = 1_000;
/** A shorter beginning is looked for as a whole word: it would be the beginning of half of all words. */
export const SHORTEST_BEGINNING = 3;
/** Characters of a leaf that are looked at. */
const CHARACTERS = 10_000;

/** What a piece of text is found by: keys side by side. */
export interface Sequence {
  keys: readonly string[];
  /** The last key is a beginning. */
  open: boolean;
  /** Keys that may stand in the last one's place, whole. */
  orLast: readonly string[];
}

/** A leaf, read: all of the sequences are wanted, at most `near` words apart where that is a number. */
export interface LeafMeaning {
  sequences: readonly Sequence[];
  near: number | null;
}

/** @returns what a leaf means, null for one without a word: it finds nothing. */
export function leafMeaning(leaf: TextLeaf): LeafMeaning | null {
  const words = leaf.words.slice(0, CHARACTERS);
  const pieces = leaf.phrase ? [words] : words.split(/\s+/).slice(0, leaf.near === null ? WORDS : NEAR_WORDS);
  const sequences = pieces.flatMap((piece, at) => sequenceOf(piece, leaf.prefix && at === pieces.length - 1) ?? []);
  if (sequences.length === 0) return null;
  return { sequences, near: leaf.near === null ? null : Math.max(0, Math.min(NEAR_DISTANCE, Math.floor(leaf.near))) };
}

/** Whether a leaf asks for a beginning that is too short for one, so that the whole word is looked for. */
export function isShortBeginning({ words, prefix }: TextLeaf): boolean {
  const text = words.slice(-CHARACTERS);
  const last = prefix ? cutWords(text).at(-1) : undefined;
  if (last === undefined || isUnspaced(last)) return false;
  return unstemmedKey(text.slice(last.start, last.end)).length < SHORTEST_BEGINNING;
}

function sequenceOf(text: string, prefix: boolean): Sequence | null {
  const words = cutWords(text).slice(0, WORDS);
  const last = words.at(-1);
  if (last === undefined) return null;
  const keys = words.map((word) => word.key);
  if (isUnspaced(last)) {
    // The last character stands alone here, but in a text with the one that follows it. After a pair it says nothing new.
    const inPair = words.at(-2)?.end === last.end;
    return inPair ? { keys: keys.slice(0, -1), open: false, orLast: [] } : { keys, open: true, orLast: [] };
  }
  const beginning = unstemmedKey(text.slice(last.start, last.end));
  if (!prefix || beginning.length < SHORTEST_BEGINNING) return { keys, open: false, orLast: [] };
  return { keys: [...keys.slice(0, -1), beginning], open: true, orLast: stemsBeginning(beginning) };
}

const ABOUT: readonly Column[] = ['title', 'byline', 'tags', 'summary', 'notes'];
const IN_CHAPTERS: readonly Column[] = ['heading', 'aside', 'body'];

/** The columns in which a leaf is looked for. */
export function columnsOf(place: TextPlace | null, inText: boolean): readonly Column[] {
  if (place === 'text') return IN_CHAPTERS;
  if (place !== null) return [place];
  return inText ? [...ABOUT, ...IN_CHAPTERS] : ABOUT;
}

/** @returns what FTS5 is asked for a leaf; null for one that finds nothing. */
export function leafQuery(leaf: TextLeaf, inText: boolean): string | null {
  const meaning = leafMeaning(leaf);
  return meaning && `{${columnsOf(leaf.place, inText).join(' ')}} : (${expression(meaning)})`;
}

/** The same, in chapters alone; null for a leaf that does not look into them. */
export function chapterQuery(leaf: TextLeaf): string | null {
  return leaf.place === null || leaf.place === 'text' ? leafQuery({ ...leaf, place: 'text' }, true) : null;
}

function expression({ sequences, near }: LeafMeaning): string {
  if (near === null || sequences.length === 1) {
    return sequences.map((sequence) => `(${phrases(sequence).join(' OR ')})`).join(' AND ');
  }
  const before = sequences.slice(0, -1).map((sequence) => phrases(sequence)[0]);
  const last = sequences.at(-1);
  return (last ? phrases(last) : []).map((phrase) => `NEAR(${[...before, phrase].join(' ')}, ${near})`).join(' OR ');
}

/** The sequence as a phrase, then one for each key that may stand in its last place. */
function phrases({ keys, open, orLast }: Sequence): string[] {
  const before = keys.slice(0, -1).map(quoted);
  const last = quoted(keys.at(-1) ?? '') + (open ? '*' : '');
  return [last, ...orLast.map(quoted)].map((one) => [...before, one].join(' + '));
}

function quoted(key: string): string {
  return `"${key.replaceAll('"', '""')}"`;
}
