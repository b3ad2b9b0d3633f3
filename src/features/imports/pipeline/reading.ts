/**
 * From a file's bytes to a work as its source describes it, in a process of its own: a file made to hold the program up,
 * or to fill its memory, costs that process and nothing else.
 */
import { startBench } from '../../../platform/threads/bench.ts';
import type { ImportedWork } from '../imported-work.ts';
import type { SourceKeys } from '../queries.ts';

export interface ReadOrder {
  /** The file's own name, without folders. */
  name: string;
  bytes: Uint8Array;
}

export type ReadAnswer =
  | { ok: true; format: string; work: ImportedWork; keys: SourceKeys }
  | { ok: false; format: string | null; reason: string };

export interface Reading {
  /** Reads one file; never throws for what a file holds. */
  read(name: string, bytes: Uint8Array): Promise<ReadAnswer>;
  close(): Promise<void>;
}

/** The largest book of the corpora takes 3 s. */
const SECONDS_EACH = 60;
/** Heap of a reading process. A work of a million words needs about 200 MB. */
const MEGABYTES = 384;

const WORKER_FILE = new URL(
  './reading.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

/** Makes ready to read; the threads start with the first file. `workers`: files read at the same time. */
export function startReading({ workers = 1, secondsEach = SECONDS_EACH } = {}): Reading {
  const bench = startBench<ReadOrder, ReadAnswer>({ file: WORKER_FILE, workers, secondsEach, megabytes: MEGABYTES });
  const read = async (name: string, bytes: Uint8Array, isAgain = false): Promise<ReadAnswer> => {
    try {
      const done = await bench.do({ name, bytes });
      if ('answer' in done) return done.answer;
      return refused(
        done.overran === 'time'
          ? `This file takes longer than ${secondsEach} seconds to read. Split it, or save it as plain text.`
          : 'This file needs more memory to read than an import may take. Split it, or save it as plain text.',
      );
    } catch (error) {
      // A process that something else has ended is no fault of the file's: it gets one more chance.
      if (!isAgain && error instanceof Error && error.message.includes('ended by itself'))
        return read(name, bytes, true);
      return refused(`This file could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    read: (name, bytes) => read(name, bytes),
    close: () => bench.close(),
  };
}

function refused(reason: string): ReadAnswer {
  return { ok: false, format: null, reason };
}
