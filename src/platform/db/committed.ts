/**
 * Whether anything has been written since: what is asked before something that was read is shown again. Both databases
 * know it of themselves, whoever wrote, with an event or without, in this process or another.
 */
import { CompiledQuery, PostgresAdapter } from 'kysely';
import type { Reads } from './tables.ts';

/** Changes on a connection when any other has committed; the handle for reads has one connection, and never writes. */
const SQLITE = CompiledQuery.raw('pragma data_version');
/** Which transactions have ended: one that writes cannot end without changing it. */
const POSTGRES = CompiledQuery.raw('select pg_current_snapshot()::text as data_version');

/**
 * Words that stay the same while nothing is committed to the truth. Two reads between two equal answers saw the same
 * truth. To be asked of the handle for reads: a transaction does not see its own writes in it.
 */
export async function committedState(reads: Reads): Promise<string> {
  const query = reads.getExecutor().adapter instanceof PostgresAdapter ? POSTGRES : SQLITE;
  const { rows } = await reads.executeQuery<{ data_version: number | string }>(query);
  return String(rows[0]?.data_version);
}

/** A read that is made again only after something was committed. Whoever gets the answer must not change it. */
export function untilCommitted<T>(reads: Reads, read: (reads: Reads) => Promise<T>): () => Promise<T> {
  let known: { state: string; answer: T } | null = null;
  return async () => {
    const state = await committedState(reads);
    if (known?.state === state) return known.answer;
    const answer = await read(reads);
    // What was read while somebody wrote is for this once.
    if ((await committedState(reads)) === state) known = { state, answer };
    return answer;
  };
}
