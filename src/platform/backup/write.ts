/**
 * Writes a backup: the rows of one moment first, then the files that they name, which never change, so later is early
 * enough. Under a temporary name, until it is whole and has been read again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Migration } from '../db/migrate.ts';
import type { Reads } from '../db/tables.ts';
import { archiveEpoch } from '../events/log.ts';
import { cellOf } from './cell.ts';
import { hasCode } from './error-code.ts';
import { entryName, PART_BYTES, README } from './layout.ts';
import type { Manifest, TableContents } from './manifest.ts';
import { readBackup } from './read.ts';
import { BackupRefused } from './refusal.ts';
import { shapeAfter, stepsNamed, type TableShape } from './shape.ts';
import { withSnapshot, type ArchivePlace, type Snapshot } from './snapshot.ts';
import { readStored, storedPath, storedPieces, syncFolder } from './stored-file.ts';
import { tarWriter, type TarWriter } from './tar-writer.ts';

export interface BackupOrder {
  place: ArchivePlace;
  path: string;
  /** Whether a file of that name may be replaced. */
  replace: boolean;
  program: string;
  migrations: readonly Migration[];
  /** Names of files beside the database that belong to the archive. */
  beside: readonly string[];
  /**
   * The files that the rows name, whose names begin with these two digits. Asked 256 times, so that never all are in hand.
   */
  namedFiles: (handle: Reads, begin: string) => Promise<readonly string[]>;
  now: () => number;
  progress: Progress;
}

/** Hears how far it has come. What it throws ends the work, which leaves nothing behind. */
export type Progress = (
  doing: 'checking' | 'rows' | 'files' | 'reading again' | 'restoring',
  done: number,
  of: number,
) => void;

export interface BackupMade {
  manifest: Manifest;
  bytes: number;
}

/** @returns what was written, once it has been read again and is safe on the disk. @throws BackupRefused, and leaves nothing. */
export async function writeBackup(order: BackupOrder): Promise<BackupMade> {
  const path = resolve(order.path);
  await refusePlace(path, order);
  await sweepUnfinished(path, order.now());
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    let made: BackupMade;
    try {
      const tar = tarWriter(file, order.now());
      const manifest = await withSnapshotThenFiles(order, tar);
      made = { manifest, bytes: await tar.end() };
      await file.sync();
    } finally {
      await file.close();
    }
    await readBackup(temporary, order.migrations, (done, of) => order.progress('reading again', done, of));
    if (!order.replace && existsSync(path)) throw new BackupRefused(isThere(path));
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return made;
  } catch (error) {
    await rm(temporary, { force: true });
    throw hasCode(error, 'ENOSPC', 'EDQUOT')
      ? new BackupRefused(`The disk with ${path} is full. No backup was made.`)
      : error;
  }
}

async function refusePlace(path: string, { place, replace }: BackupOrder): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile()) throw new BackupRefused(`${path} is no file. Name the file to write.`);
  if (there !== null && !replace) throw new BackupRefused(isThere(path));
  if (path.startsWith(resolve(place.dataFolder) + sep))
    throw new BackupRefused(`${path} lies in the data folder, and would be lost with it. Name another place.`);
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw new BackupRefused(`There is no folder ${dirname(path)}.`);
}

function isThere(path: string): string {
  return `${path} is there already. Name another file, or say --replace.`;
}

/** Removes what backups to the same file left behind that never came to their end, once it is older than an hour. */
async function sweepUnfinished(path: string, now: number): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const isLeft = name.startsWith(`${basename(path)}.`) && /\.[0-9a-f]{12}\.part$/.test(name);
    if (!isLeft || name.length !== basename(path).length + '.123456789012.part'.length) continue;
    const left = join(dirname(path), name);
    const changed = (await stat(left).catch(() => null))?.mtimeMs ?? now;
    if (now - changed > 3_600_000) await rm(left, { force: true });
  }
}

async function withSnapshotThenFiles(order: BackupOrder, tar: TarWriter): Promise<Manifest> {
  const readme = Buffer.from(README);
  await tar.add(entryName({ kind: 'readme' }), readme.length, readme);
  const beside = await addBeside(order, tar);
  const at = order.now();
  order.progress('checking', 0, 0);
  const snapshot = await withSnapshot(order.place, async (moment) => {
    const steps = stepsNamed(moment.steps, order.migrations);
    const tables: TableContents[] = [];
    const shapes = shapeAfter(steps);
    for (const [done, shape] of shapes.entries()) {
      order.progress('rows', done, shapes.length);
      tables.push(await addTable(moment, shape, tar));
    }
    // The queries of this program are for its own schema. In an older one every file there is counts as named.
    const isOlder = steps.length < order.migrations.length;
    const names = isOlder ? null : await namesIn((begin) => order.namedFiles(moment.handle, begin));
    const { kind: database, steps: taken } = moment;
    return { tables, names, database, steps: taken, epoch: await archiveEpoch(moment.handle) };
  });
  const { names, ...rows } = snapshot;
  const files = await addFiles(order, names ?? (await namesIn((begin) => filesIn(order.place.dataFolder, begin))), tar);
  const absent = await stillNamed(order, files.absent);
  const manifest: Manifest = {
    format: 1,
    program: order.program,
    at,
    ...rows,
    beside,
    files: files.contents,
    gone: files.absent.filter((name) => !absent.has(name)),
    missing: [...absent],
    damaged: files.damaged,
  };
  await addManifest(manifest, tar);
  return manifest;
}

async function addManifest(manifest: Manifest, tar: TarWriter): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  await tar.add(entryName({ kind: 'manifest' }), bytes.length, bytes);
  // As `sha256sum --check` reads it.
  const sum = Buffer.from(`${sha256(bytes)}  manifest.json\n`);
  await tar.add(entryName({ kind: 'manifest-sum' }), sum.length, sum);
}

async function addBeside(order: BackupOrder, tar: TarWriter): Promise<Manifest['beside']> {
  const added: Manifest['beside'] = [];
  for (const name of order.beside.toSorted()) {
    const stored = await readStored(join(order.place.dataFolder, name));
    if (stored === null) continue;
    // These grow at their end: what was hashed is what is written.
    const whole = stored.whole ?? (await wholeOf(join(order.place.dataFolder, name), stored.size));
    await tar.add(entryName({ kind: 'beside', name }), whole.length, whole);
    added.push({ name, bytes: whole.length, sha256: sha256(whole) });
  }
  return added;
}

async function wholeOf(path: string, size: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const pack = promisify(gzip);

/** Writes the rows of a table. While one part is packed and written, the next is read. */
async function addTable(snapshot: Snapshot, shape: TableShape, tar: TarWriter): Promise<TableContents> {
  const parts: TableContents['parts'] = [];
  const head = JSON.stringify(shape.columns);
  let lines = [head];
  let bytes = 0;
  let rows = 0;
  let before: Promise<void> = Promise.resolve();
  const close = async () => {
    const [text, count] = [`${lines.join('\n')}\n`, lines.length - 1];
    [lines, bytes] = [[head], 0];
    await before;
    before = addPart(text, count);
    // Awaited by the next part, or at the end.
    before.catch(() => undefined);
  };
  const addPart = async (text: string, count: number) => {
    const packed = await pack(text, { level: 1 });
    parts.push({ rows: count, bytes: packed.length, sha256: sha256(packed) });
    await tar.add(entryName({ kind: 'table', table: shape.name, part: parts.length }), packed.length, packed);
  };
  for await (const batch of snapshot.batches(shape)) {
    for (const row of batch) {
      const line = JSON.stringify(row.map(cellOf));
      lines.push(line);
      bytes += line.length;
      rows += 1;
      if (bytes >= PART_BYTES) await close();
    }
  }
  if (lines.length > 1) await close();
  await before;
  return { name: shape.name, rows, lastId: shape.countsIds ? await snapshot.lastId(shape) : 0, parts };
}

const BEGINNINGS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HASH_BYTES = 32;

/** All names in order, each once; 32 bytes each, so that a million of them take 32 MB. */
async function namesIn(ask: (begin: string) => Promise<readonly string[]>): Promise<Buffer[]> {
  const shares: Buffer[] = [];
  for (const begin of BEGINNINGS) {
    const names = [...new Set(await ask(begin))].filter(
      (name) => /^[0-9a-f]{64}$/.test(name) && name.startsWith(begin),
    );
    shares.push(Buffer.from(names.sort().join(''), 'hex'));
  }
  return shares;
}

function* namesOf(shares: readonly Buffer[]): Generator<string> {
  for (const share of shares)
    for (let at = 0; at < share.length; at += HASH_BYTES) yield share.toString('hex', at, at + HASH_BYTES);
}

async function filesIn(dataFolder: string, begin: string): Promise<string[]> {
  return readdir(join(dataFolder, 'files', begin)).catch(() => []);
}

interface FilesAdded {
  contents: Manifest['files'];
  absent: string[];
  damaged: string[];
}

async function addFiles(order: BackupOrder, shares: readonly Buffer[], tar: TarWriter): Promise<FilesAdded> {
  const of = shares.reduce((total, share) => total + share.length / HASH_BYTES, 0);
  const list = createHash('sha256');
  const added: FilesAdded = { contents: { count: 0, bytes: 0, sha256: '' }, absent: [], damaged: [] };
  let done = 0;
  for (const name of namesOf(shares)) {
    order.progress('files', done, of);
    done += 1;
    const path = storedPath(order.place.dataFolder, name);
    const stored = await readStored(path);
    if (stored === null) added.absent.push(name);
    else if (stored.sha256 !== name) added.damaged.push(name);
    else {
      await tar.add(entryName({ kind: 'file', hash: name }), stored.size, stored.whole ?? storedPieces(path, name));
      list.update(`${name}\n`);
      added.contents.count += 1;
      added.contents.bytes += stored.size;
    }
  }
  added.contents.sha256 = list.digest('hex');
  return added;
}

/** Which of the files that are not there the archive still names: these were lost, the others erased meanwhile. */
async function stillNamed(order: BackupOrder, absent: readonly string[]): Promise<Set<string>> {
  if (absent.length === 0) return new Set();
  return withSnapshot(order.place, async ({ handle }) => {
    const named = new Set<string>();
    for (const begin of new Set(absent.map((name) => name.slice(0, 2))))
      for (const name of await order.namedFiles(handle, begin)) named.add(name);
    return new Set(absent.filter((name) => named.has(name)));
  });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
