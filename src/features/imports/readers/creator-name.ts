/** A creator's name out of a byline's piece. */
import type { ImportedCreatorName } from '../imported-work.ts';

/**
 * "Pseud (login)" → Pseud, since a byline shows the pseud and never the account; "Name [archived by X]" → Name and X.
 * Null for an empty piece.
 */
export function creatorFrom(piece: string, url?: string): ImportedCreatorName | null {
  const text = piece.replace(/\s+/g, ' ').trim();
  const archived = /^(.*?)\s*\[\s*(?:archived|imported) by\s+([^\]]*?)\s*\]$/i.exec(text);
  const name = archived ? (archived[1] ?? '') : withoutLogin(text);
  if (name === '') return null;
  const archivedBy = withoutLogin(archived?.[2] ?? '');
  return { name, ...(url ? { url } : {}), ...(archivedBy ? { archivedBy } : {}) };
}

/** The sentence for a work whose source hides its creator: that is no name, so none is made of it. */
export const ANONYMOUS_SENTENCE = 'The source shows the creator as Anonymous, so no creator was taken over.';

export function isAnonymous(name: string): boolean {
  return /^anonymous$/i.test(name.trim());
}

/** Only what an otwarchive allows as pseud and login: "H. H. Munro (Saki)" is a name and stays whole. */
function withoutLogin(text: string): string {
  return /^([\p{L}\p{M}\p{N}_ -]*\S)\s+\([A-Za-z0-9_]{3,40}\)$/u.exec(text)?.[1] ?? text;
}
