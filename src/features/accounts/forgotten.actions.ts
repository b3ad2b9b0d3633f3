/** A new password for who has forgotten theirs, by a link that is sent to the address of the account. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { forgetDevices, noteHappening } from './happenings.actions.ts';
import { LETTER } from './letter-kinds.ts';
import { PASSWORD_LINK_MS, PASSWORD_LINKS } from './mail-limits.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import { endOtherWaysIn } from './ways-in.actions.ts';
import './tables.ts';

/** Puts a letter for an account, or, for null, the same work for nobody: how long it takes must not say which. */
export async function askForNewPassword(tx: Tx, now: number, accountId: number | null): Promise<void> {
  await enqueue(tx, now, { kind: LETTER.newPassword, payload: { account: accountId } });
}

/**
 * Makes a link for a letter. Null for an account that cannot be written to, or has been sent enough: several lately, while one of
 * them is still good. Where none is, one more always goes, for otherwise anybody who knows a name could keep its person out.
 */
export async function makePasswordLink(
  tx: Tx,
  now: number,
  accountId: number,
): Promise<{ to: string; token: string } | null> {
  await lockNames(tx, [`the addresses of account ${accountId}`]);
  const to = await mailAddressOf(tx, accountId);
  const lately = await tx
    .selectFrom('password_links')
    .select('ends_at')
    .where('account_id', '=', accountId)
    .where('created_at', '>', now - PASSWORD_LINKS.within)
    .execute();
  const isOneGood = lately.some((link) => link.ends_at > now + PASSWORD_LINKS.left);
  if (to === null || (isOneGood && lately.length >= PASSWORD_LINKS.most)) return null;
  const token = newSecret();
  await tx
    .insertInto('password_links')
    .values({
      link_hash: hashOfSecret(token),
      account_id: accountId,
      created_at: now,
      ends_at: now + PASSWORD_LINK_MS,
    })
    .execute();
  return { to, token };
}

/** Takes a link back whose letter was not sent. */
export async function takeBackPasswordLink(tx: Tx, token: string): Promise<void> {
  await tx.deleteFrom('password_links').where('link_hash', '=', hashOfSecret(token)).execute();
}

/**
 * Uses a link up and sets a new password. Every session, every other link and all else that lets in ends, and no browser is known
 * any more; nobody is signed in by it. @returns new recovery codes, or null where an authenticator stays.
 */
export async function setPasswordByLink(
  tx: Tx,
  now: number,
  { token, passwordHash }: { token: string; passwordHash: string },
): Promise<{ accountId: number; codes: string[] | null } | { refusal: 'over' }> {
  const used = await tx
    .deleteFrom('password_links')
    .where('link_hash', '=', hashOfSecret(token))
    .where('ends_at', '>', now)
    .returning('account_id')
    .executeTakeFirst();
  if (!used) return { refusal: 'over' };
  const accountId = used.account_id;
  await tx.deleteFrom('password_links').where('account_id', '=', accountId).execute();
  await tx
    .updateTable('credentials')
    .set({ password_hash: passwordHash, changed_at: now })
    .where('account_id', '=', accountId)
    .execute();
  await tx.deleteFrom('sessions').where('account_id', '=', accountId).execute();
  await forgetDevices(tx, accountId, null);
  const { codes } = await endOtherWaysIn(tx, now, accountId, 'link');
  await noteHappening(tx, now, accountId, 'password-changed');
  await append(tx, now, { kind: 'account.password-changed', subject: 'account', subjectId: accountId });
  return { accountId, codes };
}

/** Forgets links that have ended and count no more. */
export async function forgetOldPasswordLinks(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('password_links')
    .where('created_at', '<=', now - PASSWORD_LINKS.within)
    .execute();
}
