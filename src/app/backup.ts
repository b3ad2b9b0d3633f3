/** `fanfold backup`: everything the archive keeps, in one file, while it runs. */
import type { Config } from '../platform/config/config.ts';
import { readBackup } from '../platform/backup/read.ts';
import type { Manifest } from '../platform/backup/manifest.ts';
import { writeBackup, type Progress } from '../platform/backup/write.ts';
import type { Reads } from '../platform/db/tables.ts';
import { SEAL_KEY } from '../platform/files/seal.ts';
import { namedIcons } from '../features/accounts/index.ts';
import { namedOriginals } from '../features/imports/index.ts';
import { migrations } from '../../migrations/index.ts';
import { ERASED_LIST } from './erased.ts';
import { version } from './version.ts';

/** Files in the data folder that belong to the archive, beside the database and `files/`. */
export const BESIDE = [ERASED_LIST, SEAL_KEY];

/** Who names files of the blob store, in which columns: a test compares these with the schema. */
export const NAMES_FILES: readonly {
  columns: readonly string[];
  /** The names that begin so, each once or more. */
  ask: (handle: Reads, begin: string) => Promise<readonly string[]>;
}[] = [
  { columns: ['import_originals.blob', 'import_updates.blobs'], ask: namedOriginals },
  { columns: ['pseud_icons.blob'], ask: namedIcons },
];

/** Makes a backup and says what is in it. @returns the exit code: 1 when files of the archive were missing or damaged. */
export async function backupCommand(
  config: Config,
  path: string,
  replace: boolean,
  say: (line: string) => void,
  progress: Progress,
): Promise<number> {
  const began = performance.now();
  const { manifest, bytes } = await writeBackup({
    place: { dataFolder: config.dataFolder, databaseUrl: config.databaseUrl },
    path,
    replace,
    program: version,
    migrations,
    beside: BESIDE,
    namedFiles: async (handle, begin) => (await Promise.all(NAMES_FILES.map(({ ask }) => ask(handle, begin)))).flat(),
    now: Date.now,
    progress,
  });
  say(`${path} holds ${held(manifest)}: ${inBytes(bytes)}, written and read again in ${seconds(began)}.`);
  const lost = [...manifest.missing, ...manifest.damaged];
  if (manifest.missing.length > 0) say(`${countOf(manifest.missing.length, 'file')} not found that the archive names.`);
  if (manifest.damaged.length > 0)
    say(`${countOf(manifest.damaged.length, 'damaged file')} left out, whose content is not what its name says.`);
  for (const name of lost.slice(0, 10)) say(`  ${name}`);
  return lost.length > 0 ? 1 : 0;
}

/** Reads a backup whole and says what is in it. */
export async function verifyCommand(path: string, say: (line: string) => void, progress: Progress): Promise<void> {
  const began = performance.now();
  const manifest = await readBackup(path, migrations, (done, of) => progress('reading again', done, of));
  say(`${path} is whole: ${held(manifest)}, as of ${new Date(manifest.at).toISOString()}, read in ${seconds(began)}.`);
}

/** What a backup holds, in words. */
export function held(manifest: Manifest): string {
  const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? 0;
  return `${countOf(rows('works'), 'work')} with ${countOf(rows('chapters'), 'chapter')} and ${countOf(manifest.files.count, 'file')}`;
}

export function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} seconds`;
}

export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function inBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
