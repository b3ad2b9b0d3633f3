/** What an account chooses for itself. */
import { lockNames } from '../../platform/db/locks.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { AccountPreferences } from './preferences.ts';
import { preferencesOf } from './preferences.queries.ts';
import './tables.ts';

/** Keeps what an account has chosen; what is not said stays as it was. The values have been read by their lists before. */
export async function choosePreferences(
  tx: Tx,
  now: number,
  accountId: number,
  chosen: Partial<AccountPreferences>,
): Promise<void> {
  await lockNames(tx, [`the preferences of account ${accountId}`]);
  const before = await preferencesOf(tx, accountId);
  const kept = JSON.stringify({ ...before, ...chosen });
  // Who wants to be asked again is, also where they are signed in already.
  if (before.adult === 'always' && chosen.adult === 'ask')
    await tx.updateTable('sessions').set({ adult: 0 }).where('account_id', '=', accountId).execute();
  await tx
    .insertInto('account_preferences')
    .values({ account_id: accountId, chosen: kept })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ chosen: kept }))
    .execute();
  await append(tx, now, { kind: 'account.preferences-chosen', subject: 'account', subjectId: accountId });
}
