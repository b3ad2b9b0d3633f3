/** What ends when the archive is restored from a copy: what was used up or taken back since would be good again. */
import type { Tx } from '../../platform/db/tables.ts';
import './tables.ts';

/** Ends every session and every link by which the owner signs in, and withdraws the invitations that nobody has used. */
export async function endWhatLetsIn(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('sessions').execute();
  await tx.deleteFrom('owner_links').execute();
  await tx
    .updateTable('invitations')
    .set({ withdrawn_at: now })
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}
