/** Writing down what happens to an account, and the devices that it is known on. What is told by mail is put as a job with it. */
import type { Tx } from '../../platform/db/tables.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { DEVICE_KNOWN_MS, HAPPENINGS_KEPT, HAPPENINGS_KEPT_MS, isTold, type Happening } from './happening.ts';
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
  await tx
    .deleteFrom('account_happenings')
    .where('account_id', '=', accountId)
    .where('id', '<=', (kept) =>
      kept
        .selectFrom('account_happenings as older')
        .select('older.id')
        .where('older.account_id', '=', accountId)
        .orderBy('older.id', 'desc')
        .limit(1)
        .offset(HAPPENINGS_KEPT),
    )
    .execute();
  if (isTold(kind) && (await mailAddressOf(tx, accountId)) !== null)
    await enqueue(tx, now, { kind: LETTER.happening, payload: { happening: id } });
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
  const mark = hashOfSecret(`${browser.mark} of account ${accountId}`);
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
  if (goesOn === undefined) await noteHappening(tx, now, accountId, 'new-device', browser.device);
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
