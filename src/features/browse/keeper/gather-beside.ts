/** Threads that walk over the works of an archive beside the one that makes its index anew, and gather what they find. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Gathered } from '../engine/gathered.ts';
import type { SharedWalk } from '../feed/shared-walk.ts';

export interface GatherOrder {
  dataFolder: string;
  databaseUrl: string | null;
  walk: SharedWalk;
}

/** A thread that gathered has ended before the walk did. */
export class GatheringFailed extends Error {
  override name = 'GatheringFailed';
}

/** Has others take part in a walk. @throws GatheringFailed */
export type GatherBeside = (walk: SharedWalk) => Promise<Gathered[]>;

const GATHERER = new URL('./gather.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')), import.meta.url);
/** Writing the segment is one thread's work, so that more of them bring less and less. */
const MOST = 3;

/** As many threads as there are processors, the one that asks among them. `least`: at least so many beside it. */
export function gatherBeside(place: Omit<GatherOrder, 'walk'>, least = 0): GatherBeside {
  const threads = Math.max(least, Math.min(MOST, availableParallelism() - 1));
  const { dataFolder, databaseUrl } = place;
  return (walk) => Promise.all(Array.from({ length: threads }, () => gathered({ dataFolder, databaseUrl, walk })));
}

function gathered(order: GatherOrder): Promise<Gathered> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(GATHERER, { workerData: order });
    thread.on('message', resolve);
    thread.on('error', (error) =>
      reject(new GatheringFailed('A thread that gathers works has failed.', { cause: error })),
    );
    thread.on('exit', () => reject(new GatheringFailed('A thread that gathers works ended by itself.')));
  });
}
