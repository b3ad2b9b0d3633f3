/**
 * Imports of handed-over files, run beside answering requests, one at a time. One that was cut short by the end of the
 * process is taken up at the next start.
 */
import { existsSync } from 'node:fs';
import type { Ground } from '../../../platform/ground.ts';
import type { Viewer } from '../../accounts/index.ts';
import { endImport, forgetUnbegun } from '../runs.actions.ts';
import { uploadsToRun, type UploadToRun } from '../runs.queries.ts';
import { collectFiles } from './collect.ts';
import type { Found } from './found-file.ts';
import { startReading, type Reading } from './reading.ts';
import { runImport } from './run.ts';
import { clearStaging, stagingFolder, sweepStaging } from './staging.ts';

export interface ImportRunner {
  /** Sees to everything that waits; returns when nothing does. Calls while it works wait for the same end. */
  runWaiting(): Promise<void>;
  /** Ends after the files in hand. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * `viewerOf`: who an account is, or null when it may no longer import. `reading`: threads of its own, so that nobody who
 * looks at a page waits for them; they end when it is stopped.
 */
export function importRunner(
  ground: Ground,
  viewerOf: (accountId: number) => Promise<(Viewer & { accountId: number }) | null>,
  reading: Reading = startReading(),
): ImportRunner {
  const stopping = new AbortController();
  let working: Promise<void> | null = null;
  let asked = false;
  const work = async () => {
    try {
      while (!stopping.signal.aborted) {
        asked = false;
        // Another server's files wait on its own disk.
        const next = (await uploadsToRun(ground.db.reads)).find((run) =>
          existsSync(stagingFolder(ground.config.dataFolder, run.publicId)),
        );
        if (next) await runNext(next);
        // Something may have begun to wait since it was looked for.
        else if (!asked) return;
      }
    } finally {
      working = null;
    }
  };
  const runNext = async (next: UploadToRun) => {
    try {
      await runOne(ground, next, await viewerOf(next.accountId), reading, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) throw error;
      // One that breaks off must not keep the next ones waiting; whoever began it can take it up.
      await ground.db.write((tx) => endImport(tx, ground.now(), next.id, 'stopped'));
      ground.log.error({ error: String(error), import: next.publicId }, 'an import of uploaded files broke off');
    }
  };
  return {
    runWaiting: () => {
      asked = true;
      return (working ??= work());
    },
    stop: async () => {
      stopping.abort();
      try {
        await working;
      } finally {
        await reading.close();
      }
    },
  };
}

async function runOne(
  ground: Ground,
  run: UploadToRun,
  viewer: (Viewer & { accountId: number }) | null,
  reading: Reading,
  signal: AbortSignal,
): Promise<void> {
  const folder = stagingFolder(ground.config.dataFolder, run.publicId);
  if (viewer === null) {
    await ground.db.write((tx) => endImport(tx, ground.now(), run.id, 'stopped'));
    return;
  }
  const found = (await collectFiles([folder])).map((one) => below(folder, one));
  const ended = await runImport(found, {
    ground,
    viewer,
    options: run.options,
    importId: run.id,
    reading,
    signal,
    // The server is ending; the import goes on when it is here again.
    leaveOpen: () => signal.aborted,
    onFile: () => {},
  });
  // What was stopped by a person may be taken up; the sweep removes it after a day.
  if (ended === 'done') await clearStaging(folder);
}

/** Files by the names they were handed over with, not by where they wait. */
function below(folder: string, found: Found): Found {
  const name = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  if ('problem' in found) return { ...found, path: name(found.path) };
  return { ...found, path: name(found.path), folder: name(found.folder) };
}

/** Removes imports that never began, a day after they last took a file, and what was handed over for them. */
export async function sweepUploads(ground: Ground): Promise<void> {
  await ground.db.write((tx) => forgetUnbegun(tx, ground.now() - DAY_MS));
  const keep = new Set((await uploadsToRun(ground.db.reads)).map((run) => run.publicId));
  await sweepStaging(ground.config.dataFolder, ground.now(), DAY_MS, keep);
}
