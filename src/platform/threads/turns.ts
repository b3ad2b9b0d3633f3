/**
 * Turns of the one thread that serves everybody. Work that is ready at the same moment is otherwise done all at once, and
 * whatever else should happen meanwhile, a timer or another's answer, waits for all of it.
 */

/** Those who have begun, and those who have not: in the order in which they asked. */
const [begun, beginning]: [(() => void)[], (() => void)[]] = [[], []];
let isRunning = false;

/**
 * Resolves when it is the caller's turn: one turn in each round of the event loop, in the order in which they were asked
 * for, at once where nobody waits. To be awaited before a piece of work of some milliseconds, within something begun.
 */
export function turn(): Promise<void> {
  return inLine(begun);
}

/**
 * The same for who has not begun yet. What is begun comes to its end first: fifty half-made pages hold fifty times the
 * memory of one, and none of them is there sooner.
 */
export function firstTurn(): Promise<void> {
  return inLine(beginning);
}

function inLine(line: (() => void)[]): Promise<void> {
  return new Promise((resolve) => {
    line.push(resolve);
    if (isRunning) return;
    isRunning = true;
    setImmediate(next);
  });
}

function next(): void {
  const turns = begun.shift() ?? beginning.shift();
  isRunning = turns !== undefined;
  turns?.();
  // What this turn does is done before the next immediate.
  if (isRunning) setImmediate(next);
}
