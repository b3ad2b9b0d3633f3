/** One chapter becomes two, and two become one. Nothing is lost by it: revisions stay, and a merged chapter can be taken back. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { takeAway } from './arranging.actions.ts';
import { chaptersInOrder, chapterToChange, placeChapters, settleChapters } from './changing.actions.ts';
import { addChapter, addRevision, type NewChapter } from './drafts.actions.ts';
import type { ChapterRefusal } from './work.ts';
import './tables.ts';

/**
 * Cuts a chapter in two. The second one stands behind the first, in the same state and under the same day: readers have
 * seen its text, so the work stays where it is in lists. `madeFrom`: the revision that was cut.
 */
export async function splitChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  cut: { madeFrom: number; first: NewChapter; second: NewChapter },
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (cut.madeFrom !== chapter.revision) return { refusal: 'changed-meanwhile' };
  if (cut.first.text.html === '' || cut.second.text.html === '') return { refusal: 'incomplete', missing: ['text'] };
  const order = (await chaptersInOrder(tx, work.id)).map((one) => one.id);
  await addRevision(tx, now, chapter.id, cut.first, viewer.accountId);
  const second = await addChapter(tx, now, work.id, order.length + 1, cut.second, viewer.accountId);
  await tx
    .updateTable('chapters')
    .set({ state: chapter.state, publish_at: chapter.publish_at, posted_at: chapter.posted_at })
    .where('id', '=', second)
    .execute();
  order.splice(order.indexOf(chapter.id) + 1, 0, second);
  await placeChapters(tx, work.id, order);
  await settleChapters(tx, now, work, { kind: 'chapter.added', chapterId: second });
  return { chapter: chapterId };
}

const STATES_DIFFER = 'The two chapters are not in the same state: one is posted or scheduled, and the other is not.';

/**
 * Makes one chapter of a chapter and the one behind it, which is deleted and can be taken back like any other. Both are
 * in the same state: what nobody has seen yet is not shown by the way, nor at an hour that was meant for the other. `madeFrom`: the revisions that were put together.
 */
export async function mergeChapters(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  merged: { next: string; madeFrom: number; nextMadeFrom: number; text: NewChapter },
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  const other = await chapterToChange(tx, viewer, publicId, merged.next);
  if (!found || !other) return { refusal: 'not-found' };
  const { work, chapter } = found;
  const order = (await chaptersInOrder(tx, work.id)).map((one) => one.public_id);
  const isNext = order[order.indexOf(chapterId) + 1] === merged.next;
  if (!isNext || merged.madeFrom !== chapter.revision || merged.nextMadeFrom !== other.chapter.revision)
    return { refusal: 'changed-meanwhile' };
  if (chapter.state !== other.chapter.state) return { refusal: 'impossible', reason: STATES_DIFFER };
  await addRevision(tx, now, chapter.id, merged.text, viewer.accountId);
  await takeAway(tx, now, work, other.chapter);
  await settleChapters(tx, now, work, { kind: 'chapter.deleted', chapterId: other.chapter.id });
  return { chapter: chapterId };
}
