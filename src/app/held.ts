/**
 * What an account that is suspended or banned can still do, besides reading: look after its own safety, set how it reads, be told
 * and answer, keep what they were typing, take everything out, and go. Every other route that changes something is closed to it, also one that comes later.
 */

/** By method and route. What stands here shows others nothing of the account. */
export const OPEN_TO_HELD: ReadonlySet<string> = new Set([
  // Coming and going.
  'POST /sign-in',
  'POST /sign-in/code',
  'POST /sign-in/passkey',
  'POST /sign-in/passkey/challenge',
  'POST /sign-in/recovery',
  'POST /forgotten',
  'POST /forgotten/:token',
  'POST /owner-links/:token',
  'POST /sessions/:id/end',
  'POST /sessions/end',
  'POST /sessions/others/end',
  // The keys of one's own account. An account without a password needs one to be deleted.
  'POST /account/credentials',
  'POST /account/name',
  'POST /account/password',
  'POST /account/recovery-codes',
  'POST /account/email',
  'POST /account/email/confirmation/:token',
  'POST /account/email/removal',
  'POST /account/authenticator/confirmation',
  'POST /account/authenticator/key',
  'POST /account/authenticator/removal',
  'POST /account/passkeys',
  'POST /account/passkeys/:id/name',
  'POST /account/passkeys/:id/removal',
  'POST /account/passkeys/challenge',
  'POST /account/tokens/:id/revocation',
  // Letters that somebody without an account gets, too.
  'POST /invitations/queue/:token/confirmation',
  'POST /invitations/queue/:token/removal',
  'POST /letters/:sealed',
  // How one reads.
  'POST /account/preferences',
  'POST /adult-consent',
  'POST /preferences/creator-style',
  'POST /preferences/reading',
  'POST /preferences/theme',
  // What was typed when it happened, and is kept for its writer alone.
  'POST /autosaves/:sheet',
  'POST /unsaved/:sheet/deletion',
  // What everybody can say to those who look after the archive, and being told.
  'POST /legal-notice',
  'POST /reports/new',
  'POST /standing/acknowledgement',
  // Going.
  'POST /account/deletion',
  'POST /account/take-out',
]);

export const HELD_SENTENCE =
  'Your account is suspended or banned. It can read, take everything out and be deleted; nothing else was done.';
