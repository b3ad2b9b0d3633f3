/** Changes of an account's e-mail address. What is told by mail is put as a job in the same transaction. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import { addressKey } from '../../platform/mail/address.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { noteHappening } from './happenings.actions.ts';
import { LETTER } from './letter-kinds.ts';
import { ADDRESS_LETTERS, ADDRESS_LETTERS_KEPT_MS, ADDRESS_LINK_MS, UNSENT_LETTER_MS } from './mail-limits.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import { rememberSpent } from './spent.actions.ts';
import './safety.tables.ts';
import './tables.ts';

/**
 * Gives an account an address, which waits to be confirmed by a letter to it; one that waited before is forgotten. Whether
 * it is another account's already is looked up when the letter is made: who asks here learns nothing of it. Refused when
 * it is the account's own already.
 */
export async function giveAddress(
  tx: Tx,
  now: number,
  accountId: number,
  address: string,
): Promise<{ given: true } | { refusal: 'same' }> {
  await lockNames(tx, [`the addresses of account ${accountId}`]);
  const own = await mailAddressOf(tx, accountId);
  if (own !== null && addressKey(own) === addressKey(address)) return { refusal: 'same' };
  await forgetWaiting(tx, now, accountId);
  const { id } = await tx
    .insertInto('email_addresses')
    .values({
      account_id: accountId,
      address,
      address_key: addressKey(address),
      link_hash: null,
      created_at: now,
      ends_at: now + ADDRESS_LINK_MS,
      confirmed_at: null,
      left_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await enqueue(tx, now, { kind: LETTER.address, payload: { address: id } });
  await append(tx, now, { kind: 'account.address-given', subject: 'account', subjectId: accountId });
  return { given: true };
}

/** Takes all addresses from an account. `tell`: the confirmed one is told so, and forgotten then. */
export async function removeAddress(tx: Tx, now: number, accountId: number, tell: boolean): Promise<void> {
  await lockNames(tx, [`the addresses of account ${accountId}`]);
  await forgetWaiting(tx, now, accountId);
  await leaveConfirmed(tx, now, accountId, tell);
  await noteHappening(tx, now, accountId, 'address-removed');
  await append(tx, now, { kind: 'account.address-removed', subject: 'account', subjectId: accountId });
}

/**
 * Makes the link that confirms an address, for its letter; links before it are void. `inUse`: it is another account's. `later`:
 * the address has been sent enough for now. Null where nothing is to be sent. `mark`: what the address is counted under; made
 * before, for a transaction waits for nothing.
 */
export async function makeAddressLink(
  tx: Tx,
  now: number,
  id: number,
  mark: string,
): Promise<({ to: string; letter: number } & ({ token: string } | { inUse: true })) | { later: true } | null> {
  const row = await tx
    .selectFrom('email_addresses')
    .select(['account_id', 'address', 'address_key'])
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .where('left_at', 'is', null)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  if (!row) return null;
  const letter = await takeAddressLetter(tx, now, row.account_id, mark);
  if (letter === null) return { later: true };
  if (await isConfirmed(tx, row.address_key)) return { to: row.address, letter, inUse: true };
  const token = newSecret();
  await tx
    .updateTable('email_addresses')
    .set({ link_hash: hashOfSecret(token) })
    .where('id', '=', id)
    .execute();
  return { to: row.address, letter, token };
}

/**
 * Counts one letter that asks to confirm an address. @returns its id, or null where it is too many: of one account, or of all together.
 * Of all together a share is kept for accounts that never had a letter sent there, so that others, however often they ask,
 * cannot keep out the one whose address it is.
 */
async function takeAddressLetter(tx: Tx, now: number, accountId: number, mark: string): Promise<number | null> {
  await lockNames(tx, [`letters to ${mark}`]);
  const sent = await tx
    .selectFrom('address_letters')
    .select(['account_id', 'sent_at'])
    .where('address_mark', '=', mark)
    .execute();
  const lately = sent.filter((letter) => letter.sent_at > now - ADDRESS_LETTERS.within);
  const own = lately.filter((letter) => letter.account_id === accountId);
  const isFirst = !sent.some((letter) => letter.account_id === accountId);
  const most = isFirst ? ADDRESS_LETTERS.most : ADDRESS_LETTERS.again;
  if (own.length >= ADDRESS_LETTERS.each || lately.length >= most) return null;
  const { id } = await tx
    .insertInto('address_letters')
    .values({ address_mark: mark, account_id: accountId, sent_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes back that a letter counts, where no mail server took it. */
export async function takeBackAddressLetter(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('address_letters').where('id', '=', id).execute();
}

/** Forgets which letters were sent to addresses, once they count no more: of an account that is gone, when a day is over. */
export async function forgetOldAddressLetters(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('address_letters')
    .where((where) =>
      where.or([
        where('sent_at', '<=', now - ADDRESS_LETTERS_KEPT_MS),
        where.and([where('account_id', 'is', null), where('sent_at', '<=', now - ADDRESS_LETTERS.within)]),
      ]),
    )
    .execute();
}

/** Confirms an address by the link that was sent to it; the one before it leaves, and is told so. @returns false for a link that is not good. */
export async function confirmAddress(tx: Tx, now: number, token: string): Promise<boolean> {
  const row = await tx
    .selectFrom('email_addresses')
    .select(['id', 'account_id', 'address_key'])
    .where('link_hash', '=', hashOfSecret(token))
    .executeTakeFirst();
  if (!row) return false;
  await lockNames(tx, [`the addresses of account ${row.account_id}`, `the address ${row.address_key}`]);
  if (await isConfirmed(tx, row.address_key)) return false;
  const good = await tx
    .selectFrom('email_addresses')
    .select('id')
    .where('id', '=', row.id)
    .where('confirmed_at', 'is', null)
    .where('left_at', 'is', null)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  if (!good) return false;
  await leaveConfirmed(tx, now, row.account_id, true);
  await tx.updateTable('email_addresses').set({ confirmed_at: now }).where('id', '=', row.id).execute();
  await noteHappening(tx, now, row.account_id, 'address-confirmed');
  await append(tx, now, { kind: 'account.address-confirmed', subject: 'account', subjectId: row.account_id });
  return true;
}

/** Forgets an address that has left, once it has been told. */
export async function forgetAddress(tx: Tx, now: number, id: number): Promise<void> {
  const gone = await tx.deleteFrom('email_addresses').where('id', '=', id).returning('link_hash').execute();
  await rememberLinks(tx, now, gone);
}

/** Forgets addresses that were not confirmed in time, and those that left and could not be told. */
export async function forgetOldAddresses(tx: Tx, now: number): Promise<void> {
  const gone = await tx
    .deleteFrom('email_addresses')
    .where((where) =>
      where.or([
        where.and([where('confirmed_at', 'is', null), where('ends_at', '<=', now)]),
        where('left_at', '<=', now - UNSENT_LETTER_MS),
      ]),
    )
    .returning('link_hash')
    .execute();
  await rememberLinks(tx, now, gone);
}

async function isConfirmed(tx: Tx, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom('email_addresses')
    .select('id')
    .where('address_key', '=', key)
    .where('confirmed_at', 'is not', null)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets an address that waits to be confirmed. @returns whether there was one. */
export async function forgetWaitingAddress(tx: Tx, now: number, accountId: number): Promise<boolean> {
  await lockNames(tx, [`the addresses of account ${accountId}`]);
  return forgetWaiting(tx, now, accountId);
}

/**
 * Takes addresses away that somebody else may have given: one that waits, and one confirmed at a moment or later. The second is
 * told so: it may be that of the account's own person, and who takes it away somebody else.
 */
export async function endNewAddress(tx: Tx, now: number, accountId: number, since: number): Promise<void> {
  await forgetWaitingAddress(tx, now, accountId);
  const isNew = await tx
    .selectFrom('email_addresses')
    .select('id')
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .where('confirmed_at', '>=', since)
    .executeTakeFirst();
  if (isNew) await removeAddress(tx, now, accountId, true);
}

async function forgetWaiting(tx: Tx, now: number, accountId: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('email_addresses')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .returning('link_hash')
    .execute();
  await rememberLinks(tx, now, gone);
  return gone.length > 0;
}

/** The confirmed address leaves: at once it is good for nothing, and it is forgotten when it has been told. */
async function leaveConfirmed(tx: Tx, now: number, accountId: number, tell: boolean): Promise<void> {
  const left = await tx
    .updateTable('email_addresses')
    .set({ left_at: now })
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where('left_at', 'is', null)
    .returning(['id', 'link_hash'])
    .executeTakeFirst();
  if (!left) return;
  // A link that sets a new password may lie in the letter box that is left.
  await tx.deleteFrom('password_links').where('account_id', '=', accountId).execute();
  await rememberLinks(tx, now, [left]);
  if (tell) await enqueue(tx, now, { kind: LETTER.addressLeft, payload: { address: left.id } });
  else await tx.deleteFrom('email_addresses').where('id', '=', left.id).execute();
}

async function rememberLinks(tx: Tx, now: number, rows: readonly { link_hash: string | null }[]): Promise<void> {
  await rememberSpent(
    tx,
    now,
    rows.flatMap((row) => row.link_hash ?? []),
  );
}
