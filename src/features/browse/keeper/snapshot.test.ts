import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Segment } from '../engine/segment.ts';
import {
  readSnapshot,
  removeSnapshot,
  snapshotBytes,
  snapshotPath,
  sweepUnfinished,
  writeSnapshot,
} from './snapshot.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-snapshot-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'index');
}

function segmentOf(bytes: number, version = 42): Segment {
  const buffer = new SharedArrayBuffer(bytes);
  new Uint8Array(buffer).forEach((_, at, all) => (all[at] = (at * 31) % 251));
  return { buffer, version };
}

const MARK = 'epoch-of-this-archive work.posted work 7 7 1767225600000';

describe('a snapshot', () => {
  test.each([0, 1, 20_000, 8 * 1024 * 1024 + 3])('of %d bytes comes back as it was', async (bytes) => {
    const folder = newFolder();
    const segment = segmentOf(bytes);
    await writeSnapshot(folder, { segment, mark: MARK });
    const found = await readSnapshot(folder);
    expect(found).toMatchObject({ mark: MARK, segment: { version: 42 } });
    const back = 'segment' in found ? Buffer.from(found.segment.buffer) : null;
    expect(back?.equals(Buffer.from(segment.buffer))).toBe(true);
    expect(readdirSync(folder)).toEqual(['browse.snapshot']);
    expect(await snapshotBytes(folder)).toBeGreaterThan(bytes);
  });

  test('is missing where none was written, also without a folder', async () => {
    const folder = newFolder();
    expect(await readSnapshot(folder)).toEqual({ unusable: 'missing' });
    expect(await snapshotBytes(folder)).toBe(0);
  });

  test('that is a folder, leads to itself or says more than can be is refused, and removed like any other', async () => {
    const folder = newFolder();
    const put: (() => void)[] = [
      () => mkdirSync(join(snapshotPath(folder), 'inside'), { recursive: true }),
      () => symlinkSync('browse.snapshot', snapshotPath(folder)),
      () => writeFileSync(snapshotPath(folder), ''),
    ];
    for (const place of put) {
      mkdirSync(folder, { recursive: true });
      place();
      mkdirSync(join(folder, 'browse.snapshot.00ff.part'));
      expect(await readSnapshot(folder)).toEqual({ unusable: 'damaged' });
      await removeSnapshot(folder);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test('with one bit turned is refused, wherever it is', async () => {
    const folder = newFolder();
    await writeSnapshot(folder, { segment: segmentOf(3_000), mark: MARK });
    const whole = readFileSync(snapshotPath(folder));
    const at = fc.oneof(fc.nat(120), fc.nat(whole.length - 1));
    await fc.assert(
      fc.asyncProperty(at, fc.nat(7), async (place, bit) => {
        const flipped = Buffer.from(whole);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
        writeFileSync(snapshotPath(folder), flipped);
        expect(await readSnapshot(folder)).toHaveProperty('unusable');
      }),
      { numRuns: 400 },
    );
  });

  test('that is cut short or grown is refused', async () => {
    const folder = newFolder();
    await writeSnapshot(folder, { segment: segmentOf(3_000), mark: MARK });
    const whole = readFileSync(snapshotPath(folder));
    for (const length of [0, 7, 16, 500, 1_023, 1_024, 2_000, whole.length - 1]) {
      writeFileSync(snapshotPath(folder), whole);
      truncateSync(snapshotPath(folder), length);
      expect(await readSnapshot(folder)).toEqual({ unusable: 'damaged' });
    }
    writeFileSync(snapshotPath(folder), Buffer.concat([whole, Buffer.of(0)]));
    expect(await readSnapshot(folder)).toEqual({ unusable: 'damaged' });
  });

  test('of another layout says so', async () => {
    const folder = newFolder();
    await writeSnapshot(folder, { segment: segmentOf(10), mark: MARK });
    const other = readFileSync(snapshotPath(folder));
    other.writeUInt32LE(9_999, 8);
    writeFileSync(snapshotPath(folder), other);
    expect(await readSnapshot(folder)).toEqual({ unusable: 'other-layout' });
  });

  test('takes the place of the one before, and a mark that is too long leaves that one', async () => {
    const folder = newFolder();
    await writeSnapshot(folder, { segment: segmentOf(10, 1), mark: MARK });
    await writeSnapshot(folder, { segment: segmentOf(20, 2), mark: MARK });
    await expect(writeSnapshot(folder, { segment: segmentOf(30, 3), mark: 'x'.repeat(2_000) })).rejects.toThrow('mark');
    expect(await readSnapshot(folder)).toMatchObject({ segment: { version: 2 } });
  });

  test('is not taken for what an unfinished write left', async () => {
    const folder = newFolder();
    await writeSnapshot(folder, { segment: segmentOf(10, 1), mark: MARK });
    const left = `${snapshotPath(folder)}.0123456789ab.part`;
    writeFileSync(left, 'half');
    writeFileSync(join(folder, 'owner.db'), '');
    expect(await readSnapshot(folder)).toMatchObject({ segment: { version: 1 } });
    await sweepUnfinished(folder);
    expect(readdirSync(folder).toSorted()).toEqual(['browse.snapshot', 'owner.db']);
    await removeSnapshot(folder);
    expect(await readSnapshot(folder)).toEqual({ unusable: 'missing' });
  });
});
