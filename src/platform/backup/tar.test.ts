/** Tars as every program reads them, and nothing that this one has not written. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { BLOCK, readTarHeader, tarHeader } from './tar-header.ts';
import { tarEntries } from './tar-reader.ts';
import { tarWriter } from './tar-writer.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-tar-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function write(path: string, files: readonly [name: string, content: Uint8Array][]): Promise<void> {
  const file = await open(path, 'w');
  const tar = tarWriter(file, Date.UTC(2026, 0, 2));
  for (const [name, content] of files) {
    const halves = async function* () {
      yield content.subarray(0, content.length / 2);
      yield content.subarray(content.length / 2);
    };
    await tar.add(name, content.length, content.length % 2 === 0 ? content : halves());
  }
  await tar.end();
  await file.close();
}

async function read(path: string): Promise<[string, Uint8Array][]> {
  const found: [string, Uint8Array][] = [];
  for await (const entry of tarEntries(path, () => {})) {
    if (entry.size % 3 === 0) found.push([entry.name, await entry.whole(entry.size)]);
    else {
      const pieces: Buffer[] = [];
      for await (const piece of entry.pieces()) pieces.push(piece);
      found.push([entry.name, Buffer.concat(pieces)]);
    }
  }
  return found;
}

const name = fc
  .stringMatching(/^[a-z0-9][a-z0-9._/-]{0,60}$/)
  .filter((one) => !one.includes('//') && !one.endsWith('/'));
const content = fc.uint8Array({ maxLength: 3 * BLOCK });

test('what is written is read again, in order', async () => {
  const path = join(scratch(), 'a.tar');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, content), { maxLength: 6 }), async (files) => {
      await write(path, files);
      const found = await read(path);
      expect(found.map(([one, bytes]) => [one, Buffer.from(bytes).toString('hex')])).toEqual(
        files.map(([one, bytes]) => [one, Buffer.from(bytes).toString('hex')]),
      );
    }),
    { numRuns: 60 },
  );
});

test('the system’s own tar unpacks it', async () => {
  const folder = scratch();
  const large = Buffer.alloc(3 << 20, 'large ');
  await write(join(folder, 'a.tar'), [
    ['all/a.txt', Buffer.from('small')],
    ['all/deep/er/b', large],
    ['all/empty', Buffer.alloc(0)],
  ]);
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
  expect(readFileSync(join(folder, 'all/a.txt'), 'utf8')).toBe('small');
  expect(readFileSync(join(folder, 'all/deep/er/b')).equals(large)).toBe(true);
  expect(readFileSync(join(folder, 'all/empty'))).toHaveLength(0);
});

test('a header with any byte changed is none', () => {
  const header = tarHeader({ name: 'fanfold/a.txt', size: 1234, at: 1_700_000_000 });
  expect(readTarHeader(header)).toEqual({ name: 'fanfold/a.txt', size: 1234, at: 1_700_000_000 });
  fc.assert(
    fc.property(fc.nat(BLOCK - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(header);
      changed[at] = (changed[at] ?? 0) ^ change;
      expect(readTarHeader(changed)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test('links, folders and devices are none, whatever they are called', () => {
  for (const kind of '1234567xgLKS\0') {
    const block = tarHeader({ name: 'a', size: 0, at: 0 });
    block.write(kind, 156);
    block.write('/etc/passwd', 157);
    block.fill(' ', 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(readTarHeader(block)).toBeNull();
  }
});

test('a size beyond the file is refused before memory is given to it', async () => {
  const path = join(scratch(), 'a.tar');
  writeFileSync(path, Buffer.concat([tarHeader({ name: 'a', size: 8 * 2 ** 30 - 1, at: 0 }), Buffer.alloc(2 * BLOCK)]));
  await expect(read(path)).rejects.toThrow(/damaged or cut off/);
});

test('what is no tar is said to be none', async () => {
  const path = join(scratch(), 'a.tar');
  for (const bytes of [Buffer.alloc(0), Buffer.from('Dear reader'), Buffer.alloc(4000, 'x')]) {
    writeFileSync(path, bytes);
    await expect(read(path)).rejects.toThrow(/is no backup/);
  }
});

test('a piece that gives more or less than it said is not written as if it had', async () => {
  const file = await open(join(scratch(), 'a.tar'), 'w');
  const tar = tarWriter(file, 0);
  const one = async function* () {
    yield Buffer.from('abc');
  };
  await expect(tar.add('a', 4, one())).rejects.toThrow(/has changed/);
  await expect(tar.add('a', 4, Buffer.from('abc'))).rejects.toThrow(/another size/);
  await file.close();
});
