/** A thread that helps another one to count: it knows a segment, and nothing of questions, changes or audiences. */
import { parentPort } from 'node:worker_threads';
import { freeMemory } from '../../../platform/threads/free-memory.ts';
import { openSegment, type OpenSegment } from '../engine/segment.ts';
import { helpPass, type SharedPass } from '../engine/shared-pass.ts';
import type { HelpOrder } from './divided-pass.ts';

let present: { segment: OpenSegment; shared: SharedPass } | null = null;

parentPort?.on('message', (order: HelpOrder) => {
  if (order === 'forget') {
    present = null;
    // Nothing else reminds a thread without work that hundreds of megabytes are gone.
    freeMemory();
  } else if ('pass' in order) {
    if (present !== null) helpPass(present.segment, present.shared, order);
  } else present = { segment: openSegment(order.buffer), shared: order.shared };
});
