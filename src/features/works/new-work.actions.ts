/** Making a work with all that is said about it at once: what it wears, who may speak, where it stands, whether it is posted. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Form } from '../../platform/http/form.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Slip } from './autosave.ts';
import { savedBefore, settleSheet, type SavedBefore } from './autosaves.actions.ts';
import { decideAbout, type SaidOfWork } from './deciding.actions.ts';
import { createDraft, type NewWork } from './drafts.actions.ts';
import { postWork } from './posting.actions.ts';
import type { SeriesNeeds } from './series-needs.form.ts';
import type { SkinNeeds } from './skin-needs.form.ts';
import type { WorkRefusal } from './work.ts';

/** What is said of a new work beside the work. */
export interface SaidBeside {
  /** The sheet that it was typed on; null where nothing was typed. */
  slip: Slip | null;
  /** Public id of one of the viewer's skins; none where it is empty. */
  skin: string | undefined;
  decided: SaidOfWork;
  /** Where the fields of its series stand. */
  form: Form;
  post: boolean;
}

/** `saved-before`: another text was saved from the same sheet. `misplaced`: it cannot stand in that series, with the reason. */
export type MakingRefusal = WorkRefusal | { refusal: 'saved-before' } | { refusal: 'misplaced'; text: string };

/**
 * Makes a work, and posts it where that was asked. What was saved from the same sheet, saying the same, is not made again. A
 * caller undoes what was written where this is refused.
 * @returns its public id, and whether it wears the skin that was chosen: one that is not there any more is no reason to
 * lose a text. `changedSince`: it was saved before by this very form, and somebody changed it in between.
 */
export async function makeWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  work: NewWork,
  said: SaidBeside,
  needs: { skins: Pick<SkinNeeds, 'wear'>; series: Pick<SeriesNeeds, 'place'> },
): Promise<{ publicId: string; isWorn: boolean; changedSince: boolean } | MakingRefusal> {
  const before: SavedBefore | null = await savedBefore(tx, viewer, said.slip);
  if (before && !before.same) return { refusal: 'saved-before' };
  if (before) return { publicId: before.publicId, isWorn: true, changedSince: before.changedSince };
  const { publicId } = await createDraft(tx, now, work);
  const isWorn = await needs.skins.wear(tx, now, viewer, publicId, said.skin);
  const decided = await decideAbout(tx, now, viewer, publicId, said.decided);
  if ('refusal' in decided) return decided;
  const misplaced = await needs.series.place(tx, now, viewer, publicId, said.form);
  if (misplaced !== null) return { refusal: 'misplaced', text: misplaced };
  const posted = said.post ? await postWork(tx, now, viewer, publicId) : decided;
  if ('refusal' in posted) return posted;
  await settleSheet(tx, now, viewer, said.slip, publicId);
  return { publicId, isWorn, changedSince: false };
}
