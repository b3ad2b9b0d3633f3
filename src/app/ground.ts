/** Opens what everything stands on, and closes it. */
import { join } from 'node:path';
import { refuseUnfinished } from '../platform/backup/unfinished.ts';
import type { Config } from '../platform/config/config.ts';
import { openDatabase } from '../platform/db/database.ts';
import { folderBlobs, sweepUnfinished } from '../platform/files/blobs.ts';
import type { Ground } from '../platform/ground.ts';
import { startCleaner } from '../platform/html/cleaner.ts';
import { openLog } from '../platform/log/log.ts';
import { openPost } from '../platform/mail/post.ts';
import { migrations } from '../../migrations/index.ts';

export interface OpenGround extends Ground {
  close(): Promise<void>;
}

/**
 * `restoring`: opened by the restore itself, to bring it to its end. @throws BackupRefused for everybody else while a restore
 * has not come to its end.
 */
export async function openGround(
  config: Config,
  options: { now?: () => number; restoring?: boolean } = {},
): Promise<OpenGround> {
  const now = options.now ?? Date.now;
  if (!options.restoring) await refuseUnfinished(config.dataFolder, null);
  const db = await openDatabase({ dataFolder: config.dataFolder, databaseUrl: config.databaseUrl, migrations, now });
  if (!options.restoring) {
    await refuseUnfinished(config.dataFolder, db.reads).catch(async (error: unknown) => {
      await db.close();
      throw error;
    });
  }
  const root = join(config.dataFolder, 'files');
  await sweepUnfinished(root, now());
  const cleaner = startCleaner();
  const post = config.mail && openPost(config.mail, now);
  return {
    config,
    db,
    files: folderBlobs(root),
    cleaner,
    log: openLog(config.logLevel),
    post,
    now,
    close: async () => {
      post?.close();
      await cleaner.close();
      await db.close();
    },
  };
}
