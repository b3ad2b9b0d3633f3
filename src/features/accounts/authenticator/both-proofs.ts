/**
 * The one rule about who may change what guards an account, or end it: they show what signing in asks for, the password and,
 * where one is asked for, a code. The code is not asked for again in a session that began with one, or with a passkey, a short
 * while ago; the password always is. A session never rises: a code that is shown later counts for what it was shown for.
 */
import type { Handle } from '../../../platform/db/tables.ts';
import type { Form } from '../../../platform/http/form.ts';
import type { Credentials } from '../credentials.queries.ts';
import type { Door } from '../passwords/door.ts';
import { provePassword, proveRecoveryCode } from '../passwords/proof.ts';
import { hashOfSecret } from '../secret.ts';
import { isAskedForCode } from './authenticator.queries.ts';
import { proveSecondFactor, WRONG_CODE, type Factor } from './second-factor.ts';
import '../tables.ts';

/** For so long after the sign-in the second factor need not be shown again. */
export const FACTOR_FRESH_MS = 15 * 60_000;

export interface BothProofs {
  credentials: Credentials;
  /** What the transaction has to use up; null where no code is asked for, or none again. */
  factor: Factor | null;
  /** When the second factor was last shown, now or at the sign-in; null for never. A session that begins anew takes it over. */
  factorAt: number | null;
}

/** What is said beside which field when a proof was void by the time it was to be used up. */
export const VOID_PROOF = {
  changed: { field: 'password', sentence: 'The password was changed in the meantime. Type it again.' },
  used: { field: 'code', sentence: WRONG_CODE },
} as const;

/** What was typed into the fields of a form that asks for both. */
export function typedProofs(form: Form): { password: string; code: string } {
  return { password: form.one('password') ?? '', code: form.one('code') ?? '' };
}

/** Who asks: an account, and the session that they ask in. */
export interface Asking {
  accountId: number;
  sessionToken: string | null;
}

export interface ProofPlace {
  handle: Handle;
  door: Door;
  now: number;
}

/** Whether a form has to ask for a code. */
export async function isCodeDue(handle: Handle, now: number, asking: Asking): Promise<boolean> {
  // Whoever has a key of the account is asked for no code, so the code is asked for before there is one.
  if (!(await isAskedForCode(handle, asking.accountId))) return false;
  const shownAt = await factorShownAt(handle, asking);
  return shownAt === null || shownAt <= now - FACTOR_FRESH_MS;
}

/** When the session that somebody asks in has shown its second factor; null for never. */
async function factorShownAt(handle: Handle, { accountId, sessionToken }: Asking): Promise<number | null> {
  if (sessionToken === null) return null;
  const row = await handle
    .selectFrom('sessions')
    .select('factor_at')
    .where('token_hash', '=', hashOfSecret(sessionToken))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.factor_at ?? null;
}

/** Compares both. @returns what was compared, or a sentence beside the field that it is about. */
export async function proveBoth(
  place: ProofPlace,
  asking: Asking,
  typed: { password: string; code: string },
): Promise<BothProofs | { field: 'password' | 'code'; sentence: string }> {
  const { handle, door, now } = place;
  const { accountId } = asking;
  const credentials = await provePassword(handle, door, accountId, typed.password);
  if (typeof credentials === 'string') return { field: 'password', sentence: credentials };
  if (!(await isCodeDue(handle, now, asking)))
    return { credentials, factor: null, factorAt: await factorShownAt(handle, asking) };
  const factor = await proveSecondFactor(place, accountId, typed.code);
  return typeof factor === 'string' ? { field: 'code', sentence: factor } : { credentials, factor, factorAt: now };
}

/**
 * The same for what ends the account, which nothing comes after: a recovery code alone is enough, for whoever has one is let in
 * by it without the password. What was compared is not used up. @returns null, or a sentence beside the field that it is about.
 */
export async function proveOwner(
  place: ProofPlace,
  asking: Asking,
  typed: { password: string; code: string },
): Promise<{ field: 'password' | 'code'; sentence: string } | null> {
  if (typed.password === '' && typed.code !== '') {
    const sentence = await proveRecoveryCode(place.handle, place.door, asking.accountId, typed.code);
    return sentence === null ? null : { field: 'code', sentence };
  }
  const proven = await proveBoth(place, asking, typed);
  return 'field' in proven ? proven : null;
}
