/** All that an archive holds, for tests that nothing has changed. */
import type { TestSite } from '../site.ts';

/** Every row of every table as text, each table by its name. When a session was last used is no content. */
export async function contents(site: TestSite): Promise<Record<string, string[]>> {
  const { reads } = site.ground.db;
  const names = tablesOf.get(site) ?? (await reads.introspection.getTables()).map((table) => table.name);
  tablesOf.set(site, names);
  const held = names.map(async (name) => {
    const rows: Record<string, unknown>[] = await reads
      .selectFrom(name as 'works')
      .selectAll()
      .execute();
    return [
      name,
      rows.map((row) => JSON.stringify(name === 'sessions' ? { ...row, seen_at: 0 } : row)).sort(),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(held));
}

const tablesOf = new WeakMap<TestSite, string[]>();
