/** Cleans large texts beside the server's own thread, one at a time, as cleaner.ts hands them over. */
import { answerOrders } from '../threads/answer-orders.ts';
import { clean } from './clean.ts';
import type { CleanOptions, CleanResult, TextFormat } from './clean.ts';

/** What the cleaner sends: one text. */
export interface CleanOrder {
  source: string;
  format: TextFormat;
  options: CleanOptions;
}

answerOrders(({ source, format, options }: CleanOrder): CleanResult => clean(source, format, options));
