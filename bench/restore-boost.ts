/** Boosted decision trees for two classes: histograms of binned numbers, Newton steps, one depth. Made for the bench. */
import { DEPTH, TREE_LENGTH } from '../src/features/imports/restore/paragraphs-model.ts';
import { randomFrom } from './random.ts';

export interface Rows {
  /** One array a feature, one number a row. */
  columns: Float32Array[];
  labels: Uint8Array;
  weights: Float32Array;
}

export interface Boosting {
  trees: number;
  /** How much of each step is taken. */
  rate: number;
  /** Weight that holds leaves back. */
  ridge: number;
  /** The least weight of a leaf. */
  least: number;
  /** Share of the features each tree may ask. */
  share: number;
}

const BINS = 48;
/** A node whose rows are not told apart sends all of them left. */
const NO_SPLIT = { gain: 1e-3, feature: 0, edge: -1 };
const INNER = 2 ** DEPTH - 1;

/** Learns trees from rows; the same rows give the same trees. */
export function boost(rows: Rows, boosting: Boosting): { bias: number; trees: Float64Array } {
  const many = rows.labels.length;
  const edges = rows.columns.map((column) => edgesOf(column));
  const binned = rows.columns.map((column, feature) => bin(column, edges[feature] ?? []));
  const bias = Math.log(weighted(rows, 1) / weighted(rows, 0));
  const scores = new Float64Array(many).fill(bias);
  const gradients = new Float64Array(many);
  const curvatures = new Float64Array(many);
  const trees = new Float64Array(boosting.trees * TREE_LENGTH);
  const random = randomFrom(7);
  for (let tree = 0; tree < boosting.trees; tree += 1) {
    for (let row = 0; row < many; row += 1) {
      const said = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      const weight = rows.weights[row] ?? 1;
      gradients[row] = weight * ((rows.labels[row] ?? 0) - said);
      curvatures[row] = weight * said * (1 - said);
    }
    const asked = binned.map((_, feature) => feature).filter(() => random.chance(boosting.share));
    const grown = grow(binned, edges, asked, gradients, curvatures, boosting);
    trees.set(grown.tree, tree * TREE_LENGTH);
    for (let row = 0; row < many; row += 1) {
      scores[row] = (scores[row] ?? 0) + (grown.tree[INNER * 2 + (grown.leaves[row] ?? 0)] ?? 0);
    }
  }
  return { bias, trees };
}

function weighted(rows: Rows, label: number): number {
  return rows.labels.reduce((sum, is, row) => sum + (is === label ? (rows.weights[row] ?? 1) : 0), 0);
}

function edgesOf(column: Float32Array): number[] {
  const sorted = Float32Array.from(column).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= BINS) {
    return distinct.slice(0, -1).map((value, at) => (value + (distinct[at + 1] ?? value)) / 2);
  }
  const edges = new Set<number>();
  for (let at = 1; at < BINS; at += 1) edges.add(sorted[Math.floor((at * sorted.length) / BINS)] ?? 0);
  return [...edges];
}

function bin(column: Float32Array, edges: readonly number[]): Uint8Array {
  return Uint8Array.from(column, (value) => {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > (edges[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

function grow(
  binned: readonly Uint8Array[],
  edges: readonly number[][],
  asked: readonly number[],
  gradients: Float64Array,
  curvatures: Float64Array,
  { rate, ridge, least }: Boosting,
): { tree: Float64Array; leaves: Uint8Array } {
  const many = gradients.length;
  const tree = new Float64Array(TREE_LENGTH);
  const nodes = new Uint8Array(many);
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const width = 2 ** depth;
    const first = width - 1;
    const best = Array.from({ length: width }, () => NO_SPLIT);
    for (const feature of asked) {
      const column = binned[feature] ?? new Uint8Array();
      const g = new Float64Array(width * (BINS + 1));
      const h = new Float64Array(width * (BINS + 1));
      for (let row = 0; row < many; row += 1) {
        const cell = (nodes[row] ?? 0) * (BINS + 1) + (column[row] ?? 0);
        g[cell] = (g[cell] ?? 0) + (gradients[row] ?? 0);
        h[cell] = (h[cell] ?? 0) + (curvatures[row] ?? 0);
      }
      for (let node = 0; node < width; node += 1) {
        const start = node * (BINS + 1);
        let allG = 0;
        let allH = 0;
        for (let at = start; at <= start + BINS; at += 1) {
          allG += g[at] ?? 0;
          allH += h[at] ?? 0;
        }
        let leftG = 0;
        let leftH = 0;
        for (let edge = 0; edge < (edges[feature]?.length ?? 0); edge += 1) {
          leftG += g[start + edge] ?? 0;
          leftH += h[start + edge] ?? 0;
          const rightH = allH - leftH;
          if (leftH < least || rightH < least) continue;
          const rightG = allG - leftG;
          const gain = leftG ** 2 / (leftH + ridge) + rightG ** 2 / (rightH + ridge) - allG ** 2 / (allH + ridge);
          if (gain > (best[node]?.gain ?? 0)) best[node] = { gain, feature, edge };
        }
      }
    }
    best.forEach(({ feature, edge }, node) => {
      tree[first + node] = feature;
      tree[INNER + first + node] = edge < 0 ? 1e9 : Number((edges[feature]?.[edge] ?? 0).toFixed(3));
    });
    for (let row = 0; row < many; row += 1) {
      const node = nodes[row] ?? 0;
      const { feature, edge } = best[node] ?? NO_SPLIT;
      nodes[row] = node * 2 + (edge >= 0 && (binned[feature]?.[row] ?? 0) > edge ? 1 : 0);
    }
  }
  const leafG = new Float64Array(2 ** DEPTH);
  const leafH = new Float64Array(2 ** DEPTH);
  for (let row = 0; row < many; row += 1) {
    const leaf = nodes[row] ?? 0;
    leafG[leaf] = (leafG[leaf] ?? 0) + (gradients[row] ?? 0);
    leafH[leaf] = (leafH[leaf] ?? 0) + (curvatures[row] ?? 0);
  }
  for (let leaf = 0; leaf < 2 ** DEPTH; leaf += 1) {
    tree[INNER * 2 + leaf] = Number(((rate * (leafG[leaf] ?? 0)) / ((leafH[leaf] ?? 0) + ridge)).toFixed(3));
  }
  return { tree, leaves: nodes };
}
