/** The powers of those who look after an archive: which right each needs, and what the log says of it. Pure. */
import { may, type Right, type Viewer } from '../accounts/index.ts';
import { ACCOUNT_LEFT } from './gone.ts';

/** Every power, by the name under which the log keeps it. */
export const POWERS = {
  'look-at-work': { right: 'see-hidden-works', words: 'looked at a hidden work' },
  'reveal-creators': { right: 'reveal-creators', words: 'asked who wrote an anonymous work' },
  'look-at-pseuds': { right: 'see-other-pseuds', words: 'asked for the other pseuds of an account' },
  'hide-work': { right: 'hide-works', words: 'hid a work' },
  'unhide-work': { right: 'hide-works', words: 'showed a hidden work again' },
  warn: { right: 'change-standing', words: 'warned an account' },
  suspend: { right: 'change-standing', words: 'suspended an account' },
  ban: { right: 'change-standing', words: 'banned an account' },
  lift: { right: 'change-standing', words: 'lifted a suspension or ban' },
  'remove-profile': { right: 'remove-profiles', words: 'removed the profile of a pseud' },
  'remove-icon': { right: 'remove-profiles', words: 'removed the icon of a pseud' },
  'give-role': { right: 'change-roles', words: 'gave a role' },
  'take-role': { right: 'change-roles', words: 'took a role' },
  'close-report': { right: 'answer-reports', words: 'closed a report' },
  'reopen-report': { right: 'answer-reports', words: 'opened a report again' },
  'close-legal-notice': { right: 'answer-legal-notices', words: 'decided on a legal notice' },
} as const satisfies Record<string, { right: Right; words: string }>;
export type Power = keyof typeof POWERS;

/** What a row of the log is about. `pseud`: the account behind it, by the pseud under which it was met. */
export type LogSubject = { kind: 'work' | 'pseud' | 'report' | 'legal-notice'; id: number };

/** Characters of a reason. */
export const REASON_CHARACTERS = 2_000;
/** A reason to look at something hidden is good for this long, in the session that gave it. */
export const LOOK_MS = 3_600_000;

export type PowerRefusal = { refusal: 'not-found' } | { refusal: 'no-reason' } | { refusal: 'reason-too-long' };

/** Why a viewer cannot use a power for a reason; null when they can. */
export function refusedPower(viewer: Viewer, power: Power, reason: string): PowerRefusal | null {
  if (viewer.accountId === null || !may(viewer, POWERS[power].right)) return { refusal: 'not-found' };
  if (reason.trim() === '') return { refusal: 'no-reason' };
  return reason.length > REASON_CHARACTERS ? { refusal: 'reason-too-long' } : null;
}

/** What the log says was done; the name itself, should a later version not know it. */
export function wordsOfPower(name: string): string {
  if (name === ACCOUNT_LEFT) return 'deleted their own account';
  return Object.hasOwn(POWERS, name) ? POWERS[name as Power].words : name;
}
