/** Changes of what people sign in with. Passwords come in as hashes: making one takes long, and is done before. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { RECOVERY_CODES } from './account.ts';
import { startSession } from './actions.ts';
import { noteDevice, noteHappening } from './happenings.actions.ts';
import { newCode } from './recovery-code.ts';
import { hashOfSecret } from './secret.ts';
import { signInNameKey } from './sign-in-name.ts';
import { rememberSpent } from './spent.actions.ts';
import { revokeAllTokens } from './tokens/tokens.actions.ts';
import './keys.tables.ts';
import './tables.ts';

export interface NewCredentials {
  name: string;
  passwordHash: string;
}

/** A browser that a session is begun in. */
export interface Browser {
  adult: boolean;
  /** "Firefox on Linux". */
  device: string;
  /** The session it had before, which ends. */
  token: string | null;
  /** The random mark by which it is known again. */
  mark: string;
}

/** Holds a name until the transaction ends: of two who choose it at once, the second is told that it is taken. */
export async function holdName(tx: Tx, name: string): Promise<void> {
  await lockNames(tx, [`the name to sign in with: ${signInNameKey(name)}`]);
}

/** Gives an account its name and password; the name is held. @returns false when it has one already, or the name is somebody else's. */
export async function insertCredentials(
  tx: Tx,
  now: number,
  accountId: number,
  { name, passwordHash }: NewCredentials,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('credentials')
    .values({
      account_id: accountId,
      name,
      name_key: signInNameKey(name),
      password_hash: passwordHash,
      changed_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('account_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * Begins a session where another may have been: a token from before never comes to stand for more. `factor`: a second factor was
 * shown with it. @returns the new one.
 */
export async function signIn(
  tx: Tx,
  now: number,
  accountId: number,
  browser: Browser,
  factor = false,
): Promise<string> {
  await noteDevice(tx, now, accountId, browser);
  if (browser.token !== null)
    await tx.deleteFrom('sessions').where('token_hash', '=', hashOfSecret(browser.token)).execute();
  return startSession(tx, now, accountId, browser.adult, browser.device, factor ? now : null);
}

/** Keeps the same password in a hash of today's cost. */
export async function rehashPassword(tx: Tx, accountId: number, from: string, to: string): Promise<void> {
  await tx
    .updateTable('credentials')
    .set({ password_hash: to })
    .where('account_id', '=', accountId)
    .where('password_hash', '=', from)
    .execute();
}

/** Gives an account that has none its name and password, with recovery codes; all other sessions end. */
export async function setCredentials(
  tx: Tx,
  now: number,
  accountId: number,
  credentials: NewCredentials,
  browser: Browser,
): Promise<{ token: string; codes: string[] } | { refusal: 'name-taken' | 'set-already' }> {
  await lockNames(tx, [`the credentials of account ${accountId}`]);
  const own = await tx
    .selectFrom('credentials')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (own) return { refusal: 'set-already' };
  await holdName(tx, credentials.name);
  if (!(await insertCredentials(tx, now, accountId, credentials))) return { refusal: 'name-taken' };
  const codes = await replaceCodes(tx, now, accountId);
  const token = await onlySession(tx, now, accountId, browser);
  await noteHappening(tx, now, accountId, 'secured', browser.device);
  await append(tx, now, { kind: 'account.secured', subject: 'account', subjectId: accountId });
  return { token, codes };
}

/** Changes the name to sign in with. The password was compared before. */
export async function changeName(
  tx: Tx,
  now: number,
  proven: { accountId: number; passwordHash: string },
  name: string,
): Promise<{ changed: true } | { refusal: 'name-taken' | 'changed' }> {
  const key = signInNameKey(name);
  await holdName(tx, name);
  const holder = await tx.selectFrom('credentials').select('account_id').where('name_key', '=', key).executeTakeFirst();
  if (holder && holder.account_id !== proven.accountId) return { refusal: 'name-taken' };
  const changed = await tx
    .updateTable('credentials')
    .set({ name, name_key: key, changed_at: now })
    .where('account_id', '=', proven.accountId)
    .where('password_hash', '=', proven.passwordHash)
    .returning('account_id')
    .executeTakeFirst();
  if (!changed) return { refusal: 'changed' };
  await noteHappening(tx, now, proven.accountId, 'name-changed');
  await append(tx, now, { kind: 'account.name-changed', subject: 'account', subjectId: proven.accountId });
  return { changed: true };
}

/** Changes the password, of which the present one was compared before. Every session ends; this browser begins a new one, with a second factor where one was shown. */
export async function changePassword(
  tx: Tx,
  now: number,
  proven: { accountId: number; passwordHash: string },
  passwordHash: string,
  browser: Browser,
  factor: boolean,
): Promise<{ token: string } | { refusal: 'changed' }> {
  const changed = await tx
    .updateTable('credentials')
    .set({ password_hash: passwordHash, changed_at: now })
    .where('account_id', '=', proven.accountId)
    .where('password_hash', '=', proven.passwordHash)
    .returning('account_id')
    .executeTakeFirst();
  if (!changed) return { refusal: 'changed' };
  const token = await onlySession(tx, now, proven.accountId, browser, factor);
  await noteHappening(tx, now, proven.accountId, 'password-changed', browser.device);
  await append(tx, now, { kind: 'account.password-changed', subject: 'account', subjectId: proven.accountId });
  return { token };
}

/** Uses a recovery code up and sets a new password. Every session and every token ends; this browser begins a new one. */
export async function recover(
  tx: Tx,
  now: number,
  { accountId, code, passwordHash }: { accountId: number; code: string; passwordHash: string },
  browser: Browser,
): Promise<{ token: string } | { refusal: 'used' }> {
  const used = await tx
    .deleteFrom('recovery_codes')
    .where('code_hash', '=', hashOfSecret(code))
    .where('account_id', '=', accountId)
    .returning('account_id')
    .executeTakeFirst();
  if (!used) return { refusal: 'used' };
  await rememberSpent(tx, now, [hashOfSecret(code)]);
  await revokeAllTokens(tx, now, accountId);
  await tx
    .updateTable('credentials')
    .set({ password_hash: passwordHash, changed_at: now })
    .where('account_id', '=', accountId)
    .execute();
  const token = await onlySession(tx, now, accountId, browser, true);
  await noteHappening(tx, now, accountId, 'code-used', browser.device);
  await noteHappening(tx, now, accountId, 'password-changed', browser.device);
  await append(tx, now, { kind: 'account.password-changed', subject: 'account', subjectId: accountId });
  return { token };
}

/** New recovery codes in place of all earlier ones; the password was compared before. @returns them: they are kept as hashes only. */
export async function renewCodes(
  tx: Tx,
  now: number,
  proven: { accountId: number; passwordHash: string },
): Promise<{ codes: string[] } | { refusal: 'changed' }> {
  const still = await tx
    .selectFrom('credentials')
    .select('account_id')
    .where('account_id', '=', proven.accountId)
    .where('password_hash', '=', proven.passwordHash)
    .executeTakeFirst();
  if (!still) return { refusal: 'changed' };
  const codes = await replaceCodes(tx, now, proven.accountId);
  await noteHappening(tx, now, proven.accountId, 'codes-renewed');
  await append(tx, now, { kind: 'account.codes-renewed', subject: 'account', subjectId: proven.accountId });
  return { codes };
}

/** Makes an account's recovery codes; those it had before are void. */
export async function replaceCodes(tx: Tx, now: number, accountId: number): Promise<string[]> {
  await lockNames(tx, [`the recovery codes of account ${accountId}`]);
  const before = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .returning('code_hash')
    .execute();
  await rememberSpent(
    tx,
    now,
    before.map((row) => row.code_hash),
  );
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ code_hash: hashOfSecret(code), account_id: accountId, created_at: now })))
    .execute();
  return codes;
}

/** Ends every session of an account, and what could still become one: half sign-ins and links for a new password. Begins one. */
async function onlySession(tx: Tx, now: number, accountId: number, browser: Browser, factor = false): Promise<string> {
  await noteDevice(tx, now, accountId, browser);
  await tx.deleteFrom('sessions').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('password_links').where('account_id', '=', accountId).execute();
  return signIn(tx, now, accountId, browser, factor);
}
