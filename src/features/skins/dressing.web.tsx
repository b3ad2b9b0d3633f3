/** What the forms of works are handed to offer skins, so that they need not know of them. */
import type { VNode } from 'preact';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { wearSkin } from './actions.ts';
import { SkinField, KEPT_SKIN } from './pages/SkinField.tsx';
import { chosenSkin, findOwnSkin, ownSkins } from './queries.ts';
import { ownSheetPath } from './skin.ts';

/**
 * The field in which a work's skin is chosen; null where there is nothing to choose. `workId`: null for a work that is new.
 * `typed`: what a form that comes back had chosen.
 */
export async function skinFieldFor(
  handle: Handle,
  viewer: Viewer,
  workId: number | null,
  typed: string | undefined,
): Promise<VNode | null> {
  if (viewer.accountId === null) return null;
  const skins = await ownSkins(handle, viewer.accountId);
  const worn = workId === null ? null : await chosenSkin(handle, viewer, workId);
  if (skins.length === 0 && worn === null) return null;
  const stored = worn === 'of-another' ? KEPT_SKIN : (worn?.own ?? '');
  return (
    <SkinField
      value={typed ?? stored}
      kept={worn === 'of-another'}
      skins={skins.map(({ publicId, title }) => ({ value: publicId, label: title }))}
    />
  );
}

/** The sheet by which a work is shown before it is saved, for a choice in its form; null without one. */
export async function sheetToPreview(
  handle: Handle,
  viewer: Viewer,
  typed: string | undefined,
): Promise<string | null> {
  const skin = viewer.accountId === null ? null : await findOwnSkin(handle, viewer.accountId, typed ?? '');
  return skin ? ownSheetPath(skin.publicId, 'saved', skin.cssHash) : null;
}

/**
 * Does what a form says of a work's skin; a form that says nothing, or to keep what there is, changes nothing.
 * @returns false where the skin that was chosen is not there (any more).
 */
export async function wearTyped(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workPublicId: string,
  typed: string | undefined,
): Promise<boolean> {
  if (typed === undefined || typed === KEPT_SKIN) return true;
  return !('refusal' in (await wearSkin(tx, now, viewer, workPublicId, typed)));
}
