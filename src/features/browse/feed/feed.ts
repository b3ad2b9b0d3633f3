/**
 * What an index is told: everything, or what has changed since an event. Documents are made from the truth as it is
 * when they are asked for, after the events they answer to were read: they can be newer than their batch says, never
 * older, and what happens meanwhile comes again as an event of its own. So events may come twice and nothing is missed.
 *
 * `work.counted` is the event for kudos, comments, bookmarks and hits: of such a work only the counters are told.
 * Whatever else names a work (`workId`) has its whole document told anew, or that it stands in no lists any more.
 */
import type { Handle } from '../../../platform/db/tables.ts';
import { archiveEpoch, eventsAfter, logHead, prunedTo } from '../../../platform/events/log.ts';
import { lastWorkId } from '../../works/index.ts';
import type { IndexBatch } from '../engine/index-document.ts';
import { KnownTags } from './known-tags.ts';
import { endWalk, sharedWalk, takePieces, type SharedWalk, type WalkTaker } from './shared-walk.ts';
import { Touched, type FedIndex } from './touched.ts';

export type { FedIndex };

/**
 * Not known any more what has changed: the log does not reach back so far, or one event touches too many works. What
 * the index holds may by then show guests what they may not count, so it is answered from no more until it is rebuilt.
 */
export type Lost = 'lost';

/** Who takes everything. */
export interface WholeTaker extends WalkTaker {
  /**
   * Has others take pieces of the walk too, of a large archive: what they find is theirs to keep. @returns the ids of the
   * tags that they met and were not told of in the beginning.
   */
  share?(walk: SharedWalk): Promise<readonly number[]>;
}

/** Feeds one index, one question at a time: it remembers what it has told. An index it does not know is caught up with. */
export interface Feed {
  /**
   * Everything: tags, then all documents in pieces; tags that were made meanwhile come before the first document that
   * names them. @returns the event up to which it is true.
   */
  whole(take: WholeTaker): Promise<number>;
  /** What changed after an event, as far as one batch goes; null when nothing has happened since. */
  next(after: number, index: FedIndex): Promise<IndexBatch | Lost | null>;
}

/** How much is done at once. */
export interface FeedLimits {
  /** Ids of works of one piece of everything. */
  walked: number;
  /** Up to so many ids nobody is asked to help: a thread takes longer to begin. */
  alone: number;
  /** Events looked at for one batch. */
  events: number;
  /** A batch ends after the event with which it tells of so many works … */
  works: number;
  /** … or of so many counters. */
  counters: number;
  /** Works that one event may touch; beyond that building the index anew is the faster way. */
  touched: number;
}

const LIMITS: FeedLimits = {
  walked: 2_000,
  alone: 50_000,
  events: 1_000,
  works: 500,
  counters: 5_000,
  touched: 20_000,
};

/** A feed of one archive. Nothing else is read before it is asked. */
export async function openFeed(handle: Handle, limits: Partial<FeedLimits> = {}): Promise<Feed> {
  return new ArchiveFeed(handle, { ...LIMITS, ...limits }, await archiveEpoch(handle));
}

const NOTHING_TOLD = -1;

class ArchiveFeed implements Feed {
  readonly #handle: Handle;
  readonly #limits: FeedLimits;
  #epoch: string;
  #known: KnownTags | null = null;
  /** The event up to which this feed has told its index. */
  #told = NOTHING_TOLD;

  constructor(handle: Handle, limits: FeedLimits, epoch: string) {
    this.#handle = handle;
    this.#limits = limits;
    this.#epoch = epoch;
  }

  async whole(take: WholeTaker): Promise<number> {
    this.#epoch = await archiveEpoch(this.#handle);
    const version = await logHead(this.#handle);
    const known = new KnownTags(this.#handle);
    await known.load((tags) => take.tags(tags));
    await this.#walk(known, take);
    this.#known = known;
    this.#told = version;
    return version;
  }

  async #walk(known: KnownTags, take: WholeTaker): Promise<void> {
    const last = await lastWorkId(this.#handle);
    const walk = sharedWalk(last, this.#limits.walked, known.concepts.packed());
    const others = last > this.#limits.alone ? take.share?.(walk) : undefined;
    // Whatever becomes of the others is heard when this one has come to its end.
    others?.catch(() => undefined);
    try {
      await takePieces(this.#handle, walk, known, take);
    } finally {
      endWalk(walk);
    }
    const made = await known.learn((await others) ?? []);
    if (made.length > 0) take.tags(made);
  }

  async next(after: number, index: FedIndex): Promise<IndexBatch | Lost | null> {
    // The events first: what is read later is as new as the newest of them. The log's end last: it only grows.
    const events = await eventsAfter(this.#handle, after, this.#limits.events);
    if (await this.#isLost(after)) return 'lost';
    if (events.length === 0) return null;
    const touched = new Touched(this.#handle, await this.#tagsKnownAt(after), index, this.#limits.touched);
    // Until the batch is whole: what was learned for one that never came would never be told.
    this.#told = NOTHING_TOLD;
    let version = after;
    for (const event of events) {
      if (!(await touched.take(event))) return 'lost';
      version = event.id;
      if (touched.works.size >= this.#limits.works || touched.counted.size >= this.#limits.counters) break;
    }
    const changes = await touched.changes();
    this.#told = version;
    return { version, ...changes };
  }

  async #isLost(after: number): Promise<boolean> {
    if (after < (await prunedTo(this.#handle)) || after > (await logHead(this.#handle))) return true;
    return (await archiveEpoch(this.#handle)) !== this.#epoch;
  }

  /** What is known of tags, learned anew for an index that stands elsewhere than this feed left it. */
  async #tagsKnownAt(version: number): Promise<KnownTags> {
    if (this.#known && version === this.#told) return this.#known;
    const known = new KnownTags(this.#handle);
    await known.load(null);
    this.#known = known;
    return known;
  }
}
