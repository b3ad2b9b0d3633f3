/** Changes of an account's authenticator. Keys come in sealed: sealing reads the disk, and a transaction waits for nothing. */
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import { noteHappening } from '../happenings.actions.ts';
import { hashOfSecret } from '../secret.ts';
import { rememberSpent } from '../spent.actions.ts';
import type { BothProofs } from './both-proofs.ts';
import type { Factor } from './second-factor.ts';
import '../keys.tables.ts';
import '../tables.ts';

/** Keeps a key that is shown in one session and no other, in place of one that was shown before. Refused where one is confirmed. */
export async function beginAuthenticator(
  tx: Tx,
  now: number,
  accountId: number,
  key: { sealed: string; hash: string; begunIn: string },
): Promise<{ begun: true } | { refusal: 'on-already' }> {
  await tx.deleteFrom('authenticators').where('account_id', '=', accountId).where('confirmed_at', 'is', null).execute();
  const begun = await tx
    .insertInto('authenticators')
    .values({
      account_id: accountId,
      sealed_key: key.sealed,
      key_hash: key.hash,
      created_at: now,
      confirmed_at: null,
      begun_in: key.begunIn,
      last_step: 0,
    })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .returning('account_id')
    .executeTakeFirst();
  return begun ? { begun: true } : { refusal: 'on-already' };
}

/**
 * Turns an authenticator on, by a code of `step` that was compared with the key of `keyHash`, in the session that key was shown
 * in. That code is used then.
 */
export async function confirmAuthenticator(
  tx: Tx,
  now: number,
  accountId: number,
  { keyHash, begunIn, step }: { keyHash: string; begunIn: string; step: number },
): Promise<{ on: true } | { refusal: 'over' }> {
  const confirmed = await tx
    .updateTable('authenticators')
    .set({ confirmed_at: now, begun_in: null, last_step: step })
    .where('account_id', '=', accountId)
    .where('key_hash', '=', keyHash)
    .where('begun_in', '=', begunIn)
    .where('confirmed_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst();
  if (!confirmed) return { refusal: 'over' };
  // A sign-in that began with the password alone goes no further.
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await noteHappening(tx, now, accountId, 'authenticator-on');
  await append(tx, now, { kind: 'account.authenticator-added', subject: 'account', subjectId: accountId });
  return { on: true };
}

/** Turns the authenticator off. Off it stays in a copy that is restored, too. */
export async function removeAuthenticator(tx: Tx, now: number, accountId: number): Promise<{ off: true }> {
  const removed = await tx
    .deleteFrom('authenticators')
    .where('account_id', '=', accountId)
    .returning('key_hash')
    .execute();
  await rememberSpent(
    tx,
    now,
    removed.map((row) => row.key_hash),
  );
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await noteHappening(tx, now, accountId, 'authenticator-off');
  await append(tx, now, { kind: 'account.authenticator-removed', subject: 'account', subjectId: accountId });
  return { off: true };
}

/**
 * Uses up what was shown for a change, in the transaction of that change. Refused when the password was changed, or the code
 * used, in the meantime; null when it holds.
 */
export async function useProofs(
  tx: Tx,
  now: number,
  { credentials: { accountId, passwordHash }, factor }: BothProofs,
): Promise<{ refusal: 'changed' | 'used' } | null> {
  const still = await tx
    .selectFrom('credentials')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('password_hash', '=', passwordHash)
    .executeTakeFirst();
  if (!still) return { refusal: 'changed' };
  if (factor && !(await useFactor(tx, now, accountId, factor))) return { refusal: 'used' };
  return null;
}

/** Uses up what was compared before: a step of time, or a recovery code. @returns false when it was used meanwhile. */
export async function useFactor(tx: Tx, now: number, accountId: number, factor: Factor): Promise<boolean> {
  if (factor.kind === 'recovery-code') {
    const hash = hashOfSecret(factor.code);
    const used = await tx
      .deleteFrom('recovery_codes')
      .where('account_id', '=', accountId)
      .where('code_hash', '=', hash)
      .returning('account_id')
      .executeTakeFirst();
    if (used) {
      await rememberSpent(tx, now, [hash]);
      await noteHappening(tx, now, accountId, 'code-used');
    }
    return used !== undefined;
  }
  const used = await tx
    .updateTable('authenticators')
    .set({ last_step: factor.step })
    .where('account_id', '=', accountId)
    .where('key_hash', '=', factor.keyHash)
    .where('last_step', '<', factor.step)
    .where('confirmed_at', 'is not', null)
    .returning('account_id')
    .executeTakeFirst();
  return used !== undefined;
}
