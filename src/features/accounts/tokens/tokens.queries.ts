/** Reads of tokens: one's own, and who stands behind one that a program shows. */
import type { Handle } from '../../../platform/db/tables.ts';
import type { Role } from '../account.ts';
import { isInGoodStanding } from '../queries.ts';
import { hashOfSecret } from '../secret.ts';
import type { Viewer } from '../viewer.ts';
import { isTokenLike, scopesAmong, type Scope } from './scopes.ts';
import '../keys.tables.ts';
import '../tables.ts';

export interface OwnToken {
  publicId: string;
  name: string;
  scopes: Scope[];
  createdAt: number;
  endsAt: number | null;
  usedOn: number | null;
}

/** An account's tokens, the newest first; those that have ended too, until they are forgotten. */
export async function tokensOf(handle: Handle, accountId: number): Promise<OwnToken[]> {
  const rows = await handle
    .selectFrom('api_tokens')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    name: row.name,
    scopes: scopesAmong(row.scopes.split(' ')),
    createdAt: row.created_at,
    endsAt: row.ends_at,
    usedOn: row.used_on,
  }));
}

/** A token that a program has shown. */
export interface LiveToken {
  id: number;
  scopes: ReadonlySet<Scope>;
  usedOn: number | null;
  /** Whether its account may change anything at present. */
  goodStanding: boolean;
  viewer: Viewer & { accountId: number };
}

/**
 * Who stands behind a token. Its viewer is a member where a scope lets it write and the account is in good standing, and never
 * anything more. @returns null for one that is unknown, has ended, or is a banned account's.
 */
export async function tokenShown(handle: Handle, token: string, now: number): Promise<LiveToken | null> {
  if (!isTokenLike(token)) return null;
  const row = await handle
    .selectFrom('api_tokens')
    .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .leftJoin('account_roles', (join) =>
      join.onRef('account_roles.account_id', '=', 'accounts.id').on('account_roles.role', '=', 'member'),
    )
    .select([
      'api_tokens.id',
      'api_tokens.account_id',
      'api_tokens.scopes',
      'api_tokens.ends_at',
      'api_tokens.used_on',
      'accounts.state',
      'accounts.suspended_until',
      'account_roles.role',
    ])
    .where('api_tokens.token_hash', '=', hashOfSecret(token))
    .executeTakeFirst();
  if (!row || (row.ends_at !== null && row.ends_at <= now) || row.state === 'banned') return null;
  const scopes = new Set(scopesAmong(row.scopes.split(' ')));
  const goodStanding = isInGoodStanding(row, now);
  const isMember = goodStanding && scopes.has('write:works') && row.role === 'member';
  return {
    id: row.id,
    scopes,
    usedOn: row.used_on,
    goodStanding,
    // Works are not gated for adult content to programs: the answer says what a work is.
    viewer: { accountId: row.account_id, roles: new Set<Role>(isMember ? ['member'] : []), adult: true },
  };
}
