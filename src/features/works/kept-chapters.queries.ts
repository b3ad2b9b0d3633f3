/** Chapters as those who keep the work manage them: with their states, sources and revisions, deleted ones apart. */
import type { Handle } from '../../platform/db/tables.ts';
import { mayManageWork } from './visibility.ts';
import type { Notation, PostingState, WorkWhole } from './work.ts';
import './tables.ts';

/** A chapter in the list of all of a work's. */
export interface KeptChapter {
  publicId: string;
  title: string;
  state: PostingState;
  words: number;
  postedAt: number | null;
  publishAt: number | null;
  revision: number;
}

export interface DeletedChapter {
  publicId: string;
  title: string;
  words: number;
  deletedAt: number;
}

/** A chapter at one of its revisions, as it was written. */
export interface WrittenChapter {
  publicId: string;
  state: PostingState;
  postedAt: number | null;
  publishAt: number | null;
  /** The number of this revision, and of the one that readers see. */
  number: number;
  revision: number;
  title: string;
  warnings: string;
  format: Notation;
  summary: { source: string; html: string };
  notes: { source: string; html: string };
  endNotes: { source: string; html: string };
  text: { source: string; html: string };
  savedAt: number;
}

export interface RevisionHead {
  number: number;
  words: number;
  savedAt: number;
}

function current(handle: Handle, workId: number) {
  return handle
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', (join) =>
      join
        .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
        .onRef('chapter_revisions.number', '=', 'chapters.revision'),
    )
    .where('chapters.work_id', '=', workId);
}

/** All chapters of a work in order; none for who does not keep it. */
export async function keptChapters(handle: Handle, work: WorkWhole): Promise<KeptChapter[]> {
  if (!mayManageWork(work.relations)) return [];
  return current(handle, work.id)
    .where('chapters.deleted_at', 'is', null)
    .select([
      'chapters.public_id as publicId',
      'chapter_revisions.title',
      'chapters.state',
      'chapters.words',
      'chapters.posted_at as postedAt',
      'chapters.publish_at as publishAt',
      'chapters.revision',
    ])
    .orderBy('chapters.position')
    .execute();
}

/** Chapters that can be taken back, the last deleted first; none for who does not keep the work. */
export async function deletedChapters(handle: Handle, work: WorkWhole): Promise<DeletedChapter[]> {
  if (!mayManageWork(work.relations)) return [];
  const rows = await current(handle, work.id)
    .where('chapters.deleted_at', 'is not', null)
    .select([
      'chapters.public_id as publicId',
      'chapter_revisions.title',
      'chapters.words',
      'chapters.deleted_at as deletedAt',
    ])
    .orderBy('chapters.deleted_at', 'desc')
    .orderBy('chapters.id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, deletedAt: row.deletedAt ?? 0 }));
}

/** A chapter at a revision, the present one when none is named; null for who does not keep the work, and for a deleted one. */
export async function writtenChapter(
  handle: Handle,
  work: WorkWhole,
  chapterId: string,
  number: number | null = null,
): Promise<WrittenChapter | null> {
  if (!mayManageWork(work.relations)) return null;
  const row = await handle
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
    .where('chapters.work_id', '=', work.id)
    .where('chapters.public_id', '=', chapterId)
    .where('chapters.deleted_at', 'is', null)
    .$if(number === null, (query) => query.whereRef('chapter_revisions.number', '=', 'chapters.revision'))
    .$if(number !== null, (query) => query.where('chapter_revisions.number', '=', number ?? 0))
    .selectAll('chapter_revisions')
    .select(['chapters.public_id', 'chapters.state', 'chapters.posted_at', 'chapters.publish_at', 'chapters.revision'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    publicId: row.public_id,
    state: row.state,
    postedAt: row.posted_at,
    publishAt: row.publish_at,
    number: row.number,
    revision: row.revision,
    title: row.title,
    warnings: row.warnings,
    format: row.format,
    summary: { source: row.summary_source, html: row.summary_html },
    notes: { source: row.notes_source, html: row.notes_html },
    endNotes: { source: row.end_notes_source, html: row.end_notes_html },
    text: { source: row.source, html: row.html },
    savedAt: row.saved_at,
  };
}

/** The revisions of a chapter, the newest first. Who saved them is not said: it would name a pseud's account. */
export async function revisionHeads(handle: Handle, work: WorkWhole, chapterId: string): Promise<RevisionHead[]> {
  if (!mayManageWork(work.relations)) return [];
  return handle
    .selectFrom('chapter_revisions')
    .innerJoin('chapters', 'chapters.id', 'chapter_revisions.chapter_id')
    .where('chapters.work_id', '=', work.id)
    .where('chapters.public_id', '=', chapterId)
    .where('chapters.deleted_at', 'is', null)
    .select(['chapter_revisions.number', 'chapter_revisions.words', 'chapter_revisions.saved_at as savedAt'])
    .orderBy('chapter_revisions.number', 'desc')
    .execute();
}
