/** The second thing that is asked of who has an authenticator: a code of the app, or one of the recovery codes. */
import type { Handle } from '../../../platform/db/tables.ts';
import { hasRecoveryCode } from '../credentials.queries.ts';
import type { Door } from '../passwords/door.ts';
import { typedCode } from '../recovery-code.ts';
import { authenticatorOf, sealedFor } from './authenticator.queries.ts';
import { stepOfCode, typedDigits } from './codes.ts';

/** What was compared; it is used up in the transaction of what it is for. */
export type Factor = { kind: 'step'; keyHash: string; step: number } | { kind: 'recovery-code'; code: string };

export const WRONG_CODE = 'This code is not right, or was used before. Type the one that the app shows now.';

/**
 * Compares a code with the authenticator of an account, or with its recovery codes. Tries of codes are counted for the
 * account, with a wait that never grows beyond a quarter of an hour; a recovery code has 100 bits and is compared at any time.
 * @returns what was compared, or a sentence that says why not.
 */
export async function proveSecondFactor(
  place: { handle: Handle; door: Door; now: number },
  accountId: number,
  typed: string,
): Promise<Factor | string> {
  const { handle, door, now } = place;
  const { seal } = door;
  if (typed.trim() === '') return 'Type the code that your app shows, or a recovery code.';
  const digits = typedDigits(typed);
  if (digits === null) {
    const code = typedCode(typed);
    return (await hasRecoveryCode(handle, accountId, code)) ? { kind: 'recovery-code', code } : WRONG_CODE;
  }
  const tried = `code of account ${accountId}`;
  const wait = await door.tries.take(tried);
  if (wait !== null) return `Those were many tries. Try again in ${wait} seconds, or use a recovery code.`;
  const kept = await authenticatorOf(handle, accountId);
  const key = kept && kept.confirmedAt !== null ? await seal.open(kept.sealedKey, sealedFor(accountId)) : null;
  const step = key && stepOfCode(key, digits, now);
  if (!kept || step === null || step <= kept.lastStep) return WRONG_CODE;
  await door.tries.forget(tried);
  return { kind: 'step', keyHash: kept.keyHash, step };
}
