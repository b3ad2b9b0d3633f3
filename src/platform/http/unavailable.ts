/** What cannot be answered now and can be later: the web answers 503 and says when to come back. */

/** The message is one sentence for whoever asked. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** Seconds after which asking again may help. */
export const COME_BACK_SECONDS = 5;
