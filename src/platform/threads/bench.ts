/**
 * Work done in threads or processes, so that the server goes on answering: each order is answered by a worker file's
 * function, within limits of time and memory. A thread that overruns them is ended, and the next order gets a new one.
 * Threads start when they are needed and let the program end while they are idle.
 */
import { startProcess, startThread, type Hand } from './hands.ts';

/** What became of an order: answered, or ended because it took too long or too much memory. */
export type Done<Answer> = { answer: Answer } | { overran: 'time' | 'memory' };

export interface Bench<Order, Answer> {
  /** Does one order. @throws what the worker's function threw. */
  do(order: Order): Promise<Done<Answer>>;
  /** Ends the threads. What is under way or waits is rejected, and so is any later order. */
  close(): Promise<void>;
}

export interface BenchOptions {
  /** A worker file that calls `answerOrders` (worker.ts). */
  file: URL;
  /** Orders done at the same time. */
  workers: number;
  secondsEach: number;
  /**
   * Limit of the heap of what works on an order. With it the work is done in a process of its own: a thread that outgrows
   * its limit in one step ends the whole program.
   */
  megabytes?: number;
}

/** What a worker posts back for an order. */
export type Answered<Answer> = { answer: Answer } | { failure: string };

interface Task<Order, Answer> {
  order: Order;
  resolve(done: Done<Answer>): void;
  reject(error: Error): void;
}

/** Makes a bench; no thread runs until the first order. */
export function startBench<Order, Answer>(options: BenchOptions): Bench<Order, Answer> {
  const waiting: Task<Order, Answer>[] = [];
  const seats = Array.from(
    { length: Math.max(1, options.workers) },
    () => new Seat<Order, Answer>(options, () => waiting.shift()),
  );
  let closed = false;
  return {
    async do(order) {
      if (closed) throw new Error('The threads for this are closed.');
      return new Promise((resolve, reject) => {
        waiting.push({ order, resolve, reject });
        seats.find((seat) => seat.idle)?.take();
      });
    },
    async close() {
      closed = true;
      const error = new Error('The threads were closed before this was done.');
      for (const task of waiting.splice(0)) task.reject(error);
      await Promise.all(seats.map((seat) => seat.close(error)));
    },
  };
}

/** One thread and the order it works on. */
class Seat<Order, Answer> {
  readonly #options: BenchOptions;
  readonly #next: () => Task<Order, Answer> | undefined;
  #worker: Hand | undefined;
  #task: Task<Order, Answer> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BenchOptions, next: () => Task<Order, Answer> | undefined) {
    this.#options = options;
    this.#next = next;
  }

  get idle(): boolean {
    return this.#task === undefined;
  }

  /** Takes the next waiting order, if there is one. */
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
      this.#finish((late) => late.resolve({ overran: 'time' }));
    }, this.#options.secondsEach * 1000);
    try {
      worker.post(task.order);
    } catch (error) {
      // An order that cannot be handed over must not keep the seat.
      this.#finish((unsent) => unsent.reject(error instanceof Error ? error : new Error(String(error))));
    }
  }

  async close(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#timer);
    this.#task?.reject(error);
    this.#task = undefined;
    // What is idle lets the program end; it must not before what is awaited here.
    worker?.ref();
    await worker?.end();
  }

  #start(): Hand {
    const { file, megabytes } = this.#options;
    const worker: Hand = (megabytes === undefined ? startThread : startProcess)(file, megabytes ?? 0, {
      answered: (message) => {
        const said = message as Answered<Answer>;
        if (worker !== this.#worker) return;
        this.#finish((task) => {
          if ('answer' in said) task.resolve({ answer: said.answer });
          else task.reject(new Error(said.failure));
        });
      },
      gone: (why) => {
        if (worker !== this.#worker) return;
        this.#worker = undefined;
        this.#finish((task) => (why === 'memory' ? task.resolve({ overran: 'memory' }) : task.reject(why)));
      },
    });
    return worker;
  }

  /** A thread in the middle of an order cannot be asked to stop; it is ended, and the next order gets a new one. */
  #discard(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.end();
  }

  #finish(settle: (task: Task<Order, Answer>) => void): void {
    clearTimeout(this.#timer);
    const task = this.#task;
    this.#task = undefined;
    if (task === undefined) return;
    settle(task);
    this.take();
  }
}
