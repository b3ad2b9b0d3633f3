/** Which files are one work: what metadata beside them says, and numbers in their names. */
import { describe, expect, test } from 'vitest';
import { numberedGroups } from '../numbered-files.ts';
import { emptyImportedWork, type ImportedWork } from '../imported-work.ts';
import { bundle } from './bundles.ts';
import type { Found, FoundFile } from './found-file.ts';
import { mergeParts } from './merge.ts';
import { layMetadata, readMetadata, type MetadataRow } from './metadata.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function file(path: string, content = 'x'): FoundFile {
  const cut = path.lastIndexOf('/');
  const bytes = bytesOf(content);
  return {
    path,
    name: path.slice(cut + 1),
    folder: path.slice(0, cut),
    bytes: bytes.length,
    stamp: '1 1',
    read: async () => bytes,
  };
}

/** Each bundle as the names of its files, or the problem. */
async function bundled(found: readonly Found[], joinNumbered = false): Promise<(string[] | string)[]> {
  const bundles = await bundle(found, { joinNumbered });
  return bundles.map((one) =>
    'problem' in one ? `${one.path}: ${one.problem}` : one.parts.map((part) => part.file.name),
  );
}

function rowsOf(name: string, text: string): MetadataRow[] {
  const read = readMetadata(name, bytesOf(text));
  if (!read.ok) throw new Error(read.reason);
  return read.rows;
}

describe('metadata', () => {
  test('as CSV with commas, semicolons or tabs, a mark before it, quotes and line ends of any kind', () => {
    const table = [
      ['file', 'title', 'fandom'],
      ['a.md', 'Tides, and "Salt"', 'Emma'],
    ];
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    for (const delimiter of [',', ';', '\t']) {
      for (const end of ['\n', '\r\n']) {
        const text = `\ufeff${table.map((row) => row.map(quoted).join(delimiter)).join(end)}${end}${end}`;
        expect(rowsOf('metadata.csv', text)).toEqual([
          {
            file: 'a.md',
            work: null,
            chapter: null,
            position: null,
            fields: {
              pairs: [
                ['title', 'Tides, and "Salt"'],
                ['fandom', 'Emma'],
              ],
            },
          },
        ]);
      }
    }
  });

  test('as JSON, a list or an object with one; numbers, lists and nesting of any depth', () => {
    const one = { file: './one.md', work: 'Tides', chapter: 'Low', position: 1, fandoms: ['Emma', 'Dune'], words: 12 };
    const expected = {
      file: 'one.md',
      work: 'Tides',
      chapter: 'Low',
      position: 1,
      fields: {
        pairs: [
          ['fandoms', ['Emma', 'Dune']],
          ['words', '12'],
        ],
      },
    };
    expect(rowsOf('metadata.json', JSON.stringify([one]))).toEqual([expected]);
    expect(rowsOf('METADATA.JSON', JSON.stringify({ files: [one] }))).toEqual([expected]);
    const deep = `[{"file":"a","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}]`;
    expect(rowsOf('metadata.json', deep)).toHaveLength(1);
  });

  test('names in one cell are parted by semicolons', () => {
    const [row] = rowsOf('metadata.csv', 'file,creator,title,tags\na.md,Tolkien; Wren,One; Two,"Bees; Slow Burn, Tea"');
    const work = emptyImportedWork();
    layMetadata(work, row ? [row] : []);
    expect(work.creators.map((one) => one.name)).toEqual(['Tolkien', 'Wren']);
    expect(work.title).toBe('One; Two');
    expect(work.freeforms).toEqual(['Bees', 'Slow Burn, Tea']);
  });

  test.each([
    ['metadata.json', '{', 'This JSON file cannot be read'],
    ['metadata.json', '{"a":1}', 'is no list of files'],
    ['metadata.json', '"x"', 'is no list of files'],
    ['metadata.csv', 'file,"title\na.md', 'This CSV file cannot be read'],
    ['metadata.csv', '', 'No row here names a file'],
    ['metadata.csv', 'title\nx', 'No row here names a file'],
    ['metadata.csv', '\0\x01\x02\x03'.repeat(99), 'is not text'],
    ['metadata.csv', `file\n${'a\n'.repeat(100_001)}`, 'more than 100000'],
  ])('%s that is no description of a folder is one sentence: %#', (name, text, reason) => {
    expect(readMetadata(name, bytesOf(text))).toEqual({
      ok: false,
      reason: expect.stringContaining(reason) as unknown,
    });
  });

  test('a cell of 50 MB ends in a sentence', () => {
    const text = `file,title\na.md,${'x'.repeat(50_000_000)}`;
    expect(readMetadata('metadata.csv', bytesOf(text)).ok).toBe(false);
  });

  test('rows that name no file, or one that is not there, or one twice, are named; the others hold', async () => {
    const csv = ['file,title', 'a.md,One', ',Lost', 'gone.md,Gone', 'a.md,Twice', ',', '../b.md,Outside'].join('\n');
    const found = [file('/x/sub/a.md'), file('/x/b.md'), file('/x/sub/metadata.csv', csv)];
    const bundles = await bundle(found, { joinNumbered: false });
    expect(await bundled(found)).toEqual(
      expect.arrayContaining([
        ['a.md'],
        ['b.md'],
        '/x/sub/metadata.csv: Row 2 below the names of the columns: no file is named, so it was left out.',
        '/x/sub/gone.md: metadata.csv names this file, but it is not there.',
        '/x/sub/metadata.csv: It names a.md twice; the first row was taken.',
        '/x/sub/../b.md: metadata.csv names this file, but it is not there.',
      ]),
    );
    const [part] = bundles.flatMap((one) => ('parts' in one && one.path.endsWith('a.md') ? one.parts : []));
    expect(part?.said?.fields.pairs).toEqual([['title', 'One']]);
  });

  test('a description that cannot be read is told, and the files come in without it', async () => {
    const found = [file('/x/a.md'), { ...file('/x/metadata.csv'), read: async () => ({ problem: 'It is locked.' }) }];
    expect(await bundled(found)).toEqual([['a.md'], '/x/metadata.csv: It is locked.']);
  });

  test('letters of a name are the same, however the disk or the table composes them', async () => {
    const csv = 'file,title\nCafe\u0301.md,One\nsub\\Na\u00efve.md,Two';
    const found = [file('/x/Caf\u00e9.md'), file('/x/sub/Nai\u0308ve.md'), file('/x/metadata.csv', csv)];
    const bundles = await bundle(found, { joinNumbered: false });
    expect(bundles.map((one) => 'parts' in one && one.parts[0]?.said !== null)).toEqual([true, true]);
  });

  test('several files that name one work are its chapters, by position, else as found; folders keep apart', async () => {
    const csv = ['file,work,position', 'c.md,Tides,1', 'a.md,Tides,2', 'b.md,Tides,10', 'd.md,Salt,'].join('\n');
    const found = [
      ...['a', 'b', 'c', 'd', 'e'].map((name) => file(`/x/${name}.md`)),
      file('/x/metadata.csv', csv),
      file('/y/a.md'),
      file('/y/metadata.json', '[{"file":"a.md","work":"Tides"}]'),
    ];
    expect(await bundled(found)).toEqual([['c.md', 'a.md', 'b.md'], ['d.md'], ['e.md'], ['a.md']]);
  });

  test('a position that is no number is named', () => {
    const work = emptyImportedWork();
    layMetadata(work, rowsOf('metadata.csv', 'file,position\na.md,third'));
    expect(work.unmapped).toEqual([expect.stringContaining('position') as unknown]);
  });

  test('wins over what a file says of itself; what it does not speak of stays; what has no place is named', () => {
    const work: ImportedWork = {
      ...emptyImportedWork(),
      title: 'Own',
      rating: 'K',
      fandoms: ['Own'],
      titleDerived: 'name',
    };
    const said = layMetadata(work, rowsOf('metadata.csv', 'file,title,fandom,mood,rating\na.md,Said,Emma,grim,'));
    expect(work).toMatchObject({ title: 'Said', fandoms: ['Emma'], rating: 'K' });
    expect(work.titleDerived).toBeUndefined();
    expect([...said].toSorted()).toEqual(['fandoms', 'title']);
    expect(work.unmapped).toEqual([expect.stringMatching(/^Metadata .*mood.*grim/)]);
  });

  test('the work it names is the title where no file states one', () => {
    const work: ImportedWork = { ...emptyImportedWork(), title: 'tides 01', titleDerived: 'name' };
    layMetadata(work, rowsOf('metadata.csv', 'file,work\na.md,Tides'));
    expect(work.title).toBe('Tides');
    const own: ImportedWork = { ...emptyImportedWork(), title: 'Its own title' };
    layMetadata(own, rowsOf('metadata.csv', 'file,work\na.md,Tides'));
    expect(own.title).toBe('Its own title');
  });
});

describe('numbered files', () => {
  const groupsOf = (...names: string[]) =>
    numberedGroups(names.map((name) => file(`/x/${name}`))).map((group) => group.map((one) => one.name));

  test.each([
    [['story-02.txt', 'story-01.txt', 'story-10.txt', ...[3, 4, 5, 6, 7, 8, 9].map((n) => `story-0${n}.txt`)], 10],
    [['1.txt', '2.txt', '3.txt'], 3],
    [['01 - Low.txt', '02 - Low.txt'], 2],
    [['Story (1).html', 'Story (2).html'], 2],
    [['Story_0.md', 'story_1.MD'], 2],
  ])('%j are one work, in the order of their numbers', (names, count) => {
    const [group] = groupsOf(...names);
    expect(group).toHaveLength(count);
    const numbers = group?.map((name) => Number(/\d+/.exec(name)?.[0]));
    expect(numbers).toEqual(numbers?.toSorted((a, b) => a - b));
  });

  test.each([
    [['story-01.txt']],
    [['story-01.txt', 'story-03.txt']],
    [['story-02.txt', 'story-03.txt']],
    [['story-01.txt', 'story-02.md']],
    [['story-01.txt', 'story-01 .txt']],
    [['diary 2011.txt', 'diary 2012.txt']],
    [['one.txt', 'two.txt']],
    [['4711_abc.txt', '4712_abc.txt']],
  ])('%j are left alone', (names) => {
    expect(groupsOf(...names)).toEqual([]);
  });

  test('are one work only where it is asked for, and only within one folder and where metadata is silent', async () => {
    const found = [file('/x/s-1.md'), file('/x/s-2.md'), file('/y/s-3.md')];
    expect(await bundled(found)).toEqual([['s-1.md'], ['s-2.md'], ['s-3.md']]);
    expect(await bundled(found, true)).toEqual([['s-1.md', 's-2.md'], ['s-3.md']]);
    const described = [...found, file('/x/metadata.csv', 'file,title\ns-1.md,Alone')];
    expect(await bundled(described, true)).toEqual([['s-1.md'], ['s-2.md'], ['s-3.md']]);
  });
});

describe('parts put together', () => {
  const part = (name: string, work: Partial<ImportedWork>, said: MetadataRow | null = null) => ({
    name,
    work: { ...emptyImportedWork(), chapters: [{ text: { format: 'text' as const, source: name } }], ...work },
    said,
  });

  test('the first that speaks decides, lists are joined, and what a later one says otherwise is named', () => {
    const merged = mergeParts([
      part('a', {
        title: 'Tides',
        rating: 'K',
        fandoms: ['Emma'],
        creators: [{ name: 'wren' }],
        published: '2011-01-01',
      }),
      part('b', {
        title: 'Tides 2',
        rating: 'M',
        fandoms: ['Emma', 'Dune'],
        creators: [{ name: 'wren' }, { name: 'tam' }],
        language: 'en',
        published: '2012-01-01',
        statedWords: 5,
        unmapped: ['lost'],
        repairs: ['mended'],
      }),
    ]);
    expect(merged).toMatchObject({
      title: 'Tides',
      rating: 'K',
      fandoms: ['Emma', 'Dune'],
      creators: [{ name: 'wren' }, { name: 'tam' }],
      language: 'en',
      published: '2011-01-01',
      updated: '2012-01-01',
      statedWords: 5,
      repairs: ['b: mended'],
    });
    expect(merged.unmapped).toEqual(
      expect.arrayContaining(['lost', expect.stringMatching(/^b says another rating/), expect.stringMatching(/date/)]),
    );
    expect(merged.chapters.map((one) => [one.title, one.text.source])).toEqual([
      ['Tides', 'a'],
      ['Tides 2', 'b'],
    ]);
  });

  test('every chapter of every part is there, in order; a title of metadata goes before the part’s own', () => {
    const many = [
      { title: 'I', text: { format: 'text' as const, source: '1' } },
      { text: { format: 'text' as const, source: '2' } },
    ];
    const row: MetadataRow = { file: 'c', work: 'Tides', chapter: 'Ebb', position: 3, fields: { pairs: [] } };
    const merged = mergeParts([
      part('a', { chapters: many, plannedChapters: 2 }),
      part('b', { title: 'b', titleDerived: 'name' }),
      part('c', { title: 'Own' }, row),
    ]);
    expect(merged.chapters.map((one) => one.title)).toEqual(['I', undefined, undefined, 'Ebb']);
    expect(merged.plannedChapters).toBeUndefined();
  });
});
