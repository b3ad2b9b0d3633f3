/** Somebody who is given a work, as the form or a program names them; and why they cannot be, in a sentence. */
import type { Tx } from '../../platform/db/tables.ts';
import { notToBeAsked, SEVERAL_OF_THAT_NAME, type NamesTried, type Viewer } from '../accounts/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import { giveWork, type GiftRefusal, type GiftTo } from './actions.ts';
import { giftNameProblem, GIFTS_PER_WORK } from './gift.ts';

/** A name as it was typed, on one line. */
export function giftName(typed: string): string {
  return typed
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, TITLE_CHARACTERS);
}

/** What keeps a name from being given to at all; null when nothing does. One of a pseud here takes one of the account's tries. */
export async function recipientProblem(tried: NamesTried, viewer: Viewer, to: GiftTo): Promise<string | null> {
  if ('name' in to) return giftNameProblem(to.name);
  return to.pseud === '' ? 'Type the name of who it is for.' : tried.take(viewer);
}

/** A refusal as the sentence beside the name. */
export function givingWords({ refusal }: GiftRefusal, named: string): string {
  switch (refusal) {
    case 'several':
      return SEVERAL_OF_THAT_NAME;
    case 'given':
      return `${named} has it already.`;
    case 'refused':
      return `${named} has said no to this gift.`;
    case 'too-many':
      return `A work is for ${GIFTS_PER_WORK} at most.`;
    case 'nobody':
    case 'not-found':
      return notToBeAsked(named, 'gifts');
  }
}

/** Gives a work to somebody whom `recipientProblem` let through. @returns a sentence where that cannot be; nothing is written then. */
export async function giveNamed(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workPublicId: string,
  to: GiftTo,
): Promise<string | null> {
  const given = await giveWork(tx, now, viewer, workPublicId, to);
  return 'refusal' in given ? givingWords(given, 'name' in to ? to.name : to.pseud) : null;
}
