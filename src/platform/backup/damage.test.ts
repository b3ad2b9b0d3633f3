/** Backups that were damaged, cut off, or made by somebody to do harm: a sentence, and nothing written anywhere. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../../../migrations/index.ts';
import { openDatabase } from '../db/database.ts';
import { folderBlobs } from '../files/blobs.ts';
import { tarEntries } from './tar-reader.ts';
import { tarWriter } from './tar-writer.ts';
import { readBackup } from './read.ts';
import { BackupRefused } from './refusal.ts';
import { restoreBackup } from './restore.ts';
import { writeBackup } from './write.ts';

type Files = [name: string, content: Buffer][];

const root = mkdtempSync(join(tmpdir(), 'fanfold-damage-'));
const at = (name: string) => join(root, name);
let whole: Buffer;
let files: Files;

beforeAll(async () => {
  const dataFolder = at('data');
  const db = await openDatabase({ dataFolder, databaseUrl: null, migrations });
  const blobs = folderBlobs(join(dataFolder, 'files'));
  const names = [await blobs.put(Buffer.from('an original')), await blobs.put(Buffer.alloc(700, 'another '))];
  await db.close();
  writeFileSync(join(dataFolder, 'erased.jsonl'), '{"work":"0123456789","at":1}\n');
  await writeBackup({
    place: { dataFolder, databaseUrl: null },
    path: at('whole.tar'),
    replace: false,
    program: 'a test',
    migrations,
    beside: ['erased.jsonl'],
    namedFiles: async (_, begin) => names.filter((name) => name.startsWith(begin)),
    now: Date.now,
    progress: () => {},
  });
  whole = readFileSync(at('whole.tar'));
  files = [];
  for await (const entry of tarEntries(at('whole.tar'), () => {}))
    files.push([entry.name, Buffer.from(await entry.whole(entry.size))]);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function refusal(bytes: Buffer): Promise<string> {
  writeFileSync(at('bad.tar'), bytes);
  const error: unknown = await readBackup(at('bad.tar'), migrations).then(
    () => 'It was read.',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BackupRefused);
  return error instanceof Error ? error.message : '';
}

/** A tar of these files, with a manifest that is made to fit what is in it where `honest`. */
async function tarOf(content: Files): Promise<Buffer> {
  const file = await open(at('made.tar'), 'w');
  const tar = tarWriter(file, Date.now());
  for (const [name, bytes] of content) await tar.add(name, bytes.length, bytes);
  await tar.end();
  await file.close();
  return readFileSync(at('made.tar'));
}

/** The files with one changed, and manifest and its checksum made again to fit. */
function forged(change: (files: Files) => Files, manifest: (said: Record<string, unknown>) => void = () => {}): Files {
  const changed = change(files.filter(([name]) => !name.includes('/manifest.')));
  const said = JSON.parse(String(files.find(([name]) => name.endsWith('manifest.json'))?.[1])) as Record<
    string,
    unknown
  >;
  const tables = said['tables'] as { name: string; rows: number; parts: object[] }[];
  for (const table of tables) {
    const parts = changed.filter(([name]) => name.includes(`/tables/${table.name}/`)).map(([, bytes]) => bytes);
    const rows = parts.map((bytes) => gunzipSync(bytes).toString().split('\n').length - 2);
    table.parts = parts.map((bytes, part) => ({ rows: rows[part], bytes: bytes.length, sha256: sha256(bytes) }));
    table.rows = rows.reduce((total, one) => total + one, 0);
  }
  const blobs = changed.filter(([name]) => name.includes('/files/'));
  said['files'] = {
    count: blobs.length,
    bytes: blobs.reduce((total, [, bytes]) => total + bytes.length, 0),
    sha256: sha256(Buffer.from(blobs.map(([name]) => `${name.split('/').at(-1)}\n`).join(''))),
  };
  said['beside'] = changed
    .filter(([name]) => name.includes('/beside/'))
    .map(([name, bytes]) => ({ name: name.split('/').at(-1), bytes: bytes.length, sha256: sha256(bytes) }));
  manifest(said);
  const json = Buffer.from(JSON.stringify(said));
  return [
    ...changed,
    ['fanfold-backup-1/manifest.json', json],
    ['fanfold-backup-1/manifest.sha256', Buffer.from(`${sha256(json)}  manifest.json\n`)],
  ];
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const place = (name: string): string => files.find(([one]) => one.includes(name))?.[0] ?? '';

test('a whole one is read, and so is one that was packed again with the same content', async () => {
  expect((await readBackup(at('whole.tar'), migrations)).files.count).toBe(2);
  writeFileSync(at('again.tar'), await tarOf(forged((all) => all)));
  expect((await readBackup(at('again.tar'), migrations)).files.count).toBe(2);
});

test('any byte changed is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (where, change) => {
      const changed = Buffer.from(whole);
      changed[where] = (changed[where] ?? 0) ^ change;
      expect(await refusal(changed)).toMatch(/^This [^\n]+$/);
    }),
    { numRuns: 150 },
  );
});

test('cut off anywhere it is refused, and so is one with something after its end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      expect(await refusal(whole.subarray(0, length))).toMatch(/damaged or cut off|is no backup/);
    }),
    { numRuns: 100 },
  );
  expect(await refusal(Buffer.concat([whole, Buffer.alloc(512)]))).toMatch(/damaged/);
  expect(await refusal(Buffer.concat([whole, whole]))).toMatch(/damaged/);
});

describe('names that lead elsewhere are never used', () => {
  test.each([
    '/etc/passwd',
    '../outside.txt',
    'fanfold-backup-1/../../outside.txt',
    'fanfold-backup-1/files/../outside.txt',
    'fanfold-backup-1/beside/../fanfold.db',
    'fanfold-backup-1/beside/.profile',
    'fanfold-backup-1/tables/../000001.jsonl.gz',
    `fanfold-backup-1/files/00/${'ab'.repeat(32)}`,
    'fanfold-backup-01/README.txt',
    'C:\\outside.txt',
  ])('%s', async (name) => {
    const spoilt = forged(([readme, ...others]) => [...(readme ? [readme] : []), [name, Buffer.from('x')], ...others]);
    expect(await refusal(await tarOf(spoilt))).toMatch(/has no place in one|damaged/);
  });
});

describe('made to fit its own manifest, it is still refused', () => {
  const without = (name: string) => (all: Files) => all.filter(([one]) => !one.includes(name));
  const changed = (name: string, content: (before: Buffer) => Buffer) => (all: Files) =>
    all.map(([one, bytes]): Files[number] => (one.includes(name) ? [one, content(bytes)] : [one, bytes]));
  const rows = (text: string) => () => gzipSync(text);

  test.each<[string, () => Files]>([
    ['a file whose content is another', () => forged(changed('/files/', () => Buffer.from('other')))],
    ['a file twice', () => forged((all) => all.flatMap((one) => (one[0].includes('/files/') ? [one, one] : [one])))],
    ['a part twice', () => forged((all) => all.flatMap((one) => (one[0].includes('/tags/') ? [one, one] : [one])))],
    [
      'a part missing in between',
      () => forged((all) => all.map(([n, b]) => [n.replace('tags/000001', 'tags/000002'), b])),
    ],
    ['no README', () => forged(without('README'))],
    ['no end', () => files.slice(0, -1)],
    ['no manifest', () => files.slice(0, -2)],
    ['a table that no schema has', () => forged(changed('/tags/', rows('["id"]\n[1]\n')), () => {})],
    ['columns of another table', () => forged(changed('/tags/', rows('["id","kind"]\n[1,"x"]\n')))],
    ['a row that is too long', () => forged(changed('/languages/', rows('["code"]\n["a",1]\n')))],
    ['a row that is no list', () => forged(changed('/languages/', rows('["code"]\n{"code":1}\n')))],
    ['a value that is none', () => forged(changed('/languages/', rows('["code"]\n[{"base64":"!"}]\n')))],
    ['rows that are no JSON', () => forged(changed('/languages/', rows('["code"]\n[1\n')))],
    ['another README', () => forged(changed('README', () => Buffer.from('Send money')))],
    [
      'a manifest of another kind',
      () =>
        forged(
          (all) => all,
          (said) => (said['format'] = 2),
        ),
    ],
    [
      'more files than there are',
      () =>
        forged(
          (all) => all,
          (said) => (said['files'] = { count: 9, bytes: 0, sha256: 'a' }),
        ),
    ],
    [
      'a last id that is no number',
      () =>
        forged(
          (all) => all,
          (said) => ((said['tables'] as { lastId: unknown }[])[0] = { lastId: -1 }),
        ),
    ],
  ])('%s', async (_, make) => {
    expect(await refusal(await tarOf(make()))).toMatch(/damaged/);
  });

  test('a step of a newer program, and a newer format', async () => {
    const newer = forged(
      (all) => all,
      (said) => (said['steps'] = [...(said['steps'] as string[]), '9999-later']),
    );
    expect(await refusal(await tarOf(newer))).toMatch(/made by a newer Fanfold/);
    expect(await refusal(await tarOf([['fanfold-backup-2/README.txt', Buffer.from('x')]]))).toMatch(/newer Fanfold/);
  });

  test('a part that unpacks to far more than any part holds', async () => {
    const bomb = gzipSync(Buffer.alloc(300 << 20, ' '), { level: 1 });
    const spoilt = files.map(([name, bytes]): Files[number] => [name, name.includes('/tags/') ? bomb : bytes]);
    expect(await refusal(await tarOf(spoilt))).toMatch(/damaged/);
  });

  test('rows that the database does not take leave nothing behind', async () => {
    const links = place('/tags/');
    const spoilt = forged((all) =>
      all.map(([name, bytes]): Files[number] => {
        if (name !== links) return [name, bytes];
        const lines = gunzipSync(bytes).toString().split('\n');
        // The same tag twice.
        return [name, gzipSync([...lines.slice(0, 2), ...lines.slice(1)].join('\n'))];
      }),
    );
    writeFileSync(at('bad.tar'), await tarOf(spoilt));
    await expect(restored(at('bad.tar'))).rejects.toThrow(/^The database does not take what is in this backup/);
    expect(existsSync(at('new'))).toBe(false);
  });

  test('a file beside the database that is none of the archive’s', async () => {
    const spoilt = forged((all) => {
      const beside = all.findIndex(([name]) => name.includes('/beside/'));
      return all.toSpliced(beside + 1, 0, ['fanfold-backup-1/beside/fanfold.db', Buffer.from('mine')]);
    });
    writeFileSync(at('bad.tar'), await tarOf(spoilt));
    rmSync(at('new'), { recursive: true, force: true });
    await expect(restored(at('bad.tar'))).rejects.toThrow(/files that this Fanfold does not know/);
    expect(readdirSync(root)).not.toContain('new');
  });
});

async function restored(path: string): Promise<void> {
  await restoreBackup({
    place: { dataFolder: at('new'), databaseUrl: null },
    path,
    migrations,
    stays: ['erased.jsonl'],
    beside: async () => {},
    finish: async () => {},
    progress: () => {},
  });
}
