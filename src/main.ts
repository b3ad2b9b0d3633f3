/** The command line of Fanfold. */
import { archiveCommands } from './app/commands.ts';
import { ConfigError } from './platform/config/config.ts';
import { DatabaseUnreachable } from './platform/db/database.ts';
import { ListenError } from './platform/http/listen.ts';

try {
  await archiveCommands().parseAsync();
} catch (error) {
  // What a person can mend is said in a sentence; what they cannot keeps its trace.
  const known = error instanceof ConfigError || error instanceof DatabaseUnreachable || error instanceof ListenError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
