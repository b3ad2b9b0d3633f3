/** How far an import has come: one line that is rewritten on a terminal, one line a file elsewhere. */
import type { FileReport } from './import-options.ts';
import { printable, type Terminal } from './terminal.ts';

export interface Progress {
  /** One more file is safe, or refused. */
  done(report: FileReport): void;
  end(): void;
}

const REDRAW_MS = 100;

/** `clock`: milliseconds that only grow. */
export function progress(out: Terminal, total: number, clock: () => number): Progress {
  return out.isTTY ? rewrittenLine(out, total, clock) : lineByLine(out);
}

function lineByLine(out: Terminal): Progress {
  return {
    done: ({ outcome, work, file }) =>
      out.write(`${outcome.padEnd(9)} ${(work ?? '–').padEnd(10)} ${printable(file)}\n`),
    end: () => {},
  };
}

function rewrittenLine(out: Terminal, total: number, clock: () => number): Progress {
  const began = clock();
  let count = 0;
  let drawn = 0;
  const draw = () => out.write(`\r\u001b[K${progressLine(count, total, clock() - began, out.columns)}`);
  return {
    done: () => {
      count += 1;
      if (clock() - drawn < REDRAW_MS && count < total) return;
      drawn = clock();
      draw();
    },
    end: () => out.write('\r\u001b[K'),
  };
}

/** "████░░░░ 1,204 of 10,000 · 182 a second · 48 s left" */
export function progressLine(count: number, total: number, elapsedMs: number, columns: number): string {
  const rate = count / Math.max(elapsedMs / 1000, 0.001);
  const left = rate > 0 ? (total - count) / rate : Number.POSITIVE_INFINITY;
  const words = `${count.toLocaleString('en')} of ${total.toLocaleString('en')} · ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second · ${timeLeft(left)} left`;
  const width = Math.max(0, Math.min(24, columns - words.length - 2));
  const full = Math.round((count / Math.max(total, 1)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}${width > 0 ? ' ' : ''}${words}`;
}

/** Seconds as a person says them: "8 s", "3 min", "2 h 5 min". */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '…';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
