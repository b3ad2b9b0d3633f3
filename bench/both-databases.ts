/** One measurement on SQLite, and once more on PostgreSQL where there is one (TEST_DATABASE_URL, or installed here). */
import { ownDatabase } from '../test/site.ts';
import { openTestPostgres } from '../test/steps/postgres.ts';

/** @param measure takes the engine's name and its address, null for SQLite. @returns what was measured on either. */
export async function onBothDatabases<Measured>(
  measure: (engine: string, databaseUrl: string | null) => Promise<Measured[]>,
): Promise<Measured[]> {
  const measured = await measure('SQLite', null);
  const postgres = await openTestPostgres();
  if (!postgres) {
    process.stderr.write('PostgreSQL is not here; measured on SQLite alone.\n');
    return measured;
  }
  process.env['TEST_DATABASE_URL'] = postgres.url;
  const database = await ownDatabase();
  try {
    measured.push(...(await measure('PostgreSQL', database.url)));
  } finally {
    await database.drop();
    postgres.stop();
  }
  return measured;
}
