/** Changes of passkeys, and the questions that are asked of them: each is answered once, or never. */
import { lockNames } from '../../../platform/db/locks.ts';
import { newPublicId } from '../../../platform/db/public-id.ts';
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import { signIn, type Browser } from '../credentials.actions.ts';
import { noteHappening } from '../happenings.actions.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { rememberSpent } from '../spent.actions.ts';
import { CHALLENGE_MS, type NewPasskey } from './ceremony.ts';
import type { KeptPasskey } from './passkeys.queries.ts';
import '../keys.tables.ts';
import '../tables.ts';

/** Any number is meant; beyond this it is a flood. */
export const PASSKEYS_EACH = 25;
const DAY_MS = 86_400_000;

/** Keeps that a question was asked. `accountId`: whose passkey is to be added; null where somebody signs in. @returns the question. */
export async function askChallenge(tx: Tx, now: number, accountId: number | null): Promise<string> {
  const challenge = newSecret();
  await forgetEndedChallenges(tx, now);
  await tx
    .insertInto('passkey_challenges')
    .values({ challenge_hash: hashOfSecret(challenge), account_id: accountId, ends_at: now + CHALLENGE_MS })
    .execute();
  return challenge;
}

/** Takes a question back, whatever becomes of its answer. @returns false when it was not asked of them, is answered or over. */
export async function takeChallenge(
  tx: Tx,
  now: number,
  challenge: string,
  accountId: number | null,
): Promise<boolean> {
  const taken = await tx
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashOfSecret(challenge))
    .where('ends_at', '>', now)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .returning('ends_at')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Removes questions that nobody answered. */
export async function forgetEndedChallenges(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('passkey_challenges').where('ends_at', '<=', now).execute();
}

/** What an account's passkeys call it: random, made with the first one. */
export async function ensurePasskeyUser(tx: Tx, accountId: number): Promise<string> {
  await tx
    .insertInto('passkey_users')
    .values({ account_id: accountId, handle: newSecret() })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
  const { handle } = await tx
    .selectFrom('passkey_users')
    .select('handle')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return handle;
}

/** Adds a passkey that was made and checked. One that is known, here or elsewhere, is refused. */
export async function addPasskey(
  tx: Tx,
  now: number,
  accountId: number,
  passkey: NewPasskey & { name: string },
): Promise<{ publicId: string } | { refusal: 'known' | 'too-many' }> {
  await lockNames(tx, [`the passkeys of account ${accountId}`]);
  const { count } = await tx
    .selectFrom('passkeys')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= PASSKEYS_EACH) return { refusal: 'too-many' };
  const publicId = newPublicId();
  const added = await tx
    .insertInto('passkeys')
    .values({
      public_id: publicId,
      account_id: accountId,
      credential_hash: hashOfSecret(passkey.credentialId),
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      name: passkey.name,
      created_at: now,
      used_on: null,
    })
    .onConflict((conflict) => conflict.column('credential_hash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return { refusal: 'known' };
  await noteHappening(tx, now, accountId, 'passkey-added');
  await append(tx, now, { kind: 'account.passkey-added', subject: 'account', subjectId: accountId });
  return { publicId };
}

/** Calls a passkey something else. @returns false when the account has no such passkey. */
export async function renamePasskey(tx: Tx, accountId: number, publicId: string, name: string): Promise<boolean> {
  const renamed = await tx
    .updateTable('passkeys')
    .set({ name })
    .where('account_id', '=', accountId)
    .where('public_id', '=', publicId)
    .returning('id')
    .executeTakeFirst();
  return renamed !== undefined;
}

/** Removes a passkey, for a copy that is restored, too. @returns false when the account has no such passkey. */
export async function removePasskey(tx: Tx, now: number, accountId: number, publicId: string): Promise<boolean> {
  const removed = await tx
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('public_id', '=', publicId)
    .returning('credential_hash')
    .executeTakeFirst();
  if (!removed) return false;
  await rememberSpent(tx, now, [removed.credential_hash]);
  await noteHappening(tx, now, accountId, 'passkey-removed');
  await append(tx, now, { kind: 'account.passkey-removed', subject: 'account', subjectId: accountId });
  return true;
}

/**
 * Signs in by a passkey whose signature was checked. Refused when it was removed, or used with the same counter, in the
 * meantime.
 */
export async function signInByPasskey(
  tx: Tx,
  now: number,
  passkey: KeptPasskey,
  counter: number,
  browser: Browser,
): Promise<{ token: string } | { refusal: 'over' }> {
  const used = await tx
    .updateTable('passkeys')
    .set({ counter, used_on: now - (now % DAY_MS) })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .returning('id')
    .executeTakeFirst();
  return used ? { token: await signIn(tx, now, passkey.accountId, browser, now) } : { refusal: 'over' };
}
