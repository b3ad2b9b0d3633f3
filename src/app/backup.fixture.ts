/** What tests of backups share: places for archives that are not there yet, and all that an archive holds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { ownDatabase } from '../../test/site.ts';
import { migrations } from '../../migrations/index.ts';
import type { Config } from '../platform/config/config.ts';
import type { Reads } from '../platform/db/tables.ts';
import { shapeAfter } from '../platform/backup/shape.ts';
import { backupCommand } from './backup.ts';
import { openGround, type OpenGround } from './ground.ts';

export const silent = () => {};

/** A folder of the test's own, and what is said into it. */
export async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const said: string[] = [];
  return { path: (name: string) => join(folder, name), said, say: (line: string) => void said.push(line) };
}

/** Settings of an archive that is not there yet. */
export async function emptyPlace(folder: string, kind: 'same' | 'sqlite' = 'same'): Promise<Config> {
  const database = kind === 'sqlite' ? { url: null, drop: async () => {} } : await ownDatabase({ empty: true });
  onTestFinished(() => database.drop());
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder: folder,
    url: null,
    databaseUrl: database.url,
    mail: null,
    logLevel: 'silent',
    samples: false,
  };
}

export async function opened(config: Config): Promise<OpenGround> {
  const ground = await openGround(config);
  onTestFinished(() => ground.close());
  return ground;
}

/** Every row of every table, but for what a restore changes on purpose. */
export async function everything(handle: Reads): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const { name, columns } of shapeAfter(migrations)) {
    if (name === 'sessions' || name === 'owner_links') continue;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(handle);
    tables[name] = rows
      .filter((row) => name !== 'archive_state' || row['key'] !== 'epoch')
      .map((row) => JSON.stringify(columns.map((column) => row[column])))
      .sort();
  }
  return tables;
}

export const backup = (config: Config, path: string, say: (line: string) => void = silent) =>
  backupCommand(config, path, false, say, silent);
