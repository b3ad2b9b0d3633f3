/** Reads of gifts. A recipient's pseud is named only when they have accepted, and a gift is told of only when its work is. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { findCreator, listedWorks } from '../works/index.ts';
import type { GiftState } from './gift.ts';
import './tables.ts';

/** A recipient as everybody sees them who may open the work. */
export interface Recipient {
  name: string;
  /** Null for somebody elsewhere. */
  publicId: string | null;
}

/** For whom a work is, of those who may be named. Takes a work that the viewer may open. */
export async function recipientsOf(handle: Handle, workId: number): Promise<Recipient[]> {
  const rows = await gifts(handle)
    .where('gifts.work_id', '=', workId)
    .where('gifts.state', '=', 'accepted')
    .orderBy('gifts.id')
    .execute();
  return rows.map((row) => ({ name: row.pseud ?? row.name, publicId: row.pseud_public_id }));
}

/** A gift as those see it who keep the work. */
export interface GivenGift extends Recipient {
  /** What it is called by. */
  gift: string;
  state: GiftState;
}

/** All gifts of a work that the viewer keeps, the first given first. */
export async function giftsOfWork(handle: Handle, workId: number): Promise<GivenGift[]> {
  const rows = await gifts(handle).where('gifts.work_id', '=', workId).orderBy('gifts.id').execute();
  return rows.map((row) => ({
    gift: row.public_id,
    state: row.state,
    name: row.pseud ?? row.name,
    publicId: row.pseud_public_id,
  }));
}

function gifts(handle: Handle) {
  return handle
    .selectFrom('gifts')
    .leftJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select([
      'gifts.public_id',
      'gifts.name',
      'gifts.state',
      'pseuds.public_id as pseud_public_id',
      'pseuds.name as pseud',
    ]);
}

/** A gift as its recipient sees it. */
export interface ReceivedGift {
  gift: string;
  workId: number;
  state: GiftState;
  /** Which of their pseuds it is for. */
  pseud: string;
  at: number;
}

/** So many gifts are shown at once, those that wait first. */
const MOST_GIFTS = 200;

/** The gifts to the viewer's pseuds of works that stand in their lists, the newest first, those that wait before others. */
export async function giftsToViewer(handle: Handle, viewer: Viewer): Promise<ReceivedGift[]> {
  if (viewer.accountId === null) return [];
  const rows = await listedWorks(handle, viewer)
    .innerJoin('gifts', 'gifts.work_id', 'works.id')
    .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select(['gifts.public_id', 'works.id', 'gifts.state', 'gifts.given_at', 'pseuds.name'])
    .where('pseuds.account_id', '=', viewer.accountId)
    .orderBy((row) => row.case().when('gifts.state', '=', 'waiting').then(0).else(1).end())
    .orderBy('gifts.id', 'desc')
    .limit(MOST_GIFTS)
    .execute();
  return rows.map((row) => ({
    gift: row.public_id,
    workId: row.id,
    state: row.state,
    pseud: row.name,
    at: row.given_at,
  }));
}

/** How many gifts wait for the viewer's answer, of those that they are told of. */
export async function countGiftsWaiting(handle: Handle, viewer: Viewer): Promise<number> {
  if (viewer.accountId === null) return 0;
  const { waiting } = await listedWorks(handle, viewer)
    .innerJoin('gifts', 'gifts.work_id', 'works.id')
    .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .where('pseuds.account_id', '=', viewer.accountId)
    .where('gifts.state', '=', 'waiting')
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return Number(waiting);
}

/** The works given to a pseud that its person has accepted and that stand in the viewer's lists: one page of them. */
export interface GiftsPageOf {
  name: string;
  publicId: string;
  total: number;
  ids: number[];
}

/** Null for a pseud whose name the viewer meets nowhere: in no byline of their lists, and beside no gift. */
export async function giftsToPseud(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
  page: { offset: number; limit: number },
): Promise<GiftsPageOf | null> {
  if (!isPublicId(publicId)) return null;
  const given = givenTo(handle, viewer, publicId);
  const first = await given.select('pseuds.name').limit(1).executeTakeFirst();
  const named = first ?? (await namedInBylines(handle, viewer, publicId));
  if (!named) return null;
  const total = await countGiven(handle, viewer, publicId);
  const rows = await given
    .select('works.id')
    .orderBy('works.updated_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { name: named.name, publicId, total, ids: rows.map((row) => row.id) };
}

function givenTo(handle: Handle, viewer: Viewer, publicId: string) {
  return listedWorks(handle, viewer)
    .innerJoin('gifts', 'gifts.work_id', 'works.id')
    .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .where('pseuds.public_id', '=', publicId)
    .where('gifts.state', '=', 'accepted');
}

/** How many works in the viewer's lists are for a pseud that has accepted them. */
export async function countGiven(handle: Handle, viewer: Viewer, publicId: string): Promise<number> {
  const { total } = await givenTo(handle, viewer, publicId)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function namedInBylines(handle: Handle, viewer: Viewer, publicId: string): Promise<{ name: string } | null> {
  const creator = await findCreator(handle, viewer, publicId);
  return creator?.kind === 'pseud' ? creator : null;
}
