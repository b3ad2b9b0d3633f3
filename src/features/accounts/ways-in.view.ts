/** What lets in to an account beside its password, in words for its own person. */
import { countOf, listOf } from '../../ui/numbers.ts';
import type { WaysIn } from './ways-in.ts';

/** "2 passkeys, 1 token and 10 recovery codes", or null for none. */
export function waysInWords({ passkeys, tokens, codes }: WaysIn, locale: string): string | null {
  const parts = [
    ...(passkeys > 0 ? [countOf(passkeys, 'passkey', locale)] : []),
    ...(tokens > 0 ? [countOf(tokens, 'token', locale)] : []),
    ...(codes > 0 ? [countOf(codes, 'recovery code', locale)] : []),
  ];
  return parts.length === 0 ? null : listOf(parts);
}
