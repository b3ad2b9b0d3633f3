/** A sign-in whose password was right and whose code is waited for. It stands for nothing but the question. */
import type { Handle, Tx } from '../../../platform/db/tables.ts';
import { signIn, type Browser } from '../credentials.actions.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { useFactor } from './authenticator.actions.ts';
import { isAskedForCode } from './authenticator.queries.ts';
import type { Factor } from './second-factor.ts';
import '../keys.tables.ts';
import '../tables.ts';

/** A code can be typed for this long after the password. */
export const HALF_SESSION_MS = 10 * 60_000;

/**
 * Signs in by a password that was compared, or keeps that it was right where the account has an authenticator. Refused when
 * the password was changed in the meantime.
 */
export async function signInByPassword(
  tx: Tx,
  now: number,
  proven: { accountId: number; passwordHash: string },
  browser: Browser,
): Promise<{ token: string } | { half: string } | { refusal: 'changed' }> {
  const { accountId, passwordHash } = proven;
  const still = await tx
    .selectFrom('credentials')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('password_hash', '=', passwordHash)
    .executeTakeFirst();
  if (!still) return { refusal: 'changed' };
  if (!(await isAskedForCode(tx, accountId))) return { token: await signIn(tx, now, accountId, browser) };
  const half = newSecret();
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).where('ends_at', '<=', now).execute();
  await tx
    .insertInto('half_sessions')
    .values({
      token_hash: hashOfSecret(half),
      account_id: accountId,
      proof: hashOfSecret(passwordHash),
      ends_at: now + HALF_SESSION_MS,
    })
    .execute();
  return { half };
}

/** @returns the account whose code is waited for, or null when that is over. */
export async function halfSessionOf(handle: Handle, token: string, now: number): Promise<number | null> {
  const row = await handle
    .selectFrom('half_sessions')
    .innerJoin('credentials', 'credentials.account_id', 'half_sessions.account_id')
    .select(['half_sessions.account_id', 'half_sessions.proof', 'credentials.password_hash'])
    .where('half_sessions.token_hash', '=', hashOfSecret(token))
    .where('half_sessions.ends_at', '>', now)
    .executeTakeFirst();
  return row && row.proof === hashOfSecret(row.password_hash) ? row.account_id : null;
}

/** Ends the question and begins a session under a new token; `factor` was compared before, and is used up. */
export async function finishSignIn(
  tx: Tx,
  now: number,
  half: string,
  factor: Factor,
  browser: Browser,
): Promise<{ token: string; accountId: number } | { refusal: 'over' | 'used' }> {
  const accountId = await halfSessionOf(tx, half, now);
  if (accountId === null) return { refusal: 'over' };
  if (!(await useFactor(tx, now, accountId, factor))) return { refusal: 'used' };
  const ended = await tx
    .deleteFrom('half_sessions')
    .where('token_hash', '=', hashOfSecret(half))
    .returning('account_id')
    .executeTakeFirst();
  if (!ended) return { refusal: 'over' };
  return { token: await signIn(tx, now, accountId, browser, now), accountId };
}
