import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeZip } from './zip.fixture.ts';
import type { EntryLies, MadeEntry, ZipLies } from './zip.fixture.ts';
import { openZip } from './zip.ts';
import type { Zip, ZipLimits } from './zip.ts';

async function opened(bytes: Uint8Array, limits?: Partial<ZipLimits>): Promise<Zip> {
  const result = await openZip({ bytes }, limits);
  if (!result.ok) throw new Error(result.reason);
  return result.zip;
}

async function refusal(bytes: Uint8Array, limits?: Partial<ZipLimits>): Promise<string> {
  const result = await openZip({ bytes }, limits);
  return result.ok ? 'opened' : result.reason;
}

/** What each entry gives: its text, or the sentence. */
async function contents(zip: Zip): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of zip.entries) {
    const read = await zip.read(entry);
    found[entry.name] = read.ok ? new TextDecoder().decode(read.bytes) : read.reason;
  }
  return found;
}

const GOOD = { name: 'good.txt', content: 'Good.' };

/** A zip of one good entry and one that lies: what becomes of the second. The first must be read all the same. */
async function beside(bad: MadeEntry): Promise<string | undefined> {
  const found = await contents(await opened(makeZip([GOOD, bad])));
  expect(found['good.txt']).toBe('Good.');
  return Object.entries(found).find(([name]) => name !== 'good.txt')?.[1];
}

describe('an honest zip', () => {
  const bytes = makeZip([
    { name: 'a/', stored: true },
    { name: 'a/one.txt', content: 'One.' },
    { name: 'two.txt', content: 'Two.', stored: true },
    { name: 'empty.txt' },
  ]);

  test('lists its entries and gives their bytes', async () => {
    const zip = await opened(bytes);
    expect(zip.entries.map(({ name, kind, size, stored, refusal: why }) => [name, kind, size, stored, why])).toEqual([
      ['a/', 'folder', 0, true, null],
      ['a/one.txt', 'file', 4, false, null],
      ['two.txt', 'file', 4, true, null],
      ['empty.txt', 'file', 0, false, null],
    ]);
    expect(await contents(zip)).toEqual({
      'a/': 'It is a folder.',
      'a/one.txt': 'One.',
      'two.txt': 'Two.',
      'empty.txt': '',
    });
  });

  test('is read from disk piece by piece, and a file that shrinks gets a sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zip-'));
    const path = join(folder, 'a.zip');
    const large = 'x'.repeat(300_000);
    await writeFile(path, makeZip([{ name: 'large.txt', content: large, stored: true }, GOOD]));
    const result = await openZip({ path });
    if (!result.ok) throw new Error(result.reason);
    expect(await contents(result.zip)).toEqual({ 'large.txt': large, 'good.txt': 'Good.' });
    await truncate(path, 1000);
    const [entry] = result.zip.entries;
    expect(entry && (await result.zip.read(entry))).toEqual({ ok: false, reason: 'It is damaged.' });
    await result.zip.close();
    expect(await openZip({ path: join(folder, 'none.zip') })).toEqual({
      ok: false,
      reason: 'This zip cannot be opened.',
    });
    expect((await openZip({ path: folder })).ok).toBe(false);
    await rm(folder, { recursive: true });
  });

  test('names are UTF-8 whatever the flag says, and CP437 where they are not', async () => {
    const zip = await opened(
      makeZip([
        { name: 'été.txt', lies: { flags: 0 } },
        { name: new Uint8Array([0x82, 0x2e, 0x74, 0x78, 0x74]), lies: { flags: 0x800 } },
      ]),
    );
    expect(zip.entries.map(({ name, nameGuessed }) => [name, nameGuessed])).toEqual([
      ['été.txt', false],
      ['é.txt', true],
    ]);
  });

  test('what macOS adds for itself is not listed', async () => {
    const zip = await opened(makeZip([{ name: '__MACOSX/._good.txt' }, GOOD, { name: 'a/.DS_Store' }]));
    expect(zip.entries.map(({ name }) => name)).toEqual(['good.txt']);
  });
});

describe('refused as a whole', () => {
  const zip = makeZip([GOOD]);

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /^This file is empty\.$/],
    ['no zip', new TextEncoder().encode('A story.'), /^This is not a zip\.$/],
    ['a zip without files', makeZip([]), /holds no files/],
    ['a download that broke off', makeZip([GOOD], { withoutEnd: true }), /cut off/],
    ['a list that is elsewhere', makeZip([GOOD], { listOffset: 3 }), /damaged/],
    ['a list beyond the end', makeZip([GOOD], { listOffset: 0xfffffff0 }), /damaged/],
    ['more entries than there are', makeZip([GOOD], { count: 7 }), /damaged/],
    ['more entries than any zip may have', makeZip([GOOD], { count: 60_000 }), /more than 20,000 files/],
    ['strong encryption', makeZip([{ ...GOOD, lies: { flags: 0x841 } }]), /password/],
    ['something after its end', new Uint8Array([...zip, 1, 2, 3]), /damaged/],
  ])('%s', async (_, bytes, sentence) => {
    expect(await refusal(bytes)).toMatch(sentence);
  });

  test('more than the budget of bytes, of which refused entries take nothing', async () => {
    expect(await refusal(makeZip([GOOD, { ...GOOD, name: 'b' }]), { totalBytes: 8 })).toMatch(/larger than 8 bytes/);
    expect(await refusal(makeZip([GOOD, { ...GOOD, name: '../b' }]), { totalBytes: 8 })).toBe('opened');
  });

  test('a list of 20,000 entries is read in good time', async () => {
    const bytes = makeZip(Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}.txt`, stored: true, content: 'x' })));
    const started = performance.now();
    expect((await opened(bytes)).entries).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('one bad entry keeps no good one out', () => {
  test.each([
    ['../out.txt', /leads out/],
    ['a/../../out.txt', /leads out/],
    ['/etc/motd', /begins outside/],
    ['C:/out.txt', /begins outside/],
    ['..\\out.txt', /backslash/],
    ['a\0.txt', /control characters/],
    ['a\nb.txt', /control characters/],
    ['a//b.txt', /plain path/],
    ['./b.txt', /plain path/],
    ['good.txt/'.repeat(400), /too long|folder/],
  ])('a name that leads elsewhere: %j', async (name, sentence) => {
    expect(await beside({ name, content: 'x' })).toMatch(sentence);
  });

  test.each<[string, EntryLies, RegExp]>([
    ['a link', { mode: 0o120777 }, /link/],
    ['a device', { mode: 0o060644 }, /device/],
    ['a pipe', { mode: 0o010644 }, /device/],
    ['encrypted', { flags: 0x801 }, /password/],
    ['AES', { method: 99 }, /password/],
    ['packed in another way', { method: 14 }, /cannot be read/],
    ['a wrong checksum', { crc: 1 }, /^It is damaged\.$/],
    ['more inside than stated', { size: 3 }, /holds more/],
    ['less inside than stated', { size: 300 }, /^It is damaged\.$/],
    ['a place beyond the end', { offset: 0x7fffffff }, /cut off/],
    ['bytes beyond the end', { packedSize: 0x7fffffff }, /cut off/],
    ['no header of its own', { localSignature: 1 }, /^It is damaged\.$/],
    ['a huge stated size', { size: 0x7fffffff }, /far more than any text/],
  ])('%s', async (_, lies, sentence) => {
    expect(await beside({ name: 'bad.txt', content: 'Bad, and long enough to be cut.', lies })).toMatch(sentence);
  });

  test('not deflate', async () => {
    const bad = { name: 'bad.txt', content: '\xff\xff\xff\xff', stored: true, lies: { method: 8 } };
    expect(await beside(bad)).toBe('It is damaged.');
  });

  test('a bomb by ratio, and one that hides its size', async () => {
    const zeros = new Uint8Array(20 * 2 ** 20);
    expect(await beside({ name: 'bomb', content: zeros })).toMatch(/far more than any text/);
    expect(await beside({ name: 'bomb', content: zeros, lies: { size: 1000 } })).toMatch(/holds more/);
  });

  test('an entry over the limit', async () => {
    const zip = await opened(makeZip([{ name: 'a', content: 'x'.repeat(2000) }, GOOD]), { entryBytes: 1000 });
    expect(await contents(zip)).toEqual({ a: 'It is larger than 1,000 bytes.', 'good.txt': 'Good.' });
    const [, good] = zip.entries;
    expect(good && (await zip.read(good, { entryBytes: 2 }))).toEqual({
      ok: false,
      reason: 'It is larger than 2 bytes.',
    });
  });

  test('entries that share their bytes are refused, all of them', async () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ name: `${i}`, content: 'xx', lies: { sameBytesAs: 1 } }));
    const found = await contents(await opened(makeZip([GOOD, { name: 'first', content: 'xx' }, ...many])));
    expect(found['good.txt']).toBe('Good.');
    expect(Object.values(found).filter((said) => said.includes('overlaps'))).toHaveLength(51);
  });

  test('the second of a name', async () => {
    const zip = await opened(makeZip([GOOD, { name: 'good.txt', content: 'Other.' }]));
    expect(zip.entries.map((entry) => entry.refusal)).toEqual([null, 'Another file has the same name.']);
  });
});

describe('anything at all', () => {
  const honest = makeZip([GOOD, { name: 'a/b.txt', content: 'Some words, some words.' }, { name: 'c', stored: true }]);
  const number = fc.oneof(fc.nat(200), fc.nat(0xffffffff), fc.constant(0xffffffff));

  async function survives(bytes: Uint8Array): Promise<void> {
    const result = await openZip({ bytes });
    const said = result.ok ? [] : [result.reason];
    for (const entry of result.ok ? result.zip.entries : []) {
      const read = result.ok ? await result.zip.read(entry) : null;
      if (read?.ok === false) said.push(read.reason);
      else if (read?.bytes.length !== entry.size) said.push('Given in another size than stated');
    }
    for (const sentence of said) expect(sentence).toMatch(/^(?:This|It|Its|Another) [^\n]*\.$/);
  }

  test('cut anywhere and changed anywhere, it is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(honest.length),
        fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { maxLength: 8 }),
        async (cut, changes) => {
          await survives(honest.slice(0, cut));
          const changed = honest.slice();
          for (const [at, value] of changes) changed[at] = value;
          await survives(changed);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with headers that lie in any way, it is read or refused', async () => {
    const lies: fc.Arbitrary<EntryLies> = fc.record(
      {
        flags: fc.nat(0xffff),
        method: fc.constantFrom(0, 8, 9, 99),
        crc: number,
        packedSize: number,
        size: number,
        offset: number,
        mode: fc.nat(0xffff),
        extra: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(zip64(2n ** 63n))),
        localExtra: fc.uint8Array({ maxLength: 20 }),
      },
      { requiredKeys: [] },
    );
    const whole: fc.Arbitrary<ZipLies> = fc.record(
      { count: fc.nat(5), listOffset: number, comment: fc.string({ maxLength: 10 }) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(lies, whole, fc.uint8Array({ maxLength: 12 }), async (lie, zipLies, name) => {
        await survives(makeZip([GOOD, { name, content: 'Some words.', lies: lie }], zipLies));
        await survives(makeZip([GOOD, { name, content: 'Some words.', lies: lie }]));
      }),
      { numRuns: 300 },
    );
  });

  /** The field in which large zips keep the numbers that four bytes cannot hold. */
  function zip64(value: bigint): Uint8Array {
    const field = Buffer.alloc(28);
    field.writeUInt16LE(1, 0);
    field.writeUInt16LE(24, 2);
    for (const at of [4, 12, 20]) field.writeBigUInt64LE(value, at);
    return field;
  }

  test('numbers of eight bytes that no file can have are refused by name', async () => {
    const lies = { size: 0xffffffff, packedSize: 0xffffffff, offset: 0xffffffff, extra: zip64(2n ** 63n) };
    expect(await beside({ name: 'far', content: 'x', lies })).toBe('It is cut off.');
  });
});
