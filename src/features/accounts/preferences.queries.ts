/** What an account has chosen. A page of a signed-in reader has it with the session; this is for what is done beside pages. */
import type { Handle } from '../../platform/db/tables.ts';
import { readPreferences, type AccountPreferences } from './preferences.ts';
import './tables.ts';

export async function preferencesOf(handle: Handle, accountId: number): Promise<AccountPreferences> {
  const row = await handle
    .selectFrom('account_preferences')
    .select('chosen')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return readPreferences(row?.chosen ?? null);
}
