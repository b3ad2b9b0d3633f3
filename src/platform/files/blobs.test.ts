import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { folderBlobs, hashOf, sweepUnfinished } from './blobs.ts';

async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'fanfold-blobs-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return join(root, 'files');
}

const bytes = (text: string) => new TextEncoder().encode(text);
const filesIn = async (root: string) =>
  (await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test('what is put is found by its content, and nothing else is left lying about', async () => {
  const root = await folder();
  const blobs = folderBlobs(root);
  const hash = await blobs.put(bytes('The Bees of Sussex'));
  expect(hash).toBe(hashOf(bytes('The Bees of Sussex')));
  expect(await blobs.get(hash)).toEqual(Buffer.from('The Bees of Sussex'));
  expect(await filesIn(root)).toEqual([hash]);
  expect((await stat(join(root, hash.slice(0, 2), hash))).mode & 0o077).toBe(0);
});

test('any bytes come back as they were', async () => {
  const blobs = folderBlobs(await folder());
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (content) => {
      expect(await blobs.get(await blobs.put(content))).toEqual(Buffer.from(content));
    }),
    { numRuns: 25 },
  );
});

test('the same content is kept once, also when it is put by several at once', async () => {
  const root = await folder();
  const blobs = folderBlobs(root);
  const hashes = await Promise.all(Array.from({ length: 12 }, () => blobs.put(bytes('once'))));
  expect(new Set(hashes).size).toBe(1);
  const { mtimeMs } = await stat(join(root, hashes[0]?.slice(0, 2) ?? '', hashes[0] ?? ''));
  await blobs.put(bytes('once'));
  expect(await filesIn(root)).toEqual([hashes[0]]);
  expect((await stat(join(root, hashes[0]?.slice(0, 2) ?? '', hashes[0] ?? ''))).mtimeMs).toBe(mtimeMs);
});

test('a blob is gone once removed, and removing it again is fine', async () => {
  const blobs = folderBlobs(await folder());
  const hash = await blobs.put(bytes('away'));
  await blobs.remove(hash);
  await blobs.remove(hash);
  expect(await blobs.get(hash)).toBeNull();
});

test.each(['', 'abc', '../../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`])(
  'the name %j is refused before any file is touched',
  async (name) => {
    const blobs = folderBlobs(await folder());
    await expect(blobs.get(name)).rejects.toThrow('not the name of a blob');
    await expect(blobs.remove(name)).rejects.toThrow('not the name of a blob');
  },
);

test('leftovers of a crash are swept after an hour, blobs and fresh ones are not', async () => {
  const root = await folder();
  const hash = await folderBlobs(root).put(bytes('whole'));
  const at = join(root, hash.slice(0, 2));
  await mkdir(join(root, 'zz'), { recursive: true });
  const old = join(root, 'zz', 'old.part');
  const fresh = join(at, 'fresh.part');
  await writeFile(old, 'half');
  await writeFile(fresh, 'half');
  const now = Date.now();
  await utimes(old, now / 1000 - 7_200, now / 1000 - 7_200);
  expect(await sweepUnfinished(root, now)).toBe(1);
  expect((await filesIn(root)).toSorted()).toEqual([hash, 'fresh.part'].toSorted());
  expect(await readFile(join(at, hash), 'utf8')).toBe('whole');
});

test('sweeping where nothing was ever kept is fine', async () => {
  expect(await sweepUnfinished(join(await folder(), 'nowhere'), Date.now())).toBe(0);
});

test('a leftover that is gone when its turn comes is passed over', async () => {
  const root = await folder();
  await mkdir(join(root, 'zz'), { recursive: true });
  // A name that is listed and leads nowhere, as one does that was renamed after the listing.
  await symlink(join(root, 'gone'), join(root, 'zz', 'a.part'));
  const old = join(root, 'zz', 'b.part');
  await writeFile(old, 'half');
  expect(await sweepUnfinished(root, Date.now() + 7_200_000)).toBe(1);
});
