/** Pseuds of an account: made, renamed, made the default one, deleted. Each action answers for the account's own alone. */
import { lockNames } from '../../../platform/db/locks.ts';
import { nameKey } from '../../../platform/db/name-key.ts';
import { newPublicId } from '../../../platform/db/public-id.ts';
import type { Handle, Tx } from '../../../platform/db/tables.ts';
import { append } from '../../../platform/events/log.ts';
import { PSEUDS_EACH } from '../account.ts';
import { removeIconsLater } from './icon.actions.ts';
import { ownPseud, ownPseuds, type ListedPseud } from './pseuds.queries.ts';
import '../tables.ts';

/** Two who change the pseuds of one account do it one after the other. */
export async function lockPseuds(tx: Tx, accountId: number): Promise<void> {
  await lockNames(tx, [`the pseuds of account ${accountId}`]);
}

/**
 * Makes a pseud; its name was checked by `pseudProblem`. Refused: a name that this account has already (what others are
 * called is asked of nobody, so a refusal tells nothing of them), and more than `PSEUDS_EACH`. @returns its public id.
 */
export async function addPseud(
  tx: Tx,
  now: number,
  accountId: number,
  name: string,
): Promise<{ publicId: string } | { refusal: 'taken' | 'too-many' }> {
  await lockPseuds(tx, accountId);
  const own = await ownPseuds(tx, accountId);
  if (own.length >= PSEUDS_EACH) return { refusal: 'too-many' };
  if (isTaken(own, name)) return { refusal: 'taken' };
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('pseuds')
    .values({
      public_id: publicId,
      account_id: accountId,
      name,
      name_key: nameKey(name),
      is_default: 0,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'pseud.created', subject: 'pseud', subjectId: id });
  return { publicId };
}

function isTaken(own: readonly ListedPseud[], name: string, but?: ListedPseud): boolean {
  const key = nameKey(name);
  return own.some((pseud) => pseud.id !== but?.id && nameKey(pseud.name) === key);
}

/**
 * Gives a pseud another name; checked by `pseudProblem` before. Its works, its page and its old address stay, under the new
 * name. Refused as in `addPseud`.
 */
export async function renamePseud(
  tx: Tx,
  now: number,
  accountId: number,
  publicId: string,
  name: string,
): Promise<{ renamed: boolean } | { refusal: 'not-found' | 'taken' }> {
  await lockPseuds(tx, accountId);
  const own = await ownPseuds(tx, accountId);
  const pseud = own.find((one) => one.publicId === publicId);
  if (!pseud) return { refusal: 'not-found' };
  if (pseud.name === name) return { renamed: false };
  if (isTaken(own, name, pseud)) return { refusal: 'taken' };
  await tx
    .updateTable('pseuds')
    .set({ name, name_key: nameKey(name) })
    .where('id', '=', pseud.id)
    .execute();
  await append(tx, now, { kind: 'pseud.renamed', subject: 'pseud', subjectId: pseud.id });
  return { renamed: true };
}

/** Gives an account's default pseud another name, as `renamePseud` does. */
export async function renameDefaultPseud(
  tx: Tx,
  now: number,
  accountId: number,
  name: string,
): Promise<{ renamed: boolean } | { refusal: 'not-found' | 'taken' }> {
  const [first] = await ownPseuds(tx, accountId);
  return first ? renamePseud(tx, now, accountId, first.publicId, name) : { refusal: 'not-found' };
}

/** Makes a pseud the one that an account goes by where it has not chosen. @returns false when it is not theirs. */
export async function chooseDefaultPseud(tx: Tx, now: number, accountId: number, publicId: string): Promise<boolean> {
  await lockPseuds(tx, accountId);
  const pseud = await ownPseud(tx, accountId, publicId);
  if (!pseud) return false;
  if (pseud.isDefault) return true;
  await tx.updateTable('pseuds').set({ is_default: 0 }).where('account_id', '=', accountId).execute();
  await tx.updateTable('pseuds').set({ is_default: 1 }).where('id', '=', pseud.id).execute();
  await append(tx, now, { kind: 'pseud.made-default', subject: 'account', subjectId: accountId });
  return true;
}

/** What the features above say of a pseud's works. */
export interface SignedWorks {
  /** How many works each of the pseuds signs or keeps, drafts and deleted ones too. */
  count: (handle: Handle, pseudIds: readonly number[]) => Promise<ReadonlyMap<number, number>>;
  /** Puts one pseud in the place of another, wherever that one stands. Both are of one account. */
  handOver: (tx: Tx, now: number, from: number, to: number) => Promise<void>;
}

/**
 * Deletes a pseud with all that it says of itself. `heir`: the public id of the pseud that signs its works from now on.
 * Refused: the default pseud, and so the last one; and, without an heir of the same account, one that signs anything.
 */
export async function deletePseud(
  tx: Tx,
  now: number,
  accountId: number,
  publicId: string,
  heir: string | null,
  works: SignedWorks,
): Promise<{ deleted: string } | { refusal: 'not-found' | 'default' | 'signs' | 'no-heir' }> {
  await lockPseuds(tx, accountId);
  const own = await ownPseuds(tx, accountId);
  const pseud = own.find((one) => one.publicId === publicId);
  if (!pseud) return { refusal: 'not-found' };
  if (pseud.isDefault) return { refusal: 'default' };
  if (((await works.count(tx, [pseud.id])).get(pseud.id) ?? 0) > 0) {
    if (heir === null) return { refusal: 'signs' };
    const takes = own.find((one) => one.publicId === heir && one.id !== pseud.id);
    if (!takes) return { refusal: 'no-heir' };
    await works.handOver(tx, now, pseud.id, takes.id);
  }
  await removeIconsLater(tx, now, [pseud.id]);
  await tx.deleteFrom('pseuds').where('id', '=', pseud.id).execute();
  await append(tx, now, { kind: 'pseud.deleted', subject: 'pseud', subjectId: pseud.id });
  return { deleted: pseud.name };
}
