/** The two ways in which an index begins: from the snapshot on the disk, and from the truth. */
import type { Reads } from '../../../platform/db/tables.ts';
import { Engine } from '../engine/engine.ts';
import type { Gathered } from '../engine/gathered.ts';
import { SegmentBuilder } from '../engine/segment-builder.ts';
import type { Segment } from '../engine/segment.ts';
import type { Feed, WholeTaker } from '../feed/feed.ts';
import { archiveMark } from './archive-mark.ts';
import { GatheringFailed, type GatherBeside } from './gather-beside.ts';
import { readSnapshot } from './snapshot.ts';

export interface Loaded {
  segment: Segment;
  engine: Engine;
  /** When it was written. */
  at: number;
}

/** Reads the snapshot of a folder, where it is whole and of this archive's history. @returns why not, otherwise. */
export async function loadSnapshot(folder: string, handle: Reads): Promise<Loaded | { unusable: string }> {
  const found = await readSnapshot(folder);
  if ('unusable' in found) return found;
  const { segment, mark, at } = found;
  if (mark !== (await archiveMark(handle, segment.version))) return { unusable: 'of another history' };
  try {
    return { segment, engine: new Engine(segment), at };
  } catch (error) {
    // Written whole by a version that meant something else by the same bytes.
    return { unusable: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Makes a segment from the truth. `beside`: who gathers works of a large archive too, each in a thread of its own; where
 * that fails, this one does it alone.
 */
export async function wholeSegment(feed: Feed, beside: GatherBeside | null): Promise<Segment> {
  const builder = new SegmentBuilder();
  let others: Gathered[] = [];
  const take: WholeTaker = {
    tags: (tags) => builder.addTags(tags),
    documents: (documents) => {
      for (const document of documents) builder.add(document);
    },
  };
  if (beside) {
    take.share = async (walk) => {
      others = await beside(walk);
      return others.flatMap(({ tags }) => tags.map(({ id }) => id));
    };
  }
  try {
    return builder.build(await feed.whole(take), others);
  } catch (error) {
    // What it had taken to gather is lost with it.
    if (beside !== null && error instanceof GatheringFailed) return wholeSegment(feed, null);
    throw error;
  }
}
