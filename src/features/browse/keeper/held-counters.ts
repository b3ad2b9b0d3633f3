/**
 * New counters of works, held back so that the threads are not told of every kudos: the newest of each work, given out
 * together when their time has come. Pure.
 */
import type { IndexBatch } from '../engine/index-document.ts';

type Counters = IndexBatch['counters'][number];

export class HeldCounters {
  readonly #held = new Map<number, Counters>();

  get size(): number {
    return this.#held.size;
  }

  /** Takes the counters out of a batch. What the batch says of whole works is newer than what was held of them. */
  holdBack(batch: IndexBatch): IndexBatch {
    for (const id of batch.removals) this.#held.delete(id);
    // A work's document and its counters were read in this order or together: the counters win.
    for (const { id } of batch.documents) this.#held.delete(id);
    if (batch.counters.length === 0) return batch;
    for (const counters of batch.counters) this.#held.set(counters.id, counters);
    return { ...batch, counters: [] };
  }

  /** All that was held, as a batch at a version; nothing is held then. */
  release(version: number): IndexBatch {
    const counters = [...this.#held.values()];
    this.#held.clear();
    return { ...NO_CHANGES, version, counters };
  }

  forget(): void {
    this.#held.clear();
  }
}

export const NO_CHANGES: Omit<IndexBatch, 'version'> = {
  renames: [],
  removals: [],
  documents: [],
  counters: [],
  tags: [],
  removedTags: [],
};

/** Whether a batch says nothing but how far the log has been read. */
export function isEmptyBatch({ renames, removals, documents, counters, tags, removedTags }: IndexBatch): boolean {
  return [renames, removals, documents, counters, tags, removedTags].every((changes) => changes.length === 0);
}
