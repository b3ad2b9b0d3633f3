/**
 * Brings the schema up to date, on a connection of its own with foreign keys off (a rebuilt table with foreign keys
 * on silently deletes its children), in one transaction, after a copy of what was there.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Kysely, sql, type Dialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { columnsFor, type Columns, type DatabaseKind } from './columns.ts';
import { openPostgresPool, postgresDialect } from './postgres.ts';
import { openSqlite, sqliteDialect } from './sqlite.ts';

/** One step of the schema. */
export interface Migration {
  /** `0001-accounts`: steps run in the order of their names. */
  name: string;
  /** Which feature (or `platform/…`) owns which of the tables made here and not dropped by a later step. */
  owns: Record<string, string[]>;
  /** Statements in order, each whole, for the kind of database the columns are of. */
  statements(columns: Columns): string[];
}

export interface MigrationPlace {
  kind: DatabaseKind;
  /** SQLite: the file. */
  path: string;
  /** PostgreSQL: the address. */
  url: string;
  /** Folder for the copy made before a change of an existing SQLite file. */
  copies: string;
}

/** Applies what is missing. @returns the names applied, in order. @throws when a step fails; then nothing was changed. */
export async function migrate(
  place: MigrationPlace,
  migrations: readonly Migration[],
  now: () => number,
): Promise<string[]> {
  const columns = columnsFor(place.kind);
  const db = new Kysely<unknown>({ dialect: openForMigration(place) });
  try {
    if (await isUpToDate(db, migrations)) {
      await giveEpoch(db);
      return [];
    }
    const migrator = new Migrator({
      db,
      provider: {
        getMigrations: async () =>
          Object.fromEntries(
            migrations.map((migration) => [
              migration.name,
              { up: (tx: Kysely<unknown>) => apply(tx, migration, columns) },
            ]),
          ),
      },
    });
    const all = await migrator.getMigrations();
    const pending = all.filter((one) => one.executedAt === undefined);
    const isOlder = pending.length > 0 && pending.length < all.length;
    if (place.kind === 'sqlite' && isOlder) await copySqlite(db, place, now());
    // Also with nothing to do: a folder that a newer program has changed is refused here.
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    await giveEpoch(db);
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

/**
 * Whether these steps and no others were applied, in their order. Asked of one table at each start: the migrator, which says the
 * same, reads the whole catalogue three times over, and on PostgreSQL that takes longer than all else.
 */
async function isUpToDate(db: Kysely<unknown>, migrations: readonly Migration[]): Promise<boolean> {
  const names = migrations.map(({ name }) => name).toSorted();
  try {
    const applied = await sql<{ name: string }>`select name from kysely_migration order by timestamp, name`.execute(db);
    return applied.rows.map(({ name }) => name).join() === names.join();
  } catch {
    // Not there yet, or out of reach: the migrator makes it, or says what is wrong.
    return false;
  }
}

function openForMigration(place: MigrationPlace): Dialect {
  if (place.kind === 'postgres') return postgresDialect(openPostgresPool(place.url, 1));
  return sqliteDialect(openSqlite(place.path, 'migrations'));
}

async function apply(tx: Kysely<unknown>, migration: Migration, columns: Columns): Promise<void> {
  for (const statement of migration.statements(columns)) await sql.raw(statement).execute(tx);
  if (columns.kind !== 'sqlite') return;
  const broken = await sql.raw('pragma foreign_key_check').execute(tx);
  if (broken.rows.length > 0)
    throw new Error(`${migration.name} leaves ${broken.rows.length} rows that point at nothing.`);
}

async function copySqlite(db: Kysely<unknown>, place: MigrationPlace, at: number): Promise<void> {
  mkdirSync(place.copies, { recursive: true });
  const copy = join(place.copies, `before-migration-${new Date(at).toISOString().replace(/[:.]/g, '-')}.db`);
  if (!existsSync(copy)) await sql`vacuum into ${copy}`.execute(db);
}

/** The archive's epoch: cursors into the event log carry it. Given again at each start, should the last have been cut short. */
async function giveEpoch(db: Kysely<unknown>): Promise<void> {
  const epoch = randomBytes(12).toString('hex');
  await sql`insert into archive_state (key, value) values ('epoch', ${epoch}) on conflict (key) do nothing`.execute(db);
}
