/** What ends when the archive is restored from a copy: what was used up or taken back since would be good again. */
import type { Tx } from '../../platform/db/tables.ts';
import { forgetWaitingJobs } from '../../platform/jobs/queue.ts';
import { LETTER } from './letter-kinds.ts';
import { refuseSpent } from './spent.actions.ts';
import './keys.tables.ts';
import './tables.ts';

/**
 * Ends every session and every link that lets somebody in or confirms an address, withdraws the invitations that nobody has
 * used, and takes out the codes, addresses, passkeys, authenticators and tokens that are on the list of what was spent. Letters that waited are not sent.
 */
export async function endWhatLetsIn(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('sessions').execute();
  await tx.deleteFrom('half_sessions').execute();
  await tx.deleteFrom('passkey_challenges').execute();
  await tx.deleteFrom('owner_links').execute();
  await tx
    .updateTable('invitations')
    .set({ withdrawn_at: now })
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  await tx.deleteFrom('password_links').execute();
  await tx
    .deleteFrom('email_addresses')
    .where((where) => where.or([where('confirmed_at', 'is', null), where('left_at', 'is not', null)]))
    .execute();
  await tx.deleteFrom('invitation_letters').execute();
  await forgetWaitingJobs(tx, Object.values(LETTER));
  await refuseSpent(tx);
}
