/** Telling accounts by mail what others did. A letter says what sort of thing it is and where it stands, and nothing of it. */
import type { Tx } from '../../platform/db/tables.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { isChosen, type About, type ChosenAbout } from './letter-choices.ts';
import { LETTER } from './letter-kinds.ts';
import { TOLD_PAUSE_MS } from './mail-limits.ts';
import { choosePreferences } from './preferences.actions.ts';
import { preferencesOf } from './preferences.queries.ts';
import './safety.tables.ts';

/**
 * Puts a letter to an account; whether it wants such letters is asked when it is sent. Nothing without an address. One letter of
 * a sort waits at a time, and goes no sooner than some hours after the one before. To be called by what there is to tell of, once
 * the account may know of it.
 */
export async function tellByMail(tx: Tx, now: number, accountId: number, about: About): Promise<void> {
  if ((await mailAddressOf(tx, accountId)) === null) return;
  const payload = { account: accountId, about };
  if (!isChosen(about)) {
    await enqueue(tx, now, { kind: LETTER.told, payload });
    return;
  }
  const before = await tx
    .selectFrom('told_letters')
    .select('told_at')
    .where('account_id', '=', accountId)
    .where('about', '=', about)
    .executeTakeFirst();
  const runAt = before ? Math.max(now, before.told_at + TOLD_PAUSE_MS) : now;
  await enqueue(tx, now, { kind: LETTER.told, payload, uniqueKey: `letter about ${about} to ${accountId}`, runAt });
}

/** Writes down that a letter of a sort was sent. An account that is gone meanwhile is fine. */
export async function noteLetterSent(tx: Tx, now: number, accountId: number, about: ChosenAbout): Promise<void> {
  const account = await tx.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) return;
  await tx
    .insertInto('told_letters')
    .values({ account_id: accountId, about, told_at: now })
    .onConflict((conflict) => conflict.columns(['account_id', 'about']).doUpdateSet({ told_at: now }))
    .execute();
}

/** Turns letters of one sort off, as the link in each of them asks. Those that are off stay so. An account that is gone is fine. */
export async function turnLettersOff(tx: Tx, now: number, accountId: number, about: ChosenAbout): Promise<void> {
  const account = await tx.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (!account) return;
  const { letters } = await preferencesOf(tx, accountId);
  if (letters[about]) await choosePreferences(tx, now, accountId, { letters: { ...letters, [about]: false } });
}
