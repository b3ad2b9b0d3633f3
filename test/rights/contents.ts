/** All that an archive holds, for tests that nothing has changed. */
import { sql } from 'kysely';
import type { TestSite } from '../site.ts';

/**
 * Every row of every table as text, each table by its name. When a session was last used is no content. Read anew only when
 * the database itself says that something was committed.
 */
export async function contents(site: TestSite): Promise<Record<string, string[]>> {
  const { reads } = site.ground.db;
  const names = tablesOf.get(site) ?? (await reads.introspection.getTables()).map((table) => table.name);
  tablesOf.set(site, names);
  const isServed = site.ground.config.databaseUrl !== null;
  const mark = isServed ? await servedMark(site, names) : await embeddedMark(site);
  const before = readAt.get(site);
  if (before?.mark === mark) return before.held;
  const held = isServed ? await served(site, names) : await everyRow(site, names);
  readAt.set(site, { mark, held });
  return held;
}
const readAt = new WeakMap<TestSite, { mark: string; held: Record<string, string[]> }>();

/** Another one as soon as another connection has committed something; this one never writes. */
async function embeddedMark(site: TestSite): Promise<string> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(site.ground.db.reads);
  return String(rows[0]?.data_version);
}

/** Each row bears the number of the transaction that wrote it: what is added, changed or taken away changes count or sum. */
async function servedMark(site: TestSite, names: readonly string[]): Promise<string> {
  const parts = names.map(
    (name) =>
      sql`select ${sql.lit(name)} as name, count(*) as held, sum(xmin::text::bigint) as written from ${sql.table(name)}`,
  );
  const { rows } = await sql`${sql.join(parts, sql` union all `)}`.execute(site.ground.db.reads);
  return JSON.stringify(rows);
}

async function everyRow(site: TestSite, names: readonly string[]): Promise<Record<string, string[]>> {
  const held: Record<string, string[]> = {};
  for (const name of names) {
    const rows: Record<string, unknown>[] = await site.ground.db.reads
      .selectFrom(name as 'works')
      .selectAll()
      .execute();
    held[name] = rows.map((row) => JSON.stringify(name === 'sessions' ? { ...row, seen_at: 0 } : row)).sort();
  }
  return held;
}

/** The same in one question: one for each table takes twenty times as long where a server answers. */
async function served(site: TestSite, names: readonly string[]): Promise<Record<string, string[]>> {
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

const tablesOf = new WeakMap<TestSite, string[]>();
