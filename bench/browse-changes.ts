/** Changes told to an engine, and merges, as the keeper does them. */
import { Worker } from 'node:worker_threads';
import type { IndexBatch, IndexDocument } from '../src/features/browse/engine/index-document.ts';
import type { MergeInput } from '../src/features/browse/engine/merge.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';

const MERGE_FILE = new URL('../src/features/browse/keeper/merge.worker.ts', import.meta.url);

export function batchOf(
  version: number,
  documents: readonly IndexDocument[],
  removals: readonly number[] = [],
): IndexBatch {
  return { version, renames: [], removals, documents, counters: [], tags: [], removedTags: [] };
}

/** Merges in a thread that ends with it, as the keeper does. */
export function mergeBeside(input: MergeInput): Promise<Segment> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(MERGE_FILE);
    thread.once('message', (segment: Segment) => resolve(segment));
    thread.once('error', reject);
    thread.postMessage(input);
  });
}
