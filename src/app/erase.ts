/** Erasing for good: every feature removes what it keeps of a work, then the files that nothing needs any more go. */
import type { Feature } from '../platform/feature.ts';
import type { Tx } from '../platform/db/tables.ts';
import type { Ground } from '../platform/ground.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';
import { removeOriginal } from '../features/imports/index.ts';

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
    const free: string[] = [];
    if (!(await stillMeant(tx))) return free;
    // From high to low, so that the rows others point at go last.
    for (const feature of features.toReversed())
      free.push(...((await feature.erase?.work?.(tx, ground.now(), workId)) ?? []));
    return free;
  });
  // A job does the same, should the process end here.
  for (const blob of blobs) await ground.db.write((tx) => removeOriginal(tx, ground.files, blob));
}
