/** One work with its chapters, for who may read it. */
import { chunks } from '../../platform/db/chunks.ts';
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Handle, Tables } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { cardOf, creatorsOf, standingOf, tagsOf } from './cards.queries.ts';
import { mayManageWork, mayReadChapter, mayReadWork, type ChapterStanding, type WorkStanding } from './visibility.ts';
import { mayManageSql, relationsTo, visibleWorks } from './visible.ts';
import type { ChapterHead, ChapterWhole, WorkTag, WorkWhole } from './work.ts';

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
  const standing = standingOf(row);
  const [relations, chapters, creators, tags] = await Promise.all([
    relationsTo(handle, viewer, row.id),
    chapterHeads(handle, row.id),
    creatorsOf(handle, viewer, [row.id]),
    tagsOf(handle, [row.id]),
  ]);
  return {
    ...cardOf(row, tags.get(row.id) ?? [], creators.get(row.id)),
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
      .filter((chapter) => mayReadChapter({ ...standing, deleted: false }, chapter.standing, relations))
      .map(({ head }, index) => ({ ...head, position: index + 1 })),
  };
}

/** What posting a work needs to know of it. */
export interface WorkToPost {
  id: number;
  title: string;
  language: string | null;
  state: WorkStanding['state'];
  tags: WorkTag[];
  /** How many chapters would be posted with it: those that have a text and no hour of their own. */
  chapters: number;
  /** Their words together. */
  words: number;
  plannedChapters: number | null;
  postedAt: number | null;
  updatedAt: number;
  version: number;
}

/**
 * A work for those who may post it; null for everybody else. Made for imports, which ask for every work: what the viewer
 * is to the work is asked once instead of for each condition.
 */
export async function findToPost(handle: Handle, viewer: Viewer, publicId: string): Promise<WorkToPost | null> {
  if (!isPublicId(publicId)) return null;
  const row = await worksToPost(handle).where('works.public_id', '=', publicId).executeTakeFirst();
  if (!row) return null;
  const relations = await relationsTo(handle, viewer, row.id);
  if (!mayReadWork(standingOf(row), relations) || !mayManageWork(relations)) return null;
  return toPostOf(handle, row);
}

/** A scheduled work whose minute has come; null when it has not, or is no longer to. No viewer: the clock posts it. */
export async function findDueWork(handle: Handle, now: number, id: number): Promise<WorkToPost | null> {
  const row = await worksToPost(handle)
    .where('works.id', '=', id)
    .where('works.state', '=', 'scheduled')
    .where('works.publish_at', '<=', now)
    .where('works.deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toPostOf(handle, row) : null;
}

function worksToPost(handle: Handle) {
  return handle
    .selectFrom('works')
    .selectAll('works')
    .select((work) => [
      work
        .selectFrom('chapters')
        .whereRef('chapters.work_id', '=', 'works.id')
        .where(goesWithItsWork)
        .select((count) => count.fn.countAll<number>().as('chapters'))
        .as('to_post'),
      work
        .selectFrom('chapters')
        .whereRef('chapters.work_id', '=', 'works.id')
        .where(goesWithItsWork)
        .select((sum) => sum.fn.sum<number | null>('chapters.words').as('words'))
        .as('to_post_words'),
    ]);
}

/** A chapter that is posted when its work is: one with a text, and without an hour of its own. */
export function goesWithItsWork(chapter: ExpressionBuilder<Tables, 'chapters'>): Expression<SqlBool> {
  return chapter.and([
    chapter('chapters.state', '=', 'draft'),
    chapter('chapters.deleted_at', 'is', null),
    hasText(chapter),
  ]);
}

/** A chapter that says something: a rule or a picture's link alone has no word that counts. */
export function hasText(chapter: ExpressionBuilder<Tables, 'chapters'>): Expression<SqlBool> {
  return chapter.or([
    chapter('chapters.words', '>', 0),
    chapter.exists(
      chapter
        .selectFrom('chapter_revisions')
        .select('chapter_revisions.id')
        .whereRef('chapter_revisions.chapter_id', '=', 'chapters.id')
        .whereRef('chapter_revisions.number', '=', 'chapters.revision')
        .where('chapter_revisions.html', '<>', ''),
    ),
  ]);
}

type ToPostRow = Awaited<ReturnType<ReturnType<typeof worksToPost>['executeTakeFirstOrThrow']>>;

async function toPostOf(handle: Handle, row: ToPostRow): Promise<WorkToPost> {
  return {
    id: row.id,
    title: row.title,
    language: row.language,
    state: row.state,
    tags: (await tagsOf(handle, [row.id])).get(row.id) ?? [],
    chapters: Number(row.to_post),
    words: Number(row.to_post_words ?? 0),
    plannedChapters: row.planned_chapters,
    postedAt: row.posted_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

async function chapterHeads(
  handle: Handle,
  workId: number,
): Promise<{ head: ChapterHead; standing: ChapterStanding }[]> {
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
      'chapters.publish_at',
      'chapters.deleted_at',
      'chapter_revisions.title',
    ])
    .where('chapters.work_id', '=', workId)
    .orderBy('chapters.position')
    .execute();
  return rows.map((row) => ({
    head: {
      id: row.id,
      publicId: row.public_id,
      position: row.position,
      title: row.title,
      state: row.state,
      words: row.words,
      postedAt: row.posted_at,
      publishAt: row.publish_at,
    },
    standing: { state: row.state, deleted: row.deleted_at !== null },
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
        'chapter_revisions.warnings',
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
