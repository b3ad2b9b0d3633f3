/** Cleans large texts beside the server's own thread, one at a time, as cleaner.ts hands them over. */
import { parentPort } from 'node:worker_threads';
import { clean } from './clean.ts';
import type { CleanOptions, CleanResult, TextFormat } from './clean.ts';

/** What the cleaner sends: one text. */
export interface CleanOrder {
  source: string;
  format: TextFormat;
  options: CleanOptions;
}

/** What comes back: the result, or what went wrong. */
export type CleanAnswer = { result: CleanResult } | { failure: string };

parentPort?.on('message', (order: CleanOrder) => {
  let answer: CleanAnswer;
  try {
    answer = { result: clean(order.source, order.format, order.options) };
  } catch (error) {
    answer = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
