/**
 * The threads that answer, one whole question to a thread. A question that takes too long costs its thread; a thread
 * that ends is replaced, and the new one is told everything from the beginning.
 */
import { availableParallelism } from 'node:os';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { FairQueue, type Asker } from '../../../platform/threads/fair-queue.ts';
import type { BrowseAnswer, BrowseQuery, Suggestion, SuggestQuery } from '../browse-query.ts';
import { NotAnswered } from '../plain/not-answered.ts';
import type { Question, Reply, Stamp } from './messages.ts';

const THREAD_FILE = new URL(
  './query.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

const CORES = availableParallelism();

/** Milliseconds a question may take, and may wait. */
const PATIENCE_MS = 10_000;
/** Questions that wait, and those of one person: a page asks some at once, and a program can ask for many pages. */
const MOST_WAITING = { most: 1_000, mostOfOne: 100 };
/** A question that its thread did not survive is asked once more. */
const TRIES = 2;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

export interface QueryThreads {
  /** Questions that wait are answered in turns by asker. Null: nobody in particular. */
  search(query: BrowseQuery, asker: Asker | null): Promise<{ answer: BrowseAnswer; stamp: Stamp }>;
  suggest(query: SuggestQuery, asker: Asker | null): Promise<Suggestion[]>;
  /** Somebody else waits for what is asked with this query, too: it is answered in whose turn comes first. */
  alsoFor(query: BrowseQuery, asker: Asker | null): void;
  /** Whether a thread has an index to answer from. */
  isReady(): boolean;
  /** Threads, and questions that wait. */
  figures(): { threads: number; ready: number; waiting: number };
  /** Has every thread, and every later one, fed by this keeper from now on. `feed` hands a port to it. */
  feedBy(feed: (port: MessagePort) => void): void;
  close(): Promise<void>;
}

export interface QueryThreadsOptions {
  threads: number;
  /** Hears of threads that ended by themselves. */
  onLoss: (why: string) => void;
  /** Hears of each thread that begins. */
  onThread?: (thread: Worker) => void;
  patienceMs?: number;
}

interface Task {
  question: { search: BrowseQuery } | { suggest: SuggestQuery };
  resolve(found: { answer: BrowseAnswer | Suggestion[]; stamp: Stamp }): void;
  reject(error: Error): void;
  askedAt: number;
  tries: number;
}

export function startQueryThreads(options: QueryThreadsOptions): QueryThreads {
  const crew = new Crew(options);
  return {
    search: async (search, asker) => {
      const { answer, stamp } = await crew.ask({ search }, asker);
      return { answer: answer as BrowseAnswer, stamp };
    },
    suggest: async (suggest, asker) => (await crew.ask({ suggest }, asker)).answer as Suggestion[],
    alsoFor: (query, asker) => crew.alsoFor(query, asker),
    isReady: () => crew.ready > 0,
    figures: () => crew.figures(),
    feedBy: (feed) => crew.feedBy(feed),
    close: () => crew.close(),
  };
}

/** What the seats share: who feeds them, and what waits for them. */
class Crew {
  readonly options: QueryThreadsOptions;
  readonly patienceMs: number;
  readonly #seats: Seat[];
  readonly #waiting = new FairQueue<Task>(MOST_WAITING);
  feed: { by: (port: MessagePort) => void; number: number } | null = null;
  closed = false;

  constructor(options: QueryThreadsOptions) {
    this.options = options;
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#seats = Array.from({ length: Math.max(1, options.threads) }, () => new Seat(this));
  }

  get ready(): number {
    return this.#seats.filter((seat) => seat.isReady).length;
  }

  /** Whether one question is all that there is to do. */
  get hasCoreToSpare(): boolean {
    const working = this.#seats.filter((seat) => seat.isWorking).length;
    return CORES > 1 && this.#waiting.size === 0 && working <= 1;
  }

  figures(): ReturnType<QueryThreads['figures']> {
    return { threads: this.#seats.length, ready: this.ready, waiting: this.#waiting.size };
  }

  ask(question: Task['question'], asker: Asker | null): Promise<{ answer: BrowseAnswer | Suggestion[]; stamp: Stamp }> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new Error('The threads of the index are closed.'));
      const task = { question, resolve, reject, askedAt: performance.now(), tries: 0 };
      this.#waiting.push(task, asker)?.reject(new NotAnswered('busy'));
      this.#seats.find((seat) => seat.isFree)?.work();
    });
  }

  alsoFor(query: BrowseQuery, asker: Asker | null): void {
    const task = this.#waiting.find(({ question }) => 'search' in question && question.search === query);
    if (task) this.#waiting.push(task, asker)?.reject(new NotAnswered('busy'));
  }

  /** The next question that has not waited too long. */
  next(): Task | undefined {
    for (;;) {
      const task = this.#waiting.next();
      if (task === undefined || performance.now() - task.askedAt < this.patienceMs) return task;
      task.reject(new NotAnswered('busy'));
    }
  }

  /** A question whose thread has ended goes to another one, unless it has ended two. */
  askAgain(task: Task, why: Error): void {
    if (this.closed || task.tries >= TRIES) return task.reject(why);
    this.#waiting.putBack(task);
    this.#seats.find((seat) => seat.isFree)?.work();
  }

  feedBy(by: (port: MessagePort) => void): void {
    this.feed = { by, number: (this.feed?.number ?? 0) + 1 };
    for (const seat of this.#seats) seat.eat();
  }

  async close(): Promise<void> {
    this.closed = true;
    const error = new Error('The threads of the index were closed before this was answered.');
    for (const task of this.#waiting.clear()) task.reject(error);
    await Promise.all(this.#seats.map((seat) => seat.close(error)));
  }
}

/** One thread, and the question it works on. */
class Seat {
  readonly #crew: Crew;
  #thread: Worker | null = null;
  #fedBy = 0;
  #task: Task | null = null;
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #losses = 0;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  get isReady(): boolean {
    return this.#fedBy !== 0 && this.#fedBy === this.#crew.feed?.number;
  }

  get isWorking(): boolean {
    return this.#task !== null;
  }

  get isFree(): boolean {
    return this.isReady && this.#task === null;
  }

  /** Has the thread fed by the present keeper, starting it when there is none. */
  eat(): void {
    const { feed, closed } = this.#crew;
    if (feed === null || closed) return;
    clearTimeout(this.#again);
    const thread = (this.#thread ??= this.#start());
    const { port1, port2 } = new MessageChannel();
    thread.postMessage({ port: port1, feed: feed.number }, [port1]);
    feed.by(port2);
  }

  /** Takes the next waiting question, if there is one. */
  work(): void {
    const task = this.#thread === null ? undefined : this.#crew.next();
    if (task === undefined) return;
    this.#task = task;
    task.tries += 1;
    this.#asked += 1;
    this.#timer = setTimeout(() => this.#giveUp(), this.#crew.patienceMs);
    try {
      const isAlone = this.#crew.hasCoreToSpare;
      this.#thread?.postMessage({ ask: this.#asked, isAlone, ...task.question } satisfies Question);
    } catch (error) {
      // A question that cannot be handed over must not keep the seat.
      this.#finish()?.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async close(error: Error): Promise<void> {
    clearTimeout(this.#again);
    clearTimeout(this.#timer);
    this.#task?.reject(error);
    this.#task = null;
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(THREAD_FILE);
    this.#crew.options.onThread?.(thread);
    let why = 'it ended by itself';
    thread.on('message', (reply: Reply) => {
      if (thread === this.#thread) this.#hear(reply);
    });
    thread.on('error', (error) => (why = error instanceof Error ? (error.stack ?? error.message) : String(error)));
    thread.on('exit', () => {
      if (thread === this.#thread) this.#lose(why);
    });
    return thread;
  }

  #hear(reply: Reply): void {
    if (reply.kind === 'ready') {
      this.#fedBy = reply.feed;
      if (this.isFree) this.work();
      return;
    }
    if (reply.ask !== this.#asked) return;
    this.#losses = 0;
    const task = this.#finish();
    if (reply.kind === 'answer') task?.resolve({ answer: reply.answer, stamp: reply.stamp });
    else task?.reject(new Error(reply.failure));
  }

  #finish(): Task | null {
    clearTimeout(this.#timer);
    const task = this.#task;
    this.#task = null;
    // The next question goes out before this one's answer is looked at.
    if (this.isReady) this.work();
    return task;
  }

  #giveUp(): void {
    const task = this.#task;
    this.#task = null;
    this.#lose('a question took too long');
    task?.reject(new NotAnswered('slow'));
  }

  /** The thread is gone, or no good any more. Another takes its place, after a pause that grows with every loss. */
  #lose(why: string): void {
    clearTimeout(this.#timer);
    const task = this.#task;
    this.#task = null;
    const thread = this.#thread;
    this.#thread = null;
    this.#fedBy = 0;
    void thread?.terminate();
    this.#crew.options.onLoss(why);
    this.#losses += 1;
    // The first is replaced at once.
    const pause = this.#losses === 1 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#losses);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.eat(), pause);
    if (task !== null) this.#crew.askAgain(task, new Error(`The thread that worked on this ended: ${why}`));
  }
}
