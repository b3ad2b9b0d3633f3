/**
 * An archive with very many works, written straight into its tables: no texts to speak of, but tags, creators, dates,
 * ratings and lengths as in a large archive (published statistics of AO3, see invented-tags.ts). The same every time.
 */
import { sql, type CompiledQuery, type Insertable } from 'kysely';
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
/** However many works there are, they were posted within so long: as long as AO3 has been open. */
const ARCHIVE_YEARS_MS = 16 * 365.25 * 24 * HOUR_MS;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

type RowOf<T extends keyof Tables> = Insertable<Tables[T]>;

export interface InventedWork {
  row: RowOf<'works'> & { id: number };
  /** In the creator's order. */
  tags: readonly InventedTag[];
  /** From 1: which of the archive's creators wrote it. */
  creator: number;
}

/** The works of an archive of so many, one after the other, the same for the same seed. */
export function* inventWorks(count: number, seed: number): Generator<InventedWork> {
  const random = randomFrom(seed);
  const tagsOf = inventTags(random);
  const creators = creatorsOf(count);
  const apartMs = Math.min(HOUR_MS, ARCHIVE_YEARS_MS / count);
  for (let id = 1; id <= count; id += 1) {
    const tags = tagsOf();
    yield { row: workRow(id, apartMs, tags, random), tags, creator: 1 + random.below(creators) };
  }
}

export function creatorsOf(count: number): number {
  return Math.ceil(count / WORKS_A_CREATOR);
}

/** Fills an archive with `count` works, nineteen of twenty for everybody and the rest for registered readers. */
export async function fillArchive(db: Database, count: number, seed: number): Promise<void> {
  const works = inventWorks(count, seed);
  const tagIds = new TagIds(await db.reads.selectFrom('tags').select(['id', 'kind', 'name']).execute());
  const insertAll = inserter();
  await db.write((tx) =>
    insertAll(
      tx,
      'imported_creators',
      range(1, creatorsOf(count)).map((id) => ({ ...creatorRow(id), id })),
    ),
  );
  for (let done = 0; done < count; done += PIECE) {
    // A transaction is tried again where it must be; chance is asked once.
    const piece = nextOf(works, PIECE);
    const { newTags, links } = tagRows(piece, tagIds);
    const ids = piece.map(({ row }) => row.id);
    await db.write(async (tx) => {
      await insertAll(tx, 'tags', newTags);
      await insertAll(
        tx,
        'works',
        piece.map(({ row }) => row),
      );
      await insertAll(tx, 'work_tags', links);
      await insertAll(
        tx,
        'work_creators',
        piece.map(({ row, creator }) => ({
          work_id: row.id,
          position: 0,
          pseud_id: null,
          imported_creator_id: creator,
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
  if (db.kind === 'postgres') await settlePostgres(db);
  await db.write((tx) => append(tx, NOW, { kind: 'work.posted', subject: 'work', subjectId: count, workId: count }));
}

/** What SQLite does by itself or without: the ids that come next, and the figures that PostgreSQL gathers within minutes. */
async function settlePostgres(db: Database): Promise<void> {
  for (const table of ['imported_creators', 'tags', 'works', 'chapters', 'chapter_revisions'] as const) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.table(table)}))`.execute(
      db.reads,
    );
  }
  await sql`vacuum (analyze)`.execute(db.reads);
}

/** So many of what comes next, fewer at the end. */
function nextOf<T>(things: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  for (let next = things.next(); next.done !== true; next = things.next()) {
    taken.push(next.value);
    if (taken.length === most) break;
  }
  return taken;
}

/** The rows that say which tags these works have, and those of tags that nobody had before. */
function tagRows(piece: readonly InventedWork[], tagIds: TagIds) {
  const newTags: RowOf<'tags'>[] = [];
  const links = piece.flatMap(({ row, tags }) =>
    tags.map((tag, position) => {
      const { id, isNew } = tagIds.idOf(tag);
      if (isNew) newTags.push({ id, ...tagRow(tag) });
      return { work_id: row.id, tag_id: id, kind: tag.kind, position };
    }),
  );
  return { newTags, links };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Inserts many rows, each with the same columns in the same order. A statement is put into words once for each number of rows. */
function inserter() {
  const statements = new Map<string, CompiledQuery>();
  return async <T extends keyof Tables>(tx: Tx, table: T, rows: readonly RowOf<T>[]): Promise<void> => {
    const columns = Object.keys(rows[0] ?? {}).length;
    const size = Math.max(1, Math.min(ROWS, Math.floor(12_000 / Math.max(1, columns))));
    for (const piece of chunks(rows, size)) {
      const name = `${table} ${columns} ${piece.length}`;
      const statement = statements.get(name) ?? tx.insertInto(table).values(piece).compile();
      statements.set(name, statement);
      await tx.executeQuery({ ...statement, parameters: piece.flatMap((row) => Object.values(row)) });
    }
  };
}

/** An id that looks like a public one and is never given twice: the number, written in the alphabet of public ids. */
function publicIdOf(number: number): string {
  let id = '';
  for (let rest = number * 7_919 + 1; id.length < 10; rest = Math.floor(rest / 32)) id += ALPHABET[rest % 32];
  return id;
}

/** Numbers for tags, in the order in which they are met, after those that are there. */
export class TagIds {
  readonly #met = new Map<InventedTag, number>();
  readonly #byKey = new Map<string, number>();

  constructor(known: readonly { id: number; kind: string; name: string }[] = []) {
    for (const { id, kind, name } of known) this.#byKey.set(`${kind} ${nameKey(name)}`, id);
  }

  idOf(tag: InventedTag): { id: number; isNew: boolean } {
    const met = this.#met.get(tag);
    if (met !== undefined) return { id: met, isNew: false };
    const key = `${tag.kind} ${nameKey(tag.name)}`;
    const known = this.#byKey.get(key);
    const id = known ?? this.#byKey.size + 1;
    this.#byKey.set(key, id);
    this.#met.set(tag, id);
    return { id, isNew: known === undefined };
  }
}

function tagRow({ kind, name }: InventedTag): Omit<RowOf<'tags'>, 'id'> {
  return { kind, name, name_key: nameKey(name), canonical: 1, synonym_of: null, created_at: NOW };
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

/** A figure that is lognormal, by the sum of twelve: exp(mu + sigma * normal), at least `least`. */
function lognormal(mu: number, sigma: number, least: number, random: Random): number {
  let sum = -6;
  for (let turn = 0; turn < 12; turn += 1) sum += random.next();
  return Math.max(least, Math.round(Math.exp(mu + sigma * sum)));
}

/** Words as published (mu 7.7, sigma 1.56); kudos and comments by their medians and ninth deciles (46 and 339, 4.5 and 29). */
const FIGURES = {
  words: (random: Random) => lognormal(7.7, 1.56, 10, random),
  kudos: (random: Random) => lognormal(3.83, 1.56, 0, random),
  comments: (random: Random) => lognormal(1.5, 1.45, 0, random),
};
/** Of a hundred hits so many leave kudos (published estimate), and of a hundred kudos so many are bookmarks too (a guess). */
const KUDOS_PER_HUNDRED_HITS = 4;
const BOOKMARKS_PER_HUNDRED_KUDOS = 18;

function workRow(id: number, apartMs: number, tags: readonly InventedTag[], random: Random): InventedWork['row'] {
  const rating = tags.find((tag) => tag.kind === 'rating')?.name ?? '';
  const chapters = random.chance(0.79) ? 1 : 2 + random.below(20);
  const summary = `<p>${SUMMARY.repeat(1 + random.below(3)).trim()}</p>`;
  const at = NOW - Math.round(id * apartMs);
  const kudos = FIGURES.kudos(random);
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
    words: FIGURES.words(random),
    kudos,
    comments: FIGURES.comments(random),
    bookmarks: Math.round((kudos * BOOKMARKS_PER_HUNDRED_KUDOS) / 100),
    hits: Math.round((kudos * 100) / KUDOS_PER_HUNDRED_HITS),
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
