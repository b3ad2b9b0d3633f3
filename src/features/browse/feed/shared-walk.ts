/**
 * A walk over all works that several threads take part in: each takes the next piece until none is left. What all of them
 * must agree on, what the tags mean, is read once and handed to each.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Handle } from '../../../platform/db/tables.ts';
import { seriesForIndex } from '../../series/index.ts';
import { indexRows } from '../../works/index.ts';
import type { IndexDocument, IndexTag } from '../engine/index-document.ts';
import type { PackedConcepts } from './concepts.ts';
import { documentMaker } from './document.ts';
import type { KnownTags } from './known-tags.ts';
import { unknownTags } from './touched.ts';

/** Can be posted to a thread. */
export interface SharedWalk {
  /** One 32-bit number: how many pieces were taken. */
  taken: SharedArrayBuffer;
  /** Ids that one piece holds. */
  piece: number;
  /** The last id of all. */
  last: number;
  concepts: PackedConcepts;
}

export function sharedWalk(last: number, piece: number, concepts: PackedConcepts): SharedWalk {
  return { taken: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT), piece, last, concepts };
}

/** More pieces than there can be, and room to count on. */
const ALL_TAKEN = 2 ** 30;

/** Leaves nothing to take for anybody. */
export function endWalk({ taken }: SharedWalk): void {
  Atomics.store(new Int32Array(taken), 0, ALL_TAKEN);
}

function nextPiece({ taken, piece, last }: SharedWalk): { from: number; to: number } | null {
  const from = Atomics.add(new Int32Array(taken), 0, 1) * piece + 1;
  return from > last ? null : { from, to: Math.min(last, from + piece - 1) };
}

/** What is told on the way: a tag that was made meanwhile comes before the first document that names it. */
export interface WalkTaker {
  tags(tags: IndexTag[]): void;
  documents(documents: IndexDocument[]): void;
}

/** Takes piece after piece until none is left, and tells of the documents in them. */
export async function takePieces(handle: Handle, walk: SharedWalk, known: KnownTags, take: WalkTaker): Promise<void> {
  const documentFrom = documentMaker(known.concepts);
  for (let piece = nextPiece(walk); piece !== null; piece = nextPiece(walk)) {
    const rows = await indexRows(handle, piece);
    if (rows.length > 0) {
      const made = await known.learn(unknownTags(rows, known));
      if (made.length > 0) take.tags(made);
      const series = await seriesForIndex(handle, piece);
      take.documents(rows.map((row) => documentFrom(row, series.get(row.id) ?? [])));
    }
    await breathe();
  }
}
