/** Reads of e-mail addresses. Each answers its own account, or the letters that go to it. */
import type { Handle } from '../../platform/db/tables.ts';
import { addressKey } from '../../platform/mail/address.ts';
import { hashOfSecret } from './secret.ts';
import { signInNameKey } from './sign-in-name.ts';
import './tables.ts';

export interface OwnAddresses {
  confirmed: string | null;
  /** One that waits to be confirmed. */
  waiting: { address: string; endsAt: number } | null;
}

/** An account's own addresses. */
export async function addressesOf(handle: Handle, now: number, accountId: number): Promise<OwnAddresses> {
  const rows = await handle
    .selectFrom('email_addresses')
    .select(['address', 'confirmed_at', 'ends_at'])
    .where('account_id', '=', accountId)
    .where('left_at', 'is', null)
    .execute();
  const waiting = rows.find((row) => row.confirmed_at === null && row.ends_at > now);
  return {
    confirmed: rows.find((row) => row.confirmed_at !== null)?.address ?? null,
    waiting: waiting ? { address: waiting.address, endsAt: waiting.ends_at } : null,
  };
}

/** Where an account gets its mail; null for one that has confirmed no address. */
export async function mailAddressOf(handle: Handle, accountId: number): Promise<string | null> {
  const row = await handle
    .selectFrom('email_addresses')
    .select('address')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row?.address ?? null;
}

/** Whether a link still confirms an address. */
export async function isAddressLinkGood(handle: Handle, now: number, token: string): Promise<boolean> {
  const row = await handle
    .selectFrom('email_addresses')
    .select('id')
    .where('link_hash', '=', hashOfSecret(token))
    .where('confirmed_at', 'is', null)
    .where('left_at', 'is', null)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The account that somebody means by its name or its address, if it can be written to; told to nobody. Both questions are asked,
 * whatever was typed and whatever the first one answered, and each goes by an index.
 */
export async function accountToWriteTo(handle: Handle, typed: string): Promise<number | null> {
  const byAddress = await byTypedAddress(handle, typed).executeTakeFirst();
  const byName = await byTypedName(handle, typed).executeTakeFirst();
  // No name holds an "@", so at most one of them is meant.
  return byAddress?.account_id ?? byName?.account_id ?? null;
}

/** Accounts with a password that have confirmed an address. */
export function byTypedAddress(handle: Handle, typed: string) {
  return handle
    .selectFrom('email_addresses')
    .innerJoin('credentials', 'credentials.account_id', 'email_addresses.account_id')
    .select('email_addresses.account_id')
    .where('email_addresses.address_key', '=', addressKey(typed))
    .where('email_addresses.confirmed_at', 'is not', null)
    .where('email_addresses.left_at', 'is', null);
}

/** Accounts with a name that can be written to. */
export function byTypedName(handle: Handle, typed: string) {
  return handle
    .selectFrom('credentials')
    .innerJoin('email_addresses', 'email_addresses.account_id', 'credentials.account_id')
    .select('credentials.account_id')
    .where('credentials.name_key', '=', signInNameKey(typed))
    .where('email_addresses.confirmed_at', 'is not', null)
    .where('email_addresses.left_at', 'is', null);
}

/** The account whose password a link sets, with its name; null for one that is used, too old or unknown. */
export async function accountOfPasswordLink(
  handle: Handle,
  now: number,
  token: string,
): Promise<{ accountId: number; name: string } | null> {
  const row = await handle
    .selectFrom('password_links')
    .innerJoin('credentials', 'credentials.account_id', 'password_links.account_id')
    .select(['credentials.account_id', 'credentials.name'])
    .where('password_links.link_hash', '=', hashOfSecret(token))
    .where('password_links.ends_at', '>', now)
    .executeTakeFirst();
  return row ? { accountId: row.account_id, name: row.name } : null;
}
