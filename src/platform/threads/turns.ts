/**
 * Turns of the one thread that serves everybody. Work that is ready at the same moment is otherwise done all at once, and
 * whatever else should happen meanwhile, a timer or another's answer, waits for all of it.
 */

const waiting: (() => void)[] = [];

/**
 * Resolves when it is the caller's turn: one turn in each round of the event loop, in the order in which they were asked
 * for, at once where nobody waits. To be awaited before a piece of work of some milliseconds.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting[0]?.();
  // What this turn does is done before the next immediate, so that whoever comes meanwhile stands in line.
  setImmediate(() => {
    waiting.shift();
    if (waiting.length > 0) next();
  });
}
