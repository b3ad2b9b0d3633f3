/** A long list of works read piece by piece, with room between the pieces for whoever else waits. */
import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from '../../../platform/db/chunks.ts';

/** Hands out the ids in pieces that one statement takes, each after a pause: SQLite answers without letting go. */
export async function* inPieces(ids: Iterable<number>): AsyncGenerator<number[]> {
  for (const piece of chunks([...ids])) {
    await breathe();
    yield piece;
  }
}
