/** What every feature stands on, opened once by the app and handed down. */
import type { Config } from './config/config.ts';
import type { Database } from './db/database.ts';
import type { Blobs } from './files/blobs.ts';
import type { Cleaner } from './html/cleaner.ts';
import type { Log } from './log/log.ts';
import type { Post } from './mail/post.ts';

export interface Ground {
  config: Config;
  db: Database;
  files: Blobs;
  cleaner: Cleaner;
  log: Log;
  /** What sends letters; null for an archive that sends none. */
  post: Post | null;
  /** UTC milliseconds. */
  now: () => number;
}
