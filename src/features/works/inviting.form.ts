/** Somebody who is invited to co-create, as a form or a program names them. */
import { notToBeAsked, SEVERAL_OF_THAT_NAME, type NamesTried, type Viewer } from '../accounts/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import type { InvitingRefusal } from './co-creators.actions.ts';

export interface InvitingNeeds {
  /** One count for all ways in: an answer tells who takes invitations. */
  tried: NamesTried;
}

/** A pseud by its name, or by the address of its page. */
export function invitedName(typed: string): string {
  return typed.trim().slice(0, TITLE_CHARACTERS);
}

/** What keeps a name from being asked at all, as a sentence; null when nothing does. Takes one of the account's tries. */
export async function nameProblem(tried: NamesTried, viewer: Viewer, named: string): Promise<string | null> {
  return named === '' ? 'Type the name of who you invite.' : tried.take(viewer);
}

/** A refusal as the sentence beside the name. */
export function invitingWords({ refusal }: Exclude<InvitingRefusal, { refusal: 'not-found' }>, typed: string): string {
  switch (refusal) {
    case 'several':
      return SEVERAL_OF_THAT_NAME;
    case 'answered':
      return `${typed} is invited or in the byline already, or not to be asked again.`;
    case 'too-many':
      return 'A work has at most 50 creators and invitations.';
    case 'nobody':
    case 'not-found':
      return notToBeAsked(typed, 'invitations');
  }
}
