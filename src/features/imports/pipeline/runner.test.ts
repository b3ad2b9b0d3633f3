/** Handed-over files, run beside answering: one import after another, taken up after an end, swept when nobody came back. */
import { existsSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { testSite, type TestSite } from '../../../../test/site.ts';
import { makeZip } from '../../../platform/zip/zip.fixture.ts';
import { PROSE, reading, story, WHOLE, worksIn } from '../bringing-in.fixture.ts';
import { NO_OPTIONS } from '../import-options.ts';
import { beginImport, goOnWithUpload, startUpload, stopImport } from '../runs.actions.ts';
import { filesOf, findImport, uploadsToRun } from '../runs.queries.ts';
import { importRunner, sweepUploads } from './runner.ts';
import { stageFile, stagingFolder } from './staging.ts';

const own = (title: string) => story({ ...WHOLE, title }, `${title}. ${PROSE}`);

/** An upload of these files that has begun. */
async function uploadOf(site: TestSite, files: Record<string, string | Uint8Array>) {
  const { db, now, config } = site.ground;
  const run = { accountId: site.owner.viewer.accountId, origin: 'upload' as const, named: [], options: NO_OPTIONS };
  const begun = await db.write((tx) => beginImport(tx, now(), run));
  const folder = stagingFolder(config.dataFolder, begun.publicId);
  for (const [name, content] of Object.entries(files))
    expect(await stageFile(folder, name, Readable.from([Buffer.from(content)]))).toBeNull();
  expect(await db.write((tx) => startUpload(tx, now(), begun.id))).toBe(true);
  expect(await db.write((tx) => startUpload(tx, now(), begun.id))).toBe(false);
  return { ...begun, folder };
}

const runnerOf = (site: TestSite, ground = site.ground) => importRunner(ground, async () => site.owner.viewer, reading);
const stateOf = async (site: TestSite, publicId: string) =>
  (await findImport(site.ground.db.reads, site.owner.viewer, publicId))?.state;

test('files come in under the names they were handed over with, and nothing of them waits any longer', async () => {
  const site = await testSite();
  const upload = await uploadOf(site, {
    'old/a.md': own('A'),
    'old/b.zip': makeZip([{ name: 'c.md', content: own('C') }]),
    'd.pdf': '%PDF-1.7',
  });
  const other = await uploadOf(site, { 'e.md': own('E') });
  const runner = runnerOf(site);
  await Promise.all([runner.runWaiting(), runner.runWaiting()]);
  const page = { outcome: null, offset: 0, limit: 9 };
  const files = await filesOf(site.ground.db.reads, upload.id, page);
  expect(files.map((file) => [file.path, file.outcome])).toEqual([
    ['d.pdf', 'refused'],
    ['old/a.md', 'draft'],
    ['old/b.zip/c.md', 'draft'],
  ]);
  expect([await stateOf(site, upload.publicId), await stateOf(site, other.publicId)]).toEqual(['done', 'done']);
  expect([existsSync(upload.folder), existsSync(other.folder)]).toEqual([false, false]);
  expect(await worksIn(site)).toHaveLength(3);
});

test('one that breaks off does not keep the next ones waiting, and can be taken up', async () => {
  const site = await testSite();
  const broken = await uploadOf(site, { 'a.md': own('A') });
  const fine = await uploadOf(site, { 'b.md': own('B') });
  let breaks = true;
  const { db } = site.ground;
  const ground: TestSite['ground'] = {
    ...site.ground,
    db: {
      ...db,
      write: (work) => {
        const now = breaks;
        breaks = false;
        return now ? Promise.reject(new Error('the cable')) : db.write(work);
      },
    },
  };
  await runnerOf(site, ground).runWaiting();
  expect([await stateOf(site, broken.publicId), await stateOf(site, fine.publicId)]).toEqual(['stopped', 'done']);
  expect(existsSync(broken.folder)).toBe(true);
  expect(await db.write((tx) => goOnWithUpload(tx, 1, broken.id))).toBe(true);
  await runnerOf(site).runWaiting();
  expect(await stateOf(site, broken.publicId)).toBe('done');
  expect(await worksIn(site)).toHaveLength(2);
});

test('one that a person stopped keeps its files for a while, and goes on when they say so', async () => {
  const site = await testSite();
  const { db, now } = site.ground;
  const upload = await uploadOf(site, { 'a.md': own('A'), 'b.md': own('B') });
  await db.write((tx) => stopImport(tx, now(), upload.id));
  await runnerOf(site).runWaiting();
  expect(await worksIn(site)).toEqual([]);
  expect(existsSync(upload.folder)).toBe(true);
  await db.write((tx) => goOnWithUpload(tx, now(), upload.id));
  await runnerOf(site).runWaiting();
  expect(await worksIn(site)).toHaveLength(2);
});

test('the end of the server leaves it to go on by itself at the next start', async () => {
  const site = await testSite();
  const upload = await uploadOf(
    site,
    Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.md`, own(`Tale ${at}`)])),
  );
  const runner = importRunner(site.ground, async () => site.owner.viewer);
  const working = runner.runWaiting();
  await runner.stop();
  await working;
  expect(await stateOf(site, upload.publicId)).toBe('running');
  expect(existsSync(upload.folder)).toBe(true);
  expect(await uploadsToRun(site.ground.db.reads)).toHaveLength(1);
  await runnerOf(site).runWaiting();
  expect(await stateOf(site, upload.publicId)).toBe('done');
  expect(await worksIn(site)).toHaveLength(40);
});

test('nothing runs for an account that may import no more', async () => {
  const site = await testSite();
  const upload = await uploadOf(site, { 'a.md': own('A') });
  await importRunner(site.ground, async () => null, reading).runWaiting();
  expect(await stateOf(site, upload.publicId)).toBe('stopped');
  expect(await worksIn(site)).toEqual([]);
});

test('what never began is forgotten after a day, with its files; what waits to run is not', async () => {
  let now = Date.now();
  const site = await testSite({ now: () => now });
  const run = { accountId: site.owner.viewer.accountId, origin: 'upload' as const, named: [], options: NO_OPTIONS };
  const never = await site.ground.db.write((tx) => beginImport(tx, now, run));
  const folder = stagingFolder(site.ground.config.dataFolder, never.publicId);
  await mkdir(folder, { recursive: true });
  const waits = await uploadOf(site, { 'a.md': own('A') });
  await sweepUploads(site.ground);
  expect(await stateOf(site, never.publicId)).toBe('gathering');
  const long = new Date(now - 1);
  for (const one of [folder, waits.folder]) await utimes(one, long, long);
  now += 86_400_001;
  await sweepUploads(site.ground);
  expect(await stateOf(site, never.publicId)).toBeUndefined();
  expect([existsSync(folder), existsSync(join(waits.folder, 'a.md'))]).toEqual([false, true]);
});
