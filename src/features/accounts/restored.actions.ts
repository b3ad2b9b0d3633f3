/** What ends when the archive is restored from a copy: whoever has signed out since would be signed in again. */
import type { Tx } from '../../platform/db/tables.ts';
import './tables.ts';

/** Ends every session and every link by which the owner signs in. */
export async function endAllSessions(tx: Tx): Promise<void> {
  await tx.deleteFrom('sessions').execute();
  await tx.deleteFrom('owner_links').execute();
}
