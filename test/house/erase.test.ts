import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { columnsFor } from '../../src/platform/db/columns.ts';
import { forgottenByErase, tablesWithAccounts } from './erase.ts';
import { ROOT } from './source.ts';

const statements = migrations.flatMap((migration) => migration.statements(columnsFor('sqlite')));

interface WithErase {
  erase?: { accountTables: readonly string[] };
}

test('A table with an account in it is named by an erase', async () => {
  const files = globSync('src/features/*/feature.{ts,tsx}', { cwd: ROOT });
  expect(files.length).toBeGreaterThan(3);
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(ROOT + file).href) as Promise<object>));
  // Some are made of what the app hands down, which nobody asks for here.
  type Made = WithErase | ((...needs: object[]) => WithErase);
  const made = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, one]) => (name.endsWith('Feature') ? [one as Made] : [])),
  );
  expect(made.length).toBeGreaterThanOrEqual(files.length);
  const features = made.map((one) => (typeof one === 'function' ? one({}, {}) : one));
  expect(forgottenByErase(tablesWithAccounts(statements), features)).toEqual([]);
});

test('the tables with an account in them are found in the migrations', () => {
  expect(tablesWithAccounts(statements)).toEqual(expect.arrayContaining(['pseuds', 'sessions', 'work_creators']));
  expect(tablesWithAccounts(statements)).not.toContain('tags');
});

test.each([
  ['by its name', 'create table mutes (\n id integer,\n account_id integer not null\n) strict'],
  ['by a longer name', 'create table mutes (\n muted_account_id integer not null)'],
  ['by what it refers to', 'create table mutes (\n by integer references pseuds (id)\n)'],
])('a planted table is found %s, and missed until an erase names it', (_name, statement) => {
  expect(tablesWithAccounts([statement])).toEqual(['mutes']);
  expect(forgottenByErase(['mutes'], [{}, { erase: { accountTables: ['other'] } }])).toEqual(['mutes']);
  expect(forgottenByErase(['mutes'], [{ erase: { accountTables: ['mutes'] } }])).toEqual([]);
});

test('a table without an account is left alone', () => {
  expect(
    tablesWithAccounts(['create table tags (\n id integer,\n name text)', 'create index a on pseuds (account_id)']),
  ).toEqual([]);
});
