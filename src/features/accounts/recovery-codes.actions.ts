/** Making recovery codes, and taking them back. What was taken back stays void in a copy that is restored. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { RECOVERY_CODES } from './account.ts';
import { newCode } from './recovery-code.ts';
import { hashOfSecret } from './secret.ts';
import { rememberSpent } from './spent.actions.ts';
import './tables.ts';

/** Makes an account's recovery codes; those it had before are void. @returns them: they are kept as hashes only. */
export async function replaceCodes(tx: Tx, now: number, accountId: number): Promise<string[]> {
  await voidCodes(tx, now, accountId, 0);
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ code_hash: hashOfSecret(code), account_id: accountId, created_at: now })))
    .execute();
  return codes;
}

/** Makes an account's recovery codes void, of those that were made at a moment or later. */
export async function voidCodes(tx: Tx, now: number, accountId: number, since: number): Promise<void> {
  await lockNames(tx, [`the recovery codes of account ${accountId}`]);
  const gone = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('created_at', '>=', since)
    .returning('code_hash')
    .execute();
  await rememberSpent(
    tx,
    now,
    gone.map((row) => row.code_hash),
  );
}
