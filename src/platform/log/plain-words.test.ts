import SQLite from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { plainWords } from './plain-words.ts';

const FOLDER = '/srv/fanfold';
const failure = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: it did not work`), { code, ...(path === undefined ? {} : { path }) });

test.each([
  [failure('ENOENT', FOLDER), 'cannot be made'],
  [failure('EEXIST', FOLDER), 'is a file'],
  [failure('ENOTDIR', `${FOLDER}/files`), 'inside a file'],
  [failure('EACCES', '/srv'), 'cannot be written by this user'],
  [failure('EROFS', FOLDER), 'read-only'],
  [failure('ENOSPC'), 'full'],
  [failure('SQLITE_READONLY'), 'cannot be written by this user'],
  [failure('SQLITE_READONLY_DIRECTORY'), 'cannot be written by this user'],
  [failure('SQLITE_CANTOPEN'), 'cannot be opened'],
  [failure('SQLITE_FULL'), 'full'],
  [failure('SQLITE_NOTADB'), 'is no database'],
  [failure('SQLITE_CORRUPT'), 'is damaged'],
  [new Error('corrupted migrations: previously executed migration 0099-later is missing'), 'newer Fanfold'],
])('%s is said so that a person can mend it', (error, words) => {
  const said = plainWords(error, FOLDER);
  expect(said).toContain(words);
  expect(said).toContain(FOLDER);
  expect(said).not.toMatch(/\n|undefined|Error/);
});

test.each([
  [new Error('a mistake of the program')],
  [failure('ENOENT', '/usr/lib/fanfold/site.css')],
  [failure('EACCES', `${FOLDER}-other/file`)],
  [failure('SQLITE_ERROR')],
  [failure('ENOENT')],
  ['no error at all'],
])('%s keeps its trace', (error) => {
  expect(plainWords(error, FOLDER)).toBeNull();
});

/** What opening an archive in a folder fails with, in plain words. */
async function wordsFor(folder: string): Promise<string | null> {
  const opened = openDatabase({ dataFolder: folder, databaseUrl: null, migrations: [] });
  return opened.then(
    () => 'It was opened.',
    (error: unknown) => plainWords(error, folder),
  );
}

test('real failures are of these kinds', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fanfold-words-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await writeFile(join(root, 'file'), 'not a folder');
  expect(await wordsFor(join(root, 'file'))).toContain('is a file');
  expect(await wordsFor(join(root, 'file', 'below'))).toContain('inside a file');

  mkdirSync(join(root, 'noise'));
  await writeFile(join(root, 'noise', 'fanfold.db'), 'this is not a database, whatever its name says. '.repeat(50));
  expect(await wordsFor(join(root, 'noise'))).toContain('is no database');

  mkdirSync(join(root, 'folder', 'fanfold.db'), { recursive: true });
  expect(await wordsFor(join(root, 'folder'))).toContain('cannot be opened');
});

test('SQLite names its failures by these codes', async () => {
  const root = await mkdtemp(join(tmpdir(), 'fanfold-words-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  new SQLite(join(root, 'a.db')).exec('create table t (a)').close();
  const file = new SQLite(join(root, 'a.db'), { readonly: true });
  let said: string | null = null;
  try {
    file.exec('insert into t values (1)');
  } catch (error) {
    said = plainWords(error, root);
  }
  file.close();
  expect(said).toContain('cannot be written');
});
