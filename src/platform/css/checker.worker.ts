/** Checks style sheets beside the server's own thread, one at a time, as checker.ts hands them over. */
import { answerOrders } from '../threads/answer-orders.ts';
import { checkSheet, type CheckedSheet } from './sheet.ts';

/** One sheet, and the box that it may style. */
export interface CheckOrder {
  source: string;
  box: string;
  layer: string;
}

answerOrders(({ source, box, layer }: CheckOrder): CheckedSheet => checkSheet(source, { box, layer }));
