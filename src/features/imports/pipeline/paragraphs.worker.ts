/** Finds lost paragraphs beside the server's own thread, a text at a time. */
import { answerOrders } from '../../../platform/threads/answer-orders.ts';
import { withParagraphs } from '../restore/pasted.ts';

/** Clean HTML, and the code of its language or ''. */
export interface LostText {
  html: string;
  language: string;
}

answerOrders(({ html, language }: LostText): string => withParagraphs(html, language));
