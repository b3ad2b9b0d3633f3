/** Keys after a restore: what was taken back before stays dead, the others are good on, and nothing half done is. */
import { expect, test } from 'vitest';
import { giveAuthenticator, givePasskey, giveToken } from '../../../test/keys.ts';
import { testSite } from '../../../test/site.ts';
import { endWhatLetsIn } from './restored.actions.ts';
import { rememberSpent } from './spent.actions.ts';

test('of two of each, the one on the list of what is spent is gone, and the other is there', async () => {
  const site = await testSite();
  const [one, other] = [await site.person('anemone'), await site.person('bulrush')];
  for (const person of [one, other]) {
    await giveAuthenticator(site, person);
    await givePasskey(site, person);
    await giveToken(site, person);
  }
  const { db, now } = site.ground;
  const { accountId } = one.viewer;
  const hashesOf = async () => [
    await db.reads.selectFrom('authenticators').select(['account_id', 'key_hash as hash']).execute(),
    await db.reads.selectFrom('passkeys').select(['account_id', 'credential_hash as hash']).execute(),
    await db.reads.selectFrom('api_tokens').select(['account_id', 'token_hash as hash']).execute(),
  ];
  const spent = (await hashesOf()).flat().filter((row) => row.account_id === accountId);
  expect(spent).toHaveLength(3);
  const ends_at = now() + 60_000;
  await db.write(async (tx) => {
    const half = { token_hash: 'half', account_id: other.viewer.accountId, proof: '', ends_at };
    await tx.insertInto('half_sessions').values(half).execute();
    await tx.insertInto('passkey_challenges').values({ challenge_hash: 'asked', account_id: null, ends_at }).execute();
    await rememberSpent(
      tx,
      now(),
      spent.map((row) => row.hash),
    );
    await endWhatLetsIn(tx, now());
  });
  for (const rows of await hashesOf()) expect(rows.map((row) => row.account_id)).toEqual([other.viewer.accountId]);
  expect(await db.reads.selectFrom('half_sessions').selectAll().execute()).toEqual([]);
  expect(await db.reads.selectFrom('passkey_challenges').selectAll().execute()).toEqual([]);
});
