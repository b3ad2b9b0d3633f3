/** Changes of what pseuds are open for. */
import type { Flag, Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import './tables.ts';

/** Opens those of the account's own pseuds that are named by their public ids, and shuts all its others. */
export async function setOpenness(
  tx: Tx,
  now: number,
  accountId: number,
  open: { coCreation: readonly string[]; gifts: readonly string[] },
): Promise<void> {
  const pseuds = await tx
    .selectFrom('pseuds')
    .select(['id', 'public_id'])
    .where('account_id', '=', accountId)
    .execute();
  for (const pseud of pseuds) {
    const flags = {
      co_creation: flag(open.coCreation.includes(pseud.public_id)),
      gifts: flag(open.gifts.includes(pseud.public_id)),
    };
    await tx
      .insertInto('pseud_openness')
      .values({ pseud_id: pseud.id, ...flags })
      .onConflict((conflict) => conflict.column('pseud_id').doUpdateSet(flags))
      .execute();
  }
  await append(tx, now, { kind: 'account.openness-changed', subject: 'account', subjectId: accountId });
}

function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
