/** Dear work, a few pieces at a time. Others wait in order, so many of them, and whoever comes after is refused. */

export type FewAtOnce = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

/**
 * @param slots pieces of work done at once.
 * @param waiting how many may wait.
 * @param refusal what is thrown to whoever comes after them.
 */
export function fewAtOnce(slots: number, waiting: number, refusal: () => Error): FewAtOnce {
  let busy = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (busy >= slots) {
      if (queue.length >= waiting) throw refusal();
      // Whoever is done hands the slot on, so `busy` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
