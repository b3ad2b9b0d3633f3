/** What happens to an account that its person should know: in words for its own page, and which of it is told by mail too. Pure. */

export const HAPPENINGS = {
  'new-device': 'Signed in on a device that was not known',
  secured: 'Name and password set',
  'name-changed': 'Name to sign in with changed',
  'password-changed': 'Password changed',
  'codes-renewed': 'New recovery codes made',
  'wrong-code': 'The right password typed, and a wrong code after it',
  'code-used': 'A recovery code used',
  'others-ended': 'Passkeys, tokens and earlier recovery codes ended',
  'authenticator-on': 'Authenticator codes turned on',
  'authenticator-off': 'Authenticator codes turned off',
  'passkey-added': 'Passkey added',
  'passkey-removed': 'Passkey removed',
  'token-made': 'Token for a program made',
  'token-revoked': 'Token for a program revoked',
  'address-confirmed': 'E-mail address confirmed',
  'address-removed': 'E-mail address removed',
} as const satisfies Record<string, string>;

export type Happening = keyof typeof HAPPENINGS;

/** What is told by mail at once: what lets somebody in, who is half in, and what takes away what kept them out. */
export const TOLD_BY_MAIL = [
  'new-device',
  'wrong-code',
  'name-changed',
  'password-changed',
  'codes-renewed',
  'authenticator-on',
  'authenticator-off',
  'passkey-added',
  'passkey-removed',
  'token-made',
] as const satisfies readonly Happening[];

export type ToldHappening = (typeof TOLD_BY_MAIL)[number];

/** Whether a kept kind is one that is told by mail. */
export function isTold(kind: string): kind is ToldHappening {
  return TOLD_BY_MAIL.some((one) => one === kind);
}

/** In words, or null for what this program does not know. */
export function happeningInWords(kind: string): string | null {
  return Object.entries(HAPPENINGS).find(([known]) => known === kind)?.[1] ?? null;
}

/** So many are shown, the newest first. */
export const HAPPENINGS_SHOWN = 20;
/** So many of an account are kept, for this long. */
export const HAPPENINGS_KEPT = 100;
export const HAPPENINGS_KEPT_MS = 180 * 86_400_000;
/** Of these alone so many are kept: who signs in again and again pushes nothing else off the list. */
export const NEW_DEVICES_KEPT = 10;
/** A letter about new devices goes at most this often; what comes meanwhile is counted in the next. */
export const NEW_DEVICE_PAUSE_MS = 3_600_000;
/** That somebody has the password and guesses codes is written down and told at most this often. */
export const WRONG_CODE_PAUSE_MS = 86_400_000;
/** What is told, or written down, only so often. */
export type RareHappening = 'new-device' | 'wrong-code';
/** So many browsers of an account are known; those seen longest ago go first. */
export const DEVICES_KNOWN = 50;
/** A browser that was not signed in for so long is not known any more. Its mark lasts as long. */
export const DEVICE_KNOWN_MS = 365 * 86_400_000;
