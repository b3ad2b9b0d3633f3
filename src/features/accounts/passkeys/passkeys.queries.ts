/** Reads of passkeys. Each answers its own account, or whoever is about to prove that one is theirs. */
import type { Handle } from '../../../platform/db/tables.ts';
import { hashOfSecret } from '../secret.ts';
import '../keys.tables.ts';

export interface OwnPasskey {
  publicId: string;
  name: string;
  createdAt: number;
  usedOn: number | null;
  credentialId: string;
  transports: string[];
}

/** An account's passkeys, the oldest first. */
export async function passkeysOf(handle: Handle, accountId: number): Promise<OwnPasskey[]> {
  const rows = await handle
    .selectFrom('passkeys')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    name: row.name,
    createdAt: row.created_at,
    usedOn: row.used_on,
    credentialId: row.credential_id,
    transports: JSON.parse(row.transports) as string[],
  }));
}

export interface KeptPasskey {
  id: number;
  accountId: number;
  /** What it calls its account. */
  handle: string;
  credentialId: string;
  publicKey: string;
  counter: number;
}

/** The passkey that says of itself that it has this id, to compare a signature with; null for one that nobody has. */
export async function passkeyWithId(handle: Handle, credentialId: string): Promise<KeptPasskey | null> {
  const row = await handle
    .selectFrom('passkeys')
    .innerJoin('passkey_users', 'passkey_users.account_id', 'passkeys.account_id')
    .select([
      'passkeys.id',
      'passkeys.account_id',
      'passkeys.credential_id',
      'passkeys.public_key',
      'passkeys.counter',
      'passkey_users.handle',
    ])
    .where('credential_hash', '=', hashOfSecret(credentialId))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    accountId: row.account_id,
    handle: row.handle,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
  };
}
