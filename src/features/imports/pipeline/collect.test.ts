/** What is found below paths: each file once, and a sentence for what is none. Nothing hangs, nothing is followed. */
import { execFileSync } from 'node:child_process';
import { appendFile, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import { folderOf } from '../bringing-in.fixture.ts';
import { collectFiles } from './collect.ts';
import type { Found, FoundFile } from './found-file.ts';

const NO_FILE = 'This is neither a file nor a folder.';
const text = (bytes: Uint8Array | { problem: string }) =>
  'problem' in bytes ? bytes : Buffer.from(bytes).toString('utf8');
const fileAt = (found: readonly Found[], ending: string): FoundFile => {
  const one = found.find((each) => each.path.endsWith(ending));
  if (!one || 'problem' in one) throw new Error(`There is no file ${ending}.`);
  return one;
};

describe('what is no file gets a sentence and keeps no other out', () => {
  test.runIf(process.platform === 'linux')('devices and pipes that are named', async () => {
    const folder = await folderOf({ 'a.md': 'x' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const found = await collectFiles(['/dev/zero', '/dev/tty', join(folder, 'pipe'), join(folder, 'a.md')]);
    expect(found.slice(0, 3).map((one) => 'problem' in one && one.problem)).toEqual([NO_FILE, NO_FILE, NO_FILE]);
    expect(found[3]).toMatchObject({ name: 'a.md', bytes: 1 });
  });

  test.runIf(process.platform === 'linux')('pipes, sockets and links below a folder; no link is followed', async () => {
    const outside = await folderOf({ 'secret.md': 'x' });
    const folder = await folderOf({ 'a.md': 'x' });
    execFileSync('mkfifo', [join(folder, 'b-pipe')]);
    const server = createServer().listen(join(folder, 'c-socket'));
    onTestFinished(() => void server.close());
    await symlink(folder, join(folder, 'd-loop'));
    await symlink(join(outside, 'secret.md'), join(folder, 'e-link.md'));
    await symlink('/dev/zero', join(folder, 'f-zero.md'));
    await symlink(join(folder, 'nowhere'), join(folder, 'g-broken.md'));
    const found = await collectFiles([folder]);
    expect(
      found.map((one) => [one.path.slice(folder.length + 1), 'problem' in one ? one.problem.split('.')[0] : '']),
    ).toEqual([
      ['a.md', ''],
      ['b-pipe', 'This is neither a file nor a folder'],
      ['c-socket', 'This is neither a file nor a folder'],
      ['d-loop', 'This is a link'],
      ['e-link.md', 'This is a link'],
      ['f-zero.md', 'This is a link'],
      ['g-broken.md', 'This is a link'],
    ]);
  });

  test('a link that is named itself is what it leads to; one that leads nowhere, and paths no disk can have', async () => {
    const folder = await folderOf({ 'a.md': 'x' });
    await symlink(join(folder, 'a.md'), join(folder, 'named.md'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken.md'));
    const found = await collectFiles([
      join(folder, 'named.md'),
      join(folder, 'broken.md'),
      join(folder, 'a.md', 'below'),
      join(folder, 'x'.repeat(300)),
      'nul\0.md',
    ]);
    expect(found[0]).toMatchObject({ name: 'named.md', bytes: 1 });
    for (const one of found.slice(1)) expect(one).toMatchObject({ problem: 'There is no such file or folder.' });
  });

  test.runIf(process.platform === 'linux')('a pipe that has taken a file’s place is not waited for', async () => {
    const folder = await folderOf({ 'a.md': 'x', 'b.md': 'y' });
    const found = await collectFiles([folder]);
    await rm(join(folder, 'a.md'));
    execFileSync('mkfifo', [join(folder, 'a.md')]);
    await rm(join(folder, 'b.md'));
    await symlink('/dev/zero', join(folder, 'b.md'));
    for (const name of ['a.md', 'b.md']) expect(await fileAt(found, name).read()).toEqual({ problem: NO_FILE });
  });
});

describe('a file', () => {
  test('is read as it is then: grown, shrunk or replaced since it was found, its stamp tells', async () => {
    const folder = await folderOf({ 'a.md': 'one' });
    const before = fileAt(await collectFiles([folder]), 'a.md');
    await writeFile(join(folder, 'new'), 'another one');
    await rename(join(folder, 'new'), join(folder, 'a.md'));
    expect(text(await before.read())).toBe('another one');
    const after = fileAt(await collectFiles([folder]), 'a.md');
    expect(after.stamp).not.toBe(before.stamp);
    expect(fileAt(await collectFiles([folder]), 'a.md').stamp).toBe(after.stamp);
  });

  test('that is written to while it is read is refused', async () => {
    const folder = await folderOf({ 'a.txt': 'x' });
    const path = join(folder, 'a.txt');
    await truncate(path, 40 * 2 ** 20);
    const found = fileAt(await collectFiles([path]), 'a.txt');
    const done = new AbortController();
    const read = found.read().finally(() => done.abort());
    while (!done.signal.aborted) await appendFile(path, 'y');
    expect(await read).toEqual({ problem: 'This file changed while it was read. Import it again.' });
  });

  test('whose size is beyond any story by the time it is read is refused unread', async () => {
    const folder = await folderOf({ 'a.txt': 'x' });
    const found = fileAt(await collectFiles([folder]), 'a.txt');
    await truncate(join(folder, 'a.txt'), 2 ** 40);
    expect(await found.read()).toMatchObject({ problem: expect.stringContaining('at most 48 MB') as unknown });
  });
});

describe('a zip is a folder', () => {
  test('its files stand among the others in the order of their names, and hold what was packed', async () => {
    const zip = makeZip([
      { name: 'b/two.md', content: 'Two' },
      { name: 'b/' },
      { name: 'a.md', content: 'One' },
      { name: '.hidden', content: 'x' },
      { name: '__MACOSX/._a.md', content: 'x' },
    ]);
    const folder = await folderOf({ '1.md': 'x', '2.dat': zip, '3.md': 'x' });
    const found = await collectFiles([folder]);
    expect(found.map((one) => one.path.slice(folder.length + 1))).toEqual([
      '1.md',
      '2.dat/a.md',
      '2.dat/b/two.md',
      '3.md',
    ]);
    expect(text(await fileAt(found, 'two.md').read())).toBe('Two');
    expect(fileAt(found, 'two.md')).toMatchObject({ name: 'two.md', folder: join(folder, '2.dat', 'b') });
    expect(await readFile(join(folder, '1.md'), 'utf8')).toBe('x');
  });

  test('unless it is a book: content decides, not the ending', async () => {
    const book = makeZip([
      { name: 'mimetype', content: 'application/epub+zip', stored: true },
      { name: 'OEBPS/one.xhtml', content: '<p>x</p>' },
    ]);
    const folder = await folderOf({ 'book.zip': book, 'story.zip': 'Once upon a time' });
    const found = await collectFiles([folder]);
    expect(found.map((one) => [one.path.slice(folder.length + 1), 'read' in one])).toEqual([
      ['book.zip', true],
      ['story.zip', true],
    ]);
  });

  test('with zips in it, three deep, and no deeper', async () => {
    let zip = makeZip([{ name: 'deep.md', content: 'Deep' }]);
    for (const name of ['c', 'b', 'a'])
      zip = makeZip([
        { name: `${name}.zip`, content: zip },
        { name: `${name}.md`, content: name },
      ]);
    const folder = await folderOf({ 'all.zip': zip });
    const found = await collectFiles([folder]);
    expect(found.map((one) => one.path.slice(folder.length + 1))).toEqual([
      'all.zip/a.md',
      'all.zip/a.zip/b.md',
      'all.zip/a.zip/b.zip/c.md',
      'all.zip/a.zip/b.zip/c.zip',
    ]);
    expect(found[3]).toMatchObject({ problem: expect.stringContaining('Unpack it') as unknown });
    expect(text(await fileAt(found, 'c.md').read())).toBe('c');
  });

  test('a book or a story in it that is called a zip is a file', async () => {
    const book = makeZip([{ name: 'mimetype', content: 'application/epub+zip', stored: true }]);
    const folder = await folderOf({
      'all.zip': makeZip([
        { name: 'book.zip', content: book },
        { name: 'story.zip', content: 'Once upon a time' },
      ]),
    });
    const found = await collectFiles([folder]);
    expect(found.map((one) => [one.path.slice(folder.length + 1), 'read' in one])).toEqual([
      ['all.zip/book.zip', true],
      ['all.zip/story.zip', true],
    ]);
  });

  test('what is wrong with one of its files is said of that file; the others are read', async () => {
    const zip = makeZip([
      { name: 'good.md', content: 'Good' },
      { name: '../out.md', content: 'x' },
      { name: '/etc/passwd', content: 'x' },
      { name: 'link.md', content: '/etc/passwd', lies: { mode: 0o120777 } },
      { name: 'device', lies: { mode: 0o020666 } },
      { name: 'locked.md', content: 'x', lies: { flags: 0x801 } },
      { name: 'bomb.txt', content: new Uint8Array(8 * 2 ** 20) },
      { name: 'liar.md', content: 'as it says', lies: { size: 3 } },
      { name: 'broken.md', content: 'x', lies: { crc: 1 } },
      { name: 'huge.md', content: 'x', lies: { size: 60 * 2 ** 20, packedSize: 60 * 2 ** 20, method: 0 } },
    ]);
    const folder = await folderOf({ 'all.zip': zip });
    const said: Record<string, string> = {};
    for (const one of await collectFiles([folder])) {
      const read = 'problem' in one ? one : await one.read();
      said[one.path.slice(folder.length + '/all.zip/'.length)] =
        'problem' in read ? read.problem : `read ${text(read) as string}`;
    }
    expect(said).toEqual({
      'good.md': 'read Good',
      '../out.md': 'Its name leads out of the zip.',
      '/etc/passwd': 'Its name begins outside the zip.',
      'link.md': 'It is a link to another place, not a file.',
      device: 'It is a device or the like, not a file.',
      'locked.md': 'It is protected by a password.',
      'bomb.txt': 'It unpacks to far more than any text does.',
      'liar.md': 'It holds more than the zip says.',
      'broken.md': 'It is damaged.',
      'huge.md': 'It is cut off.',
    });
  });

  test('two files of one name: the first is read, the second is told of', async () => {
    const zip = makeZip([
      { name: 'a.md', content: 'First' },
      { name: 'a.md', content: 'Second' },
      { name: 'b.md', content: 'Other' },
    ]);
    const folder = await folderOf({ 'all.zip': zip });
    const found = await collectFiles([folder]);
    expect(text(await fileAt(found, 'a.md').read())).toBe('First');
    expect(found.filter((one) => 'problem' in one)).toEqual([
      { path: join(folder, 'all.zip', 'a.md (again)'), problem: 'Another file has the same name.' },
    ]);
    expect(found).toHaveLength(3);
  });

  test('cut off, empty, or of hidden files only, it says so itself', async () => {
    const whole = makeZip([{ name: 'a.md', content: 'x'.repeat(2_000) }]);
    const folder = await folderOf({
      'cut.zip': whole.slice(0, -30),
      'empty.zip': makeZip([]),
      'hidden.zip': makeZip([{ name: '.secret/a.md', content: 'x' }]),
      'fine.zip': whole,
    });
    const found = await collectFiles([folder]);
    expect(found.map((one) => ('problem' in one ? one.problem : one.name))).toEqual([
      'This zip is cut off: its list of files is missing.',
      'This zip holds no files.',
      'a.md',
      'There are no files in this zip.',
    ]);
  });

  test('that is another by the time it is read, or gone, is not read', async () => {
    const folder = await folderOf({
      'a.zip': makeZip([{ name: 'x.md', content: 'One' }]),
      'b.zip': makeZip([{ name: 'y.md', content: 'One' }]),
    });
    const found = await collectFiles([folder]);
    await writeFile(join(folder, 'a.zip'), makeZip([{ name: 'other.md', content: 'Two' }]));
    await rm(join(folder, 'b.zip'));
    expect(await fileAt(found, 'x.md').read()).toEqual({
      problem: 'The zip changed while it was read. Import it again.',
    });
    expect(await fileAt(found, 'y.md').read()).toEqual({ problem: 'This zip cannot be opened.' });
  });
});
