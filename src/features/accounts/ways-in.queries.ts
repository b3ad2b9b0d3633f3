/** What lets in to an account beside its password, for that account alone. */
import type { Handle } from '../../platform/db/tables.ts';
import { recoveryCodesLeft } from './credentials.queries.ts';
import { passkeysOf } from './passkeys/passkeys.queries.ts';
import type { WaysIn } from './ways-in.ts';
import './keys.tables.ts';

/** How many there are of each; a token that has ended is none. */
export async function waysInTo(handle: Handle, now: number, accountId: number): Promise<WaysIn> {
  const { count } = await handle
    .selectFrom('api_tokens')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return {
    passkeys: (await passkeysOf(handle, accountId)).length,
    tokens: Number(count),
    codes: await recoveryCodesLeft(handle, accountId),
  };
}
