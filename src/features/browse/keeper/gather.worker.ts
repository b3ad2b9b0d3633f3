/** A thread that takes pieces of a walk over all works, hands over what it has gathered, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { openReads } from '../../../platform/db/database.ts';
import { memoryIn } from '../engine/gathered.ts';
import { SegmentBuilder } from '../engine/segment-builder.ts';
import { ConceptMap } from '../feed/concepts.ts';
import { KnownTags } from '../feed/known-tags.ts';
import { takePieces } from '../feed/shared-walk.ts';
import type { GatherOrder } from './gather-beside.ts';

const { walk, ...place } = workerData as GatherOrder;
const db = openReads(place);
const builder = new SegmentBuilder();
await takePieces(db.reads, walk, new KnownTags(db.reads, ConceptMap.from(walk.concepts)), {
  tags: (tags) => builder.addTags(tags),
  documents: (documents) => {
    for (const document of documents) builder.add(document);
  },
});
await db.close();
const gathered = builder.gathered();
parentPort?.postMessage(gathered, memoryIn(gathered));
