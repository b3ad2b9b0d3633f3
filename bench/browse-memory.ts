/**
 * A process that does nothing but hold an index, so that what it takes can be told from what a bench takes: starts from
 * the snapshot of a data folder, answers, merges twenty times as the keeper does, and looks at its memory after each. Run by
 * `browse.ts`, which posts what to ask and gets the figures.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openReads } from '../src/platform/db/database.ts';
import type { BrowseQuery } from '../src/features/browse/browse-query.ts';
import type { IndexDocument } from '../src/features/browse/engine/index-document.ts';
import { loadSnapshot } from '../src/features/browse/keeper/beginnings.ts';
import { indexFolder } from '../src/features/browse/keeper/folder-lock.ts';
import { freeMemory } from '../src/platform/threads/free-memory.ts';
import { batchOf, mergeBeside } from './browse-changes.ts';

const LOOK_EVERY_MS = 5;

export interface MemoryOrder {
  dataFolder: string;
  queries: readonly BrowseQuery[];
  /** Works that change before each merge: they are told anew. */
  documents: readonly IndexDocument[];
  merges: number;
}

export interface MemoryFigures {
  works: number;
  startMs: number;
  /** The segment and what one engine has of its own, after all questions were asked. */
  engineBytes: number;
  segmentBytes: number;
  /** What the process has grown by: at rest, at most while it merged, and after each merge. */
  restingBytes: number;
  mergingBytes: number;
  /** What the engine holds right before a merge, changes included. */
  changedBytes: number;
  mergeMs: number[];
  afterMerges: number[];
}

/** Bytes of the process that are in memory, once all that can be freed is freed. */
async function settledMemory(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    freeMemory();
    await sleep(50);
  }
  return process.memoryUsage().rss;
}

async function measure({ dataFolder, queries, documents, merges }: MemoryOrder): Promise<MemoryFigures> {
  const db = openReads({ dataFolder, databaseUrl: null });
  const folder = indexFolder({ dataFolder });
  const before = await settledMemory();
  const began = performance.now();
  const found = await loadSnapshot(folder, db.reads);
  const startMs = performance.now() - began;
  if (!('engine' in found)) throw new Error(`The snapshot is not used: ${found.unusable}`);
  const { engine } = found;
  const segmentBytes = found.segment.buffer.byteLength;
  const askAll = () => {
    for (const query of queries) engine.search(query);
  };
  for (let turn = 0; turn < 5; turn += 1) askAll();
  const resting = await settledMemory();
  const figures = engine.figures();
  // Nothing holds the first segment any more once it has been replaced.
  Object.assign(found, { segment: null, engine: null });

  const [mergeMs, afterMerges]: [number[], number[]] = [[], []];
  let most = 0;
  let changedBytes = 0;
  for (let turn = 0; turn < merges; turn += 1) {
    const version = engine.version + 1;
    for (let from = 0; from < documents.length; from += 500)
      engine.apply(batchOf(version, documents.slice(from, from + 500)));
    askAll();
    changedBytes = Math.max(changedBytes, engine.figures().bytes);
    const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), LOOK_EVERY_MS);
    const mergeBegan = performance.now();
    freeMemory();
    engine.swap(await mergeBeside(engine.mergeInput()));
    mergeMs.push(performance.now() - mergeBegan);
    most = Math.max(most, process.memoryUsage.rss());
    clearInterval(look);
    freeMemory();
    askAll();
    afterMerges.push((await settledMemory()) - before);
  }
  await db.close();
  return {
    works: figures.works,
    startMs,
    engineBytes: figures.bytes,
    segmentBytes,
    restingBytes: resting - before,
    mergingBytes: most - before,
    changedBytes,
    mergeMs,
    afterMerges,
  };
}

async function answer(order: MemoryOrder): Promise<void> {
  const figures = await measure(order);
  process.send?.(figures, () => process.disconnect());
}

// Whoever asked is gone: nobody waits for the figures.
process.once('disconnect', () => process.exit());
process.once('message', (order: MemoryOrder) => void answer(order));
