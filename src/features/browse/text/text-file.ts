/**
 * The file of full text search: an FTS5 table without a copy of the text, and beside it which row is what. Everything in
 * it comes from the truth; a file that is damaged, or is none of ours, is deleted and made again.
 *
 * A row's number says whose it is: the work's id, then a place of 20 bits (0 is the work itself, the others its chapters).
 * So the works of an answer come out in order without a look at another table.
 */
import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { COLUMNS } from './index-row.ts';

export type TextFile = SQLite.Database;

/** "FTXT": what SQLite keeps of whose file it is. */
const APPLICATION = 0x46545854;
/** Raised when words are cut or rows are laid out in another way: an older file is made again. */
const FORMAT = 1;

/** Places of a work: itself, and its chapters. */
export const PLACES = 2 ** 20;

/** The work that a row belongs to. */
export function workOfRow(row: number): number {
  return Math.floor(row / PLACES);
}

/** Only ASCII is looked at by this tokenizer: it parts at the spaces between keys and leaves every other script alone. */
const SCHEMA = `
  create virtual table text_words using fts5(
    ${COLUMNS.join(', ')}, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
  create table text_rows (
    id integer primary key,
    -- 0 for the work itself
    chapter integer not null,
    -- the chapter's revision; for the work itself a hash of its row
    said integer not null
  ) strict;
  create index text_works on text_rows (id) where chapter = 0;
  create table text_bylines (pseud integer not null, work integer not null, primary key (pseud, work)) strict, without rowid;
  create index text_bylines_work on text_bylines (work);
  create table text_state (name text primary key, value text) strict, without rowid;
`;

/** How large a file may be to be read through when it is opened, in bytes: about half a second. */
const READ_THROUGH = 64 * 1024 * 1024;

/** Opens the file for writing, made new where it is missing or damaged. ':memory:' is never on the disk. */
export function openTextFile(path: string): TextFile {
  if (path === ':memory:') return readied(new SQLite(path));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return openSound(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    removeTextFile(path);
    return readied(new SQLite(path));
  }
}

/** Opens the file for asking; null where there is none yet. */
export function openTextAnswers(path: string): TextFile | null {
  if (!statSync(path, { throwIfNoEntry: false })) return null;
  const file = new SQLite(path, { readonly: true, timeout: 5_000 });
  file.pragma('cache_size = -32000');
  return file;
}

/** Deletes the file and what SQLite keeps beside it. */
export function removeTextFile(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { recursive: true, force: true });
}

class Damaged extends Error {
  override name = 'Damaged';
}

/** Whether an error says that the file itself cannot be used. */
export function isDamage(error: unknown): boolean {
  if (error instanceof Damaged) return true;
  return error instanceof SQLite.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code);
}

function openSound(path: string): TextFile {
  assertWhole(path);
  const file = new SQLite(path, { timeout: 5_000 });
  try {
    const isNew = file.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
    if (!isNew) assertOurs(file);
    return readied(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

/** SQLite notices that the end of a file is missing only when it gets there. */
function assertWhole(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Damaged('It is no file.');
  const size = found?.size ?? 0;
  if (size === 0) return;
  const head = Buffer.alloc(100);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, 100, 0);
  } finally {
    closeSync(handle);
  }
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  // The log beside the file can hold pages that the head counts already.
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!hasLog && pageSize * head.readUInt32BE(28) > size) throw new Damaged('Its end is missing.');
}

function assertOurs(file: TextFile): void {
  if (file.pragma('application_id', { simple: true }) !== APPLICATION) throw new Damaged('It is another program’s.');
  if (file.pragma('user_version', { simple: true }) !== FORMAT) throw new Damaged('It is laid out in another way.');
  if (sizeOf(file) > READ_THROUGH) return;
  if (file.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new Damaged('It does not hold together.');
  file.exec(`insert into text_words (text_words) values ('integrity-check')`);
}

function readied(file: TextFile): TextFile {
  file.pragma('journal_mode = wal');
  // What is lost by a power cut is read from the truth again.
  file.pragma('synchronous = normal');
  file.pragma('secure_delete = on');
  file.pragma('cache_size = -32000');
  file.transaction(() => {
    if (file.prepare('select count(*) from sqlite_schema').pluck().get() !== 0) return;
    file.pragma(`application_id = ${APPLICATION}`);
    file.pragma(`user_version = ${FORMAT}`);
    file.exec(SCHEMA);
  })();
  return file;
}

/** Bytes of the file. */
export function sizeOf(file: TextFile): number {
  return (
    (file.pragma('page_count', { simple: true }) as number) * (file.pragma('page_size', { simple: true }) as number)
  );
}

/** How far the file is. */
export interface TextFileState {
  /** Of which archive, and which history of it: see `archiveMark`. Null for a file that has not been begun. */
  mark: string | null;
  /** The event up to which it is true of the works that are in it. */
  version: number;
  /** The last work that the walk through all works has reached; null when it has reached the end. */
  walked: number | null;
  /** How many works there were to walk through when the walk began. */
  of: number;
  /** When words of erased works must still be cleared out of the file: since when; null for never. */
  erasedAt: number | null;
  clearedAt: number;
}

const BEGINNING: TextFileState = { mark: null, version: 0, walked: 0, of: 0, erasedAt: null, clearedAt: 0 };

export function readState(file: TextFile): TextFileState {
  const value = file.prepare(`select value from text_state where name = 'state'`).pluck().get();
  return typeof value === 'string' ? { ...BEGINNING, ...(JSON.parse(value) as TextFileState) } : BEGINNING;
}

export function writeState(file: TextFile, state: TextFileState): void {
  file.prepare(`replace into text_state (name, value) values ('state', ?)`).run(JSON.stringify(state));
}
