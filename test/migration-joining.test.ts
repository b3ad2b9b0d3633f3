/** The step to joining: sessions that run go on, each with a name of its own to its account. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { sessionOf } from '../src/features/accounts/index.ts';
import { hashOfSecret } from '../src/features/accounts/secret.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { ownDatabase } from './site.ts';

test('whoever was signed in before stays so, and nobody is given a name or a password', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-joining-'));
  const own = await ownDatabase({ empty: true });
  onTestFinished(async () => {
    await own.drop();
    await rm(dataFolder, { recursive: true });
  });
  const now = Date.UTC(2026, 0, 1);
  const place = { dataFolder, databaseUrl: own.url, now: () => now };
  const before = await openDatabase({ ...place, migrations: migrations.filter((step) => step.name < '0010') });
  await before.write(async (tx) => {
    await tx.insertInto('accounts').values({ id: 5, state: 'active', created_at: now }).execute();
    for (const token of ['one', 'other']) {
      await sql`insert into sessions (token_hash, account_id, adult, created_at, seen_at, ends_at)
        values (${hashOfSecret(token)}, 5, 1, ${now}, ${now}, ${now + 1000})`.execute(tx);
    }
  });
  await before.close();

  const after = await openDatabase({ ...place, migrations });
  onTestFinished(() => after.close());
  for (const token of ['one', 'other'])
    expect((await sessionOf(after.reads, token, now))?.viewer).toMatchObject({ accountId: 5, adult: true });
  const rows = await after.reads.selectFrom('sessions').select(['public_id', 'device']).execute();
  expect(new Set(rows.map((row) => row.public_id)).size).toBe(2);
  expect(rows.every((row) => /^[0-9a-f]{10}$/.test(row.public_id) && row.device === '')).toBe(true);
  expect(await after.reads.selectFrom('credentials').selectAll().execute()).toEqual([]);
});
