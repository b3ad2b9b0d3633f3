/** How works go back to other works: inspired by them, or translations of them. Pure. */

export const RELATION_KINDS = ['inspired-by', 'translation-of'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** `waiting` for those who keep the work that was named; shown when `approved`; `refused` is remembered. */
export type RelationState = 'waiting' | 'approved' | 'refused';

/** Works that one work can go back to. */
export const PARENTS_PER_WORK = 50;
/** Characters of the address of a work elsewhere, and of its creator's name. */
export const ADDRESS_CHARACTERS = 2_000;
export const OUTSIDE_CREATOR_CHARACTERS = 255;

export function relationKind(said: string | undefined): RelationKind | null {
  return RELATION_KINDS.find((kind) => kind === said) ?? null;
}

/** The public id in the address of a work here: whole, or a path, or the id alone; null for anything else. */
export function workNamed(typed: string, origin: string): string | null {
  const path = typed.startsWith('/') || !typed.includes('/') ? typed : pathHere(typed, origin);
  return path === null ? null : (/^(?:\/works\/)?([0-9a-z]{10})(?:[/?#]|$)/.exec(path)?.[1] ?? null);
}

function pathHere(typed: string, origin: string): string | null {
  const url = URL.parse(typed);
  return url?.host === URL.parse(origin)?.host ? (url?.pathname ?? null) : null;
}

/** What is wrong with the address of a work elsewhere, in one sentence, or null. Nothing is ever fetched from it. */
export function outsideAddressProblem(typed: string, origin: string): string | null {
  if (typed === '') return 'Type the address of the work.';
  if (typed.length > ADDRESS_CHARACTERS) return `An address has at most ${ADDRESS_CHARACTERS} characters.`;
  const url = URL.parse(typed);
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address begins with https:// or http://.';
  if (url.username !== '' || url.password !== '') return 'An address cannot hold a name and a password.';
  // Whose work stands here is asked first.
  return url.host === URL.parse(origin)?.host ? 'This work is in this archive: use the form above.' : null;
}
