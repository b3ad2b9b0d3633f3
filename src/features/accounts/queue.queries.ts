/** The queue for invitations, for who holds a place in it, and its length for the owner. */
import type { Handle } from '../../platform/db/tables.ts';
import { siteSettings } from '../site/index.ts';
import { hashOfSecret } from './secret.ts';
import './tables.ts';

export interface PlaceInQueue {
  /** From 1; null while the address is not confirmed. */
  place: number | null;
  /** How many are invited each day. */
  eachDay: number;
}

/** Whether people may ask for an invitation. `mail`: whether this archive sends any. */
export async function isQueueOpen(handle: Handle, mail: boolean): Promise<boolean> {
  if (!mail) return false;
  const { joining, invitationQueue } = await siteSettings(handle);
  return joining === 'invitation' && invitationQueue;
}

/** The place that a link shows; null for one that is not good. */
export async function placeOf(handle: Handle, token: string): Promise<PlaceInQueue | null> {
  const row = await handle
    .selectFrom('invitation_requests')
    .select(['id', 'confirmed_at'])
    .where('link_hash', '=', hashOfSecret(token))
    .where('invited_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { queueEachDay: eachDay } = await siteSettings(handle);
  if (row.confirmed_at === null) return { place: null, eachDay };
  const at = row.confirmed_at;
  const { count } = await handle
    .selectFrom('invitation_requests')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('invited_at', 'is', null)
    .where((where) =>
      where.or([where('confirmed_at', '<', at), where.and([where('confirmed_at', '=', at), where('id', '<', row.id)])]),
    )
    .executeTakeFirstOrThrow();
  return { place: Number(count) + 1, eachDay };
}

/** How many wait to be invited. */
export async function queueLength(handle: Handle): Promise<number> {
  const { count } = await handle
    .selectFrom('invitation_requests')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('confirmed_at', 'is not', null)
    .where('invited_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
