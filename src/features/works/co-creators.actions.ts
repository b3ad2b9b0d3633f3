/**
 * Creating together: invited by one who keeps the work, and nobody's name beside another's before they have said yes. Each
 * pseud is asked, answers and leaves by itself, so that nothing here says which pseuds are one person's.
 */
import { lockNames } from '../../platform/db/locks.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { findOpenPseud, may, tellByMail, type Viewer } from '../accounts/index.ts';
import { workToChange } from './changing.actions.ts';
import { leaveTie, tieAgain } from './ties.actions.ts';
import './tables.ts';

/** Names in a byline and invitations to it, together. */
const MOST_CREATORS = 50;

/**
 * `nobody`: there is no such pseud, it takes no invitations, or it is the viewer's own; which, is not said.
 * `answered`: it is in the byline, is invited, or has refused.
 */
export type InvitingRefusal = {
  refusal: 'not-found' | 'nobody' | 'several' | 'answered' | 'too-many';
};

/** Invites a pseud to co-create a work: by its name, or by the address of its page. @returns the pseud's name. */
export async function inviteCreator(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  named: string,
): Promise<{ name: string } | InvitingRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const pseud = await findOpenPseud(tx, viewer, named, 'co_creation');
  if (pseud === null) return { refusal: 'nobody' };
  if (pseud === 'several') return { refusal: 'several' };
  const present = await tx
    .selectFrom('work_creators')
    .select(['pseud_id', 'position'])
    .where('work_id', '=', work.id)
    .execute();
  const refused = await tx
    .selectFrom('creator_refusals')
    .select('pseud_id')
    .where('work_id', '=', work.id)
    .where('pseud_id', '=', pseud.id)
    .executeTakeFirst();
  if (refused || present.some((row) => row.pseud_id === pseud.id)) return { refusal: 'answered' };
  if (present.length >= MOST_CREATORS) return { refusal: 'too-many' };
  await tx
    .insertInto('work_creators')
    .values({
      work_id: work.id,
      position: Math.max(-1, ...present.map((row) => row.position)) + 1,
      pseud_id: pseud.id,
      imported_creator_id: null,
      state: 'invited',
      invitation: newPublicId(),
      invited_by: await invitingPseud(tx, viewer, work.id),
      invited_at: now,
    })
    .execute();
  const { account_id: invited } = await tx
    .selectFrom('pseuds')
    .select('account_id')
    .where('id', '=', pseud.id)
    .executeTakeFirstOrThrow();
  await tellByMail(tx, now, invited, 'co-creation');
  await append(tx, now, { kind: 'work.creator-invited', subject: 'work', subjectId: work.id, workId: work.id });
  return { name: pseud.name };
}

/** The viewer's name in the byline, by which they invite; of an imported work, that of who brought it in. */
async function invitingPseud(tx: Tx, viewer: Viewer, workId: number): Promise<number | null> {
  const signing = await tx
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select('pseuds.id')
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
    .where('pseuds.account_id', '=', viewer.accountId)
    .orderBy('work_creators.position')
    .limit(1)
    .executeTakeFirst();
  if (signing) return signing.id;
  const { archived_by: archivist } = await tx
    .selectFrom('works')
    .select('archived_by')
    .where('id', '=', workId)
    .executeTakeFirstOrThrow();
  return archivist;
}

/** Takes an invitation back that nobody has answered. */
export async function withdrawCreatorInvitation(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  invitation: string,
): Promise<{ refusal: 'not-found' } | { id: number }> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const gone = await tx
    .deleteFrom('work_creators')
    .where('work_id', '=', work.id)
    .where('state', '=', 'invited')
    .where('invitation', '=', invitation)
    .returning('position')
    .executeTakeFirst();
  if (!gone) return { refusal: 'not-found' };
  await append(tx, now, { kind: 'work.creator-invited', subject: 'work', subjectId: work.id, workId: work.id });
  return { id: work.id };
}

/**
 * Answers an invitation to one of the viewer's own pseuds. Who accepts is a creator of the work from then on; who refuses
 * is not asked again for it. @returns the work, which is theirs to open when they have accepted.
 */
export async function answerCreatorInvitation(
  tx: Tx,
  now: number,
  viewer: Viewer,
  invitation: string,
  answer: 'accept' | 'refuse',
): Promise<{ refusal: 'not-found' } | { publicId: string; title: string }> {
  const { accountId } = viewer;
  if (accountId === null || !may(viewer, 'change-own-works')) return { refusal: 'not-found' };
  const find = () =>
    tx
      .selectFrom('work_creators')
      .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
      .innerJoin('works', 'works.id', 'work_creators.work_id')
      .select(['works.id', 'works.public_id', 'works.title', 'works.version', 'pseuds.id as pseud_id'])
      .where('work_creators.invitation', '=', invitation)
      .where('work_creators.state', '=', 'invited')
      .where('pseuds.account_id', '=', accountId)
      .where('works.deleted_at', 'is', null)
      .where('works.hidden', '=', 0)
      .executeTakeFirst();
  const named = await find();
  if (!named) return { refusal: 'not-found' };
  await lockNames(tx, [`work ${named.public_id}`]);
  // Taken back while we waited?
  const asked = await find();
  if (!asked) return { refusal: 'not-found' };
  const row = { workId: asked.id, pseudId: asked.pseud_id };
  if (answer === 'accept') {
    await acceptRow(tx, row);
    await tieAgain(tx, now, accountId, asked.id);
  } else await refuseRow(tx, now, row);
  await append(tx, now, {
    kind: answer === 'accept' ? 'work.edited' : 'work.creator-invited',
    subject: 'work',
    subjectId: asked.id,
    workId: asked.id,
    version: asked.version + (answer === 'accept' ? 1 : 0),
  });
  return { publicId: asked.public_id, title: asked.title };
}

interface CreatorRow {
  workId: number;
  pseudId: number;
}

async function acceptRow(tx: Tx, { workId, pseudId }: CreatorRow): Promise<void> {
  await tx
    .updateTable('work_creators')
    .set({ state: 'accepted', invitation: null, invited_by: null, invited_at: null })
    .where('work_id', '=', workId)
    .where('pseud_id', '=', pseudId)
    .execute();
  await creatorsChanged(tx, workId);
}

async function refuseRow(tx: Tx, now: number, { workId, pseudId }: CreatorRow): Promise<void> {
  await tx.deleteFrom('work_creators').where('work_id', '=', workId).where('pseud_id', '=', pseudId).execute();
  await tx.insertInto('creator_refusals').values({ work_id: workId, pseud_id: pseudId, at: now }).execute();
}

/**
 * Takes one of the viewer's own pseuds out of a byline. Nobody can take out anybody else, and the last creator with an
 * account here stays: a work without one could be changed by nobody. Imported creators count for nothing in that.
 */
export async function leaveWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  creator: string,
): Promise<{ refusal: 'not-found' | 'last' } | { id: number }> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const creators = await tx
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select(['pseuds.id', 'pseuds.public_id', 'pseuds.account_id'])
    .where('work_creators.work_id', '=', work.id)
    .where('work_creators.state', '=', 'accepted')
    .execute();
  const leaving = creators.find((row) => row.public_id === creator && row.account_id === viewer.accountId);
  if (!leaving) return { refusal: 'not-found' };
  if (creators.length === 1) return { refusal: 'last' };
  await tx.deleteFrom('work_creators').where('work_id', '=', work.id).where('pseud_id', '=', leaving.id).execute();
  await leaveTie(tx, now, leaving.account_id, work.id);
  await creatorsChanged(tx, work.id);
  await append(tx, now, {
    kind: 'work.signed',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id };
}

/** Counts the change, and ends what the creators were asked before they were others. */
async function creatorsChanged(tx: Tx, workId: number): Promise<void> {
  await tx.deleteFrom('deletion_agreements').where('work_id', '=', workId).execute();
  await tx
    .updateTable('works')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where('id', '=', workId)
    .execute();
}
