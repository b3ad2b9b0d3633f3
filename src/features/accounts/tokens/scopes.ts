/** What a token lets a program do. A token never carries the rights of a moderator, an archivist or an owner. Nothing here reads or writes. */

export const SCOPES = {
  read: 'Read as you do: what is for registered readers, and your own drafts',
  'write:works': 'Write as you do: make works and chapters, and post them',
} as const;
export type Scope = keyof typeof SCOPES;

/** The scopes among names, in the order of the list, each once. */
export function scopesAmong(names: readonly string[]): Scope[] {
  return (Object.keys(SCOPES) as Scope[]).filter((scope) => names.includes(scope));
}

const DAY_MS = 86_400_000;

/** How long a token can be good for, by the name in the form. `days` null: until it is revoked. */
export const TERMS = [
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: 'A year', days: 365 },
  { value: 'never', label: 'Until I revoke it', days: null },
] as const;
export const USUAL_TERM = '365';

/** When a token of a term ends; null for never, undefined for what is no term. */
export function endOfTerm(value: string, now: number): number | null | undefined {
  const term = TERMS.find((one) => one.value === value);
  if (!term) return undefined;
  return term.days === null ? null : now + term.days * DAY_MS;
}

/** By this a token is known for one, by people and by programs that look for secrets in code. */
export const TOKEN_PREFIX = 'ff_';

/** Whether a text has the form of a token. */
export function isTokenLike(text: string): boolean {
  return /^ff_[\w-]{43}$/.test(text);
}
