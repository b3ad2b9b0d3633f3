/** Keeping what a person decided about a rescued text: the repairs, the text made of them again, and what is left to ask. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import {
  changeChapters,
  findWork,
  type ChapterInPlace,
  type CleanText,
  type WorkRefusal,
  type WorkWhole,
} from '../works/index.ts';
import { noteImportedChapters } from './actions.ts';
import { countGuesses } from './guesses.ts';
import type { Rescue } from './imported-work.ts';
import type { KeptRescue } from './review.queries.ts';
import { leftAsTheyWere } from './updates.actions.ts';
import './tables.ts';

/** A rescue as a person left it, with the texts made of it. */
export interface ReviewedRescue {
  before: KeptRescue;
  rescue: Rescue;
  chapters: readonly ChapterInPlace[];
  /** Which original each of the chapters was read from, counted from 1. */
  chapterParts: readonly number[];
  /** The revisions that the texts take the place of, by chapter id. */
  madeFrom: ReadonlyMap<number, number>;
  endNotes: CleanText | null;
}

/** Keeps a reviewed rescue. Refused when the rescue or a chapter was changed meanwhile. */
export async function keepReview(
  tx: Tx,
  now: number,
  viewer: Viewer & { accountId: number },
  work: WorkWhole,
  reviewed: ReviewedRescue,
): Promise<null | WorkRefusal> {
  await lockNames(tx, [`work ${work.publicId}`]);
  const { before, rescue } = reviewed;
  const row = await tx
    .updateTable('import_rescues')
    .set({ rescue: JSON.stringify(rescue), version: before.version + 1 })
    .where('work_id', '=', work.id)
    .where('position', '=', before.position)
    .where('version', '=', before.version)
    .returning('version')
    .executeTakeFirst();
  if (!row) return { refusal: 'changed-meanwhile' };
  // End notes have no revisions: those that a person has saved since are not written over.
  if (reviewed.endNotes !== null && (await findWork(tx, viewer, work.publicId))?.version !== work.version)
    return { refusal: 'changed-meanwhile' };
  const changed = await changeChapters(tx, now, viewer, work.publicId, {
    chapters: reviewed.chapters,
    madeFrom: reviewed.madeFrom,
    savedBy: viewer.accountId,
    ...(reviewed.endNotes === null ? {} : { endNotes: reviewed.endNotes }),
  });
  if ('refusal' in changed) return changed;
  await noteImportedChapters(tx, work.id, reviewed.chapterParts, leftAsTheyWere(reviewed.chapters));
  await settleGuesses(tx, work.id);
  return null;
}

/** Counts again what a work still asks of a person. */
async function settleGuesses(tx: Tx, workId: number): Promise<void> {
  const rescues = await tx.selectFrom('import_rescues').select('rescue').where('work_id', '=', workId).execute();
  const guesses = rescues.reduce((sum, row) => sum + countGuesses(JSON.parse(row.rescue) as Rescue), 0);
  await tx.updateTable('import_sources').set({ guesses }).where('work_id', '=', workId).execute();
}

/** Notes that a person has gone through a work: its title and language are theirs now. */
export async function markReviewed(tx: Tx, now: number, workId: number): Promise<void> {
  await tx
    .updateTable('import_sources')
    .set({ reviewed_at: now, title_derived: 0, language_guessed: 0 })
    .where('work_id', '=', workId)
    .execute();
}
