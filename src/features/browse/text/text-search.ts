/**
 * Full text search as the rest of the archive asks for it. The index is derived from the truth, in a file of its own; one
 * thread keeps it up, and a process answers, so that neither waits for the other and the server for none. SQLite cannot be
 * asked to stop in the middle of a question: a process can be ended. Ids alone come out.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadDatabase } from '../../../platform/db/database.ts';
import { Unavailable } from '../../../platform/http/unavailable.ts';
import { startBench, type Bench } from '../../../platform/threads/bench.ts';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import { inTurns } from '../../../platform/threads/in-turns.ts';
import type { TextLeaf } from '../filter/work-filter.ts';
import { NotAnswered } from '../plain/not-answered.ts';
import { cutSnippets, type CutSnippet, type TextToCut } from './snippet.ts';
import {
  matchLeaves,
  placesIn,
  rankWorks,
  textState,
  TextSearchSlow,
  type TextMatch,
  type TextState,
  type Wanted,
} from './text-answers.ts';
import type { TextAsk, TextReply } from './text-asking.worker.ts';
import { openTextFile } from './text-file.ts';
import { textFollower } from './text-follow.ts';
import type { FollowOrder, FollowStart } from './text.worker.ts';

export { TextSearchSlow };
export type { CutSnippet, TextMatch, TextState, TextToCut };

/** Any question can be refused with NotAnswered where too many wait. */
export interface TextSearch {
  /**
   * For each thing that is wanted, a leaf or several of which a work has all, the works in which it is found, ascending;
   * and the place in the event log that this is true of. `inText`: leaves without a place look into chapters too. A leaf
   * without a word finds nothing. At most 50 leaves.
   * @throws TextSearchSlow, also where the leaves are found in more than 16 million works together; Unavailable where the
   * process that answers has just ended.
   */
  match(wanted: readonly Wanted[], inText: boolean): Promise<TextMatch>;
  /** Works in which anything of what is wanted is found, best first, at most 100,000. @throws TextSearchSlow */
  rank(wanted: readonly Wanted[], inText: boolean): Promise<Uint32Array>;
  /** For each of at most 100 works the ids of chapters in which most of the leaves are found, at most 3. @throws TextSearchSlow */
  places(leaves: readonly TextLeaf[], works: readonly number[]): Promise<Map<number, number[]>>;
  /** A snippet of each text in which something is found, at most about 240 characters. @throws TextSearchSlow */
  snippets(leaves: readonly TextLeaf[], texts: readonly TextToCut[]): Promise<CutSnippet[]>;
  status(): Promise<TextState>;
}

export interface TextSearchOptions {
  /** Seconds for one question; 5 when not said. */
  secondsEach?: number;
  /** Told of what went wrong in the thread that follows the log or the process that answers; both go on by themselves. */
  onTrouble?: (message: string) => void;
  /** What answers instead of the process, for tests. */
  bench?: Bench<TextAsk, TextReply>;
}

export interface RunningTextSearch extends TextSearch {
  /** The same for somebody: questions that wait are answered in turns by asker. */
  askedBy(asker: Asker): TextSearch;
  /** Something has been written: looks at the log at once instead of within 200 ms. */
  wake(): void;
  /** Begins anew from the truth; questions are answered meanwhile with what there is. */
  rebuild(): void;
  close(): Promise<void>;
}

/** Where the file of an archive lies. */
export function textPath(dataFolder: string): string {
  return join(dataFolder, 'index', 'text.db');
}

const ENDING = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
const FOLLOWER = new URL('./text.worker' + ENDING, import.meta.url);
const ASKING = new URL('./text-asking.worker' + ENDING, import.meta.url);
/** Heap of the process that answers. */
const ANSWER_MEGABYTES = 512;
/** A thread that ended by itself is started again after this long. */
const AGAIN_MS = 1_000;
/** Questions that wait for the one process that answers; each can take all its seconds. Of one person: some pages at once. */
const MOST_WAITING = { most: 50, mostOfOne: 8 };
/** How long a thread may take to end what it is doing. */
const PATIENCE_MS = 3_000;

/** Starts full text search over an archive. To be started by the one process that owns `data/index`. */
export function startTextSearch(
  place: { dataFolder: string; databaseUrl: string | null },
  options: TextSearchOptions = {},
): RunningTextSearch {
  const path = textPath(place.dataFolder);
  const trouble = options.onTrouble ?? (() => undefined);
  const bench =
    options.bench ??
    startBench<TextAsk, TextReply>({
      file: ASKING,
      workers: 1,
      secondsEach: options.secondsEach ?? 5,
      megabytes: ANSWER_MEGABYTES,
    });
  const follower = keepFollowing({ ...place, path }, trouble);

  const work = (asked: TextAsk) =>
    bench.do(asked).catch((error: unknown) => {
      trouble(error instanceof Error ? error.message : String(error));
      throw new Unavailable('Words cannot be looked for just now.');
    });
  const inTurn = inTurns(work, { ...MOST_WAITING, busy: () => new NotAnswered('busy') });
  const ask = async (asked: TextAsk, asker: Asker | null): Promise<TextReply> => {
    const done = await inTurn(asked, asker);
    if ('overran' in done) throw new TextSearchSlow('The search took too long.');
    if (done.answer.slow !== undefined) throw new TextSearchSlow(done.answer.slow);
    if (done.answer.damaged) follower.order('damaged');
    return done.answer;
  };
  const askedBy = (asker: Asker | null): TextSearch => ({
    match: async (wanted, inText) => matched(await ask({ path, do: 'match', wanted, inText }, asker)),
    rank: async (wanted, inText) =>
      (await ask({ path, do: 'rank', wanted, inText }, asker)).ranked ?? new Uint32Array(),
    places: async (leaves, works) => (await ask({ path, do: 'places', leaves, works }, asker)).places ?? new Map(),
    snippets: async (leaves, texts) => (await ask({ path, do: 'snippets', leaves, texts }, asker)).snippets ?? [],
    status: async () => (await ask({ path, do: 'status' }, asker)).state ?? textState(null),
  });
  const forNobody = askedBy(null);
  // Nobody's first question waits for the process to start.
  forNobody.status().catch(() => undefined);
  return {
    ...forNobody,
    askedBy,
    wake: () => follower.order('wake'),
    rebuild: () => follower.order('rebuild'),
    async close() {
      await Promise.all([bench.close(), follower.close()]);
    },
  };
}

function matched(reply: TextReply): TextMatch {
  if (!reply.match) throw new Error('The process answered something else.');
  return reply.match;
}

/** The thread that follows the log, started again whenever it ends. */
function keepFollowing(start: FollowStart, trouble: (message: string) => void) {
  let closed = false;
  let ended: (() => void) | null = null;
  let thread = run();

  function run(): Worker {
    const worker = new Worker(FOLLOWER, { workerData: start });
    worker.unref();
    worker.on('message', trouble);
    worker.on('error', (error) => trouble(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      ended?.();
      if (!closed) setTimeout(() => !closed && (thread = run()), AGAIN_MS).unref();
    });
    return worker;
  }
  return {
    order: (order: FollowOrder) => thread.postMessage(order),
    async close() {
      if (closed) return;
      closed = true;
      const gone = new Promise<void>((resolve) => (ended = resolve));
      // A thread that has ended by itself a moment ago says nothing any more.
      if (thread.threadId === -1) return;
      thread.ref();
      thread.postMessage('close' satisfies FollowOrder);
      // In the middle of something long it is ended there; what was not committed is done again.
      const patience = setTimeout(() => void thread.terminate(), PATIENCE_MS);
      await gone;
      clearTimeout(patience);
    },
  };
}

export interface InlineTextSearch extends TextSearch {
  /** Brings the index up to the truth. `steps`: does so many pieces of work and stops, wherever that is. */
  refresh(steps?: number): Promise<void>;
  rebuild(): Promise<void>;
  close(): void;
}

/** The same without threads, for tests and commands. `clearMs`: see the follower. */
export function inlineTextSearch(truth: Pick<ReadDatabase, 'reads'>, path: string, clearMs?: number): InlineTextSearch {
  const file = openTextFile(path);
  const follower = textFollower(truth.reads, file, clearMs);
  return {
    match: async (wanted, inText) => matchLeaves(file, wanted, inText),
    rank: async (wanted, inText) => rankWorks(file, wanted, inText),
    places: async (leaves, works) => placesIn(file, leaves, works),
    snippets: async (leaves, texts) => cutSnippets(leaves, texts),
    status: async () => textState(file),
    async refresh(steps = Infinity) {
      for (let step = 0; step < steps; step += 1) if (!(await follower.step())) return;
    },
    rebuild: () => follower.rebuild(),
    close: () => file.close(),
  };
}
