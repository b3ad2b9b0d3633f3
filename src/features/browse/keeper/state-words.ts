/** What a person reads about the index. Pure. */
import type { IndexState } from './finder.ts';
import type { Verified } from './verify.ts';

const HEADS: Record<IndexState['state'], string> = {
  ready: 'The index is ready: lists are answered from it.',
  loading: 'The index is being read. Until it is ready, lists are answered by the database, without counts.',
  rebuilding:
    'The index is being made anew from the database. Until it is ready, lists are answered by the database, without counts.',
  failed: 'The index has failed and will be started again. Lists are answered by the database, without counts.',
  elsewhere: 'Another server keeps the index of this data folder.',
  resting: 'No server is running. This is the index as it lies on the disk.',
};

/** What `index status` and `index rebuild` print. */
export function stateWords(state: IndexState): string {
  const rows: [string, string][] = [
    ['works', `${count(state.works)} and ${count(state.tags)} tags`],
    [
      'event log',
      `read up to event ${count(state.version)}, ${state.behind === 0 ? 'nothing' : count(state.behind)} behind`,
    ],
    [
      'snapshot',
      state.snapshot === null
        ? 'none'
        : `${bytes(state.snapshot.bytes)}, of event ${count(state.snapshot.version)}, written ${time(state.snapshot.at)}`,
    ],
    ['full text', textWords(state.text)],
  ];
  if (state.state !== 'resting') rows.splice(2, 0, ...runningRows(state));
  return `${HEADS[state.state]}\n${rows.map(([name, words]) => `  ${name.padEnd(12)}${words}\n`).join('')}`;
}

function runningRows({ changed, memory, threads, lastMerge, lastRebuild }: IndexState): [string, string][] {
  const merged = lastMerge ?? lastRebuild;
  const since =
    merged === null
      ? 'since the snapshot'
      : `since ${time(merged.at)}, when they were taken in within ${seconds(merged.ms)}`;
  return [
    ['changes', `${count(changed)} works ${since}`],
    ['memory', `${bytes(memory.segment)} for all threads, ${bytes(memory.changes)} of changes for each`],
    ['threads', `${threads.ready} of ${threads.threads} ready to answer, ${count(threads.waiting)} questions waiting`],
  ];
}

function textWords({ state, works, of, bytes: size }: IndexState['text']): string {
  return state === 'ready'
    ? `ready, ${count(works)} works, ${bytes(size)}`
    : `being made: ${count(works)} of ${count(of)} works, ${bytes(size)}`;
}

/** What `index verify` prints. */
export function verifiedWords({ works, questions, unsure, differences }: Verified): string {
  const compared = `Compared ${count(works)} works and the answers to ${count(questions)} questions with the database`;
  const rest =
    unsure === 0 ? '' : `${count(unsure)} questions were not compared, because something was written every time.\n`;
  if (differences.length === 0) return `${compared}: no difference.\n${rest}`;
  return `${compared}. They differ:\n${differences.map((one) => `  ${one}\n`).join('')}${rest}./fanfold index rebuild makes the index anew.\n`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function bytes(value: number): string {
  if (value < 1_000_000) return `${count(Math.ceil(value / 1_000))} KB`;
  return `${(value / 1_000_000).toFixed(value < 10_000_000 ? 1 : 0)} MB`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
