/** Invitations, for who made them. */
import type { Handle } from '../../platform/db/tables.ts';
import { siteSettings } from '../site/index.ts';
import { typedCode } from './recovery-code.ts';
import { hashOfSecret } from './secret.ts';
import { may, type Viewer } from './viewer.ts';
import './tables.ts';

export type InvitationState = 'unused' | 'used' | 'withdrawn' | 'expired';

export interface OwnInvitation {
  publicId: string;
  state: InvitationState;
  createdAt: number;
  endsAt: number;
}

/** Invitations shown to who made them: the newest. */
const SHOWN = 500;

/** What somebody has made, the newest first. By whom one was used is not told, and not kept. */
export async function invitationsOf(handle: Handle, now: number, accountId: number): Promise<OwnInvitation[]> {
  const rows = await handle
    .selectFrom('invitations')
    .select(['public_id', 'created_at', 'ends_at', 'used_at', 'withdrawn_at'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    state: stateOf(row, now),
    createdAt: row.created_at,
    endsAt: row.ends_at,
  }));
}

function stateOf(
  row: { used_at: number | null; withdrawn_at: number | null; ends_at: number },
  now: number,
): InvitationState {
  if (row.used_at !== null) return 'used';
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.ends_at <= now ? 'expired' : 'unused';
}

/** How many more somebody may make: any number (null), or what is left of what the host allows each. */
export async function invitationsLeft(handle: Handle, now: number, viewer: Viewer): Promise<number | null> {
  if (may(viewer, 'invite-people')) return null;
  if (viewer.accountId === null || !may(viewer, 'give-invitations')) return 0;
  const { invitationsEach } = await siteSettings(handle);
  // One that was withdrawn or ran out was of no use to anybody, and can be made again.
  const { count } = await handle
    .selectFrom('invitations')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', viewer.accountId)
    .where((where) =>
      where.or([
        where('used_at', 'is not', null),
        where.and([where('withdrawn_at', 'is', null), where('ends_at', '>', now)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  const { invitations_used: before } = await handle
    .selectFrom('accounts')
    .select('invitations_used')
    .where('id', '=', viewer.accountId)
    .executeTakeFirstOrThrow();
  return Math.max(0, invitationsEach - before - Number(count));
}

/** Whether a code, as somebody typed it, still lets somebody in. */
export async function isInvitationGood(handle: Handle, now: number, typed: string): Promise<boolean> {
  const row = await handle
    .selectFrom('invitations')
    .innerJoin('accounts', 'accounts.id', 'invitations.account_id')
    .select('invitations.id')
    .where('invitations.code_hash', '=', hashOfSecret(typedCode(typed)))
    .where('invitations.used_at', 'is', null)
    .where('invitations.withdrawn_at', 'is', null)
    .where('invitations.ends_at', '>', now)
    .where('accounts.state', '=', 'active')
    .executeTakeFirst();
  return row !== undefined;
}
