/** Gifts: a work for a pseud here, or for somebody elsewhere. Pure. */
import { creatorPath } from '../works/index.ts';

/** `waiting` for the recipient's answer; shown when `accepted`; `refused` is remembered. A name alone is accepted at once. */
export type GiftState = 'waiting' | 'accepted' | 'refused';

/** Recipients of one work. */
export const GIFTS_PER_WORK = 50;
/** Characters of a name of somebody elsewhere. */
export const GIFT_NAME_CHARACTERS = 100;

/** What is wrong with a name of somebody elsewhere, in one sentence, or null. */
export function giftNameProblem(name: string): string | null {
  if (name === '') return 'Type a name.';
  if ([...name].length > GIFT_NAME_CHARACTERS) return `A name has at most ${GIFT_NAME_CHARACTERS} characters.`;
  return /[\p{L}\p{N}]/u.test(name) ? null : 'A name needs a letter or a digit.';
}

/** Where the works stand that were given to a pseud. */
export function giftsPath(pseud: { publicId: string; name: string }): string {
  return `${creatorPath(pseud)}/gifts`;
}
