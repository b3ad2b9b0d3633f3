/**
 * A request that makes something can carry a key of its program's choice (`Idempotency-Key`). Sent again, because the answer was
 * lost, it makes nothing twice and is answered as before.
 */
import { lockNames } from '../../../platform/db/locks.ts';
import type { Handle, Tx } from '../../../platform/db/tables.ts';
import { hashOfSecret } from '../secret.ts';
import '../keys.tables.ts';

/** An answer is kept for this long. */
export const ANSWER_KEPT_MS = 24 * 3_600_000;

/** A request as it can be known again: whose token, under which key, and what was asked. */
export interface KeyedRequest {
  tokenId: number;
  key: string;
  /** Method, path and body. */
  asked: string;
}

/** What a request was answered before, if it was; the same key for something else is refused. */
export async function answerKept(
  handle: Handle,
  now: number,
  { tokenId, key, asked }: KeyedRequest,
): Promise<{ answer: string } | { refusal: 'key-reused' } | null> {
  const row = await handle
    .selectFrom('api_answers')
    .select(['request_hash', 'answer'])
    .where('token_id', '=', tokenId)
    .where('key_hash', '=', hashOfSecret(key))
    .where('created_at', '>', now - ANSWER_KEPT_MS)
    .executeTakeFirst();
  if (!row) return null;
  return row.request_hash === hashOfSecret(asked) ? { answer: row.answer } : { refusal: 'key-reused' };
}

/** The same, asked by who is about to answer: holds the key until the transaction ends. */
export async function answeredBefore(
  tx: Tx,
  now: number,
  keyed: KeyedRequest,
): Promise<{ answer: string } | { refusal: 'key-reused' } | null> {
  await lockNames(tx, [`the answers to token ${keyed.tokenId}`]);
  return answerKept(tx, now, keyed);
}

/** Keeps what a request was answered, in the transaction that made it. `answer`: JSON, without anything that was sent. */
export async function keepAnswer(
  tx: Tx,
  now: number,
  { tokenId, key, asked }: KeyedRequest,
  answer: string,
): Promise<void> {
  const values = { request_hash: hashOfSecret(asked), answer, created_at: now };
  await tx
    .insertInto('api_answers')
    .values({ token_id: tokenId, key_hash: hashOfSecret(key), ...values })
    .onConflict((conflict) => conflict.columns(['token_id', 'key_hash']).doUpdateSet(values))
    .execute();
}

/** Removes answers that are kept no longer. */
export async function forgetOldAnswers(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('api_answers')
    .where('created_at', '<=', now - ANSWER_KEPT_MS)
    .execute();
}
