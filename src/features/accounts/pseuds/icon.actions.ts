/**
 * Icons of pseuds. Each upload gets a random address of its own, and the file of the one before goes. Files are named
 * inside by their content; no answer carries that name.
 */
import { lockNames } from '../../../platform/db/locks.ts';
import { newPublicId } from '../../../platform/db/public-id.ts';
import type { Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import type { Blobs } from '../../../platform/files/blobs.ts';
import { enqueue } from '../../../platform/jobs/queue.ts';
import { ownPseud } from './pseuds.queries.ts';
import '../tables.ts';

/** The job that removes the file of an icon that is gone. */
export const REMOVE_ICON = 'remove-icon';

/** Shows another icon. `blob`: its file, which is safe by now. @returns false when the pseud is not theirs. */
export async function changeIcon(
  tx: Tx,
  now: number,
  accountId: number,
  publicId: string,
  icon: { blob: string; alt: string },
): Promise<boolean> {
  const pseud = await ownPseud(tx, accountId, publicId);
  if (!pseud) return false;
  await lockNames(tx, [fileOf(icon.blob)]);
  await removeIconsLater(tx, now, [pseud.id]);
  await tx
    .insertInto('pseud_icons')
    // Twice ten random characters: whoever guesses meets no icon.
    .values({ pseud_id: pseud.id, public_id: newPublicId() + newPublicId(), ...icon })
    .execute();
  await append(tx, now, { kind: 'icon.changed', subject: 'icon', subjectId: pseud.id });
  return true;
}

/** Says something else of what the icon shows. @returns false when the pseud is not theirs, or has no icon. */
export async function describeIcon(
  tx: Tx,
  now: number,
  accountId: number,
  publicId: string,
  alt: string,
): Promise<boolean> {
  const pseud = await ownPseud(tx, accountId, publicId);
  if (!pseud?.icon) return false;
  await tx.updateTable('pseud_icons').set({ alt }).where('pseud_id', '=', pseud.id).execute();
  await append(tx, now, { kind: 'icon.changed', subject: 'icon', subjectId: pseud.id });
  return true;
}

/** Takes the icon away; none there is fine. @returns false when the pseud is not theirs. */
export async function removeIcon(tx: Tx, now: number, accountId: number, publicId: string): Promise<boolean> {
  const pseud = await ownPseud(tx, accountId, publicId);
  if (!pseud) return false;
  await removeIconsLater(tx, now, [pseud.id]);
  await append(tx, now, { kind: 'icon.removed', subject: 'icon', subjectId: pseud.id });
  return true;
}

/** Takes the icons of pseuds away, and has their files removed once that is committed. */
export async function removeIconsLater(tx: Tx, now: number, pseudIds: readonly number[]): Promise<void> {
  if (pseudIds.length === 0) return;
  const gone = await tx.deleteFrom('pseud_icons').where('pseud_id', 'in', pseudIds).returning('blob').execute();
  for (const { blob } of gone)
    await enqueue(tx, now, { kind: REMOVE_ICON, payload: blob, uniqueKey: `${REMOVE_ICON} ${blob}` });
}

/**
 * Removes the file of an icon that no pseud shows any more. The file goes while the transaction is open: an upload that
 * made the same bytes commits before, and is seen, or after.
 */
export async function removeIconFile(tx: Tx, files: Blobs, blob: string): Promise<void> {
  await lockNames(tx, [fileOf(blob)]);
  const shown = await tx.selectFrom('pseud_icons').select('pseud_id').where('blob', '=', blob).executeTakeFirst();
  if (!shown) await files.remove(blob);
}

function fileOf(blob: string): string {
  return `the file of icon ${blob}`;
}
