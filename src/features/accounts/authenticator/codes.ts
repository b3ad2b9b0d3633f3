/** The codes of authenticator apps (RFC 6238): six digits, a new one each half minute. Nothing here reads or writes. */
import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after the present one that are taken too: clocks differ, and people type slowly (RFC 6238, 5.2). */
const STEPS_AROUND = 1;
const KEY_BYTES = 20;

/** A new key, of as many bytes as RFC 4226 asks for. */
export function newAuthenticatorKey(): Buffer {
  return Buffer.from(new Secret({ size: KEY_BYTES }).bytes);
}

/** A key as a person types it into an app: base 32 in groups of four. */
export function keyInWords(key: Buffer): string {
  return (
    secretOf(key)
      .base32.match(/.{1,4}/g)
      ?.join(' ') ?? ''
  );
}

/** The address that an app reads. `archive` and `name` are what the app shows beside the codes. */
export function authenticatorAddress(key: Buffer, archive: string, name: string): string {
  // A colon parts the two in the address.
  return totp(key, archive.replaceAll(':', ' '), name).toString();
}

/** A text as a QR code: rows of modules, true where it is dark, with the quiet zone around. */
export function qrModules(text: string): boolean[][] {
  return encode(text, { border: 4 }).data;
}

/** A code as it was typed, without the spaces that apps show in it; null for what is no code of an app. */
export function typedDigits(typed: string): string | null {
  const digits = typed.slice(0, 40).replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** @returns the step of time whose code this is, or null for a code of no step near now. */
export function stepOfCode(key: Buffer, code: string, now: number): number | null {
  const delta = totp(key).validate({ token: code, timestamp: now, window: STEPS_AROUND });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

/** The code that an app shows at a moment. */
export function codeAt(key: Buffer, now: number): string {
  return totp(key).generate({ timestamp: now });
}

function totp(key: Buffer, issuer = '', label = ''): TOTP {
  return new TOTP({ secret: secretOf(key), algorithm: 'SHA1', digits: DIGITS, period: STEP_SECONDS, issuer, label });
}

function secretOf(key: Buffer): Secret {
  return new Secret({ buffer: new Uint8Array(key).buffer });
}
