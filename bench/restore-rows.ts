/** Pieces of measured prose as rows to learn from, and the model learned from them. */
import {
  FEATURES,
  describeGap,
  describeParagraph,
  outlineOf,
  type Outline,
} from '../src/features/imports/restore/paragraphs-features.ts';
import type { Model } from '../src/features/imports/restore/paragraphs-model.ts';
import { readSentences, type Sentences } from '../src/features/imports/restore/paragraphs-sentences.ts';
import { scanSpeech } from '../src/features/imports/restore/speech.ts';
import { boost, type Boosting, type Rows } from './restore-boost.ts';
import { randomFrom } from './random.ts';
import type { Piece } from './restore-corpus.ts';

export interface Read {
  piece: Piece;
  sentences: Sentences;
  /** For each gap whether a paragraph begins there. */
  labels: Uint8Array;
}

export const BOOSTING: Boosting = { trees: 160, rate: 0.12, ridge: 10, least: 25, share: 0.6 };
/** A first word seen less often than this at sentences of narration says nothing. */
const SEEN = 40;
/** Weight of rows whose paragraph is made to begin at a wrong gap, as the decoder's sometimes does. */
const WRONG_WEIGHT = 0.1;

export function readPiece(piece: Piece): Read {
  const sentences = readSentences(piece.text, scanSpeech(piece.text), 'en');
  const begins = new Set(piece.begins);
  return { piece, sentences, labels: Uint8Array.from(sentences.gaps, (gap) => (begins.has(gap.to) ? 1 : 0)) };
}

/** Learns a model from pieces; its calibration is left empty. */
export function learn(reads: readonly Read[], boosting: Boosting = BOOSTING): Model {
  const firstWords = firstWordsOf(reads);
  const rows = rowsOf(reads, firstWords);
  return { ...boost(rows, boosting), firstWords, calibration: [] };
}

/** Log odds of first words, against all sentences that speak, or tell, as they do. */
function firstWordsOf(reads: readonly Read[]): Map<string, number> {
  const seen = new Map<string, [number, number]>();
  const all = { speech: [0, 0] as [number, number], told: [0, 0] as [number, number] };
  for (const { sentences, labels } of reads) {
    sentences.sentences.forEach((sentence, at) => {
      if (at === 0) return;
      const label = labels[at - 1] ?? 0;
      const rate = sentence.firstWord.startsWith('“') ? all.speech : all.told;
      for (const word of [sentence.firstWord, sentence.firstTwo]) {
        const count = seen.get(word) ?? [0, 0];
        seen.set(word, [count[0] + 1, count[1] + label]);
      }
      rate[0] += 1;
      rate[1] += label;
    });
  }
  const words = new Map<string, number>();
  for (const [word, [many, begun]] of seen) {
    if (many < SEEN || word === '' || word === '“') continue;
    const [of, broken] = word.startsWith('“') ? all.speech : all.told;
    const rate = broken / of;
    const share = (begun + 20 * rate) / (many + 20);
    words.set(word, Number((Math.log(share / (1 - share)) - Math.log(rate / (1 - rate))).toFixed(2)));
  }
  return words;
}

function rowsOf(reads: readonly Read[], firstWords: ReadonlyMap<string, number>): Rows {
  const byAuthor = new Map<string, number>();
  for (const { piece, labels } of reads) byAuthor.set(piece.author, (byAuthor.get(piece.author) ?? 0) + labels.length);
  const gaps = reads.reduce((sum, read) => sum + read.labels.length, 0);
  const mean = gaps / byAuthor.size;
  const columns = Array.from({ length: FEATURES }, () => new Float32Array(gaps * 2));
  const labels = new Uint8Array(gaps * 2);
  const weights = new Float32Array(gaps * 2);
  const numbers = new Float64Array(FEATURES);
  let row = 0;
  const random = randomFrom(3);
  for (const read of reads) {
    const outline: Outline = outlineOf(read.sentences, firstWords);
    const weight = Math.sqrt(mean / (byAuthor.get(read.piece.author) ?? mean));
    let began = 0;
    read.labels.forEach((label, gap) => {
      const at = gap + 1;
      describeGap(outline, at, numbers);
      for (const wrong of [false, true]) {
        const from = wrong ? Math.max(0, at - 1 - random.below(6)) : began;
        describeParagraph(outline, from, at, numbers);
        columns.forEach((column, feature) => (column[row] = numbers[feature] ?? 0));
        labels[row] = label;
        weights[row] = weight * (wrong ? WRONG_WEIGHT : 1);
        row += 1;
      }
      if (label === 1) began = at;
    });
  }
  return { columns, labels, weights };
}
