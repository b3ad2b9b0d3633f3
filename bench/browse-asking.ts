/** The thread that is asked, seen from outside: it is fed as a keeper feeds its threads. */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { IndexBatch } from '../src/features/browse/engine/index-document.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';
import { packBatch, type Feeding } from '../src/features/browse/keeper/messages.ts';
import type { BrowseAnswer, BrowseQuery, SuggestQuery, Where } from '../src/features/browse/browse-query.ts';
import type { EngineFigures } from '../src/features/browse/engine/engine.ts';
import type { Order, Timed, TimedAnswers, TimedQuery, Told } from './browse-asking.worker.ts';

/** Runs of each question that are counted, and those before them. */
const ROUNDS = 200;
const WARM_UP = 40;

export class AskedThread {
  readonly #thread = new Worker(new URL('./browse-asking.worker.ts', import.meta.url));
  #port: MessagePort | null = null;

  /** Has it begin from a segment. */
  async feed(segment: Segment): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    const fed = this.#ask({ ask: 'feed', port: port2 }, [port2]);
    this.tell(segment);
    await fed;
  }

  /** Tells it of a change, or of a segment that takes the place of all. `later`: what came after the segment was begun. */
  tell(food: IndexBatch | Segment, later: readonly IndexBatch[] = []): void {
    const stamp = { content: 0, counters: 0, version: food.version };
    const said: Feeding =
      'buffer' in food
        ? { kind: 'segment', segment: food, later: later.map(packBatch), stamp }
        : { kind: 'batch', batch: packBatch(food), stamp };
    this.#port?.postMessage(said);
  }

  answers(queries: readonly BrowseQuery[]): Promise<BrowseAnswer[]> {
    return this.#ask({ ask: 'answers', queries }) as Promise<BrowseAnswer[]>;
  }

  /** @param how `isAlone`: with the help that a question has when nothing else is to do. */
  time(
    queries: readonly TimedQuery[],
    { isAlone, rounds = ROUNDS, warmUp = WARM_UP }: { isAlone: boolean; rounds?: number; warmUp?: number },
  ): Promise<TimedAnswers> {
    return this.#ask({ ask: 'time', queries, warmUp, rounds, isAlone }) as Promise<TimedAnswers>;
  }

  /** Asks until `stop`. */
  timeUntilStopped(queries: readonly TimedQuery[]): { answered: Promise<TimedAnswers>; stop: () => void } {
    const answered = this.#ask({
      ask: 'time',
      queries,
      warmUp: 0,
      rounds: null,
      isAlone: false,
    }) as Promise<TimedAnswers>;
    return { answered, stop: () => this.#thread.postMessage({ ask: 'stop' } satisfies Order) };
  }

  floor(segment: Segment, sets: readonly (readonly Where[])[]): Promise<{ matches: number[]; timed: Timed }> {
    return this.#ask({ ask: 'floor', segment, sets, audience: 'guest', rounds: ROUNDS }) as Promise<{
      matches: number[];
      timed: Timed;
    }>;
  }

  async suggest(queries: readonly SuggestQuery[]): Promise<number[]> {
    const [runs] = (await this.#ask({ ask: 'suggest', queries, warmUp: queries.length })) as Timed;
    return runs ?? [];
  }

  figures(): Promise<EngineFigures> {
    return this.#ask({ ask: 'figures' }) as Promise<EngineFigures>;
  }

  async close(): Promise<void> {
    this.#port?.close();
    await this.#thread.terminate();
  }

  #ask(order: Order, transfer: MessagePort[] = []): Promise<Told> {
    return new Promise((resolve, reject) => {
      const ended = (error: unknown) => reject(error instanceof Error ? error : new Error(String(error)));
      this.#thread.once('error', ended);
      this.#thread.once('message', (told: Told) => {
        this.#thread.off('error', ended);
        resolve(told);
      });
      this.#thread.postMessage(order, transfer);
    });
  }
}
