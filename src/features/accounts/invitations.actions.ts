/** Making, withdrawing and using invitations. */
import { lockNames } from '../../platform/db/locks.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { INVITATION_MS } from './account.ts';
import { invitationsLeft } from './invitations.queries.ts';
import { newCode, typedCode } from './recovery-code.ts';
import { hashOfSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';
import './tables.ts';

const DAY_MS = 86_400_000;

/** Makes an invitation. @returns its id and its code, which is kept as a hash only; refused when none is left to who asks. */
export async function makeInvitation(
  tx: Tx,
  now: number,
  viewer: Viewer & { accountId: number },
): Promise<{ id: number; code: string } | { refusal: 'none-left' }> {
  await lockNames(tx, [`the invitations of account ${viewer.accountId}`]);
  if ((await invitationsLeft(tx, now, viewer)) === 0) return { refusal: 'none-left' };
  const code = newCode();
  const { id } = await tx
    .insertInto('invitations')
    .values({
      public_id: newPublicId(),
      code_hash: hashOfSecret(code),
      account_id: viewer.accountId,
      created_at: now,
      ends_at: now + INVITATION_MS,
      used_at: null,
      withdrawn_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'invitation.made', subject: 'invitation', subjectId: id });
  return { id, code };
}

/** Takes an invitation back; one that is used stays used. @returns false when there is no such invitation of theirs. */
export async function withdrawInvitation(tx: Tx, now: number, accountId: number, publicId: string): Promise<boolean> {
  const own = await tx
    .selectFrom('invitations')
    .select('id')
    .where('account_id', '=', accountId)
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  if (!own) return false;
  const withdrawn = await tx
    .updateTable('invitations')
    .set({ withdrawn_at: now })
    .where('id', '=', own.id)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  await tx.deleteFrom('invitation_letters').where('invitation_id', '=', own.id).execute();
  if (withdrawn) await append(tx, now, { kind: 'invitation.withdrawn', subject: 'invitation', subjectId: own.id });
  return true;
}

/** Uses an invitation up. Of two who use one at once, one is let in. @returns whether it was good. */
export async function consumeInvitation(tx: Tx, now: number, typed: string): Promise<boolean> {
  const used = await tx
    .updateTable('invitations')
    // The day alone: by the moment, an invitation could be laid beside the account that was made with it.
    .set({ used_at: now - (now % DAY_MS) })
    .where('code_hash', '=', hashOfSecret(typedCode(typed)))
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('ends_at', '>', now)
    .where('account_id', 'in', (select) => select.selectFrom('accounts').select('id').where('state', '=', 'active'))
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}
