/** Transactions whose answer may be a refusal: then nothing of what was written on the way to it stays. */
import type { Tx } from './tables.ts';

type Write = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

class RolledBack extends Error {
  readonly answer: object;
  constructor(answer: object) {
    super('refused');
    this.answer = answer;
  }
}

/** A way to write in, one that a refusal undoes out. What the work throws is thrown, and then too nothing is written. */
export function unlessRefused(
  write: Write,
): <Answer extends object>(work: (tx: Tx) => Promise<Answer>) => Promise<Answer> {
  return async <Answer extends object>(work: (tx: Tx) => Promise<Answer>) => {
    try {
      return await write(async (tx) => {
        const answer = await work(tx);
        if ('refusal' in answer) throw new RolledBack(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.answer as Answer;
      throw error;
    }
  };
}
