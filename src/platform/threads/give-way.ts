/** Threads whose work can wait: where processors are few, somebody's page goes before a merge. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A thread with this gets a tenth of a processor that another wants too, and all of one that nobody wants (sched(7)). */
const NICENESS = 10;

/**
 * From here on the calling thread gives way to all others. On Linux, where a thread has a priority of its own; elsewhere
 * nothing is changed, since it would be the whole process's.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    // 0 is the process.
    if (thread > 0) setPriority(thread, NICENESS);
  } catch {
    // Without /proc, or where it is forbidden: then it is only the slower way.
  }
}
