/** What every change of a work's chapters begins and ends with: the work, locked and in the right hands, and its figures. */
import type { Selectable } from 'kysely';
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import type { ChaptersTable } from './tables.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import type { WorkWhole } from './work.ts';

export type ChapterRow = Selectable<ChaptersTable>;

/** The work, if the viewer may change it. Two who change it at once do it one after the other. */
export async function workToChange(tx: Tx, viewer: Viewer, publicId: string): Promise<WorkWhole | null> {
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, viewer, publicId);
  return work && mayChangeWork(viewer, work) ? work : null;
}

/** A chapter of a work that the viewer may change, with the work; one that is deleted only when that is asked for. */
export async function chapterToChange(
  tx: Tx,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  options: { deleted?: boolean } = {},
): Promise<{ work: WorkWhole; chapter: ChapterRow } | null> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return null;
  const chapter = await tx
    .selectFrom('chapters')
    .selectAll()
    .where('work_id', '=', work.id)
    .where('public_id', '=', chapterId)
    .where('deleted_at', options.deleted ? 'is not' : 'is', null)
    .executeTakeFirst();
  return chapter ? { work, chapter } : null;
}

/** The ids of a work's chapters in order. */
export async function chaptersInOrder(tx: Tx, workId: number): Promise<{ id: number; public_id: string }[]> {
  return tx
    .selectFrom('chapters')
    .select(['id', 'public_id'])
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .execute();
}

/** Gives a work's chapters their places, in this order. */
export async function placeChapters(tx: Tx, workId: number, ids: readonly number[]): Promise<void> {
  // Out of the way, so that no two chapters hold one place while they move.
  await tx
    .updateTable('chapters')
    .set((set) => ({ position: set('position', '+', 1_000_000) }))
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .execute();
  for (const [index, id] of ids.entries()) {
    await tx
      .updateTable('chapters')
      .set({ position: index + 1 })
      .where('id', '=', id)
      .execute();
  }
}

/** What happened to the chapters, and where the work then stands in lists. */
export interface ChapterChange {
  kind: 'chapter.added' | 'chapter.edited' | 'chapter.posted' | 'chapter.deleted' | 'chapter.restored' | 'work.edited';
  /** Absent for what concerns the work. */
  chapterId?: number;
  /** The moment the work moves to in the lists; it stays where it is when absent. */
  updatedAt?: number;
}

/**
 * Ends a change: counts the work's chapters and words anew (all of a draft's, else those that are posted), lets the planned
 * number grow with what is posted, and tells the event log.
 */
export async function settleChapters(tx: Tx, now: number, work: WorkWhole, change: ChapterChange): Promise<void> {
  const chapters = await tx
    .selectFrom('chapters')
    .select(['words', 'state'])
    .where('work_id', '=', work.id)
    .where('deleted_at', 'is', null)
    .execute();
  const posted = chapters.filter((chapter) => chapter.state === 'posted');
  const counted = work.state === 'posted' ? posted : chapters;
  await tx
    .updateTable('works')
    .set((set) => ({
      words: counted.reduce((sum, chapter) => sum + chapter.words, 0),
      posted_chapters: posted.length,
      planned_chapters: work.plannedChapters === null ? null : Math.max(work.plannedChapters, posted.length),
      version: set('version', '+', 1),
      ...(change.updatedAt === undefined ? {} : { updated_at: change.updatedAt }),
    }))
    .where('id', '=', work.id)
    .execute();
  await append(tx, now, {
    kind: change.kind,
    subject: change.chapterId === undefined ? 'work' : 'chapter',
    subjectId: change.chapterId ?? work.id,
    workId: work.id,
    version: work.version + 1,
  });
}
