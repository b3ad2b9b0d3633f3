/** Who stands behind a pseud, and who holds which role: for those who look after the archive. Never for a public page. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { ROLES, type Role } from './account.ts';
import './tables.ts';

export interface AccountBehind {
  accountId: number;
  pseudId: number;
  publicId: string;
  pseud: string;
  roles: ReadonlySet<Role>;
}

/** The account behind a pseud; null where there is none. */
export async function accountBehind(handle: Handle, pseudPublicId: string): Promise<AccountBehind | null> {
  if (!isPublicId(pseudPublicId)) return null;
  const row = await handle
    .selectFrom('pseuds')
    .select(['id', 'account_id', 'name'])
    .where('public_id', '=', pseudPublicId)
    .executeTakeFirst();
  if (!row) return null;
  const roles = await handle
    .selectFrom('account_roles')
    .select('role')
    .where('account_id', '=', row.account_id)
    .execute();
  const held = new Set(roles.map((one) => one.role));
  return {
    accountId: row.account_id,
    pseudId: row.id,
    publicId: pseudPublicId,
    pseud: row.name,
    roles: new Set(ROLES.filter((role) => held.has(role))),
  };
}

/** Everybody with a role beyond a member's, each by the pseud they go by. */
export async function rolesHeld(handle: Handle): Promise<{ publicId: string; pseud: string; roles: Role[] }[]> {
  const rows = await handle
    .selectFrom('account_roles')
    .innerJoin('pseuds', 'pseuds.account_id', 'account_roles.account_id')
    .select(['account_roles.account_id', 'account_roles.role', 'pseuds.public_id', 'pseuds.name'])
    .where('account_roles.role', '<>', 'member')
    .where('pseuds.is_default', '=', 1)
    .orderBy('account_roles.account_id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.account_id).values()].flatMap((held) => {
    const [first] = held;
    const names = new Set(held.map((row) => row.role));
    return first
      ? [{ publicId: first.public_id, pseud: first.name, roles: ROLES.filter((role) => names.has(role)) }]
      : [];
  });
}

/** Whether an account is the archive's owner, and nobody else is. */
export async function isLastOwner(handle: Handle, accountId: number): Promise<boolean> {
  const owners = await handle
    .selectFrom('account_roles')
    .select('account_id')
    .where('role', '=', 'owner')
    .orderBy('account_id')
    .limit(2)
    .execute();
  return owners.length === 1 && owners[0]?.account_id === accountId;
}

/** Whether an account has a name and a password to sign in with. */
export async function hasCredentials(handle: Handle, accountId: number): Promise<boolean> {
  const row = await handle
    .selectFrom('credentials')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}
