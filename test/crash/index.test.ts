/**
 * The index after what a machine can do to it: its server killed while works come in and segments are merged, its folder
 * deleted, its database put back from an older copy. `index verify` compares everything with the database afterwards.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { ownDatabase } from '../site.ts';
import { printed, startProgram, type Place, type Program } from './program.ts';
import { writeStoryFolder } from './story-folder.ts';

const TIMEOUT_MS = 300_000;
const SERVER = 'test/crash/merging-server.ts';
/** To see the same moments again: FANFOLD_CRASH_SEED=… */
const seed = Number(process.env['FANFOLD_CRASH_SEED'] ?? Date.now() % 1_000_000);

const engines = [
  { engine: 'SQLite', kills: 4, open: async () => ({ url: null, drop: async () => {} }) },
  ...(process.env['TEST_DATABASE_URL'] === undefined ? [] : [{ engine: 'PostgreSQL', kills: 2, open: ownDatabase }]),
];

interface Status {
  state: string;
  version: number;
  behind: number;
  works: number;
  lastRebuild: object | null;
  snapshot: { version: number } | null;
}

async function startServer(place: Place): Promise<Program> {
  const server = startProgram([], place, false, SERVER);
  await printed(server, /Fanfold is at/);
  return server;
}

async function run(args: readonly string[], place: Place): Promise<{ code: number | null; said: string }> {
  const program = startProgram(args, place);
  const code = await program.ended;
  return { code, said: program.output() };
}

async function statusOf(place: Place): Promise<Status> {
  const { said } = await run(['index', 'status', '--json'], place);
  return JSON.parse(said) as Status;
}

/** The status once the server's index is ready and has read all of the log. */
async function readyStatus(place: Place): Promise<Status> {
  for (;;) {
    const status = await statusOf(place);
    if (status.state === 'ready' && status.behind === 0) return status;
    await sleep(100);
  }
}

async function expectRight(place: Place): Promise<void> {
  const { code, said } = await run(['index', 'verify'], place);
  expect(said).toContain('no difference');
  expect(code).toBe(0);
}

describe.each(engines)('the index over $engine', { timeout: TIMEOUT_MS }, ({ kills, open }) => {
  const root = mkdtempSync(join(tmpdir(), 'fanfold-crash-index-'));
  const opened: { drop: () => Promise<void> }[] = [];
  const newPlace = async (name: string): Promise<Place> => {
    const database = await open();
    opened.push(database);
    return { folder: join(root, name), databaseUrl: database.url };
  };
  const stories = (name: string, files: number): string => {
    const folder = join(root, name);
    writeStoryFolder(folder, files, 1);
    return folder;
  };

  afterAll(async () => {
    for (const database of opened) await database.drop();
    rmSync(root, { recursive: true, force: true });
  });

  test(`is right after ${kills} kills while works come in (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const place = await newPlace('killed');
    const folder = stories('many', 150);
    let server = await startServer(place);
    onTestFinished(() => server.kill());
    const importing = startProgram(['import', folder, '--post', '--public'], place);
    await printed(importing, /^posted /m);
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(random.next() * 1_500);
      await server.kill();
      server = await startServer(place);
    }
    await importing.ended;
    const status = await readyStatus(place);
    expect(status.works).toBeGreaterThan(50);
    await expectRight(place);
    await server.stop();
    // What lies on the disk with the log after it says the same.
    await expectRight(place);
    // The folder is gone: made anew.
    rmSync(join(place.folder, 'index'), { recursive: true });
    server = await startServer(place);
    const again = await readyStatus(place);
    expect(again).toMatchObject({ works: status.works, version: status.version });
    expect(again.lastRebuild).not.toBeNull();
    await expectRight(place);
    await server.stop();
  });
});

test('an index of a history that was undone by an older copy is not used', { timeout: TIMEOUT_MS }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'fanfold-crash-copy-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place: Place = { folder: join(root, 'data'), databaseUrl: null };
  const database = join(place.folder, 'fanfold.db');
  const copy = join(root, 'copy.db');
  const bring = async (name: string, files: number, storySeed: number) => {
    writeStoryFolder(join(root, name), files, storySeed);
    await run(['import', join(root, name), '--post', '--public'], place);
  };
  await bring('before', 20, 1);
  copyFileSync(database, copy);
  await bring('undone', 20, 2);
  let server = await startServer(place);
  onTestFinished(() => server.kill());
  const undone = await readyStatus(place);
  await server.stop();
  expect((await statusOf(place)).snapshot?.version).toBe(undone.version);

  for (const ending of ['-wal', '-shm']) rmSync(database + ending, { force: true });
  copyFileSync(copy, database);
  // The log goes past the place that the index knows, by another way.
  await bring('instead', 60, 3);
  expect((await statusOf(place)).snapshot).toBeNull();
  server = await startServer(place);
  const status = await readyStatus(place);
  expect(status.version).toBeGreaterThan(undone.version);
  expect(status.lastRebuild).not.toBeNull();
  await expectRight(place);
  await server.stop();
});
