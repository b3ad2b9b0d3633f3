/** What the benches have in common in how they are asked and how they answer. */
import { parseArgs } from 'node:util';

export interface Asked {
  works: number;
  json: boolean;
}

/** Reads `--works N` and `--json` from the command line. */
export function asked(works: number): Asked {
  const { values } = parseArgs({ options: { works: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const said = values.works === undefined ? works : Number(values.works);
  if (!Number.isInteger(said) || said < 1) throw new Error('--works takes a whole number from 1.');
  return { works: said, json: values.json };
}

/** The value below which the share `at` (0 to 1) of the samples lies; NaN for none. */
export function quantile(samples: readonly number[], at: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** One claim and what was found. `met` null: for information. */
export interface Finding {
  what: string;
  found: string;
  goal: string;
  met: boolean | null;
}

/** Findings as a table for people. */
export function findingsTable(findings: readonly Finding[]): string {
  const rows = findings.map(({ what, found, goal, met }) => [
    what,
    found,
    goal,
    met === null ? '' : met ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .concat('')
    .join('\n');
}
