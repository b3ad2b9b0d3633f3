/**
 * Cleans texts without holding the server up: small ones in place, larger ones in worker threads that start when the
 * first one is needed, let the process end while they are idle, and are replaced when a text takes too long.
 */
import { startBench } from '../threads/bench.ts';
import { clean } from './clean.ts';
import type { CleanOptions, CleanResult, TextFormat } from './clean.ts';
import type { CleanOrder } from './cleaner.worker.ts';

const WORKER_FILE = new URL(
  './cleaner.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

export interface Cleaner {
  /** As `clean`; a text over the time limit is refused as `too-slow`. */
  clean(source: string, format: TextFormat, options?: CleanOptions): Promise<CleanResult>;
  /** Ends the workers. A text that is being cleaned or waits is rejected, and so is any later one. */
  close(): Promise<void>;
}

export interface CleanerOptions {
  /** Texts cleaned at the same time in threads; 1 when not said. */
  workers?: number;
  /** Texts of up to so many characters are cleaned in place (12,000 characters take about 2 ms); 50,000 when not said. */
  inlineLimit?: number;
  /** Time limit for one text; 30 when not said. */
  secondsPerText?: number;
}

/** Starts a cleaner. No thread runs until a text over `inlineLimit` comes. */
export function startCleaner(options: CleanerOptions = {}): Cleaner {
  const { workers = 1, inlineLimit = 50_000, secondsPerText = 30 } = options;
  const bench = startBench<CleanOrder, CleanResult>({ file: WORKER_FILE, workers, secondsEach: secondsPerText });
  let closed = false;
  return {
    async clean(source, format, cleanOptions = {}) {
      if (closed) throw new Error('The cleaner is closed.');
      if (source.length <= inlineLimit) return clean(source, format, cleanOptions);
      const done = await bench.do({ source, format, options: cleanOptions });
      return 'answer' in done ? done.answer : { ok: false, refusal: 'too-slow' };
    },
    async close() {
      closed = true;
      await bench.close();
    },
  };
}
