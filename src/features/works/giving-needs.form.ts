/** What making works needs of gifts, which know works and so stand above them. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';

/** A pseud here, by its name or the address of its page, who is asked first; or a name of somebody elsewhere. */
export type RecipientNamed = { pseud: string } | { name: string };

export interface GivingNeeds {
  /** What keeps somebody from being given to at all, asked before anything is written; null when nothing does. */
  problem: (viewer: Viewer, to: RecipientNamed) => Promise<string | null>;
  /** Gives a work. @returns a sentence where that cannot be; nothing is written then. */
  give: (tx: Tx, now: number, viewer: Viewer, workPublicId: string, to: RecipientNamed) => Promise<string | null>;
}
