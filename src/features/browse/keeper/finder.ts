/**
 * What finds works for lists: the browse index and full text, kept beside the server in threads where this process owns
 * the folder of the index, and answered by plain SQL wherever the index is not ready.
 */
import type { Worker } from 'node:worker_threads';
import type { Ground } from '../../../platform/ground.ts';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import type { BrowseIndex } from '../browse-query.ts';
import type { TextSearch, TextState } from '../text/text-search.ts';
import { answerAsks, type Ask } from './asks.ts';
import { indexFolder, lockFolder, type FolderLock } from './folder-lock.ts';
import { startKeeping, type Answering, type KeptIndex } from './kept-index.ts';
import { plainBeside, type PlainBeside } from '../plain/plain-beside.ts';
import type { KeptFigures } from './messages.ts';
import { snapshotBytes } from './snapshot.ts';
import { NO_TEXT, textOf } from './text-for-now.ts';

/** How things are with the index. */
export interface IndexState {
  /** What lists are answered from now. */
  from: 'engine' | 'sql';
  /** `elsewhere`: another process owns the folder. `resting`: no server keeps it, this is what lies on the disk. */
  state: 'ready' | 'loading' | 'rebuilding' | 'failed' | 'elsewhere' | 'resting';
  /** The event up to which the index has read the log. */
  version: number;
  /** Events of the log that it has not read yet. */
  behind: number;
  works: number;
  tags: number;
  /** Works that have changed since the segment was made. */
  changed: number;
  /** Bytes: the segment is shared by all threads, changes are each thread's own. */
  memory: { segment: number; changes: number };
  /** UTC milliseconds, and how long it took. */
  lastMerge: { at: number; ms: number } | null;
  lastRebuild: { at: number; ms: number } | null;
  snapshot: { at: number; version: number; bytes: number } | null;
  /** Threads that answer, those that can, and questions that wait. */
  threads: { threads: number; ready: number; waiting: number };
  text: TextState;
}

/** Asked as it is, it is nobody in particular who asks. */
export interface Finder extends Answering {
  /** The same for somebody: what waits is answered in turns by asker, so that who asks much takes nothing from who asks little. */
  askedBy(asker: Asker): Answering;
  state(): Promise<IndexState>;
  /** Begins to keep the index. Until it is ready, and where it never is, `index` answers from SQL without facets. */
  start(): Promise<void> | void;
  /** Ends all threads, and writes a snapshot where much has changed. */
  stop(): Promise<void>;
}

export interface KeptFinderOptions {
  /** Threads that answer; one fewer than the machine has cores when not said. */
  threads?: number;
  /** Changed works after which a merge begins, for tests; as the engine says when not said. */
  mergeAt?: number;
  /** New counters are told at most so often; 30,000 ms when not said. */
  countersEveryMs?: number;
  /** How often the folder is tried while another has it; 10,000 ms when not said. */
  tryEveryMs?: number;
  /** Hears of each thread that begins, for tests that end them. */
  onThread?: (role: 'keeper' | 'query', thread: Worker) => void;
}

/** How often the folder is tried again while another process has it. */
const TRY_EVERY_MS = 10_000;

/** A finder that keeps the index of the data folder. Nothing is opened or started before `start`. */
export function keptFinder(
  ground: Pick<Ground, 'config' | 'db' | 'log' | 'now'>,
  options: KeptFinderOptions = {},
): Finder {
  return new Kept(ground, options);
}

class Kept implements Finder {
  readonly #ground: Pick<Ground, 'config' | 'db' | 'log' | 'now'>;
  readonly #options: KeptFinderOptions;
  readonly #plain: PlainBeside;
  #lock: FolderLock | null = null;
  #kept: KeptIndex | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ends: (() => void)[] = [];
  #isElsewhere = false;

  readonly index: BrowseIndex;
  readonly text: TextSearch;

  constructor(ground: Pick<Ground, 'config' | 'db' | 'log' | 'now'>, options: KeptFinderOptions) {
    this.#ground = ground;
    this.#options = options;
    this.#plain = plainBeside(ground.db.reads, ground.config);
    ({ index: this.index, text: this.text } = this.#answering(null));
  }

  askedBy(asker: Asker): Answering {
    return this.#answering(asker);
  }

  start(): void {
    this.#own();
    this.#timer = setInterval(() => {
      if (this.#lock === null) this.#own();
    }, this.#options.tryEveryMs ?? TRY_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const end of this.#ends.splice(0)) end();
    const kept = this.#kept;
    this.#kept = null;
    await kept?.stop();
    await this.#plain.close();
    this.#lock?.release();
    this.#lock = null;
  }

  async state(): Promise<IndexState> {
    const kept = this.#kept;
    const figures = (await kept?.figures()) ?? NO_FIGURES;
    const { lastSnapshot, ...rest } = figures;
    const bytes = lastSnapshot === null ? 0 : await snapshotBytes(this.#folder);
    return {
      from: kept?.isReady() ? 'engine' : 'sql',
      state: kept?.state() ?? (this.#isElsewhere ? 'elsewhere' : 'loading'),
      ...rest,
      snapshot: lastSnapshot && { ...lastSnapshot, bytes },
      threads: kept?.threads() ?? { threads: 0, ready: 0, waiting: 0 },
      text: await this.text.status(),
    };
  }

  /** The keeping can begin and end beside those who ask. */
  #answering(asker: Asker | null): Answering {
    const now = () => this.#kept?.askedBy(asker);
    const plain = asker === null ? this.#plain : this.#plain.askedBy(asker);
    return {
      index: {
        search: (query) => (now()?.index ?? plain).search(query),
        suggest: (query) => (now()?.index ?? plain).suggest(query),
      },
      text: textOf(() => now()?.text ?? NO_TEXT),
    };
  }

  get #folder(): string {
    return indexFolder(this.#ground.config);
  }

  /** Takes the folder where nobody has it, and begins to keep what is in it. */
  #own(): void {
    const { config, db, log } = this.#ground;
    try {
      this.#lock = lockFolder(this.#folder);
    } catch (error) {
      log.error(
        { error: error instanceof Error ? error.message : String(error) },
        'the folder of the index cannot be used',
      );
      return;
    }
    if (this.#lock === null) {
      if (!this.#isElsewhere) log.info({}, 'another process keeps the index of this folder');
      this.#isElsewhere = true;
      return;
    }
    this.#isElsewhere = false;
    const kept = startKeeping({
      settings: {
        dataFolder: config.dataFolder,
        databaseUrl: config.databaseUrl,
        mergeAt: this.#options.mergeAt ?? null,
        countersEveryMs: this.#options.countersEveryMs ?? 30_000,
      },
      threads: this.#options.threads,
      onThread: this.#options.onThread ?? (() => undefined),
      plain: this.#plain,
      log,
    });
    this.#kept = kept;
    this.#ends = [
      db.onCommit(() => kept.look()),
      answerAsks(this.#folder, (ask, progress) => this.#answer(ask, kept, progress)),
    ];
  }

  async #answer(ask: Ask, kept: KeptIndex, progress: Parameters<KeptIndex['verify']>[0]): Promise<unknown> {
    if (ask === 'status') return this.state();
    if (ask === 'verify') return kept.verify(progress);
    await kept.rebuild();
    return this.state();
  }
}

const NO_FIGURES: KeptFigures = {
  version: 0,
  behind: 0,
  works: 0,
  tags: 0,
  changed: 0,
  memory: { segment: 0, changes: 0 },
  lastMerge: null,
  lastRebuild: null,
  lastSnapshot: null,
};
