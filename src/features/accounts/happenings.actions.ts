/** Writing down what happens to an account, and the devices that it is known on. What is told by mail is put as a job with it. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { mailAddressOf } from './addresses.queries.ts';
import {
  DEVICE_KNOWN_MS,
  DEVICES_KNOWN,
  HAPPENINGS,
  HAPPENINGS_KEPT,
  HAPPENINGS_KEPT_MS,
  isTold,
  NEW_DEVICE_PAUSE_MS,
  NEW_DEVICES_KEPT,
  WRONG_CODE_PAUSE_MS,
  type Happening,
  type RareHappening,
} from './happening.ts';
import { LETTER } from './letter-kinds.ts';
import { hashOfSecret } from './secret.ts';
import './safety.tables.ts';
import './tables.ts';

/** Writes down what happened, and tells it by mail where the account has an address. To be called by what makes it happen. */
export async function noteHappening(
  tx: Tx,
  now: number,
  accountId: number,
  kind: Happening,
  device = '',
): Promise<void> {
  const { id } = await tx
    .insertInto('account_happenings')
    .values({ account_id: accountId, kind, device, at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepLatest(tx, accountId, HAPPENINGS_KEPT, Object.keys(HAPPENINGS));
  if (kind === 'new-device') await keepLatest(tx, accountId, NEW_DEVICES_KEPT, [kind]);
  if (!isTold(kind) || (await mailAddressOf(tx, accountId)) === null) return;
  if (kind === 'new-device') await tellOfDevice(tx, now, accountId, id);
  else await enqueue(tx, now, { kind: LETTER.happening, payload: { happening: id } });
}

/**
 * Puts a letter about a new device: at once, or, where one went lately, when its pause is over. One waits at a time, and counts
 * what comes until it goes.
 */
async function tellOfDevice(tx: Tx, now: number, accountId: number, happening: number): Promise<void> {
  const before = await lastTold(tx, accountId, 'new-device');
  if (before !== null && before > now) return;
  const runAt = before === null ? now : Math.max(now, before + NEW_DEVICE_PAUSE_MS);
  await noteTold(tx, runAt, accountId, 'new-device');
  if (runAt === now) await enqueue(tx, now, { kind: LETTER.happening, payload: { happening } });
  else await enqueue(tx, now, { kind: LETTER.newDevices, payload: { account: accountId, from: happening }, runAt });
}

/** Writes down that somebody typed the password of an account and then a wrong code, once in a while: they may try for days. */
export async function noteWrongCode(tx: Tx, now: number, accountId: number, device: string): Promise<void> {
  const before = await lastTold(tx, accountId, 'wrong-code');
  if (before !== null && before > now - WRONG_CODE_PAUSE_MS) return;
  await noteTold(tx, now, accountId, 'wrong-code');
  await noteHappening(tx, now, accountId, 'wrong-code', device);
}

/** When something was told last, or is to be told next; held until the transaction ends, so that two at once tell it once. */
async function lastTold(tx: Tx, accountId: number, about: RareHappening): Promise<number | null> {
  await lockNames(tx, [`letters about ${about} to account ${accountId}`]);
  const row = await tx
    .selectFrom('told_letters')
    .select('told_at')
    .where('account_id', '=', accountId)
    .where('about', '=', about)
    .executeTakeFirst();
  return row?.told_at ?? null;
}

async function noteTold(tx: Tx, at: number, accountId: number, about: RareHappening): Promise<void> {
  await tx
    .insertInto('told_letters')
    .values({ account_id: accountId, about, told_at: at })
    .onConflict((conflict) => conflict.columns(['account_id', 'about']).doUpdateSet({ told_at: at }))
    .execute();
}

/** Forgets what happened to an account before the latest few, of all those kinds together. */
async function keepLatest(tx: Tx, accountId: number, most: number, kinds: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('account_happenings')
    .where('account_id', '=', accountId)
    .where('kind', 'in', kinds)
    .where('id', '<=', (kept) =>
      kept
        .selectFrom('account_happenings as older')
        .select('older.id')
        .where('older.account_id', '=', accountId)
        .where('older.kind', 'in', kinds)
        .orderBy('older.id', 'desc')
        .limit(1)
        .offset(most),
    )
    .execute();
}

/** A browser as an account knows it. */
export interface KnownBrowser {
  /** "Firefox on Linux". */
  device: string;
  /** The random mark in its cookie. */
  mark: string;
  /** The session it has, if any. */
  token: string | null;
}

/**
 * Writes down that an account is signed in on a browser, and tells its person where it was not known before. One whose session
 * of this account goes on is known.
 */
export async function noteDevice(tx: Tx, now: number, accountId: number, browser: KnownBrowser): Promise<void> {
  const mark = deviceMark(browser.mark, accountId);
  const known = await tx
    .updateTable('known_devices')
    .set({ seen_at: now })
    .where('mark_hash', '=', mark)
    .returning('account_id')
    .executeTakeFirst();
  if (known) return;
  const goesOn =
    browser.token === null
      ? undefined
      : await tx
          .selectFrom('sessions')
          .select('account_id')
          .where('token_hash', '=', hashOfSecret(browser.token))
          .where('account_id', '=', accountId)
          .executeTakeFirst();
  await tx
    .insertInto('known_devices')
    .values({ mark_hash: mark, account_id: accountId, seen_at: now })
    .onConflict((conflict) => conflict.column('mark_hash').doUpdateSet({ seen_at: now }))
    .execute();
  await tx
    .deleteFrom('known_devices')
    .where('account_id', '=', accountId)
    .where('mark_hash', 'not in', (kept) =>
      kept
        .selectFrom('known_devices as latest')
        .select('latest.mark_hash')
        .where('latest.account_id', '=', accountId)
        .orderBy('latest.seen_at', 'desc')
        .orderBy('latest.mark_hash')
        .limit(DEVICES_KNOWN),
    )
    .execute();
  if (goesOn === undefined) await noteHappening(tx, now, accountId, 'new-device', browser.device);
}

/** Forgets on which browsers an account is known; the one with a mark stays so. The next sign-in on any other is told. */
export async function forgetDevices(tx: Tx, accountId: number, mark: string | null): Promise<void> {
  await tx
    .deleteFrom('known_devices')
    .where('account_id', '=', accountId)
    .where('mark_hash', '<>', mark === null ? '' : deviceMark(mark, accountId))
    .execute();
}

/** What is kept of a browser's mark: two accounts of one browser have nothing in common. */
function deviceMark(mark: string, accountId: number): string {
  return hashOfSecret(`${mark} of account ${accountId}`);
}

/** Forgets what happened long ago, and devices that were not signed in on for long. */
export async function forgetOldHappenings(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('account_happenings')
    .where('at', '<=', now - HAPPENINGS_KEPT_MS)
    .execute();
  await tx
    .deleteFrom('known_devices')
    .where('seen_at', '<=', now - DEVICE_KNOWN_MS)
    .execute();
}
