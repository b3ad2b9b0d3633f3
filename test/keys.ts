/** Keys of people, as tests need them: tokens, authenticators that are on, and passkeys that no device holds. */
import { hashOfSecret, newSecret } from '../src/features/accounts/secret.ts';
import { newPublicId } from '../src/platform/db/public-id.ts';
import { sealOf } from '../src/platform/files/seal.ts';
import { sealedFor } from '../src/features/accounts/authenticator/authenticator.queries.ts';
import { newAuthenticatorKey } from '../src/features/accounts/authenticator/codes.ts';
import { makeToken } from '../src/features/accounts/tokens/tokens.actions.ts';
import type { Scope } from '../src/features/accounts/tokens/scopes.ts';
import type { Person, TestSite } from './site.ts';

/** A token of somebody's. @returns it, and its public id. */
export async function giveToken(
  site: TestSite,
  person: Person,
  {
    scopes = ['read', 'write:works'],
    name = 'a program',
    endsAt = null,
  }: {
    scopes?: readonly Scope[];
    name?: string;
    endsAt?: number | null;
  } = {},
): Promise<{ token: string; publicId: string }> {
  const { db, now } = site.ground;
  const made = await db.write((tx) => makeToken(tx, now(), person.viewer.accountId, { name, scopes, endsAt }));
  if ('refusal' in made) throw new Error(`The token was not made: ${made.refusal}`);
  const { public_id: publicId } = await db.reads
    .selectFrom('api_tokens')
    .select('public_id')
    .where('token_hash', '=', hashOfSecret(made.token))
    .executeTakeFirstOrThrow();
  return { token: made.token, publicId };
}

/** An authenticator that is on. @returns its key. */
export async function giveAuthenticator(site: TestSite, person: Person): Promise<Buffer> {
  const { db, now, config } = site.ground;
  const { accountId } = person.viewer;
  const key = newAuthenticatorKey();
  const sealed = await sealOf(config.dataFolder).close(key, sealedFor(accountId));
  const hash = hashOfSecret(key.toString('hex'));
  await db.write((tx) =>
    tx
      .insertInto('authenticators')
      .values({
        account_id: accountId,
        sealed_key: sealed,
        key_hash: hash,
        created_at: now(),
        confirmed_at: now(),
        last_step: 0,
      })
      .execute(),
  );
  return key;
}

/** A passkey that stands in somebody's list and signs nothing. @returns its public id. */
export async function givePasskey(site: TestSite, person: Person, name = 'Phone'): Promise<string> {
  const { db, now } = site.ground;
  const { accountId } = person.viewer;
  const publicId = newPublicId();
  const credentialId = newSecret();
  await db.write(async (tx) => {
    await tx
      .insertInto('passkey_users')
      .values({ account_id: accountId, handle: newSecret() })
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .execute();
    await tx
      .insertInto('passkeys')
      .values({
        public_id: publicId,
        account_id: accountId,
        credential_hash: hashOfSecret(credentialId),
        credential_id: credentialId,
        public_key: '',
        counter: 0,
        transports: '[]',
        name,
        created_at: now(),
        used_on: null,
      })
      .execute();
  });
  return publicId;
}

/** A passkey of somebody's, and a token in place of those they had: there can be only so many. @returns their public ids. */
export async function givenKeys(site: TestSite, person: Person): Promise<{ passkey: string; token: string }> {
  const { accountId } = person.viewer;
  await site.ground.db.write((tx) => tx.deleteFrom('api_tokens').where('account_id', '=', accountId).execute());
  return { passkey: await givePasskey(site, person), token: (await giveToken(site, person)).publicId };
}
