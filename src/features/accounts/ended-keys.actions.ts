/** What is over and stands for nothing any more: half sign-ins, questions, keys nobody confirmed, tokens and invitations that ended. */
import type { Tx } from '../../platform/db/tables.ts';
import { KEY_SHOWN_MS } from './authenticator/authenticator.queries.ts';
import { forgetOldInvitations } from './ended-invitations.actions.ts';
import { forgetEndedChallenges } from './passkeys/passkeys.actions.ts';
import { forgetOldTries } from './passwords/tries.actions.ts';
import { forgetOldAnswers } from './tokens/answers.actions.ts';
import { forgetEndedTokens } from './tokens/tokens.actions.ts';
import './keys.tables.ts';

/** Removes what has ended. */
export async function forgetEndedKeys(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('half_sessions').where('ends_at', '<=', now).execute();
  await forgetEndedChallenges(tx, now);
  await tx
    .deleteFrom('authenticators')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<=', now - KEY_SHOWN_MS)
    .execute();
  await forgetOldTries(tx, now);
  await forgetOldAnswers(tx, now);
  await forgetEndedTokens(tx, now);
  await forgetOldInvitations(tx, now);
}
