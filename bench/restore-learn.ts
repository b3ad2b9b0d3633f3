/**
 * Learns the weights of the rescue of paragraphs and writes them into the project. The shipped trees are learned on every
 * author; the shipped calibration comes from authors each model had not seen.
 *
 *   node --import tsx bench/restore-learn.ts
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Model } from '../src/features/imports/restore/paragraphs-model.ts';
import { calibrationOf, foldsOf } from './restore-folds.ts';
import { readPieces } from './restore-corpus.ts';
import { BOOSTING, learn, readPiece, type Read } from './restore-rows.ts';

const FILE = resolve(import.meta.dirname, '../src/features/imports/restore/weights.ts');
const WIDTH = 112;

/** Words or numbers as lines no longer than the code's. */
function lines(parts: readonly string[], indent: string): string {
  const rows: string[] = [];
  let row = '';
  for (const part of parts) {
    if (row.length + part.length + 1 > WIDTH) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? part : ` ${part}`;
  }
  return [...rows, row].map((each) => indent + each).join('\n');
}

function fileOf(model: Model, reads: readonly Read[]): string {
  const authors = [...new Set(reads.map((read) => read.piece.author))].toSorted();
  const half = Math.ceil(authors.length / 2);
  const words = [...model.firstWords]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, odds]) => `${word.replace(' ', '_')} ${odds}`);
  const gaps = reads.reduce((sum, read) => sum + read.labels.length, 0);
  return `/**
 * What was learned about paragraphs, as plain numbers. Written by \`bench/restore-learn.ts\`; do not edit by hand.
 * Learned from ${reads.length} pieces of public domain fiction with ${gaps.toLocaleString('en')} gaps between sentences,
 * by ${authors.slice(0, half).join(', ')},
 * ${authors.slice(half).join(', ')}:
 * ${BOOSTING.trees} boosted trees, each step ${BOOSTING.rate}, authors weighed by the square root of their share. The
 * calibration was measured on authors left out one at a time. How well it does is what \`npm run bench:restore\` prints.
 */
import type { Model } from './paragraphs-model.ts';

/** Feature, threshold and leaf numbers, \`TREE_LENGTH\` a tree. */
const TREES = \`
${lines(Array.from(model.trees, String), '')}
\`;

/** Log odds of first words of sentences, and of their first two; \`“\` before words of speech. */
const FIRST_WORDS = \`
${lines(words, '')}
\`;

function pairs(text: string): [string, number][] {
  const parts = text.trim().split(/\\s+/);
  return parts.flatMap((part, at) => (at % 2 === 0 ? [[part.replace('_', ' '), Number(parts[at + 1])]] : []));
}

export const MODEL: Model = {
  bias: ${Number(model.bias.toFixed(4))},
  trees: Float64Array.from(TREES.trim().split(/\\s+/), Number),
  firstWords: new Map(pairs(FIRST_WORDS)),
  calibration: [
${model.calibration.map(([said, was]) => `    [${said}, ${was}],`).join('\n')}
  ],
};
`;
}

const reads = readPieces().pieces.map(readPiece);
const folds = foldsOf(reads);
const calibration = calibrationOf(folds);
writeFileSync(FILE, fileOf({ ...learn(reads), calibration }, reads));
process.stdout.write(`Learned from ${reads.length} pieces; written to ${FILE}.\n`);
