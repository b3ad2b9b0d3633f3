/**
 * The rescue of the import for a text that somebody has pasted: paragraphs that were lost on the way are found again. In a
 * thread, since a long chapter takes most of a second.
 */
import { startBench } from '../../../platform/threads/bench.ts';
import type { LostText } from './paragraphs.worker.ts';

const WORKER_FILE = new URL(
  './paragraphs.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);
const SECONDS_EACH = 20;

export interface ParagraphFinder {
  /**
   * Takes clean HTML and the code of its language, or ''; returns it with paragraphs where there were none, not yet
   * clean. What needs no rescue, or takes too long, comes back as it was.
   */
  find(html: string, language: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a finder. No thread runs until a text comes. */
export function startParagraphFinder(): ParagraphFinder {
  const bench = startBench<LostText, string>({ file: WORKER_FILE, workers: 1, secondsEach: SECONDS_EACH });
  return {
    async find(html, language) {
      const done = await bench.do({ html, language });
      return 'answer' in done ? done.answer : html;
    },
    close: () => bench.close(),
  };
}
