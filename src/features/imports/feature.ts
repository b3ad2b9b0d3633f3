import { z } from 'zod';
import type { Feature } from '../../platform/feature.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { may, viewerOf, type ArchiveEnv } from '../accounts/index.ts';
import { takenImports, takenSource } from './take-out.queries.ts';
import type { BrowseIndex } from '../browse/index.ts';
import { eraseSource, REMOVE_ORIGINAL, removeOriginal } from './actions.ts';
import type { ParagraphFinder } from './pipeline/paragraph-finder.ts';
import { importRunner, sweepUploads, type ImportRunner } from './pipeline/runner.ts';
import { startReading, type Reading } from './pipeline/reading.ts';
import { importRoutes } from './routes.tsx';

/** What imports need from the app. */
export interface ImportNeeds {
  /** Erases the rows of a work within a transaction, of all features. */
  eraseIn: (tx: Tx, now: number, workId: number) => Promise<void>;
  /** What finds and counts the names that may be offered. */
  index: BrowseIndex;
  /** What finds paragraphs for those who write; ended with imports. */
  paragraphs: ParagraphFinder;
}

const MINUTE_MS = 60_000;

/** Imports: the command, files handed over in the browser, and the review of what came in. */
export function importsFeature(ground: Ground, needs: ImportNeeds): Feature<ArchiveEnv> {
  const reading: Reading = startReading();
  const runner: ImportRunner = importRunner(ground, async (accountId) => {
    const viewer = await viewerOf(ground.db.reads, accountId);
    return viewer && may(viewer, 'import-works') ? viewer : null;
  });
  const runWaiting = () => {
    runner
      .runWaiting()
      .catch((error: unknown) => ground.log.error({ error: String(error) }, 'an import of uploaded files broke off'));
  };
  return {
    name: 'imports',
    routes: (web) => importRoutes(web, ground, { ...needs, reading, runWaiting }),
    takesLong: /^\/(?:works\/[^/]+\/review(?:\/details)?|imports\/removed)$/,
    takesFiles: /^\/imports(?:\/[0-9a-z]{10}\/files)?$/,
    jobs: ({ db, files }) => [
      {
        kind: REMOVE_ORIGINAL,
        run: (payload) => db.write((tx) => removeOriginal(tx, files, z.string().parse(payload))),
      },
      // Takes up what the end of a process has cut short; what is under way is left to itself.
      { kind: 'run-uploads', every: MINUTE_MS, run: () => Promise.resolve(runWaiting()) },
      { kind: 'sweep-uploads', every: 60 * MINUTE_MS, run: () => sweepUploads(ground) },
    ],
    stop: async () => {
      await runner.stop();
      await reading.close();
      await needs.paragraphs.close();
    },
    takeOut: {
      account: ({ db: { reads } }, accountId) => takenImports(reads, accountId),
      work: (parts, _accountId, workId) => takenSource(parts, workId),
    },
    erase: {
      accountTables: ['imports'],
      account: async (tx, _now, accountId) => {
        await tx.deleteFrom('imports').where('account_id', '=', accountId).execute();
      },
      work: eraseSource,
    },
  };
}
