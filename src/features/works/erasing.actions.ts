/** Erasing for good at once: a deleted work, when all who create it say so, and one old revision of a chapter. */
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { lockNames } from '../../platform/db/locks.ts';
import type { Viewer } from '../accounts/index.ts';
import { chapterToChange } from './changing.actions.ts';
import { deletionStanding } from './co-creators.queries.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import './tables.ts';

/**
 * Says that a deleted work is to be erased now. Any of its creators can still take its deletion back, so all of them have to
 * say it. @returns its id, and whether nobody is missing: then who called erases it.
 */
export async function agreeToErase(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<{ id: number; agreed: boolean } | { refusal: 'not-found' }> {
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, viewer, publicId, { deleted: true });
  if (!work || !mayChangeWork(viewer, work) || viewer.accountId === null) return { refusal: 'not-found' };
  const { othersMissing } = await deletionStanding(tx, viewer, work.id);
  if (!othersMissing) return { id: work.id, agreed: true };
  await tx
    .insertInto('deletion_agreements')
    .values({ work_id: work.id, account_id: viewer.accountId, at: now })
    .onConflict((conflict) => conflict.columns(['work_id', 'account_id']).doNothing())
    .execute();
  await append(tx, now, { kind: 'work.erasing-asked', subject: 'work', subjectId: work.id, workId: work.id });
  return { id: work.id, agreed: false };
}

/** Whether a work is deleted still: asked in the transaction that erases it. */
export async function isDeleted(tx: Tx, workId: number): Promise<boolean> {
  const row = await tx.selectFrom('works').select('deleted_at').where('id', '=', workId).executeTakeFirst();
  return typeof row?.deleted_at === 'number';
}

/**
 * Erases one revision of a chapter for good. Refused: the one that readers see. The event remembers which it was, for the list
 * of what was erased.
 */
export async function eraseRevision(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  number: number,
): Promise<{ erased: number } | { refusal: 'not-found' | 'current' }> {
  const own = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!own) return { refusal: 'not-found' };
  const { work, chapter } = own;
  if (chapter.revision === number) return { refusal: 'current' };
  const gone = await tx
    .deleteFrom('chapter_revisions')
    .where('chapter_id', '=', chapter.id)
    .where('number', '=', number)
    .returning('id')
    .executeTakeFirst();
  if (!gone) return { refusal: 'not-found' };
  await append(tx, now, {
    kind: REVISION_ERASED,
    subject: 'chapter',
    subjectId: chapter.id,
    workId: work.id,
    version: number,
  });
  return { erased: number };
}

const REVISION_ERASED = 'revision.erased';

/** Revisions erased since, oldest first, of chapters that are still here; for the list that outlives the database. */
export async function erasedRevisions(
  handle: Handle,
  since: number,
): Promise<{ chapter: string; revision: number; at: number }[]> {
  const rows = await handle
    .selectFrom('events')
    .innerJoin('chapters', 'chapters.id', 'events.subject_id')
    .select(['chapters.public_id', 'events.version', 'events.at'])
    .where('events.at', '>=', since)
    .where('events.kind', '=', REVISION_ERASED)
    .orderBy('events.id')
    .execute();
  return rows.map((row) => ({ chapter: row.public_id, revision: row.version, at: row.at }));
}

/**
 * In a restored copy: erases a revision again. Where readers saw it then, the newest other one takes its place, and of a chapter
 * that has no other one the words go and the chapter stays. @returns whether it was there.
 */
export async function eraseRevisionAgain(
  tx: Tx,
  now: number,
  { chapter: publicId, revision, at }: { chapter: string; revision: number; at: number },
): Promise<boolean> {
  const chapter = await tx
    .selectFrom('chapters')
    .select(['id', 'work_id', 'revision'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  if (!chapter) return false;
  const others = await tx
    .selectFrom('chapter_revisions')
    .select(['number', 'words'])
    .where('chapter_id', '=', chapter.id)
    .where('number', '!=', revision)
    .orderBy('number', 'desc')
    .limit(1)
    .execute();
  const there = await tx
    .selectFrom('chapter_revisions')
    .select('saved_at')
    .where('chapter_id', '=', chapter.id)
    .where('number', '=', revision)
    .executeTakeFirst();
  // Its number may have been given again in a copy that was restored before.
  if (!there || there.saved_at > at) return false;
  const [other] = others;
  if (other) {
    await tx
      .deleteFrom('chapter_revisions')
      .where('chapter_id', '=', chapter.id)
      .where('number', '=', revision)
      .execute();
    if (chapter.revision === revision)
      await tx
        .updateTable('chapters')
        .set({ revision: other.number, words: other.words })
        .where('id', '=', chapter.id)
        .execute();
  } else {
    await tx
      .updateTable('chapter_revisions')
      .set({ ...EMPTY, words: 0 })
      .where('chapter_id', '=', chapter.id)
      .execute();
    await tx.updateTable('chapters').set({ words: 0 }).where('id', '=', chapter.id).execute();
  }
  const version = await recount(tx, chapter.work_id);
  await append(tx, now, {
    kind: 'chapter.edited',
    subject: 'chapter',
    subjectId: chapter.id,
    workId: chapter.work_id,
    version,
  });
  return true;
}

/** Counts a work's words anew, of what is posted or, in a draft, of all. @returns its next version. */
async function recount(tx: Tx, workId: number): Promise<number> {
  const { state } = await tx.selectFrom('works').select('state').where('id', '=', workId).executeTakeFirstOrThrow();
  const { words } = await tx
    .selectFrom('chapters')
    .select((chapter) => chapter.fn.sum<number | string | null>('words').as('words'))
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .$if(state === 'posted', (query) => query.where('state', '=', 'posted'))
    .executeTakeFirstOrThrow();
  const { version } = await tx
    .updateTable('works')
    .set((set) => ({ words: Number(words ?? 0), version: set('version', '+', 1) }))
    .where('id', '=', workId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

const EMPTY = {
  title: '',
  warnings: '',
  summary_source: '',
  summary_html: '',
  notes_source: '',
  notes_html: '',
  end_notes_source: '',
  end_notes_html: '',
  source: '',
  html: '',
};
