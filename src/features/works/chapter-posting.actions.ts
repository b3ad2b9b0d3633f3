/**
 * When chapters are posted: now, at an hour, or no longer. As on AO3 a newly posted chapter moves its work up the lists,
 * unless its creator posts it silently.
 */
import type { Tx } from '../../platform/db/tables.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import type { Viewer } from '../accounts/index.ts';
import { chapterToChange, settleChapters, type ChapterRow } from './changing.actions.ts';
import { hasText } from './work.queries.ts';
import type { ChapterRefusal, WorkWhole } from './work.ts';
import './tables.ts';

/** The job that posts whatever is due; it also comes round by the clock. */
export const POST_DUE = 'post-scheduled';

type Answer = { chapter: string } | ChapterRefusal;

/** Posts a chapter of a posted work. A chapter that bears a day keeps it, and moves the work to that day at most. */
export async function postChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  options: { silently: boolean },
): Promise<Answer> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (chapter.state === 'posted') return { chapter: chapterId };
  if (work.state !== 'posted')
    return { refusal: 'impossible', reason: 'The work is not posted yet. Its chapters are posted with it.' };
  if (!(await hasAnyText(tx, chapter.id))) return { refusal: 'incomplete', missing: ['text'] };
  await postChapterNow(tx, now, work, chapter, options);
  return { chapter: chapterId };
}

/** Posts a chapter that may be posted. */
export async function postChapterNow(
  tx: Tx,
  now: number,
  work: WorkWhole,
  chapter: ChapterRow,
  options: { silently: boolean },
): Promise<void> {
  const day = chapter.posted_at ?? now;
  await tx
    .updateTable('chapters')
    .set({ state: 'posted', posted_at: day, publish_at: null })
    .where('id', '=', chapter.id)
    .execute();
  await settleChapters(tx, now, work, {
    kind: 'chapter.posted',
    chapterId: chapter.id,
    ...(options.silently ? {} : { updatedAt: Math.max(work.updatedAt, day) }),
  });
}

/** Makes a posted or scheduled chapter a draft again. A posted work keeps one posted chapter at least. */
export async function withdrawChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
): Promise<Answer> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (chapter.state === 'draft') return { chapter: chapterId };
  if (chapter.state === 'posted' && (await isLastPosted(tx, work.id)))
    return { refusal: 'impossible', reason: 'This is the only posted chapter. To take the work away, delete it.' };
  await tx.updateTable('chapters').set({ state: 'draft', publish_at: null }).where('id', '=', chapter.id).execute();
  await settleChapters(tx, now, work, { kind: 'chapter.edited', chapterId: chapter.id });
  return { chapter: chapterId };
}

/** Has a chapter of a posted work posted at an hour, in UTC milliseconds. */
export async function scheduleChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  at: number,
): Promise<Answer> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (chapter.state === 'posted') return { refusal: 'impossible', reason: 'This chapter is posted already.' };
  if (work.state === 'draft')
    return { refusal: 'impossible', reason: 'The work is a draft. Post it or schedule it first.' };
  if (!(await hasAnyText(tx, chapter.id))) return { refusal: 'incomplete', missing: ['text'] };
  await tx.updateTable('chapters').set({ state: 'scheduled', publish_at: at }).where('id', '=', chapter.id).execute();
  await postAt(tx, now, at);
  await settleChapters(tx, now, work, { kind: 'chapter.edited', chapterId: chapter.id });
  return { chapter: chapterId };
}

/** Has the job look when an hour has come. Where the hour was changed since, it finds nothing. */
export async function postAt(tx: Tx, now: number, at: number): Promise<void> {
  await enqueue(tx, now, { kind: POST_DUE, uniqueKey: `${POST_DUE}:${at}`, runAt: at });
}

async function hasAnyText(tx: Tx, chapterId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('chapters')
    .select('id')
    .where('chapters.id', '=', chapterId)
    .where(hasText)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a work has one posted chapter and no more. */
export async function isLastPosted(tx: Tx, workId: number): Promise<boolean> {
  const rows = await tx
    .selectFrom('chapters')
    .select('id')
    .where('work_id', '=', workId)
    .where('state', '=', 'posted')
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  return rows.length < 2;
}
