/** Before a run of tests: how its databases are called. After it: those that are kept for the next test are removed. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { RUN } from './databases.ts';

export function setup(): void {
  process.env[RUN] = `fanfold_test_${randomBytes(4).toString('hex')}_`;
}

export async function teardown(): Promise<void> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) return;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [process.env[RUN]],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}
