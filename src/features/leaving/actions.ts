/** Letting go of works, one by one, and then of the account. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Viewer } from '../accounts/index.ts';
import { forgetOriginals } from '../imports/index.ts';
import { takeBackSkin } from '../skins/index.ts';
import { letGoOfWork, orphanWork, worksOf, type OrphaningRefusal, type OwnWork } from '../works/index.ts';
import type { Choice } from './leaving.ts';

/** What erases, with all features. */
export interface Erasers {
  eraseWork: (workId: number, stillMeant: (tx: Tx) => Promise<boolean>) => Promise<void>;
  eraseAccount: (accountId: number) => Promise<void>;
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
  await takeBackSkin(tx, orphaned.id, accountId);
  if (!orphaned.others) await forgetOriginals(tx, now, orphaned.id);
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
  // Once more for what was begun elsewhere before all other devices were signed out.
  for (let left = await worksOf(ground.db.reads, accountId); left.length > 0;) {
    for (const work of left) await letGo(ground, erasers, accountId, work, choose(work));
    left = await worksOf(ground.db.reads, accountId);
  }
  await erasers.eraseAccount(accountId);
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
    await letGoOfWork(tx, ground.now(), accountId, work.id, choice === 'keep-name');
    await takeBackSkin(tx, work.id, accountId);
    if (!work.shared) await forgetOriginals(tx, ground.now(), work.id);
  });
}
