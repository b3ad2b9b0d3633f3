/**
 * Counts large sets with a thread that helps. It is started for the first set that is worth it, so that small archives
 * have none; and only asked while whoever owns this says that a core is free for it. An answer never depends on it.
 */
import { Worker } from 'node:worker_threads';
import { countSet, setToCount, type CountSet } from '../engine/counting.ts';
import type { OpenSegment } from '../engine/segment.ts';
import {
  closePass,
  leadPass,
  makeSharedPass,
  openPass,
  type PassOrder,
  type SharedPass,
} from '../engine/shared-pass.ts';

const THREAD_FILE = new URL('./pass.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')), import.meta.url);

/** Works from which half of a pass is longer than it takes to have it done elsewhere: some two milliseconds. */
const WORTH_DIVIDING = 20_000;
/** How long a helper may take for one piece, in milliseconds. */
const PATIENCE_MS = 500;
/** After so many that ended badly, sets are counted alone. */
const MOST_LOSSES = 3;

/** To the thread that helps: the segment and the memory of its passes, each pass, and that the segment is gone. */
export type HelpOrder = { buffer: SharedArrayBuffer; shared: SharedPass } | PassOrder | 'forget';

export interface DividedPassOptions {
  worthDividing?: number;
  patienceMs?: number;
  /** Hears of each thread that begins. */
  onThread?: (thread: Worker) => void;
}

export class DividedPass {
  /** Whether a core is free for the helper. */
  isHelpWanted = false;
  readonly #worth: number;
  readonly #patienceMs: number;
  readonly #onThread: (thread: Worker) => void;
  #thread: Worker | null = null;
  #shared: { segment: OpenSegment; memory: SharedPass } | null = null;
  #passes = 0;
  #losses = 0;
  #helped = 0;

  constructor({ worthDividing, patienceMs, onThread }: DividedPassOptions = {}) {
    this.#worth = worthDividing ?? WORTH_DIVIDING;
    this.#patienceMs = patienceMs ?? PATIENCE_MS;
    this.#onThread = onThread ?? (() => undefined);
  }

  /** Passes that were divided, and helpers that were lost. */
  get figures(): { divided: number; losses: number } {
    return { divided: this.#helped, losses: this.#losses };
  }

  readonly countSet: CountSet = (segment, bits, count, counts) => {
    if (!this.isHelpWanted || count < this.#worth || this.#losses >= MOST_LOSSES)
      return countSet(segment, bits, count, counts);
    const shared = this.#memoryFor(segment);
    shared.bits.set(bits);
    const set = setToCount(segment, shared.bits, count, shared.filled);
    this.#passes = (this.#passes % 0x7fff_ffff) + 1;
    openPass(shared, this.#passes);
    this.#tell({ pass: this.#passes, filled: set.filled.length, apart: set.apart });
    leadPass(segment, shared, set, counts);
    const end = closePass(segment, shared, set, counts, this.#patienceMs);
    if (end === 'helped') this.#helped += 1;
    if (end === 'lost') this.#lose();
  };

  /** Lets go of the segment, here and in the helper: another one takes its place. */
  forget(): void {
    if (this.#shared === null) return;
    this.#shared = null;
    this.#tell('forget');
  }

  /** The memory that the helper has for passes over this segment. */
  #memoryFor(segment: OpenSegment): SharedPass {
    if (this.#shared?.segment === segment) return this.#shared.memory;
    const memory = makeSharedPass(segment);
    this.#shared = { segment, memory };
    this.#thread ??= this.#start();
    this.#tell({ buffer: segment.buffer, shared: memory });
    return memory;
  }

  #tell(order: HelpOrder): void {
    this.#thread?.postMessage(order);
  }

  /** Null where the machine has no thread to give. */
  #start(): Worker | null {
    try {
      const thread = new Worker(THREAD_FILE);
      thread.on('error', () => this.#lose(thread));
      thread.on('exit', () => this.#lose(thread));
      this.#onThread(thread);
      return thread;
    } catch {
      this.#losses += 1;
      return null;
    }
  }

  #lose(thread = this.#thread): void {
    if (thread === null || thread !== this.#thread) return;
    this.#losses += 1;
    this.#thread = null;
    this.#shared = null;
    void thread.terminate();
  }
}
