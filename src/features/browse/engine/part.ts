/**
 * One segment as an engine holds it: the shared bytes, and what has become of its documents since, which is private. What
 * a query borrows for its sets is given back at its end.
 */
import type { Audience } from '../../works/index.ts';
import type { Counter } from '../browse-query.ts';
import { clearBit, countBits, countBoth, hasBit, setBit, uniteLists, intersectLists, listOf } from './bits.ts';
import { denseNumber, findWork, NO_TERM, postingsOf, type OpenSegment } from './segment.ts';
import { countSet, type CountSet } from './counting.ts';
import type { Condition } from './conditions.ts';
import { longestForward } from './forward-runs.ts';
import { upTo } from './number-sort.ts';
import type { Terms } from './terms.ts';

/** A set of documents of one part. `own`: the bits may be changed; otherwise they belong to somebody else. */
export type DocumentSet = { list: Uint32Array } | { bits: Uint32Array; own: boolean };

export type CounterValues = readonly [kudos: number, comments: number, bookmarks: number, hits: number];
const COUNTER_PLACES: Readonly<Record<Counter, number>> = { kudos: 0, comments: 1, bookmarks: 2, hits: 3 };
const NOTHING = new Uint32Array(0);

export class Part {
  readonly segment: OpenSegment;
  /** Slots of its terms by number; null for the base, whose facet terms have their numbers as slots. */
  readonly slots: Uint32Array | null;
  readonly live: Record<Audience, Uint32Array>;
  /** How sets of its documents are counted. */
  readonly countSet: CountSet;
  /** Documents that live for an audience, and for any. */
  readonly works: Record<Audience, number>;
  alive: number;
  /** Documents whose counters are not those of the segment any more. */
  readonly counters = new Map<number, CounterValues>();
  changed: Uint32Array | null = null;
  /** These documents in orders that somebody asked for, until counters change again. */
  readonly changedInOrder = new Map<string, Uint32Array>();
  /** For slots that joined another: documents that stood under that one already. */
  readonly twice = new Map<number, Uint32Array>();
  /** Sets of the question that is answered now, by the condition that they hold; null where each is needed once. */
  remembered: Map<Condition, DocumentSet> | null = null;
  readonly #terms: Terms;
  readonly #bySlot: Uint32Array | null;
  #ownCounts: Uint32Array | null = null;
  #reading: Uint32Array | null = null;
  readonly #free: Uint32Array[] = [];
  readonly #lent = new Set<Uint32Array>();

  /** @param base for the base alone: how its sets are counted. */
  constructor(segment: OpenSegment, terms: Terms, base: { countSet: CountSet } | null) {
    this.segment = segment;
    this.countSet = base?.countSet ?? countSet;
    this.#terms = terms;
    this.slots = base !== null ? null : Uint32Array.from(segment.termKeys, (key) => terms.give(key));
    this.#bySlot = this.slots === null ? null : sortedBy(this.slots);
    this.live = { guest: segment.guest.slice(), account: segment.account.slice() };
    this.works = { guest: countBits(this.live.guest), account: countBits(this.live.account) };
    this.alive = segment.works;
  }

  /** @returns the number of a slot's term here, or NO_TERM. */
  termOf(slot: number): number {
    const slots = this.slots;
    if (slots === null) return this.#terms.inBase(slot);
    const order = this.#bySlot ?? NOTHING;
    let low = 0;
    let high = order.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const term = order[middle] as number;
      const there = slots[term] as number;
      if (there === slot) return term;
      if (there < slot) low = middle + 1;
      else high = middle - 1;
    }
    return NO_TERM;
  }

  /** @returns at least how many documents the slot has here, dead ones included. */
  sizeOf(slot: number): number {
    let size = this.#ownSize(slot);
    for (const joined of this.#terms.joinedTo(slot) ?? []) size += this.#ownSize(joined);
    return Math.min(size, this.segment.works);
  }

  /** @returns the documents under a slot, dead ones included. */
  documentsOf(slot: number): DocumentSet {
    const joined = this.#terms.joinedTo(slot);
    if (joined === undefined) return this.#ownDocuments(slot);
    let list = this.listFor(this.#ownDocuments(slot));
    for (const other of joined) list = uniteLists(list, this.listFor(this.#ownDocuments(other)));
    return { list };
  }

  /** Remembers, for a slot that joins another now, which documents stand under both. */
  noteTwice(joining: number, into: Uint32Array): Uint32Array {
    const documents = this.listFor(this.#ownDocuments(joining));
    const both = intersectLists(documents, into);
    if (both.length > 0) this.twice.set(joining, both);
    else this.twice.delete(joining);
    return uniteLists(documents, into);
  }

  listFor(set: DocumentSet): Uint32Array {
    return 'list' in set ? set.list : listOf(set.bits, countBits(set.bits));
  }

  isAlive(document: number): boolean {
    return hasBit(this.live.account, document) || hasBit(this.live.guest, document);
  }

  /** @returns the living document of a work, or -1. */
  find(work: number): number {
    const document = findWork(this.segment, work);
    return document >= 0 && this.isAlive(document) ? document : -1;
  }

  kill(document: number): void {
    if (hasBit(this.live.guest, document)) this.works.guest -= 1;
    if (hasBit(this.live.account, document)) this.works.account -= 1;
    clearBit(this.live.guest, document);
    clearBit(this.live.account, document);
    this.alive -= 1;
  }

  setCounters(document: number, values: CounterValues): void {
    this.changed ??= new Uint32Array(this.segment.width);
    setBit(this.changed, document);
    this.counters.set(document, values);
    this.changedInOrder.clear();
  }

  counterOf(document: number, counter: Counter): number {
    const values = this.counters.get(document);
    return values === undefined
      ? (this.segment[counter][document] as number)
      : (values[COUNTER_PLACES[counter]] as number);
  }

  /** @returns bits of everything that lives, for whomever. */
  everyone(): Uint32Array {
    const all = this.live.account.slice();
    for (let word = 0; word < all.length; word += 1)
      all[word] = (all[word] as number) | (this.live.guest[word] as number);
    return all;
  }

  /** Room for the terms of one document. */
  reading(): Uint32Array {
    return (this.#reading ??= new Uint32Array(longestForward(this.segment)));
  }

  /** Counts by number of facet term, all 0; whoever uses them leaves them so. */
  ownCounts(): Uint32Array {
    return (this.#ownCounts ??= new Uint32Array(this.segment.facetTerms));
  }

  /** Lends bits with whatever is in them. */
  lend(): Uint32Array {
    const bits = this.#free.pop() ?? new Uint32Array(this.segment.width);
    this.#lent.add(bits);
    return bits;
  }

  /** Takes back one set that is not needed any more, if it was lent and is nobody else's. */
  giveBack(set: DocumentSet): void {
    if ('bits' in set && set.own && this.#lent.delete(set.bits)) this.#free.push(set.bits);
  }

  /** Takes back all that was lent. */
  takeBack(): void {
    this.remembered = null;
    this.#free.push(...this.#lent);
    this.#lent.clear();
    if (this.#free.length > 6) this.#free.length = 6;
  }

  /** Bytes of its own, beside the segment's. */
  get bytes(): number {
    const { width } = this.segment;
    const slots = (this.slots?.byteLength ?? 0) * 2;
    return width * 4 * (2 + this.#free.length + (this.changed === null ? 0 : 1)) + slots + this.counters.size * 100;
  }

  /** Documents under a slot that live, for whomever. */
  countUnder(slot: number): number {
    const set = this.documentsOf(slot);
    if ('bits' in set) return countBoth(set.bits, this.everyone());
    let count = 0;
    for (const document of set.list) if (this.isAlive(document)) count += 1;
    return count;
  }

  #ownSize(slot: number): number {
    const term = this.termOf(slot);
    return term === NO_TERM ? 0 : (this.segment.termWorks[term] as number);
  }

  #ownDocuments(slot: number): DocumentSet {
    const term = this.termOf(slot);
    if (term === NO_TERM) return { list: NOTHING };
    const postings = postingsOf(this.segment, term);
    return denseNumber(this.segment, term) >= 0 && 'bits' in postings
      ? { bits: postings.bits, own: false }
      : (postings as { list: Uint32Array });
  }
}

function sortedBy(keys: Uint32Array): Uint32Array {
  return upTo(keys.length).sort((one, other) => (keys[one] as number) - (keys[other] as number));
}
