/** The command line of Fanfold. */
import { archiveCommands } from './app/commands.ts';
import { ConfigError, readConfig } from './platform/config/config.ts';
import { DatabaseUnreachable } from './platform/db/database.ts';
import { ListenError } from './platform/http/listen.ts';
import { plainWords } from './platform/log/plain-words.ts';

try {
  await archiveCommands().parseAsync();
} catch (error) {
  // What a person can mend is said in a sentence; what they cannot keeps its trace.
  const known = error instanceof ConfigError || error instanceof DatabaseUnreachable || error instanceof ListenError;
  const words = known ? error.message : plainWords(error, readConfig().dataFolder);
  process.stderr.write(`${words ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 1;
}
