/**
 * Cleans texts without holding the server up: small ones in place, larger ones in worker threads that start when the
 * first one is needed, let the process end while they are idle, and are replaced when a text takes too long.
 */
import { Worker } from 'node:worker_threads';
import { clean } from './clean.ts';
import type { CleanOptions, CleanResult, TextFormat } from './clean.ts';
import type { CleanAnswer, CleanOrder } from './cleaner.worker.ts';

const WORKER_FILE = new URL(
  './cleaner.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

export interface Cleaner {
  /** As `clean`; a text over the time limit is refused as `too-slow`. */
  clean(source: string, format: TextFormat, options?: CleanOptions): Promise<CleanResult>;
  /** Ends the workers. A text that is being cleaned or waits is rejected, and so is any later one. */
  close(): Promise<void>;
}

export interface CleanerOptions {
  /** Texts cleaned at the same time in threads; 1 when not said. */
  workers?: number;
  /** Texts of up to so many characters are cleaned in place (12,000 characters take about 2 ms); 50,000 when not said. */
  inlineLimit?: number;
  /** Time limit for one text; 30 when not said. */
  secondsPerText?: number;
}

interface Task {
  order: CleanOrder;
  resolve(result: CleanResult): void;
  reject(error: Error): void;
}

/** Starts a cleaner. No thread runs until a text over `inlineLimit` comes. */
export function startCleaner(options: CleanerOptions = {}): Cleaner {
  const { workers = 1, inlineLimit = 50_000, secondsPerText = 30 } = options;
  const waiting: Task[] = [];
  const benches = Array.from({ length: Math.max(1, workers) }, () => new Bench(secondsPerText, nextTask));
  let closed = false;

  function nextTask(): Task | undefined {
    return waiting.shift();
  }

  return {
    async clean(source, format, cleanOptions = {}) {
      if (closed) throw new Error('The cleaner is closed.');
      if (source.length <= inlineLimit) return clean(source, format, cleanOptions);
      return new Promise((resolve, reject) => {
        waiting.push({ order: { source, format, options: cleanOptions }, resolve, reject });
        benches.find((bench) => bench.idle)?.take();
      });
    },
    async close() {
      closed = true;
      const error = new Error('The cleaner was closed before this text was cleaned.');
      for (const task of waiting.splice(0)) task.reject(error);
      await Promise.all(benches.map((bench) => bench.close(error)));
    },
  };
}

/** One thread and the text it works on. */
class Bench {
  readonly #milliseconds: number;
  readonly #next: () => Task | undefined;
  #worker: Worker | undefined;
  #task: Task | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(secondsPerText: number, next: () => Task | undefined) {
    this.#milliseconds = secondsPerText * 1000;
    this.#next = next;
  }

  get idle(): boolean {
    return this.#task === undefined;
  }

  /** Takes the next waiting text, if there is one. */
  take(): void {
    const task = this.#next();
    if (task === undefined) {
      this.#worker?.unref();
      return;
    }
    this.#task = task;
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    this.#timer = setTimeout(() => {
      this.#discard();
      this.#finish((late) => late.resolve({ ok: false, refusal: 'too-slow' }));
    }, this.#milliseconds);
    worker.postMessage(task.order);
  }

  async close(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#timer);
    this.#task?.reject(error);
    this.#task = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(WORKER_FILE);
    worker.on('message', (answer: CleanAnswer) => {
      if (worker !== this.#worker) return;
      this.#finish((task) => {
        if ('result' in answer) task.resolve(answer.result);
        else task.reject(new Error(`Cleaning failed: ${answer.failure}`));
      });
    });
    const gone = (error: Error): void => {
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      this.#finish((task) => task.reject(error));
    };
    worker.on('error', gone);
    worker.on('exit', () => gone(new Error('The cleaning thread ended by itself.')));
    return worker;
  }

  /** A thread in the middle of a text cannot be asked to stop; it is ended, and the next text gets a new one. */
  #discard(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #finish(settle: (task: Task) => void): void {
    clearTimeout(this.#timer);
    const task = this.#task;
    this.#task = undefined;
    if (task === undefined) return;
    settle(task);
    this.take();
  }
}
