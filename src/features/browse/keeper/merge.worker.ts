/** A thread that merges once and ends, so that the keeper goes on following the log meanwhile. */
import { parentPort } from 'node:worker_threads';
import { giveWay } from '../../../platform/threads/give-way.ts';
import { mergeSegment, type MergeInput } from '../engine/merge.ts';

giveWay();
parentPort?.once('message', (input: MergeInput) => {
  parentPort?.postMessage(mergeSegment(input));
  parentPort?.close();
});
