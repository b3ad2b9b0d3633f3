/**
 * Putting out whoever else got in. A new password alone does not: an intruder who knew the old one may have added a passkey,
 * made tokens and recovery codes, turned on an authenticator of their own, or given the account their own address.
 */
import type { Tx } from '../../platform/db/tables.ts';
import { endNewAddress, forgetWaitingAddress } from './addresses.actions.ts';
import { removeAuthenticator } from './authenticator/authenticator.actions.ts';
import { isAskedForCode } from './authenticator/authenticator.queries.ts';
import { noteHappening } from './happenings.actions.ts';
import { replaceCodes, voidCodes } from './recovery-codes.actions.ts';
import { rememberSpent } from './spent.actions.ts';
import { revokeAllTokens } from './tokens/tokens.actions.ts';
import { LATELY_MS } from './ways-in.ts';
import './keys.tables.ts';
import './tables.ts';

/** By what somebody has shown that the account is theirs: a link sent to its address, a recovery code, or what signing in asks for. */
export type Shown = 'link' | 'recovery-code' | 'password' | 'password-and-authenticator';

/**
 * Ends what lets in beside the password, in the transaction that sets a new one: passkeys, tokens, recovery codes, sign-ins that
 * wait for a code, addresses that wait to be confirmed. An authenticator turned on lately goes too, unless a code of it was shown;
 * so does an address confirmed lately, unless a link sent there was. What has guarded the account for longer stays.
 *
 * @returns new recovery codes. Null for who has shown a link alone where an authenticator stays: its letter box would be the way
 * round it. There codes made lately are void, and older ones stay, which its person may have in place of the app.
 */
export async function endOtherWaysIn(
  tx: Tx,
  now: number,
  accountId: number,
  shown: Shown,
): Promise<{ codes: string[] | null }> {
  const lately = now - LATELY_MS;
  await removePasskeys(tx, now, accountId);
  await revokeAllTokens(tx, now, accountId);
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('passkey_challenges').where('account_id', '=', accountId).execute();
  if (shown === 'link') await forgetWaitingAddress(tx, now, accountId);
  else await endNewAddress(tx, now, accountId, lately);
  if (shown !== 'password-and-authenticator') await endNewAuthenticator(tx, now, accountId, lately);
  const stays = shown === 'link' && (await isAskedForCode(tx, accountId));
  if (stays) await voidCodes(tx, now, accountId, lately);
  const codes = stays ? null : await replaceCodes(tx, now, accountId);
  await noteHappening(tx, now, accountId, 'others-ended');
  return { codes };
}

async function removePasskeys(tx: Tx, now: number, accountId: number): Promise<void> {
  const removed = await tx
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .returning('credential_hash')
    .execute();
  await rememberSpent(
    tx,
    now,
    removed.map((row) => row.credential_hash),
  );
}

async function endNewAuthenticator(tx: Tx, now: number, accountId: number, lately: number): Promise<void> {
  await tx.deleteFrom('authenticators').where('account_id', '=', accountId).where('confirmed_at', 'is', null).execute();
  const isNew = await tx
    .selectFrom('authenticators')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('confirmed_at', '>=', lately)
    .executeTakeFirst();
  if (isNew) await removeAuthenticator(tx, now, accountId);
}
