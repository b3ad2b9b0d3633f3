/** All that an archive holds, for tests that nothing has changed. */
import { sql } from 'kysely';
import type { TestSite } from '../site.ts';

/** What is known of an archive: the names of its tables, what was read last, and by which mark. */
interface Known {
  names: readonly string[];
  held: Record<string, string[]>;
  mark: string;
}

/**
 * Every row of every table as text, each table by its name. When a session was last used is no content. Read anew only
 * where the database itself says that something was written.
 */
export async function contents(site: TestSite): Promise<Record<string, string[]>> {
  const isServed = site.ground.config.databaseUrl !== null;
  const before = knownOf.get(site);
  const known = isServed ? await served(site, before) : await embedded(site, before);
  knownOf.set(site, known);
  return known.held;
}
const knownOf = new WeakMap<TestSite, Known>();

const tablesOf = async (site: TestSite) =>
  (await site.ground.db.reads.introspection.getTables()).map((table) => table.name);

/** SQLite has another number as soon as another connection has committed something; this one never writes. */
async function embedded(site: TestSite, before: Known | undefined): Promise<Known> {
  const { reads } = site.ground.db;
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(reads);
  const mark = String(rows[0]?.data_version);
  if (before?.mark === mark) return before;
  const names = before?.names ?? (await tablesOf(site));
  const held: Record<string, string[]> = {};
  for (const name of names) {
    const found: Record<string, unknown>[] = await reads
      .selectFrom(name as 'works')
      .selectAll()
      .execute();
    held[name] = found.map((row) => JSON.stringify(name === 'sessions' ? { ...row, seen_at: 0 } : row)).sort();
  }
  return { names, held, mark };
}

/** PostgreSQL is asked to note which tables are written to; only those are read again. */
async function served(site: TestSite, before: Known | undefined): Promise<Known> {
  if (!before) {
    const names = await tablesOf(site);
    await noteWrites(site, names);
    return { names, held: await rowsOf(site, names), mark: '' };
  }
  const { rows } = await sql<{ name: string }>`delete from watch.written returning name`.execute(site.ground.db.reads);
  const written = new Set(rows.map((row) => row.name));
  if (written.size === 0) return before;
  return { ...before, held: { ...before.held, ...(await rowsOf(site, [...written])) } };
}

/** From now on whatever writes to a table leaves its name, in the same transaction and so as soon as it counts. */
async function noteWrites(site: TestSite, names: readonly string[]): Promise<void> {
  const triggers = names.map(
    (name) => sql`
      create trigger watched after insert or update or delete or truncate on ${sql.table(name)}
        for each statement execute function watch.note()`,
  );
  const said = sql`
    do $do$ begin
      create schema watch;
      create table watch.written (name text not null);
      create function watch.note() returns trigger language plpgsql as $note$ begin
        insert into watch.written values (tg_table_name);
        return null;
      end $note$;
      ${sql.join(triggers, sql`; `)};
    end $do$`;
  await said.execute(site.ground.db.reads);
}

/** In one question for all tables: one for each takes twenty times as long where a server answers. */
async function rowsOf(site: TestSite, names: readonly string[]): Promise<Record<string, string[]>> {
  const parts = names.map((name) => {
    const row = name === 'sessions' ? sql`to_jsonb(held) - 'seen_at'` : sql`to_jsonb(held)`;
    return sql`select ${sql.lit(name)} as name, (${row})::text as row from ${sql.table(name)} held`;
  });
  const { rows } = await sql<{ name: string; row: string }>`${sql.join(parts, sql` union all `)}`.execute(
    site.ground.db.reads,
  );
  const held: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (const { name, row } of rows) held[name]?.push(row);
  for (const list of Object.values(held)) list.sort();
  return held;
}
