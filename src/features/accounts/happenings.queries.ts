/** Reads of what happened to an account. Each answers that account, or the letter that goes to it. */
import type { Handle } from '../../platform/db/tables.ts';
import { happeningInWords, HAPPENINGS_SHOWN, isTold, type ToldHappening } from './happening.ts';
import './safety.tables.ts';

export interface PastHappening {
  /** A sentence without its full stop. */
  what: string;
  /** "Firefox on Linux", or ''. */
  device: string;
  at: number;
}

/** What happened to an account lately, the newest first. */
export async function happeningsOf(handle: Handle, accountId: number): Promise<PastHappening[]> {
  const rows = await handle
    .selectFrom('account_happenings')
    .select(['kind', 'device', 'at'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(HAPPENINGS_SHOWN)
    .execute();
  return rows.flatMap(({ kind, device, at }) => {
    const what = happeningInWords(kind);
    return what === null ? [] : [{ what, device, at }];
  });
}

/** What a letter tells, and to whom; null where it is told by none, or gone. */
export async function happeningToTell(
  handle: Handle,
  id: number,
): Promise<{ accountId: number; kind: ToldHappening; device: string; at: number } | null> {
  const row = await handle
    .selectFrom('account_happenings')
    .select(['account_id', 'kind', 'device', 'at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || !isTold(row.kind)) return null;
  return { accountId: row.account_id, kind: row.kind, device: row.device, at: row.at };
}

/** On how many devices an account was new since one of them, that one included. Those that are kept: at most `NEW_DEVICES_KEPT`. */
export async function newDevicesSince(handle: Handle, accountId: number, happening: number): Promise<number> {
  const { count } = await handle
    .selectFrom('account_happenings')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('kind', '=', 'new-device')
    .where('id', '>=', happening)
    .executeTakeFirstOrThrow();
  return Number(count);
}
