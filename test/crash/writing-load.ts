/**
 * Writes to an archive as fast as it can, for a backup that is made meanwhile. Each transaction says its number in three
 * tables, first and last by name among them: a copy of one moment has the same number in all. Prints the numbers as they commit.
 */
import { sql } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../../src/platform/db/database.ts';

const db = await openDatabase({
  dataFolder: process.env['FANFOLD_DATA'] ?? '',
  databaseUrl: process.env['DATABASE_URL'] ?? null,
  migrations,
});
for (let number = 1; ; number += 1) {
  await db.write(async (tx) => {
    await sql`insert into archive_state (key, value) values ('load', ${String(number)})
      on conflict (key) do update set value = excluded.value`.execute(tx);
    await sql`insert into events (kind, subject, subject_id, version, at) values ('load', 'load', ${number}, 0, ${Date.now()})`.execute(
      tx,
    );
    await sql`update works set kudos = ${number}`.execute(tx);
  });
  // To the end: where the pipe is full, what is left waits for the event loop, which nothing else here lets turn.
  await new Promise<void>((resolve) => process.stdout.write(`wrote ${number}\n`, () => resolve()));
}
