/** Giving works, taking that back, and the recipient's answer. */
import { lockNames } from '../../platform/db/locks.ts';
import { nameKey } from '../../platform/db/name-key.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { findOpenPseud, may, type Viewer } from '../accounts/index.ts';
import { listedWorks, workToChange } from '../works/index.ts';
import { GIFTS_PER_WORK } from './gift.ts';
import './tables.ts';

/** `nobody`: no such pseud, one that takes no gifts, or one's own; which, is not said. `refused`: they have said no before. */
export type GiftRefusal = { refusal: 'not-found' | 'nobody' | 'several' | 'given' | 'refused' | 'too-many' };

/** To whom: a pseud here, by its name or the address of its page, who is asked first; or a name of somebody elsewhere. */
export type GiftTo = { pseud: string } | { name: string };

/** Gives a work to somebody. A pseud stands on the work only when its person has accepted. */
export async function giveWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  to: GiftTo,
): Promise<{ name: string } | GiftRefusal> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const present = await tx
    .selectFrom('gifts')
    .leftJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select(['gifts.pseud_id', 'gifts.name_key', 'gifts.state', 'pseuds.name_key as pseud_key'])
    .where('gifts.work_id', '=', work.id)
    .execute();
  const recipient = await recipientMeant(tx, viewer, to);
  if ('refusal' in recipient) return recipient;
  const same = present.find((gift) =>
    recipient.pseudId === null ? gift.name_key === recipient.nameKey : gift.pseud_id === recipient.pseudId,
  );
  // A name alone would stand there at once, for somebody who has said that it should not.
  const unwanted = present.some(
    (gift) => gift.state === 'refused' && recipient.pseudId === null && gift.pseud_key === recipient.nameKey,
  );
  if (unwanted || same?.state === 'refused') return { refusal: 'refused' };
  if (same) return { refusal: 'given' };
  if (present.length >= GIFTS_PER_WORK) return { refusal: 'too-many' };
  await tx
    .insertInto('gifts')
    .values({
      public_id: newPublicId(),
      work_id: work.id,
      pseud_id: recipient.pseudId,
      name: recipient.pseudId === null ? recipient.name : '',
      name_key: recipient.nameKey,
      state: recipient.pseudId === null ? 'accepted' : 'waiting',
      given_at: now,
    })
    .execute();
  await tellOf(tx, now, work.id);
  return { name: recipient.name };
}

type Meant = { name: string } & ({ pseudId: number; nameKey: null } | { pseudId: null; nameKey: string });

async function recipientMeant(tx: Tx, viewer: Viewer, to: GiftTo): Promise<Meant | GiftRefusal> {
  if ('name' in to) return { name: to.name, pseudId: null, nameKey: nameKey(to.name) };
  const pseud = await findOpenPseud(tx, viewer, to.pseud, 'gifts');
  if (pseud === null) return { refusal: 'nobody' };
  if (pseud === 'several') return { refusal: 'several' };
  return { name: pseud.name, pseudId: pseud.id, nameKey: null };
}

/** Takes a gift back. One that was refused stays: it is how the recipient's no is remembered. */
export async function takeGiftBack(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  gift: string,
): Promise<{ refusal: 'not-found' } | { id: number }> {
  const work = await workToChange(tx, viewer, publicId);
  if (!work) return { refusal: 'not-found' };
  const gone = await tx
    .deleteFrom('gifts')
    .where('work_id', '=', work.id)
    .where('public_id', '=', gift)
    .where('state', '<>', 'refused')
    .returning('id')
    .executeTakeFirst();
  if (!gone) return { refusal: 'not-found' };
  await tellOf(tx, now, work.id);
  return { id: gone.id };
}

/** The recipient's answer, which they can change; there is none to give while the work does not stand in their lists. */
export async function answerGift(
  tx: Tx,
  now: number,
  viewer: Viewer,
  gift: string,
  state: 'accepted' | 'refused',
): Promise<{ refusal: 'not-found' } | { id: number }> {
  const { accountId } = viewer;
  if (accountId === null || !may(viewer, 'change-own-works')) return { refusal: 'not-found' };
  await lockNames(tx, [`gift ${gift}`]);
  const asked = await listedWorks(tx, viewer)
    .innerJoin('gifts', 'gifts.work_id', 'works.id')
    .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select(['gifts.id', 'gifts.work_id'])
    .where('gifts.public_id', '=', gift)
    .where('pseuds.account_id', '=', accountId)
    .executeTakeFirst();
  if (!asked) return { refusal: 'not-found' };
  await tx.updateTable('gifts').set({ state }).where('id', '=', asked.id).execute();
  await tellOf(tx, now, asked.work_id);
  return { id: asked.id };
}

/** Removes the gifts of a work that is erased. */
export async function forgetGiftsOf(tx: Tx, workId: number): Promise<void> {
  await tx.deleteFrom('gifts').where('work_id', '=', workId).execute();
}

/** Takes an account out of what was given to it. */
export async function forgetRecipient(tx: Tx, now: number, accountId: number): Promise<void> {
  const gone = await tx
    .deleteFrom('gifts')
    .where('pseud_id', 'in', (pseuds) => pseuds.selectFrom('pseuds').select('id').where('account_id', '=', accountId))
    .returning('work_id')
    .execute();
  await tellOf(tx, now, ...gone.map((row) => row.work_id));
}

async function tellOf(tx: Tx, now: number, ...works: number[]): Promise<void> {
  const events = works.map((workId) => ({ kind: 'work.given', subject: 'work', subjectId: workId, workId }));
  await append(tx, now, ...events);
}
