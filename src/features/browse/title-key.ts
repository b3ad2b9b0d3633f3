/** The key by which lists sort titles: "The Bees" stands beside "Bees" and "“Bees”". Pure. */
import { nameKey } from '../../platform/db/name-key.ts';

/** Punctuation, and signs that people put before a title like punctuation: ~ < + ^ and the backtick. */
const LEADING_PUNCTUATION = /^[\p{P}\p{Sm}\p{Sk}\s]+/u;
const LEADING_ARTICLE = /^(?:a|an|the) /;

/**
 * @returns `nameKey` without leading punctuation and one leading English article that a space follows. A title that has
 * nothing else keeps what it has: "…" and "A" are not ''. Only '' and white space become ''.
 */
export function titleKey(title: string): string {
  const key = nameKey(title);
  const bare = key.replace(LEADING_PUNCTUATION, '') || key;
  return bare.replace(LEADING_ARTICLE, '').replace(LEADING_PUNCTUATION, '') || bare;
}
