/** The end of an import: how many files came to what, and for those a person has to look at, why. Pure. */
import { basename, dirname } from 'node:path/posix';
import { timeLeft } from './progress.ts';
import { PART_OF, type FileReport, type ImportOptions, type Outcome } from './import-options.ts';
import { numberedGroups } from './numbered-files.ts';
import { printable } from './terminal.ts';

const LABELS: Record<Outcome, string> = {
  posted: 'posted',
  draft: 'drafts to review',
  unchanged: 'unchanged',
  update: 'changed at the source',
  refused: 'refused',
};
const EXPLAINED = 20;

/** @returns the table as text, ending with a line break. `seconds`: how long the import took. */
export function outcomeTable(reports: readonly FileReport[], options: ImportOptions, seconds: number): string {
  const count = (outcome: Outcome) => reports.filter((report) => report.outcome === outcome).length;
  const rate = Math.round(reports.length / Math.max(seconds, 0.001));
  const lines = [
    '',
    `${reports.length.toLocaleString('en')} ${reports.length === 1 ? 'file' : 'files'} in ${timeLeft(seconds)}, ${rate.toLocaleString('en')} a second.`,
    ...(options.dryRun ? ['Dry run: nothing was written.'] : []),
    '',
  ];
  for (const outcome of Object.keys(LABELS) as Outcome[]) {
    lines.push(`  ${String(count(outcome)).padStart(7)}  ${LABELS[outcome]}`);
  }
  const guesses = reports.reduce((sum, report) => sum + report.guesses, 0);
  if (guesses > 0)
    lines.push('', `  ${guesses.toLocaleString('en')} guesses wait to be looked at: /imports in the browser.`);
  lines.push(...joinable(reports, options));
  lines.push(...explained(reports, 'refused'), ...explained(reports, 'update'), ...reasonsForDrafts(reports));
  const unmapped = reports.filter((report) => report.unmapped.length > 0).length;
  if (unmapped > 0) {
    lines.push(
      '',
      `  ${unmapped} ${unmapped === 1 ? 'file holds' : 'files hold'} something that has no place here; --report FILE names it.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Files that look like chapters of one work, unless they were joined. */
function joinable(reports: readonly FileReport[], options: ImportOptions): string[] {
  if (options.join) return [];
  const came = reports.filter((report) => report.outcome === 'draft' || report.outcome === 'posted');
  const groups = numberedGroups(came.map(({ file }) => ({ path: file, name: basename(file), folder: dirname(file) })));
  if (groups.length === 0) return [];
  const shown = groups
    .slice(0, EXPLAINED)
    .map((group) => `    ${printable(group[0]?.path ?? '')} and ${group.length - 1} more`);
  return ['', '  these look like chapters of one work; --join, or /imports in the browser, makes them one:', ...shown];
}

function explained(reports: readonly FileReport[], outcome: Outcome): string[] {
  const these = reports.filter((report) => report.outcome === outcome);
  if (these.length === 0) return [];
  const more =
    these.length > EXPLAINED ? [`    … and ${these.length - EXPLAINED} more; --report FILE has them all.`] : [];
  return [
    '',
    `  ${LABELS[outcome]}:`,
    ...these
      .slice(0, EXPLAINED)
      .map((report) => `    ${printable(report.file)}\n      ${printable(report.reason ?? '')}`),
    ...more,
  ];
}

/** Drafts by what they lack, most frequent first: a folder often lacks the same thing throughout. */
function reasonsForDrafts(reports: readonly FileReport[]): string[] {
  const reasons = new Map<string, number>();
  for (const report of reports) {
    const isPart = report.reason?.startsWith(PART_OF);
    if (report.outcome === 'draft' && report.reason && !isPart)
      reasons.set(report.reason, (reasons.get(report.reason) ?? 0) + 1);
  }
  if (reasons.size === 0) return [];
  const sorted = [...reasons].toSorted((a, b) => b[1] - a[1]).slice(0, EXPLAINED);
  return [
    '',
    '  drafts:',
    ...sorted.map(([reason, files]) => `    ${String(files).padStart(5)} × ${printable(reason)}`),
  ];
}
