/** Erasing for good: every feature removes what it keeps of a work, then the files that nothing needs any more go. */
import type { Feature } from '../platform/feature.ts';
import type { Ground } from '../platform/ground.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';

/** Erases one work from the truth, and its files. The index follows by the event log. */
export async function eraseWork(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  workId: number,
): Promise<void> {
  const blobs = await ground.db.write(async (tx) => {
    const free: string[] = [];
    // From high to low, so that the rows others point at go last.
    for (const feature of features.toReversed())
      free.push(...((await feature.erase?.work?.(tx, ground.now(), workId)) ?? []));
    return free;
  });
  for (const blob of blobs) await ground.files.remove(blob);
}
