/** What is written is a zip that reads back the same, made one file at a time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openZip } from './zip.ts';
import { writeZip, type ZipFile } from './zip-writer.ts';

async function* each(files: readonly ZipFile[]): AsyncGenerator<ZipFile> {
  yield* files;
}

async function written(files: AsyncIterable<ZipFile>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeZip(files, Date.UTC(2026, 10, 3, 18, 30))) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('every file comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-zäöü0-9]{1,20}$/), fc.oneof(fc.string(), fc.uint8Array())), {
        selector: ([path]) => path,
        minLength: 1,
        maxLength: 8,
      }),
      async (files) => {
        const zip = await written(each(files.map(([path, content]) => ({ path, content }))));
        const opened = await openZip({ bytes: zip });
        if (!opened.ok) throw new Error(opened.reason);
        expect(opened.zip.entries.map((entry) => entry.name)).toEqual(files.map(([path]) => path));
        for (const [index, entry] of opened.zip.entries.entries()) {
          const read = await opened.zip.read(entry);
          expect(read.ok && Buffer.from(read.bytes)).toEqual(Buffer.from(files[index]?.[1] ?? ''));
        }
        await opened.zip.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('one file is asked for when the one before it is written', async () => {
  let made = 0;
  async function* counted(): AsyncGenerator<ZipFile> {
    for (; made < 5;) {
      made += 1;
      yield { path: `${made}.txt`, content: 'word '.repeat(1000) };
    }
  }
  const pieces = writeZip(counted(), 0);
  await pieces.next();
  expect(made).toBe(1);
  await pieces.return(undefined);
  expect(made).toBe(1);
});

test('more files than a zip of old can count are all in the list', async () => {
  const many = 65_600;
  async function* empty(): AsyncGenerator<ZipFile> {
    for (let file = 0; file < many; file += 1) yield { path: String(file), content: '' };
  }
  const zip = await written(empty());
  const opened = await openZip({ bytes: zip }, { entries: many });
  expect(opened.ok && opened.zip.entries.length).toBe(many);
}, 20_000);
