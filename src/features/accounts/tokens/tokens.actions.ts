/** Changes of tokens. A token is shown once; its hash is kept. */
import { lockNames } from '../../../platform/db/locks.ts';
import { newPublicId } from '../../../platform/db/public-id.ts';
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import { noteHappening } from '../happenings.actions.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { rememberSpent } from '../spent.actions.ts';
import { TOKEN_PREFIX, type Scope } from './scopes.ts';
import '../keys.tables.ts';
import '../tables.ts';

/** Any number is meant; beyond this it is a flood. */
export const TOKENS_EACH = 50;
const DAY_MS = 86_400_000;
/** A token that has ended stands in the list for this long, so that its person sees why a program has stopped. */
const ENDED_SHOWN_MS = 90 * DAY_MS;

/** Makes a token. `endsAt` null: until it is revoked. @returns the token itself, which is kept nowhere. */
export async function makeToken(
  tx: Tx,
  now: number,
  accountId: number,
  wanted: { name: string; scopes: readonly Scope[]; endsAt: number | null },
): Promise<{ token: string } | { refusal: 'too-many' }> {
  await lockNames(tx, [`the tokens of account ${accountId}`]);
  const { count } = await tx
    .selectFrom('api_tokens')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= TOKENS_EACH) return { refusal: 'too-many' };
  const token = TOKEN_PREFIX + newSecret();
  await tx
    .insertInto('api_tokens')
    .values({
      public_id: newPublicId(),
      token_hash: hashOfSecret(token),
      account_id: accountId,
      name: wanted.name,
      scopes: wanted.scopes.join(' '),
      created_at: now,
      ends_at: wanted.endsAt,
      used_on: null,
    })
    .execute();
  await noteHappening(tx, now, accountId, 'token-made');
  await append(tx, now, { kind: 'account.token-made', subject: 'account', subjectId: accountId });
  return { token };
}

/** Ends a token at once, for a copy that is restored, too. @returns false when the account has no such token. */
export async function revokeToken(tx: Tx, now: number, accountId: number, publicId: string): Promise<boolean> {
  const revoked = await tx
    .deleteFrom('api_tokens')
    .where('account_id', '=', accountId)
    .where('public_id', '=', publicId)
    .returning('token_hash')
    .executeTakeFirst();
  if (!revoked) return false;
  await rememberSpent(tx, now, [revoked.token_hash]);
  await noteHappening(tx, now, accountId, 'token-revoked');
  await append(tx, now, { kind: 'account.token-revoked', subject: 'account', subjectId: accountId });
  return true;
}

/** Ends all tokens of an account at once: whoever lost the password may have lost them, too. */
export async function revokeAllTokens(tx: Tx, now: number, accountId: number): Promise<void> {
  const revoked = await tx
    .deleteFrom('api_tokens')
    .where('account_id', '=', accountId)
    .returning('token_hash')
    .execute();
  await rememberSpent(
    tx,
    now,
    revoked.map((row) => row.token_hash),
  );
}

/** The day a moment lies in, by its first moment: more is not kept of when a token is used. */
export function dayOf(now: number): number {
  return now - (now % DAY_MS);
}

/** Writes down the day a token was used. */
export async function touchToken(tx: Tx, now: number, id: number): Promise<void> {
  await tx
    .updateTable('api_tokens')
    .set({ used_on: dayOf(now) })
    .where('id', '=', id)
    .execute();
}

/** Removes tokens that ended long ago. */
export async function forgetEndedTokens(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('api_tokens')
    .where('ends_at', '<=', now - ENDED_SHOWN_MS)
    .execute();
}
