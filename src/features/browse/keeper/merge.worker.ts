/** A thread that merges once and ends, so that the keeper goes on following the log meanwhile. */
import { parentPort } from 'node:worker_threads';
import { mergeSegment, type MergeInput } from '../engine/merge.ts';

parentPort?.once('message', (input: MergeInput) => {
  parentPort?.postMessage(mergeSegment(input));
  parentPort?.close();
});
