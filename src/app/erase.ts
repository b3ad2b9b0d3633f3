/** Erasing for good: every feature removes what it keeps of a work, then the files that nothing needs any more go. */
import type { Feature } from '../platform/feature.ts';
import type { Tx } from '../platform/db/tables.ts';
import type { Ground } from '../platform/ground.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';
import { removeOriginal } from '../features/imports/index.ts';
import { noteErased } from './erased.ts';

/**
 * Erases one work from the truth, and its files. The index follows by the event log. `stillMeant` is asked in the
 * transaction that erases: a work that has been restored meanwhile stays.
 */
export async function eraseWork(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  workId: number,
  stillMeant: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<void> {
  const blobs = await ground.db.write(async (tx) => {
    if (!(await stillMeant(tx))) return [];
    return eraseWorkIn(tx, ground.now(), features, workId);
  });
  await noteErased(ground);
  // A job does the same, should the process end here.
  for (const blob of blobs) await ground.db.write((tx) => removeOriginal(tx, ground.files, blob));
}

/** Erases the rows of one work within a transaction. @returns blobs that nothing may need any more; jobs see to them, too. */
export async function eraseWorkIn(
  tx: Tx,
  now: number,
  features: readonly Feature<ArchiveEnv>[],
  workId: number,
): Promise<string[]> {
  const free: string[] = [];
  // From high to low, so that the rows others point at go last.
  for (const feature of features.toReversed()) free.push(...((await feature.erase?.work?.(tx, now, workId)) ?? []));
  return free;
}

/** Erases the rows of one account within a transaction. What becomes of its works has been settled before. */
export async function eraseAccountIn(
  tx: Tx,
  now: number,
  features: readonly Feature<ArchiveEnv>[],
  accountId: number,
): Promise<void> {
  for (const feature of features.toReversed()) await feature.erase?.account?.(tx, now, accountId);
}

/**
 * Erases one account that is still meant, which is asked in the transaction that erases; it is on the list of what was erased
 * before this returns. @returns whether it was erased.
 */
export async function eraseAccount(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  accountId: number,
  stillMeant: (tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  const erased = await ground.db.write(async (tx) => {
    if (!(await stillMeant(tx))) return false;
    await eraseAccountIn(tx, ground.now(), features, accountId);
    return true;
  });
  if (erased) await noteErased(ground);
  return erased;
}
