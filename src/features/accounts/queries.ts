/** Reads of accounts: who stands behind a session, which pseuds an account has. */
import type { Handle } from '../../platform/db/tables.ts';
import { ROLES, SESSION_IDLE_MS, SESSION_TOUCH_MS, type Role } from './account.ts';
import { hashOfSecret } from './secret.ts';
import { readPreferences, type AccountPreferences } from './preferences.ts';
import type { Viewer } from './viewer.ts';
import './tables.ts';

export interface LiveSession {
  viewer: Viewer;
  preferences: AccountPreferences;
  /** Whether its last use should be written down now. */
  stale: boolean;
}

/** @returns the session of a token that is still good, or null. One question, since every page of a reader asks it. */
export async function sessionOf(handle: Handle, token: string, now: number): Promise<LiveSession | null> {
  const rows = await handle
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('account_roles', 'account_roles.account_id', 'sessions.account_id')
    .leftJoin('account_preferences', 'account_preferences.account_id', 'sessions.account_id')
    .select([
      'sessions.account_id',
      'sessions.adult',
      'sessions.seen_at',
      'sessions.ends_at',
      'accounts.state',
      'accounts.suspended_until',
      'account_roles.role',
      'account_preferences.chosen',
    ])
    .where('sessions.token_hash', '=', hashOfSecret(token))
    .execute();
  const [row] = rows;
  if (!row || row.ends_at <= now || row.seen_at + SESSION_IDLE_MS <= now) return null;
  // A suspended or banned account keeps reading; it has no roles while that lasts.
  const roles = isInGoodStanding(row, now) ? knownRoles(rows.flatMap((one) => one.role ?? [])) : new Set<Role>();
  const preferences = readPreferences(row.chosen);
  return {
    viewer: { accountId: row.account_id, roles, adult: row.adult === 1 || preferences.adult === 'always' },
    preferences,
    stale: now - row.seen_at > SESSION_TOUCH_MS,
  };
}

/** Whether an account may do what its roles say: a suspension that is over holds nobody, though its row says so still. */
export function isInGoodStanding(account: { state: string; suspended_until: number | null }, now: number): boolean {
  if (account.state !== 'suspended') return account.state === 'active';
  return account.suspended_until !== null && account.suspended_until <= now;
}

function knownRoles(names: readonly string[]): Set<Role> {
  const known = new Set<string>(ROLES);
  return new Set(names.filter((role): role is Role => known.has(role)));
}

async function rolesOf(handle: Handle, accountId: number): Promise<Set<Role>> {
  const rows = await handle.selectFrom('account_roles').select('role').where('account_id', '=', accountId).execute();
  return knownRoles(rows.map((row) => row.role));
}

export interface OwnPseud {
  id: number;
  publicId: string;
  name: string;
}

/** The pseud an account goes by where it has not chosen another. */
export async function defaultPseud(handle: Handle, accountId: number): Promise<OwnPseud> {
  const row = await handle
    .selectFrom('pseuds')
    .select(['id', 'public_id', 'name'])
    .where('account_id', '=', accountId)
    .orderBy('is_default', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { id: row.id, publicId: row.public_id, name: row.name };
}

/** By what a browser knows an account's own things on the device: it tells nothing of the account, and cannot be guessed from it. */
export async function deviceKey(handle: Handle, accountId: number): Promise<string> {
  const { created_at: since } = await handle
    .selectFrom('accounts')
    .select('created_at')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return hashOfSecret(`what account ${accountId} keeps on its devices since ${since}`).slice(0, 24);
}

/** The account of the archive's owner, as a viewer; null before the first start has made it. */
export async function ownerViewer(handle: Handle): Promise<(Viewer & { accountId: number }) | null> {
  const row = await handle
    .selectFrom('account_roles')
    .select('account_id')
    .where('role', '=', 'owner')
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return { accountId: row.account_id, roles: await rolesOf(handle, row.account_id), adult: true };
}

/** An account as a viewer, for what it asked to be done later; one that is suspended has no roles. Null when it is gone. */
export async function viewerOf(handle: Handle, accountId: number): Promise<(Viewer & { accountId: number }) | null> {
  const account = await handle.selectFrom('accounts').select('state').where('id', '=', accountId).executeTakeFirst();
  if (!account) return null;
  return { accountId, roles: account.state === 'active' ? await rolesOf(handle, accountId) : new Set(), adult: true };
}

/** Whether an owner's link can still be used. */
export async function isOwnerLinkGood(handle: Handle, token: string, now: number): Promise<boolean> {
  const row = await handle
    .selectFrom('owner_links')
    .select(['ends_at', 'used_at'])
    .where('token_hash', '=', hashOfSecret(token))
    .executeTakeFirst();
  return row !== undefined && row.used_at === null && row.ends_at > now;
}

/** Whether somebody has signed in as the owner, as far as sessions and used links still tell. */
export async function ownerHasSignedIn(handle: Handle): Promise<boolean> {
  const owner = await ownerViewer(handle);
  if (!owner) return false;
  const session = await handle
    .selectFrom('sessions')
    .select('account_id')
    .where('account_id', '=', owner.accountId)
    .limit(1)
    .executeTakeFirst();
  const link = await handle
    .selectFrom('owner_links')
    .select('account_id')
    .where('used_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return session !== undefined || link !== undefined;
}
