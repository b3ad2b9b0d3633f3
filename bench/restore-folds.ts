/** Models for authors they have not seen, and what those models say of them. */
import { outlineOf } from '../src/features/imports/restore/paragraphs-features.ts';
import { paragraphProbabilities } from '../src/features/imports/restore/paragraphs-forward.ts';
import type { Model } from '../src/features/imports/restore/paragraphs-model.ts';
import { learn, type Read } from './restore-rows.ts';

export interface Fold {
  author: string;
  /** Learned from all other authors, not calibrated. */
  model: Model;
  reads: readonly Read[];
  /** For each gap of the author what the model said, and what was so. */
  said: { certainty: number; label: number }[];
}

/** Authors of fewer gaps are learned from, and not reported. */
const FEWEST_GAPS = 500;
const STEPS = 40;

/** One fold an author. */
export function foldsOf(reads: readonly Read[], only?: readonly string[]): Fold[] {
  const byAuthor = Map.groupBy(reads, (read) => read.piece.author);
  const folds: Fold[] = [];
  for (const [author, own] of byAuthor) {
    if (only !== undefined && !only.includes(author)) continue;
    if (own.reduce((sum, read) => sum + read.labels.length, 0) < FEWEST_GAPS) continue;
    const model = learn(reads.filter((read) => read.piece.author !== author));
    folds.push({ author, model, reads: own, said: own.flatMap((read) => saidOf(read, model)) });
  }
  return folds;
}

function saidOf({ sentences, labels }: Read, model: Model): { certainty: number; label: number }[] {
  const likely = paragraphProbabilities(outlineOf(sentences, model.firstWords), model);
  return Array.from(likely, (certainty, at) => ({ certainty, label: labels[at] ?? 0 }));
}

/**
 * How often a paragraph began where so much was said, rising: gaps in order of what was said, in steps of equal size,
 * neighbours joined until the shares rise. Authors count by the square root of their gaps.
 */
export function calibrationOf(folds: readonly Fold[]): [number, number][] {
  const all = folds.flatMap(({ said }) => said.map((one) => ({ ...one, weight: 1 / Math.sqrt(said.length) })));
  all.sort((a, b) => a.certainty - b.certainty);
  const sum = all.reduce((weight, one) => weight + one.weight, 0);
  const blocks: { said: number; was: number; weight: number }[] = [];
  let block = { said: 0, was: 0, weight: 0 };
  for (const one of all) {
    block.said += one.certainty * one.weight;
    block.was += one.label * one.weight;
    block.weight += one.weight;
    if (block.weight < sum / STEPS) continue;
    blocks.push(block);
    block = { said: 0, was: 0, weight: 0 };
    while (blocks.length > 1 && rate(blocks.at(-2)) >= rate(blocks.at(-1))) {
      const last = blocks.pop();
      const before = blocks.at(-1);
      if (last === undefined || before === undefined) break;
      before.said += last.said;
      before.was += last.was;
      before.weight += last.weight;
    }
  }
  return blocks.map((each) => [Number((each.said / each.weight).toFixed(4)), Number(rate(each).toFixed(4))]);
}

function rate(block: { was: number; weight: number } | undefined): number {
  return block === undefined ? 0 : block.was / block.weight;
}
