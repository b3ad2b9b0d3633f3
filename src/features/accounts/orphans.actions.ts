/**
 * The account that keeps orphaned works. It is made when the first work is orphaned; it has no name to sign in with, no role and no
 * session, so nobody is behind it and nobody can become it.
 */
import { lockNames } from '../../platform/db/locks.ts';
import { nameKey } from '../../platform/db/name-key.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { ORPHAN_PSEUD } from './account.ts';
import './tables.ts';

/**
 * The pseud by which an orphaned work goes: one of this name, or `orphan_account` for none. Orphaned works that kept the same name
 * share one, as on AO3, and nothing says whose it was.
 */
export async function orphanPseud(tx: Tx, now: number, name: string | null): Promise<number> {
  await lockNames(tx, ['the account of orphaned works']);
  const accountId = await orphanAccount(tx, now);
  const goesBy = name ?? ORPHAN_PSEUD;
  const key = nameKey(goesBy);
  const there = await tx
    .selectFrom('pseuds')
    .select('id')
    .where('account_id', '=', accountId)
    .where('name_key', '=', key)
    .executeTakeFirst();
  if (there) return there.id;
  const { id } = await tx
    .insertInto('pseuds')
    .values({
      public_id: newPublicId(),
      account_id: accountId,
      name: goesBy,
      name_key: key,
      is_default: name === null ? 1 : 0,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function orphanAccount(tx: Tx, now: number): Promise<number> {
  const there = await tx.selectFrom('accounts').select('id').where('orphans', '=', 1).executeTakeFirst();
  if (there) return there.id;
  const { id } = await tx
    .insertInto('accounts')
    .values({ state: 'active', created_at: now, orphans: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'account.created', subject: 'account', subjectId: id });
  return id;
}
