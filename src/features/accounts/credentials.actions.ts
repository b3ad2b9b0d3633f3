/** Changes of what people sign in with. Passwords come in as hashes: making one takes long, and is done before. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { forgetWaitingAddress } from './addresses.actions.ts';
import { startSession } from './actions.ts';
import { forgetDevices, noteDevice, noteHappening } from './happenings.actions.ts';
import { replaceCodes } from './recovery-codes.actions.ts';
import { hashOfSecret } from './secret.ts';
import { signInNameKey } from './sign-in-name.ts';
import { rememberSpent } from './spent.actions.ts';
import { endOtherWaysIn, type Shown } from './ways-in.actions.ts';
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
 * Begins a session where another may have been: a token from before never comes to stand for more. `factorAt`: when a second
 * factor was shown; null for never. @returns the new one.
 */
export async function signIn(
  tx: Tx,
  now: number,
  accountId: number,
  browser: Browser,
  factorAt: number | null = null,
): Promise<string> {
  await noteDevice(tx, now, accountId, browser);
  if (browser.token !== null)
    await tx.deleteFrom('sessions').where('token_hash', '=', hashOfSecret(browser.token)).execute();
  return startSession(tx, now, accountId, browser.adult, browser.device, factorAt);
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

/**
 * Changes the password, of which the present one was compared before. Every session ends; this browser begins a new one, whose
 * second factor is as old as it was. `endOthers`: what was shown, where all that lets in beside the password ends, too.
 * @returns new recovery codes where the others ended, and whether an address that waited to be confirmed was forgotten: whoever
 * gave it could have set the next password by it.
 */
export async function changePassword(
  tx: Tx,
  now: number,
  proven: { accountId: number; passwordHash: string },
  passwordHash: string,
  browser: Browser,
  { factorAt, endOthers }: { factorAt: number | null; endOthers: Shown | null },
): Promise<{ token: string; codes: string[] | null; forgotAddress: boolean } | { refusal: 'changed' }> {
  const changed = await tx
    .updateTable('credentials')
    .set({ password_hash: passwordHash, changed_at: now })
    .where('account_id', '=', proven.accountId)
    .where('password_hash', '=', proven.passwordHash)
    .returning('account_id')
    .executeTakeFirst();
  if (!changed) return { refusal: 'changed' };
  const { accountId } = proven;
  const forgotAddress = await forgetWaitingAddress(tx, now, accountId);
  const { codes } = endOthers === null ? { codes: null } : await endOtherWaysIn(tx, now, accountId, endOthers);
  const token = await onlySession(tx, now, accountId, browser, factorAt);
  await noteHappening(tx, now, accountId, 'password-changed', browser.device);
  await append(tx, now, { kind: 'account.password-changed', subject: 'account', subjectId: accountId });
  return { token, codes, forgotAddress };
}

/**
 * Uses a recovery code up and sets a new password. Every session and all else that lets in ends; this browser begins a new
 * session. @returns its token, and new recovery codes.
 */
export async function recover(
  tx: Tx,
  now: number,
  { accountId, code, passwordHash }: { accountId: number; code: string; passwordHash: string },
  browser: Browser,
): Promise<{ token: string; codes: string[] | null } | { refusal: 'used' }> {
  const used = await tx
    .deleteFrom('recovery_codes')
    .where('code_hash', '=', hashOfSecret(code))
    .where('account_id', '=', accountId)
    .returning('account_id')
    .executeTakeFirst();
  if (!used) return { refusal: 'used' };
  await rememberSpent(tx, now, [hashOfSecret(code)]);
  await tx
    .updateTable('credentials')
    .set({ password_hash: passwordHash, changed_at: now })
    .where('account_id', '=', accountId)
    .execute();
  const { codes } = await endOtherWaysIn(tx, now, accountId, 'recovery-code');
  const token = await onlySession(tx, now, accountId, browser, now);
  await noteHappening(tx, now, accountId, 'code-used', browser.device);
  await noteHappening(tx, now, accountId, 'password-changed', browser.device);
  await append(tx, now, { kind: 'account.password-changed', subject: 'account', subjectId: accountId });
  return { token, codes };
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

/**
 * Ends every session of an account, and what could still become one: half sign-ins and links for a new password. All other
 * browsers are unknown from then on. Begins one session.
 */
async function onlySession(
  tx: Tx,
  now: number,
  accountId: number,
  browser: Browser,
  factorAt: number | null = null,
): Promise<string> {
  await noteDevice(tx, now, accountId, browser);
  await forgetDevices(tx, accountId, browser.mark);
  await tx.deleteFrom('sessions').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('half_sessions').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('password_links').where('account_id', '=', accountId).execute();
  return signIn(tx, now, accountId, browser, factorAt);
}
