/** Letting go of works, one by one, and then of the account. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Viewer } from '../accounts/index.ts';
import { forgetOriginals } from '../imports/index.ts';
import { leaveAllSeries } from '../series/index.ts';
import { takeBackSkin } from '../skins/index.ts';
import { letGoOfWork, orphanWork, worksOf, type OrphaningRefusal, type OwnWork } from '../works/index.ts';
import type { Choice } from './leaving.ts';

/** What erases, with all features. */
export interface Erasers {
  eraseWork: (workId: number, stillMeant: (tx: Tx) => Promise<boolean>) => Promise<void>;
  eraseAccount: (accountId: number, stillMeant: (tx: Tx) => Promise<boolean>) => Promise<boolean>;
}

/** Takes the viewer's names off a work, and with them the skin of theirs that it wears and the files it was read from. */
export async function orphan(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  keepName: boolean,
): Promise<{ title: string; others: boolean } | OrphaningRefusal> {
  const { accountId } = viewer;
  if (accountId === null) return { refusal: 'not-found' };
  const orphaned = await orphanWork(tx, now, viewer, publicId, keepName);
  if ('refusal' in orphaned) return orphaned;
  await takeAlong(tx, now, accountId, orphaned, keepName);
  return orphaned;
}

/**
 * Ends an account: each of its works goes or stays as it was chosen, then all that is kept of the account is erased. One work at a
 * time, so that others are answered meanwhile; should the process end within, the account is there still and can go on. Drafts,
 * and what is deleted already, go; what others create too stays with them. `choose`: asked for each posted work.
 */
export async function endAccount(
  ground: Ground,
  erasers: Erasers,
  accountId: number,
  choose: (work: OwnWork) => Choice,
): Promise<void> {
  // Once more for what was begun elsewhere before all else was signed out.
  const hasNone = async (tx: Tx) => (await worksOf(tx, accountId)).length === 0;
  do
    for (const work of await worksOf(ground.db.reads, accountId))
      await letGo(ground, erasers, accountId, work, choose(work));
  while (!(await erasers.eraseAccount(accountId, hasNone)));
}

async function letGo(
  ground: Ground,
  erasers: Erasers,
  accountId: number,
  work: OwnWork,
  choice: Choice,
): Promise<void> {
  const isAlone = async (tx: Tx) => (await worksOf(tx, accountId, work.id)).some((one) => !one.shared);
  if (!work.shared && (choice === 'delete' || work.deleted || work.state !== 'posted'))
    return erasers.eraseWork(work.id, isAlone);
  await ground.db.write(async (tx) => {
    await lockNames(tx, [`work ${work.publicId}`]);
    const keepName = choice === 'keep-name';
    const { others } = await letGoOfWork(tx, ground.now(), accountId, work.id, { keepName });
    await takeAlong(tx, ground.now(), accountId, { id: work.id, others }, keepName);
  });
}

/** What goes from a work with a name: their skin, and where nobody else keeps the work its originals and its place in series. */
export async function takeAlong(
  tx: Tx,
  now: number,
  accountId: number,
  work: { id: number; others: boolean },
  keepName: boolean,
): Promise<void> {
  await takeBackSkin(tx, work.id, accountId);
  if (work.others) return;
  await forgetOriginals(tx, now, work.id);
  if (!keepName) await leaveSeries(tx, now, work.id);
}

/** Beside the other works of a series the name would be read that was taken off this one. */
async function leaveSeries(tx: Tx, now: number, workId: number): Promise<void> {
  await leaveAllSeries(tx, workId);
  await append(tx, now, { kind: 'work.placed', subject: 'work', subjectId: workId, workId });
}
