/**
 * Orphaning: a work stays, and its creator's name goes. For good: nothing is kept by which the work could be given back, and
 * nothing of the account stays on it, neither who saved what nor what was typed and not saved.
 */
import type { Handle, Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { orphanPseud, type Viewer } from '../accounts/index.ts';
import { workToChange } from './changing.actions.ts';
import { cutTies } from './ties.actions.ts';
import './tables.ts';

/** `not-posted`: a draft of nobody would be seen by nobody. */
export type OrphaningRefusal = { refusal: 'not-found' | 'not-posted' };

export interface Orphaned {
  id: number;
  publicId: string;
  title: string;
  /** It has other creators, with whom it stays. */
  others: boolean;
}

/** Takes the viewer's names out of a work that they keep. `keepName`: the byline goes on saying the same name. */
export async function orphanWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  keepName: boolean,
): Promise<Orphaned | OrphaningRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work || viewer.accountId === null) return { refusal: 'not-found' };
  const others = await hasOtherKeepers(tx, viewer.accountId, work.id);
  if (!others && work.state !== 'posted') return { refusal: 'not-posted' };
  await letGoOfWork(tx, now, viewer.accountId, work.id, { keepName });
  return { id: work.id, publicId: work.publicId, title: work.title, others };
}

/** Whether somebody else creates the work, or has brought it in: then it stays with them. */
async function hasOtherKeepers(tx: Tx, accountId: number, workId: number): Promise<boolean> {
  const others = tx.selectFrom('pseuds').select('pseuds.id').where('account_id', '!=', accountId);
  const creator = await others
    .innerJoin('work_creators', 'work_creators.pseud_id', 'pseuds.id')
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
    .limit(1)
    .executeTakeFirst();
  if (creator) return true;
  const archivist = await others
    .innerJoin('works', 'works.archived_by', 'pseuds.id')
    .where('works.id', '=', workId)
    .executeTakeFirst();
  return archivist !== undefined;
}

/**
 * Takes an account out of one work: out of its byline, where a work with no other creator goes on under the account of orphaned
 * works; out of its revisions, invitations and answers. With the name goes the address that it was brought from, where it
 * would be read. What tied them is cut, so that no restored copy shows it. Who calls has made sure that the account keeps the work.
 * `leftToOthers`: in a restored copy, others kept the work when it was given up: who is invited there stays invited.
 * @returns whether it has other creators.
 */
export async function letGoOfWork(
  tx: Tx,
  now: number,
  accountId: number,
  workId: number,
  { keepName, leftToOthers = false }: { keepName: boolean; leftToOthers?: boolean },
): Promise<{ others: boolean }> {
  const rows = await tx
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select(['work_creators.position', 'work_creators.state', 'pseuds.name', 'pseuds.account_id'])
    .where('work_creators.work_id', '=', workId)
    .orderBy('work_creators.position')
    .execute();
  const mine = rows.filter((row) => row.account_id === accountId);
  const isShared = await hasOtherKeepers(tx, accountId, workId);
  // Whoever was invited was to write it with somebody who is here no more.
  const going =
    isShared || leftToOthers ? mine : rows.filter((row) => row.account_id === accountId || row.state === 'invited');
  if (going.length > 0)
    await tx
      .deleteFrom('work_creators')
      .where('work_id', '=', workId)
      .where(
        'position',
        'in',
        going.map((row) => row.position),
      )
      .execute();
  const signed = isShared ? [] : mine.filter((row) => row.state === 'accepted');
  const placed = new Set<number>();
  for (const { position, name } of signed) {
    const pseudId = await orphanPseud(tx, now, keepName ? name : null);
    if (placed.has(pseudId)) continue;
    placed.add(pseudId);
    await tx
      .insertInto('work_creators')
      .values({ work_id: workId, position, pseud_id: pseudId, imported_creator_id: null, state: 'accepted' })
      .execute();
  }
  await forgetTraces(tx, accountId, workId);
  await cutTies(tx, now, { accountId, workId }, { keepsName: keepName, others: isShared || leftToOthers });
  const { version } = await tx
    .updateTable('works')
    .set((set) => ({ version: set('version', '+', 1), ...(isShared || keepName ? {} : { source_url: null }) }))
    .where('id', '=', workId)
    .returning('version')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'work.signed', subject: 'work', subjectId: workId, workId, version });
  return { others: isShared };
}

/** Whether somebody is asked to create a work, and has not answered. */
export async function awaitsCreator(handle: Handle, workId: number): Promise<boolean> {
  const invited = await handle
    .selectFrom('work_creators')
    .select('position')
    .where('work_id', '=', workId)
    .where('state', '=', 'invited')
    .limit(1)
    .executeTakeFirst();
  return invited !== undefined;
}

/** What else on a work names the account. */
async function forgetTraces(tx: Tx, accountId: number, workId: number): Promise<void> {
  const pseuds = tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId);
  const chapters = tx.selectFrom('chapters').select('id').where('work_id', '=', workId);
  await tx
    .updateTable('works')
    .set({ archived_by: null })
    .where('id', '=', workId)
    .where('archived_by', 'in', pseuds)
    .execute();
  await tx
    .updateTable('chapter_revisions')
    .set({ saved_by: null })
    .where('saved_by', '=', accountId)
    .where('chapter_id', 'in', chapters)
    .execute();
  await tx
    .updateTable('work_creators')
    .set({ invited_by: null })
    .where('work_id', '=', workId)
    .where('invited_by', 'in', pseuds)
    .execute();
  await tx.deleteFrom('creator_refusals').where('work_id', '=', workId).where('pseud_id', 'in', pseuds).execute();
  await tx.deleteFrom('deletion_agreements').where('work_id', '=', workId).execute();
  await tx.deleteFrom('autosaves').where('work_id', '=', workId).where('account_id', '=', accountId).execute();
  await tx.deleteFrom('saved_sheets').where('work_id', '=', workId).where('account_id', '=', accountId).execute();
}
