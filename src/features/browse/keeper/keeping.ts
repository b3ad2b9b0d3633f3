/**
 * What the keeper does, whatever thread it does it in: begins from the snapshot or from the truth, follows the log, tells
 * every reader of each change in order, and puts merged segments in the place of the old one while changes go on.
 */
import type { MessagePort } from 'node:worker_threads';
import type { ReadDatabase } from '../../../platform/db/database.ts';
import { logHead } from '../../../platform/events/log.ts';
import { Engine, isMergeDue } from '../engine/engine.ts';
import type { IndexBatch } from '../engine/index-document.ts';
import type { MergeInput } from '../engine/merge.ts';
import type { Segment } from '../engine/segment.ts';
import { openFeed, type Feed } from '../feed/feed.ts';
import { archiveMark } from './archive-mark.ts';
import { freeMemory } from '../../../platform/threads/free-memory.ts';
import { HeldCounters, isEmptyBatch } from './held-counters.ts';
import {
  packBatch,
  type Feeding,
  type Hunger,
  type KeeperNews,
  type KeeperSettings,
  type KeptFigures,
} from './messages.ts';
import type { PackedBatch, Stamp } from './messages.ts';
import { loadSnapshot, wholeSegment } from './beginnings.ts';
import type { GatherBeside } from './gather-beside.ts';
import { removeSnapshot, sweepUnfinished, writeSnapshot } from './snapshot.ts';

/** What changed since the snapshot is read again at the next start: it stays below so many events, or so many minutes. */
const SNAPSHOT_AFTER_EVENTS = 2_000;
const SNAPSHOT_AT_END_EVENTS = 500;
const SNAPSHOT_AFTER_MS = 5 * 60_000;
/** The log forgets after 30 days; a snapshot is made anew long before, also where little happens. */
const SNAPSHOT_AGE_MS = 86_400_000;

/** Between two merges, also when one failed. */
const MERGE_PAUSE_MS = 2_000;

/** The engine does not take a change: the index is no good and is made again from the truth. */
export class IndexBroken extends Error {
  override name = 'IndexBroken';
}

export interface KeepingNeeds {
  db: ReadDatabase;
  /** Where the snapshot lies. */
  folder: string;
  settings: KeeperSettings;
  news: (news: KeeperNews) => void;
  /** Gathers works beside this thread; null where nobody is to. */
  gather: GatherBeside | null;
  /** Merges beside this thread. */
  merge: (input: MergeInput) => Promise<Segment>;
  /** Has `follow` called soon. */
  wake: () => void;
}

export class Keeping {
  readonly #needs: KeepingNeeds;
  readonly #readers = new Set<MessagePort>();
  readonly #held = new HeldCounters();
  #feed: Feed | null = null;
  #engine: Engine | null = null;
  #segment: Segment | null = null;
  /** Changes since the segment was made, in order: what a new reader is told after it. */
  #later: PackedBatch[] = [];
  #stamp: Stamp = { content: 0, counters: 0, version: 0 };
  /** The place in the log up to which it was read; counters that are held back are not in the engine yet. */
  #readTo = 0;
  #countersAt = 0;
  #merging: Promise<void> | null = null;
  #saving: Promise<void> = Promise.resolve();
  readonly #rebuildAsks: number[] = [];
  readonly #hungry: { port: MessagePort; ask: number }[] = [];
  #lastMerge: KeptFigures['lastMerge'] = null;
  #lastRebuild: KeptFigures['lastRebuild'] = null;
  #lastSnapshot: KeptFigures['lastSnapshot'] = null;
  /** When a merge or a snapshot was last tried. */
  #triedAt = 0;
  #isReady = false;

  constructor(needs: KeepingNeeds) {
    this.#needs = needs;
  }

  get engine(): Engine | null {
    return this.#engine;
  }

  /**
   * Brings everything up to the head of the log, from whatever state. One call at a time.
   * @throws IndexBroken, or what the database throws: then it can be called again.
   */
  async follow(): Promise<void> {
    this.#feed ??= await openFeed(this.#needs.db.reads);
    // What is asked for while this is under way is for the next call.
    const [rebuilds, hungry] = [this.#rebuildAsks.length, this.#hungry.length];
    if (this.#engine === null) await this.#begin();
    if (rebuilds > 0) await this.#rebuild();
    await this.#readLog();
    if (!this.#isReady) {
      this.#isReady = true;
      this.#needs.news({ kind: 'state', state: 'ready' });
    }
    for (const ask of this.#rebuildAsks.splice(0, rebuilds)) this.#needs.news({ kind: 'rebuilt', ask });
    if (hungry > 0 && this.#held.size > 0) this.#giveCounters(Date.now());
    for (const { port, ask } of this.#hungry.splice(0, hungry)) say(port, { kind: 'up-to-date', ask });
  }

  /** Has the index made again by the next `follow`. */
  wantRebuild(ask: number): void {
    this.#rebuildAsks.push(ask);
    this.#needs.wake();
  }

  /** What comes round by the clock: counters that were held back, merges and their snapshots. @throws IndexBroken. */
  tick(now: number): void {
    if (!this.#isReady) return;
    if (this.#held.size > 0 && now - this.#countersAt >= this.#needs.settings.countersEveryMs) this.#giveCounters(now);
    if (this.#merging === null && this.#isMergeWanted(now)) {
      this.#merging = this.#merge().finally(() => (this.#merging = null));
    }
  }

  /** Tells a reader everything from the beginning, and every change from then on. */
  feed(port: MessagePort): void {
    this.#readers.add(port);
    port.on('close', () => this.#readers.delete(port));
    port.on('message', ({ ask }: Hunger) => {
      this.#hungry.push({ port, ask });
      this.#needs.wake();
    });
    if (this.#segment !== null) say(port, this.#beginning(this.#segment));
  }

  async figures(): Promise<KeptFigures> {
    const figures = this.#engine?.figures();
    const segment = this.#segment?.buffer.byteLength ?? 0;
    const head = await logHead(this.#needs.db.reads);
    return {
      version: this.#readTo,
      behind: Math.max(0, head - this.#readTo),
      works: figures?.works ?? 0,
      tags: figures?.tags ?? 0,
      changed: figures?.changed ?? 0,
      memory: { segment, changes: Math.max(0, (figures?.bytes ?? 0) - segment) },
      lastMerge: this.#lastMerge,
      lastRebuild: this.#lastRebuild,
      lastSnapshot: this.#lastSnapshot,
    };
  }

  /** Resolves once no merge and no write of a snapshot is under way. */
  async settled(): Promise<void> {
    await this.#merging;
    await this.#saving;
  }

  /** Ends well: what is under way is finished, and a snapshot made where much has changed since the last one. */
  async finish(): Promise<void> {
    await this.settled();
    if (this.#isReady && this.#eventsUnsaved() > SNAPSHOT_AT_END_EVENTS) await this.#merge();
    await this.settled();
  }

  async #begin(): Promise<void> {
    const { folder, news, db } = this.#needs;
    news({ kind: 'state', state: 'loading' });
    await sweepUnfinished(folder);
    const found = await loadSnapshot(folder, db.reads);
    if ('engine' in found) {
      this.#lastSnapshot = { at: found.at, version: found.segment.version };
      this.#put(found.segment, found.engine);
      return;
    }
    if (found.unusable !== 'missing')
      news({ kind: 'said', level: 'info', about: 'the snapshot is not used', detail: found.unusable });
    await this.#rebuild();
  }

  async #rebuild(): Promise<void> {
    const feed = this.#feed;
    if (feed === null) return;
    const began = Date.now();
    this.#isReady = false;
    this.#needs.news({ kind: 'state', state: 'rebuilding' });
    await this.#saving;
    await removeSnapshot(this.#needs.folder);
    const segment = await wholeSegment(feed, this.#needs.gather);
    this.#put(segment, new Engine(segment));
    this.#lastRebuild = { at: Date.now(), ms: Date.now() - began };
    this.#save(segment);
  }

  async #readLog(): Promise<void> {
    for (;;) {
      const engine = this.#engine;
      if (engine === null || this.#feed === null) return;
      const next = await this.#feed.next(this.#readTo, { worksUnder: (term) => engine.worksUnder(term) });
      if (next === null) return;
      // A merge that came to its end meanwhile has put another engine here, which knows the same.
      if (next === 'lost') await this.#rebuild();
      else this.#take(next);
    }
  }

  #take(batch: IndexBatch): void {
    const now = Date.now();
    const rest = this.#held.holdBack(batch);
    const { content, counters } = this.#stamp;
    this.#tell(rest, { content: isEmptyBatch(rest) ? content : content + 1, counters, version: batch.version });
    this.#readTo = batch.version;
    if (this.#held.size > 0 && now - this.#countersAt >= this.#needs.settings.countersEveryMs) this.#giveCounters(now);
  }

  #giveCounters(now: number): void {
    this.#countersAt = now;
    this.#tell(this.#held.release(this.#readTo), { ...this.#stamp, counters: this.#stamp.counters + 1 });
  }

  #tell(batch: IndexBatch, stamp: Stamp): void {
    try {
      this.#engine?.apply(batch);
    } catch (error) {
      throw new IndexBroken(`A change was not taken: ${error instanceof Error ? error.stack : String(error)}`);
    }
    const packed = packBatch(batch);
    this.#later.push(packed);
    this.#stamp = stamp;
    this.#sendAll({ kind: 'batch', batch: packed, stamp });
    this.#needs.news({ kind: 'moved', stamp });
  }

  /** Begins anew from a segment. */
  #put(segment: Segment, engine: Engine): void {
    this.#segment = segment;
    this.#engine = engine;
    this.#later = [];
    this.#readTo = segment.version;
    this.#held.forget();
    const { content, counters } = this.#stamp;
    this.#stamp = { content: content + 1, counters: counters + 1, version: segment.version };
    this.#sendAll(this.#beginning(segment));
    this.#needs.news({ kind: 'moved', stamp: this.#stamp });
    freeMemory();
  }

  #isMergeWanted(now: number): boolean {
    const figures = this.#engine?.figures();
    const { mergeAt } = this.#needs.settings;
    if (figures === undefined || (mergeAt === null && now - this.#triedAt < MERGE_PAUSE_MS)) return false;
    if (mergeAt === null ? isMergeDue(figures) : figures.changed >= mergeAt) return true;
    const age = now - (this.#lastSnapshot?.at ?? this.#triedAt);
    const events = this.#eventsUnsaved();
    return (events > SNAPSHOT_AFTER_EVENTS && age > SNAPSHOT_AFTER_MS) || (events > 0 && age > SNAPSHOT_AGE_MS);
  }

  /** Events that would have to be read again if this ended now. */
  #eventsUnsaved(): number {
    return this.#readTo - (this.#lastSnapshot?.version ?? 0);
  }

  /** Makes one segment of the present one and all changes; what changes meanwhile stays beside it. */
  async #merge(): Promise<void> {
    const [engine, before, from] = [this.#engine, this.#segment, this.#later.length];
    if (engine === null) return;
    const began = Date.now();
    this.#triedAt = began;
    // What taking in changes has left behind, before the new segment comes beside the old one.
    freeMemory();
    try {
      const segment = await this.#needs.merge(engine.mergeInput());
      // Where all was made anew meanwhile, this one is of no use.
      if (this.#segment !== before) return;
      engine.swap(segment);
      this.#segment = segment;
      this.#later = this.#later.slice(from);
      this.#sendAll(this.#beginning(segment));
      this.#lastMerge = { at: Date.now(), ms: Date.now() - began };
      freeMemory();
      this.#save(segment);
    } catch (error) {
      this.#report('a merge failed', error);
    }
  }

  /** Writes the segment to the disk beside all else. */
  #save(segment: Segment): void {
    this.#saving = this.#saving
      .then(async () => {
        const mark = await archiveMark(this.#needs.db.reads, segment.version);
        await writeSnapshot(this.#needs.folder, { segment, mark });
        this.#lastSnapshot = { at: Date.now(), version: segment.version };
      })
      .catch((error: unknown) => this.#report('the snapshot was not written', error));
  }

  #report(about: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#needs.news({ kind: 'said', level: 'error', about, detail });
  }

  #beginning(segment: Segment): Feeding {
    return { kind: 'segment', segment, later: this.#later, stamp: this.#stamp };
  }

  #sendAll(food: Feeding): void {
    for (const port of this.#readers) say(port, food);
  }
}

function say(port: MessagePort, food: Feeding): void {
  port.postMessage(food);
}
