/** Deleting works, taking that back, and erasing for good. */
import { append } from '../../platform/events/log.ts';
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { chunks } from '../../platform/db/chunks.ts';
import type { Viewer } from '../accounts/index.ts';
import { UNDO_DAYS } from '../site/index.ts';
import { forgetTags } from '../tags/index.ts';
import { workToChange } from './changing.actions.ts';
import { deletionStanding } from './co-creators.queries.ts';
import { findWork } from './work.queries.ts';
import { mayChangeWork } from './visibility.ts';
import type { WorkRefusal, WorkWhole } from './work.ts';
import type { InsertedWork } from './drafts.actions.ts';
import { cutTies } from './ties.actions.ts';
import './tables.ts';

/** A work that is deleted, or whose other creators are asked first. */
export interface Deletion extends InsertedWork {
  deleted: boolean;
}

/**
 * Deletes a work; for 30 days its keepers can restore it. Where it has other creators with an account here, all of them
 * have to agree: until they have, this is the viewer's word, and nothing changes.
 */
export async function deleteWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<Deletion | WorkRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work || viewer.accountId === null) return { refusal: 'not-found' };
  const { othersMissing } = await deletionStanding(tx, viewer, work.id);
  if (othersMissing) {
    await tx
      .insertInto('deletion_agreements')
      .values({ work_id: work.id, account_id: viewer.accountId, at: now })
      .onConflict((conflict) => conflict.columns(['work_id', 'account_id']).doNothing())
      .execute();
    await append(tx, now, { kind: 'work.deletion-asked', subject: 'work', subjectId: work.id, workId: work.id });
    return { id: work.id, publicId: work.publicId, deleted: false };
  }
  await tx.deleteFrom('deletion_agreements').where('work_id', '=', work.id).execute();
  return { ...(await markDeleted(tx, now, work, now)), deleted: true };
}

/** Keeps a work whose deletion was asked for: any of its keepers can say so, and those who agreed have to be asked anew. */
export async function withdrawDeletion(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  await tx.deleteFrom('deletion_agreements').where('work_id', '=', work.id).execute();
  await append(tx, now, { kind: 'work.deletion-asked', subject: 'work', subjectId: work.id, workId: work.id });
  return { id: work.id, publicId: work.publicId };
}

/** Takes a deletion back. */
export async function restoreWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const work = await findWork(tx, viewer, publicId, { deleted: true });
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  await tx.deleteFrom('deletion_agreements').where('work_id', '=', work.id).execute();
  return markDeleted(tx, now, work, null);
}

async function markDeleted(tx: Tx, now: number, work: WorkWhole, deletedAt: number | null): Promise<InsertedWork> {
  await tx
    .updateTable('works')
    .set((set) => ({
      deleted_at: deletedAt,
      version: set('version', '+', 1),
      // What comes back after its hour is not posted behind anybody's back.
      ...(work.state === 'scheduled' ? { state: 'draft' as const, publish_at: null } : {}),
    }))
    .where('id', '=', work.id)
    .execute();
  await append(tx, now, {
    kind: deletedAt === null ? 'work.restored' : 'work.deleted',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId: work.publicId };
}

/**
 * Removes the rows of a work for good, with the names and tags that stood on nothing else, and remembers that it was
 * erased. Other features erase what is theirs before.
 */
export async function eraseWorkRows(tx: Tx, now: number, workId: number): Promise<void> {
  const tags = await tx.selectFrom('work_tags').select('tag_id').where('work_id', '=', workId).execute();
  const creators = await tx
    .selectFrom('work_creators')
    .select('imported_creator_id')
    .where('work_id', '=', workId)
    .where('imported_creator_id', 'is not', null)
    .execute();
  const work = await tx.deleteFrom('works').where('id', '=', workId).returning('public_id').executeTakeFirst();
  if (!work) return;
  for (const { imported_creator_id: id } of creators) await forgetUnusedCreator(tx, id ?? 0);
  const used = await tagsOnWorks(
    tx,
    tags.map((tag) => tag.tag_id),
  );
  await forgetTags(
    tx,
    now,
    tags.map((tag) => tag.tag_id).filter((id) => !used.has(id)),
  );
  await tx.insertInto('erased_works').values({ public_id: work.public_id, at: now }).execute();
  await append(tx, now, { kind: 'work.erased', subject: 'work', subjectId: workId, workId });
}

async function forgetUnusedCreator(tx: Tx, id: number): Promise<void> {
  const other = await tx
    .selectFrom('work_creators')
    .select('work_id')
    .where('imported_creator_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (!other) await tx.deleteFrom('imported_creators').where('id', '=', id).execute();
}

async function tagsOnWorks(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
  const used = new Set<number>();
  for (const piece of chunks(ids)) {
    const rows = await tx.selectFrom('work_tags').select('tag_id').distinct().where('tag_id', 'in', piece).execute();
    for (const row of rows) used.add(row.tag_id);
  }
  return used;
}

/** Whether a work's deletion can no longer be undone. */
export async function isPastUndo(tx: Tx, now: number, workId: number): Promise<boolean> {
  const row = await tx.selectFrom('works').select('deleted_at').where('id', '=', workId).executeTakeFirst();
  return typeof row?.deleted_at === 'number' && row.deleted_at < now - UNDO_DAYS * 86_400_000;
}

/** Ids of works whose deletion can no longer be undone. */
export async function worksPastUndo(tx: Handle, now: number, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('works')
    .select('id')
    .where('deleted_at', '<', now - UNDO_DAYS * 86_400_000)
    .orderBy('deleted_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of works of the sample library that are still here, deleted ones too. */
export async function sampleWorks(tx: Handle, limit: number): Promise<number[]> {
  const rows = await tx.selectFrom('works').select('id').where('sample', '=', 1).orderBy('id').limit(limit).execute();
  return rows.map((row) => row.id);
}

/** Takes an account out of bylines, out of what it brought in, and out of the revisions it saved. The texts stay. */
export async function forgetAccount(tx: Tx, now: number, accountId: number): Promise<void> {
  const pseuds = (await tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute()).map(
    (row) => row.id,
  );
  // What it kept has been settled before: what ties it still are works of others, which it was asked to create too.
  await cutTies(tx, now, { accountId }, { keepsName: false, others: true });
  await tx.deleteFrom('deletion_agreements').where('account_id', '=', accountId).execute();
  await tx.updateTable('chapter_revisions').set({ saved_by: null }).where('saved_by', '=', accountId).execute();
  if (pseuds.length === 0) return;
  await tx.updateTable('works').set({ archived_by: null }).where('archived_by', 'in', pseuds).execute();
  await tx.deleteFrom('creator_refusals').where('pseud_id', 'in', pseuds).execute();
  await tx.updateTable('work_creators').set({ invited_by: null }).where('invited_by', 'in', pseuds).execute();
  const unsigned = await tx.deleteFrom('work_creators').where('pseud_id', 'in', pseuds).returning('work_id').execute();
  for (const piece of chunks([...new Set(unsigned.map((row) => row.work_id))])) {
    await append(
      tx,
      now,
      ...piece.map((workId) => ({ kind: 'work.signed', subject: 'work', subjectId: workId, workId })),
    );
  }
}
