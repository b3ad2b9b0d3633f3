/** What the threads of the index say to each other. */
import type { MessagePort } from 'node:worker_threads';
import { deserialize, serialize } from 'node:v8';
import type { BrowseAnswer, BrowseQuery, Suggestion, SuggestQuery } from '../browse-query.ts';
import type { IndexBatch } from '../engine/index-document.ts';
import type { Segment } from '../engine/segment.ts';

/** A batch as bytes in shared memory: written once, however many threads read it. */
export type PackedBatch = SharedArrayBuffer;

export function packBatch(batch: IndexBatch): PackedBatch {
  const bytes = serialize(batch);
  const packed = new SharedArrayBuffer(bytes.length);
  new Uint8Array(packed).set(bytes);
  return packed;
}

export function unpackBatch(packed: PackedBatch): IndexBatch {
  // A copy of one's own: V8 reads values from no shared memory.
  return deserialize(Buffer.from(new Uint8Array(packed))) as IndexBatch;
}

/**
 * What kept answers are good for. `content` moves with every change but those of counters alone, `counters` with those.
 * Both begin anew with a keeper.
 */
export interface Stamp {
  content: number;
  counters: number;
  /** The place in the event log that this is. */
  version: number;
}

/** From the keeper to a thread that reads: where to begin, and what comes then. */
export type Feeding =
  | { kind: 'segment'; segment: Segment; later: readonly PackedBatch[]; stamp: Stamp }
  | { kind: 'batch'; batch: PackedBatch; stamp: Stamp }
  /** All that was in the log when it was asked for has been handed over. */
  | { kind: 'up-to-date'; ask: number };

/** From a thread that reads to the keeper: hand over all that is in the log by now, counters too. */
export type Hunger = { kind: 'catch-up'; ask: number };

/** A question for a thread that answers. `isAlone`: no other is worked on or waits, so that a core is free to help with it. */
export type Question = { ask: number; isAlone: boolean } & ({ search: BrowseQuery } | { suggest: SuggestQuery });
export type Reply =
  /** The segment of this feed has come. */
  | { kind: 'ready'; feed: number }
  | { kind: 'answer'; ask: number; answer: BrowseAnswer | Suggestion[]; stamp: Stamp }
  | { kind: 'failure'; ask: number; failure: string };

/** Figures of the keeper's own engine. */
export interface KeptFigures {
  version: number;
  /** Events of the log that are not in it yet. */
  behind: number;
  works: number;
  tags: number;
  /** Works that have changed since the segment was made. */
  changed: number;
  /** Bytes: the segment, shared by all threads, and what one thread has of its own. */
  memory: { segment: number; changes: number };
  lastMerge: { at: number; ms: number } | null;
  lastRebuild: { at: number; ms: number } | null;
  lastSnapshot: { at: number; version: number } | null;
}

/** From the server's own thread to the keeper. */
export type KeeperOrder =
  | { kind: 'look' }
  | { kind: 'feed'; port: MessagePort }
  | { kind: 'rebuild'; ask: number }
  | { kind: 'figures'; ask: number }
  | { kind: 'stop' };

/** From the keeper to the server's own thread. */
export type KeeperNews =
  | { kind: 'state'; state: 'loading' | 'rebuilding' | 'ready' }
  | { kind: 'moved'; stamp: Stamp }
  | { kind: 'figures'; ask: number; figures: KeptFigures }
  | { kind: 'rebuilt'; ask: number }
  | { kind: 'said'; level: 'info' | 'error'; about: string; detail: string };

/** What a keeper is started with. */
export interface KeeperSettings {
  dataFolder: string;
  databaseUrl: string | null;
  /** Changed works after which a merge begins, for tests; null: as the engine says. */
  mergeAt: number | null;
  /** New counters reach the threads at most so often, in milliseconds. */
  countersEveryMs: number;
}
