/** Trees are walked as they were learned, and what the model says becomes how often it is so. */
import { expect, test } from 'vitest';
import { FEATURES } from './paragraphs-features.ts';
import { calibrated, logOdds, TREE_LENGTH, type Model } from './paragraphs-model.ts';
import { MODEL } from './weights.ts';

/** One tree that asks one feature at its root, and has the leaves given, from left to right. */
function treeOf(feature: number, threshold: number, leaves: readonly number[]): Float64Array {
  const tree = new Float64Array(TREE_LENGTH);
  const inner = (TREE_LENGTH + 1 - leaves.length - 1) / 2;
  tree.fill(1e9, inner, inner * 2);
  tree[0] = feature;
  tree[inner] = threshold;
  leaves.forEach((leaf, at) => (tree[inner * 2 + at] = leaf));
  return tree;
}

const MODEL_OF_ONE: Model = {
  bias: 0.5,
  trees: treeOf(2, 10, [1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]),
  firstWords: new Map(),
  calibration: [
    [0.2, 0.1],
    [0.8, 0.9],
  ],
};

test('a tree goes left where the number is not greater', () => {
  expect(logOdds(MODEL_OF_ONE, Float64Array.of(0, 0, 10))).toBe(1.5);
  expect(logOdds(MODEL_OF_ONE, Float64Array.of(0, 0, 11))).toBe(3.5);
});

test('certainty is read between the points that were measured', () => {
  const said = [0, 0.1, 0.2, 0.5, 0.8, 0.9, 1].map((each) => Number(calibrated(MODEL_OF_ONE, each).toFixed(3)));
  expect(said).toEqual([0, 0.05, 0.1, 0.5, 0.9, 0.95, 1]);
  expect(calibrated({ ...MODEL_OF_ONE, calibration: [] }, 0.3)).toBeCloseTo(0.3);
});

test('the shipped weights fit the features, and rise', () => {
  expect(MODEL.trees.length % TREE_LENGTH).toBe(0);
  expect(MODEL.trees.length).toBeGreaterThan(TREE_LENGTH * 50);
  expect(MODEL.trees.every(Number.isFinite)).toBe(true);
  const inner = (TREE_LENGTH - 16) / 2;
  const features = MODEL.trees.filter((_, at) => at % TREE_LENGTH < inner);
  expect(Math.max(...features)).toBeLessThan(FEATURES);
  const was = MODEL.calibration.map(([, rate]) => rate);
  expect(was).toEqual(was.toSorted((a, b) => a - b));
});
