/** What lets in to an account beside its password. Pure. */

const DAY_MS = 86_400_000;
/**
 * A password that is set because somebody else may have had it also takes away an authenticator, or an address, that is younger
 * than this: the letter about it went out as long ago at most. What is older stays. Who reads a person's mail, or finds one of
 * their codes, must not be able to take away what has guarded the account for long.
 */
export const LATELY_MS = 7 * DAY_MS;
/** The same, in words. */
export const LATELY = '7 days';

export interface WaysIn {
  passkeys: number;
  tokens: number;
  codes: number;
}

/**
 * What is said above new recovery codes where everything else ended. `shown`: by what: an address stays for who was sent a link
 * there, and nowhere else is it known whether it is theirs.
 */
export function endedSentences(shown: 'link' | 'recovery-code' | 'password'): string[] {
  return [
    'All other devices are signed out. Your passkeys, tokens and earlier recovery codes let nobody in any more.',
    shown === 'link'
      ? `Authenticator codes that were turned on in the last ${LATELY} are off. Turn on again what is yours.`
      : `Authenticator codes that were turned on in the last ${LATELY}, and an e-mail address confirmed in that time, may be gone, too. Add again what is yours.`,
  ];
}
