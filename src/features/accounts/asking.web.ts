/** Asking somebody by their name, to create together or to take a gift: how often an account may try, for an answer tells who can be asked. */
import { limit } from '../../platform/http/limit.ts';
import type { Viewer } from './viewer.ts';

const NAMES_AN_HOUR = { points: 60, seconds: 3600 };

export interface NamesTried {
  /** Takes one try from those of an account. @returns a sentence when there is none left, else null. */
  take(viewer: Viewer): Promise<string | null>;
}

/** One count for each account, over all ways in that are handed it. */
export function namesTried(): NamesTried {
  const tries = limit(NAMES_AN_HOUR.points, NAMES_AN_HOUR.seconds);
  return {
    async take({ accountId }) {
      const wait = await tries.take(String(accountId));
      return wait === null ? null : `You have tried many names. Try again in ${Math.ceil(wait / 60)} minutes.`;
    },
  };
}
