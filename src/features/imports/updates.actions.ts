/** Taking over what has changed at a source, or leaving it. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import {
  changeChapters,
  editWork,
  type ChapterInPlace,
  type WorkChanges,
  type WorkRefusal,
  type WorkWhole,
} from '../works/index.ts';
import { keepOriginals, noteImportedChapters, removeLater } from './actions.ts';
import { countGuesses } from './guesses.ts';
import type { Rescue } from './imported-work.ts';
import { originalsKept, type SourceKeys } from './queries.ts';
import type { FoundUpdate } from './updates.queries.ts';
import './tables.ts';

/** What of a changed source a person takes over. */
export interface TakenUpdate {
  /** All chapters of the work in order, with new texts where they are taken. */
  chapters: readonly ChapterInPlace[];
  /** The revisions that were shown beside them, by chapter id. */
  madeFrom: ReadonlyMap<number, number>;
  /** What is said about the work, where anything of it is taken. */
  details: WorkChanges | null;
  keys: SourceKeys;
  format: string;
  /** Every chapter that differs is taken: the work reads as its source does, and can be reviewed against it. */
  whole: boolean;
  rescues: readonly { position: number; rescue: Rescue }[];
  /** Which new original each of the chapters was read from, counted from 1. */
  chapterParts: readonly number[];
}

/**
 * Takes over what a person chose of an open update. While chapters that differ are left, it stays open; once all are
 * taken, the originals so far stay beside the new ones.
 */
export async function applyUpdate(
  tx: Tx,
  now: number,
  viewer: Viewer & { accountId: number },
  work: WorkWhole,
  update: FoundUpdate,
  taken: TakenUpdate,
): Promise<null | WorkRefusal> {
  if (!(await isStillOpen(tx, work, update))) return { refusal: 'changed-meanwhile' };
  if (taken.details !== null) {
    const edited = await editWork(tx, now, viewer, work.publicId, taken.details);
    if ('refusal' in edited) return edited;
  }
  const changed = await changeChapters(tx, now, viewer, work.publicId, {
    chapters: taken.chapters,
    madeFrom: taken.madeFrom,
    savedBy: viewer.accountId,
  });
  if ('refusal' in changed) return changed;
  await noteImportedChapters(tx, work.id, taken.chapterParts, leftAsTheyWere(taken.chapters));
  if (taken.whole) await takeSource(tx, now, work.id, update, taken);
  else await forgetRescues(tx, work.id);
  return null;
}

/** A text that is partly another's cannot be made again of what was rescued. */
async function forgetRescues(tx: Tx, workId: number): Promise<void> {
  await tx.deleteFrom('import_rescues').where('work_id', '=', workId).execute();
  await tx.updateTable('import_sources').set({ guesses: 0 }).where('work_id', '=', workId).execute();
}

/** The work is its changed source from now on: what it is known by, its originals, how they were rescued. */
async function takeSource(tx: Tx, now: number, workId: number, update: FoundUpdate, taken: TakenUpdate): Promise<void> {
  const old = await originalsKept(tx, workId);
  await tx.deleteFrom('import_originals').where('work_id', '=', workId).execute();
  await keepOriginals(tx, workId, update.originals);
  await tx.deleteFrom('import_rescues').where('work_id', '=', workId).execute();
  for (const { position, rescue } of taken.rescues) {
    await tx
      .insertInto('import_rescues')
      .values({ work_id: workId, position, rescue: JSON.stringify(rescue) })
      .execute();
  }
  await tx
    .updateTable('import_sources')
    .set({
      text_hash: taken.keys.textHash,
      content_hash: taken.keys.contentHash,
      near_hash: taken.keys.nearHash,
      opening_hash: taken.keys.openingHash,
      format: taken.format,
      guesses: taken.rescues.reduce((sum, one) => sum + countGuesses(one.rescue), 0),
      reviewed_at: null,
      ...(taken.keys.addressKey === null ? {} : { address_key: taken.keys.addressKey }),
    })
    .where('work_id', '=', workId)
    .execute();
  // The row keeps the originals that the work had before: nothing is lost, and they are known when they come again.
  await tx
    .updateTable('import_updates')
    .set({ state: 'applied', settled_at: now, blobs: JSON.stringify(old) })
    .where('id', '=', update.id)
    .execute();
}

/** Leaves a change out. The same change is not proposed again. */
export async function dismissUpdate(tx: Tx, now: number, work: WorkWhole, update: FoundUpdate): Promise<boolean> {
  if (!(await isStillOpen(tx, work, update))) return false;
  await tx
    .updateTable('import_updates')
    .set({ state: 'dismissed', settled_at: now })
    .where('id', '=', update.id)
    .execute();
  for (const { blob } of update.originals) await removeLater(tx, now, blob);
  return true;
}

async function isStillOpen(tx: Tx, work: WorkWhole, update: FoundUpdate): Promise<boolean> {
  await lockNames(tx, [`update ${work.id}`]);
  const row = await tx.selectFrom('import_updates').select('state').where('id', '=', update.id).executeTakeFirst();
  return row?.state === 'open';
}

/** Chapters that keep the text they have. */
export function leftAsTheyWere(chapters: readonly ChapterInPlace[]): Set<number> {
  return new Set(chapters.flatMap((one) => (one.id !== null && one.text === null ? [one.id] : [])));
}
