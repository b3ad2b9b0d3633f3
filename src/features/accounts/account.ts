/** Accounts, their roles and rights, and how long a session lasts. Pure. */

import { PSEUD_CHARACTERS } from '../site/index.ts';

export const ROLES = ['owner', 'moderator', 'tag-wrangler', 'archivist', 'member'] as const;
export type Role = (typeof ROLES)[number];

/** What a role lets a person do, each right named once. What everybody may do has no right. */
export const RIGHTS = {
  'configure-site': ['owner'],
  'import-works': ['owner', 'archivist'],
  'remove-samples': ['owner'],
  // Each look and each use of the rights from here on needs a reason, and leaves a row in the audit log.
  'see-hidden-works': ['owner', 'moderator'],
  'hide-works': ['owner', 'moderator'],
  'reveal-creators': ['owner', 'moderator'],
  'see-other-pseuds': ['owner', 'moderator'],
  'change-standing': ['owner', 'moderator'],
  /** What a pseud shows of itself: its profile, its icon. */
  'remove-profiles': ['owner', 'moderator'],
  'change-roles': ['owner'],
  'answer-reports': ['owner', 'moderator'],
  'answer-legal-notices': ['owner'],
  'see-reports': ['owner', 'moderator'],
  'see-audit-log': ['owner', 'moderator'],
  /** As many invitations as they like. */
  'invite-people': ['owner'],
  /** As many as the host allows each. */
  'give-invitations': ['owner', 'moderator', 'tag-wrangler', 'archivist', 'member'],
  // Every account in good standing; one that is suspended has no roles and only reads.
  'change-own-pseuds': ['owner', 'moderator', 'tag-wrangler', 'archivist', 'member'],
  'change-own-works': ['owner', 'moderator', 'tag-wrangler', 'archivist', 'member'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

const DAY_MS = 86_400_000;
/** A session nobody uses ends after this long. */
export const SESSION_IDLE_MS = 30 * DAY_MS;
/** A session ends after this long however much it is used. */
export const SESSION_LONGEST_MS = 90 * DAY_MS;
/** An owner's link can be used for this long, once. */
export const OWNER_LINK_MS = DAY_MS;
/** A session's last use is written down at most this often. */
export const SESSION_TOUCH_MS = 10 * 60_000;
/** An invitation that nobody uses ends after this long. */
export const INVITATION_MS = 30 * DAY_MS;
/** An invitation that was used, withdrawn or ran out is removed after this long. */
export const INVITATION_KEPT_MS = 90 * DAY_MS;
/** Recovery codes an account is given at a time. */
export const RECOVERY_CODES = 10;
/** Any number is meant; beyond this it is a flood. */
export const PSEUDS_EACH = 100;
/** The pseud an archive's owner begins with. */
export const FIRST_PSEUD = 'archivist';

/** The name that an orphaned work goes by where its creator's is not kept, as on AO3. */
export const ORPHAN_PSEUD = 'orphan_account';

/** What is wrong with a pseud, in one sentence, or null. As on AO3: letters, digits, spaces, `_` and `-`. */
export function pseudProblem(name: string): string | null {
  if (name === '') return 'A pseud needs a name.';
  if ([...name].length > PSEUD_CHARACTERS) return `A pseud has at most ${PSEUD_CHARACTERS} characters.`;
  if (!/[\p{L}\p{N}]/u.test(name)) return 'A pseud needs a letter or a digit.';
  return /^[\p{L}\p{M}\p{N} _-]+$/u.test(name) ? null : 'A pseud is made of letters, digits, spaces, _ and -.';
}
