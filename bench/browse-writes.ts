/**
 * What readers notice of an import: one thread is asked the mixed questions without a pause, while so many works come in
 * batches five times a second and segments are merged and swapped as the keeper does it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowseAnswer } from '../src/features/browse/browse-query.ts';
import { Engine, isMergeDue } from '../src/features/browse/engine/engine.ts';
import type { IndexBatch, IndexDocument } from '../src/features/browse/engine/index-document.ts';
import { mergeSegment } from '../src/features/browse/engine/merge.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';
import { freeMemory } from '../src/platform/threads/free-memory.ts';
import { AskedThread } from './browse-asking.ts';
import type { Timed, TimedQuery } from './browse-asking.worker.ts';
import { batchOf, mergeBeside } from './browse-changes.ts';

const BATCH = 50;
const EVERY_MS = 200;
/** Merges in the course of an import, however large the archive is: alone, the keeper would make fewer. */
const MERGES = 3;
const QUIET_ROUNDS = 100;

export interface Written {
  quiet: Timed;
  busy: Timed;
  merges: number;
  /** What the thread answers at the end, first pages. */
  answers: BrowseAnswer[];
}

/** @param segment the whole archive. @param documents those of its works that come in, which are taken out first. */
export async function askWhileWriting(
  segment: Segment,
  documents: readonly IndexDocument[],
  queries: readonly TimedQuery[],
): Promise<Written> {
  const engine = new Engine(segment);
  const removals = documents.map(({ id }) => id);
  engine.apply(batchOf(engine.version, [], removals));
  const without = mergeSegment(engine.mergeInput());
  engine.swap(without);
  freeMemory();
  const thread = new AskedThread();
  try {
    await thread.feed(without);
    // One thread in both: whoever brings works in has the core that could help.
    const { timed: quiet } = await thread.time(queries, { isAlone: false, rounds: QUIET_ROUNDS, warmUp: 30 });
    const asking = thread.timeUntilStopped(queries);
    const merges = await write(engine, thread, documents);
    asking.stop();
    const { timed: busy } = await asking.answered;
    const answers = await thread.answers(queries.map(({ query }) => query));
    return { quiet, busy, merges, answers };
  } finally {
    await thread.close();
  }
}

async function write(engine: Engine, thread: AskedThread, documents: readonly IndexDocument[]): Promise<number> {
  let merges = 0;
  let merging: Promise<void> | null = null;
  /** What came since the merge was begun. */
  let later: IndexBatch[] = [];
  let sinceMerge = 0;
  const merge = async () => {
    later = [];
    const segment = await mergeBeside(engine.mergeInput());
    engine.swap(segment);
    thread.tell(segment, later);
    freeMemory();
    merges += 1;
  };
  for (let from = 0; from < documents.length; from += BATCH) {
    const began = performance.now();
    const piece = documents.slice(from, from + BATCH);
    const batch = batchOf(engine.version + 1, piece);
    engine.apply(batch);
    later.push(batch);
    thread.tell(batch);
    sinceMerge += piece.length;
    const due = isMergeDue(engine.figures()) || sinceMerge >= documents.length / (MERGES + 1);
    if (merging === null && due) {
      sinceMerge = 0;
      merging = merge().finally(() => (merging = null));
    }
    await sleep(Math.max(0, EVERY_MS - (performance.now() - began)));
  }
  await merging;
  return merges;
}
