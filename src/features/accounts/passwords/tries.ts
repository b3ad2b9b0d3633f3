/**
 * Tries at one name's password. The first few are free; then each is followed by a wait that doubles, up to a bound: who
 * guesses gets nowhere, and nobody is locked out for good. Counted in memory, for names that exist and names that do not.
 */

/** Tries before there is a wait. */
export const FREE_TRIES = 5;
/** The longest wait. */
export const LONGEST_WAIT_MS = 15 * 60_000;
/** Tries are forgotten when none came for this long. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** Names whose tries are kept; beyond that, those longest untouched are forgotten. */
const NAMES = 10_000;

export interface Tries {
  /** Counts one try, before it is known how it ends. @returns seconds to wait when it must not be made, else null. */
  take(name: string): number | null;
  /** Forgets the tries of a name: one was right. */
  forget(name: string): void;
}

interface Tried {
  count: number;
  last: number;
  until: number;
}

export function triesOfNames(now: () => number): Tries {
  const names = new Map<string, Tried>();
  return {
    take(name) {
      const at = now();
      const before = names.get(name);
      if (before && before.until > at) return Math.ceil((before.until - at) / 1000);
      const count = (before && at - before.last < FORGOTTEN_AFTER_MS ? before.count : 0) + 1;
      const wait = count < FREE_TRIES ? 0 : Math.min(1000 * 2 ** (count - FREE_TRIES), LONGEST_WAIT_MS);
      // Put in anew, so that the map stays in the order of last touch.
      names.delete(name);
      names.set(name, { count, last: at, until: at + wait });
      const oldest = names.size > NAMES ? names.keys().next().value : undefined;
      if (oldest !== undefined) names.delete(oldest);
      return null;
    },
    forget(name) {
      names.delete(name);
    },
  };
}
