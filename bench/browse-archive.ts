/**
 * The archive that the benches of lists measure: a real data folder on SQLite, filled by the generator, made for one run
 * or kept for the next ones. Filled without what makes writes safe, since a folder that was not filled to its end is
 * thrown away.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { openGround, type OpenGround } from '../src/app/ground.ts';
import type { Database } from '../src/platform/db/database.ts';
import { openSqlite, sqliteDialect } from '../src/platform/db/sqlite.ts';
import type { Tables } from '../src/platform/db/tables.ts';
import { fillArchive } from './large-archive.ts';

/** Changed whenever the generator makes other works from the same seed. */
const GENERATION = 1;
const MARK = 'filled.json';

export interface FilledArchive {
  ground: OpenGround;
  folder: string;
  /** Seconds it took to fill; 0 for one that was there. */
  seconds: number;
  /** Closes it, and removes it unless it is kept. */
  close(): Promise<void>;
}

/** Opens an archive of so many works. `keep`: a folder in which it is left for the next run, and looked for first. */
export async function openFilledArchive(works: number, seed: number, keep: string | null): Promise<FilledArchive> {
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  const filled = JSON.stringify({ generation: GENERATION, works, seed });
  const mark = join(folder, MARK);
  const isThere = existsSync(mark) && readFileSync(mark, 'utf8') === filled;
  if (!isThere) emptied(folder);
  const ground = await openGround({
    port: 0,
    host: '127.0.0.1',
    dataFolder: folder,
    url: null,
    databaseUrl: null,
    mail: null,
    logLevel: 'silent',
    samples: false,
  });
  const began = performance.now();
  if (!isThere) await fillFast(ground.db, join(folder, 'fanfold.db'), works, seed);
  writeFileSync(mark, filled);
  return {
    ground,
    folder,
    seconds: isThere ? 0 : (performance.now() - began) / 1000,
    close: async () => {
      await ground.close();
      if (keep === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Throws a folder of another size away, and touches no folder that is not one of ours. */
function emptied(folder: string): void {
  if (existsSync(join(folder, 'fanfold.db')) && !existsSync(join(folder, MARK)))
    throw new Error(`${folder} holds an archive that no bench has filled.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), 'unfinished');
}

/** Fills through a connection that checks and syncs nothing; indexes are made once all rows are there. */
async function fillFast(db: Database, path: string, works: number, seed: number): Promise<void> {
  const file = openSqlite(path, 'migrations');
  file.pragma('synchronous = off');
  file.pragma('cache_size = -1000000');
  const later = file
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and sql is not null
        and tbl_name in ('works', 'work_tags', 'work_creators', 'chapters', 'chapter_revisions')`,
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of later) file.exec(`drop index "${name}"`);
  const fast = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  await fillArchive({ ...db, write: (work) => fast.transaction().execute(work) }, works, seed);
  for (const { sql } of later) file.exec(sql);
  file.pragma('wal_checkpoint(truncate)');
  await fast.destroy();
}
