/** `fanfold import`: from paths and options to a table that says what became of each file. */
import { writeFile } from 'node:fs/promises';
import type { Ground } from '../../platform/ground.ts';
import { ensureOwner, GUEST, ownerViewer } from '../accounts/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import type { FileReport, ImportOptions } from './import-options.ts';
import { collectFiles } from './pipeline/collect.ts';
import { runImport } from './pipeline/run.ts';
import { optionProblem } from './pipeline/settle.ts';
import { outcomeTable } from './outcome-table.ts';
import { progress } from './progress.ts';

/** Who a dry run imports as before the archive's first start: nothing is written in their name. */
const NOBODY_YET = { ...GUEST, accountId: 0 };

export interface ImportCommand {
  paths: readonly string[];
  options: ImportOptions;
  /** Where the report is written as JSON, when asked for. */
  report: string | null;
}

/** @returns the process's exit code: 0 when nothing was refused, 1 otherwise. */
export async function importCommand(ground: Ground, command: ImportCommand, out: NodeJS.WriteStream): Promise<number> {
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
  const viewer = command.options.dryRun
    ? ((await ownerViewer(ground.db.reads)) ?? NOBODY_YET)
    : await ground.db.write((tx) => ensureOwner(tx, ground.now()));
  const reports: FileReport[] = [];
  const began = performance.now();
  const bar = progress(out, found.length, () => performance.now());
  await runImport(found, {
    ground,
    viewer,
    options: command.options,
    onFile: (report) => {
      reports.push(report);
      bar.done(report);
    },
  });
  const seconds = (performance.now() - began) / 1000;
  bar.end();
  if (command.report !== null) await writeFile(command.report, `${JSON.stringify({ files: reports }, null, 2)}\n`);
  out.write(outcomeTable(reports, command.options, seconds));
  return reports.some((report) => report.outcome === 'refused') ? 1 : 0;
}
