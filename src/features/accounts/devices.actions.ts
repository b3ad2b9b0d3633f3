/** Signing out from afar: a person ends sessions of their own account and nobody else's. */
import type { Tx } from '../../platform/db/tables.ts';
import { forgetDevices } from './happenings.actions.ts';
import { hashOfSecret } from './secret.ts';
import { revokeAllTokens } from './tokens/tokens.actions.ts';
import './keys.tables.ts';
import './tables.ts';

/** Ends one session of an account. @returns false when it has no such session. */
export async function endDevice(tx: Tx, accountId: number, publicId: string): Promise<boolean> {
  const ended = await tx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('public_id', '=', publicId)
    .returning('public_id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends every session of an account but the one of a token. Browsers are unknown from then on, but the one with a mark. */
export async function endOtherDevices(
  tx: Tx,
  accountId: number,
  { token, mark }: { token: string; mark: string | null },
): Promise<void> {
  await forgetDevices(tx, accountId, mark);
  await tx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('token_hash', '<>', hashOfSecret(token))
    .execute();
}

/** Ends all that can act for an account but the session of a token: other sessions, half sign-ins, tokens of programs. */
export async function endAllOthers(tx: Tx, now: number, accountId: number, token: string): Promise<void> {
  await endOtherDevices(tx, accountId, { token, mark: null });
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await revokeAllTokens(tx, now, accountId);
}
