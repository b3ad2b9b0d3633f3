/** What is kept of a case when what it is about goes in the middle of it, and for how long. Pure. */

/** How the subject of a report went. */
export const GONE_WORDS = {
  erased: 'It has been erased for good, by its creators or with their account.',
  'account-deleted': 'The account was deleted by its owner.',
} as const satisfies Record<string, string>;
export type Gone = keyof typeof GONE_WORDS;

/** Address, words and notes of a case about something that is gone are kept for this long after the case was closed. */
export const GONE_CASE_DAYS = 180;
export const GONE_CASE_MS = GONE_CASE_DAYS * 86_400_000;

/** What the log calls that somebody deleted their account while a suspension or a ban held. It is no use of a right. */
export const ACCOUNT_LEFT = 'account-left';
export const NO_RIGHT = 'own-account';
