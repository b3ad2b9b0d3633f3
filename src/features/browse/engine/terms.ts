/**
 * The terms of a whole engine. Each has a slot: a number under which all of its segments count it. Facet terms of the base
 * segment have their own numbers as slots; what came later has slots behind them; the base segment's other terms stand far
 * beyond, since nothing counts them. Renamed concepts keep their slot and change their key.
 */
import { findTerm, NO_TERM, type OpenSegment } from './segment.ts';
import { kindOfKey } from './term-key.ts';

/** Slots of the base segment's other terms begin here. */
const OTHERS = 2 ** 31;
export const NO_SLOT = -1;

export class Terms {
  readonly #base: OpenSegment;
  readonly #later: number[] = [];
  /** Slots by key, for keys that are not, or no longer, what the base segment says; and some of those that are. */
  readonly #slots = new Map<number, number>();
  /** Keys of slots that were renamed. */
  readonly #renamed = new Map<number, number>();
  /** Slots that have joined another one, by that one. */
  readonly #joined = new Map<number, number[]>();

  constructor(base: OpenSegment) {
    this.#base = base;
  }

  /** Slots below this number can be counted. */
  get counted(): number {
    return this.#base.facetTerms + this.#later.length;
  }

  /** @returns the slot of a key, or NO_SLOT where no document ever had it. */
  find(key: number): number {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const term = findTerm(this.#base, key);
    if (term === NO_TERM) return NO_SLOT;
    return term < this.#base.facetTerms ? term : OTHERS + term;
  }

  /** @returns the slot of a key, a new one if need be. */
  give(key: number): number {
    let slot = this.find(key);
    if (slot === NO_SLOT) slot = this.#base.facetTerms + this.#later.push(key) - 1;
    this.#slots.set(key, slot);
    return slot;
  }

  keyOf(slot: number): number {
    return this.#renamed.get(slot) ?? this.#firstKey(slot);
  }

  kindOf(slot: number): number {
    return kindOfKey(this.#firstKey(slot));
  }

  /** Terms of the base segment by slot; NO_TERM for those of later segments. */
  inBase(slot: number): number {
    if (slot >= OTHERS) return slot - OTHERS;
    return slot < this.#base.facetTerms ? slot : NO_TERM;
  }

  /** Slots whose documents count as documents of this one too. */
  joinedTo(slot: number): readonly number[] | undefined {
    return this.#joined.get(slot);
  }

  get joins(): ReadonlyMap<number, readonly number[]> {
    return this.#joined;
  }

  /** Slots whose key is no longer their first one, those that joined another included. */
  get renamed(): ReadonlyMap<number, number> {
    return this.#renamed;
  }

  /**
   * From now on the documents of `from` are documents of `to`.
   * @returns slots that joined the slot of `to`, in the order in which they did; none where nothing stood there.
   */
  rename(from: number, to: number): { into: number; joined: readonly number[] } {
    const moving = this.find(from);
    if (moving === NO_SLOT || from === to) return { into: NO_SLOT, joined: [] };
    this.#slots.set(from, NO_SLOT);
    const there = this.find(to);
    this.#renamed.set(moving, to);
    if (there === NO_SLOT) {
      this.#slots.set(to, moving);
      for (const slot of this.#joined.get(moving) ?? []) this.#renamed.set(slot, to);
      return { into: moving, joined: [] };
    }
    const joined = [moving, ...(this.#joined.get(moving) ?? [])];
    this.#joined.delete(moving);
    for (const slot of joined) this.#renamed.set(slot, to);
    this.#joined.set(there, [...(this.#joined.get(there) ?? []), ...joined]);
    return { into: there, joined };
  }

  #firstKey(slot: number): number {
    if (slot >= OTHERS) return this.#base.termKeys[slot - OTHERS] as number;
    const later = slot - this.#base.facetTerms;
    return (later < 0 ? this.#base.termKeys[slot] : this.#later[later]) as number;
  }
}
