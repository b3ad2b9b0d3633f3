/** Becoming a member: an account, its first pseud, its credentials and recovery codes, all or nothing. */
import type { Tx } from '../../platform/db/tables.ts';
import { siteSettings } from '../site/index.ts';
import { createAccount } from './actions.ts';
import { giveAddress } from './addresses.actions.ts';
import { holdName, insertCredentials, signIn, type Browser, type NewCredentials } from './credentials.actions.ts';
import { consumeInvitation } from './invitations.actions.ts';
import { replaceCodes } from './recovery-codes.actions.ts';

export interface Newcomer extends NewCredentials {
  pseud: string;
  /** The code of an invitation as it was typed; '' for none. */
  invitation: string;
  /** Where they want mail; null for nowhere. A letter asks to confirm it. */
  address: string | null;
}

export type JoinRefusal = 'closed' | 'invitation' | 'name-taken';

/** Lets somebody join as the host allows it at this moment. What they typed is checked before. @returns their session and codes. */
export async function join(
  tx: Tx,
  now: number,
  newcomer: Newcomer,
  browser: Browser,
): Promise<{ token: string; codes: string[] } | { refusal: JoinRefusal }> {
  const { joining } = await siteSettings(tx);
  if (joining === 'closed') return { refusal: 'closed' };
  if (joining === 'invitation' && !(await consumeInvitation(tx, now, newcomer.invitation)))
    return { refusal: 'invitation' };
  await holdName(tx, newcomer.name);
  const { accountId } = await createAccount(tx, now, { pseud: newcomer.pseud, roles: ['member'] });
  if (!(await insertCredentials(tx, now, accountId, newcomer))) return { refusal: 'name-taken' };
  const codes = await replaceCodes(tx, now, accountId);
  if (newcomer.address !== null) await giveAddress(tx, now, accountId, newcomer.address);
  return { token: await signIn(tx, now, accountId, browser), codes };
}
