/** Changes of what an account may do. Who may make them, and why, is checked and logged by who calls. */
import { lockNames } from '../../platform/db/locks.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Role } from './account.ts';
import './tables.ts';

export type RoleRefusal = { refusal: 'last-owner' };

/** Sets whether an account may change anything. `until`: when a suspension ends by itself; null for never. */
export async function setStanding(
  tx: Tx,
  now: number,
  accountId: number,
  standing: { state: 'active' | 'suspended' | 'banned'; until: number | null },
): Promise<void> {
  const until = standing.state === 'suspended' ? standing.until : null;
  await tx
    .updateTable('accounts')
    .set({ state: standing.state, suspended_until: until })
    .where('id', '=', accountId)
    .execute();
  await append(tx, now, { kind: 'account.standing-changed', subject: 'account', subjectId: accountId });
}

/**
 * Gives an account a role; one that it has already is fine. Its sessions end: what was signed in before the rise never
 * carries the new right, should somebody else hold it too (OWASP's rule on session fixation). An owner has every right
 * already and stays signed in.
 */
export async function giveRole(tx: Tx, now: number, accountId: number, role: Role): Promise<void> {
  const held = await tx.selectFrom('account_roles').select('role').where('account_id', '=', accountId).execute();
  if (!held.some((one) => one.role === 'owner' || one.role === role))
    await tx.deleteFrom('sessions').where('account_id', '=', accountId).execute();
  await tx
    .insertInto('account_roles')
    .values({ account_id: accountId, role })
    .onConflict((conflict) => conflict.columns(['account_id', 'role']).doNothing())
    .execute();
  await append(tx, now, { kind: 'account.role-given', subject: 'account', subjectId: accountId });
}

/** Takes a role from an account; one that it has not is fine. An archive never loses its last owner. */
export async function takeRole(tx: Tx, now: number, accountId: number, role: Role): Promise<RoleRefusal | null> {
  // Two owners who take the role from each other do it one after the other.
  await lockNames(tx, ['the owner of the archive']);
  if (role === 'owner') {
    const other = await tx
      .selectFrom('account_roles')
      .select('account_id')
      .where('role', '=', 'owner')
      .where('account_id', '<>', accountId)
      .limit(1)
      .executeTakeFirst();
    if (!other) return { refusal: 'last-owner' };
  }
  await tx.deleteFrom('account_roles').where('account_id', '=', accountId).where('role', '=', role).execute();
  await append(tx, now, { kind: 'account.role-taken', subject: 'account', subjectId: accountId });
  return null;
}
