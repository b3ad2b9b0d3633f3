/**
 * The learned model: how likely a paragraph begins at a gap, from the numbers that describe it. Boosted decision trees of
 * one depth, a tree a flat row of numbers. No side effects.
 */

export const DEPTH = 4;
const INNER = 2 ** DEPTH - 1;
/** Numbers a tree has: for each inner node the feature and the threshold, then the leaves. */
export const TREE_LENGTH = INNER * 2 + 2 ** DEPTH;

export interface Model {
  /** What is added before any tree: the log odds of a paragraph at a gap. */
  bias: number;
  /** One after another, `TREE_LENGTH` numbers each: features, thresholds, leaves. Left where the number is not greater. */
  trees: Float64Array;
  /** How much likelier than others each first word of narration begins a paragraph, as log odds. */
  firstWords: ReadonlyMap<string, number>;
  /** What the model says, and how often it was right where it said so, rising: see `calibrated`. */
  calibration: readonly (readonly [said: number, was: number])[];
}

/** The log odds that a paragraph begins at a gap so described. */
export function logOdds(model: Model, numbers: Float64Array): number {
  const { trees } = model;
  let sum = model.bias;
  for (let tree = 0; tree < trees.length; tree += TREE_LENGTH) {
    let node = 0;
    while (node < INNER) {
      const feature = trees[tree + node] ?? 0;
      const threshold = trees[tree + INNER + node] ?? 0;
      node = node * 2 + ((numbers[feature] ?? 0) > threshold ? 2 : 1);
    }
    sum += trees[tree + INNER * 2 + node - INNER] ?? 0;
  }
  return sum;
}

export function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** Turns what the model says into how often that is so, by straight lines between the points of its calibration. */
export function calibrated(model: Model, said: number): number {
  const points = model.calibration;
  let [x0, y0] = [0, 0];
  for (const [x1, y1] of points) {
    if (said <= x1) return x1 === x0 ? y1 : y0 + ((y1 - y0) * (said - x0)) / (x1 - x0);
    [x0, y0] = [x1, y1];
  }
  return x0 >= 1 ? y0 : y0 + ((1 - y0) * (said - x0)) / (1 - x0);
}
