/** Which statements are prepared; and, on PostgreSQL, that they are, and answer as before. */
import { expect, test } from 'vitest';
import { sql } from 'kysely';
import type { Tx } from './tables.ts';
import { testSite } from '../../../test/site.ts';
import { namesOfStatements } from './prepared.ts';

test('a statement gets its name when it is asked again and again, always the same, and none is another’s', () => {
  const names = namesOfStatements();
  const asked = (text: string) => Array.from({ length: 6 }, () => names.of(text));
  const [first, second] = [asked('select 1'), asked('select 2')];
  expect(first.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  expect(new Set(first.slice(3)).size).toBe(1);
  expect(first[3]).not.toBe(second[3]);
  names.giveUp('select 1');
  expect(asked('select 1')).toEqual(Array.from({ length: 6 }));
  expect(asked('select 2')).toEqual(Array.from({ length: 6 }, () => second[3]));
});

test('statements that come in ever new words are not kept', () => {
  const { of: nameOf } = namesOfStatements();
  for (let length = 0; length < 20_000; length += 1) expect(nameOf(`select ${length}`)).toBeUndefined();
  const named = Array.from({ length: 2_000 }, (_, one) => {
    for (let times = 0; times < 3; times += 1) nameOf(`again ${one}`);
    return nameOf(`again ${one}`);
  }).filter((name) => name !== undefined);
  expect(named).toHaveLength(500);
  expect(new Set(named).size).toBe(500);
});

test('what is prepared answers as before after a transaction that failed; a table that is changed is read again', async () => {
  const site = await testSite();
  const { db } = site.ground;
  const person = await site.person('wren');
  const found = () => db.reads.selectFrom('pseuds').selectAll().where('id', '=', person.pseudId).execute();
  for (let times = 0; times < 8; times += 1) expect(await found()).toMatchObject([{ name: 'wren' }]);
  const change = (name: string) => (tx: Tx) =>
    tx.updateTable('pseuds').set({ name }).where('id', '=', person.pseudId).returningAll().executeTakeFirstOrThrow();
  const failed = db.write(async (tx) => {
    await change('kestrel')(tx);
    throw new Error('planted');
  });
  await expect(failed).rejects.toThrow('planted');
  expect(await found()).toMatchObject([{ name: 'wren' }]);
  for (const name of ['one', 'two', 'three', 'four', 'five']) await db.write(change(name));
  await db.write((tx) => sql`alter table pseuds add column planted integer`.execute(tx));
  // A write is tried again by itself; of what is read, the first question may fail, as of every program that is older than its tables.
  expect(await db.write(change('wren'))).toMatchObject({ name: 'wren' });
  await found().catch(() => undefined);
  for (let times = 0; times < 3; times += 1) expect(await found()).toMatchObject([{ name: 'wren' }]);
});

test.runIf(process.env['TEST_DATABASE_URL'])('on PostgreSQL what is asked often is prepared', async () => {
  const { db } = (await testSite()).ground;
  for (let times = 0; times < 8; times += 1) await db.reads.selectFrom('pseuds').select('name').execute();
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db.reads);
  expect(rows.map(({ statement }) => statement)).toContain('select "name" from "pseuds"');
});
