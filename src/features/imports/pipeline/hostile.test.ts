/** Files made to hold an import up, and what breaks under it: each gets a sentence, and the others come in all the same. */
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openSite, type TestSite } from '../../../../test/site.ts';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import { bringIn, filesKept, folderOf, outcomes, post, PROSE, reading, story, WHOLE } from '../bringing-in.fixture.ts';
import { NO_OPTIONS, type FileReport } from '../import-options.ts';
import { READERS } from '../readers/index.ts';
import type { Found, FoundFile } from './found-file.ts';
import { collectFiles } from './collect.ts';
import { startReading } from './reading.ts';
import { runImport, type ImportRun } from './run.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

let number = 0;
/** A story that nothing is wrong with, like no other here. */
function good(): string {
  number += 1;
  return story({ ...WHOLE, title: `Good ${number}` }, `Good number ${number}. ${PROSE}`);
}

/** Imports what was found, as it is. @returns the reports by path. */
async function run(found: readonly Found[], more: Partial<ImportRun> = {}): Promise<Record<string, FileReport>> {
  const reports: Record<string, FileReport> = {};
  await runImport(found, {
    ground: site.ground,
    viewer: site.owner.viewer,
    options: { ...NO_OPTIONS, ...post },
    reading,
    ...more,
    onFile: (report) => void (reports[report.file] = report),
  });
  return reports;
}

function found(path: string, content: string | Uint8Array, more: Partial<FoundFile> = {}): FoundFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, name: path, folder: '/x', bytes: bytes.length, stamp: path, read: async () => bytes, ...more };
}

const DEEP = 20_000;
const HOSTILE: Record<string, string | Uint8Array> = {
  'nested.html': `<!DOCTYPE html><title>x</title>${'<div>'.repeat(DEEP)}x`,
  'nested-inline.html': `<p>${'<i>'.repeat(DEEP)}x${'</i>'.repeat(DEEP)}</p>`,
  'nested.md': story({ ...WHOLE, title: 'Nested' }, `${'> '.repeat(DEEP)}x\n\n${'<b>'.repeat(DEEP)}x`),
  'nested-lists.md': story(
    { ...WHOLE, title: 'Lists' },
    Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}- x`).join('\n'),
  ),
  'stars.md': story({ ...WHOLE, title: 'Stars' }, '*'.repeat(200_000)),
  'brackets.md': story({ ...WHOLE, title: 'Brackets' }, '['.repeat(100_000)),
  'attributes.html': `<p ${Array.from({ length: 50_000 }, (_, at) => `a${at}="x"`).join(' ')}>x</p>`,
  'entities.html': `<p>${'&#x110000;&nbsp;&'.repeat(50_000)}</p>`,
  'yaml.md': `---\na: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : 'a'},*${at ? `b${at - 1}` : 'a'}]`).join('\n')}\n---\n\n${PROSE}`,
  'yaml-deep.md': `---\na: ${'['.repeat(20_000)}\n---\n\n${PROSE}`,
  'nul.txt': `A tale\0\0 of nothing\n\n${PROSE}`,
  'surrogates.txt': Buffer.from(`\ufeff\ud800\udfff A tale\r\n\r\n${PROSE}`, 'utf16le'),
  'spaces.txt': `A tale\n\n${' '.repeat(500_000)}x`,
  'lines.txt': '\n'.repeat(1_000_000),
  'cut.html': '<!DOCTYPE html><html><head><title>x</tit',
  'all.zip': makeZip([
    { name: '../../out.md', content: 'x' },
    { name: 'link.md', content: '/etc/passwd', lies: { mode: 0o120777 } },
    { name: 'bomb.md', content: new Uint8Array(20 * 2 ** 20) },
    { name: 'good.md', content: story({ ...WHOLE, title: 'In the zip' }, `In the zip. ${PROSE}`) },
  ]),
};

test('every one of them is dealt with, says why it was refused, and the good ones beside them come in', async () => {
  const outside = await folderOf({ 'secret.md': good() });
  const folder = await folderOf({ '0.md': good(), ...HOSTILE, 'zz.md': good() });
  await symlink(join(outside, 'secret.md'), join(folder, 'link.md'));
  const before = await readdir(join(folder, '..'));
  const reports = await bringIn(site, folder, post);
  const expected = Object.keys(HOSTILE).filter((name) => name !== 'all.zip');
  for (const name of [...expected, 'link.md', 'all.zip/link.md', 'all.zip/bomb.md', 'all.zip/../../out.md'])
    expect(reports[name], name).toBeDefined();
  expect(outcomes(reports)).toMatchObject({
    '0.md': 'posted',
    'zz.md': 'posted',
    'all.zip/good.md': 'posted',
    'link.md': 'refused',
    'all.zip/link.md': 'refused',
    'all.zip/bomb.md': 'refused',
    'all.zip/../../out.md': 'refused',
  });
  for (const [name, report] of Object.entries(reports)) {
    const seen =
      report.outcome === 'refused'
        ? /^[A-Z].*\.$/s.test(report.reason ?? '')
        : (await site.get(`/works/${report.work}`, site.owner)).status === 200;
    expect(seen, `${name}: ${report.reason}`).toBe(true);
    expect(report.reason ?? '', name).not.toMatch(/undefined|null|TypeError|stack/);
  }
  const now = (await readdir(join(folder, '..'))).filter((name) => !before.includes(name));
  expect(now.filter((name) => name.startsWith('out'))).toEqual([]);
});

test('50 MB on one line are read or refused, and the server goes on', async () => {
  const hurried = startReading({ secondsEach: 6 });
  onTestFinished(() => hurried.close());
  const line = Buffer.alloc(50_000_000, 'And then they talked and talked. ');
  const reports = await run([found('good.md', good()), found('line.txt', line)], { reading: hurried });
  expect(reports['line.txt']?.outcome).toBe('refused');
  expect(reports['line.txt']?.reason).toMatch(/\.$/);
  expect(reports['good.md']?.outcome).toBe('posted');
});

test('a file that takes longer than the limit is refused in a sentence', async () => {
  const slow = startReading({ secondsEach: 0.001 });
  onTestFinished(() => slow.close());
  const reports = await run([found('slow.md', good()), { path: 'gone.md', problem: 'It is gone.' }], { reading: slow });
  expect(reports['slow.md']).toMatchObject({
    outcome: 'refused',
    format: null,
    reason: 'This file takes longer than 0.001 seconds to read. Split it, or save it as plain text.',
  });
  expect(reports['gone.md']?.reason).toBe('It is gone.');
});

test('what throws costs its file alone: reading, cleaning, keeping the original', async () => {
  const throws = (word: string) => () => {
    throw new Error(word);
  };
  const kept = (await filesKept(site)).length;
  const cleaner: TestSite['ground']['cleaner'] = {
    ...site.ground.cleaner,
    clean: async (source, ...rest) =>
      source.includes('CLEANER') ? throws('the cleaner')() : site.ground.cleaner.clean(source, ...rest),
  };
  const files: TestSite['ground']['files'] = {
    ...site.ground.files,
    put: async (bytes) =>
      Buffer.from(bytes).includes('DISK')
        ? throws('the disk')()
        : Buffer.from(bytes).includes('ROOM')
          ? Promise.reject(Object.assign(new Error('EDQUOT'), { code: 'EDQUOT' }))
          : site.ground.files.put(bytes),
  };
  const own = (word: string) => story({ ...WHOLE, title: word }, `${word}. ${PROSE}`);
  const reports = await run(
    [
      found('a.md', own('CLEANER')),
      found('b.md', own('DISK')),
      found('c.md', own('ROOM')),
      found('d.md', '', { read: async () => throws('the file')() }),
      found('e.md', '', { read: async () => ({ problem: 'It is locked.' }) }),
      { path: 'f.md', problem: 'It is not there.' },
      found('g.md', good()),
    ],
    { ground: { ...site.ground, cleaner, files } },
  );
  expect(Object.values(reports).map((report) => [report.file, report.outcome, report.reason])).toEqual([
    ['a.md', 'refused', 'This file could not be read: the cleaner'],
    ['b.md', 'refused', 'The original of this file could not be kept: the disk'],
    ['c.md', 'refused', 'There is no room on the disk to keep this file. Make room and import it again.'],
    ['d.md', 'refused', 'This file could not be read: the file'],
    ['e.md', 'refused', 'It is locked.'],
    ['f.md', 'refused', 'It is not there.'],
    ['g.md', 'posted', null],
  ]);
  expect(await filesKept(site)).toHaveLength(kept + 1);
});

test('a work that the database refuses is refused alone, and nothing of it stays', async () => {
  const kept = (await filesKept(site)).length;
  const { db } = site.ground;
  const refusing: TestSite['ground'] = {
    ...site.ground,
    db: {
      ...db,
      write: (work) =>
        db.write(async (tx) => {
          const result = await work(tx);
          const wrong = await tx.selectFrom('works').select('id').where('title', '=', 'WRONG').executeTakeFirst();
          // A row that points at no work.
          if (wrong)
            await tx
              .insertInto('work_creators')
              .values({ work_id: 999_999, position: 0, state: 'accepted', pseud_id: null, imported_creator_id: null })
              .execute();
          return result;
        }),
    },
  };
  const wrong = story({ ...WHOLE, title: 'WRONG' }, `WRONG. ${PROSE}`);
  const reports = await run([found('a.md', good()), found('b.md', wrong), found('c.md', good())], { ground: refusing });
  expect(Object.values(reports).map((report) => [report.file, report.outcome])).toEqual([
    ['a.md', 'posted'],
    ['b.md', 'refused'],
    ['c.md', 'posted'],
  ]);
  expect(reports['b.md']?.reason).toContain('The database does not take this file');
  expect(await filesKept(site)).toHaveLength(kept + 2);
});

test.runIf(process.platform === 'linux')('a device is no story', async () => {
  const reports = await run([...(await collectFiles(['/dev/zero'])), found('good.md', good())]);
  expect(reports['/dev/zero']).toMatchObject({ outcome: 'refused', reason: 'This is neither a file nor a folder.' });
  expect(reports['good.md']?.outcome).toBe('posted');
});

test('no reader throws, or takes long, for what it does not know', async () => {
  for (const [name, content] of Object.entries(HOSTILE)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const text = typeof content === 'string' ? content : '';
    for (const reader of READERS)
      expect(
        reader.sniff({ name, bytes, text, raw: text, encoding: 'utf-8' }),
        `${name} ${reader.format}`,
      ).toBeLessThanOrEqual(1);
  }
});
