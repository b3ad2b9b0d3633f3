/** The chapters of a work as a whole: their order, their days, and those that are deleted and can be taken back. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { UNDO_DAYS } from '../site/index.ts';
import {
  chaptersInOrder,
  chapterToChange,
  placeChapters,
  settleChapters,
  workToChange,
  type ChapterRow,
} from './changing.actions.ts';
import { isLastPosted } from './chapter-posting.actions.ts';
import { dayField } from './dates.ts';
import { notAfterChapters } from './writing.actions.ts';
import type { InsertedWork } from './drafts.actions.ts';
import type { ChapterRefusal } from './work.ts';
import './tables.ts';

const DAY_MS = 86_400_000;

/** Gives the chapters another order. `order`: the public ids of all of them; when they are others by now, nothing moves. */
export async function reorderChapters(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  order: readonly string[],
): Promise<InsertedWork | ChapterRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const ids = new Map((await chaptersInOrder(tx, work.id)).map((row) => [row.public_id, row.id]));
  const asked = order.flatMap((one) => ids.get(one) ?? []);
  if (new Set(asked).size !== ids.size || order.length !== ids.size) return { refusal: 'changed-meanwhile' };
  await placeChapters(tx, work.id, asked);
  await settleChapters(tx, now, work, { kind: 'work.edited' });
  return { id: work.id, publicId };
}

/**
 * Gives a work the day it was first posted elsewhere. Chapters that bear its former day go with it. A work never moves up
 * the lists for it.
 */
export async function dateWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  day: number,
): Promise<InsertedWork | ChapterRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  if (dayField(day) === dayField(work.postedAt)) return { id: work.id, publicId };
  const former = work.chapters.filter(
    (one) => one.postedAt !== null && dayField(one.postedAt) === dayField(work.postedAt),
  );
  for (const { id } of former) await tx.updateTable('chapters').set({ posted_at: day }).where('id', '=', id).execute();
  await tx.updateTable('works').set({ posted_at: day }).where('id', '=', work.id).execute();
  // Of a draft this is the day it is posted under; it stands in no list yet.
  const updatedAt = work.state === 'posted' ? await notAfterChapters(tx, { ...work, postedAt: day }) : day;
  await settleChapters(tx, now, work, { kind: 'work.edited', updatedAt });
  return { id: work.id, publicId };
}

/** Deletes a chapter; for 30 days those who keep the work can take that back. A posted work keeps a posted chapter. */
export async function deleteChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (chapter.state === 'posted' && (await isLastPosted(tx, work.id)))
    return { refusal: 'impossible', reason: 'This is the only posted chapter. To take the work away, delete it.' };
  await takeAway(tx, now, work, chapter);
  await settleChapters(tx, now, work, { kind: 'chapter.deleted', chapterId: chapter.id });
  return { chapter: chapterId };
}

/** Marks a chapter as deleted and closes the gap. Who calls settles the figures. */
export async function takeAway(tx: Tx, now: number, work: { id: number }, chapter: ChapterRow): Promise<void> {
  await tx
    .updateTable('chapters')
    .set({
      deleted_at: now,
      deleted_from: chapter.position,
      position: -chapter.id,
      // What is taken back after its hour is not posted behind anybody's back.
      ...(chapter.state === 'scheduled' ? { state: 'draft' as const, publish_at: null } : {}),
    })
    .where('id', '=', chapter.id)
    .execute();
  const left = await chaptersInOrder(tx, work.id);
  await placeChapters(
    tx,
    work.id,
    left.map((one) => one.id),
  );
}

/** Takes the deletion of a chapter back: it stands where it stood, as it was. */
export async function restoreChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId, { deleted: true });
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  const ids = (await chaptersInOrder(tx, work.id)).map((one) => one.id);
  // Posted when it was deleted, while the work was not: the work's other chapters are drafts now.
  const state = work.state === 'posted' ? chapter.state : 'draft';
  await tx
    .updateTable('chapters')
    .set({ deleted_at: null, deleted_from: null, position: ids.length + 1, state })
    .where('id', '=', chapter.id)
    .execute();
  ids.splice(Math.max(0, (chapter.deleted_from ?? ids.length + 1) - 1), 0, chapter.id);
  await placeChapters(tx, work.id, ids);
  await settleChapters(tx, now, work, { kind: 'chapter.restored', chapterId: chapter.id });
  return { chapter: chapterId };
}

/** Erases chapters, with all their revisions, whose deletion can no longer be undone. */
export async function eraseDeletedChapters(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('chapters')
    .where('deleted_at', '<', now - UNDO_DAYS * DAY_MS)
    .execute();
}
