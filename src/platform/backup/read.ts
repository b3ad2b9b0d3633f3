/**
 * Reads a backup whole and strictly: every name in its place, every checksum, every row a list as long as its table is
 * wide. What a visitor is handed has been held against its checksum, but the manifest stands at the end: who writes what
 * they are handed reads once before, for nothing.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual, promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Migration } from '../db/migrate.ts';
import { isCell, type Cell } from './cell.ts';
import { hasCode } from './error-code.ts';
import { LARGEST_BESIDE, LARGEST_MANIFEST, LARGEST_PART, placeOf, README, type EntryPlace } from './layout.ts';
import { manifestShape, type Contents, type Manifest } from './manifest.ts';
import { BackupRefused } from './refusal.ts';
import { shapeAfter, stepsNamed, type TableShape } from './shape.ts';
import { DAMAGED, tarEntries, type TarEntry } from './tar-reader.ts';

export interface BackupVisitor {
  beside?(name: string, bytes: Buffer): Promise<void>;
  rows?(table: string, columns: readonly string[], rows: readonly Cell[][]): Promise<void>;
  /** Must read all pieces. */
  file?(hash: string, pieces: AsyncIterable<Buffer>): Promise<void>;
}

/** The order in which kinds of entries come. */
const ORDER: EntryPlace['kind'][] = ['readme', 'beside', 'table', 'file', 'manifest', 'manifest-sum'];

/**
 * Reads all of it. @returns its manifest. @throws BackupRefused at the first thing that is not as it was written, and for a
 * backup of a newer program.
 */
export async function readBackup(
  path: string,
  migrations: readonly Migration[],
  progress: (read: number, of: number) => void = () => {},
  visitor: BackupVisitor = {},
): Promise<Manifest> {
  const reading = new Reading(visitor);
  try {
    for await (const entry of tarEntries(path, progress)) await reading.take(entry);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new BackupRefused(`There is no file ${path}.`);
    if (hasCode(error, 'EACCES', 'EPERM')) throw new BackupRefused(`This user may not read ${path}.`);
    throw error;
  }
  return reading.end(migrations);
}

class Reading {
  readonly #visitor: BackupVisitor;
  readonly #columns = new Map<string, readonly string[]>();
  readonly #tables = new Map<string, Contents['tables'][number]>();
  readonly #beside: Contents['beside'] = [];
  readonly #files = { count: 0, bytes: 0 };
  readonly #names = createHash('sha256');
  #lastFile = '';
  #lastTable = '';
  #stage = -1;
  #manifest: Buffer | null = null;
  #sum = '';

  constructor(visitor: BackupVisitor) {
    this.#visitor = visitor;
  }

  async take(entry: TarEntry): Promise<void> {
    const place = placeOf(entry.name);
    if (place === 'newer') throw new BackupRefused('This backup was made by a newer Fanfold than this one.');
    if (place === null) throw new BackupRefused(`This backup holds something that has no place in one: ${entry.name}`);
    const stage = ORDER.indexOf(place.kind);
    const isFirst = this.#stage < 0;
    const again = place.kind === 'beside' || place.kind === 'table' || place.kind === 'file';
    if (isFirst ? stage !== 0 : stage < this.#stage || (stage === this.#stage && !again))
      throw new BackupRefused(DAMAGED);
    this.#stage = stage;
    switch (place.kind) {
      case 'readme':
        if ((await entry.whole(README.length * 4)).toString() !== README) throw new BackupRefused(DAMAGED);
        return;
      case 'beside':
        return this.#takeBeside(place.name, entry);
      case 'table':
        return this.#takePart(place.table, place.part, entry);
      case 'file':
        return this.#takeFile(place.hash, entry);
      case 'manifest':
        this.#manifest = await entry.whole(LARGEST_MANIFEST);
        return;
      case 'manifest-sum':
        this.#sum = (await entry.whole(200)).toString();
    }
  }

  async #takeBeside(name: string, entry: TarEntry): Promise<void> {
    if (name <= (this.#beside.at(-1)?.name ?? '')) throw new BackupRefused(DAMAGED);
    const bytes = await entry.whole(LARGEST_BESIDE);
    this.#beside.push({ name, bytes: bytes.length, sha256: sha256(bytes) });
    await this.#visitor.beside?.(name, bytes);
  }

  async #takePart(table: string, part: number, entry: TarEntry): Promise<void> {
    const packed = await entry.whole(LARGEST_PART);
    if (table < this.#lastTable) throw new BackupRefused(DAMAGED);
    this.#lastTable = table;
    const seen = this.#tables.get(table) ?? { name: table, rows: 0, lastId: 0, parts: [] };
    this.#tables.set(table, seen);
    if (part !== seen.parts.length + 1) throw new BackupRefused(DAMAGED);
    const { columns, rows } = await unpackPart(packed);
    const before = this.#columns.get(table) ?? columns;
    if (!isDeepStrictEqual(before, columns)) throw new BackupRefused(DAMAGED);
    this.#columns.set(table, columns);
    seen.rows += rows.length;
    seen.parts.push({ rows: rows.length, bytes: packed.length, sha256: sha256(packed) });
    await this.#visitor.rows?.(table, columns, rows);
  }

  async #takeFile(hash: string, entry: TarEntry): Promise<void> {
    if (hash <= this.#lastFile) throw new BackupRefused(DAMAGED);
    this.#lastFile = hash;
    const sum = createHash('sha256');
    const pieces = async function* () {
      for await (const piece of entry.pieces()) {
        sum.update(piece);
        yield piece;
      }
    };
    if (this.#visitor.file) await this.#visitor.file(hash, pieces());
    else for await (const piece of entry.pieces()) sum.update(piece);
    if (sum.digest('hex') !== hash) throw new BackupRefused(DAMAGED);
    this.#names.update(`${hash}\n`);
    this.#files.count += 1;
    this.#files.bytes += entry.size;
  }

  end(migrations: readonly Migration[]): Manifest {
    const manifest = this.#manifest;
    if (manifest === null || this.#sum !== `${sha256(manifest)}  manifest.json\n`) throw new BackupRefused(DAMAGED);
    const parsed = manifestShape.safeParse(jsonOf(manifest.toString()));
    if (!parsed.success) throw new BackupRefused(DAMAGED);
    const said = parsed.data;
    const shapes = shapeAfter(stepsNamed(said.steps, migrations));
    const seen: Contents = {
      // What no row told, the last id and tables without rows, is the manifest's to say.
      tables: said.tables.map(({ name, lastId }) => ({ rows: 0, parts: [], ...this.#tables.get(name), name, lastId })),
      beside: this.#beside,
      files: { ...this.#files, sha256: this.#names.digest('hex') },
    };
    const { tables, beside, files } = said;
    const isSame = isDeepStrictEqual({ tables, beside, files }, seen);
    const names = tables.map((table) => table.name);
    const known = shapes.map((shape) => shape.name);
    if (!isSame || !isDeepStrictEqual(names, known) || !this.#fits(shapes)) throw new BackupRefused(DAMAGED);
    return said;
  }

  /** Whether the rows that were read are rows of these tables. */
  #fits(shapes: readonly TableShape[]): boolean {
    const byName = new Map(shapes.map((shape) => [shape.name, shape.columns]));
    return [...this.#columns].every(([table, columns]) => isDeepStrictEqual(byName.get(table), columns));
  }
}

const unpack = promisify(gunzip);

async function unpackPart(packed: Buffer): Promise<{ columns: string[]; rows: Cell[][] }> {
  const text = await unpack(packed, { maxOutputLength: LARGEST_PART }).catch(() => {
    throw new BackupRefused(DAMAGED);
  });
  const lines = text.toString().split('\n');
  const columns = jsonOf(lines[0] ?? '');
  if (lines.pop() !== '' || !isStrings(columns)) throw new BackupRefused(DAMAGED);
  const rows = lines.slice(1).map((line) => {
    const row = jsonOf(line);
    if (!Array.isArray(row) || row.length !== columns.length || !row.every(isCell)) throw new BackupRefused(DAMAGED);
    return row;
  });
  return { columns, rows };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
