/** Whoever makes another way into an account shows first what signing in asks for: the password and, where one is asked for, a code. */
import type { Handle } from '../../../platform/db/tables.ts';
import type { Seal } from '../../../platform/files/seal.ts';
import type { Credentials } from '../credentials.queries.ts';
import type { Door } from '../passwords/door.ts';
import { provePassword } from '../passwords/proof.ts';
import { isAskedForCode } from './authenticator.queries.ts';
import { proveSecondFactor, type Factor } from './second-factor.ts';

export interface BothProofs {
  credentials: Credentials;
  /** What the transaction has to use up; null where no code is asked for. */
  factor: Factor | null;
}

/** Compares both. @returns what was compared, or a sentence beside the field that it is about. */
export async function proveBoth(
  place: { handle: Handle; seal: Seal; door: Door; now: number },
  accountId: number,
  typed: { password: string; code: string },
): Promise<BothProofs | { field: 'password' | 'code'; sentence: string }> {
  const credentials = await provePassword(place.handle, place.door, accountId, typed.password);
  if (typeof credentials === 'string') return { field: 'password', sentence: credentials };
  // Whoever has a key of the account is asked for no code, so the code is asked for before there is one.
  if (!(await isAskedForCode(place.handle, accountId))) return { credentials, factor: null };
  const factor = await proveSecondFactor(place, accountId, typed.code);
  return typeof factor === 'string' ? { field: 'code', sentence: factor } : { credentials, factor };
}
