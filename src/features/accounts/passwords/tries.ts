/**
 * Tries at one name's password. The first few are free; then each is followed by a wait that doubles, up to a bound: who
 * guesses gets nowhere, and nobody is locked out for good. For names that exist and names that do not. Pure.
 */

/** Tries before there is a wait. */
export const FREE_TRIES = 5;
/** The longest wait. */
export const LONGEST_WAIT_MS = 15 * 60_000;
/** Tries are forgotten when none came for this long. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

export interface Tries {
  /** Counts one try, before it is known how it ends. @returns seconds to wait when it must not be made, else null. */
  take(name: string): Promise<number | null>;
  /** Forgets the tries of a name: one was right. */
  forget(name: string): Promise<void>;
}

export interface Tried {
  count: number;
  last: number;
  until: number;
}

/** One more try after those before, or the seconds to wait before there is one. `before`: null for the first. */
export function oneMoreTry(before: Tried | null, at: number): { tried: Tried } | { wait: number } {
  if (before && before.until > at) return { wait: Math.ceil((before.until - at) / 1000) };
  const count = (before && at - before.last < FORGOTTEN_AFTER_MS ? before.count : 0) + 1;
  const pause = count < FREE_TRIES ? 0 : Math.min(1000 * 2 ** (count - FREE_TRIES), LONGEST_WAIT_MS);
  return { tried: { count, last: at, until: at + pause } };
}
