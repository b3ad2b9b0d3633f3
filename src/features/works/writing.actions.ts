/** Writing chapters: new ones, and new texts of those that are there. Texts arrive clean. A save is a revision. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { chaptersInOrder, chapterToChange, settleChapters, workToChange } from './changing.actions.ts';
import { dayField } from './dates.ts';
import { addChapter, addRevision, type NewChapter } from './drafts.actions.ts';
import type { ChapterRefusal, WorkWhole } from './work.ts';
import './tables.ts';

/** Adds a chapter at the end of a work, as a draft. `savedBy`: the account that wrote it. @returns its public id. */
export async function writeChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapter: NewChapter,
): Promise<{ chapter: string } | ChapterRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const before = await chaptersInOrder(tx, work.id);
  const id = await addChapter(tx, now, work.id, before.length + 1, chapter, viewer.accountId);
  await settleChapters(tx, now, work, { kind: 'chapter.added', chapterId: id });
  const { public_id: added } = await tx
    .selectFrom('chapters')
    .select('public_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { chapter: added };
}

export interface ChapterEdit {
  /** The revision that was shown when it was changed: another one since is not written over. */
  madeFrom: number;
  text: NewChapter;
}

/**
 * Saves a chapter: a new revision where anything of its texts is new, and the day it bears (`text.postedAt`; of a posted
 * chapter, null leaves it). An edit never moves the work up the lists; a day further back can move it down. A posted
 * chapter keeps a text.
 */
export async function saveChapter(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  edit: ChapterEdit,
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  if (edit.madeFrom !== chapter.revision) return { refusal: 'changed-meanwhile' };
  if (chapter.state !== 'draft' && edit.text.text.html === '') return { refusal: 'incomplete', missing: ['text'] };
  if (await saysSomethingNew(tx, chapter.id, chapter.revision, edit.text))
    await addRevision(tx, now, chapter.id, edit.text, viewer.accountId);
  const day = edit.text.postedAt;
  const isPosted = chapter.state === 'posted';
  // A day that is named again is the one it has, to its minute.
  const isMoved = dayField(day) !== dayField(chapter.posted_at) && !(isPosted && day === null);
  if (isMoved) await tx.updateTable('chapters').set({ posted_at: day }).where('id', '=', chapter.id).execute();
  // The day of a work's one posted chapter is the work's.
  const isWorks = isMoved && isPosted && work.postedChapters === 1;
  const postedAt = isWorks ? day : work.postedAt;
  if (isWorks) await tx.updateTable('works').set({ posted_at: day }).where('id', '=', work.id).execute();
  await settleChapters(tx, now, work, {
    kind: 'chapter.edited',
    chapterId: chapter.id,
    ...(isMoved && isPosted ? { updatedAt: await notAfterChapters(tx, { ...work, postedAt }) } : {}),
  });
  return { chapter: chapterId };
}

/** Where a work stands in lists after days were moved: where it stood, or at its latest day if that is earlier. */
export async function notAfterChapters(
  tx: Tx,
  work: Pick<WorkWhole, 'id' | 'postedAt' | 'updatedAt'>,
): Promise<number> {
  const { latest } = await tx
    .selectFrom('chapters')
    .select((chapter) => chapter.fn.max('posted_at').as('latest'))
    .where('work_id', '=', work.id)
    .where('state', '=', 'posted')
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Math.min(work.updatedAt, Math.max(Number(latest ?? 0), work.postedAt ?? 0));
}

async function saysSomethingNew(tx: Tx, chapterId: number, revision: number, text: NewChapter): Promise<boolean> {
  const row = await tx
    .selectFrom('chapter_revisions')
    .selectAll()
    .where('chapter_id', '=', chapterId)
    .where('number', '=', revision)
    .executeTakeFirstOrThrow();
  return (
    row.title !== text.title ||
    row.warnings !== (text.warnings ?? row.warnings) ||
    row.format !== text.format ||
    !isSame(row.source, text.text.source) ||
    !isSame(row.summary_source, text.summary.source) ||
    !isSame(row.notes_source, text.notes.source) ||
    !isSame(row.end_notes_source, text.endNotes.source)
  );
}

/** Forms send line breaks in a way of their own. */
function isSame(stored: string, sent: string): boolean {
  return stored.replaceAll('\r\n', '\n').trim() === sent.trim();
}

/** Makes an earlier revision of a chapter the present one again, as a new revision: none is ever taken away. */
export async function restoreRevision(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  chapterId: string,
  which: { number: number; madeFrom: number },
): Promise<{ chapter: string } | ChapterRefusal> {
  const found = await chapterToChange(tx, viewer, publicId, chapterId);
  if (!found) return { refusal: 'not-found' };
  const { work, chapter } = found;
  const old = await tx
    .selectFrom('chapter_revisions')
    .selectAll()
    .where('chapter_id', '=', chapter.id)
    .where('number', '=', which.number)
    .executeTakeFirst();
  if (!old) return { refusal: 'not-found' };
  if (which.madeFrom !== chapter.revision) return { refusal: 'changed-meanwhile' };
  if (which.number === chapter.revision) return { chapter: chapterId };
  if (chapter.state !== 'draft' && old.html === '') return { refusal: 'incomplete', missing: ['text'] };
  const text: NewChapter = {
    title: old.title,
    warnings: old.warnings,
    format: old.format,
    summary: { source: old.summary_source, html: old.summary_html },
    notes: { source: old.notes_source, html: old.notes_html },
    endNotes: { source: old.end_notes_source, html: old.end_notes_html },
    text: { source: old.source, html: old.html },
    rules: old.rules,
    words: old.words,
    postedAt: chapter.posted_at,
  };
  await addRevision(tx, now, chapter.id, text, viewer.accountId);
  await settleChapters(tx, now, work, { kind: 'chapter.edited', chapterId: chapter.id });
  return { chapter: chapterId };
}
