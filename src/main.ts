/** The command line of Fanfold. */
import { archiveCommands } from './app/commands.ts';
import { BackupRefused } from './platform/backup/refusal.ts';
import { ConfigError, readConfig } from './platform/config/config.ts';
import { DatabaseUnreachable } from './platform/db/database.ts';
import { ListenError } from './platform/http/listen.ts';
import { plainWords } from './platform/log/plain-words.ts';

try {
  await archiveCommands().parseAsync();
} catch (error) {
  // What a person can mend is said in a sentence; what they cannot keeps its trace.
  const known = [BackupRefused, ConfigError, DatabaseUnreachable, ListenError].some((one) => error instanceof one);
  const words = known && error instanceof Error ? error.message : plainWords(error, readConfig().dataFolder);
  process.stderr.write(`${words ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 1;
}
