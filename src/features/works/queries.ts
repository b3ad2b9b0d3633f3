/** Reads of works. Every one that returns other people's things takes the viewer and asks the truth table. */
import { chunks } from '../../platform/db/chunks.ts';
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Tag } from '../tags/index.ts';
import { mayManageWork, mayReadChapter, mayReadWork, type WorkStanding } from './visibility.ts';
import {
  audienceOf,
  listedColumn,
  listedWorks,
  mayKnowCreatorsSql,
  mayManageSql,
  relationsTo,
  visibleWorks,
} from './visible.ts';
import type { ChapterHead, ChapterWhole, Creator, WorkCard, WorkTag, WorkWhole } from './work.ts';
import type { WorksTable } from './tables.ts';
import type { Selectable } from 'kysely';

type WorkRow = Selectable<WorksTable>;

/** Works as lists show them, in the order of the ids; what the viewer may not read is left out, whoever made the list. */
export async function workCards(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<WorkCard[]> {
  const cards = new Map<number, WorkCard>();
  for (const piece of chunks([...new Set(ids)])) {
    // Asked at once: a database on the other end of a line answers them in the time of one.
    const [rows, tags, creators] = await Promise.all([
      visibleWorks(handle, viewer).where('works.id', 'in', piece).selectAll('works').execute(),
      tagsOf(handle, piece),
      creatorsOf(handle, viewer, piece),
    ]);
    for (const row of rows) cards.set(row.id, cardOf(row, tags.get(row.id) ?? [], creators.get(row.id)));
  }
  return ids.flatMap((id) => cards.get(id) ?? []);
}

function standingOf(row: WorkRow): WorkStanding {
  return {
    state: row.state,
    restricted: row.restricted === 1,
    unrevealed: row.unrevealed === 1,
    anonymous: row.anonymous === 1,
    hidden: row.hidden === 1,
    deleted: row.deleted_at !== null,
  };
}

function cardOf(row: WorkRow, tags: WorkTag[], creators: Creator[] | undefined): WorkCard {
  return {
    ...standingOf(row),
    id: row.id,
    publicId: row.public_id,
    title: row.title,
    language: row.language,
    creators: creators ?? [],
    creatorsConcealed: creators === undefined,
    tags,
    summaryHtml: row.summary_html,
    status: row.status,
    plannedChapters: row.planned_chapters,
    postedChapters: row.posted_chapters,
    words: row.words,
    kudos: row.kudos,
    comments: row.comments,
    bookmarks: row.bookmarks,
    hits: row.hits,
    adult: row.adult === 1,
    noindex: row.noindex === 1,
    sample: row.sample === 1,
    postedAt: row.posted_at,
    updatedAt: row.updated_at,
    version: row.version,
    createdAt: row.created_at,
  };
}

async function tagsOf(handle: Handle, workIds: readonly number[]): Promise<Map<number, WorkTag[]>> {
  const rows = await handle
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['work_tags.work_id', 'tags.id', 'work_tags.kind', 'tags.name'])
    .where('work_tags.work_id', 'in', workIds)
    .orderBy('work_tags.work_id')
    .orderBy('work_tags.position')
    .execute();
  const tags = new Map<number, WorkTag[]>();
  for (const row of rows) {
    const list = tags.get(row.work_id) ?? [];
    list.push({ id: row.id, kind: row.kind, name: row.name });
    tags.set(row.work_id, list);
  }
  return tags;
}

/** Public bylines. A work that is absent from the answer is anonymous to this viewer. */
async function creatorsOf(handle: Handle, viewer: Viewer, workIds: readonly number[]): Promise<Map<number, Creator[]>> {
  const rows = await handle
    .selectFrom('works')
    .where('works.id', 'in', workIds)
    .where((works) => mayKnowCreatorsSql(works, viewer))
    .leftJoin('work_creators', (join) =>
      join.onRef('work_creators.work_id', '=', 'works.id').on('work_creators.state', '=', 'accepted'),
    )
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select([
      'works.id',
      'pseuds.public_id as pseud_public_id',
      'pseuds.name as pseud_name',
      'imported_creators.public_id as imported_public_id',
      'imported_creators.name as imported_name',
    ])
    .orderBy('works.id')
    .orderBy('work_creators.position')
    .execute();
  const creators = new Map<number, Creator[]>();
  for (const row of rows) {
    const list = creators.get(row.id) ?? [];
    if (row.pseud_public_id !== null && row.pseud_name !== null) {
      list.push({ kind: 'pseud', publicId: row.pseud_public_id, name: row.pseud_name });
    }
    if (row.imported_public_id !== null && row.imported_name !== null) {
      list.push({ kind: 'imported', publicId: row.imported_public_id, name: row.imported_name });
    }
    creators.set(row.id, list);
  }
  return creators;
}

/** One work by its public id, if the viewer may read it. A deleted work only for those who may restore it, when asked for. */
export async function findWork(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
  options: { deleted?: boolean } = {},
): Promise<WorkWhole | null> {
  if (!isPublicId(publicId)) return null;
  const works = options.deleted
    ? handle
        .selectFrom('works')
        .where('works.deleted_at', 'is not', null)
        .where((work) => mayManageSql(work, viewer))
    : visibleWorks(handle, viewer);
  const row = await works
    .where('works.public_id', '=', publicId)
    .leftJoin('pseuds', 'pseuds.id', 'works.archived_by')
    .selectAll('works')
    .select('pseuds.name as archivist')
    .executeTakeFirst();
  if (!row) return null;
  const relations = await relationsTo(handle, viewer, row.id);
  const standing = standingOf(row);
  const chapters = await chapterHeads(handle, row.id);
  const creators = await creatorsOf(handle, viewer, [row.id]);
  return {
    ...cardOf(row, (await tagsOf(handle, [row.id])).get(row.id) ?? [], creators.get(row.id)),
    notesHtml: row.notes_html,
    endNotesHtml: row.end_notes_html,
    summarySource: row.summary_source,
    notesSource: row.notes_source,
    endNotesSource: row.end_notes_source,
    format: row.format,
    // Where an anonymous work stood before, and who brought it here, would say who wrote it.
    sourceUrl: creators.has(row.id) ? row.source_url : null,
    archivedBy: creators.has(row.id) ? row.archivist : null,
    notices: JSON.parse(row.notices) as string[],
    publishAt: row.publish_at,
    deletedAt: row.deleted_at,
    relations,
    chapters: chapters
      .filter((chapter) => mayReadChapter({ ...standing, deleted: false }, chapter, relations))
      .map((chapter, index) => ({ ...chapter, position: index + 1 })),
  };
}

/** What posting a work needs to know of it. */
export interface WorkToPost {
  id: number;
  title: string;
  language: string | null;
  state: WorkStanding['state'];
  tags: WorkTag[];
  chapters: number;
  postedAt: number | null;
  updatedAt: number;
  version: number;
}

/**
 * A work for those who may post it; null for everybody else. Made for imports, which ask for every work: what the viewer is to the work is asked once instead of for each condition.
 */
export async function findToPost(handle: Handle, viewer: Viewer, publicId: string): Promise<WorkToPost | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('works')
    .selectAll('works')
    .select((work) =>
      work
        .selectFrom('chapters')
        .whereRef('chapters.work_id', '=', 'works.id')
        .select((count) => count.fn.countAll<number>().as('chapters'))
        .as('chapters'),
    )
    .where('works.public_id', '=', publicId)
    .executeTakeFirst();
  if (!row) return null;
  const relations = await relationsTo(handle, viewer, row.id);
  if (!mayReadWork(standingOf(row), relations) || !mayManageWork(relations)) return null;
  return {
    id: row.id,
    title: row.title,
    language: row.language,
    state: row.state,
    tags: (await tagsOf(handle, [row.id])).get(row.id) ?? [],
    chapters: Number(row.chapters),
    postedAt: row.posted_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

async function chapterHeads(handle: Handle, workId: number): Promise<ChapterHead[]> {
  const rows = await handle
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', (join) =>
      join
        .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
        .onRef('chapter_revisions.number', '=', 'chapters.revision'),
    )
    .select([
      'chapters.id',
      'chapters.public_id',
      'chapters.position',
      'chapters.state',
      'chapters.words',
      'chapters.posted_at',
      'chapter_revisions.title',
    ])
    .where('chapters.work_id', '=', workId)
    .orderBy('chapters.position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    position: row.position,
    title: row.title,
    state: row.state,
    words: row.words,
    postedAt: row.posted_at,
  }));
}

/** The texts of chapters of a work the viewer has been given, in order. Takes only chapters that `findWork` listed. */
export async function chapterTexts(handle: Handle, heads: readonly ChapterHead[]): Promise<ChapterWhole[]> {
  const texts = new Map<number, Omit<ChapterWhole, keyof ChapterHead>>();
  for (const piece of chunks(heads)) {
    const rows = await handle
      .selectFrom('chapters')
      .innerJoin('chapter_revisions', (join) =>
        join
          .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
          .onRef('chapter_revisions.number', '=', 'chapters.revision'),
      )
      .select([
        'chapters.id',
        'chapter_revisions.summary_html as summaryHtml',
        'chapter_revisions.notes_html as notesHtml',
        'chapter_revisions.end_notes_html as endNotesHtml',
        'chapter_revisions.html',
      ])
      .where(
        'chapters.id',
        'in',
        piece.map((head) => head.id),
      )
      .execute();
    for (const { id, ...text } of rows) texts.set(id, text);
  }
  return heads.flatMap((head) => {
    const text = texts.get(head.id);
    return text ? [{ ...head, ...text }] : [];
  });
}

/** The viewer's own works in one state, newest change first: drafts to review, or deletions that can be undone. */
export async function ownWorks(
  handle: Handle,
  viewer: Viewer,
  which: 'drafts' | 'deleted',
  page: { offset: number; limit: number },
): Promise<{ total: number; ids: number[] }> {
  const works = handle
    .selectFrom('works')
    .where((work) => mayManageSql(work, viewer))
    .where('works.deleted_at', which === 'deleted' ? 'is not' : 'is', null)
    .$if(which === 'drafts', (query) => query.where('works.state', '=', 'draft'));
  const { total } = await works.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await works
    .select('works.id')
    .orderBy(which === 'deleted' ? 'works.deleted_at' : 'works.created_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { total: Number(total), ids: rows.map((row) => row.id) };
}

/** A deleted work as its keepers see it: enough to know whether to restore it. */
export interface DeletedWork {
  publicId: string;
  title: string;
  language: string | null;
  creators: string[];
  words: number;
  chapters: number;
  deletedAt: number;
}

/** Those of the works that are deleted and that the viewer may restore, the last deleted first. */
export async function deletedWorks(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<DeletedWork[]> {
  if (ids.length === 0) return [];
  const rows = await handle
    .selectFrom('works')
    .where('works.id', 'in', [...ids])
    .where('works.deleted_at', 'is not', null)
    .where((work) => mayManageSql(work, viewer))
    .select(['works.id', 'public_id', 'title', 'language', 'words', 'deleted_at'])
    .orderBy('deleted_at', 'desc')
    .execute();
  const creators = await creatorsOf(handle, viewer, ids);
  const chapters = await chapterCounts(handle, ids);
  return rows.map((row) => ({
    publicId: row.public_id,
    title: row.title,
    language: row.language,
    creators: (creators.get(row.id) ?? []).map((creator) => creator.name),
    words: row.words,
    chapters: chapters.get(row.id) ?? 0,
    deletedAt: row.deleted_at ?? 0,
  }));
}

export interface CreatorPageOf extends Creator {
  id: number;
  /** Where an imported name comes from: a host, or '' when unknown. */
  site: string;
}

/** Somebody's page, if a work by them stands in the viewer's lists; nobody's otherwise, so that no name is given away. */
export async function findCreator(handle: Handle, viewer: Viewer, publicId: string): Promise<CreatorPageOf | null> {
  if (!isPublicId(publicId)) return null;
  const pseud = await handle
    .selectFrom('pseuds')
    .select(['id', 'name', 'account_id'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  const imported = pseud
    ? undefined
    : await handle
        .selectFrom('imported_creators')
        .select(['id', 'name', 'site'])
        .where('public_id', '=', publicId)
        .executeTakeFirst();
  const found = pseud ?? imported;
  if (!found) return null;
  const creator: CreatorPageOf = {
    kind: pseud ? 'pseud' : 'imported',
    id: found.id,
    publicId,
    name: found.name,
    site: imported?.site ?? '',
  };
  const own = pseud !== undefined && pseud.account_id === viewer.accountId;
  return own || (await isNamedInLists(handle, viewer, creator)) ? creator : null;
}

/** Whether a public byline in the viewer's lists names somebody. An anonymous work names nobody, not even to its creator. */
async function isNamedInLists(handle: Handle, viewer: Viewer, { kind, id }: CreatorPageOf): Promise<boolean> {
  const column = kind === 'pseud' ? 'work_creators.pseud_id' : 'work_creators.imported_creator_id';
  const row = await listedWorks(handle, viewer)
    .innerJoin('work_creators', 'work_creators.work_id', 'works.id')
    .where(column, '=', id)
    .where('work_creators.state', '=', 'accepted')
    .where('works.anonymous', '=', 0)
    .select('works.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whether a tag itself stands on a work of the viewer's lists. Works under its canonical tag do not count: a spelling
 * that only a draft uses is known to nobody else.
 */
export async function isTagInUse(handle: Handle, viewer: Viewer, tag: Tag): Promise<boolean> {
  return (await tagsInUse(handle, viewer, [tag.id])).has(tag.id);
}

/** Which of these tags themselves stand on works of the viewer's lists. */
export async function tagsInUse(handle: Handle, viewer: Viewer, tagIds: readonly number[]): Promise<Set<number>> {
  const used = new Set<number>();
  for (const piece of chunks(tagIds)) {
    const rows = await handle
      .selectFrom('tags')
      .select('tags.id')
      .where('tags.id', 'in', piece)
      // The first such work is enough: a tag can stand on a tenth of the archive.
      .where((tags) =>
        tags.exists(
          tags
            .selectFrom('work_tags')
            .innerJoin('works', 'works.id', 'work_tags.work_id')
            .select('work_tags.work_id')
            .whereRef('work_tags.tag_id', '=', 'tags.id')
            .where(listedColumn(audienceOf(viewer)), '=', 1),
        ),
      )
      .execute();
    for (const row of rows) used.add(row.id);
  }
  return used;
}

/** A work as a projection needs it: what it is listed for and its tags. No viewer: nothing of it may be shown as it is. */
export interface IndexedWork {
  id: number;
  listedGuest: boolean;
  listedAccount: boolean;
  tagIds: number[];
}

/** Works for a projection, by id, by tag, or walked in the order of their ids. */
export async function worksForIndex(
  handle: Handle,
  which: { ids: readonly number[] } | { tagIds: readonly number[] } | { after: number; limit: number },
): Promise<IndexedWork[]> {
  let works = handle.selectFrom('works').select(['id', 'listed_guest', 'listed_account']).orderBy('id');
  if ('ids' in which) works = works.where('id', 'in', [...which.ids]);
  else if ('tagIds' in which) {
    works = works.where('id', 'in', (sub) =>
      sub
        .selectFrom('work_tags')
        .select('work_id')
        .where('tag_id', 'in', [...which.tagIds]),
    );
  } else works = works.where('id', '>', which.after).limit(which.limit);
  const rows = await works.execute();
  const tags = new Map<number, number[]>();
  for (const piece of chunks(rows.map((row) => row.id))) {
    const links = await handle
      .selectFrom('work_tags')
      .select(['work_id', 'tag_id'])
      .where('work_id', 'in', piece)
      .execute();
    for (const link of links) {
      const list = tags.get(link.work_id) ?? [];
      list.push(link.tag_id);
      tags.set(link.work_id, list);
    }
  }
  return rows.map((row) => ({
    id: row.id,
    listedGuest: row.listed_guest === 1,
    listedAccount: row.listed_account === 1,
    tagIds: tags.get(row.id) ?? [],
  }));
}

/** How many words stand in the viewer's lists. */
export async function countWords(handle: Handle, viewer: Viewer): Promise<number> {
  const row = await listedWorks(handle, viewer)
    .select((sum) => sum.fn.sum<number | null>('works.words').as('words'))
    .executeTakeFirstOrThrow();
  return Number(row.words ?? 0);
}

/** How many works of the sample library are still here. */
export async function countSamples(handle: Handle): Promise<number> {
  const row = await handle
    .selectFrom('works')
    .select((count) => count.fn.countAll<number>().as('works'))
    .where('sample', '=', 1)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.works);
}

/** How many chapters works have that the viewer keeps, drafts among them. Takes ids that `ownWorks` gave. */
export async function chapterCounts(handle: Handle, workIds: readonly number[]): Promise<Map<number, number>> {
  if (workIds.length === 0) return new Map();
  const rows = await handle
    .selectFrom('chapters')
    .select(['work_id', (count) => count.fn.countAll<number>().as('chapters')])
    .where('work_id', 'in', [...workIds])
    .groupBy('work_id')
    .execute();
  return new Map(rows.map((row) => [row.work_id, Number(row.chapters)]));
}

/** How many of the viewer's drafts have all that posting needs. */
export async function countComplete(handle: Handle, viewer: Viewer): Promise<number> {
  const row = await handle
    .selectFrom('works')
    .where((work) => mayManageSql(work, viewer))
    .where('works.state', '=', 'draft')
    .where('works.deleted_at', 'is', null)
    .where('works.title', '<>', '')
    .where('works.language', 'is not', null)
    .where((work) =>
      work.and(
        (['rating', 'warning', 'fandom'] as const).map((kind) =>
          work.exists(
            work
              .selectFrom('work_tags')
              .select('work_tags.tag_id')
              .whereRef('work_tags.work_id', '=', 'works.id')
              .where('work_tags.kind', '=', kind),
          ),
        ),
      ),
    )
    .where((work) =>
      work.exists(work.selectFrom('chapters').select('chapters.id').whereRef('chapters.work_id', '=', 'works.id')),
    )
    .select((count) => count.fn.countAll<number>().as('works'))
    .executeTakeFirstOrThrow();
  return Number(row.works);
}
