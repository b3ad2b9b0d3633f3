/** `fanfold import`: from paths and options to a table that says what became of each file. */
import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Ground } from '../../platform/ground.ts';
import { ensureOwner, GUEST, ownerViewer } from '../accounts/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import type { FileReport, ImportOptions } from './import-options.ts';
import { collectFiles } from './pipeline/collect.ts';
import { runImport } from './pipeline/run.ts';
import { optionProblem } from './pipeline/settle.ts';
import { outcomeTable } from './outcome-table.ts';
import { progress } from './progress.ts';
import { beginImport, takeUpImport, type BegunImport } from './runs.actions.ts';
import { terminalOn } from './terminal.ts';

/** Who a dry run imports as before the archive's first start: nothing is written in their name. */
const NOBODY_YET = { ...GUEST, accountId: 0 };

export interface ImportCommand {
  paths: readonly string[];
  options: ImportOptions;
  /** Where the report is written as JSON, when asked for. */
  report: string | null;
}

/**
 * Imports, and says what became of each file on `stdout`; an import goes on to its end when nobody listens any more.
 * @returns the process's exit code: 0 when nothing was refused, 1 otherwise.
 * @throws what ended the import before its time, once the files reported until then have been told.
 */
export async function importCommand(
  ground: Ground,
  command: ImportCommand,
  stdout: NodeJS.WriteStream,
): Promise<number> {
  const out = terminalOn(stdout);
  const problem = optionProblem(command.options, {
    vocabulary: await vocabulary(ground.db.reads),
    languages: await languages(ground.db.reads),
  });
  if (problem !== null) {
    out.write(`${problem}\n`);
    return 1;
  }
  const found = await collectFiles(command.paths);
  if (found.length === 0) {
    out.write('There are no files here to import.\n');
    return 1;
  }
  // Before the first file: whoever asks for a report would otherwise learn after hours that there is none.
  const opened = command.report === null ? null : await openReport(command.report);
  if (opened !== null && 'problem' in opened) {
    out.write(`${opened.problem}\n`);
    return 1;
  }
  const viewer = command.options.dryRun
    ? ((await ownerViewer(ground.db.reads)) ?? NOBODY_YET)
    : await ground.db.write((tx) => ensureOwner(tx, ground.now()));
  const run = command.options.dryRun ? null : await beginOrTakeUp(ground, viewer.accountId, command);
  const reports: FileReport[] = [];
  const began = performance.now();
  const bar = progress(out, () => performance.now());
  const stop = new AbortController();
  const forget = onFirstSignal(() => {
    stop.abort();
    out.write('\nStopping after the files in hand …\n');
  });
  let unwritten: string | null = null;
  let ended: 'done' | 'stopped' | 'failed' = 'failed';
  try {
    ended = await runImport(found, {
      ground,
      viewer,
      options: command.options,
      ...(run === null ? {} : { importId: run.id }),
      signal: stop.signal,
      onBegin: (total, done) => {
        if (done.files > 0)
          out.write(
            `${done.files.toLocaleString('en')} of ${total.files.toLocaleString('en')} files were done before.\n`,
          );
        bar.begin(total, done);
      },
      onFile: (report, weight) => {
        reports.push(report);
        bar.done(report, weight);
      },
    });
  } finally {
    forget();
    const seconds = (performance.now() - began) / 1000;
    bar.end();
    out.write(outcomeTable(reports, command.options, seconds));
    if (ended === 'stopped') out.write('\nIt was stopped. Give the same command again to go on.\n');
    if (opened !== null) unwritten = await writeReport(opened, reports);
    if (unwritten !== null) out.write(`${unwritten}\n`);
  }
  if (ended === 'stopped') return STOPPED;
  return unwritten !== null || reports.some((report) => report.outcome === 'refused') ? 1 : 0;
}

/** What a shell expects of a program that Ctrl-C has ended. */
const STOPPED = 130;

/** The import that the same command began and did not end, or a new one. Paths are known by where they are. */
function beginOrTakeUp(ground: Ground, accountId: number, { paths, options }: ImportCommand): Promise<BegunImport> {
  const named = paths.map((path) => resolve(path));
  return ground.db.write(
    async (tx) =>
      (await takeUpImport(tx, ground.now(), { accountId, named, options })) ??
      beginImport(tx, ground.now(), { accountId, origin: 'command', named, options }),
  );
}

/** Calls `stop` at the first Ctrl-C or end of session; a second one ends the program at once. @returns how to forget it. */
function onFirstSignal(stop: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const once = () => {
    forget();
    stop();
  };
  const forget = () => {
    for (const signal of signals) process.off(signal, once);
  };
  for (const signal of signals) process.once(signal, once);
  return forget;
}

interface OpenReport {
  path: string;
  file: FileHandle;
}

/** @returns the file opened for writing, or why it cannot be, in one sentence. */
async function openReport(path: string): Promise<OpenReport | { problem: string }> {
  try {
    return { path, file: await open(path, 'w') };
  } catch (error) {
    return { problem: `The report cannot be written to ${path}, so nothing was imported: ${messageOf(error)}` };
  }
}

/** @returns null once the report is in its file, or why it is not, in one sentence. */
async function writeReport({ path, file }: OpenReport, reports: readonly FileReport[]): Promise<string | null> {
  try {
    await file.writeFile(`${JSON.stringify({ files: reports }, null, 2)}\n`);
    return null;
  } catch (error) {
    return `The report could not be written to ${path}: ${messageOf(error)}`;
  } finally {
    await file.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
