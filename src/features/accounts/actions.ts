/** Accounts and sessions: check, write, tell. */
import { newPublicId } from '../../platform/db/public-id.ts';
import { lockNames } from '../../platform/db/locks.ts';
import { nameKey } from '../../platform/db/name-key.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { FIRST_PSEUD, OWNER_LINK_MS, SESSION_IDLE_MS, SESSION_LONGEST_MS, type Role } from './account.ts';
import { removeIconsLater } from './pseuds/icon.actions.ts';
import { ownerViewer } from './queries.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';
import './tables.ts';

/** Makes an account with one pseud. @returns the account's id and its pseud's. */
export async function createAccount(
  tx: Tx,
  now: number,
  account: { pseud: string; roles: readonly Role[] },
): Promise<{ accountId: number; pseudId: number }> {
  const { id: accountId } = await tx
    .insertInto('accounts')
    .values({ state: 'active', created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const role of account.roles)
    await tx.insertInto('account_roles').values({ account_id: accountId, role }).execute();
  const { id: pseudId } = await tx
    .insertInto('pseuds')
    .values({
      public_id: newPublicId(),
      account_id: accountId,
      name: account.pseud,
      name_key: nameKey(account.pseud),
      is_default: 1,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'account.created', subject: 'account', subjectId: accountId });
  return { accountId, pseudId };
}

/** The archive's owner, made on the first start. */
export async function ensureOwner(tx: Tx, now: number): Promise<Viewer & { accountId: number }> {
  await lockNames(tx, ['the owner of the archive']);
  const owner = await ownerViewer(tx);
  if (owner) return owner;
  const { accountId } = await createAccount(tx, now, { pseud: FIRST_PSEUD, roles: ['owner', 'member'] });
  return { accountId, roles: new Set<Role>(['owner', 'member']), adult: true };
}

/** Makes a link by which the owner signs in: good once, for 24 hours. Links made before it are void. @returns its token. */
export async function makeOwnerLink(tx: Tx, now: number): Promise<string> {
  const owner = await ensureOwner(tx, now);
  await tx.deleteFrom('owner_links').where('used_at', 'is', null).execute();
  const token = newSecret();
  await tx
    .insertInto('owner_links')
    .values({
      token_hash: hashOfSecret(token),
      account_id: owner.accountId,
      ends_at: now + OWNER_LINK_MS,
      used_at: null,
    })
    .execute();
  return token;
}

/** Uses an owner's link up. @returns the account it signs in, or null when it is used, expired or unknown. */
export async function useOwnerLink(tx: Tx, now: number, token: string): Promise<number | null> {
  const used = await tx
    .updateTable('owner_links')
    .set({ used_at: now })
    .where('token_hash', '=', hashOfSecret(token))
    .where('used_at', 'is', null)
    .where('ends_at', '>', now)
    .returning('account_id')
    .executeTakeFirst();
  return used?.account_id ?? null;
}

/** Begins a session. `device`: what its person will know it by. `factorAt`: when a second factor was shown with it. @returns its token, which is kept nowhere but in the browser. */
export async function startSession(
  tx: Tx,
  now: number,
  accountId: number,
  adult: boolean,
  device = '',
  factorAt: number | null = null,
): Promise<string> {
  const token = newSecret();
  await tx
    .insertInto('sessions')
    .values({
      token_hash: hashOfSecret(token),
      account_id: accountId,
      adult: adult ? 1 : 0,
      created_at: now,
      seen_at: now,
      ends_at: now + SESSION_LONGEST_MS,
      public_id: newPublicId(),
      device,
      factor_at: factorAt,
    })
    .execute();
  return token;
}

/** Ends a session; one that has ended already is fine. */
export async function endSession(tx: Tx, token: string): Promise<void> {
  await tx.deleteFrom('sessions').where('token_hash', '=', hashOfSecret(token)).execute();
}

/** Writes down that a session is in use. */
export async function touchSession(tx: Tx, now: number, token: string): Promise<void> {
  await tx.updateTable('sessions').set({ seen_at: now }).where('token_hash', '=', hashOfSecret(token)).execute();
}

/** Writes down that the person behind a session is willing to see adult content. */
export async function consentToAdult(tx: Tx, token: string): Promise<void> {
  await tx.updateTable('sessions').set({ adult: 1 }).where('token_hash', '=', hashOfSecret(token)).execute();
}

/** Removes sessions and owner's links that have ended. */
export async function forgetEndedSessions(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where((where) => where.or([where('ends_at', '<=', now), where('seen_at', '<=', now - SESSION_IDLE_MS)]))
    .execute();
  await tx.deleteFrom('owner_links').where('ends_at', '<=', now).execute();
}

/** Removes an account with its sessions, roles and pseuds, and what these show. What others keep of it has been erased before. */
export async function eraseAccountRows(tx: Tx, now: number, accountId: number): Promise<void> {
  const pseuds = await tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute();
  await removeIconsLater(
    tx,
    now,
    pseuds.map((pseud) => pseud.id),
  );
  await tx.deleteFrom('accounts').where('id', '=', accountId).execute();
  await append(tx, now, { kind: 'account.erased', subject: 'account', subjectId: accountId });
}
