/** Reads of chapters with their revisions, for those who keep the work. */
import type { Handle } from '../../platform/db/tables.ts';
import { mayManageWork } from './visibility.ts';
import type { Notation, WorkWhole } from './work.ts';
import './tables.ts';

/** A chapter as it stands, with the revision that readers see. */
export interface ChapterRevision {
  id: number;
  /** 1 for the first. */
  position: number;
  revision: number;
  title: string;
  format: Notation;
  source: string;
  html: string;
  summaryHtml: string;
  notesHtml: string;
  endNotesHtml: string;
  postedAt: number | null;
}

/** All chapters of a work in order, each at its present revision; empty for who may not manage it. */
export async function currentChapters(handle: Handle, work: WorkWhole): Promise<ChapterRevision[]> {
  if (!mayManageWork(work.relations)) return [];
  const rows = await revisionsOf(handle, work.id);
  return rows.filter((row) => row.number === row.revision).map(chapterOf);
}

/** Chapters as they were at given revisions, by chapter id; those asked for that are not there are left out. */
export async function chaptersAt(
  handle: Handle,
  work: WorkWhole,
  revisions: ReadonlyMap<number, number>,
): Promise<ChapterRevision[]> {
  if (!mayManageWork(work.relations)) return [];
  const rows = await revisionsOf(handle, work.id);
  return rows
    .filter((row) => row.number === revisions.get(row.id))
    .map((row) => chapterOf({ ...row, revision: row.number }));
}

type Row = Awaited<ReturnType<typeof revisionsOf>>[number];

function revisionsOf(handle: Handle, workId: number) {
  return handle
    .selectFrom('chapters')
    .innerJoin('chapter_revisions', 'chapter_revisions.chapter_id', 'chapters.id')
    .select([
      'chapters.id',
      'chapters.position',
      'chapters.revision',
      'chapters.posted_at',
      'chapter_revisions.number',
      'chapter_revisions.title',
      'chapter_revisions.format',
      'chapter_revisions.source',
      'chapter_revisions.html',
      'chapter_revisions.summary_html',
      'chapter_revisions.notes_html',
      'chapter_revisions.end_notes_html',
    ])
    .where('chapters.work_id', '=', workId)
    .where('chapters.deleted_at', 'is', null)
    .orderBy('chapters.position')
    .execute();
}

function chapterOf(row: Row): ChapterRevision {
  return {
    id: row.id,
    position: row.position,
    revision: row.revision,
    title: row.title,
    format: row.format,
    source: row.source,
    html: row.html,
    summaryHtml: row.summary_html,
    notesHtml: row.notes_html,
    endNotesHtml: row.end_notes_html,
    postedAt: row.posted_at,
  };
}
