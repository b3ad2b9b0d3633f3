/** Invitations that go out by mail. The code is made when its letter is sent; the address is forgotten then. */
import type { Tx } from '../../platform/db/tables.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { makeInvitation } from './invitations.actions.ts';
import { LETTER } from './letter-kinds.ts';
import { UNSENT_LETTER_MS } from './mail-limits.ts';
import { newCode } from './recovery-code.ts';
import { hashOfSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';
import './tables.ts';

/** Makes an invitation that goes to an address. Nobody has seen its code yet. Refused when none is left to who asks. */
export async function inviteByMail(
  tx: Tx,
  now: number,
  viewer: Viewer & { accountId: number },
  address: string,
): Promise<{ invitationId: number } | { refusal: 'none-left' }> {
  const made = await makeInvitation(tx, now, viewer);
  if ('refusal' in made) return made;
  await tx.insertInto('invitation_letters').values({ invitation_id: made.id, address, created_at: now }).execute();
  await enqueue(tx, now, { kind: LETTER.invitation, payload: { invitation: made.id } });
  return { invitationId: made.id };
}

/** Gives an invitation the code for its letter; one from a try before is void. Null where nothing is to be sent. */
export async function makeCodeToSend(
  tx: Tx,
  now: number,
  invitationId: number,
): Promise<{ to: string; code: string } | null> {
  const letter = await tx
    .selectFrom('invitation_letters')
    .select('address')
    .where('invitation_id', '=', invitationId)
    .executeTakeFirst();
  if (!letter) return null;
  const code = newCode();
  const given = await tx
    .updateTable('invitations')
    .set({ code_hash: hashOfSecret(code) })
    .where('id', '=', invitationId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('ends_at', '>', now)
    .returning('id')
    .executeTakeFirst();
  return given ? { to: letter.address, code } : null;
}

/** Forgets where an invitation went. */
export async function forgetInvitationLetter(tx: Tx, invitationId: number): Promise<void> {
  await tx.deleteFrom('invitation_letters').where('invitation_id', '=', invitationId).execute();
}

/** Takes back invitations that no mail server took, and forgets where they were to go: who gave one can give another. */
export async function takeBackUnsent(tx: Tx, now: number): Promise<void> {
  const unsent = await tx
    .deleteFrom('invitation_letters')
    .where('created_at', '<=', now - UNSENT_LETTER_MS)
    .returning('invitation_id')
    .execute();
  for (const { invitation_id: id } of unsent) {
    await tx
      .updateTable('invitations')
      .set({ withdrawn_at: now })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute();
  }
}
