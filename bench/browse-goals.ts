/** The lines of the bench of lists as a table for people, each with the goal it has. */
import { findingsTable, type Finding } from './figures.ts';

/** One line of figures: of a `query`, or of a `measure`. */
export type Line = Record<string, unknown>;

/** Goals of questions at one million works on two cores, in milliseconds; the smallest list has one of its own against PostgreSQL. */
const QUERY_MS: Record<string, number> = { huge: 3, two3x: 2, free: 8, none: 0.5, half_not: 10, words_only: 8 };
const TIMES_POSTGRES = 50;
const TIMES_POSTGRES_SMALL = 5;
const TIMES_FLOOR = 1.5;
const RESTING_BYTES = 250;
const MERGING_BYTES = 600;
const SNAPSHOT_MS = 500;
const REBUILD_MS = 10_000;
const TIMES_QUIET = 5;
const SUGGEST_MS = 5;
/** A little more than linear is measured where all is linear. */
const SLOPE = 1.05;
const FLAT = 1.1;

const number = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);

export function goalsTable(lines: readonly Line[]): string {
  return findingsTable(lines.flatMap((line) => (typeof line['query'] === 'string' ? ofQuery(line) : ofMeasure(line))));
}

function atMost(what: string, value: unknown, goal: number, unit = ''): Finding {
  const found = number(value);
  return { what, found: `${found}${unit}`, goal: `≤ ${goal}${unit}`, met: found <= goal };
}

function ofQuery(line: Line): Finding[] {
  const name = String(line['query']);
  const goal = QUERY_MS[name];
  const ratio = line['ratio'] === null ? null : number(line['ratio']);
  const least = name === 'small' ? TIMES_POSTGRES_SMALL : TIMES_POSTGRES;
  return [
    {
      what: `${name}: ${String(line['matches'])} works, p50 / p99`,
      found: `${String(line['p50_ms'])} / ${String(line['p99_ms'])} ms`,
      goal: goal === undefined ? '' : `about ${goal} ms`,
      met: goal === undefined ? null : number(line['p50_ms']) <= goal,
    },
    {
      what: `${name}: PostgreSQL / engine`,
      found: ratio === null ? 'not measured' : String(ratio),
      goal: `≥ ${least}`,
      met: ratio === null ? null : ratio >= least,
    },
    atMost(`${name}: engine / bare pass`, line['floor_ratio'], TIMES_FLOOR),
  ];
}

function ofMeasure(line: Line): Finding[] {
  switch (line['measure']) {
    case 'memory':
      return [
        atMost('bytes a work, at rest', line['bytes_a_work'], RESTING_BYTES),
        atMost('bytes a work, as the process has grown', line['process_bytes_a_work'], RESTING_BYTES),
        atMost('bytes a work while merging, as the process has grown', line['merging_bytes_a_work'], MERGING_BYTES),
      ];
    case 'start':
      return [
        atMost('start from a snapshot', line['snapshot_ms'], SNAPSHOT_MS, ' ms'),
        atMost('rebuild from SQL', line['rebuild_ms'], REBUILD_MS, ' ms'),
      ];
    case 'merges':
      return [
        {
          what: `memory after ${String(line['merges'])} merges`,
          found: `${String(line['first_mb'])} MB after the first, ${String(line['last_mb'])} after the last`,
          goal: 'flat',
          met: number(line['last_mb']) <= number(line['first_mb']) * FLAT,
        },
      ];
    case 'suggest':
      return [atMost(`type-ahead, ${String(line['kind'])}, p99`, line['p99_ms'], SUGGEST_MS, ' ms')];
    case 'writes':
      return [
        atMost('p99 while works come in, times the quiet p50', line['times_quiet'], TIMES_QUIET),
        atMost('the same, the worst question alone', line['times_quiet_worst'], TIMES_QUIET),
        atMost('wrong answers after it', line['wrong'], 0),
      ];
    case 'growth':
      return Object.entries(line['slope'] as Record<string, unknown>).map(([name, slope]) =>
        atMost(`growth of ${name} from one to four (1: linear)`, slope, SLOPE),
      );
    default:
      return [];
  }
}
