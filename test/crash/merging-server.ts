/** `fanfold serve` whose index merges after every few changes, so that a kill meets a merge or a write of its snapshot. */
import { serveArchive } from '../../src/app/serve.ts';
import { keptFinder } from '../../src/features/browse/keeper/finder.ts';
import { readConfig } from '../../src/platform/config/config.ts';

const serving = await serveArchive(
  readConfig(),
  { say: (line) => process.stdout.write(`${line}\n`), isTTY: false },
  (ground) => keptFinder(ground, { threads: 1, mergeAt: 3, countersEveryMs: 500 }),
);
process.once('SIGTERM', () => void serving.stop());
