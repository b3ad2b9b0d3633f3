/** Secrets that people carry: made at random, kept only as a hash. Pure but for the dice. */
import { createHash, randomBytes } from 'node:crypto';

/** A new secret: 32 random bytes in base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It is random and long, so a plain hash cannot be guessed back. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
