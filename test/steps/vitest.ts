/** Runs a part of the tests with vitest and counts them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Counts, type Environment, type Outcome, roomiest, ROOT, runNode } from './step.ts';

export interface Selection {
  /** Files or folders to run; all when empty. */
  only?: readonly string[];
  /** Globs of files to leave out. */
  without?: readonly string[];
  environment?: Environment;
  /** Whether files share a process and what it has loaded: a sixth of the time less. */
  together?: boolean;
  /** Files run at once; as vitest.config.ts says when absent. */
  workers?: number;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs the selected tests. A run that ends badly for another reason than a failing test counts as one failure. */
export async function runTests({
  only = [],
  without = [],
  environment = {},
  together = false,
  workers,
}: Selection): Promise<Outcome> {
  const folder = mkdtempSync(join(roomiest(), 'fanfold-tests-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.json');
  const excluded = without.flatMap((glob) => ['--exclude', glob]);
  const reporters = ['--silent=passed-only', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const sharing = together ? ['--no-isolate'] : [];
  const atOnce = workers === undefined ? [] : [`--maxWorkers=${workers}`];
  const args = [vitest, 'run', ...only, ...excluded, ...sharing, ...atOnce, ...reporters];
  const { code, output } = await runNode(args, { TMPDIR: folder, ...environment });
  const counts = countsIn(file);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { ran: true, counts, output };
}

function countsIn(file: string): Counts {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // A file that could not even be loaded has no tests to count.
  const unloadable = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
