/**
 * `kill -9` and Ctrl-C at random moments of an import of files in many formats, works of several files among them, each
 * followed by the same command again: in the end there is the same archive as after an undisturbed run, each file in it
 * exactly once with its original and its record, and nothing that was printed as done is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { ownDatabase } from '../site.ts';
import { dumpOf, type Dump } from './archive-dump.ts';
import { printed, startProgram, type Place, type Program } from './program.ts';
import { writeMixedShelf, writeStoryFolder, type Shelf } from './story-folder.ts';

const FILES = 200;
/** Of each kind on the mixed shelf. */
const EACH = 6;
/** Kills of one archive before it is left to come to its end. */
const KILLS_IN_A_ROW = 3;
const TIMEOUT_MS = 300_000;
/** To see the same moments again: FANFOLD_CRASH_SEED=… */
const seed = Number(process.env['FANFOLD_CRASH_SEED'] ?? Date.now() % 1_000_000);

const engines = [
  { engine: 'SQLite', kills: 6, open: async () => ({ url: null, drop: async () => {} }) },
  ...(process.env['TEST_DATABASE_URL'] === undefined ? [] : [{ engine: 'PostgreSQL', kills: 3, open: ownDatabase }]),
];

describe.each(engines)('an import into $engine', { timeout: TIMEOUT_MS }, ({ kills, open }) => {
  const root = mkdtempSync(join(tmpdir(), 'fanfold-crash-'));
  const stories = join(root, 'stories');
  const opened: { drop: () => Promise<void> }[] = [];
  let shelf: Shelf;
  let undisturbed: Dump;
  /** Milliseconds until the first file is done. */
  let firstAt = 0;

  const newPlace = async (name: string): Promise<Place> => {
    const database = await open();
    opened.push(database);
    return { folder: join(root, name), databaseUrl: database.url };
  };
  const startImport = (place: Place) => startProgram(['import', stories, '--post', '--join'], place);

  const expectTheSame = (dump: Dump) => {
    expect(dump.tables).toEqual(undisturbed.tables);
    expect(dump.blobs).toEqual(dump.referredTo);
    expect(dump.blobs).toEqual(undisturbed.blobs);
  };

  beforeAll(async () => {
    writeStoryFolder(stories, FILES, 1);
    shelf = writeMixedShelf(stories, EACH, 2);
    const place = await newPlace('undisturbed');
    const began = performance.now();
    const program = startImport(place);
    await printed(program, /^posted /m);
    firstAt = performance.now() - began;
    await program.ended;
    undisturbed = await dumpOf(place);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const database of opened) await database.drop();
    rmSync(root, { recursive: true, force: true });
  });

  test('holds what the files hold, when nothing disturbs it', () => {
    const { tables, blobs, referredTo } = undisturbed;
    expect(tables['works']).toHaveLength(FILES * 0.85 + shelf.works);
    expect(tables['import_files']).toHaveLength(FILES + shelf.files);
    expect(tables['works']?.filter((row) => row.includes('"state":"draft"')).length).toBeGreaterThan(10);
    expect(tables['series']?.length).toBeGreaterThan(5);
    expect(tables['chapters']?.length).toBeGreaterThan(FILES);
    // Each file is kept: those of a work of three files, too.
    const refused = rowsOf(undisturbed, 'import_files').filter((row) => row['outcome'] === 'refused');
    expect(refused).toHaveLength(FILES / 20);
    expect(rowsOf(undisturbed, 'import_originals')).toHaveLength(FILES * 0.85 + shelf.files);
    expect(rowsOf(undisturbed, 'imports')).toMatchObject([{ state: 'done', files: FILES + shelf.files }]);
    expect(JSON.stringify(tables)).not.toMatch(/nothing in |undefined/);
    expect(blobs).toEqual(referredTo);
  });

  test('goes on after Ctrl-C, which ends it with 130 and says how to go on', async () => {
    const place = await newPlace('interrupted');
    const program = startImport(place);
    await linesPrinted(program, 1 + randomFrom(seed + 1).below(FILES * 0.8));
    expect(await program.interrupt()).toBe(130);
    expect(program.output()).toContain('Give the same command again to go on.');
    const last = startImport(place);
    expect(await last.ended).toBe(1);
    expect(last.output()).toMatch(/files were done before/);
    expectTheSame(await dumpOf(place));
  });

  test(`comes to the same end after ${kills} kills (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    let done = 0;
    for (let archive = 0; done < kills; archive += 1) {
      const place = await newPlace(`killed-${archive}`);
      const printedAsDone = new Set<string>();
      for (let row = 0; row < KILLS_IN_A_ROW && done < kills; row += 1) {
        const program = startImport(place);
        // One in ten while it is still starting; the others after so many files, and a moment into the next ones.
        const reached = random.chance(0.1)
          ? sleep(random.next() * firstAt)
          : linesPrinted(program, 1 + Math.floor(random.next() * FILES * 0.5)).then(() => sleep(random.next() * 12));
        const endedBefore = await Promise.race([program.ended.then(() => true), reached.then(() => false)]);
        if (!endedBefore) {
          await program.kill();
          done += 1;
        }
        for (const id of idsIn(program.output())) printedAsDone.add(id);
        if (endedBefore) break;
      }
      // The same command again is another import once this one has come to its end.
      const last = (await hasEnded(place)) ? null : startImport(place);
      // Empty files and PDFs are refused, which the exit code says.
      expect(last === null ? 1 : await last.ended).toBe(1);
      expect(last?.output() ?? ' files in ').toContain(' files in ');
      for (const id of idsIn(last?.output() ?? '')) printedAsDone.add(id);

      const dump = await dumpOf(place);
      expect([...printedAsDone].filter((id) => !dump.publicIds.has(id))).toEqual([]);
      expectTheSame(dump);
      rmSync(place.folder, { recursive: true, force: true });
    }
  });
});

function rowsOf(dump: Dump, table: string): Record<string, unknown>[] {
  return (dump.tables[table] ?? []).map((row) => JSON.parse(row) as Record<string, unknown>);
}

/** Whether the import of a place was done, however its program ended. */
async function hasEnded(place: Place): Promise<boolean> {
  return rowsOf(await dumpOf(place), 'imports').some((row) => row['state'] === 'done');
}

/** Resolves once a program has printed so many lines, or has ended. */
async function linesPrinted(program: Program, lines: number): Promise<void> {
  let ended = false;
  void program.ended.then(() => {
    ended = true;
  });
  for (;;) {
    if (ended || program.output().split('\n').length > lines) return;
    await sleep(2);
  }
}

/** Ids of works that were printed as safe. */
function idsIn(output: string): string[] {
  return [...output.matchAll(/^(?:posted|draft) +([0-9a-z]{10}) .*\n/gm)].map((match) => match[1] ?? '');
}
