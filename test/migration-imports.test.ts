/** The step to imports that are recorded file by file, taken by an archive that has imported before. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { openDatabase, type Database } from '../src/platform/db/database.ts';
import { vocabulary } from '../src/features/tags/index.ts';
import { findKnownOriginals, findKnownSource, originalsKept } from '../src/features/imports/queries.ts';
import { ownDatabase } from './site.ts';

const STEP = '0008-import-runs';
const before = migrations.filter((step) => step.name < STEP);

async function place() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fanfold-migration-'));
  const own = await ownDatabase({ empty: true });
  onTestFinished(async () => {
    await own.drop();
    await rm(dataFolder, { recursive: true });
  });
  return { dataFolder, databaseUrl: own.url };
}

async function withDatabase<T>(
  at: Awaited<ReturnType<typeof place>>,
  steps: typeof migrations,
  look: (db: Database) => Promise<T>,
) {
  const db = await openDatabase({ ...at, migrations: steps, now: () => Date.UTC(2026, 0, 2) });
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

const hash = (of: string) => of.repeat(64);

/** An archive as it was: two works that were imported from one file each, and one that was written here. */
async function fill(db: Database): Promise<void> {
  await db.write(async (tx) => {
    await tx.insertInto('accounts').values({ id: 1, state: 'active', created_at: 1 }).execute();
    for (const id of [1, 2, 3]) {
      const text = { title: `Work ${id}`, status: 'in-progress', format: 'text' as const, notices: '[]' };
      const empty = {
        summary_source: '',
        summary_html: '',
        notes_source: '',
        notes_html: '',
        end_notes_source: '',
        end_notes_html: '',
      };
      const flags = { restricted: 0, noindex: 0, adult: 0, sample: 0 } as const;
      const none = {
        language: null,
        deleted_at: null,
        planned_chapters: null,
        source_url: null,
        archived_by: null,
        publish_at: null,
        posted_at: null,
      };
      await tx
        .insertInto('works')
        .values({
          id,
          public_id: `work${id}`,
          state: 'draft',
          words: 1,
          rules: 1,
          created_at: 1,
          updated_at: 1,
          ...text,
          ...empty,
          ...flags,
          ...none,
        })
        .execute();
    }
    for (const [id, address] of [
      [1, 'elsewhere.example/works/1'],
      [2, null],
    ] as const) {
      const name = `Café “${id}”.html`;
      await sql`insert into import_sources (work_id, address_key, text_hash, content_hash, blob, file_name, bytes, format, imported_at)
        values (${id}, ${address}, ${hash(`${id}`)}, ${hash(`${id + 4}`)}, ${hash(`${id + 6}`)}, ${name}, ${id * 10}, 'ao3-html', 5)`.execute(
        tx,
      );
    }
  });
}

test('keeps every source and its original, and what came in before is known again', async () => {
  const at = await place();
  await withDatabase(at, before, fill);
  await withDatabase(at, migrations, async ({ reads }) => {
    expect(await originalsKept(reads, 1)).toEqual([{ blob: hash('7'), fileName: 'Café “1”.html', bytes: 10 }]);
    expect(await originalsKept(reads, 2)).toEqual([{ blob: hash('8'), fileName: 'Café “2”.html', bytes: 20 }]);
    expect(await originalsKept(reads, 3)).toEqual([]);
    const sources = await reads.selectFrom('import_sources').selectAll().orderBy('work_id').execute();
    expect(
      sources.map((row) => [
        row.work_id,
        row.text_hash,
        row.near_hash,
        row.opening_hash,
        row.guesses,
        row.title_derived,
        row.reviewed_at,
      ]),
    ).toEqual([
      [1, hash('1'), null, null, 0, 0, null],
      [2, hash('2'), null, null, 0, 0, null],
    ]);
    expect(await findKnownOriginals(reads, [hash('8')])).toMatchObject({ publicId: 'work2', same: true, whole: true });
    const keys = {
      addressKey: 'elsewhere.example/works/1',
      textHash: 'x',
      contentHash: 'y',
      nearHash: null,
      openingHash: null,
      storyLength: 0,
    };
    expect(await findKnownSource(reads, keys)).toMatchObject({ publicId: 'work1', same: false });
    expect(await reads.selectFrom('imports').selectAll().execute()).toEqual([]);
  });
});

test('gives every rating the names that older archives have for it, and none to two', async () => {
  const at = await place();
  await withDatabase(at, before, fill);
  await withDatabase(at, migrations, async ({ reads }) => {
    const { ratings } = await vocabulary(reads);
    const named = Object.fromEntries(ratings.map((term) => [term.code, term.alsoKnown ?? []]));
    for (const [code, names] of Object.entries({
      general: ['g', 'pg', 'k', 'k+'],
      teen: ['pg-13', 'pg-15', 't'],
      mature: ['r', 'm'],
      explicit: ['nc-17', 'nc-18', 'x', 'ma'],
    }))
      expect(named[code]).toEqual(expect.arrayContaining(names));
    const all = Object.values(named).flat();
    expect(new Set(all).size).toBe(all.length);
  });
});
