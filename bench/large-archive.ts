/**
 * An archive with very many works, written straight into its tables: no texts to speak of, but tags, creators, dates,
 * ratings and lengths as in a large archive (published statistics of AO3, see invented-tags.ts). The same every time.
 */
import { sql, type Insertable } from 'kysely';
import { chunks } from '../src/platform/db/chunks.ts';
import type { Database } from '../src/platform/db/database.ts';
import { nameKey } from '../src/platform/db/name-key.ts';
import type { Tables, Tx } from '../src/platform/db/tables.ts';
import { append } from '../src/platform/events/log.ts';
import '../src/features/works/index.ts';
import { inventTags, type InventedTag } from './invented-tags.ts';
import { randomFrom, type Random } from './random.ts';

const PIECE = 1_000;
/** Rows of one statement: under the limit of parameters of either database. */
const ROWS = 400;
const WORKS_A_CREATOR = 8;
const SUMMARY =
  'The keeper of the light has not written for nine days, and on the tenth the whole of Port Ellory comes up the stairs to ask why. There is tea, there is a ledger, and there is a thing in the ledger that nobody will read aloud. ';
const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

type RowOf<T extends keyof Tables> = Insertable<Tables[T]>;

/** Fills an archive with `count` works, nineteen of twenty for everybody and the rest for registered readers. */
export async function fillArchive(db: Database, count: number, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const tagsOf = inventTags(random);
  const tagIds = new Map<string, number>();
  for (const tag of await db.reads.selectFrom('tags').select(['id', 'kind', 'name']).execute())
    tagIds.set(`${tag.kind} ${nameKey(tag.name)}`, tag.id);
  const creators = Math.ceil(count / WORKS_A_CREATOR);
  await db.write((tx) =>
    insertAll(
      tx,
      'imported_creators',
      range(1, creators).map((id) => ({ ...creatorRow(id), id })),
    ),
  );
  for (const ids of chunks(range(1, count), PIECE)) {
    await db.write(async (tx) => {
      const newTags: RowOf<'tags'>[] = [];
      const works: RowOf<'works'>[] = [];
      const links: RowOf<'work_tags'>[] = [];
      for (const id of ids) {
        const tags = tagsOf();
        works.push(workRow(id, tags, random));
        tags.forEach((tag, position) =>
          links.push({ work_id: id, tag_id: idOf(tag, tagIds, newTags), kind: tag.kind, position }),
        );
      }
      await insertAll(tx, 'tags', newTags);
      await insertAll(tx, 'works', works);
      await insertAll(tx, 'work_tags', links);
      await insertAll(
        tx,
        'work_creators',
        ids.map((id) => ({
          work_id: id,
          position: 0,
          pseud_id: null,
          imported_creator_id: 1 + random.below(creators),
          state: 'accepted' as const,
        })),
      );
      await insertAll(
        tx,
        'chapters',
        ids.map((id) => chapterRow(id)),
      );
      await insertAll(
        tx,
        'chapter_revisions',
        ids.map((id) => revisionRow(id)),
      );
    });
  }
  // PostgreSQL does this by itself within minutes; SQLite is used without.
  if (db.kind === 'postgres') await sql`vacuum (analyze)`.execute(db.reads);
  await db.write((tx) => append(tx, NOW, { kind: 'work.posted', subject: 'work', subjectId: count, workId: count }));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function insertAll<T extends keyof Tables>(tx: Tx, table: T, rows: readonly RowOf<T>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  const size = Math.max(1, Math.min(ROWS, Math.floor(12_000 / Math.max(1, columns))));
  for (const piece of chunks(rows, size)) await tx.insertInto(table).values(piece).execute();
}

/** An id that looks like a public one and is never given twice: the number, written in the alphabet of public ids. */
function publicIdOf(number: number): string {
  let id = '';
  for (let rest = number * 7_919 + 1; id.length < 10; rest = Math.floor(rest / 32)) id += ALPHABET[rest % 32];
  return id;
}

function idOf(tag: InventedTag, tagIds: Map<string, number>, made: RowOf<'tags'>[]): number {
  const key = nameKey(tag.name);
  const known = tagIds.get(`${tag.kind} ${key}`);
  if (known !== undefined) return known;
  const id = tagIds.size + 1;
  tagIds.set(`${tag.kind} ${key}`, id);
  made.push({ id, kind: tag.kind, name: tag.name, name_key: key, canonical: 1, synonym_of: null, created_at: NOW });
  return id;
}

function creatorRow(id: number): RowOf<'imported_creators'> {
  return {
    public_id: publicIdOf(id),
    name: `creator_${id}`,
    name_key: `creator_${id}`,
    site: 'archive.example',
    url: null,
    created_at: NOW,
  };
}

/** Words of a work: lognormal as published (mu 7.7, sigma 1.56), by the sum of twelve. */
function wordsOf(random: Random): number {
  let sum = -6;
  for (let turn = 0; turn < 12; turn += 1) sum += random.next();
  return Math.max(10, Math.round(Math.exp(7.7 + 1.56 * sum)));
}

function workRow(id: number, tags: readonly InventedTag[], random: Random): RowOf<'works'> {
  const rating = tags.find((tag) => tag.kind === 'rating')?.name ?? '';
  const chapters = random.chance(0.79) ? 1 : 2 + random.below(20);
  const summary = `<p>${SUMMARY.repeat(1 + random.below(3)).trim()}</p>`;
  const at = NOW - id * HOUR_MS;
  return {
    id,
    public_id: publicIdOf(id),
    title: `The ${id}th Lamp at Port Ellory`,
    language: random.chance(0.9) ? 'en' : random.pick(['zh', 'ru', 'es', 'fr', 'de']),
    state: 'posted',
    restricted: random.chance(0.05) ? 1 : 0,
    noindex: 0,
    adult: ['Mature', 'Explicit', 'Not Rated'].includes(rating) ? 1 : 0,
    sample: 0,
    deleted_at: null,
    status: 'in-progress',
    planned_chapters: random.chance(0.84) ? chapters : null,
    posted_chapters: chapters,
    words: wordsOf(random),
    kudos: random.below(300),
    comments: random.below(20),
    bookmarks: random.below(40),
    format: 'html',
    summary_source: summary,
    summary_html: summary,
    notes_source: '',
    notes_html: '',
    end_notes_source: '',
    end_notes_html: '',
    rules: 1,
    source_url: null,
    archived_by: null,
    notices: '[]',
    created_at: at,
    publish_at: null,
    posted_at: at,
    updated_at: at,
  };
}

function chapterRow(id: number): RowOf<'chapters'> {
  return {
    id,
    public_id: publicIdOf(id),
    work_id: id,
    position: 1,
    state: 'posted',
    revision: 1,
    words: 40,
    publish_at: null,
    posted_at: NOW,
    created_at: NOW,
  };
}

function revisionRow(id: number): RowOf<'chapter_revisions'> {
  const text = `<p>${SUMMARY}</p>`;
  const nothing = {
    summary_source: '',
    summary_html: '',
    notes_source: '',
    notes_html: '',
    end_notes_source: '',
    end_notes_html: '',
  };
  return {
    chapter_id: id,
    number: 1,
    title: '',
    format: 'html',
    ...nothing,
    source: text,
    html: text,
    rules: 1,
    words: 40,
    saved_by: null,
    saved_at: NOW,
  };
}
