/** How far an import has come: one line that is rewritten on a terminal, one line a file elsewhere. */
import type { FileReport, Total } from './import-options.ts';
import { printable, type Terminal } from './terminal.ts';

export interface Progress {
  /** How much there is, and how much of it was done before; said once, before the first file. */
  begin(total: Total, done: Total): void;
  /** One more file is safe, or refused; `weight`: how much of the whole it was. */
  done(report: FileReport, weight: number): void;
  end(): void;
}

const REDRAW_MS = 100;

/** `clock`: milliseconds that only grow. */
export function progress(out: Terminal, clock: () => number): Progress {
  return out.isTTY ? rewrittenLine(out, clock) : lineByLine(out);
}

function lineByLine(out: Terminal): Progress {
  return {
    begin: () => {},
    done: ({ outcome, work, file }) =>
      out.write(`${outcome.padEnd(9)} ${(work ?? '–').padEnd(10)} ${printable(file)}\n`),
    end: () => {},
  };
}

function rewrittenLine(out: Terminal, clock: () => number): Progress {
  let began = clock();
  let whole: Total = { files: 0, weight: 0 };
  let before: Total = { files: 0, weight: 0 };
  let files = 0;
  let weight = 0;
  let drawn = 0;
  const draw = () => {
    const line = { files, total: whole.files, share: whole.weight > 0 ? weight / whole.weight : 0, before };
    out.write(
      `\r\u001b[K${progressLine({ ...line, beforeShare: before.weight / Math.max(whole.weight, 1) }, clock() - began, out.columns)}`,
    );
  };
  return {
    begin: (total, done) => {
      began = clock();
      [whole, before, files, weight] = [total, done, done.files, done.weight];
      draw();
    },
    done: (_report, more) => {
      files += 1;
      weight += more;
      if (clock() - drawn < REDRAW_MS && files < whole.files) return;
      drawn = clock();
      draw();
    },
    end: () => out.write('\r\u001b[K'),
  };
}

/** How far an import is: files, and the share of all its work (0 to 1) that is done, which says how long it will take. */
export interface HowFar {
  files: number;
  total: number;
  share: number;
  /** Done before this run took it up. */
  before: { files: number };
  beforeShare: number;
}

/** "████░░░░ 1,204 of 10,000 · 182 a second · 48 s left" */
export function progressLine(far: HowFar, elapsedMs: number, columns: number): string {
  const rate = (far.files - far.before.files) / Math.max(elapsedMs / 1000, 0.001);
  const gone = far.share - far.beforeShare;
  const left = gone > 0 ? ((1 - far.share) / gone) * (elapsedMs / 1000) : Number.POSITIVE_INFINITY;
  const words = `${far.files.toLocaleString('en')} of ${far.total.toLocaleString('en')} · ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second · ${timeLeft(left)} left`;
  const width = Math.max(0, Math.min(24, columns - words.length - 2));
  const full = Math.round(Math.min(1, far.share) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}${width > 0 ? ' ' : ''}${words}`;
}

/** Seconds as a person says them: "8 s", "3 min", "2 h 5 min". */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '…';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
