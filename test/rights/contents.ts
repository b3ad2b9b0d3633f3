/** All that an archive holds, for tests that nothing has changed. */
import type { TestSite } from '../site.ts';

/** Every row of every table as text, each table by its name. When a session was last used is no content. */
export async function contents(site: TestSite): Promise<Record<string, string[]>> {
  const { reads } = site.ground.db;
  const tables = await reads.introspection.getTables();
  const held: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows: Record<string, unknown>[] = await reads.selectFrom(name as 'works').selectAll().execute();
    held[name] = rows.map((row) => JSON.stringify(name === 'sessions' ? { ...row, seen_at: 0 } : row)).sort();
  }
  return held;
}
