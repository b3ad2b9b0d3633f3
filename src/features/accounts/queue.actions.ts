/** The queue for invitations: addresses wait in it, each once, and so many are invited every day. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { mailboxKey } from '../../platform/mail/address.ts';
import { siteSettings } from '../site/index.ts';
import { inviteByMail } from './invitation-letters.actions.ts';
import { LETTER } from './letter-kinds.ts';
import { PLACE_LETTER_MS, PLACE_MS, QUEUE_DAY_MS, UNCONFIRMED_PLACE_MS } from './mail-limits.ts';
import { ownerViewer } from './queries.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import { rememberSpent } from './spent.actions.ts';
import './tables.ts';

const QUEUE_LOCK = 'the queue for invitations';

/** Notes an address for the queue; it has a place once it is confirmed. The same is done for one that is there already. */
export async function askForPlace(tx: Tx, now: number, address: string): Promise<void> {
  const key = mailboxKey(address);
  const { id } = await tx
    .insertInto('invitation_requests')
    .values({
      address,
      mailbox_key: key,
      link_hash: null,
      asked_at: now,
      told_at: null,
      confirmed_at: null,
      invited_at: null,
    })
    .onConflict((conflict) => conflict.column('mailbox_key').doUpdateSet({ mailbox_key: key }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(tx, now, { kind: LETTER.place, payload: { request: id } });
}

/** Makes the link to a place, for its letter; one from before is void. Null where nothing is to be sent, or was a short while ago. */
export async function makePlaceLink(tx: Tx, now: number, id: number): Promise<{ to: string; token: string } | null> {
  const row = await tx
    .selectFrom('invitation_requests')
    .select(['address', 'told_at', 'link_hash'])
    .where('id', '=', id)
    .where('invited_at', 'is', null)
    .executeTakeFirst();
  if (!row || row.address === null) return null;
  if (row.told_at !== null && row.told_at > now - PLACE_LETTER_MS) return null;
  const token = newSecret();
  await tx
    .updateTable('invitation_requests')
    .set({ link_hash: hashOfSecret(token) })
    .where('id', '=', id)
    .execute();
  if (row.link_hash !== null) await rememberSpent(tx, now, [row.link_hash]);
  return { to: row.address, token };
}

/** Notes that the letter with the link has gone out. */
export async function noteTold(tx: Tx, now: number, id: number): Promise<void> {
  await tx.updateTable('invitation_requests').set({ told_at: now }).where('id', '=', id).execute();
}

/** Gives whoever holds a link their place, at the end; one that has its place keeps it. @returns false for a link that is not good. */
export async function confirmPlace(tx: Tx, now: number, token: string): Promise<boolean> {
  await tx
    .updateTable('invitation_requests')
    .set({ confirmed_at: now })
    .where('link_hash', '=', hashOfSecret(token))
    .where('confirmed_at', 'is', null)
    .where('invited_at', 'is', null)
    .execute();
  const row = await tx
    .selectFrom('invitation_requests')
    .select('id')
    .where('link_hash', '=', hashOfSecret(token))
    .where('invited_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes whoever holds a link out of the queue, and forgets their address. @returns false for a link that is not good. */
export async function leaveQueue(tx: Tx, now: number, token: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('invitation_requests')
    .where('link_hash', '=', hashOfSecret(token))
    .where('invited_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (gone) await rememberSpent(tx, now, [hashOfSecret(token)]);
  return gone !== undefined;
}

/** Invites who has waited longest, as many as the day still has. Run twice, it invites nobody more. @returns how many. */
export async function inviteFromQueue(tx: Tx, now: number): Promise<number> {
  await lockNames(tx, [QUEUE_LOCK]);
  const { joining, invitationQueue, queueEachDay } = await siteSettings(tx);
  const owner = await ownerViewer(tx);
  if (joining !== 'invitation' || !invitationQueue || owner === null) return 0;
  const { count } = await tx
    .selectFrom('invitation_requests')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('invited_at', '>', now - QUEUE_DAY_MS)
    .executeTakeFirstOrThrow();
  const next = await tx
    .selectFrom('invitation_requests')
    .select(['id', 'address', 'link_hash'])
    .where('confirmed_at', 'is not', null)
    .where('invited_at', 'is', null)
    .orderBy('confirmed_at')
    .orderBy('id')
    .limit(Math.max(0, queueEachDay - Number(count)))
    .execute();
  for (const { id, address, link_hash: link } of next) {
    if (address !== null) await inviteByMail(tx, now, owner, address);
    if (link !== null) await rememberSpent(tx, now, [link]);
    await tx
      .updateTable('invitation_requests')
      .set({ address: null, mailbox_key: null, link_hash: null, invited_at: now })
      .where('id', '=', id)
      .execute();
  }
  if (next.length > 0) await append(tx, now, { kind: 'queue.invited', subject: 'site', subjectId: 0 });
  return next.length;
}

/** Forgets addresses that were not confirmed in time or have waited too long, and the count of days gone by. */
export async function forgetOldPlaces(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('invitation_requests')
    .where((where) =>
      where.or([
        where('asked_at', '<=', now - PLACE_MS),
        where.and([where('confirmed_at', 'is', null), where('asked_at', '<=', now - UNCONFIRMED_PLACE_MS)]),
        where('invited_at', '<=', now - QUEUE_DAY_MS),
      ]),
    )
    .execute();
}
