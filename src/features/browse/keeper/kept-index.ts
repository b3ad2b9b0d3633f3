/**
 * The index in its threads: one that keeps it, some that answer, one for full text. Where they cannot answer now, plain
 * SQL does.
 */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Log } from '../../../platform/log/log.ts';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import type { BrowseAnswer, BrowseIndex, BrowseQuery } from '../browse-query.ts';
import { startTextSearch, type RunningTextSearch, type TextSearch } from '../text/text-search.ts';
import type { Progress } from './asks.ts';
import { startKeeper } from './keeper-thread.ts';
import { KeptAnswers, placeOf, type Place } from './kept-answers.ts';
import type { KeeperSettings, KeptFigures } from './messages.ts';
import { NotAnswered } from '../plain/not-answered.ts';
import type { PlainBeside } from '../plain/plain-beside.ts';
import { startQueryThreads, type QueryThreads } from './query-threads.ts';
import type { Verified } from './verify.ts';
import { NO_TEXT, textOf } from './text-for-now.ts';
import { startVerifying, type Verifying } from './verifying.ts';

/** What answers somebody's questions. */
export interface Answering {
  index: BrowseIndex;
  text: TextSearch;
}

export interface KeptIndex {
  /** Null: nobody in particular. */
  askedBy(asker: Asker | null): Answering;
  /** Whether lists are answered by the engine now. */
  isReady(): boolean;
  state(): 'loading' | 'rebuilding' | 'ready' | 'failed';
  threads(): ReturnType<QueryThreads['figures']>;
  figures(): Promise<KeptFigures | null>;
  /** Something was written. */
  look(): void;
  /** Makes the index and full text anew. Resolves once the index answers again. */
  rebuild(): Promise<void>;
  verify(progress: (progress: Progress) => void): Promise<Verified>;
  stop(): Promise<void>;
}

export interface KeepingPlan {
  settings: KeeperSettings;
  /** Threads that answer. */
  threads: number | undefined;
  /** Hears of each thread that begins. */
  onThread: (role: 'keeper' | 'query', thread: Worker) => void;
  plain: PlainBeside;
  log: Log;
}

/** Starts to keep an index. Whoever does owns its folder. */
export function startKeeping({ settings, threads: count, onThread, plain, log }: KeepingPlan): KeptIndex {
  const { dataFolder, databaseUrl } = settings;
  const threads = startQueryThreads({
    threads: count ?? availableParallelism() - 1,
    onThread: (thread) => onThread('query', thread),
    onLoss: (why) => log.error({ why }, 'a thread of the index has ended and is replaced'),
  });
  const answers = new KeptAnswers();
  const asked = new Map<string, { query: BrowseQuery; answer: Promise<BrowseAnswer> }>();
  let keepers = 0;
  const verifying = new Set<Verifying>();
  let words: RunningTextSearch | null = null;
  let isStopping = false;
  const keeper = startKeeper({
    settings,
    // Not at once: lists come before search, and making both at the same time takes each twice as long.
    onSettled: () => {
      // A keeper that is ready just when the server stops must start nothing that nobody would end.
      if (isStopping) return;
      words ??= startTextSearch(
        { dataFolder, databaseUrl },
        { onTrouble: (message) => log.error({ error: message }, 'full text search had trouble') },
      );
    },
    onThread: (thread) => onThread('keeper', thread),
    onBegin: (begun) => {
      // A new keeper counts from the beginning: what was asked before it is not kept among its answers.
      keepers += 1;
      answers.clear();
      threads.feedBy((port) => begun.feed(port));
    },
    onSaid: (level, about, detail) => log[level]({ detail }, about),
  });
  const isReady = () => keeper.state() === 'ready' && threads.isReady();

  const ask = async (query: BrowseQuery, place: Place | null, asker: Asker | null): Promise<BrowseAnswer> => {
    const keeperThen = keepers;
    const { answer, stamp } = await threads.search(query, asker);
    if (place !== null && keeperThen === keepers) answers.keep(place, answer, stamp);
    return answer;
  };
  /** Whoever asks what is being asked just now gets the same answer. */
  const askOnce = (query: BrowseQuery, place: Place, asker: Asker | null): Promise<BrowseAnswer> => {
    const { content, counters } = keeper.stamp();
    const key = `${keepers} ${content} ${counters} ${place.key}`;
    const running = asked.get(key);
    if (running !== undefined) {
      threads.alsoFor(running.query, asker);
      return running.answer;
    }
    const answer = ask(query, place, asker).finally(() => asked.delete(key));
    asked.set(key, { query, answer });
    return answer;
  };
  const orPlainly = async <Answer>(attempt: () => Promise<Answer>, plainly: () => Promise<Answer>): Promise<Answer> => {
    if (!isReady()) return plainly();
    try {
      return await attempt();
    } catch (error) {
      // Too many, or too slow: SQL would be slower still.
      if (error instanceof NotAnswered) throw error;
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'the index did not answer');
      return plainly();
    }
  };

  const indexFor = (asker: Asker | null): BrowseIndex => {
    const beside = asker === null ? plain : plain.askedBy(asker);
    return {
      search(query) {
        const place = placeOf(query);
        return orPlainly(
          async () => {
            const kept = place && answers.find(place, keeper.stamp());
            if (kept !== null) return kept;
            return place === null ? ask(query, null, asker) : askOnce(query, place, asker);
          },
          () => beside.search(query),
        );
      },
      suggest: (query) =>
        orPlainly(
          () => threads.suggest(query, asker),
          () => beside.suggest(query),
        ),
    };
  };

  return {
    askedBy: (asker) => ({
      index: indexFor(asker),
      text: textOf(() => (asker === null ? words : words?.askedBy(asker)) ?? NO_TEXT),
    }),
    isReady,
    state: () => keeper.state(),
    threads: () => threads.figures(),
    figures: () => keeper.figures(),
    look() {
      keeper.look();
      words?.wake();
    },
    async rebuild() {
      words?.rebuild();
      await keeper.rebuild();
    },
    async verify(progress) {
      const begun = startVerifying({ dataFolder, databaseUrl }, (port) => keeper.feed(port), progress);
      verifying.add(begun);
      try {
        return await begun.verified;
      } finally {
        verifying.delete(begun);
      }
    },
    async stop() {
      isStopping = true;
      await Promise.all([...verifying].map((one) => one.stop()));
      await Promise.all([threads.close(), keeper.stop(), words?.close()]);
    },
  };
}
