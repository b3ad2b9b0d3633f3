/**
 * Backups made while others write, and cut short, by the real program: what is restored is the archive as it was at one
 * moment; a backup that was killed leaves no file under its name; a restore that was killed is refused by the server and
 * begun anew by the next; and what it comes to is the same archive.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../../src/platform/db/database.ts';
import { ownDatabase } from '../site.ts';
import { dumpOf, type Dump } from './archive-dump.ts';
import { printed, startProgram, type Place } from './program.ts';
import { writeStoryFolder } from './story-folder.ts';

const FILES = 60;
const TIMEOUT_MS = 180_000;
/** To see the same moments again: FANFOLD_CRASH_SEED=… */
const seed = Number(process.env['FANFOLD_CRASH_SEED'] ?? Date.now() % 1_000_000);

const engines = [
  { engine: 'SQLite', open: async () => ({ url: null, drop: async () => {} }) },
  ...(process.env['TEST_DATABASE_URL'] === undefined
    ? []
    : [{ engine: 'PostgreSQL', open: () => ownDatabase({ empty: true }) }]),
];

describe.each(engines)('on $engine', { timeout: TIMEOUT_MS }, ({ open }) => {
  const root = mkdtempSync(join(tmpdir(), 'fanfold-backup-'));
  const opened: { drop: () => Promise<void> }[] = [];
  const at = (name: string) => join(root, name);
  let archive: Place;

  const newPlace = async (name: string): Promise<Place> => {
    const database = await open();
    opened.push(database);
    return { folder: at(name), databaseUrl: database.url };
  };
  const run = async (place: Place, ...args: string[]) => {
    const program = startProgram(args, place);
    return { code: await program.ended, said: program.output() };
  };

  beforeAll(async () => {
    writeStoryFolder(at('stories'), FILES, 1);
    archive = await newPlace('archive');
    await run(archive, 'import', at('stories'), '--post');
    const made = await run(archive, 'backup', at('quiet.tar'));
    if (made.code !== 0) throw new Error(made.said);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const database of opened) await database.drop();
    rmSync(root, { recursive: true, force: true });
  });

  test('a backup under load is the archive of one moment, and nothing that was answered before it is missing', async () => {
    const place = await newPlace('busy');
    expect(await run(place, 'restore', at('quiet.tar'))).toMatchObject({ code: 0 });
    const load = startProgram([], place, false, 'test/crash/writing-load.ts');
    try {
      await printed(load, /^wrote 20$/m);
      for (let round = 0; round < 3; round += 1) {
        const before = lastNumber(load.output());
        expect(await run(place, 'backup', at(`busy-${round}.tar`))).toMatchObject({ code: 0 });
        // What it has said by then has to come through its pipe.
        await sleep(250);
        const after = lastNumber(load.output());
        // The one that writes went on.
        expect(after).toBeGreaterThan(before);
        const copy = await newPlace(`copy-${round}`);
        expect(await run(copy, 'restore', at(`busy-${round}.tar`))).toMatchObject({ code: 0 });
        const { state, events, highest, kudos } = await numbersIn(copy);
        expect({ events, highest, kudos }).toEqual({ events: state, highest: state, kudos: [state] });
        expect(state).toBeGreaterThanOrEqual(before);
        expect(state).toBeLessThanOrEqual(after);
      }
    } finally {
      await load.kill();
    }
  });

  test(`a backup that is killed leaves nothing under its name, or all of it (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    for (let round = 0; round < 3; round += 1) {
      const path = at(`killed-${round}.tar`);
      const program = startProgram(['backup', path], archive);
      while (!readdirSync(root).some((name) => name.startsWith(`killed-${round}.tar`))) await sleep(2);
      await sleep(random.next() * 80);
      await program.kill();
      if (!existsSync(path)) continue;
      expect(await run(archive, 'backup', '--verify', path)).toMatchObject({ code: 0 });
    }
    // Ctrl-C clears up behind itself.
    const stopped = startProgram(['backup', at('stopped.tar')], archive);
    while (!readdirSync(root).some((name) => name.startsWith('stopped.tar'))) await sleep(2);
    const code = await stopped.interrupt();
    expect(readdirSync(root).filter((name) => name.startsWith('stopped.tar') && name.endsWith('.part'))).toEqual([]);
    expect(code === 0 || stopped.output().includes('Stopped. No backup was made.')).toBe(true);
  });

  test(`a restore that is killed begins anew, and no server starts before (seed ${seed})`, async () => {
    const random = randomFrom(seed + 1);
    let place = await newPlace('killed-0');
    let mark = join(place.folder, 'restoring.json');
    let longest = 120;
    // A quick machine may come to the end first: into a new folder then, and killed sooner.
    for (let round = 0, cut = 0; cut < 3; round += 1) {
      expect(round).toBeLessThan(20);
      const program = startProgram(['restore', at('quiet.tar')], place);
      let wait = true;
      void program.ended.then(() => (wait = false));
      for (; wait; await sleep(1)) if (existsSync(mark)) wait = false;
      await sleep(random.next() * longest);
      await program.kill();
      if (!existsSync(mark)) {
        place = await newPlace(`killed-${round + 1}`);
        mark = join(place.folder, 'restoring.json');
        longest /= 2;
        continue;
      }
      cut += 1;
      const server = startProgram(['serve'], place);
      expect(await server.ended).toBe(1);
      expect(server.output()).toMatch(/^A restore into .* was cut short\. Give \.\/fanfold restore again: [^\n]*\n$/);
    }
    expect(await run(place, 'restore', at('quiet.tar'))).toMatchObject({ code: 0 });
    expect(existsSync(mark)).toBe(false);
    expect(await run(place, 'restore', at('quiet.tar'))).toMatchObject({ code: 1 });
    expectTheSame(await dumpOf(place), await dumpOf(archive));
    const server = startProgram(['serve'], place);
    await printed(server, /Fanfold is at /);
    await server.stop();
  });
});

function expectTheSame(copy: Dump, original: Dump): void {
  const { sessions: _s, owner_links: _l, ...tables } = copy.tables;
  const { sessions: _os, owner_links: _ol, ...originals } = original.tables;
  expect(tables).toEqual(originals);
  expect(copy.publicIds).toEqual(original.publicIds);
  expect(copy.blobs).toEqual(original.blobs);
}

function lastNumber(output: string): number {
  return Number([...output.matchAll(/^wrote (\d+)$/gm)].at(-1)?.[1] ?? 0);
}

/** The number of the last transaction, as each table says it. */
async function numbersIn(place: Place) {
  const db = await openDatabase({ dataFolder: place.folder, databaseUrl: place.databaseUrl, migrations });
  try {
    const one = async (query: ReturnType<typeof sql<{ value: number | string }>>) =>
      (await query.execute(db.reads)).rows.map((row) => Number(row.value));
    const [state = 0] = await one(sql`select value from archive_state where key = 'load'`);
    const [events = 0] = await one(sql`select count(*) as value from events where kind = 'load'`);
    const [highest = 0] = await one(sql`select max(subject_id) as value from events where kind = 'load'`);
    return { state, events, highest, kudos: await one(sql`select distinct kudos as value from works`) };
  } finally {
    await db.close();
  }
}
