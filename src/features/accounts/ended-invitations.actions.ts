/** Invitations that were used, withdrawn or ran out, once nobody asks what became of them any more. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { INVITATION_KEPT_MS } from './account.ts';
import './tables.ts';

/**
 * Removes them. How many of an account were used stays counted. A restored copy in which one of them was not used yet
 * withdraws it, as it does with all, so what was used stays used.
 */
export async function forgetOldInvitations(tx: Tx, now: number): Promise<void> {
  const before = now - INVITATION_KEPT_MS;
  const old = await tx
    .selectFrom('invitations')
    .select(['id', 'account_id', 'used_at'])
    .where((where) =>
      where.or([
        where('used_at', '<=', before),
        where.and([where('used_at', 'is', null), where('withdrawn_at', '<=', before)]),
        where.and([where('used_at', 'is', null), where('withdrawn_at', 'is', null), where('ends_at', '<=', before)]),
      ]),
    )
    .orderBy('id')
    .execute();
  const used = Map.groupBy(
    old.filter((row) => row.used_at !== null),
    (row) => row.account_id,
  );
  for (const [accountId, rows] of used) {
    await tx
      .updateTable('accounts')
      .set((set) => ({ invitations_used: set('invitations_used', '+', rows.length) }))
      .where('id', '=', accountId)
      .execute();
  }
  for (const piece of chunks(old.map((row) => row.id)))
    await tx.deleteFrom('invitations').where('id', 'in', piece).execute();
}
