/**
 * Checks style sheets in a thread of its own, which starts with the first one and lets the process end while it is idle. What
 * takes too long there holds nobody up.
 */
import { startBench } from '../threads/bench.ts';
import type { CheckOrder } from './checker.worker.ts';
import type { CheckedSheet } from './sheet.ts';

const WORKER_FILE = new URL(
  './checker.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);
/** A sheet of 500,000 characters takes about one second. */
const SECONDS_EACH = 10;

export interface SheetChecker {
  /** As `checkSheet`; a sheet that takes too long is refused in one sentence. */
  check(order: CheckOrder): Promise<CheckedSheet>;
  close(): Promise<void>;
}

export function startSheetChecker({ secondsEach = SECONDS_EACH } = {}): SheetChecker {
  const bench = startBench<CheckOrder, CheckedSheet>({ file: WORKER_FILE, workers: 1, secondsEach });
  return {
    async check(order) {
      const done = await bench.do(order);
      if ('answer' in done) return done.answer;
      return { ok: false, refusals: [{ line: 1, sentence: 'This takes too long to check. Make it shorter.' }] };
    },
    close: () => bench.close(),
  };
}
