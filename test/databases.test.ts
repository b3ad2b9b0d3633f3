/** A database of a test on PostgreSQL is what a new one is, also when another test had it before. */
import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { makeWork } from './cast.ts';
import { onPostgres, openSite, testSite, type TestSite } from './site.ts';

const NOON = () => Date.UTC(2026, 6, 1, 12);

/** Every table’s rows, without what is drawn by chance. */
async function contentsOf(site: TestSite): Promise<unknown[]> {
  const { reads } = site.ground.db;
  const tables = (await reads.introspection.getTables()).map(({ name }) => name).sort();
  return Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ rows: unknown }>`
        select json_agg(to_jsonb(one) - 'token_hash' - 'public_id' order by one::text) as rows
        from ${sql.table(table)} one`.execute(reads);
      return [table, rows];
    }),
  );
}

test.runIf(onPostgres)('a database that another test has written to is as new', async () => {
  const first = await openSite({ now: NOON });
  const asNew = await contentsOf(first);
  const name = new URL(first.ground.config.databaseUrl ?? '').pathname;
  await makeWork(first, { by: [await first.person('Ada')] }, { state: 'posted' });
  await first.ground.db.write((tx) => tx.deleteFrom('languages').where('code', '=', 'vo').execute());
  await first.follow();
  expect(await contentsOf(first)).not.toEqual(asNew);
  await first.close();
  const next = await testSite({ now: NOON });
  expect(new URL(next.ground.config.databaseUrl ?? '').pathname).toBe(name);
  expect(await contentsOf(next)).toEqual(asNew);
});

test.runIf(onPostgres)('one whose schema was changed is given to nobody', async () => {
  const first = await openSite();
  await first.ground.db.write((tx) => sql`alter table pseuds add column planted integer`.execute(tx));
  const { databaseUrl } = first.ground.config;
  await first.close();
  expect((await testSite()).ground.config.databaseUrl).not.toBe(databaseUrl);
});
