/** Changes of a work's chapters: new revisions, new chapters, their order. A revision is added, never written over. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import { addChapter, addRevision, type InsertedWork, type NewChapter } from './drafts.actions.ts';
import { findWork } from './work.queries.ts';
import { mayChangeWork } from './visibility.ts';
import type { CleanText, WorkRefusal, WorkWhole } from './work.ts';
import './tables.ts';

/** A chapter in the order it is to have: one that is there (with a new text or without), or a new one. */
export type ChapterInPlace = { id: number; text: NewChapter | null } | { id: null; text: NewChapter };

export interface ChapterChanges {
  /**
   * All chapters of the work in order. One that is there and not named is removed: in a draft only, and only if `madeFrom`
   * says which revision of it was seen.
   */
  chapters: readonly ChapterInPlace[];
  /** The revision that each changed chapter was made from, by the chapter's id: another one since is not written over. */
  madeFrom: ReadonlyMap<number, number>;
  /** New end notes of the work, in its own notation. */
  endNotes?: CleanText;
  savedBy: number | null;
}

/**
 * Changes the chapters of a work. Those added to a posted work are posted. An edit never moves a work up the lists; a new
 * chapter does, on the day it states.
 */
export async function changeChapters(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  changes: ChapterChanges,
): Promise<InsertedWork | WorkRefusal> {
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, viewer, publicId);
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  const current = await currentRevisions(tx, work.id);
  const staying = new Set(changes.chapters.map((one) => one.id));
  const isStale =
    [...changes.madeFrom].some(([id, revision]) => current.get(id) !== revision) ||
    changes.chapters.some((one) => one.id !== null && !current.has(one.id));
  const removed = [...current.keys()].filter((id) => !staying.has(id));
  const mayRemove = work.state === 'draft' && removed.every((id) => changes.madeFrom.has(id));
  if (isStale || (removed.length > 0 && !mayRemove)) return { refusal: 'changed-meanwhile' };
  for (const id of removed) await tx.deleteFrom('chapters').where('id', '=', id).execute();
  // Out of the way, so that no two chapters hold one place while they move.
  await tx
    .updateTable('chapters')
    .set((set) => ({ position: set('position', '+', 1_000_000) }))
    .where('work_id', '=', work.id)
    .where('deleted_at', 'is', null)
    .execute();
  for (const [i, one] of changes.chapters.entries()) await putChapter(tx, now, work, i + 1, one, changes.savedBy);
  await settleFigures(tx, now, work, changes);
  await append(tx, now, {
    kind: 'work.edited',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId };
}

async function currentRevisions(tx: Tx, workId: number): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom('chapters')
    .select(['id', 'revision'])
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.revision]));
}

async function putChapter(
  tx: Tx,
  now: number,
  work: WorkWhole,
  position: number,
  chapter: ChapterInPlace,
  savedBy: number | null,
): Promise<void> {
  if (chapter.id === null) {
    const id = await addChapter(tx, now, work.id, position, chapter.text, savedBy);
    if (work.state !== 'posted') return;
    const postedAt = chapter.text.postedAt ?? now;
    await tx.updateTable('chapters').set({ state: 'posted', posted_at: postedAt }).where('id', '=', id).execute();
    return;
  }
  if (chapter.text !== null) await addRevision(tx, now, chapter.id, chapter.text, savedBy);
  await tx.updateTable('chapters').set({ position }).where('id', '=', chapter.id).execute();
}

async function settleFigures(tx: Tx, now: number, work: WorkWhole, changes: ChapterChanges): Promise<void> {
  const chapters = await tx
    .selectFrom('chapters')
    .select(['words', 'state'])
    .where('work_id', '=', work.id)
    .where('deleted_at', 'is', null)
    .execute();
  const posted = chapters.filter((chapter) => chapter.state === 'posted');
  const counted = work.state === 'posted' ? posted : chapters;
  const added = work.state === 'posted' ? changes.chapters.filter((one) => one.id === null) : [];
  const latest = added.reduce((day, one) => Math.max(day, one.text?.postedAt ?? now), work.updatedAt);
  await tx
    .updateTable('works')
    .set((set) => ({
      words: counted.reduce((sum, chapter) => sum + chapter.words, 0),
      posted_chapters: posted.length,
      planned_chapters: work.plannedChapters === null ? null : Math.max(work.plannedChapters, chapters.length),
      updated_at: latest,
      version: set('version', '+', 1),
      ...(changes.endNotes === undefined
        ? {}
        : { end_notes_source: changes.endNotes.source, end_notes_html: changes.endNotes.html }),
    }))
    .where('id', '=', work.id)
    .execute();
}
