/** One import, from the command line or from files handed over in the browser: its states, and what may be done in each. */

export type ImportOrigin = 'command' | 'upload';

/**
 * `gathering`: files are being handed over. `running`: it reads and keeps. `stopped`: a person ended it, or it was cut
 * short and told so; the same command takes it up. `undone`: what it brought in was deleted again.
 */
export type ImportState = 'gathering' | 'running' | 'stopped' | 'done' | 'undone';

/** A run that has said nothing for so long was cut short, in milliseconds. */
export const SILENT_MS = 2 * 60_000;

/** Whether a run that says it is running is heard of no more: its process has ended. */
export function wasCutShort(run: { state: ImportState; seenAt: number }, now: number): boolean {
  return run.state === 'running' && now - run.seenAt > SILENT_MS;
}
