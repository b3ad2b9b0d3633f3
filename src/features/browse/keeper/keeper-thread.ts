/** The keeper's thread as the server sees it: started, started again when it ends, told of writes, asked for figures. */
import { Worker, type MessagePort } from 'node:worker_threads';
import type { KeeperNews, KeeperOrder, KeeperSettings, KeptFigures, Stamp } from './messages.ts';

const THREAD_FILE = new URL(
  './keeper.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** Who has kept so long without ending begins anew with short pauses. */
const STEADY_MS = 60_000;
/** What a keeper is given to finish a merge and write a snapshot, before it is ended. */
const STOP_MS = 5_000;
/** A keeper that rebuilds answers between two pieces of work. */
const FIGURES_MS = 30_000;

export type KeeperState = 'loading' | 'rebuilding' | 'ready' | 'failed';

export interface KeeperThread {
  state(): KeeperState;
  /** What answers are good for now. */
  stamp(): Stamp;
  /** Has the keeper look at the log: something was written. */
  look(): void;
  feed(port: MessagePort): void;
  /** @returns null where the keeper is not there to say. */
  figures(): Promise<KeptFigures | null>;
  /** Makes the index anew from the truth. Resolves once it answers again. @throws when the keeper ends before. */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

export interface KeeperThreadNeeds {
  settings: KeeperSettings;
  /** A keeper has begun, and has nobody to feed yet. */
  onBegin: (keeper: KeeperThread) => void;
  /** The index can be answered from, or has failed: what else wants the processor can have it now. */
  onSettled: () => void;
  onSaid: (level: 'info' | 'error', about: string, detail: string) => void;
  /** Hears of each thread that begins. */
  onThread?: (thread: Worker) => void;
}

interface Asked {
  resolve: (figures: KeptFigures | null) => void;
  reject: (error: Error) => void;
}

export function startKeeper(needs: KeeperThreadNeeds): KeeperThread {
  const keeper = new Kept(needs);
  keeper.begin();
  return keeper;
}

class Kept implements KeeperThread {
  readonly #needs: KeeperThreadNeeds;
  readonly #asked = new Map<number, Asked>();
  #thread: Worker | null = null;
  #state: KeeperState = 'loading';
  #stamp: Stamp = { content: 0, counters: 0, version: 0 };
  #ask = 0;
  #failures = 0;
  #begunAt = 0;
  #again: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(needs: KeeperThreadNeeds) {
    this.#needs = needs;
  }

  begin(): void {
    if (this.#stopping) return;
    const thread = new Worker(THREAD_FILE, { workerData: this.#needs.settings });
    this.#needs.onThread?.(thread);
    this.#thread = thread;
    this.#state = 'loading';
    this.#begunAt = performance.now();
    let why = 'it ended by itself';
    thread.on('message', (news: KeeperNews) => this.#hear(news));
    thread.on('error', (error) => (why = error instanceof Error ? (error.stack ?? error.message) : String(error)));
    thread.on('exit', () => this.#lose(why));
    this.#needs.onBegin(this);
  }

  state(): KeeperState {
    return this.#state;
  }

  stamp(): Stamp {
    return this.#stamp;
  }

  look(): void {
    this.#order({ kind: 'look' });
  }

  feed(port: MessagePort): void {
    this.#order({ kind: 'feed', port }, [port]);
  }

  async figures(): Promise<KeptFigures | null> {
    if (this.#thread === null) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, FIGURES_MS, null)));
    try {
      return await Promise.race([this.#askFor('figures').catch(() => null), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async rebuild(): Promise<void> {
    if (this.#thread === null) throw new Error('What keeps the index has ended and is being started again.');
    await this.#askFor('rebuild');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#again);
    const thread = this.#thread;
    if (thread === null) return;
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    thread.postMessage({ kind: 'stop' } satisfies KeeperOrder);
    const late = setTimeout(() => void thread.terminate(), STOP_MS);
    await ended;
    clearTimeout(late);
  }

  #askFor(kind: 'figures' | 'rebuild'): Promise<KeptFigures | null> {
    this.#ask += 1;
    const ask = this.#ask;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject });
      this.#order({ kind, ask });
    });
  }

  #order(order: KeeperOrder, transfer: MessagePort[] = []): void {
    this.#thread?.postMessage(order, transfer);
  }

  #hear(news: KeeperNews): void {
    if (news.kind === 'state') {
      this.#state = news.state;
      if (news.state === 'ready') this.#needs.onSettled();
    } else if (news.kind === 'moved') this.#stamp = news.stamp;
    else if (news.kind === 'said') this.#needs.onSaid(news.level, news.about, news.detail);
    else {
      this.#asked.get(news.ask)?.resolve(news.kind === 'figures' ? news.figures : null);
      this.#asked.delete(news.ask);
    }
  }

  #lose(why: string): void {
    this.#thread = null;
    this.#state = 'failed';
    for (const { reject } of this.#asked.values()) reject(new Error('What keeps the index has ended.'));
    this.#asked.clear();
    if (this.#stopping) return;
    this.#needs.onSaid('error', 'what keeps the index has ended', why);
    this.#needs.onSettled();
    if (performance.now() - this.#begunAt > STEADY_MS) this.#failures = 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#again = setTimeout(() => this.begin(), pause);
  }
}
