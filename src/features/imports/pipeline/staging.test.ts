/** Where handed-over files wait: below their own folder, whole, and not for ever. */
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { folderOf } from '../bringing-in.fixture.ts';
import { stagedPath, stageFile, stagingFolder, sweepStaging } from './staging.ts';

const bytes = (text: string) => Readable.from([Buffer.from(text)]);
const allIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

test.each([
  ['story.md', 'story.md'],
  ['a/b/story.md', 'a/b/story.md'],
  ['a\\b\\story.md', 'a/b/story.md'],
  ['/a//./story.md', 'a/story.md'],
  ['../story.md', null],
  ['a/../../story.md', null],
  ['.hidden', null],
  ['a/.git/config', null],
  ['', null],
  ['///', null],
  ['C:\\story.md', null],
  ['a\0.md', null],
  ['x'.repeat(201), null],
  ['é'.repeat(101), null],
  ['a/'.repeat(13), null],
])('%j waits at %j', (name, path) => {
  expect(stagedPath(name)).toBe(path);
});

test('what leads outside is not taken, and nothing is written', async () => {
  const root = await folderOf({});
  const folder = join(root, 'uploads', 'x');
  for (const name of ['../out.md', '/../../out.md', '.hidden', ''])
    expect(await stageFile(folder, name, bytes('x'))).toMatch(/^The name ".*" cannot be kept\./);
  expect(await readdir(root)).toEqual([]);
});

test('files of one name are all kept, whatever they hold', async () => {
  const folder = join(await folderOf({}), 'waiting');
  for (const text of ['one', 'two', 'three']) expect(await stageFile(folder, 'a/story.md', bytes(text))).toBeNull();
  expect(await allIn(folder)).toEqual(['a/story (2).md', 'a/story (3).md', 'a/story.md']);
  expect(await readFile(join(folder, 'a', 'story (3).md'), 'utf8')).toBe('three');
});

test('a file where a folder is, or a folder where a file is, is a sentence; what broke off leaves nothing', async () => {
  const folder = join(await folderOf({}), 'waiting');
  expect(await stageFile(folder, 'a/story.md', bytes('x'))).toBeNull();
  expect(await stageFile(folder, 'a/story.md/part.md', bytes('x'))).toContain('There is another file where');
  expect(await stageFile(folder, 'a', bytes('x'))).toContain('There is another file where');
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the cable');
    })(),
  );
  await expect(stageFile(folder, 'b.md', broken)).rejects.toThrow('the cable');
  expect(await allIn(folder)).toEqual(['a/story.md']);
});

test('namesakes that come side by side are all kept, each under a name of its own', async () => {
  const folder = join(await folderOf({}), 'waiting');
  const texts = Array.from({ length: 12 }, (_, i) => `story ${i}`);
  const said = await Promise.all(texts.map((text) => stageFile(folder, 'a/story.txt', bytes(text))));
  expect(said).toEqual(texts.map(() => null));
  const kept = await allIn(folder);
  expect(kept).toHaveLength(texts.length);
  const words = await Promise.all(kept.map((name) => readFile(join(folder, name), 'utf8')));
  expect(words.toSorted()).toEqual(texts.toSorted());
});

test('a full disk is a sentence', async () => {
  const folder = join(await folderOf({}), 'waiting');
  const full = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    })(),
  );
  expect(await stageFile(folder, 'b.md', full)).toBe('There is no room on the disk for this file.');
  expect(await allIn(folder)).toEqual([]);
});

test('the sweep removes what nobody waits for once it is old, and nothing else', async () => {
  const data = await folderOf({});
  await sweepStaging(data, Date.now(), 1_000, new Set());
  const old = new Date(Date.now() - 100_000);
  for (const name of ['old', 'waited', 'new']) {
    await mkdir(stagingFolder(data, name), { recursive: true });
    await writeFile(join(stagingFolder(data, name), 'a.md'), 'x');
    if (name !== 'new') await utimes(stagingFolder(data, name), old, old);
  }
  await sweepStaging(data, Date.now(), 50_000, new Set(['waited']));
  expect((await readdir(join(data, 'uploads'))).toSorted()).toEqual(['new', 'waited']);
});
